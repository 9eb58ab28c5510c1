// SQL of where counted cases lie: building, department, whose area; and of the households at a day.
import type { Day } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { BaseUnit } from './indicator.rules.ts';

export type CasePlace = {
  caseId: string;
  department: string | null;
  unitId: string | null;
  buildingId: string | null;
  butlerIds: string[];
};

/** Whose area a unit `u` belongs to: who has the unit itself goes before who has its building. */
const butlersOfUnit = (communityId: string) => sql`
  left join lateral (
    select coalesce(array_agg(distinct a.account_id order by a.account_id), '{}') as butler_ids
    from staff_areas a
    where a.community_id = ${communityId}
      and (a.unit_id = u.id or (a.building_id = u.building_id
        and not exists (select from staff_areas o where o.community_id = ${communityId} and o.unit_id = u.id)))
  ) b on true`;

export async function placesOf(
  tx: Tx,
  communityId: string,
  caseIds: readonly string[],
): Promise<Map<string, CasePlace>> {
  if (caseIds.length === 0) return new Map();
  const { rows } = await sql<CasePlace>`
    select c.id as case_id, c.department, c.unit_id, u.building_id, coalesce(b.butler_ids, '{}') as butler_ids
    from cases c left join units u on u.community_id = c.community_id and u.id = c.unit_id
    ${butlersOfUnit(communityId)}
    where c.community_id = ${communityId} and c.id = any(${[...new Set(caseIds)]}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.caseId, row]));
}

/**
 * Households 户 at the end of a day: delivered units with an owner or occupant. A unit whose day of delivery nobody wrote
 * down counts as delivered once it is sold.
 */
export async function householdsAt(tx: Tx, communityId: string, day: Day): Promise<BaseUnit[]> {
  const { rows } = await sql<{ buildingId: string; butlerIds: string[] }>`
    select u.building_id, b.butler_ids from units u
    ${butlersOfUnit(communityId)}
    where u.community_id = ${communityId} and coalesce(u.delivered_on <= ${day}::date, u.state <> 'unsold')
      and exists (select from unit_parties r
                  where r.community_id = ${communityId} and r.unit_id = u.id and r.relation <> 'contact'
                    and r.from_on <= ${day}::date and (r.until_on is null or r.until_on >= ${day}::date))`.execute(tx);
  return rows;
}

export async function buildingNames(tx: Tx, communityId: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from buildings where community_id = ${communityId}`.execute(tx);
  return new Map(rows.map((row) => [row.id, row.name]));
}
