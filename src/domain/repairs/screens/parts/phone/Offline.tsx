// What the technician reads when an act did not go through.
import { Problem } from '../../../../../ui/Problem.tsx';
import { ProblemError } from '../../../../../ui/problem.ts';
import { repairPhoneWords as words } from '../../../repair-phone.words.ts';

/** A failure in words; no signal gets its own, because nothing was sent and nothing will be by itself. */
export function Offline({ error, retry }: { error: unknown; retry?: () => void }) {
  if (error instanceof ProblemError && error.status === 0 && error.code !== 'bad_answer')
    return (
      <p className="notice warn" role="alert">
        {words.offline}
      </p>
    );
  return <Problem error={error} {...(retry ? { retry } : {})} />;
}
