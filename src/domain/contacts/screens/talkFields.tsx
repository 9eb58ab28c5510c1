// The fields of a talk: chips to choose from, a time as it is said, a text; and where Enter goes next.
import { type ReactNode, useId } from 'react';
import type { Instant } from '../../../kernel/time.ts';
import { Field } from '../../../ui/Field.tsx';
import { useKeys } from '../../../ui/useKeys.ts';
import { momentInWords } from '../../clocks/clock.words.ts';
import { newContactWords as words } from '../new-contact.words.ts';

export function focusName(name: string): void {
  const field = window.document.querySelector<HTMLElement>(`.newcontact [name="${name}"]`);
  field?.focus();
}

/** Alt and its number choose a person while the hand is still in the field. */
export function PersonChoice(props: { number: number; onChoose: () => void; children: ReactNode }) {
  useKeys({ [`alt+${props.number}`]: props.onChoose });
  return (
    <button type="button" className="btn small" tabIndex={-1} onClick={props.onChoose}>
      {props.children}
      <kbd>{`Alt ${props.number}`}</kbd>
    </button>
  );
}

export function DescriptionField(props: {
  value: string;
  fault: string | undefined;
  onChange: (text: string) => void;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{words.description}</label>
      <textarea
        id={id}
        name="description"
        rows={2}
        value={props.value}
        placeholder={words.descriptionPlaceholder}
        aria-invalid={props.fault === undefined ? undefined : true}
        aria-describedby={props.fault === undefined ? undefined : `${id}fault`}
        onChange={(event) => props.onChange(event.target.value)}
      />
      {props.fault === undefined ? null : (
        <span id={`${id}fault`} className="fault">
          {props.fault}
        </span>
      )}
    </div>
  );
}

export function Choices<Value extends string>(props: {
  name: string;
  label: string;
  hint?: string | undefined;
  fault?: string | undefined;
  value: Value | null;
  isLocked?: boolean;
  options: readonly (readonly [Value, string])[];
  onChange: (value: Value) => void;
}) {
  const id = useId();
  return (
    <div className="field" role="radiogroup" aria-labelledby={id}>
      <span className="label" id={id}>
        {props.label}
        {props.hint === undefined ? null : <span className="faint"> · {props.hint}</span>}
      </span>
      <div className="row wrap chips">
        {props.options.map(([value, word]) => (
          <label key={value} className="chip">
            <input
              type="radio"
              name={props.name}
              value={value}
              checked={props.value === value}
              disabled={props.isLocked}
              onChange={() => props.onChange(value)}
            />
            {word}
          </label>
        ))}
      </div>
      {props.fault === undefined ? null : <span className="fault">{props.fault}</span>}
    </div>
  );
}

export function TimeField(props: {
  name: string;
  label: string;
  isNeeded: boolean;
  text: string;
  at: Instant | null;
  fault: string | undefined;
  onText: (text: string) => void;
}) {
  return (
    <Field
      name={props.name}
      label={words.timeLabel(props.label, props.isNeeded)}
      placeholder={words.timePlaceholder}
      autoComplete="off"
      value={props.text}
      fault={props.fault}
      hint={props.at === null ? undefined : <b className="num readtime">{momentInWords(props.at)}</b>}
      onChange={(event) => props.onText(event.target.value)}
    />
  );
}
