// Several lines of text with label, hint and fault tied together: for pages with and without antd.
import { type ReactNode, useId } from 'react';
import { uiWords } from './ui.words.ts';

export function TextBox(props: {
  label: string;
  value: string;
  onText: (text: string) => void;
  rows?: number;
  isOptional?: boolean;
  maxLength?: number;
  placeholder?: string;
  hint?: ReactNode;
  fault?: string | undefined;
}) {
  const id = useId();
  const described = [props.hint ? `${id}hint` : null, props.fault ? `${id}fault` : null].filter((one) => one !== null);
  return (
    <div className="field">
      <label htmlFor={id}>
        {props.label} {props.isOptional ? <span className="faint">{uiWords.optional}</span> : null}
      </label>
      <textarea
        id={id}
        rows={props.rows ?? 2}
        maxLength={props.maxLength ?? 2000}
        value={props.value}
        placeholder={props.placeholder}
        aria-invalid={props.fault === undefined ? undefined : true}
        aria-describedby={described.length === 0 ? undefined : described.join(' ')}
        onChange={(event) => props.onText(event.target.value)}
      />
      {props.hint ? (
        <span id={`${id}hint`} className="hint">
          {props.hint}
        </span>
      ) : null}
      {props.fault ? (
        <span id={`${id}fault`} className="fault">
          {props.fault}
        </span>
      ) : null}
    </div>
  );
}
