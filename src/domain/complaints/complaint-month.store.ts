// SQL of a month's complaints for its papers, and of the visits chosen from them.
import type { Instant, Month } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { MonthComplaint } from './complaint-month.contract.ts';

export type MonthRecord = Omit<
  MonthComplaint,
  'account' | 'result' | 'opinion' | 'punctuality' | 'reasons' | 'followUp'
> & {
  account: string | null;
  result: string | null;
  opinion: string | null;
  complete: 'met' | 'missed' | 'open' | 'none';
};

export async function listMonthComplaints(
  tx: Tx,
  communityId: string,
  span: { from: Instant; until: Instant },
): Promise<MonthRecord[]> {
  const { rows } = await sql<MonthRecord>`
    select c.id, c.code, c.state, c.received_at, c.channel, f.name as taker, u.label as unit, b.name as building, c.place,
      c.contact_name as customer, p.anonymous, c.category, c.level, p.validity, t.body as account, c.department, a.name as responsible,
      k.due_at, p.resolved_at, r.body as result, p.cause, k.complete, p.told_at, o.body as opinion, p.satisfied, p.raisings,
      v.complaint_id is not null as is_chosen
    from cases c
    join complaints p on p.community_id = c.community_id and p.id = c.id and p.merged_into_id is null
    left join units u on u.community_id = c.community_id and u.id = c.unit_id
    left join buildings b on b.community_id = u.community_id and b.id = u.building_id
    left join accounts f on f.id = c.first_contact_id
    left join accounts a on a.id = c.responsible_id
    left join case_texts t on t.community_id = c.community_id and t.id = c.summary_text_id
    left join case_texts r on r.community_id = c.community_id and r.id = p.result_text_id
    left join case_texts o on o.community_id = c.community_id and o.id = p.opinion_text_id
    left join complaint_visit_choices v on v.community_id = c.community_id and v.complaint_id = c.id
    cross join lateral (
      select case when bool_or(k.state = 'missed') then 'missed' when bool_or(k.state in ('running', 'paused')) then 'open'
                  when bool_or(k.state = 'met') then 'met' else 'none' end as complete,
             max(k.due_at) as due_at
      from clocks k where k.community_id = c.community_id and k.case_id = c.id and k.kind = 'complete' and k.state <> 'void'
    ) k
    where c.community_id = ${communityId} and c.kind = 'complaint' and c.received_at >= ${span.from} and c.received_at < ${span.until}
    order by c.received_at, c.id`.execute(tx);
  return rows;
}

export async function chooseVisits(
  tx: Tx,
  communityId: string,
  month: Month,
  ids: readonly string[],
  by: { id: string; at: Instant },
): Promise<void> {
  await sql`insert into complaint_visit_choices (community_id, complaint_id, month, chosen_by, chosen_at)
    select ${communityId}::uuid, id, ${month}, ${by.id}::uuid, ${by.at}::timestamptz from unnest(${[...ids]}::uuid[]) as chosen(id)
    on conflict do nothing`.execute(tx);
}

export async function dropVisits(tx: Tx, communityId: string, ids: readonly string[]): Promise<void> {
  await sql`delete from complaint_visit_choices
    where community_id = ${communityId} and complaint_id = any(${[...ids]}::uuid[])`.execute(tx);
}
