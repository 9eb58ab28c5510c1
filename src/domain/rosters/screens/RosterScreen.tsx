// Roster 值班与请假: a week by people, who is away and who stands in, who is on duty; entered by those who lead, printed
// for the wall of the duty room.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Day, dayOf, isDay, plusDays, startOfDay, weekdayOf } from '../../../kernel/time.ts';
import { flagCodec, textCodec } from '../../../ui/addressState.ts';
import { Card } from '../../../ui/Card.tsx';
import { call } from '../../../ui/call.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { serverNow } from '../../../ui/now.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { useKeys } from '../../../ui/useKeys.ts';
import { breadthOf } from '../../access/permission.rules.ts';
import { type Role, roles } from '../../access/role.contract.ts';
import { roleWords } from '../../access/role.words.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { type Staff, staffRoutes } from '../../access/staff.contract.ts';
import { rosterRoutes } from '../roster.contract.ts';
import { isOwnPerson } from '../roster.rules.ts';
import { rosterPageWords as words } from '../roster.words.ts';
import { AbsenceDialog } from './parts/AbsenceDialog.tsx';
import { type Entry, EntryDialog } from './parts/EntryDialog.tsx';
import { ShiftDialog } from './parts/ShiftDialog.tsx';
import { WeekTable } from './parts/WeekTable.tsx';
import './roster.css';

const codecs = { week: textCodec(), post: textCodec(), entered: flagCodec() };
const mondayOf = (day: Day): Day => plusDays(day, 1 - weekdayOf(day));
const rank = (person: Staff): number => Math.min(...person.roles.map((role) => roles.indexOf(role)));

/** id → name and posts, for lists to choose from. */
const choicesOf = (people: readonly Staff[]): Record<string, string> =>
  Object.fromEntries(
    people.map((one) => [one.id, `${one.name} · ${one.roles.map((role) => roleWords[role]).join('、')}`]),
  );

type Open = { dialog: 'absence' | 'shift' } | { entry: Entry } | null;

export function RosterScreen() {
  const community = useCommunity();
  const client = useQueryClient();
  const [address, setAddress] = useAddressState(codecs);
  const [open, setOpen] = useState<Open>(null);
  const today = dayOf(serverNow());
  const monday = mondayOf(isDay(address.week) ? address.week : today);
  const days = [0, 1, 2, 3, 4, 5, 6].map((ahead) => plusDays(monday, ahead));
  const params = { communityId: community.id };
  const query = { from: startOfDay(monday), until: startOfDay(plusDays(monday, 7)) };
  const staff = useQuery({
    queryKey: ['staff', community.id, 'all'],
    queryFn: ({ signal }) => call(staffRoutes.listStaff, { params, query: {}, signal }),
  });
  const absences = useQuery({
    queryKey: ['absence', community.id, monday],
    queryFn: ({ signal }) => call(rosterRoutes.listAbsences, { params, query, signal }),
  });
  const shifts = useQuery({
    queryKey: ['shift', community.id, monday],
    queryFn: ({ signal }) => call(rosterRoutes.listShifts, { params, query, signal }),
  });
  const refresh = () =>
    Promise.all(
      ['absence', 'shift', 'staff'].map((noun) => client.invalidateQueries({ queryKey: [noun, community.id] })),
    );
  const breadth = breadthOf(community.roles, 'roster.write');
  const go = (ahead: number) => setAddress({ week: ahead === 0 ? '' : plusDays(monday, ahead * 7) });
  useKeys(
    {
      '[': () => go(-1),
      ']': () => go(1),
      ...(breadth === null ? {} : { n: () => setOpen({ dialog: 'absence' }), b: () => setOpen({ dialog: 'shift' }) }),
    },
    open === null,
  );

  const error = staff.error ?? absences.error ?? shifts.error;
  if (error) return <Problem error={error} retry={() => void refresh()} />;
  if (!staff.data || !absences.data || !shifts.data)
    return <div className="busyline" role="status" aria-label={uiWords.loading} />;
  const entered = [...absences.data.items, ...shifts.data.items];
  const enteredIds = new Set(entered.map((one) => one.staff.id));
  const people = [...staff.data.items].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'zh'));
  const shown = people.filter(
    (one) =>
      (address.post === '' || one.roles.includes(address.post as Role)) && (!address.entered || enteredIds.has(one.id)),
  );
  const posts = roles.filter((role) => people.some((one) => one.roles.includes(role)));
  const own =
    breadth === null
      ? []
      : people.filter((one) =>
          isOwnPerson(breadth, community.roles, {
            id: one.id,
            posts: one.roles.map((role) => ({ role, department: one.departments[0] ?? null })),
          }),
        );
  const close = () => setOpen(null);
  const done = async () => {
    close();
    await refresh();
  };
  const day = days.includes(today) ? today : monday;
  const actions =
    breadth === null ? null : (
      <>
        <button type="button" className="btn primary" onClick={() => setOpen({ dialog: 'absence' })}>
          {words.addAbsence} <kbd>N</kbd>
        </button>
        <button type="button" className="btn" onClick={() => setOpen({ dialog: 'shift' })}>
          {words.addShift} <kbd>B</kbd>
        </button>
      </>
    );
  return (
    <div className="stack roster">
      <div className="row wrap pagehead">
        <h1>
          {words.title} <span className="faint">{community.name}</span>
        </h1>
        <span className="faint num">{words.week(monday, days[6] ?? monday)}</span>
        <span className="grow" />
        <span className="row wrap no-print">{actions}</span>
      </div>
      <p className="muted no-print">{words.lead}</p>
      <div className="row wrap no-print field rostertools">
        <button type="button" className="btn" onClick={() => go(-1)}>
          {words.weekBefore} <kbd>[</kbd>
        </button>
        <button type="button" className="btn" onClick={() => go(0)} disabled={monday === mondayOf(today)}>
          {words.thisWeek}
        </button>
        <button type="button" className="btn" onClick={() => go(1)}>
          {words.weekAfter} <kbd>]</kbd>
        </button>
        <select
          aria-label={words.post}
          value={address.post}
          onChange={(event) => setAddress({ post: event.target.value })}
        >
          <option value="">{words.allPosts}</option>
          {posts.map((role) => (
            <option key={role} value={role}>
              {roleWords[role]}
            </option>
          ))}
        </select>
        <label className="row">
          <input
            type="checkbox"
            checked={address.entered}
            onChange={(event) => setAddress({ entered: event.target.checked })}
          />
          {words.onlyEntered}
        </label>
        <span className="grow" />
        <button type="button" className="btn" onClick={() => window.print()}>
          {words.print}
        </button>
      </div>
      {entered.length === 0 ? (
        <Card>
          <EmptyState title={words.nobody} action={<div className="row wrap no-print">{actions}</div>}>
            <p>{words.nobodyText}</p>
          </EmptyState>
        </Card>
      ) : shown.length === 0 ? (
        <EmptyState title={words.noPeople} />
      ) : (
        <Card flush>
          <WeekTable
            people={shown}
            days={days}
            today={today}
            absences={absences.data.items}
            shifts={shifts.data.items}
            {...(breadth === null ? {} : { onOpen: (entry: Entry) => setOpen({ entry }) })}
          />
        </Card>
      )}
      {open !== null && 'dialog' in open && open.dialog === 'absence' ? (
        <AbsenceDialog
          communityId={community.id}
          own={choicesOf(own)}
          all={choicesOf(people)}
          from={`${day}T00:00`}
          until={`${plusDays(day, 1)}T00:00`}
          onClose={close}
          onDone={done}
        />
      ) : null}
      {open !== null && 'dialog' in open && open.dialog === 'shift' ? (
        <ShiftDialog
          communityId={community.id}
          own={choicesOf(own)}
          rolesOf={(id) => people.find((one) => one.id === id)?.roles ?? []}
          from={`${day}T18:00`}
          until={`${plusDays(day, 1)}T08:00`}
          onClose={close}
          onDone={done}
        />
      ) : null}
      {open !== null && 'entry' in open ? <EntryDialog entry={open.entry} onClose={close} onDone={done} /> : null}
    </div>
  );
}
