// A list of the browser's own to choose one from, with its label and its fault: as quick by keyboard as it can be.
import { type ReactNode, useId } from 'react';

export function SelectField(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Options and groups of them. */
  children: ReactNode;
  name?: string | undefined;
  fault?: string | undefined;
  /** The label is for those who hear it; the place says it to those who see. */
  isLabelHidden?: boolean | undefined;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id} className={props.isLabelHidden ? 'unseen' : undefined}>
        {props.label}
      </label>
      <select
        id={id}
        name={props.name}
        value={props.value}
        aria-invalid={props.fault === undefined ? undefined : true}
        onChange={(event) => props.onChange(event.target.value)}
      >
        {props.children}
      </select>
      {props.fault ? <span className="fault">{props.fault}</span> : null}
    </div>
  );
}
