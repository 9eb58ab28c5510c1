// What stands in a case's place while it loads, and when it can't be shown: gone or not one's own, or asked in vain.
import { Link } from '@tanstack/react-router';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { Problem } from '../../../../ui/Problem.tsx';
import { ProblemError } from '../../../../ui/problem.ts';
import { uiWords } from '../../../../ui/ui.words.ts';
import { useCommunity } from '../../../access/screens/parts/session.ts';
import { casePageWords } from '../../board.words.ts';

export function CaseNotLoaded(props: { error: unknown; retry: () => void }) {
  const community = useCommunity();
  const { error } = props;
  if (error instanceof ProblemError && error.status === 404)
    return (
      <EmptyState
        title={casePageWords.notFound}
        action={
          <Link className="btn" to={`/c/${community.code}/cases`}>
            {casePageWords.backToBoard}
          </Link>
        }
      >
        <p>{casePageWords.notFoundText}</p>
      </EmptyState>
    );
  if (error) return <Problem error={error} retry={props.retry} />;
  return <div className="busyline" role="status" aria-label={uiWords.loading} />;
}
