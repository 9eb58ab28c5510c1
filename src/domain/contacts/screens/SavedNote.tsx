// What was saved, its number and promise, and the way on to it.
import { Link, useNavigate } from '@tanstack/react-router';
import { serverNow } from '../../../ui/now.ts';
import { Sign } from '../../../ui/Sign.tsx';
import { useKeys } from '../../../ui/useKeys.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { caseAddress, casePrintAddress } from '../../cases/screens/parts/caseAddress.ts';
import { clockKindWords, momentInWords } from '../../clocks/clock.words.ts';
import { newContactWords as words } from '../new-contact.words.ts';
import type { Saved } from './newContact.ts';

export function SavedNote({ saved }: { saved: Saved }) {
  const community = useCommunity();
  const { repair, contact } = saved;
  const navigate = useNavigate();
  // The hands stay on the keyboard: from the note of the saved talk on to its order.
  useKeys(
    repair
      ? {
          'alt+o': () => void navigate({ to: caseAddress(community.code, repair.id) }),
          'alt+p': () => void navigate({ to: casePrintAddress(community.code, repair.id) }),
        }
      : {},
  );
  return (
    <div className="notice good savednote" role="status">
      <Sign name="met" />
      <div className="grow">
        <b className="num">
          {repair
            ? words.saved.repair(repair.code)
            : contact.caseCode === null
              ? words.saved.contact(contact.code)
              : words.saved.enquiry(contact.caseCode, contact.code)}
        </b>
        {saved.readBack ? null : <span className="tag raised">{words.saved.notReadBack}</span>}
        {saved.isEarlier ? <div>{words.mismatch(repair?.code ?? contact.code)}</div> : null}
        {repair?.promise ? (
          <div>
            {words.saved.promise(clockKindWords[repair.promise.kind], momentInWords(repair.promise.dueAt, serverNow()))}
          </div>
        ) : null}
        <div className="muted">{words.saved.next}</div>
      </div>
      {repair ? (
        <>
          <Link to={caseAddress(community.code, repair.id)} className="btn">
            {words.saved.open}
            <kbd>Alt O</kbd>
          </Link>
          <Link to={casePrintAddress(community.code, repair.id)} className="btn">
            {words.saved.print}
            <kbd>Alt P</kbd>
          </Link>
        </>
      ) : null}
    </div>
  );
}
