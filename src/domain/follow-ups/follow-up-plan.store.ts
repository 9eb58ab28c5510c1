// SQL of the plan of follow-ups: what everybody holds, and in whose area each lies.
import { sql, type Tx } from '../../platform/database/database.ts';

/** How many open follow-ups each person is named for. */
export async function countNamed(tx: Tx, communityId: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ callerId: string; n: number }>`
    select caller_id, count(*)::int as n from follow_ups
    where community_id = ${communityId} and state in ('due', 'visit-due') and caller_id is not null group by caller_id`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.callerId, row.n]));
}

/** Butlers by the units of their areas. */
export async function butlersOfUnits(
  tx: Tx,
  communityId: string,
  unitIds: readonly string[],
): Promise<Map<string, string[]>> {
  if (unitIds.length === 0) return new Map();
  const { rows } = await sql<{ unitId: string; accountIds: string[] }>`
    select u.id as unit_id, array_agg(distinct a.account_id) as account_ids
    from units u join staff_areas a on a.community_id = u.community_id and (a.unit_id = u.id or a.building_id = u.building_id)
    where u.community_id = ${communityId} and u.id = any (${[...unitIds]}::uuid[]) group by u.id`.execute(tx);
  return new Map(rows.map((row) => [row.unitId, row.accountIds]));
}

/** The cases of these follow-ups, in the order in which they are locked. */
export async function casesOfFollowUps(
  tx: Tx,
  communityId: string,
  ids: readonly string[],
): Promise<{ id: string; caseId: string; code: string }[]> {
  return tx
    .selectFrom('followUps')
    .select(['id', 'caseId', 'code'])
    .where('communityId', '=', communityId)
    .where('id', 'in', [...ids])
    .orderBy('caseId')
    .orderBy('id')
    .execute();
}
