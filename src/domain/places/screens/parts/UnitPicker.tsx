// Choosing a unit 选房屋 while one types, in any of the ways people name one; the keyboard never leaves the field.
import { type KeyboardEvent, type RefObject, useEffect, useId, useState } from 'react';
import { Problem } from '../../../../ui/Problem.tsx';
import { relationWords } from '../../../parties/party.words.ts';
import { pickerWords as words } from '../../picker.words.ts';
import type { UnitItem } from '../../unit.contract.ts';
import { useUnitSearch } from './unitSearch.ts';
import './unitpicker.css';

export function UnitPicker(props: {
  communityId: string;
  label: string;
  placeholder?: string;
  inputRef: RefObject<HTMLInputElement | null>;
  /** What stands in the field: the room chosen, or what is being typed. */
  text: string;
  onText: (text: string) => void;
  chosenId: string | null;
  onChoose: (unit: UnitItem) => void;
  fault?: string | undefined;
}) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(0);
  const [wantsFirst, setWantsFirst] = useState(false);
  const isSearching = isOpen && props.chosenId === null && props.text.trim() !== '';
  const found = useUnitSearch(props.communityId, isSearching ? props.text : '');
  const units = isSearching ? (found.data?.items ?? []) : [];
  const at = Math.min(chosen, Math.max(0, units.length - 1));
  const isRight = found.isFor === props.text.trim() && !found.isPlaceholderData && !found.isFetching;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question begins at its first answer
  useEffect(() => setChosen(0), [found.isFor]);

  const choose = (unit: UnitItem) => {
    setOpen(false);
    setWantsFirst(false);
    props.onChoose(unit);
  };
  // Somebody who types fast presses Enter before the answer is here: it is taken once it comes.
  useEffect(() => {
    const first = found.data?.items[0];
    if (!wantsFirst || !isRight) return;
    setWantsFirst(false);
    if (first) choose(first);
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || !isSearching) return;
    const unit = units[at];
    if (event.key === 'ArrowDown') setChosen(Math.min(units.length - 1, at + 1));
    else if (event.key === 'ArrowUp') setChosen(Math.max(0, at - 1));
    else if (event.key === 'Escape') setOpen(false);
    else if (event.key === 'Enter' && !event.ctrlKey) {
      if (unit && isRight) choose(unit);
      else setWantsFirst(true);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="field unitpicker">
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        ref={props.inputRef}
        role="combobox"
        aria-expanded={isSearching}
        aria-controls={`${id}list`}
        aria-autocomplete="list"
        aria-activedescendant={units[at] ? `${id}${units[at].id}` : undefined}
        aria-invalid={props.fault === undefined ? undefined : true}
        aria-describedby={props.fault === undefined ? undefined : `${id}fault`}
        autoComplete="off"
        spellCheck={false}
        value={props.text}
        placeholder={props.placeholder}
        onChange={(event) => {
          setOpen(true);
          setWantsFirst(false);
          props.onText(event.target.value);
        }}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      {props.fault === undefined ? null : (
        <span id={`${id}fault`} className="fault">
          {props.fault}
        </span>
      )}
      {isSearching ? (
        <div className="unitlist">
          <Problem error={found.error} />
          {/* biome-ignore lint/a11y/useSemanticElements: a list to choose from while one types */}
          <div id={`${id}list`} role="listbox" aria-label={words.found} tabIndex={-1}>
            {units.map((unit, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the field's, which keeps the focus
              <div
                key={unit.id}
                id={`${id}${unit.id}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === at}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(unit)}
              >
                <b className="num">{unit.label}</b>
                <span className="grow muted">
                  {unit.people.map((one) => `${one.name} ${relationWords[one.relation]}`).join(' · ')}
                </span>
              </div>
            ))}
          </div>
          {units.length === 0 && found.error === null ? (
            <p className="faint" role="status">
              {isRight ? words.nothing(props.text.trim()) : words.searching}
            </p>
          ) : (
            <p className="faint">{words.keys}</p>
          )}
        </div>
      ) : null}
    </div>
  );
}
