// SQL of rosters 排班: absences and duty shifts.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { Role } from '../access/role.contract.ts';
import type { AbsenceReason } from './roster.contract.ts';
import type { AbsenceFact, ShiftFact, Span } from './roster.rules.ts';

export type AbsenceRow = AbsenceFact & { reason: AbsenceReason; version: number };
export type ShiftRow = ShiftFact & { version: number };

const absenceColumns = sql`id, staff_id, from_at as "from", until_at as until, reason, stand_in_id, version`;
const shiftColumns = sql`id, staff_id, role, from_at as "from", until_at as until, version`;

/** Absences that touch the stretch, by begin. */
export async function findAbsences(tx: Tx, communityId: string, span: Span): Promise<AbsenceRow[]> {
  const { rows } = await sql<AbsenceRow>`
    select ${absenceColumns} from absences
    where community_id = ${communityId} and removed_at is null
      and (until_at is null or until_at > ${span.from}) and (${span.until}::timestamptz is null or from_at < ${span.until})
    order by from_at, id`.execute(tx);
  return rows;
}

export async function findShifts(tx: Tx, communityId: string, span: Span, role?: Role): Promise<ShiftRow[]> {
  const { rows } = await sql<ShiftRow>`
    select ${shiftColumns} from duty_shifts
    where community_id = ${communityId} and removed_at is null and (${role ?? null}::text is null or role = ${role ?? null})
      and until_at > ${span.from} and (${span.until}::timestamptz is null or from_at < ${span.until})
    order by from_at, id`.execute(tx);
  return rows;
}

/** One of the community, those taken back included. */
export async function findAbsence(
  tx: Tx,
  communityId: string,
  id: string,
): Promise<(AbsenceRow & { removedAt: Instant | null }) | undefined> {
  const { rows } = await sql<AbsenceRow & { removedAt: Instant | null }>`
    select ${absenceColumns}, removed_at from absences where community_id = ${communityId} and id = ${id}`.execute(tx);
  return rows[0];
}

export async function findShift(
  tx: Tx,
  communityId: string,
  id: string,
): Promise<(ShiftRow & { removedAt: Instant | null }) | undefined> {
  const { rows } = await sql<ShiftRow & { removedAt: Instant | null }>`
    select ${shiftColumns}, removed_at from duty_shifts where community_id = ${communityId} and id = ${id}`.execute(tx);
  return rows[0];
}

/** Two keepers who enter something for one community at once come one after the other: each sees what the other wrote. */
export async function lockRoster(tx: Tx, communityId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`roster:${communityId}`}, 0))`.execute(tx);
}

export async function insertAbsence(
  tx: Tx,
  row: {
    communityId: string;
    id: string;
    staffId: string;
    fromAt: Instant;
    untilAt: Instant | null;
    reason: AbsenceReason;
    standInId: string | null;
    enteredBy: string;
    enteredAt: Instant;
  },
): Promise<void> {
  await tx.insertInto('absences').values(row).execute();
}

export async function insertShift(
  tx: Tx,
  row: {
    communityId: string;
    id: string;
    staffId: string;
    role: Role;
    fromAt: Instant;
    untilAt: Instant;
    enteredBy: string;
    enteredAt: Instant;
  },
): Promise<void> {
  await tx.insertInto('dutyShifts').values(row).execute();
}

export async function updateAbsence(
  tx: Tx,
  communityId: string,
  id: string,
  change: { untilAt: Instant } | { removedAt: Instant },
): Promise<void> {
  await tx
    .updateTable('absences')
    .set((eb) => ({ ...change, version: eb('version', '+', 1) }))
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .execute();
}

export async function removeShiftRow(tx: Tx, communityId: string, id: string, at: Instant): Promise<void> {
  await tx
    .updateTable('dutyShifts')
    .set((eb) => ({ removedAt: at, version: eb('version', '+', 1) }))
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .execute();
}
