// SQL of the month's finished repairs, from the events themselves: what a later rework takes off the order (its finish,
// its signature) stands there still.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { FinishedOrder } from './repair-indicators.rules.ts';

export async function listFinishedOrders(
  tx: Tx,
  communityId: string,
  span: { from: Instant; until: Instant },
  reworkWithinDays: number,
): Promise<FinishedOrder[]> {
  const { rows } = await sql<FinishedOrder>`
    with finished as (
      select e.case_id, min(e.at) as first_at, max(e.at) as last_at, array_agg(e.at) as ats
      from case_events e
      where e.community_id = ${communityId} and e.move = 'finish' and e.at >= ${span.from} and e.at < ${span.until}
      group by e.case_id
    ), placed as (
      -- The work of this month begins where the finish before it ended.
      select f.*, (select max(e.at) from case_events e
                   where e.community_id = ${communityId} and e.case_id = f.case_id and e.move = 'finish'
                     and e.at < ${span.from}) as before_at,
             (select min(e.at) from case_events e
                   where e.community_id = ${communityId} and e.case_id = f.case_id and e.move = 'rework') as rework_at
      from finished f
    )
    select c.id as case_id, c.code, c.kind, u.label as unit, c.level, c.category, p.last_at as at,
           k.complete, k.on_site,
           p.before_at is null as is_first_finish,
           exists (select from case_events e, unnest(p.ats) as finish(at)
                   where e.community_id = ${communityId} and e.case_id = p.case_id and e.move = 'rework'
                     and e.at >= finish.at and e.at <= finish.at + make_interval(days => ${reworkWithinDays}::int)) as is_reworked,
           coalesce((select (e.facts ->> 'satisfied')::boolean and (p.rework_at is null or p.rework_at >= e.at)
                     from case_events e
                     where e.community_id = ${communityId} and e.case_id = p.case_id and e.move = 'sign'
                     order by e.seq limit 1), false) as accepted_at_first
    from placed p
    join cases c on c.community_id = ${communityId} and c.id = p.case_id and c.kind = 'repair'
    left join units u on u.community_id = ${communityId} and u.id = c.unit_id
    cross join lateral (
      select case when bool_or(state = 'missed') filter (where kind = 'complete') then 'missed'
                  when bool_or(state = 'met') filter (where kind = 'complete') then 'met' else 'none' end as complete,
             case when bool_or(state = 'missed') filter (where kind = 'on-site') then 'missed'
                  when bool_or(state = 'met') filter (where kind = 'on-site') then 'met' else 'none' end as on_site
      from clocks k
      where k.community_id = ${communityId} and k.case_id = p.case_id and k.kind in ('complete', 'on-site')
        and k.stopped_at <= p.last_at and (p.before_at is null or k.stopped_at > p.before_at)
    ) k
    order by p.last_at, c.id`.execute(tx);
  return rows;
}
