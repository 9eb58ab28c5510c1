// SQL of filling a demo: whether the database holds one, and the few rows that no service writes yet.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';

export type DemoState = 'empty' | 'half-filled' | 'demo' | 'real';

/** One organization that is no demo is enough: then everything here is real. */
export async function readDemoState(tx: Tx): Promise<DemoState> {
  const { rows } = await sql<{ organizations: number; demos: number; filled: number }>`
    select count(*)::int as organizations, count(*) filter (where is_demo)::int as demos, count(demo_filled_at)::int as filled
    from organizations`.execute(tx);
  const { organizations = 0, demos = 0, filled = 0 } = rows[0] ?? {};
  if (organizations === 0) return 'empty';
  if (demos < organizations) return 'real';
  return filled === organizations ? 'demo' : 'half-filled';
}

export async function markFilled(tx: Tx, organizationId: string, at: Instant): Promise<void> {
  await tx.updateTable('organizations').set({ demoFilledAt: at }).where('id', '=', organizationId).execute();
}

/** The last moment of which the demo knows something: its clock must not go back behind it. */
export async function findLastInstant(tx: Tx): Promise<Instant | null> {
  const { rows } = await sql<{ at: Instant | null }>`
    select greatest((select max(at) from audit_log), (select max(demo_filled_at) from organizations)) as at`.execute(
    tx,
  );
  return rows[0]?.at ?? null;
}

export async function insertAreas(
  tx: Tx,
  communityId: string,
  rows: readonly { id: string; accountId: string; buildingId: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('staffAreas')
    .values(rows.map((row) => ({ ...row, communityId })))
    .execute();
}

export async function insertResident(
  tx: Tx,
  row: { communityId: string; id: string; accountId: string; partyId: string },
): Promise<void> {
  await tx.insertInto('residentAccounts').values(row).execute();
}

export async function keepWishesForGreetings(tx: Tx, communityId: string, ids: readonly string[]): Promise<void> {
  await tx
    .updateTable('parties')
    .set({ wantsGreetings: true })
    .where('communityId', '=', communityId)
    .where('id', 'in', [...ids])
    .execute();
}

/** Paid, as the slice of payments would leave it. */
export async function payRepair(tx: Tx, communityId: string, id: string): Promise<void> {
  await tx
    .updateTable('repairs')
    .set({ settlement: 'paid' })
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .where('settlement', '=', 'open')
    .execute();
}

/** What happened long ago rings nobody now: only today's open cases keep their messages. */
export async function dropOldNotices(tx: Tx, communityId: string, since: Instant): Promise<void> {
  await sql`
    update outbox o set state = 'dropped', error_code = 'demo_history'
    where o.community_id = ${communityId} and o.state = 'waiting'
      and (o.case_id is null or o.due_at < ${since}
        or exists (select 1 from cases c where c.community_id = o.community_id and c.id = o.case_id and c.ended_at is not null))`.execute(
    tx,
  );
}

/**
 * What was told since then and before `until` was heard and acknowledged two minutes later, as people at work do; a digest
 * of a standstill is nobody's, for nothing stood still.
 */
export async function hearNotices(tx: Tx, communityId: string, until: Instant): Promise<void> {
  await sql`
    with heard as (
      update outbox set state = case kind when 'digest' then 'dropped' else 'sent' end,
        sent_at = case kind when 'digest' then null else due_at end, error_code = case kind when 'digest' then 'demo_history' end
      where community_id = ${communityId} and state = 'waiting' and (due_at < ${until} or kind = 'digest')
      returning id, recipient_id, case_id, kind, facts, channel, due_at
    )
    insert into notifications (community_id, id, recipient_id, case_id, kind, facts, loud, at, read_at, acknowledged_at)
    select ${communityId}::uuid, id, recipient_id, case_id, kind, facts, channel = 'loud', due_at, due_at + interval '2 minutes',
      case channel when 'loud' then due_at + interval '2 minutes' end
    from heard where kind <> 'digest'`.execute(tx);
}

/** One car a household that has any: it parks, and pays for it. */
export async function listParked(tx: Tx, communityId: string): Promise<{ unitId: string; vehicleId: string }[]> {
  const { rows } = await sql<{ unitId: string; vehicleId: string }>`
    select distinct on (unit_id) unit_id, id as vehicle_id from vehicles where community_id = ${communityId} order by unit_id, plate`.execute(
    tx,
  );
  return rows;
}

/** Homes of the building that stands first, in the order of their doors. */
export async function listHomesOfFirstBuilding(
  tx: Tx,
  communityId: string,
  most: number,
): Promise<{ id: string; label: string; buildingId: string }[]> {
  const { rows } = await sql<{ id: string; label: string; buildingId: string }>`
    select u.id, u.label, u.building_id from units u
    where u.community_id = ${communityId} and u.building_id =
      (select building_id from units where community_id = ${communityId} order by sort_key, id limit 1)
    order by u.sort_key, u.id limit ${most}`.execute(tx);
  return rows;
}

/** What each unit was charged for a month. */
export async function sumMonth(tx: Tx, communityId: string, month: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ unitId: string; fen: number }>`
    select unit_id, sum(amount_fen)::bigint as fen from charges
    where community_id = ${communityId} and month = ${month} group by unit_id`.execute(tx);
  return new Map(rows.map((row) => [row.unitId, row.fen]));
}
