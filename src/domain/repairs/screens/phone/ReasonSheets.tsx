// Pausing 暂停 and handing back 退回: both need a reason; what a pause must show besides is the standard's (RP8).
import { useId, useState } from 'react';
import { useDraft } from '../../../../ui/useDraft.ts';
import { useCommunity } from '../../../access/screens/parts/session.ts';
import { useKeptStandard } from '../../../standards/screens/parts/useKeptStandard.ts';
import { type PauseReason, pauseReasonSchema } from '../../../standards/standard.contract.ts';
import { repairPhoneWords } from '../../repair-phone.words.ts';
import { Offline } from '../parts/phone/Offline.tsx';
import type { SheetProps } from './FinishSheet.tsx';

const words = repairPhoneWords.pauseSheet;
const backWords = repairPhoneWords.handBackSheet;

export function PauseSheet({ repair, send, busy, error, onClose }: SheetProps) {
  const community = useCommunity();
  const draft = useDraft(`repair.pause:${repair.id}`, { reason: 'parts' as PauseReason, call: '', consentBy: '' });
  const { reason, call: said, consentBy } = draft.value;
  const change = (changes: Partial<typeof draft.value>) => draft.setValue((before) => ({ ...before, ...changes }));
  const [isTried, setTried] = useState(false);
  const standard = useKeptStandard(community.id);
  const rule = standard.data?.document.repair.pauses[reason];
  const isMissing = rule?.needsEvidence === true && said.trim() === '';
  const submit = async () => {
    setTried(true);
    if (isMissing) return;
    const isDone = await send('pause', {
      reason,
      ...(said.trim() === '' ? {} : { call: said.trim() }),
      ...(consentBy.trim() === '' ? {} : { consent: { by: consentBy.trim(), how: 'in-person' as const } }),
    });
    if (!isDone) return;
    draft.clear();
    onClose();
  };
  return (
    <section className="card order sheet" aria-label={words.heading}>
      <h2>{words.heading}</h2>
      <fieldset className="ticks two">
        <legend className="unseen">{words.heading}</legend>
        {pauseReasonSchema.options.map((one) => (
          <label key={one}>
            <input type="radio" name="pause" checked={reason === one} onChange={() => change({ reason: one })} />
            {words.reasons[one]}
          </label>
        ))}
      </fieldset>
      {rule?.needsEvidence ? (
        <TextBox
          label={words.call}
          placeholder={words.callPlaceholder}
          value={said}
          fault={isTried && isMissing ? words.missing : undefined}
          onText={(text) => change({ call: text })}
        />
      ) : null}
      {rule?.needsConsent ? (
        <TextBox
          label={words.consent}
          placeholder={words.consentPlaceholder}
          value={consentBy}
          onText={(text) => change({ consentBy: text })}
        />
      ) : null}
      <Offline error={error} />
      <button type="button" className="btn primary cta" aria-busy={busy !== null} onClick={() => void submit()}>
        {busy === 'pause' ? repairPhoneWords.busy : words.submit}
      </button>
      <button type="button" className="btn wide" onClick={onClose}>
        {repairPhoneWords.back}
      </button>
    </section>
  );
}

export function HandBackSheet({ repair, send, busy, error, onClose }: SheetProps) {
  const draft = useDraft(`repair.hand-back:${repair.id}`, { reason: '' });
  const [isTried, setTried] = useState(false);
  const reason = draft.value.reason.trim();
  const submit = async () => {
    setTried(true);
    if (reason === '' || !(await send('hand-back', { reason }))) return;
    draft.clear();
    onClose();
  };
  return (
    <section className="card order sheet" aria-label={backWords.heading}>
      <h2>{backWords.heading}</h2>
      <TextBox
        label={backWords.reason}
        placeholder={backWords.placeholder}
        value={draft.value.reason}
        fault={isTried && reason === '' ? words.missing : undefined}
        onText={(text) => draft.setValue({ reason: text })}
      />
      <Offline error={error} />
      <button type="button" className="btn primary cta" aria-busy={busy !== null} onClick={() => void submit()}>
        {busy === 'hand-back' ? repairPhoneWords.busy : backWords.submit}
      </button>
      <button type="button" className="btn wide" onClick={onClose}>
        {repairPhoneWords.back}
      </button>
    </section>
  );
}

function TextBox(props: {
  label: string;
  placeholder: string;
  value: string;
  fault?: string | undefined;
  onText: (text: string) => void;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <textarea
        id={id}
        rows={2}
        value={props.value}
        placeholder={props.placeholder}
        aria-invalid={props.fault === undefined ? undefined : true}
        onChange={(event) => props.onText(event.target.value)}
      />
      {props.fault === undefined ? null : <span className="fault">{props.fault}</span>}
    </div>
  );
}
