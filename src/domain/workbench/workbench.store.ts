// SQL across slices for the first page of the day and for the wall.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import { type CaseReach, inReach } from '../cases/case.store.ts';

export type TodayCounts = {
  open: number;
  overdue: number;
  mine: number;
  unassigned: number;
  receivedToday: number;
  endedToday: number;
  leftOver: number;
};

/** Only open cases and today's are counted, so the cost follows the day's work and not the years'. */
export async function countToday(
  tx: Tx,
  communityId: string,
  reach: CaseReach,
  accountId: string,
  now: Instant,
  today: Instant,
): Promise<TodayCounts> {
  const own = sql`(c.responsible_id = ${accountId} or c.first_contact_id = ${accountId})`;
  const open = (condition: ReturnType<typeof sql>) =>
    sql`(select count(*) from cases c where c.community_id = ${communityId} and c.ended_at is null and ${condition})`;
  const overdue = sql`coalesce(c.next_due_at, 'infinity'::timestamptz) < ${now}::timestamptz`;
  // Of a whole community each number has an index of its own; within a smaller reach the cases are looked at once.
  const counts =
    reach.breadth === 'community'
      ? sql`select ${open(sql`true`)} as open, ${open(overdue)} as overdue, ${open(own)} as mine,
                   ${open(sql`c.responsible_id is null`)} as unassigned,
                   ${open(sql`c.received_at < ${today}`)} as left_over`
      : sql`select count(*) as open,
                   count(*) filter (where ${overdue}) as overdue,
                   count(*) filter (where ${own}) as mine,
                   count(*) filter (where c.responsible_id is null) as unassigned,
                   count(*) filter (where c.received_at < ${today}) as left_over
            from cases c where c.community_id = ${communityId} and c.ended_at is null and ${inReach(reach)}`;
  const { rows } = await sql<TodayCounts>`
    select counts.*,
           (select count(*) from cases d where d.community_id = ${communityId} and d.received_at >= ${today}) as received_today,
           (select count(*) from cases d where d.community_id = ${communityId} and d.ended_at >= ${today}) as ended_today
    from (${counts}) counts`.execute(tx);
  return rows[0] ?? { open: 0, overdue: 0, mine: 0, unassigned: 0, receivedToday: 0, endedToday: 0, leftOver: 0 };
}

/** Number, building and clock of what is due next; no name, room, phone or words (PR4). */
export async function listWall(tx: Tx, communityId: string, limit: number) {
  const { rows } = await sql<Record<string, unknown>>`
    select p.code, p.kind, p.state, p.level, p.category, b.name as building, p.next_clock_kind as clock_kind,
           case when 'anonymous' = any(p.flags) then date_trunc('hour', p.next_due_at) else p.next_due_at end as due_at
    from (select * from cases c where c.community_id = ${communityId} and c.ended_at is null
          order by coalesce(c.next_due_at, 'infinity'::timestamptz), c.id limit ${limit}) p
    left join units u on u.community_id = p.community_id and u.id = p.unit_id
    left join buildings b on b.community_id = p.community_id and b.id = u.building_id
    order by coalesce(p.next_due_at, 'infinity'::timestamptz), p.id`.execute(tx);
  return rows;
}
