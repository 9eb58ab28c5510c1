// What `verify` asks of cases 事项: what is due next, the time line without gaps, the counts, the numbers.
import type { Check } from '../../platform/checks.ts';
import { sql } from '../../platform/database/database.ts';

/** What the board goes by is the open clock that counts as overdue first. */
export const nextDueIsTheFirstClock: Check = async function* (tx) {
  const { rows } = await sql<{ communityId: string; code: string; found: string | null; expected: string | null }>`
    select c.community_id, c.code, c.next_due_at as found, k.due as expected
    from cases c left join (
      select community_id, case_id, min(overdue_from) as due from clocks where state in ('running', 'paused') group by 1, 2
    ) k on k.community_id = c.community_id and k.case_id = c.id
    where c.next_due_at is distinct from k.due
       or (c.next_due_at is not null and not exists (select from clocks o where o.community_id = c.community_id and o.case_id = c.id
             and o.state in ('running', 'paused') and o.overdue_from = c.next_due_at and o.kind = c.next_clock_kind))
       or (c.next_due_at is null and c.next_clock_kind is not null)
    order by c.code`.execute(tx);
  for (const { communityId, ...facts } of rows) yield { communityId, what: 'next_due_differs', facts };
};

export const timeLinesHaveNoGaps: Check = async function* (tx) {
  const { rows } = await sql<{ communityId: string; code: string; events: number; last: number; expected: number }>`
    select c.community_id, c.code, coalesce(e.events, 0)::int as events, coalesce(e.last, 0) as last, c.event_seq as expected
    from cases c left join (
      select community_id, case_id, count(*) as events, min(seq) as first, max(seq) as last from case_events group by 1, 2
    ) e on e.community_id = c.community_id and e.case_id = c.id
    where coalesce(e.events, 0) <> c.event_seq or coalesce(e.last, 0) <> c.event_seq or coalesce(e.first, 1) <> 1
    order by c.code`.execute(tx);
  for (const { communityId, ...facts } of rows) yield { communityId, what: 'events_have_gaps', facts };
};

export const countsAreTrue: Check = async function* (tx) {
  const { rows } = await sql<{ communityId: string; kind: string; state: string; found: number; expected: number }>`
    with kept as (
      select community_id, kind, state, sum(cases)::bigint as cases from (
        select community_id, kind, state, cases from case_counts
        union all select community_id, kind, state, delta from case_count_deltas) every group by 1, 2, 3
    ), counted as (select community_id, kind, state, count(*) as cases from cases group by 1, 2, 3)
    select coalesce(k.community_id, c.community_id) as community_id, coalesce(k.kind, c.kind) as kind, coalesce(k.state, c.state) as state,
           coalesce(k.cases, 0) as found, coalesce(c.cases, 0) as expected
    from kept k full join counted c on c.community_id = k.community_id and c.kind = k.kind and c.state = k.state
    where coalesce(k.cases, 0) <> coalesce(c.cases, 0) order by 1, 2, 3`.execute(tx);
  for (const { communityId, ...facts } of rows) yield { communityId, what: 'count_differs', facts };
};

/** The next number of a series is one that nobody has. A day is written without dashes in a code, with them in its counter. */
export const numbersAreAhead: Check = async function* (tx) {
  const { rows } = await sql<{ communityId: string; series: string; period: string; last: number; highest: number }>`
    select n.community_id, n.series, n.period, coalesce(c.last, 0) as last, n.highest from (
      select community_id, split_part(code, '-', 1) as series, split_part(code, '-', 2) as period, max(split_part(code, '-', 3)::bigint) as highest
      from (select community_id, code from cases union all select community_id, code from contacts
            union all select community_id, code from follow_ups) coded
      where code ~ '^[A-Z]{2}-([0-9]{4}|[0-9]{8})-[0-9]{1,12}$' group by 1, 2, 3) n
    left join counters c on c.community_id = n.community_id and c.series = n.series and replace(c.period, '-', '') = n.period
    where coalesce(c.last, 0) < n.highest order by 1, 2, 3`.execute(tx);
  for (const { communityId, ...facts } of rows) yield { communityId, what: 'number_behind', facts };
};
