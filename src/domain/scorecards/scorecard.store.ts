// SQL of scorecards: orders of a month that a contractor's firm held or finished. Reads across slices.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';

export type OrderRow = {
  id: string;
  code: string;
  state: string;
  unit: string | null;
  place: string | null;
  category: string | null;
  receivedAt: Instant;
  contractorId: string;
  isFinished: boolean;
  reworks: number;
  /** What the customer said when signing. */
  satisfied: boolean | null;
  /** The lowest of one to five that the customer gave when called about this firm's work (FU2). */
  followUpSatisfaction: number | null;
};

/**
 * By the month of the report. An order is a firm's while it holds it, and stays its after it finished it, whoever mends it
 * later: a rework counts for the firm whose work it was.
 */
export async function listOrders(
  tx: Tx,
  communityId: string,
  span: { from: Instant; until: Instant },
  contractorId?: string,
): Promise<OrderRow[]> {
  const { rows } = await sql<OrderRow>`
    with finishes as (
      select e.case_id, e.seq, e.at, p.contractor_id,
             lead(e.seq, 1, 2147483647) over (partition by e.case_id order by e.seq) as next_seq
      from cases c join case_events e on e.community_id = c.community_id and e.case_id = c.id and e.move = 'finish'
      left join contractor_people p on p.community_id = e.community_id and p.account_id = e.by_id
      where c.community_id = ${communityId} and c.kind = 'repair' and c.received_at >= ${span.from} and c.received_at < ${span.until}
    ), held as (
      select r.id, r.contractor_firm_id as contractor_id from repairs r where r.community_id = ${communityId} and r.contractor_firm_id is not null
      union select case_id, contractor_id from finishes where contractor_id is not null
    )
    select c.id, c.code, c.state, u.label as unit, c.place, c.category, c.received_at, h.contractor_id, r.satisfied,
           (r.finished_at is not null) as is_finished,
           (select count(*)::int from finishes f join case_events e on e.community_id = c.community_id and e.case_id = c.id and e.move = 'rework'
              and e.seq > f.seq and e.seq < f.next_seq where f.case_id = c.id and f.contractor_id = h.contractor_id) as reworks,
           (select min(k.satisfaction)::int from follow_ups k join finishes f on f.case_id = k.case_id and f.at = k.finished_at
              where k.community_id = c.community_id and k.case_id = c.id and k.kind = 'finished' and f.contractor_id = h.contractor_id) as follow_up_satisfaction
    from held h
    join cases c on c.community_id = ${communityId} and c.id = h.id
    join repairs r on r.community_id = c.community_id and r.id = c.id
    left join units u on u.community_id = c.community_id and u.id = c.unit_id
    where c.received_at >= ${span.from} and c.received_at < ${span.until} and c.state not in ('draft', 'cancelled')
      and (${contractorId ?? null}::uuid is null or h.contractor_id = ${contractorId ?? null})
    order by c.received_at desc, c.id`.execute(tx);
  return rows;
}
