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

export async function listClocksOfCases(
  tx: Tx,
  communityId: string,
  caseIds: readonly string[],
  kinds: readonly ClockKind[],
): Promise<ClockRow[]> {
  if (caseIds.length === 0) return [];
  const rows = await tx
    .selectFrom('clocks')
    .selectAll()
    .where('communityId', '=', communityId)
    .where('caseId', 'in', [...caseIds])
    .where('kind', 'in', [...kinds])
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

export type CaseKey = { communityId: string; caseId: string };

/**
 * Cases with a clock whose next step is due, the longest due first. Nothing is locked here: moves lock the case before
 * its clocks, so the sweep does too, or the two would wait for each other.
 */
export async function listDueCases(tx: Tx, now: Instant, limit: number): Promise<CaseKey[]> {
  const { rows } = await sql<CaseKey>`
    select community_id, case_id from clocks where next_step_at <= ${now} order by next_step_at limit ${limit}`.execute(
    tx,
  );
  return [...new Map(rows.map((row) => [row.caseId, row])).values()];
}

/** The due clocks of cases that the caller has locked, read anew: another sweep may have been here meanwhile. */
export async function listDueClocksOf(tx: Tx, cases: readonly CaseKey[], now: Instant): Promise<ClockRow[]> {
  const { rows } = await sql<ClockRow>`
    select k.* from unnest(${cases.map((one) => one.communityId)}::uuid[], ${cases.map((one) => one.caseId)}::uuid[]) as due(community_id, case_id)
    join clocks k on k.community_id = due.community_id and k.case_id = due.case_id
    where k.next_step_at <= ${now} order by k.next_step_at, k.id`.execute(tx);
  return rows;
}

/** Events of clocks of several communities in one statement. */
export async function listEventsOfClocks(tx: Tx, clocks: readonly ClockRow[]): Promise<Map<string, ClockEvent[]>> {
  const { rows } = await sql<
    { clockId: string; facts: object } & Pick<ClockEvent, 'seq' | 'type' | 'at' | 'recordedAt'>
  >`
    select e.clock_id, e.seq, e.type, e.at, e.recorded_at, e.facts
    from unnest(${clocks.map((one) => one.communityId)}::uuid[], ${clocks.map((one) => one.id)}::uuid[]) as k(community_id, id)
    join clock_events e on e.community_id = k.community_id and e.clock_id = k.id order by e.clock_id, e.seq`.execute(
    tx,
  );
  const found = new Map<string, ClockEvent[]>();
  for (const { clockId, facts, ...rest } of rows) {
    const events = found.get(clockId) ?? [];
    events.push({ ...facts, ...rest } as ClockEvent);
    found.set(clockId, events);
  }
  return found;
}

export async function updateSteps(tx: Tx, rows: readonly ClockRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    update clocks k set steps = s.steps::jsonb, next_step_at = s.next_step_at,
      told_ids = (select coalesce(array_agg(told.value::uuid), '{}') from jsonb_array_elements_text(s.told_ids::jsonb) as told)
    from unnest(${rows.map((row) => row.communityId)}::uuid[], ${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => JSON.stringify(row.steps))}::text[],
      ${rows.map((row) => row.nextStepAt)}::timestamptz[], ${rows.map((row) => JSON.stringify(row.toldIds))}::text[])
      as s(community_id, id, steps, next_step_at, told_ids)
    where k.community_id = s.community_id and k.id = s.id`.execute(tx);
}

export const isOpen = (row: Pick<ClockRow, 'state'>): boolean => open.includes(row.state);

type OpenCalendar = { communityId: string; policyVersionId: string; calendarVersion: string };

/** By which calendars open clocks are counted. */
export async function listOpenCalendars(tx: Tx): Promise<OpenCalendar[]> {
  const { rows } = await sql<OpenCalendar>`
    select distinct community_id, policy_version_id, calendar_version from clocks where state in ('running', 'paused')`.execute(
    tx,
  );
  return rows;
}

export async function listOpenCasesBy(tx: Tx, by: OpenCalendar): Promise<CaseKey[]> {
  const { rows } = await sql<CaseKey>`
    select distinct community_id, case_id from clocks where community_id = ${by.communityId} and state in ('running', 'paused')
      and policy_version_id = ${by.policyVersionId} and calendar_version = ${by.calendarVersion}`.execute(tx);
  return rows;
}
