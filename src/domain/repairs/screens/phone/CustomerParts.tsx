// Parts that the customer brought 客户自备件 (RP9): checked, the consequence told where they don't pass; the choice is theirs.
import { partChecks, type RepairMoveBody } from '../../repair.contract.ts';
import { partCheckWords } from '../../repair.words.ts';
import { repairPhoneWords } from '../../repair-phone.words.ts';

const words = repairPhoneWords.parts;
export type CustomerPart = NonNullable<RepairMoveBody<'finish'>['customerParts']>[number];

/** A part that doesn't pass goes in only after its owner heard what may come of it. */
export const isPartOpen = (part: CustomerPart): boolean =>
  part.name.trim() === '' || (part.check !== 'passed' && !part.customerTold);

export function CustomerParts(props: {
  parts: readonly CustomerPart[];
  isFaulty: boolean;
  onParts: (parts: CustomerPart[]) => void;
}) {
  const change = (index: number, changes: Partial<CustomerPart>) =>
    props.onParts(props.parts.map((part, at) => (at === index ? { ...part, ...changes } : part)));
  return (
    <div className="col">
      <span className="label muted">{words.heading}</span>
      {props.parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name while they are typed
        <div key={index} className="field part">
          <input
            aria-label={words.name}
            placeholder={words.name}
            value={part.name}
            onChange={(event) => change(index, { name: event.target.value })}
          />
          <select
            aria-label={words.check}
            value={part.check}
            onChange={(event) => change(index, { check: event.target.value as CustomerPart['check'] })}
          >
            {partChecks.map((check) => (
              <option key={check} value={check}>
                {partCheckWords[check]}
              </option>
            ))}
          </select>
          {part.check === 'passed' ? null : (
            <label className="told">
              <input
                type="checkbox"
                checked={part.customerTold}
                onChange={(event) => change(index, { customerTold: event.target.checked })}
              />
              {words.told[part.check]}
            </label>
          )}
          <button
            type="button"
            className="btn quiet"
            onClick={() => props.onParts(props.parts.filter((_, at) => at !== index))}
          >
            {words.remove}
          </button>
        </div>
      ))}
      {props.isFaulty ? <span className="fault">{words.fault}</span> : null}
      <button
        type="button"
        className="btn"
        onClick={() => props.onParts([...props.parts, { name: '', check: 'passed', customerTold: true }])}
      >
        {words.add}
      </button>
    </div>
  );
}
