// SQL of replays 试算: the quarter's cases with how their level went, and what the replay found.
import type { Day, Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { ClockKind } from '../clocks/clock.contract.ts';
import type { ClockRow } from '../clocks/clock.store.ts';
import type { ReplayCount, ReplayOutcome } from './replay.contract.ts';
import type { Levels } from './replay.rules.ts';

export type ReplayRow = {
  communityId: string;
  id: string;
  standardId: string;
  revision: number;
  state: 'running' | 'done' | 'failed';
  fromOn: Day;
  untilOn: Day;
  cases: number;
  casesDone: number;
  counts: ReplayCount[];
  startedBy: string;
  startedAt: Instant;
  endedAt: Instant | null;
};

export type QuarterCase = { id: string; level: string | null; standardVersionId: string };
type Span = { from: Instant; until: Instant };

export async function countQuarterCases(tx: Tx, communityId: string, span: Span): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from cases where community_id = ${communityId} and received_at >= ${span.from} and received_at < ${span.until}`.execute(
    tx,
  );
  return rows[0]?.n ?? 0;
}

export async function listQuarterCases(
  tx: Tx,
  communityId: string,
  span: Span,
  afterId: string,
  limit: number,
): Promise<QuarterCase[]> {
  const { rows } = await sql<QuarterCase>`
    select id, level, standard_version_id from cases
    where community_id = ${communityId} and received_at >= ${span.from} and received_at < ${span.until}
      and (${afterId} = '' or id > nullif(${afterId}, '')::uuid)
    order by id limit ${limit}`.execute(tx);
  return rows;
}

export async function listClocksOfAll(tx: Tx, communityId: string, caseIds: readonly string[]): Promise<ClockRow[]> {
  const rows = await tx
    .selectFrom('clocks')
    .selectAll()
    .where('communityId', '=', communityId)
    .where('caseId', 'in', [...caseIds])
    .orderBy('id')
    .execute();
  return rows as unknown as ClockRow[];
}

/** Each change of urgency or severity; what a lowering only asks for has changed nothing. */
export async function listLevels(
  tx: Tx,
  communityId: string,
  caseIds: readonly string[],
): Promise<Map<string, Levels>> {
  const { rows } = await sql<{ caseId: string; at: Instant; was: string; is: string }>`
    select case_id, at, l.level ->> 0 as was, l.level ->> 1 as is
    from case_events, lateral (select coalesce(facts -> 'urgency', facts -> 'severity') as level) l
    where community_id = ${communityId} and case_id = any (${[...caseIds]}::uuid[]) and jsonb_typeof(l.level) = 'array'
      and move is distinct from 'lower'
    order by case_id, seq`.execute(tx);
  const found = new Map<string, { at: Instant; level: string }[]>();
  for (const { caseId, at, was, is } of rows) {
    const levels = found.get(caseId) ?? [{ at: '', level: was }];
    levels.push({ at, level: is });
    found.set(caseId, levels);
  }
  return found;
}

/** What each follow-up of these cases follows up, by its id, which is the key of its clocks. */
export async function listFollowUpSubjects(
  tx: Tx,
  communityId: string,
  caseIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; what: string }>`
    select id, what from follow_ups where community_id = ${communityId} and case_id = any (${[...caseIds]}::uuid[])`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.id, row.what]));
}

/** Of the complaints among these: the date the customer named, and whether a later one was explained with a next answer. */
export async function listCustomerDates(
  tx: Tx,
  communityId: string,
  caseIds: readonly string[],
): Promise<Map<string, { wishedAt: Instant | null; isExplained: boolean }>> {
  const { rows } = await sql<{ id: string; wishedAt: Instant | null; isExplained: boolean }>`
    select id, wished_at, reply_reason_text_id is not null and reply_at is not null as is_explained from complaints
    where community_id = ${communityId} and id = any (${[...caseIds]}::uuid[])`.execute(tx);
  return new Map(rows.map(({ id, ...row }) => [id, row]));
}

export async function findLatestReplay(
  tx: Tx,
  communityId: string,
  standardId: string,
): Promise<ReplayRow | undefined> {
  return (await tx
    .selectFrom('standardReplays')
    .selectAll()
    .where('communityId', '=', communityId)
    .where('standardId', '=', standardId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()) as unknown as ReplayRow | undefined;
}

/** Only the latest is kept: an older one answers about a draft that is no more. */
export async function insertReplay(tx: Tx, row: ReplayRow): Promise<void> {
  await tx
    .deleteFrom('standardReplays')
    .where('communityId', '=', row.communityId)
    .where('standardId', '=', row.standardId)
    .execute();
  await tx
    .insertInto('standardReplays')
    .values({ ...row, counts: JSON.stringify(row.counts) })
    .execute();
}

export async function updateReplay(
  tx: Tx,
  communityId: string,
  id: string,
  change: Partial<Pick<ReplayRow, 'state' | 'casesDone' | 'endedAt' | 'counts'>>,
): Promise<void> {
  const { counts, ...rest } = change;
  await tx
    .updateTable('standardReplays')
    .set({ ...rest, ...(counts ? { counts: JSON.stringify(counts) } : {}) })
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .execute();
}

/** Replays whose program is gone: they will not end by themselves. */
export async function failInterruptedReplays(tx: Tx, live: readonly string[], now: Instant): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    update standard_replays set state = 'failed', ended_at = ${now} where state = 'running' and id <> all (${[...live]}::uuid[]) returning id`.execute(
    tx,
  );
  return rows.length;
}

export type ReplayedClock = {
  clockId: string;
  caseId: string;
  kind: ClockKind;
  was: ReplayOutcome;
  wouldBe: ReplayOutcome;
  wasDueAt: Instant | null;
  wouldBeDueAt: Instant | null;
  wasOverMinutes: number;
  wouldBeOverMinutes: number;
};

export async function insertReplayRows(
  tx: Tx,
  communityId: string,
  replayId: string,
  rows: readonly ReplayedClock[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += 1000)
    await tx
      .insertInto('standardReplayRows')
      .values(rows.slice(from, from + 1000).map((row) => ({ communityId, replayId, ...row })))
      .execute();
}

export type RowQuery = {
  kind?: ClockKind;
  was?: ReplayOutcome;
  wouldBe?: ReplayOutcome;
  changed?: boolean;
  limit: number;
  afterId: string | null;
};

export async function listReplayRows(tx: Tx, communityId: string, replayId: string, query: RowQuery) {
  let ask = tx
    .selectFrom('standardReplayRows as r')
    .innerJoin('cases as c', (join) => join.onRef('c.communityId', '=', 'r.communityId').onRef('c.id', '=', 'r.caseId'))
    .select(['r.clockId', 'r.caseId', 'c.code as caseCode', 'c.kind as caseKind', 'r.kind', 'r.was', 'r.wouldBe'])
    .select(['r.wasDueAt', 'r.wouldBeDueAt', 'r.wasOverMinutes', 'r.wouldBeOverMinutes'])
    .where('r.communityId', '=', communityId)
    .where('r.replayId', '=', replayId)
    .orderBy('r.clockId')
    .limit(query.limit);
  if (query.kind) ask = ask.where('r.kind', '=', query.kind);
  if (query.was) ask = ask.where('r.was', '=', query.was);
  if (query.wouldBe) ask = ask.where('r.wouldBe', '=', query.wouldBe);
  if (query.changed === true) ask = ask.whereRef('r.was', '!=', 'r.wouldBe');
  if (query.changed === false) ask = ask.whereRef('r.was', '=', 'r.wouldBe');
  if (query.afterId) ask = ask.where('r.clockId', '>', query.afterId);
  return (await ask.execute()) as (ReplayedClock & { caseCode: string; caseKind: string })[];
}
