// What lies on the phone: acts that still wait for a signal, and those the server refused, with the reason.

import { dismiss, useQueuedActs } from '../../../../../ui/offline.ts';
import type { QueuedAct } from '../../../../../ui/offlineStore.ts';
import { momentInWords } from '../../../../clocks/clock.words.ts';
import type { RepairMove } from '../../../repair.contract.ts';
import { phoneMoveWords, repairMoveWords } from '../../../repair.words.ts';
import { repairPhoneWords } from '../../../repair-phone.words.ts';

const words = repairPhoneWords.tray;
const actWord = (action: string): string =>
  phoneMoveWords[action as RepairMove] ?? repairMoveWords[action as RepairMove] ?? repairPhoneWords.photo;

/** Above the work: what somebody has to read. */
export function RefusedTray() {
  const acts = useQueuedActs().filter((act) => act.refusal);
  if (acts.length === 0) return null;
  return (
    <section className="card order tray" aria-label={words.heading}>
      <h3>{words.heading}</h3>
      <Acts acts={acts} />
    </section>
  );
}

/** Below the work, folded: the line above says how many. */
export function WaitingTray() {
  const acts = useQueuedActs().filter((act) => !act.refusal);
  if (acts.length === 0) return null;
  return (
    <details className="card order tray">
      <summary>{words.waitingHeading(acts.length)}</summary>
      <Acts acts={acts} />
    </details>
  );
}

function Acts({ acts }: { acts: readonly QueuedAct[] }) {
  return (
    <ul>
      {acts.map((act) => (
        <li key={act.key} className={act.refusal ? 'refused' : undefined}>
          <span className="grow">
            <b>{act.word ?? actWord(act.action)}</b> <span className="faint num">{act.caseCode}</span>
            <span className="faint num">{` ${momentInWords(act.happenedAt)}`}</span>
            {act.photoIds.length > 0 ? (
              <span className="faint">{` ${repairPhoneWords.photoNote(act.photoIds.length)}`}</span>
            ) : null}
            {act.refusal ? (
              <span className="why">
                {act.isReported ? words.kept(act.refusal.title) : words.refused(act.refusal.title)}
              </span>
            ) : null}
          </span>
          {act.isReported ? (
            <button type="button" className="btn" onClick={() => void dismiss(act)}>
              {words.seen}
            </button>
          ) : act.refusal ? null : (
            <span className="faint">{words.waiting}</span>
          )}
        </li>
      ))}
    </ul>
  );
}
