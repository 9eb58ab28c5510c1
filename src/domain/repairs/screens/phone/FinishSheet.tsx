// Finishing 完工: what was done, with which parts, photos, and how the place was left; kept on the phone while one types.
import { useId, useState } from 'react';
import { DraftNote } from '../../../../ui/DraftNote.tsx';
import { useDraft } from '../../../../ui/useDraft.ts';
import { useCommunity } from '../../../access/screens/parts/session.ts';
import { useKeptStandard } from '../../../standards/screens/parts/useKeptStandard.ts';
import { type RepairAnswer, siteChecks } from '../../repair.contract.ts';
import { siteCheckWords } from '../../repair.words.ts';
import { repairPageWords } from '../../repair-page.words.ts';
import { repairPhoneWords } from '../../repair-phone.words.ts';
import { Offline } from '../parts/phone/Offline.tsx';
import { PhotoField } from '../parts/phone/Photos.tsx';
import { type CustomerPart, CustomerParts, isPartOpen } from './CustomerParts.tsx';
import type { PhoneMove, Send } from './moves.ts';

const words = repairPhoneWords.finish;

export type SheetProps = {
  repair: RepairAnswer;
  send: Send;
  busy: PhoneMove | null;
  error: unknown;
  onClose: () => void;
};

type Material = { name: string; quantity: string; yuan: string; kind?: 'labour' | 'material' };
type Finish = {
  result: string;
  materials: Material[];
  parts: CustomerPart[];
  photoIds: string[];
  checks: (typeof siteChecks)[number][];
};
const nothingYet: Finish = { result: '', materials: [], parts: [], photoIds: [], checks: [] };

/** Null where a line is not complete: whole fen, no float. */
function lineOf(
  material: Material,
): { name: string; quantity: number; unitPriceFen: number; kind: 'labour' | 'material' } | null {
  const price = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(material.yuan.trim() === '' ? '0' : material.yuan.trim());
  const quantity = Number(material.quantity);
  if (price === null || material.name.trim() === '' || !(quantity > 0)) return null;
  const unitPriceFen = Number(price[1]) * 100 + Number((price[2] ?? '').padEnd(2, '0'));
  return { name: material.name.trim(), quantity, unitPriceFen, kind: material.kind ?? 'material' };
}

export function FinishSheet({ repair, send, busy, error, onClose }: SheetProps) {
  const community = useCommunity();
  const id = useId();
  const draft = useDraft<Finish>(`repair.finish:${repair.id}`, nothingYet);
  const [fault, setFault] = useState<'result' | 'materials' | 'parts' | null>(null);
  const standard = useKeptStandard(community.id);
  const { value } = draft;
  const change = (changes: Partial<Finish>) => draft.setValue((before) => ({ ...before, ...changes }));
  const changeLine = (index: number, changes: Partial<Material>) =>
    change({ materials: value.materials.map((one, at) => (at === index ? { ...one, ...changes } : one)) });
  const needsPhotos =
    standard.data?.document.repair.categories.find((one) => one.code === repair.category)?.photosAtFinish === true;

  const submit = async () => {
    const lines = value.materials.map(lineOf);
    if (value.result.trim() === '') return setFault('result');
    if (lines.includes(null)) return setFault('materials');
    if (value.parts.some(isPartOpen)) return setFault('parts');
    setFault(null);
    const isDone = await send('finish', {
      result: value.result.trim(),
      materials: lines.filter((line) => line !== null),
      ...(value.parts.length > 0 ? { customerParts: value.parts } : {}),
      ...(value.photoIds.length > 0 ? { attachmentIds: value.photoIds } : {}),
      ...(value.checks.length > 0 ? { siteChecks: value.checks } : {}),
    });
    if (!isDone) return;
    draft.clear();
    onClose();
  };
  return (
    <section className="card order sheet" aria-label={words.heading}>
      <h2>{words.heading}</h2>
      <DraftNote draft={draft} />
      <div className="field">
        <label htmlFor={`${id}result`}>{words.result}</label>
        <textarea
          id={`${id}result`}
          rows={3}
          value={value.result}
          placeholder={words.resultPlaceholder}
          aria-invalid={fault === 'result' ? true : undefined}
          onChange={(event) => change({ result: event.target.value })}
        />
        {fault === 'result' ? <span className="fault">{words.resultMissing}</span> : null}
      </div>
      <div className="col">
        <span className="label muted">{words.materials}</span>
        {value.materials.map((material, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name while they are typed
          <div key={index} className="field material">
            <select
              aria-label={words.kind}
              value={material.kind ?? 'material'}
              onChange={(event) => changeLine(index, { kind: event.target.value === 'labour' ? 'labour' : 'material' })}
            >
              <option value="material">{repairPageWords.lineKinds.material}</option>
              <option value="labour">{repairPageWords.lineKinds.labour}</option>
            </select>
            <input
              aria-label={words.materialName}
              placeholder={words.materialName}
              value={material.name}
              onChange={(event) => changeLine(index, { name: event.target.value })}
            />
            <input
              aria-label={words.quantity}
              inputMode="decimal"
              placeholder={words.quantity}
              value={material.quantity}
              onChange={(event) => changeLine(index, { quantity: event.target.value })}
            />
            <input
              aria-label={words.price}
              inputMode="decimal"
              placeholder={words.price}
              value={material.yuan}
              onChange={(event) => changeLine(index, { yuan: event.target.value })}
            />
            <button
              type="button"
              className="btn quiet"
              onClick={() => change({ materials: value.materials.filter((_, at) => at !== index) })}
            >
              {words.removeMaterial}
            </button>
          </div>
        ))}
        {fault === 'materials' ? <span className="fault">{words.materialFault}</span> : null}
        <button
          type="button"
          className="btn"
          onClick={() => change({ materials: [...value.materials, { name: '', quantity: '1', yuan: '' }] })}
        >
          {words.addMaterial}
        </button>
      </div>
      <CustomerParts parts={value.parts} isFaulty={fault === 'parts'} onParts={(parts) => change({ parts })} />
      <PhotoField
        label={needsPhotos ? words.photosNeeded : words.photos}
        ids={value.photoIds}
        onIds={(photoIds) => change({ photoIds })}
      />
      <fieldset className="ticks">
        <legend className="muted">{words.checks}</legend>
        {siteChecks.map((check) => (
          <label key={check}>
            <input
              type="checkbox"
              checked={value.checks.includes(check)}
              onChange={(event) =>
                change({
                  checks: event.target.checked ? [...value.checks, check] : value.checks.filter((one) => one !== check),
                })
              }
            />
            {siteCheckWords[check]}
          </label>
        ))}
      </fieldset>
      <Offline error={error} />
      <button type="button" className="btn primary cta" aria-busy={busy !== null} onClick={() => void submit()}>
        {busy === 'finish' ? repairPhoneWords.busy : words.submit}
      </button>
      <button type="button" className="btn wide" onClick={onClose}>
        {repairPhoneWords.back}
      </button>
    </section>
  );
}
