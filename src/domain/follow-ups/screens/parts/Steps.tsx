// One question answered in five steps: a large button each, or a figure on the keyboard.
import { type KeyboardEvent, useId } from 'react';
import { stepWords } from '../../follow-up.words.ts';

export function Steps(props: {
  name: string;
  label: string;
  value: number;
  onValue: (value: number) => void;
  /** After a figure was pressed: on to the next question. */
  onNext?: (from: HTMLElement) => void;
  fault?: string | undefined;
}) {
  const id = useId();
  const onKey = (event: KeyboardEvent<HTMLFieldSetElement>) => {
    const step = Number(event.key);
    if (event.ctrlKey || event.metaKey || event.altKey || !(step >= 1 && step <= stepWords.length)) return;
    event.preventDefault();
    props.onValue(step);
    props.onNext?.(event.currentTarget);
  };
  return (
    <fieldset
      className="steps"
      data-question={props.name}
      aria-describedby={props.fault === undefined ? undefined : id}
      onKeyDown={onKey}
    >
      <legend>{props.label}</legend>
      <div className="stepboxes">
        {stepWords.map((word, index) => (
          <label key={word} className={props.value === index + 1 ? 'step on' : 'step'}>
            <input
              type="radio"
              name={`${id}${props.name}`}
              checked={props.value === index + 1}
              onChange={() => props.onValue(index + 1)}
            />
            <b className="num">{index + 1}</b>
            <span>{word}</span>
          </label>
        ))}
      </div>
      {props.fault === undefined ? null : (
        <span id={id} className="fault">
          {props.fault}
        </span>
      )}
    </fieldset>
  );
}
