// The field of one figure by its kind: a number, a share in percent, yes or no, a limit with its unit, hours, posts.
import { useState } from 'react';
import type { Role } from '../../../access/role.contract.ts';
import { roleWords } from '../../../access/role.words.ts';
import { draftWords as words } from '../../standard-draft.words.ts';
import type { Editable } from '../../standard-edit.contract.ts';

type Props = { figure: Editable; label: string; value: unknown; isFaulty: boolean; onChange: (value: unknown) => void };

export function FigureField(props: Props) {
  const { figure, label, value, onChange } = props;
  const said = { 'aria-label': label, 'aria-invalid': props.isFaulty || undefined };
  if (figure.type === 'flag')
    return (
      <select
        {...said}
        value={value === true ? 'yes' : 'no'}
        onChange={(event) => onChange(event.target.value === 'yes')}
      >
        <option value="yes">{words.yes}</option>
        <option value="no">{words.no}</option>
      </select>
    );
  if (figure.type === 'limit') return <LimitField {...props} />;
  if (figure.type === 'time')
    return (
      <input {...said} className="short" value={String(value)} onChange={(event) => onChange(event.target.value)} />
    );
  if (figure.type === 'spans' || figure.type === 'roles') return <ListField {...props} />;
  const scale = figure.type === 'share' ? 100 : figure.path.endsWith('Fen') ? 100 : 1;
  const shown =
    figure.type === 'share' ? timesHundred(value) : figure.path.endsWith('Fen') ? overHundred(value) : value;
  return (
    <span className="row">
      <NumberField
        said={said}
        shown={shown}
        onNumber={(number) =>
          onChange(
            figure.type === 'share' ? Number((number / scale).toFixed(6)) : Math.round(number * scale * 1000) / 1000,
          )
        }
        onText={onChange}
      />
      {figure.type === 'share' ? words.percentSign : scale === 100 ? words.yuan : null}
    </span>
  );
}

const timesHundred = (value: unknown) => (typeof value === 'number' ? Number((value * 100).toFixed(4)) : value);
const overHundred = (value: unknown) => (typeof value === 'number' ? value / 100 : value);

/** What is no number stays as it was typed, and the server says what is wrong with it. */
function NumberField(props: {
  said: object;
  shown: unknown;
  onNumber: (number: number) => void;
  onText: (text: string) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <input
      {...props.said}
      className="short num"
      inputMode="decimal"
      value={typed ?? String(props.shown ?? '')}
      onBlur={() => setTyped(null)}
      onChange={(event) => {
        const text = event.target.value;
        setTyped(text);
        const number = Number(text);
        if (text.trim() === '' || Number.isNaN(number)) props.onText(text);
        else props.onNumber(number);
      }}
    />
  );
}

const units = ['minutes', 'hours', 'workingDays', 'calendarDays', 'sameDay'] as const;
type Unit = (typeof units)[number];

function LimitField({ label, value, isFaulty, onChange }: Props) {
  const limit = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const unit = units.find((one) => one in limit) ?? 'minutes';
  const calendar = limit.calendar === 'O' ? 'O' : 'R';
  const make = (next: Unit, count: unknown, by: string) =>
    onChange(
      next === 'sameDay'
        ? { sameDay: true }
        : { [next]: count, ...(next === 'minutes' || next === 'hours' ? { calendar: by } : {}) },
    );
  const count = unit === 'sameDay' ? 1 : limit[unit];
  return (
    <span className="row wrap">
      {unit === 'sameDay' ? null : (
        <NumberField
          said={{ 'aria-label': label, 'aria-invalid': isFaulty || undefined }}
          shown={count}
          onNumber={(number) => make(unit, number, calendar)}
          onText={(text) => make(unit, text, calendar)}
        />
      )}
      <select
        aria-label={`${label} ${words.unit}`}
        value={unit}
        onChange={(event) => make(event.target.value as Unit, count, calendar)}
      >
        {units.map((one) => (
          <option key={one} value={one}>
            {words.units[one]}
          </option>
        ))}
      </select>
      {unit === 'minutes' || unit === 'hours' ? (
        <select
          aria-label={`${label} ${words.calendar}`}
          value={calendar}
          onChange={(event) => make(unit, count, event.target.value)}
        >
          <option value="R">{words.calendars.R}</option>
          <option value="O">{words.calendars.O}</option>
        </select>
      ) : null}
    </span>
  );
}

/** Hours and chains as people write them: 08:00–12:00，14:00–18:00; posts by their names. */
function ListField({ figure, label, value, isFaulty, onChange }: Props) {
  const isRoles = figure.type === 'roles';
  const [typed, setTyped] = useState<string | null>(null);
  const list = Array.isArray(value) ? value : [];
  const shown = isRoles
    ? list.map((role) => roleWords[role as Role] ?? String(role)).join(words.listMark)
    : list.map((span) => (Array.isArray(span) ? span.join('–') : String(span))).join(words.spanMark);
  return (
    <input
      aria-label={label}
      aria-invalid={isFaulty || undefined}
      className="wide"
      title={isRoles ? words.rolesHint : words.spansHint}
      value={typed ?? shown}
      onBlur={() => setTyped(null)}
      onChange={(event) => {
        setTyped(event.target.value);
        const parts = event.target.value.split(/[、，,;；→\s]+/).filter((one) => one !== '');
        onChange(isRoles ? parts.map(roleNamed) : parts.map((one) => one.split(/[–\-—~]/).map((time) => time.trim())));
      }}
    />
  );
}

const roleNamed = (word: string): string =>
  (Object.keys(roleWords) as Role[]).find((role) => roleWords[role] === word) ?? word;
