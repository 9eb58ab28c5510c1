// SQL of clocks and their events. What the fold says is cached in the row by the same transaction.
import { newId } from '../../kernel/id.ts';
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { ClockEvent, ClockKind, ClockState } from './clock.contract.ts';
import type { TakenStep } from './ladder.rules.ts';

export type Step = TakenStep & { told: string[] };

export type ClockRow = {
  communityId: string;
  id: string;
  caseId: string;
  kind: ClockKind;
  key: string;
  state: ClockState;
  ladder: string;
  ownerId: string | null;
  ownerRole: string;
  ownerDepartment: string | null;
  startedAt: Instant;
  dueAt: Instant | null;
  wishedAt: Instant | null;
  overdueFrom: Instant | null;
  stoppedAt: Instant | null;
  nextStepAt: Instant | null;
  steps: Step[];
  toldIds: string[];
  spentMinutes: number | null;
  overMinutes: number | null;
  policyVersionId: string;
  calendarVersion: string;
  provisional: boolean;
  eventSeq: number;
};

const open = ['running', 'paused'];

export async function listClocksOf(tx: Tx, communityId: string, caseId: string): Promise<ClockRow[]> {
  const rows = await tx
    .selectFrom('clocks')
    .selectAll()
    .where('communityId', '=', communityId)
    .where('caseId', '=', caseId)
    .orderBy('startedAt')
    .orderBy('id')
    .execute();
  return rows as unknown as ClockRow[];
}

export async function listClockEvents(
  tx: Tx,
  communityId: string,
  clockIds: readonly string[],
): Promise<Map<string, ClockEvent[]>> {
  const found = new Map<string, ClockEvent[]>();
  if (clockIds.length === 0) return found;
  const rows = await tx
    .selectFrom('clockEvents')
    .select(['clockId', 'seq', 'type', 'at', 'recordedAt', 'facts'])
    .where('communityId', '=', communityId)
    .where('clockId', 'in', [...clockIds])
    .orderBy('clockId')
    .orderBy('seq')
    .execute();
  for (const { clockId, facts, ...rest } of rows) {
    const events = found.get(clockId) ?? [];
    events.push({ ...(facts as object), ...rest } as ClockEvent);
    found.set(clockId, events);
  }
  return found;
}

export async function insertClocks(tx: Tx, rows: readonly ClockRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('clocks')
    .values(rows.map((row) => ({ ...row, steps: JSON.stringify(row.steps) })))
    .execute();
}

export async function updateClock(tx: Tx, row: ClockRow): Promise<void> {
  const {
    communityId,
    id,
    caseId: _case,
    kind: _kind,
    key: _key,
    startedAt: _started,
    policyVersionId: _policy,
    ...rest
  } = row;
  await tx
    .updateTable('clocks')
    .set({ ...rest, steps: JSON.stringify(row.steps) })
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .execute();
}

export async function insertClockEvents(
  tx: Tx,
  communityId: string,
  events: readonly { clockId: string; event: ClockEvent }[],
): Promise<void> {
  if (events.length === 0) return;
  await tx
    .insertInto('clockEvents')
    .values(
      events.map(({ clockId, event: { type, at, recordedAt, seq, ...facts } }) => ({
        communityId,
        id: newId(),
        clockId,
        seq,
        type,
        at,
        recordedAt,
        facts: JSON.stringify(facts),
      })),
    )
    .execute();
}

/** Clocks whose next step is due, in order, locked so that two sweeps never take one step twice. */
export async function lockDueClocks(tx: Tx, now: Instant, limit: number): Promise<ClockRow[]> {
  const { rows } = await sql<ClockRow>`
    select * from clocks where next_step_at <= ${now} order by next_step_at limit ${limit} for update skip locked`.execute(
    tx,
  );
  return rows;
}

export const isOpen = (row: Pick<ClockRow, 'state'>): boolean => open.includes(row.state);
