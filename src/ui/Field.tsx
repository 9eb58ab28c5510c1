// One plain field with its label, hint and fault tied together: for pages that load no antd.
import { type InputHTMLAttributes, type ReactNode, useId } from 'react';

export function Field(
  props: InputHTMLAttributes<HTMLInputElement> & { label: string; hint?: ReactNode; fault?: string | undefined },
) {
  const { label, hint, fault, ...input } = props;
  const id = useId();
  const described = [hint ? `${id}hint` : null, fault ? `${id}fault` : null].filter((one) => one !== null).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        {...input}
        id={id}
        aria-invalid={fault === undefined ? undefined : true}
        aria-describedby={described === '' ? undefined : described}
      />
      {hint ? (
        <span id={`${id}hint`} className="hint">
          {hint}
        </span>
      ) : null}
      {fault ? (
        <span id={`${id}fault`} className="fault">
          {fault}
        </span>
      ) : null}
    </div>
  );
}
