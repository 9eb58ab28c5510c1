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
      <Orders acts={acts} />
    </section>
  );
}

/** Below the work, folded: the line above says how many, and until when it counts. */
export function WaitingTray({ withinHours }: { withinHours: number | undefined }) {
  const acts = useQueuedActs().filter((act) => !act.refusal);
  if (acts.length === 0) return null;
  return (
    <details className="card order tray">
      <summary>{words.waitingHeading(acts.length)}</summary>
      {withinHours === undefined ? null : <p className="faint">{words.within(withinHours)}</p>}
      <Orders acts={acts} />
    </details>
  );
}

/** One row an order, however much was pressed for it. */
function Orders({ acts }: { acts: readonly QueuedAct[] }) {
  const caseIds = [...new Set(acts.map((act) => act.caseId))];
  return (
    <ul>
      {caseIds.map((id) => (
        <OrderRow key={id} acts={acts.filter((act) => act.caseId === id)} />
      ))}
    </ul>
  );
}

/** `接单、我到了、拍照 × 2`, in the order of pressing. */
function pressed(acts: readonly QueuedAct[]): string {
  const counts = new Map<string, number>();
  for (const act of acts) {
    const word = act.word ?? actWord(act.action);
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].map(([word, count]) => words.times(word, count)).join('、');
}

function OrderRow({ acts }: { acts: readonly QueuedAct[] }) {
  const [first, last] = [acts[0], acts.at(-1)];
  if (first === undefined || last === undefined) return null;
  const photos = acts.reduce((sum, act) => sum + act.photoIds.length, 0);
  const refused = acts.filter((act) => act.refusal);
  const isReported = refused.length > 0 && refused.every((act) => act.isReported);
  const reasons = [...new Set(refused.map((act) => act.refusal?.title ?? ''))].join('；');
  return (
    <li className={refused.length > 0 ? 'refused' : undefined}>
      <span className="grow">
        <b className="num">{first.caseCode}</b> {pressed(acts)}
        <span className="faint num">{` ${words.span(momentInWords(first.happenedAt), momentInWords(last.happenedAt))}`}</span>
        {photos > 0 ? <span className="faint">{` ${repairPhoneWords.photoNote(photos)}`}</span> : null}
        {refused.length > 0 ? (
          <span className="why">{isReported ? words.kept(reasons) : words.refused(reasons)}</span>
        ) : null}
      </span>
      {isReported ? (
        <button
          type="button"
          className="btn"
          onClick={() => {
            for (const act of refused) void dismiss(act);
          }}
        >
          {words.seen}
        </button>
      ) : refused.length > 0 ? null : (
        <span className="faint">{words.waiting}</span>
      )}
    </li>
  );
}
