// The addresses that mail goes to: a shared one gets all, a person's own only what that person is told.
import type { Staff } from '../../../access/staff.contract.ts';
import { channelPageWords } from '../../channel.words.ts';

const words = channelPageWords.form;
const mostLines = 50;

/** `staffId` empty: shared. */
export type DestinationLine = { id?: string; address: string; staffId: string };

export function DestinationLines(props: {
  lines: readonly DestinationLine[];
  people: readonly Staff[];
  fault: (path: string) => string | undefined;
  onChange: (lines: DestinationLine[]) => void;
}) {
  const { lines, onChange } = props;
  const change = (at: number, changed: Partial<DestinationLine>) =>
    onChange(lines.map((line, index) => (index === at ? { ...line, ...changed } : line)));
  return (
    <fieldset className="channellines">
      <legend>{words.destinations}</legend>
      {lines.map((line, index) => {
        const fault = props.fault(`destinations.${index}.address`) ?? props.fault(`destinations.${index}.staffId`);
        return (
          // Lines have no other name than their place until they are kept.
          // biome-ignore lint/suspicious/noArrayIndexKey: typed lines are told apart by their place
          <div key={line.id ?? index} className="field">
            <div className="channelline">
              <input
                type="email"
                aria-label={words.addressOf(index + 1)}
                aria-invalid={fault === undefined ? undefined : true}
                placeholder={words.address}
                value={line.address}
                autoComplete="off"
                onChange={(event) => change(index, { address: event.target.value })}
              />
              <select
                aria-label={words.personOf(index + 1)}
                value={line.staffId}
                onChange={(event) => change(index, { staffId: event.target.value })}
              >
                <option value="">{words.everybody}</option>
                {props.people.map((person) => (
                  <option key={person.id} value={person.id}>
                    {person.name}
                  </option>
                ))}
              </select>
              <button
                type="button"
                className="btn quiet"
                aria-label={words.removeLine(index + 1)}
                disabled={lines.length === 1}
                onClick={() => onChange(lines.filter((_line, at) => at !== index))}
              >
                ×
              </button>
            </div>
            {fault === undefined ? null : <span className="fault">{fault}</span>}
          </div>
        );
      })}
      {lines.length < mostLines ? (
        <div>
          <button type="button" className="linklike" onClick={() => onChange([...lines, { address: '', staffId: '' }])}>
            {words.add}
          </button>
        </div>
      ) : null}
    </fieldset>
  );
}
