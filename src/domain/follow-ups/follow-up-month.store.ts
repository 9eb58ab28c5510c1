// SQL of the month of follow-ups: everything that was finished in it, whatever became of its follow-up (FU5).
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { Verdict } from './follow-up.contract.ts';
import type { CaseRef } from './follow-up-analysis.contract.ts';
import type { FinishedCase } from './follow-up-month.rules.ts';

/** The last promise of each month: until then its rate may still change. */
export async function lastDueOfMonths(
  tx: Tx,
  communityId: string,
  months: readonly string[],
): Promise<Map<string, Instant>> {
  if (months.length === 0) return new Map();
  const { rows } = await sql<{ month: string; dueAt: Instant }>`
    select f.month, max(k.due_at) as due_at
    from follow_ups f join clocks k on k.community_id = f.community_id and k.case_id = f.case_id and k.key = f.id::text and k.kind = 'follow-up'
    where f.community_id = ${communityId} and f.month = any (${[...months]}::text[]) and f.kind = 'finished' and f.state <> 'void'
    group by f.month having max(k.due_at) is not null`.execute(tx);
  return new Map(rows.map((row) => [row.month, row.dueAt]));
}

/**
 * What was finished in the month: each follow-up that stands, and the repairs that have none. Which repairs those are, the
 * finishes on the time line say, as for every figure of repairs: one sent back afterwards was finished in this month too.
 */
export async function listFinished(
  tx: Tx,
  communityId: string,
  month: string,
  span: { from: Instant; until: Instant },
  now: Instant,
): Promise<FinishedCase[]> {
  const { from, until } = span;
  const { rows } = await sql<FinishedCase>`
    select f.id as follow_up_id, f.code, f.case_id, c.code as case_code, f.what, f.state, f.verdict, f.satisfaction, f.recorded_at,
           f.finished_at, c.category, u.label as unit, f.lacking_text_id, f.complaint_id, x.code as complaint_code,
           (select max(due_at) from clocks k where k.community_id = f.community_id and k.case_id = f.case_id and k.key = f.id::text and k.kind = 'follow-up') as due_at
    from follow_ups f
    join cases c on c.community_id = f.community_id and c.id = f.case_id
    left join units u on u.community_id = c.community_id and u.id = c.unit_id
    left join cases x on x.community_id = f.community_id and x.id = f.complaint_id
    where f.community_id = ${communityId} and f.month = ${month} and f.kind = 'finished' and f.state <> 'void' and f.withdrawn_at is null
    union all
    select null, null, c.id, c.code, 'repair',
           -- Still to come: from the voucher, or from the finish after the rework while the month runs.
           case when r.follow_up = 'none' and c.ended_at is null
                  and (r.finished_at >= ${from} and r.finished_at < ${until} or r.finished_at is null and ${now}::timestamptz < ${until})
                then null else 'void' end,
           null, null, null, e.at, c.category, u.label, null, null, null, null
    from (select case_id, max(at) as at from case_events
          where community_id = ${communityId} and move = 'finish' and at >= ${from} and at < ${until} group by case_id) e
    join repairs r on r.community_id = ${communityId} and r.id = e.case_id
    join cases c on c.community_id = r.community_id and c.id = r.id
    left join units u on u.community_id = c.community_id and u.id = c.unit_id
    where not exists (select 1 from follow_ups f where f.community_id = r.community_id and f.case_id = r.id and f.month = ${month}
                        and f.kind = 'finished' and f.state <> 'void' and f.withdrawn_at is null)
    order by finished_at, case_id`.execute(tx);
  return rows;
}

export type Repeated = { unitId: string; unit: string; category: string; count: number; cases: CaseRef[] };

/** Cases of one household and category that came so often within the days up to the month's end, once at least in it. */
export async function listRepeated(
  tx: Tx,
  communityId: string,
  kind: 'repair' | 'complaint',
  least: number,
  window: { since: Instant; monthFrom: Instant; until: Instant },
): Promise<Repeated[]> {
  const { rows } = await sql<Repeated>`
    select c.unit_id, u.label as unit, c.category, count(*)::int as count,
           jsonb_agg(jsonb_build_object('id', c.id, 'code', c.code) order by c.received_at) as cases
    from cases c join units u on u.community_id = c.community_id and u.id = c.unit_id
    where c.community_id = ${communityId} and c.kind = ${kind} and c.category is not null and c.state <> 'cancelled'
      and c.received_at >= ${window.since} and c.received_at < ${window.until}
    group by c.unit_id, u.label, u.sort_key, c.category
    having count(*) >= ${least} and bool_or(c.received_at >= ${window.monthFrom})
    order by count(*) desc, u.sort_key`.execute(tx);
  return rows;
}

export type Reworked = { id: string; code: string; unit: string | null; category: string | null; count: number };

/** Repairs that were sent back in this time, and how often. */
export async function listReworked(tx: Tx, communityId: string, from: Instant, until: Instant): Promise<Reworked[]> {
  const { rows } = await sql<Reworked>`
    select c.id, c.code, u.label as unit, c.category, count(*)::int as count
    from repairs r
    join case_events e on e.community_id = r.community_id and e.case_id = r.id and e.move = 'rework' and e.at >= ${from} and e.at < ${until}
    join cases c on c.community_id = r.community_id and c.id = r.id
    left join units u on u.community_id = c.community_id and u.id = c.unit_id
    where r.community_id = ${communityId} and r.rework_count > 0
    group by c.id, c.code, u.label, c.category order by c.code`.execute(tx);
  return rows;
}

/** How the month was drawn: the seed is the service's to show or not. */
export async function listSamples(
  tx: Tx,
  communityId: string,
  month: string,
): Promise<{ what: string; drawn: number; owed: number; seed: string }[]> {
  const { rows } = await sql<{ what: string; drawn: number; owed: number; seed: string }>`
    select s.what, s.drawn, s.seed,
      (select count(*) from follow_ups f where f.community_id = s.community_id and f.what = s.what and f.month = s.month
         and f.sample_place < f.sample_owed)::int as owed
    from follow_up_samples s where s.community_id = ${communityId} and s.month = ${month} order by s.what`.execute(tx);
  return rows;
}

/** Months of which something is still to do, oldest first. */
export async function listUnsettledMonths(tx: Tx, communityId: string): Promise<string[]> {
  const { rows } = await sql<{ month: string }>`
    select distinct month from follow_ups where community_id = ${communityId} and kind = 'finished' and state in ('due', 'visit-due') order by month`.execute(
    tx,
  );
  return rows.map((row) => row.month);
}

/** Cases of the month whose customer was reached, whatever came after. */
export async function listReachedCases(
  tx: Tx,
  communityId: string,
  what: readonly string[],
  month: string,
): Promise<Set<string>> {
  const { rows } = await sql<{ caseId: string }>`
    select distinct f.case_id from follow_ups f
    where f.community_id = ${communityId} and f.what = any(${[...what]}::text[]) and f.month = ${month} and f.kind = 'finished'
      and f.verdict in ('acceptable', 'not-acceptable')`.execute(tx);
  return new Set(rows.map((row) => row.caseId));
}

/** What the last follow-up of each of these cases said. */
export async function listLastVerdicts(
  tx: Tx,
  communityId: string,
  caseIds: readonly string[],
): Promise<Map<string, Verdict>> {
  const { rows } = await sql<{ caseId: string; verdict: Verdict }>`
    select distinct on (f.case_id) f.case_id, f.verdict from follow_ups f
    where f.community_id = ${communityId} and f.case_id = any(${[...caseIds]}::uuid[]) and f.verdict is not null
    order by f.case_id, f.recorded_at desc`.execute(tx);
  return new Map(rows.map((row) => [row.caseId, row.verdict]));
}
