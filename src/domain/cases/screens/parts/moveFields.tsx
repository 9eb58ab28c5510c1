// The few kinds of field that the dialogs of moves are made of, each tied to its label and its fault.
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { moveDialogWords as words } from '../../board.words.ts';

export function TextArea(props: {
  label: string;
  value: string;
  onChange: (text: string) => void;
  rows?: number;
  isOptional?: boolean;
  maxLength?: number;
  hint?: string;
  fault?: string | undefined;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>
        {props.label} {props.isOptional ? <span className="faint">{words.optional}</span> : null}
      </label>
      <textarea
        id={id}
        rows={props.rows ?? 2}
        maxLength={props.maxLength ?? 2000}
        required={!props.isOptional}
        value={props.value}
        aria-invalid={props.fault === undefined ? undefined : true}
        onChange={(event) => props.onChange(event.target.value)}
      />
      {props.hint ? <span className="hint">{props.hint}</span> : null}
      {props.fault ? <span className="fault">{props.fault}</span> : null}
    </div>
  );
}

export function Select(props: {
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onChange: (value: string) => void;
  fault?: string | undefined;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <select id={id} value={props.value} onChange={(event) => props.onChange(event.target.value)}>
        {props.options.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
      {props.fault ? <span className="fault">{props.fault}</span> : null}
    </div>
  );
}

export function Choices(props: {
  label: string;
  value: string;
  options: readonly { value: string; word: ReactNode; note?: ReactNode; isOff?: boolean }[];
  onChange: (value: string) => void;
  isInline?: boolean;
  isPeople?: boolean;
  /** Cases with what they are about: long words, which break. */
  isCases?: boolean;
  /** The first question of a dialog whose choices come after it opened: the keyboard starts there, unless somebody types already. */
  takesFocus?: boolean;
  fault?: string | undefined;
}) {
  const name = useId();
  const group = useRef<HTMLFieldSetElement>(null);
  const comesLate = props.takesFocus === true && props.options.length > 0;
  useEffect(() => {
    const at = document.activeElement;
    const isTyping = (at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement) && at.value !== '';
    if (comesLate && !isTyping) group.current?.querySelector<HTMLInputElement>('input:enabled')?.focus();
  }, [comesLate]);
  return (
    <fieldset
      ref={group}
      className={`choices${props.isInline ? ' inline' : ''}${props.isPeople ? ' people' : ''}${props.isCases ? ' cases' : ''}`}
    >
      <legend>{props.label}</legend>
      {props.options.map((option) => (
        <label key={option.value} className="choice">
          <input
            type="radio"
            name={name}
            checked={props.value === option.value}
            disabled={option.isOff}
            onChange={() => props.onChange(option.value)}
          />
          <span className="grow">{option.word}</span>
          {option.note === undefined ? null : <span className="faint num">{option.note}</span>}
        </label>
      ))}
      {props.fault ? <span className="fault">{props.fault}</span> : null}
    </fieldset>
  );
}

export function Ticks<Name extends string>(props: {
  label: string;
  words: Record<Name, string>;
  value: readonly string[];
  onChange: (value: string[]) => void;
}) {
  return (
    <fieldset className="choices inline">
      <legend>{props.label}</legend>
      {Object.entries<string>(props.words).map(([name, word]) => (
        <label key={name} className="choice">
          <input
            type="checkbox"
            checked={props.value.includes(name)}
            onChange={(event) =>
              props.onChange(event.target.checked ? [...props.value, name] : props.value.filter((one) => one !== name))
            }
          />
          {word}
        </label>
      ))}
    </fieldset>
  );
}

export function Tick(props: { word: string; isOn: boolean; onChange: (isOn: boolean) => void }) {
  return (
    <label className="choice">
      <input type="checkbox" checked={props.isOn} onChange={(event) => props.onChange(event.target.checked)} />
      {props.word}
    </label>
  );
}
