// A try 没联系上: how it went, when next; and how far the tries have come toward "not reached".
import { useId } from 'react';
import { dayOf, plusDays, plusMs } from '../../../../kernel/time.ts';
import { serverNow } from '../../../../ui/now.ts';
import { Sign } from '../../../../ui/Sign.tsx';
import { TextBox } from '../../../../ui/TextBox.tsx';
import { wallField } from '../../../../ui/wallTime.ts';
import { attemptOutcomes, type FollowUp } from '../../follow-up.contract.ts';
import { attemptOutcomeWords } from '../../follow-up.words.ts';
import { recordWords as words } from '../../follow-up-page.words.ts';
import { type Faults, isTriedEnough, type RecordDraft } from '../recordDraft.ts';

const hourMs = 3_600_000;

export function AttemptFields(props: {
  followUp: FollowUp;
  draft: RecordDraft;
  set: (changes: Partial<RecordDraft>) => void;
  faults: Faults;
}) {
  const { followUp, draft, set, faults } = props;
  const id = useId();
  const faultOf = (field: keyof RecordDraft) => {
    const fault = faults[field];
    return fault === undefined ? undefined : words.faults[fault];
  };
  const today = dayOf(serverNow());
  const nexts = [
    [words.nextIn.hour, wallField(plusMs(serverNow(), hourMs))],
    [words.nextIn.tonight, `${today}T19:00`],
    [words.nextIn.tomorrow, `${plusDays(today, 1)}T10:00`],
  ] as const;
  const now = wallField(serverNow());
  return (
    <>
      <fieldset className="choices inline outcomes">
        <legend>{words.outcome}</legend>
        {attemptOutcomes.map((outcome) => (
          <label key={outcome} className="choice">
            <input
              type="radio"
              name={`outcome${followUp.id}`}
              checked={draft.outcome === outcome}
              onChange={() => set({ outcome })}
            />
            {attemptOutcomeWords[outcome]}
          </label>
        ))}
        {faultOf('outcome') === undefined ? null : <span className="fault">{faultOf('outcome')}</span>}
      </fieldset>
      <label className="row tickline">
        <input type="checkbox" checked={draft.atDoor} onChange={(event) => set({ atDoor: event.target.checked })} />
        {words.atDoor}
      </label>
      <div className="field">
        <label htmlFor={id}>{words.nextAt}</label>
        <input
          id={id}
          type="datetime-local"
          value={draft.nextAt}
          aria-invalid={faultOf('nextAt') === undefined ? undefined : true}
          onChange={(event) => set({ nextAt: event.target.value })}
        />
        {faultOf('nextAt') === undefined ? null : <span className="fault">{faultOf('nextAt')}</span>}
        <span className="row wrap">
          {nexts
            .filter(([, at]) => at > now)
            .map(([word, at]) => (
              <button key={word} type="button" className="chip" onClick={() => set({ nextAt: at })}>
                {word}
              </button>
            ))}
        </span>
      </div>
      <TextBox
        label={words.note}
        isOptional
        placeholder={words.notePlaceholder}
        value={draft.note}
        onText={(note) => set({ note })}
      />
      <TriesProgress followUp={followUp} />
    </>
  );
}

/** FU2: not reached counts as not followed up, so it is recorded only after so many tries on so many days. */
export function TriesProgress({ followUp }: { followUp: Pick<FollowUp, 'asks'> }) {
  const { made, notReached } = followUp.asks;
  const parts = (['tries', 'days', 'atDoor'] as const).filter((part) => notReached[part] > 0);
  if (parts.length === 0) return null;
  return (
    <div className="triesprogress">
      <span className="faint">{words.progressHeading}</span>
      <ul className="row wrap">
        {parts.map((part) => {
          const isDone = made[part] >= notReached[part];
          return (
            <li key={part} className={isDone ? 'tag good' : 'tag'}>
              {isDone ? <Sign name="met" /> : null} {words.progress[part](made[part], notReached[part])}
            </li>
          );
        })}
      </ul>
      {isTriedEnough(followUp) ? <span className="muted">{words.enough}</span> : null}
    </div>
  );
}
