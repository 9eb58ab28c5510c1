// One of a few words.
import { SelectField } from './SelectField.tsx';

export function Choice<Value extends string>(props: {
  label: string;
  value: Value | '';
  /** Value → word, in the order shown. */
  words: Readonly<Record<Value, string>>;
  onChange: (value: Value | '') => void;
  /** The word for "none of them"; without it one of the values is always chosen. */
  none?: string;
  fault?: string | undefined;
  isLabelHidden?: boolean;
}) {
  return (
    <SelectField
      label={props.label}
      value={props.value}
      fault={props.fault}
      isLabelHidden={props.isLabelHidden}
      onChange={(value) => props.onChange(value as Value | '')}
    >
      {props.none === undefined ? null : <option value="">{props.none}</option>}
      {Object.entries<string>(props.words).map(([value, word]) => (
        <option key={value} value={value}>
          {word}
        </option>
      ))}
    </SelectField>
  );
}
