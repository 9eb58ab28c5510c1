// Improvements 改进措施 written down with a record: what, whose, by when; any number, none as a rule. Loads no antd.
import { type Day, plusDays } from '../../../../kernel/time.ts';
import { Field } from '../../../../ui/Field.tsx';
import { TextBox } from '../../../../ui/TextBox.tsx';
import { ColleaguePicker } from '../../../access/screens/parts/ColleaguePicker.tsx';
import type { ImprovementBody } from '../../improvement.contract.ts';
import { improvementPartWords as words } from '../../improvement.words.ts';
import './improvements.css';

const mostAtOnce = 10;
const usualDays = 14;
export const emptyImprovement = (today: Day): ImprovementBody => ({
  text: '',
  ownerId: '',
  dueOn: plusDays(today, usualDays),
});

export function ImprovementFields(props: {
  communityId: string;
  today: Day;
  value: readonly ImprovementBody[];
  onChange: (value: ImprovementBody[]) => void;
  /** By the path that the server names: `improvements.0.ownerId`. */
  fault: (path: string) => string | undefined;
}) {
  const { value } = props;
  const set = (index: number, change: Partial<ImprovementBody>) =>
    props.onChange(value.map((one, each) => (each === index ? { ...one, ...change } : one)));
  return (
    <div className="improvementfields">
      {value.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id before they are kept, and only the last ones go
        <fieldset key={index} className="improvementfield">
          <legend>
            {words.text} {index + 1}
          </legend>
          <TextBox
            label={words.text}
            value={one.text}
            rows={2}
            maxLength={1000}
            hint={words.textHint}
            fault={props.fault(`improvements.${index}.text`)}
            onText={(text) => set(index, { text })}
          />
          <div className="pair">
            <ColleaguePicker
              communityId={props.communityId}
              label={words.owner}
              none={words.chooseOwner}
              value={one.ownerId}
              fault={props.fault(`improvements.${index}.ownerId`)}
              onChange={(ownerId) => set(index, { ownerId })}
            />
            <Field
              label={words.dueOn}
              type="date"
              min={props.today}
              value={one.dueOn}
              fault={props.fault(`improvements.${index}.dueOn`)}
              onChange={(event) => set(index, { dueOn: event.target.value })}
            />
          </div>
          <button
            type="button"
            className="btn quiet"
            onClick={() => props.onChange(value.filter((_, each) => each !== index))}
          >
            {words.remove}
          </button>
        </fieldset>
      ))}
      {value.length < mostAtOnce ? (
        <button type="button" className="btn" onClick={() => props.onChange([...value, emptyImprovement(props.today)])}>
          {words.add}
        </button>
      ) : null}
    </div>
  );
}
