// At the door 到场 (RP9): the six steps in their order, and the order itself to show. What was left out is noted as left out.
import { useState } from 'react';
import { useDraft } from '../../../../ui/useDraft.ts';
import { SignaturePad } from '../../../cases/screens/parts/SignaturePad.tsx';
import { doorChecks } from '../../repair.contract.ts';
import { doorCheckWords } from '../../repair.words.ts';
import { contractorWords } from '../../repair-page.words.ts';
import { repairPhoneWords } from '../../repair-phone.words.ts';
import { Offline } from '../parts/phone/Offline.tsx';
import type { SheetProps } from './FinishSheet.tsx';

const words = repairPhoneWords.door;

export function DoorSheet({ repair, send, busy, error, onClose }: SheetProps) {
  const draft = useDraft<{ checks: (typeof doorChecks)[number][] }>(`repair.arrive:${repair.id}`, { checks: [] });
  const { checks } = draft.value;
  const [signature, setSignature] = useState('');
  const missing = doorChecks.filter((check) => !checks.includes(check));
  const submit = async () => {
    const signed = signature === '' ? {} : { signature };
    if (!(await send('arrive', { doorChecks: checks, ...signed }))) return;
    draft.clear();
    onClose();
  };
  return (
    <section className="card order sheet" aria-label={words.heading}>
      <h2>{words.heading}</h2>
      <p className="doorcode">
        <span className="faint">{words.show}</span>
        <b className="num">{repair.code}</b>
        <span>{repair.technician?.name ?? repair.contractorFirm?.name ?? repair.contractor?.name}</span>
      </p>
      <fieldset className="ticks">
        <legend className="muted">{words.steps}</legend>
        {doorChecks.map((check) => (
          <label key={check}>
            <input
              type="checkbox"
              checked={checks.includes(check)}
              onChange={(event) =>
                draft.setValue({
                  checks: event.target.checked ? [...checks, check] : checks.filter((one) => one !== check),
                })
              }
            />
            {doorCheckWords[check]}
          </label>
        ))}
      </fieldset>
      {missing.length > 0 && repair.unitId !== null ? (
        <p className="notice warn">{words.breachAhead(missing.length)}</p>
      ) : null}
      {repair.contractor === null ? null : (
        <div className="field">
          <span className="label">{contractorWords.signAtDoor}</span>
          <SignaturePad value={signature} onChange={setSignature} />
        </div>
      )}
      <Offline error={error} />
      <button type="button" className="btn primary cta" aria-busy={busy !== null} onClick={() => void submit()}>
        {busy === 'arrive' ? repairPhoneWords.busy : words.submit}
      </button>
      <button type="button" className="btn wide" onClick={onClose}>
        {repairPhoneWords.back}
      </button>
    </section>
  );
}
