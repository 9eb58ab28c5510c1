// A week of the roster: a line for each person, a column for each day, what was entered as chips.
import { useEffect, useRef } from 'react';
import type { Day } from '../../../../kernel/time.ts';
import { serverNow } from '../../../../ui/now.ts';
import { roleWords } from '../../../access/role.words.ts';
import type { Staff } from '../../../access/staff.contract.ts';
import type { Absence, Shift } from '../../roster.contract.ts';
import { absenceReasonWords, partOfDay, rosterPageWords as words } from '../../roster.words.ts';
import type { Entry } from './EntryDialog.tsx';

export function WeekTable(props: {
  people: readonly Staff[];
  days: readonly Day[];
  today: Day;
  absences: readonly Absence[];
  shifts: readonly Shift[];
  /** Missing: nothing can be opened. */
  onOpen?: (entry: Entry) => void;
}) {
  const { people, days, today, onOpen } = props;
  const hasToday = days.includes(today);
  const box = useRef<HTMLDivElement>(null);
  // On a narrow screen the week begins at today: what is asked for first.
  useEffect(() => {
    const [first, now] = [box.current?.querySelector('th'), box.current?.querySelector('th.today')];
    if (box.current && first && hasToday && now instanceof HTMLElement)
      box.current.scrollLeft = now.offsetLeft - first.offsetWidth;
  }, [hasToday]);
  return (
    <div className="tablebox" ref={box}>
      <table className="data rostertable">
        <thead>
          <tr>
            <th scope="col">{words.person}</th>
            {days.map((day, index) => (
              <th key={day} scope="col" className={day === today ? 'today' : undefined}>
                {words.weekday(words.weekdays[index] ?? '')} <span className="num">{day.slice(5)}</span>
                {day === today ? <b> {words.today}</b> : null}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map((person) => {
            const absences = props.absences.filter((one) => one.staff.id === person.id);
            const shifts = props.shifts.filter((one) => one.staff.id === person.id);
            return (
              <tr key={person.id}>
                <th scope="row">
                  <b className="anywhere">{person.name}</b>
                  <span className="faint">{person.roles.map((role) => roleWords[role]).join('、')}</span>
                </th>
                {days.map((day) => (
                  <td key={day} className={day === today ? 'today' : undefined}>
                    {absences.map((absence) => (
                      <AbsenceChip key={absence.id} absence={absence} day={day} onOpen={onOpen} />
                    ))}
                    {shifts.map((shift) => (
                      <ShiftChip key={shift.id} shift={shift} day={day} onOpen={onOpen} />
                    ))}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

type OnOpen = ((entry: Entry) => void) | undefined;

function AbsenceChip({ absence, day, onOpen }: { absence: Absence; day: Day; onOpen: OnOpen }) {
  const part = partOfDay(absence, day);
  if (part === null) return null;
  const isOver = absence.until !== null && absence.until <= serverNow();
  const { standIn, standInIsAway, reason } = absence;
  return (
    <Chip look="absence" onOpen={isOver || !onOpen ? undefined : () => onOpen({ absence })}>
      <b>
        {words.absent} <span className="num">{part}</span>
      </b>
      {/* What hangs on a wall says that somebody is away, not why. */}
      {reason === null ? null : <span className="no-print">{absenceReasonWords[reason]}</span>}
      {standIn === null ? null : (
        <span className={standInIsAway ? 'gone' : undefined}>
          {standInIsAway ? words.standInAway(standIn.name) : words.standIn(standIn.name)}
        </span>
      )}
    </Chip>
  );
}

function ShiftChip({ shift, day, onOpen }: { shift: Shift; day: Day; onOpen: OnOpen }) {
  const part = partOfDay(shift, day);
  if (part === null) return null;
  return (
    <Chip look="shift" onOpen={shift.until <= serverNow() || !onOpen ? undefined : () => onOpen({ shift })}>
      <b>
        {words.shift} <span className="num">{part}</span>
      </b>
      <span>{roleWords[shift.role]}</span>
    </Chip>
  );
}

function Chip(props: { look: 'absence' | 'shift'; onOpen: (() => void) | undefined; children: React.ReactNode }) {
  const className = `rosterchip ${props.look}`;
  if (!props.onOpen) return <div className={className}>{props.children}</div>;
  return (
    <button type="button" className={className} onClick={props.onOpen}>
      {props.children}
    </button>
  );
}
