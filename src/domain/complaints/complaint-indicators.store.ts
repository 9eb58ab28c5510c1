// SQL of the month's complaints for its figures: those received, and those resolved, by their events. An entry made twice
// and merged is no complaint of its own.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { HandledComplaint, ReceivedComplaint } from './complaint-indicators.rules.ts';

type Span = { from: Instant; until: Instant };

export async function listReceivedComplaints(tx: Tx, communityId: string, span: Span): Promise<ReceivedComplaint[]> {
  const { rows } = await sql<ReceivedComplaint>`
    select c.id as case_id, c.code, c.kind, u.label as unit, c.level, c.category, p.cause, p.anonymous, c.received_at as at,
      p.resolved_at is not null as is_resolved, p.validity, k.answer
    from cases c
    join complaints p on p.community_id = c.community_id and p.id = c.id and p.merged_into_id is null
    left join units u on u.community_id = c.community_id and u.id = c.unit_id
    cross join lateral (
      select case when bool_or(k.state = 'missed') then 'missed' when bool_or(k.state in ('running', 'paused')) then 'open'
                  when bool_or(k.state = 'met') then 'met' else 'none' end as answer
      from clocks k where k.community_id = c.community_id and k.case_id = c.id and k.kind = 'answer'
    ) k
    where c.community_id = ${communityId} and c.kind = 'complaint' and c.received_at >= ${span.from} and c.received_at < ${span.until}
    order by c.received_at, c.id`.execute(tx);
  return rows;
}

export async function listHandledComplaints(tx: Tx, communityId: string, span: Span): Promise<HandledComplaint[]> {
  const { rows } = await sql<HandledComplaint>`
    with resolved as (
      select distinct on (e.case_id) e.case_id, e.at, e.seq from case_events e
      where e.community_id = ${communityId} and e.move = 'resolve' and e.at >= ${span.from} and e.at < ${span.until}
      order by e.case_id, e.at desc, e.seq desc
    )
    select c.id as case_id, c.code, c.kind, u.label as unit, c.level, c.category, p.cause, p.anonymous, r.at, k.complete
    from resolved r
    join cases c on c.community_id = ${communityId} and c.id = r.case_id and c.kind = 'complaint'
    join complaints p on p.community_id = c.community_id and p.id = c.id and p.merged_into_id is null
    left join units u on u.community_id = c.community_id and u.id = c.unit_id
    -- The work of this month begins where the resolving before it ended.
    cross join lateral (
      select max(e.at) as before_at from case_events e
      where e.community_id = ${communityId} and e.case_id = r.case_id and e.move = 'resolve' and e.at < ${span.from}
    ) b
    cross join lateral (
      select case when bool_or(k.state = 'missed') then 'missed' when bool_or(k.state = 'met') then 'met' else 'none' end as complete
      from clocks k
      where k.community_id = ${communityId} and k.case_id = r.case_id and k.kind = 'complete'
        and k.stopped_at <= r.at and (b.before_at is null or k.stopped_at > b.before_at)
    ) k
    where not exists (select from case_events e
      where e.community_id = ${communityId} and e.case_id = r.case_id and e.move = 'reopen' and e.seq > r.seq and e.at < ${span.until})
    order by r.at, c.id`.execute(tx);
  return rows;
}

/** The last promise to answer or finish what was received in this time; null where none has a date. */
export async function lastDueOfReceived(tx: Tx, communityId: string, span: Span): Promise<Instant | null> {
  const { rows } = await sql<{ dueAt: Instant | null }>`
    select max(k.due_at) as due_at
    from cases c join clocks k on k.community_id = c.community_id and k.case_id = c.id
      and k.kind in ('complete', 'answer', 'next-answer') and k.state <> 'void'
    where c.community_id = ${communityId} and c.kind = 'complaint' and c.received_at >= ${span.from} and c.received_at < ${span.until}`.execute(
    tx,
  );
  return rows[0]?.dueAt ?? null;
}
