// That a delivered reply told the complaint's end: the person says so, and what the customer said to it (CP5, CP8).
import { SelectField } from '../../../../ui/SelectField.tsx';
import { TextBox } from '../../../../ui/TextBox.tsx';
import { letterPageWords as words } from '../../letter.words.ts';

export type Told = { isTold: boolean; opinion: string; satisfied: keyof typeof words.satisfiedWords };
export const notTold: Told = { isTold: false, opinion: '', satisfied: '' };

export function TellFields(props: {
  told: Told;
  onTold: (told: Told) => void;
  caseCode: string;
  fault: (path: string) => string | undefined;
}) {
  const { told, onTold } = props;
  return (
    <>
      <label className="choice">
        <input
          type="checkbox"
          checked={told.isTold}
          onChange={(event) => onTold({ ...told, isTold: event.target.checked })}
        />
        <span>
          {words.tell} <span className="faint">{words.tellHint(props.caseCode)}</span>
        </span>
      </label>
      {told.isTold ? (
        <>
          <TextBox
            label={words.opinion}
            rows={2}
            maxLength={1000}
            value={told.opinion}
            onText={(opinion) => onTold({ ...told, opinion })}
            fault={props.fault('tellCustomer.opinion')}
          />
          <SelectField
            label={words.satisfied}
            value={told.satisfied}
            onChange={(satisfied) => onTold({ ...told, satisfied: satisfied as Told['satisfied'] })}
          >
            {Object.entries(words.satisfiedWords).map(([value, word]) => (
              <option key={value} value={value}>
                {word}
              </option>
            ))}
          </SelectField>
        </>
      ) : null}
    </>
  );
}
