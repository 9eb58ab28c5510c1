// Rosters 排班 kept and asked: absences and shifts entered by those who keep them; who is away and on shift, for the
// ladder and for dispatch.
import { newId } from '../../kernel/id.ts';
import { BadInput, notFound, Refusal, staleVersion } from '../../kernel/refusal.ts';
import { type Instant, plusMs } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { accountNames, listPostHolders } from '../access/account.service.ts';
import { type Call, effect, type InputOf, reachOf, readIn } from '../access/call.ts';
import type { Role } from '../access/role.contract.ts';
import { record } from '../audit/audit.service.ts';
import type { Absence, rosterRoutes, Shift } from './roster.contract.ts';
import {
  type Away,
  absenceFaults,
  awayAt,
  dayAround,
  endOf,
  isAwayWithin,
  isOnShift as isOnShiftBy,
  isOwnPerson,
  type RosterAsk,
  type Rostered,
  type Span,
  shiftFaults,
} from './roster.rules.ts';
import {
  type AbsenceRow,
  findAbsence,
  findAbsences,
  findShift,
  findShifts,
  insertAbsence,
  insertShift,
  lockRoster,
  removeShiftRow,
  type ShiftRow,
  updateAbsence,
} from './roster.store.ts';

type Input<Name extends keyof typeof rosterRoutes> = InputOf<(typeof rosterRoutes)[Name]>;

// ── asked by others ─────────────────────────────────────────────────────────────────────────────────

/** Who is away at an instant, with who stands in for them. */
export async function findAway(tx: Tx, communityId: string, at: Instant): Promise<Map<string, Away>> {
  return awayAt(await findAbsences(tx, communityId, { from: at, until: plusMs(at, 1) }), at);
}

export async function isOnShift(
  tx: Tx,
  communityId: string,
  staffId: string,
  role: Role,
  at: Instant,
): Promise<boolean> {
  const away = await findAway(tx, communityId, at);
  return isOnShiftBy(staffId, role, at, await findShifts(tx, communityId, dayAround(at), role), away);
}

// ── kept ────────────────────────────────────────────────────────────────────────────────────────────

async function listPeople(tx: Tx, communityId: string): Promise<Map<string, Rostered>> {
  const people = new Map<string, Rostered & { posts: { role: Role; department: string | null }[] }>();
  for (const { accountId, role, department } of await listPostHolders(tx, communityId)) {
    const known = people.get(accountId) ?? { id: accountId, posts: [] };
    known.posts.push({ role, department });
    people.set(accountId, known);
  }
  return people;
}

async function askOf(tx: Tx, call: Call, span: Span): Promise<RosterAsk> {
  await lockRoster(tx, call.communityId);
  return {
    keeper: { breadth: call.breadth, roles: call.roles },
    people: await listPeople(tx, call.communityId),
    absences: await findAbsences(tx, call.communityId, span),
    shifts: await findShifts(tx, call.communityId, span),
  };
}

export const listAbsences = (call: Call, { query }: Input<'listAbsences'>) =>
  readIn(call, async (tx) => ({
    items: await shapeAbsences(tx, call, await findAbsences(tx, call.communityId, query)),
    nextCursor: null,
  }));

export const listShifts = (call: Call, { query }: Input<'listShifts'>) =>
  readIn(call, async (tx) => ({
    items: await shapeShifts(tx, call, await findShifts(tx, call.communityId, query)),
    nextCursor: null,
  }));

export async function createAbsence(call: Call, { body }: Input<'createAbsence'>): Promise<Absence> {
  const { staffId, from, reason } = body;
  const asked = { staffId, from, until: body.until ?? null, standInId: body.standInId ?? null };
  const id = await effect(call, newId(), async (tx, made) => {
    const faults = absenceFaults(asked, await askOf(tx, call, asked));
    if (faults.length > 0) throw new BadInput(faults);
    await insertAbsence(tx, {
      communityId: call.communityId,
      id: made,
      staffId,
      fromAt: from,
      untilAt: asked.until,
      reason,
      standInId: asked.standInId,
      enteredBy: call.actor.accountId,
      enteredAt: call.now,
    });
    // The reason stays out of the record that auditors read.
    await record(tx, call, {
      action: 'absence.create',
      noun: 'absence',
      nounId: made,
      changed: {
        staffId: [null, staffId],
        from: [null, from],
        until: [null, asked.until],
        standInId: [null, asked.standInId],
      },
    });
  });
  return showAbsence(call, id);
}

export async function endAbsence(call: Call, { params, body }: Input<'endAbsence'>): Promise<Absence> {
  await effect(call, params.id, async (tx) => {
    await lockRoster(tx, call.communityId);
    const row = await findAbsence(tx, call.communityId, params.id);
    await checkKept(tx, call, row, body.version, 'absence');
    const end = endOf(row as AbsenceRow, call.now);
    await updateAbsence(
      tx,
      call.communityId,
      params.id,
      'removed' in end ? { removedAt: call.now } : { untilAt: end.until },
    );
    await record(tx, call, {
      action: 'absence.end',
      noun: 'absence',
      nounId: params.id,
      changed: 'removed' in end ? { removed: [false, true] } : { until: [row?.until ?? null, end.until] },
    });
  });
  return showAbsence(call, params.id);
}

export async function createShift(call: Call, { body }: Input<'createShift'>): Promise<Shift> {
  const id = await effect(call, newId(), async (tx, made) => {
    const faults = shiftFaults(body, await askOf(tx, call, body));
    if (faults.length > 0) throw new BadInput(faults);
    const { staffId, role, from, until } = body;
    await insertShift(tx, {
      communityId: call.communityId,
      id: made,
      staffId,
      role,
      fromAt: from,
      untilAt: until,
      enteredBy: call.actor.accountId,
      enteredAt: call.now,
    });
    await record(tx, call, {
      action: 'shift.create',
      noun: 'shift',
      nounId: made,
      changed: { staffId: [null, staffId], role: [null, role], from: [null, from], until: [null, until] },
    });
  });
  return showShift(call, id);
}

export async function removeShift(call: Call, { params, body }: Input<'removeShift'>): Promise<Shift> {
  await effect(call, params.id, async (tx) => {
    await lockRoster(tx, call.communityId);
    const row = await findShift(tx, call.communityId, params.id);
    await checkKept(tx, call, row, body.version, 'shift');
    await removeShiftRow(tx, call.communityId, params.id, call.now);
    await record(tx, call, {
      action: 'shift.remove',
      noun: 'shift',
      nounId: params.id,
      changed: { removed: [false, true] },
    });
  });
  return showShift(call, params.id);
}

/** There, of the caller's own people, not taken back before, and as the caller last saw it. */
async function checkKept(
  tx: Tx,
  call: Call,
  row: { staffId: string; version: number; removedAt: Instant | null } | undefined,
  seen: number | undefined,
  noun: string,
): Promise<void> {
  if (!row) throw notFound(noun);
  const person = (await listPeople(tx, call.communityId)).get(row.staffId);
  // Who has left holds no post any more: their rows are the centre's.
  if (!isOwnPerson(call.breadth, call.roles, person ?? { id: row.staffId, posts: [] }))
    throw new Refusal('roster.not_your_people', { staffId: row.staffId }, 403);
  if (row.removedAt !== null) throw new Refusal('roster.ended_already');
  const version = seen ?? call.ifMatch;
  if (version !== null && version !== undefined && version !== row.version) throw staleVersion(row.version);
}

// ── shown ───────────────────────────────────────────────────────────────────────────────────────────

/** What was taken back is no more to be found, as in the list. */
export const readAbsence = (call: Call, { params }: Input<'readAbsence'>): Promise<Absence> =>
  showAbsence(call, params.id, false);

export const readShift = (call: Call, { params }: Input<'readShift'>): Promise<Shift> =>
  showShift(call, params.id, false);

const showAbsence = (call: Call, id: string, evenTakenBack = true): Promise<Absence> =>
  readIn(call, async (tx) => {
    const row = await findAbsence(tx, call.communityId, id);
    const [shown] = row && (evenTakenBack || row.removedAt === null) ? await shapeAbsences(tx, call, [row]) : [];
    if (!shown) throw notFound('absence');
    return shown;
  });

const showShift = (call: Call, id: string, evenTakenBack = true): Promise<Shift> =>
  readIn(call, async (tx) => {
    const row = await findShift(tx, call.communityId, id);
    const [shown] = row && (evenTakenBack || row.removedAt === null) ? await shapeShifts(tx, call, [row]) : [];
    if (!shown) throw notFound('shift');
    return shown;
  });

async function shapeAbsences(tx: Tx, call: Call, rows: readonly AbsenceRow[]): Promise<Absence[]> {
  const names = await accountNames(
    tx,
    rows.flatMap((row) => [row.staffId, row.standInId]),
  );
  const person = (id: string) => ({ id, name: names.get(id) ?? '' });
  const from = rows.reduce((first, row) => (row.from < first ? row.from : first), rows[0]?.from ?? call.now);
  const others = rows.some((row) => row.standInId !== null)
    ? await findAbsences(tx, call.communityId, { from, until: null })
    : [];
  const keeps = reachOf(call, 'roster.write') !== null;
  return rows.map(({ id, staffId, from: begins, until, reason, standInId, version }) => ({
    id,
    communityId: call.communityId,
    staff: person(staffId),
    from: begins,
    until,
    reason: keeps || staffId === call.actor.accountId ? reason : null,
    standIn: standInId === null ? null : person(standInId),
    standInIsAway: standInId !== null && isAwayWithin(standInId, { from: begins, until }, others),
    version,
  }));
}

async function shapeShifts(tx: Tx, call: Call, rows: readonly ShiftRow[]): Promise<Shift[]> {
  const names = await accountNames(
    tx,
    rows.map((row) => row.staffId),
  );
  return rows.map(({ id, staffId, role, from, until, version }) => ({
    id,
    communityId: call.communityId,
    staff: { id: staffId, name: names.get(staffId) ?? '' },
    role,
    from,
    until,
    version,
  }));
}
