// Clocks 时限: carries out what rules command, in the transaction of the move, and keeps what the fold says.
import { newId } from '../../kernel/id.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { accountNames } from '../access/account.service.ts';
import type { Calendar } from './calendar.rules.ts';
import { calendarsNamed, loadCalendars, rememberCalendar } from './calendar.service.ts';
import { chargedMinutes, chargedSeconds } from './charge.rules.ts';
import type {
  ChargeParty,
  ClockCommand,
  ClockEvent,
  ClockKind,
  LadderCode,
  LadderStep,
  Owner,
  WhyPart,
} from './clock.contract.ts';
import { type FoldedClock, foldClock } from './clock.rules.ts';
import {
  type ClockRow,
  insertClockEvents,
  insertClocks,
  isOpen,
  listClockEvents,
  listClocksOf,
  updateClock,
} from './clock.store.ts';
import { nextStepAt, stepsDue, stepsShown } from './ladder.rules.ts';

/** What clocks count by: a version of the standard, its ladders, and calendars by the version that a clock names. */
export type ClockPolicy = {
  versionId: string;
  versionNumber: number;
  ladders: Record<LadderCode, LadderStep[]>;
  calendar: Calendar;
  calendarOf(version: string | undefined): Calendar;
};

/** What of a case's clocks the board goes by: the open clock that is overdue first. */
export type NextDue = { nextDueAt: Instant | null; nextClockKind: ClockKind | null };

export type ClockPlace = { communityId: string; caseId: string; recordedAt: Instant };

type Working = { row: ClockRow; events: ClockEvent[]; added: ClockEvent[]; isNew: boolean };

/**
 * Carries out commands on the clocks of one case. A command for a kind that does not run is no error: a stop of what
 * was voided, a void of what was met change nothing. A `start` while one runs voids it as replaced.
 */
export async function applyClockCommands(
  tx: Tx,
  place: ClockPlace,
  policy: ClockPolicy,
  commands: readonly ClockCommand[],
  isNewCase: boolean,
): Promise<NextDue> {
  const rows = isNewCase ? [] : await listClocksOf(tx, place.communityId, place.caseId);
  const events = await listClockEvents(
    tx,
    place.communityId,
    rows.filter(isOpen).map((row) => row.id),
  );
  await loadCalendars(tx, [...rows.map((row) => row.calendarVersion), ...calendarsNamed(events)]);
  await rememberCalendar(tx, policy.calendar, place.recordedAt);
  const working: Working[] = rows.map((row) => ({ row, events: events.get(row.id) ?? [], added: [], isNew: false }));
  for (const command of commands) carryOut(working, place, policy, command);
  const changed = working.filter((one) => one.added.length > 0);
  for (const one of changed) settle(one, policy);
  await insertClocks(
    tx,
    changed.filter((one) => one.isNew).map((one) => one.row),
  );
  for (const one of changed) if (!one.isNew) await updateClock(tx, one.row);
  await insertClockEvents(
    tx,
    place.communityId,
    changed.flatMap((one) => one.added.map((event) => ({ clockId: one.row.id, event }))),
  );
  return nextDueOf(working.map((one) => one.row));
}

/**
 * Counts the open clocks of one case by the calendar that its standard has now: an event on each that was counted by
 * another. Answers those whose due time moved, and what is due next; null when there was nothing to do.
 */
export async function recountClocks(
  tx: Tx,
  place: ClockPlace,
  policies: (versionId: string) => Promise<ClockPolicy>,
): Promise<{ recounted: number; moved: ClockRow[]; nextDue: NextDue } | null> {
  const rows = await listClocksOf(tx, place.communityId, place.caseId);
  const openIds = rows.filter(isOpen).map((row) => row.id);
  const events = await listClockEvents(tx, place.communityId, openIds);
  await loadCalendars(tx, [...rows.map((row) => row.calendarVersion), ...calendarsNamed(events)]);
  const working: Working[] = [];
  const moved: ClockRow[] = [];
  for (const row of rows) {
    const one: Working = { row, events: events.get(row.id) ?? [], added: [], isNew: false };
    working.push(one);
    if (!isOpen(row)) continue;
    const policy = await policies(row.policyVersionId);
    const calendarVersion = policy.calendar.version;
    if (row.calendarVersion === calendarVersion) continue;
    await rememberCalendar(tx, policy.calendar, place.recordedAt);
    const { recordedAt } = place;
    const seq = row.eventSeq + 1;
    one.added.push({ type: 'recalculated', at: recordedAt, recordedAt, seq, calendarVersion });
    one.row = { ...row, eventSeq: seq };
    settle(one, policy);
    await updateClock(tx, one.row);
    if (one.row.dueAt !== row.dueAt) moved.push(one.row);
  }
  const changed = working.filter((one) => one.added.length > 0);
  if (changed.length === 0) return null;
  const added = changed.flatMap((one) => one.added.map((event) => ({ clockId: one.row.id, event })));
  await insertClockEvents(tx, place.communityId, added);
  return { recounted: changed.length, moved, nextDue: nextDueOf(working.map((one) => one.row)) };
}

export function nextDueOf(rows: readonly ClockRow[]): NextDue {
  let first: ClockRow | undefined;
  for (const row of rows)
    if (isOpen(row) && row.overdueFrom !== null && (!first?.overdueFrom || row.overdueFrom < first.overdueFrom))
      first = row;
  return { nextDueAt: first?.overdueFrom ?? null, nextClockKind: first?.kind ?? null };
}

function carryOut(working: Working[], place: ClockPlace, policy: ClockPolicy, command: ClockCommand): void {
  const { do: what, kind, key = '', ...facts } = command;
  const running = working.find(
    (one) => one.row.kind === kind && one.row.key === key && isOpen(one.row) && !endsIn(one.added),
  );
  const append = (one: Working, event: object) => {
    const seq = one.row.eventSeq + 1;
    one.row = { ...one.row, eventSeq: seq };
    one.added.push({ ...event, recordedAt: place.recordedAt, seq } as ClockEvent);
  };
  if (what === 'start') {
    if (running) append(running, { type: 'void', at: command.at, reason: 'replaced' });
    const { owner, ...start } = facts as Extract<ClockCommand, { do: 'start' }>;
    const one: Working = { row: blankRow(place, policy, kind, key, command), events: [], added: [], isNew: true };
    append(one, { ...start, type: 'start', policyVersion: policy.versionId, calendarVersion: policy.calendar.version });
    append(one, { type: 'assign', at: command.at, owner });
    working.push(one);
    return;
  }
  if (running) append(running, { ...facts, type: what });
}

const endsIn = (events: readonly ClockEvent[]): boolean =>
  events.some((event) => event.type === 'stop' || event.type === 'void');

function blankRow(
  place: ClockPlace,
  policy: ClockPolicy,
  kind: ClockKind,
  key: string,
  command: Extract<ClockCommand, { do: 'start' }>,
): ClockRow {
  return {
    communityId: place.communityId,
    id: newId(),
    caseId: place.caseId,
    kind,
    key,
    state: 'running',
    ladder: command.ladder,
    ownerId: command.owner.staffId,
    ownerRole: command.owner.role,
    ownerDepartment: command.owner.department ?? null,
    startedAt: command.at,
    dueAt: null,
    wishedAt: null,
    overdueFrom: null,
    stoppedAt: null,
    nextStepAt: null,
    steps: [],
    toldIds: [],
    spentMinutes: null,
    overMinutes: null,
    policyVersionId: policy.versionId,
    calendarVersion: policy.calendar.version,
    provisional: false,
    eventSeq: 0,
  };
}

/** Folds anew and writes what it says into the row. */
function settle(one: Working, policy: ClockPolicy): void {
  const folded = foldClock([...one.events, ...one.added], policy.calendarOf);
  one.row = { ...one.row, ...cacheOf(folded, one.row, policy) };
}

/** The columns that are caches of the fold; `verify` compares them with a fresh one. */
export function cacheOf(
  folded: FoldedClock,
  row: Pick<ClockRow, 'steps' | 'ownerId' | 'ownerRole' | 'ownerDepartment' | 'ladder'>,
  policy: ClockPolicy,
) {
  const ended = folded.endedAt !== null;
  const ladder = ladderOf(policy, row.ladder);
  const calendar = policy.calendarOf(folded.calendarVersion);
  // A promise kept too late still owes the steps that fell due before it ended: the sweep records them once.
  const owed = ended ? stepsDue(ladder, folded, calendar, folded.endedAt as Instant, row.steps)[0] : undefined;
  const owner = folded.owner ?? ownerOf(row);
  return {
    state: folded.state,
    dueAt: folded.dueAt,
    wishedAt: folded.wishedAt,
    overdueFrom: folded.overdueFrom,
    stoppedAt: folded.endedAt,
    ownerId: owner.staffId,
    ownerRole: owner.role,
    ownerDepartment: owner.department ?? null,
    spentMinutes: ended ? folded.spentMinutes : null,
    overMinutes: ended ? folded.overMinutes : null,
    calendarVersion: folded.calendarVersion,
    provisional: folded.provisional,
    nextStepAt: owed?.at ?? nextStepAt(ladder, folded, calendar, row.steps),
  };
}

export const ladderOf = (policy: ClockPolicy, code: string) => policy.ladders[code as LadderCode];

export const ownerOf = (row: Pick<ClockRow, 'ownerId' | 'ownerRole' | 'ownerDepartment'>): Owner =>
  ({
    staffId: row.ownerId,
    role: row.ownerRole,
    ...(row.ownerDepartment ? { department: row.ownerDepartment } : {}),
  }) as Owner;

/** A clock as the public interface shows it. */
export type ClockView = {
  id: string;
  caseId: string;
  kind: ClockKind;
  key: string;
  state: ClockRow['state'];
  startedAt: Instant;
  dueAt: Instant | null;
  wishedAt: Instant | null;
  overdueFrom: Instant | null;
  stoppedAt: Instant | null;
  spentMinutes: number;
  overMinutes: number;
  provisional: boolean;
  owner: {
    id: string | null;
    name: string | null;
    role: Owner['role'];
    department: NonNullable<Owner['department']> | null;
  };
  policyVersion: string;
  why: WhyPart[];
  spentSecondsBy: Record<ChargeParty, number>;
  spentMinutesBy: Record<ChargeParty, number>;
};

/** Reads clocks with "why this time", folded at `now`; steps of the ladder are part of the why. */
export async function viewClocks(
  tx: Tx,
  communityId: string,
  rows: readonly ClockRow[],
  policies: (versionId: string) => Promise<ClockPolicy>,
  now: Instant,
): Promise<ClockView[]> {
  const events = await listClockEvents(
    tx,
    communityId,
    rows.map((row) => row.id),
  );
  await loadCalendars(tx, [...rows.map((row) => row.calendarVersion), ...calendarsNamed(events)]);
  const names = await accountNames(
    tx,
    rows.flatMap((row) => [row.ownerId, ...row.steps.flatMap((step) => step.told)]),
  );
  const views: ClockView[] = [];
  for (const row of rows) {
    const policy = await policies(row.policyVersionId);
    const folded = foldClock(events.get(row.id) ?? [], policy.calendarOf, now);
    const owner = ownerOf(row);
    views.push({
      id: row.id,
      caseId: row.caseId,
      kind: row.kind,
      key: row.key,
      state: folded.state,
      startedAt: row.startedAt,
      dueAt: folded.dueAt,
      wishedAt: folded.wishedAt,
      overdueFrom: folded.overdueFrom,
      stoppedAt: folded.endedAt,
      spentMinutes: folded.spentMinutes,
      overMinutes: folded.overMinutes,
      provisional: folded.provisional,
      owner: {
        id: owner.staffId,
        name: owner.staffId ? (names.get(owner.staffId) ?? null) : null,
        role: owner.role,
        department: owner.department ?? null,
      },
      policyVersion: String(policy.versionNumber),
      spentSecondsBy: chargedSeconds(folded.spentMs),
      spentMinutesBy: chargedMinutes(folded.spentMs),
      why: [...folded.why, ...stepsWhy(row, policy, folded, names)],
    });
  }
  return views;
}

function stepsWhy(
  row: ClockRow,
  policy: ClockPolicy,
  folded: FoldedClock,
  names: ReadonlyMap<string, string>,
): WhyPart[] {
  return stepsShown(ladderOf(policy, row.ladder), folded, policy.calendarOf(row.calendarVersion), row.steps).map(
    ({ at, tell, taken, evidenceLate }) => ({
      code: 'step',
      at,
      targets: [...tell],
      ...(taken ? { told: taken.told.map((id) => names.get(id) ?? id) } : {}),
      evidenceLate,
    }),
  );
}
