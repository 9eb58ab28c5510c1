// SQL of what a billing run is computed from: units in pieces, who owned and rented them, terms, and a digest over all of it.
import type { Day, Month } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { TermRow } from './charge-item.store.ts';

export type UnitFact = {
  id: string;
  buildingId: string;
  entrance: string;
  areaHundredthsM2: number | null;
  usage: string;
  state: string;
  deliveredOn: Day | null;
};

/** The next units by id; only units that anybody could be charged for are ever asked for. */
export async function listUnitsAfter(
  tx: Tx,
  communityId: string,
  after: string | null,
  limit: number,
): Promise<UnitFact[]> {
  let query = tx
    .selectFrom('units')
    .select(['id', 'buildingId', 'entrance', 'areaHundredthsM2', 'usage', 'state', 'deliveredOn'])
    .where('communityId', '=', communityId)
    .orderBy('id')
    .limit(limit);
  if (after !== null) query = query.where('id', '>', after);
  return query.execute();
}

export async function countUnits(tx: Tx, communityId: string): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`select count(*)::int as count from units where community_id = ${communityId}`.execute(tx);
  return rows[0]?.count ?? 0;
}

export type HolderRow = { unitId: string; partyId: string; relation: 'owner' | 'lessee'; from: Day; until: Day | null };

/** Owners and lessees of these units, all there ever were: the first of the owners counts back to the delivery. */
export async function listHolders(tx: Tx, communityId: string, unitIds: readonly string[]): Promise<HolderRow[]> {
  const { rows } = await sql<HolderRow>`
    select unit_id, party_id, relation, from_on as "from", until_on as "until" from unit_parties
    where community_id = ${communityId} and unit_id = any (${[...unitIds]}::uuid[]) and relation in ('owner', 'lessee')
    order by unit_id, from_on, coalesce(share_percent, 0), id`.execute(tx);
  return rows;
}

export async function listTermsOfUnits(
  tx: Tx,
  communityId: string,
  unitIds: readonly string[],
  period: { from: Day; until: Day },
): Promise<TermRow[]> {
  const { rows } = await sql<TermRow>`
    select id, kind, unit_id, item_id, from_on as "from", until_on as "until", rule, percent, class_code, vehicle_id, reason, version
    from charge_terms where community_id = ${communityId} and unit_id = any (${[...unitIds]}::uuid[]) and removed_at is null
      and from_on <= ${period.until} and (until_on is null or until_on >= ${period.from})
    order by unit_id, from_on, id`.execute(tx);
  return rows;
}

/** Areas and counts that formulas may ask for beside a unit's own, by building and by entrance. */
export type BuildingFact = {
  buildingId: string;
  entrance: string;
  units: number;
  areaHundredthsM2: number;
};
export async function listBuildingFacts(tx: Tx, communityId: string): Promise<BuildingFact[]> {
  const { rows } = await sql<BuildingFact>`
    select building_id, entrance, count(*)::int as units, coalesce(sum(area_hundredths_m2), 0)::bigint as area_hundredths_m2
    from units where community_id = ${communityId} group by building_id, entrance`.execute(tx);
  return rows;
}

export async function countPeople(
  tx: Tx,
  communityId: string,
  unitIds: readonly string[],
  on: Day,
): Promise<Map<string, number>> {
  const { rows } = await sql<{ unitId: string; count: number }>`
    select unit_id, count(distinct party_id)::int as count from unit_parties
    where community_id = ${communityId} and unit_id = any (${[...unitIds]}::uuid[]) and relation <> 'contact'
      and from_on <= ${on} and (until_on is null or until_on >= ${on}) group by unit_id`.execute(tx);
  return new Map(rows.map(({ unitId, count }) => [unitId, count]));
}

/**
 * One figure over all that a month is computed from; another figure, and something changed since. A sum of hashes, so that
 * a million rows are read once, in any order, and kept nowhere.
 */
export async function digestOfInputs(tx: Tx, communityId: string, month: Month): Promise<string> {
  const sum = (row: ReturnType<typeof sql>, from: ReturnType<typeof sql>) =>
    sql`(select coalesce(sum(hashtextextended(${row}, 0)::numeric), 0)::text from ${from})`;
  const { rows } = await sql<{ digest: string }>`select md5(concat_ws('#',
    ${sum(sql`concat_ws('|', id, building_id, entrance, area_hundredths_m2, usage, state, delivered_on)`, sql`units where community_id = ${communityId}`)},
    ${sum(sql`concat_ws('|', id, unit_id, party_id, relation, share_percent, from_on, until_on)`, sql`unit_parties where community_id = ${communityId}`)},
    ${sum(sql`concat_ws('|', id, version, removed_at is null)`, sql`charge_terms where community_id = ${communityId}`)},
    ${sum(sql`concat_ws('|', id, item_id, from_on)`, sql`price_versions where community_id = ${communityId} and removed_at is null`)},
    ${sum(sql`concat_ws('|', id, version)`, sql`charge_items where community_id = ${communityId}`)},
    ${sum(sql`concat_ws('|', id, unit_id, item_id, installed_on, removed_on)`, sql`meters where community_id = ${communityId}`)},
    ${sum(sql`concat_ws('|', id, used_thousandths)`, sql`meter_readings where community_id = ${communityId} and removed_at is null and month <= ${month} and month >= ${`${month.slice(0, 4)}-01`}`)},
    (select concat_ws('|', developer_id, late_fees_from) from charging_settings where community_id = ${communityId}))) as digest`.execute(
    tx,
  );
  return rows[0]?.digest ?? '';
}
