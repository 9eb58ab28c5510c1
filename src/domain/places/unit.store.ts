// SQL of buildings, units, relations and vehicles. Every list names its community, so that an index is used and the
// policies are only the second wall.
import type { Day } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { Relation } from '../parties/party.contract.ts';
import { type UnitPlace, unitLabel } from './room.rules.ts';

export type UnitRow = {
  id: string;
  buildingId: string;
  building: string;
  entrance: string;
  room: string;
  label: string;
  areaHundredthsM2: number | null;
  usage: string;
  state: 'unsold' | 'vacant' | 'occupied' | 'renovating' | 'let';
  deliveredOn: Day | null;
  keyCustody: boolean;
  sortKey: string;
  version: number;
};

/** 3-1-502 sorts before 10-1-101: runs of digits padded to six. */
export const unitSortKey = (place: UnitPlace): string =>
  [place.building, place.entrance, place.room]
    .map((part) => part.replace(/\d+/g, (digits) => digits.padStart(6, '0')))
    .join('-');

const unitColumns = sql`u.id, u.building_id, b.name as building, u.entrance, u.room, u.label, u.area_hundredths_m2, u.usage, u.state,
  u.delivered_on, u.key_custody, u.sort_key, u.version`;
const unitTables = sql`units u join buildings b on b.community_id = u.community_id and b.id = u.building_id`;

export async function findUnit(tx: Tx, communityId: string, id: string, lock = false): Promise<UnitRow | undefined> {
  const { rows } = await sql<UnitRow>`select ${unitColumns} from ${unitTables}
    where u.community_id = ${communityId} and u.id = ${id} ${lock ? sql`for update of u` : sql``}`.execute(tx);
  return rows[0];
}

export async function listUnitsByIds(tx: Tx, communityId: string, ids: readonly string[]): Promise<UnitRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<UnitRow>`select ${unitColumns} from ${unitTables}
    where u.community_id = ${communityId} and u.id = any(${ids}::uuid[])`.execute(tx);
  return rows;
}

export type UnitFilter = { building?: string | undefined; state?: string | undefined; ids?: readonly string[] | null };

const filtered = (communityId: string, filter: UnitFilter) => sql`u.community_id = ${communityId}
  ${filter.building === undefined ? sql`` : sql`and u.building_id = (select id from buildings where community_id = ${communityId} and name = ${filter.building})`}
  ${filter.state === undefined ? sql`` : sql`and u.state = ${filter.state}`}
  ${filter.ids ? sql`and u.id = any(${filter.ids}::uuid[])` : sql``}`;

export async function listUnits(
  tx: Tx,
  communityId: string,
  filter: UnitFilter,
  after: readonly [string, string] | null,
  limit: number,
): Promise<UnitRow[]> {
  const { rows } = await sql<UnitRow>`select ${unitColumns} from ${unitTables}
    where ${filtered(communityId, filter)} ${after ? sql`and (u.sort_key, u.id) > (${after[0]}, ${after[1]}::uuid)` : sql``}
    order by u.sort_key, u.id limit ${limit + 1}`.execute(tx);
  return rows;
}

export async function countUnits(tx: Tx, communityId: string, filter: UnitFilter): Promise<number> {
  const { rows } = await sql<{
    units: number;
  }>`select count(*) as units from units u where ${filtered(communityId, filter)}`.execute(tx);
  return rows[0]?.units ?? 0;
}

export async function listBuildings(
  tx: Tx,
  communityId: string,
): Promise<{ id: string; name: string; units: number }[]> {
  const { rows } = await sql<{ id: string; name: string; units: number }>`
    select b.id, b.name, (select count(*) from units u where u.community_id = b.community_id and u.building_id = b.id) as units
    from buildings b where b.community_id = ${communityId} order by b.sort_key, b.name`.execute(tx);
  return rows;
}

/** The id of a building by its name, made when there is none. */
export async function findOrInsertBuilding(tx: Tx, communityId: string, name: string, id: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    with made as (
      insert into buildings (community_id, id, name, sort_key) values (${communityId}, ${id}, ${name}, ${buildingSortKey(name)})
      on conflict (community_id, name) do nothing returning id)
    select id from made union all select id from buildings where community_id = ${communityId} and name = ${name} limit 1`.execute(
    tx,
  );
  return rows[0]?.id ?? id;
}

export const buildingSortKey = (name: string): string => name.replace(/\d+/g, (digits) => digits.padStart(6, '0'));

export type NewUnit = UnitPlace & {
  id: string;
  buildingId: string;
  areaHundredthsM2: number | null;
  usage: string;
  state: string;
  deliveredOn: Day | null;
  keyCustody?: boolean;
};

/** Many at once; label and order follow from the place. */
export async function insertUnits(tx: Tx, communityId: string, rows: readonly NewUnit[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into units (community_id, id, building_id, entrance, room, label, sort_key, area_hundredths_m2, usage, state, delivered_on, key_custody)
    select ${communityId}::uuid, * from unnest(
      ${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.buildingId)}::uuid[], ${rows.map((row) => row.entrance)}::text[],
      ${rows.map((row) => row.room)}::text[], ${rows.map(unitLabel)}::text[], ${rows.map(unitSortKey)}::text[],
      ${rows.map((row) => row.areaHundredthsM2)}::bigint[], ${rows.map((row) => row.usage)}::text[], ${rows.map((row) => row.state)}::text[],
      ${rows.map((row) => row.deliveredOn)}::date[], ${rows.map((row) => row.keyCustody ?? false)}::boolean[])`.execute(
    tx,
  );
}

export async function updateUnit(
  tx: Tx,
  communityId: string,
  id: string,
  change: {
    areaHundredthsM2?: number | null;
    usage?: string;
    state?: string;
    deliveredOn?: Day | null;
    keyCustody?: boolean;
  },
): Promise<void> {
  await tx
    .updateTable('units')
    .set((eb) => ({ ...change, version: eb('version', '+', 1) }))
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .execute();
}

export async function unitExists(tx: Tx, communityId: string, buildingId: string, place: UnitPlace): Promise<boolean> {
  const row = await tx
    .selectFrom('units')
    .select('id')
    .where('communityId', '=', communityId)
    .where('buildingId', '=', buildingId)
    .where('entrance', '=', place.entrance)
    .where('room', '=', place.room)
    .executeTakeFirst();
  return row !== undefined;
}

// ── who belongs to a unit ───────────────────────────────────────────────────────────────────────────

export type ResidentRow = {
  unitId: string;
  relationId: string;
  partyId: string;
  kind: 'person' | 'company';
  name: string;
  phoneMasked: string | null;
  phoneSealed: Buffer | null;
  relation: Relation;
  sharePercent: number | null;
  fromOn: Day;
  untilOn: Day | null;
};

const residentColumns = sql`r.unit_id, r.id as relation_id, r.party_id, p.kind, p.name, p.phone_masked, p.phone_sealed, r.relation,
  r.share_percent::float8 as share_percent, r.from_on, r.until_on`;
const residentTables = sql`unit_parties r join parties p on p.community_id = r.community_id and p.id = r.party_id`;
const relationOrder = sql`array_position(array['owner', 'lessee', 'family', 'carer', 'contact'], r.relation)`;

/** Who belongs to these units today, owners first. */
export async function listResidents(
  tx: Tx,
  communityId: string,
  unitIds: readonly string[],
  today: Day,
): Promise<ResidentRow[]> {
  if (unitIds.length === 0) return [];
  const { rows } = await sql<ResidentRow>`select ${residentColumns} from ${residentTables}
    where r.community_id = ${communityId} and r.unit_id = any(${unitIds}::uuid[]) and (r.until_on is null or r.until_on >= ${today})
    order by r.unit_id, ${relationOrder}, r.from_on, r.id`.execute(tx);
  return rows;
}

export async function listFormerResidents(
  tx: Tx,
  communityId: string,
  unitId: string,
  today: Day,
): Promise<ResidentRow[]> {
  const { rows } = await sql<ResidentRow>`select ${residentColumns} from ${residentTables}
    where r.community_id = ${communityId} and r.unit_id = ${unitId} and r.until_on < ${today}
    order by r.until_on desc, r.id limit 200`.execute(tx);
  return rows;
}

export async function findRelation(tx: Tx, communityId: string, unitId: string, id: string) {
  return tx
    .selectFrom('unitParties')
    .select(['id', 'unitId', 'partyId', 'relation', 'fromOn', 'untilOn'])
    .where('communityId', '=', communityId)
    .where('unitId', '=', unitId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

export type NewRelation = {
  id: string;
  unitId: string;
  partyId: string;
  relation: string;
  sharePercent: number | null;
  fromOn: Day;
  untilOn: Day | null;
};

export async function insertRelations(tx: Tx, communityId: string, rows: readonly NewRelation[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into unit_parties (community_id, id, unit_id, party_id, relation, share_percent, from_on, until_on)
    select ${communityId}::uuid, * from unnest(
      ${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.unitId)}::uuid[], ${rows.map((row) => row.partyId)}::uuid[],
      ${rows.map((row) => row.relation)}::text[], ${rows.map((row) => row.sharePercent)}::numeric[],
      ${rows.map((row) => row.fromOn)}::date[], ${rows.map((row) => row.untilOn)}::date[])`.execute(tx);
}

export async function closeRelation(tx: Tx, communityId: string, id: string, untilOn: Day): Promise<void> {
  await tx
    .updateTable('unitParties')
    .set({ untilOn })
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .execute();
}

/** Relations whose last day lies in `[fromDay, today)`. */
export async function listEnded(
  tx: Tx,
  communityId: string,
  fromDay: Day,
  today: Day,
): Promise<{ unitId: string; partyId: string }[]> {
  const { rows } = await sql<{ unitId: string; partyId: string }>`select unit_id, party_id from unit_parties
    where community_id = ${communityId} and until_on >= ${fromDay} and until_on < ${today}`.execute(tx);
  return rows;
}

/** Relations that ended before today of who belongs to no unit and has no tokens at all. */
export async function listUnfound(
  tx: Tx,
  communityId: string,
  today: Day,
): Promise<{ unitId: string; partyId: string }[]> {
  const { rows } = await sql<{ unitId: string; partyId: string }>`select r.unit_id, r.party_id from unit_parties r
    where r.community_id = ${communityId} and r.until_on < ${today}
      and not exists (select 1 from search_tokens s
        where s.community_id = r.community_id and s.noun = 'party' and s.noun_id = r.party_id)
      and not exists (select 1 from unit_parties o where o.community_id = r.community_id and o.party_id = r.party_id
        and (o.until_on is null or o.until_on >= ${today}))`.execute(tx);
  return rows;
}

/** Those of these parties that belong to no unit today. */
export async function listLooseParties(
  tx: Tx,
  communityId: string,
  partyIds: readonly string[],
  today: Day,
): Promise<{ id: string; name: string; phoneSealed: Buffer | null }[]> {
  const { rows } = await sql<{ id: string; name: string; phoneSealed: Buffer | null }>`
    select p.id, p.name, p.phone_sealed from parties p
    where p.community_id = ${communityId} and p.id = any(${[...partyIds]}::uuid[])
      and not exists (select 1 from unit_parties r where r.community_id = p.community_id and r.party_id = p.id
        and (r.until_on is null or r.until_on >= ${today}))`.execute(tx);
  return rows;
}

export async function listUnitsOfParty(tx: Tx, communityId: string, partyId: string, today: Day): Promise<string[]> {
  const { rows } = await sql<{ unitId: string }>`select distinct unit_id from unit_parties
    where community_id = ${communityId} and party_id = ${partyId} and (until_on is null or until_on >= ${today})`.execute(
    tx,
  );
  return rows.map((row) => row.unitId);
}

// ── vehicles ────────────────────────────────────────────────────────────────────────────

export async function listVehicles(tx: Tx, communityId: string, unitIds: readonly string[]) {
  if (unitIds.length === 0) return [];
  return tx
    .selectFrom('vehicles')
    .select(['id', 'unitId', 'partyId', 'plate'])
    .where('communityId', '=', communityId)
    .where('unitId', 'in', [...unitIds])
    .orderBy('plate')
    .execute();
}

export type NewVehicle = { id: string; unitId: string; partyId: string | null; plate: string };

export async function insertVehicles(tx: Tx, communityId: string, rows: readonly NewVehicle[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into vehicles (community_id, id, unit_id, party_id, plate)
    select ${communityId}::uuid, * from unnest(${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.unitId)}::uuid[],
      ${rows.map((row) => row.partyId)}::uuid[], ${rows.map((row) => row.plate)}::text[])`.execute(tx);
}

export const findVehicleByPlate = (tx: Tx, communityId: string, plate: string) =>
  tx
    .selectFrom('vehicles')
    .select(['id', 'unitId'])
    .where('communityId', '=', communityId)
    .where('plate', '=', plate)
    .executeTakeFirst();

export async function deleteVehicle(tx: Tx, communityId: string, unitId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('vehicles')
    .where('communityId', '=', communityId)
    .where('unitId', '=', unitId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

/** Parties in the order of their names' pinyin. */
export async function listPartyRows(
  tx: Tx,
  communityId: string,
  filter: { ids?: readonly string[]; unitIds?: readonly string[] | null; today: Day },
  after: readonly [string, string] | null,
  limit: number,
): Promise<{ id: string; kind: 'person' | 'company'; name: string; namePinyin: string; phoneMasked: string | null }[]> {
  const { rows } = await sql<{
    id: string;
    kind: 'person' | 'company';
    name: string;
    namePinyin: string;
    phoneMasked: string | null;
  }>`
    select p.id, p.kind, p.name, p.name_pinyin, p.phone_masked from parties p
    where p.community_id = ${communityId}
      ${filter.ids ? sql`and p.id = any(${filter.ids}::uuid[])` : sql``}
      ${
        filter.unitIds
          ? sql`and exists (select 1 from unit_parties r where r.community_id = ${communityId} and r.party_id = p.id
              and r.unit_id = any(${filter.unitIds}::uuid[]) and (r.until_on is null or r.until_on >= ${filter.today}))`
          : sql``
      }
      ${after ? sql`and (p.name_pinyin collate "C", p.id) > (${after[0]}, ${after[1]}::uuid)` : sql``}
    order by p.name_pinyin collate "C", p.id limit ${limit + 1}`.execute(tx);
  return rows;
}

export async function listCurrentUnitsOfParties(
  tx: Tx,
  communityId: string,
  partyIds: readonly string[],
  today: Day,
): Promise<{ partyId: string; unitId: string; label: string; relation: Relation }[]> {
  if (partyIds.length === 0) return [];
  const { rows } = await sql<{ partyId: string; unitId: string; label: string; relation: Relation }>`
    select r.party_id, r.unit_id, u.label, r.relation from unit_parties r
    join units u on u.community_id = r.community_id and u.id = r.unit_id
    where r.community_id = ${communityId} and r.party_id = any(${partyIds}::uuid[]) and (r.until_on is null or r.until_on >= ${today})
    order by u.sort_key, ${relationOrder}`.execute(tx);
  return rows;
}
