// At the door or on the phone: the five questions with the signature, or that nobody was reached.
import { useState } from 'react';
import { nowMs } from '../../../../ui/now.ts';
import { useDraft } from '../../../../ui/useDraft.ts';
import { Offline } from '../../../repairs/screens/parts/phone/Offline.tsx';
import { PhotoField } from '../../../repairs/screens/parts/phone/Photos.tsx';
import type { AttemptBody, FollowUp, RecordBody } from '../../follow-up.contract.ts';
import { recordWords, followUpPhoneWords as words } from '../../follow-up-page.words.ts';
import { AttemptFields } from '../parts/AttemptFields.tsx';
import { RecordFields } from '../parts/RecordFields.tsx';
import {
  attemptOf,
  type Faults,
  isTriedEnough,
  mended,
  type RecordDraft,
  recordOf,
  startRecord,
} from '../recordDraft.ts';
import { useVisitMove, type VisitMove } from './useVisitMove.ts';

export function VisitSheet(props: {
  followUp: FollowUp;
  what: VisitMove['name'];
  onClose: () => void;
  onDone: (came: 'sent' | 'waiting') => void;
}) {
  const { followUp, what } = props;
  const { send, busy, error } = useVisitMove(followUp);
  // Whoever has the phone in the hand stands at the door as a rule.
  const draft = useDraft(
    `follow-up.visit:${followUp.id}`,
    startRecord(followUp, followUp.asks.channel === 'in-person'),
  );
  const [faults, setFaults] = useState<Faults>({});
  const set = (changes: Partial<RecordDraft>) => {
    draft.setValue((before) => ({ ...before, ...changes }));
    setFaults((before) => mended(before, changes));
  };
  const sendIt = async (move: VisitMove) => {
    const came = await send(move);
    if (came === null) return;
    draft.clear();
    props.onDone(came);
  };
  const submit = () => {
    const read = what === 'record' ? recordOf(draft.value, followUp) : attemptOf(draft.value, nowMs());
    setFaults('faults' in read ? read.faults : {});
    if (!('body' in read)) return;
    void sendIt(
      what === 'record'
        ? { name: 'record', body: read.body as Omit<RecordBody, 'version'> }
        : { name: 'attempt', body: read.body as AttemptBody },
    );
  };
  const heading = words[what];
  const count = Object.keys(faults).length;
  return (
    <section className="card order sheet" aria-label={heading}>
      <h2>{heading}</h2>
      <p className="muted">
        <b className="num">{followUp.unit ?? followUp.place ?? words.place}</b> {followUp.contact.name}
      </p>
      {what === 'record' ? (
        <RecordFields
          followUp={followUp}
          draft={draft.value}
          set={set}
          faults={faults}
          photos={<PhotoField label={words.slipPhoto} ids={draft.value.photos} onIds={(photos) => set({ photos })} />}
        />
      ) : (
        <AttemptFields followUp={followUp} draft={draft.value} set={set} faults={faults} />
      )}
      {count === 0 ? null : (
        <p className="notice bad" role="alert">
          {recordWords.faultsAbove(count)}
        </p>
      )}
      <Offline error={error} />
      <button type="button" className="btn primary cta" aria-busy={busy !== null} onClick={submit}>
        {busy === what
          ? words.busy
          : what === 'attempt'
            ? recordWords.submitAttempt
            : draft.value.verdict === 'not-acceptable'
              ? recordWords.submitFailed
              : recordWords.submit}
      </button>
      {what === 'attempt' && isTriedEnough(followUp) ? (
        <button
          type="button"
          className="btn wide"
          onClick={() => void sendIt({ name: 'record', body: { verdict: 'not-reached' } })}
        >
          {words.notReachedToo}
        </button>
      ) : null}
      <button type="button" className="btn wide" onClick={props.onClose}>
        {words.back}
      </button>
    </section>
  );
}
