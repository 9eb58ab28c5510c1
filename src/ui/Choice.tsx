// One of a few words: the browser's own list, with label and fault, as quick by keyboard as it can be.
import { useId } from 'react';

export function Choice<Value extends string>(props: {
  label: string;
  value: Value | '';
  /** Value → word, in the order shown. */
  words: Readonly<Record<Value, string>>;
  onChange: (value: Value | '') => void;
  /** The word for "none of them"; without it one of the values is always chosen. */
  none?: string;
  fault?: string | undefined;
  /** The label is for those who hear it; the place says it to those who see. */
  isLabelHidden?: boolean;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id} className={props.isLabelHidden ? 'unseen' : undefined}>
        {props.label}
      </label>
      <select
        id={id}
        value={props.value}
        aria-invalid={props.fault === undefined ? undefined : true}
        onChange={(event) => props.onChange(event.target.value as Value | '')}
      >
        {props.none === undefined ? null : <option value="">{props.none}</option>}
        {Object.entries<string>(props.words).map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
      {props.fault ? <span className="fault">{props.fault}</span> : null}
    </div>
  );
}
