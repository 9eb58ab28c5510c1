// SQL of meters, their exchanges and readings.
import type { Day, Instant, Month } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { MeterExchange, ReadingConfirmation } from './reading.rules.ts';

export type MeterRow = {
  id: string;
  itemId: string;
  unitId: string | null;
  unit: string | null;
  buildingId: string | null;
  building: string | null;
  code: string;
  dialFigures: number;
  installedOn: Day;
  startThousandths: number;
  removedOn: Day | null;
  version: number;
  sortKey: string;
};

const meterColumns = sql`m.id, m.item_id, m.unit_id, u.label as unit, m.building_id, b.name as building, m.code, m.dial_figures,
  m.installed_on, m.start_thousandths, m.removed_on, m.version, coalesce(u.sort_key, '') as sort_key`;
const meterTables = sql`meters m left join units u on u.community_id = m.community_id and u.id = m.unit_id
  left join buildings b on b.community_id = m.community_id and b.id = m.building_id`;

/** Main meters first, then in the order of the units: the way somebody walks through the building. */
export async function listMeterRows(
  tx: Tx,
  communityId: string,
  asked: { itemId: string; buildingId?: string | undefined; after: readonly [string, string] | null; limit: number },
): Promise<MeterRow[]> {
  const { rows } = await sql<MeterRow>`
    select ${meterColumns} from ${meterTables}
    where m.community_id = ${communityId} and m.item_id = ${asked.itemId} and m.removed_on is null
      and (${asked.buildingId ?? null}::uuid is null or u.building_id = ${asked.buildingId ?? null} or m.building_id = ${asked.buildingId ?? null})
      and (${asked.after?.[0] ?? null}::text is null or (coalesce(u.sort_key, '') collate "C", m.id) > (${asked.after?.[0] ?? null} collate "C", ${asked.after?.[1] ?? null}::uuid))
    order by coalesce(u.sort_key, '') collate "C", m.id limit ${asked.limit}`.execute(tx);
  return rows;
}

/** Locked: a reading is judged by the one before it. */
export async function findMeterForReading(
  tx: Tx,
  communityId: string,
  asked: { id: string } | { code: string },
): Promise<MeterRow | undefined> {
  const { rows } = await sql<MeterRow>`
    select ${meterColumns} from ${meterTables}
    where m.community_id = ${communityId} and ${'id' in asked ? sql`m.id = ${asked.id}` : sql`m.code = ${asked.code}`} for update of m`.execute(
    tx,
  );
  return rows[0];
}

export const insertMeter = (
  tx: Tx,
  communityId: string,
  row: Omit<MeterRow, 'unit' | 'building' | 'removedOn' | 'version' | 'sortKey'> & { createdAt: Instant },
): Promise<unknown> =>
  tx
    .insertInto('meters')
    .values({ ...row, communityId })
    .execute();

export async function isCodeTaken(tx: Tx, communityId: string, code: string): Promise<boolean> {
  const row = await tx
    .selectFrom('meters')
    .select('id')
    .where('communityId', '=', communityId)
    .where('code', '=', code)
    .executeTakeFirst();
  return row !== undefined;
}

export type ExchangeRow = MeterExchange & { id: string; meterId: string };
export async function listExchanges(tx: Tx, communityId: string, meterIds: readonly string[]): Promise<ExchangeRow[]> {
  const { rows } = await sql<ExchangeRow>`
    select id, meter_id, on_day as "on", final_thousandths, start_thousandths from meter_exchanges
    where community_id = ${communityId} and meter_id = any (${[...meterIds]}::uuid[]) order by on_day, id`.execute(tx);
  return rows;
}

export async function insertExchange(
  tx: Tx,
  communityId: string,
  row: ExchangeRow & { newCode: string; reason: string; enteredBy: string | null; enteredAt: Instant },
): Promise<void> {
  const { on, ...rest } = row;
  await tx
    .insertInto('meterExchanges')
    .values({ ...rest, communityId, onDay: on })
    .execute();
  await tx
    .updateTable('meters')
    .set((eb) => ({ version: eb('version', '+', 1), ...(row.newCode === '' ? {} : { code: row.newCode }) }))
    .where('communityId', '=', communityId)
    .where('id', '=', row.meterId)
    .execute();
}

export type ReadingRow = {
  id: string;
  meterId: string;
  month: Month;
  on: Day;
  thousandths: number;
  usedThousandths: number;
  days: number;
  source: 'hand' | 'import';
  confirmed: ReadingConfirmation[];
  attachmentIds: string[];
};

/** The latest readings of each meter, newest first; enough to know what is usual. */
export async function listReadings(
  tx: Tx,
  communityId: string,
  meterIds: readonly string[],
  each = 7,
): Promise<ReadingRow[]> {
  const { rows } = await sql<ReadingRow>`
    select r.id, r.meter_id, r.month, r.on_day as "on", r.thousandths, r.used_thousandths, r.days, r.source, r.confirmed,
      coalesce((select array_agg(a.id order by a.id) from attachments a where a.community_id = ${communityId} and a.noun = 'meter-reading' and a.noun_id = r.id), '{}') as attachment_ids
    from unnest(${[...meterIds]}::uuid[]) as m(id)
    cross join lateral (select * from meter_readings x where x.community_id = ${communityId} and x.meter_id = m.id and x.removed_at is null
      order by x.on_day desc limit ${each}) r
    order by r.meter_id, r.on_day desc`.execute(tx);
  return rows;
}

export async function findReading(tx: Tx, communityId: string, id: string): Promise<ReadingRow | undefined> {
  const { rows } = await sql<ReadingRow>`
    select r.id, r.meter_id, r.month, r.on_day as "on", r.thousandths, r.used_thousandths, r.days, r.source, r.confirmed,
      coalesce((select array_agg(a.id order by a.id) from attachments a where a.community_id = ${communityId} and a.noun = 'meter-reading' and a.noun_id = r.id), '{}') as attachment_ids
    from meter_readings r where r.community_id = ${communityId} and r.id = ${id} and r.removed_at is null`.execute(tx);
  return rows[0];
}

export const insertReading = (
  tx: Tx,
  communityId: string,
  { on, confirmed, attachmentIds: _, ...row }: ReadingRow & { enteredBy: string | null; enteredAt: Instant },
): Promise<unknown> =>
  tx
    .insertInto('meterReadings')
    .values({ ...row, communityId, onDay: on, confirmed: JSON.stringify(confirmed) })
    .execute();

export const removeReadingRow = (
  tx: Tx,
  communityId: string,
  id: string,
  change: { removedAt: Instant; removedBy: string | null; removedReason: string },
): Promise<unknown> =>
  tx.updateTable('meterReadings').set(change).where('communityId', '=', communityId).where('id', '=', id).execute();

// ── what was used in a month ────────────────────────────────────────────────────────────────────────

export type UnitUse = {
  unitId: string;
  itemId: string;
  buildingId: string;
  areaHundredthsM2: number | null;
  /** Null: a meter of it was not read for the month. */
  usedThousandths: number | null;
  usedBeforeThousandths: number;
};

/** What units used of the items in a month, and in the calendar year before it; units without a meter are left out. */
export async function listUnitUse(
  tx: Tx,
  communityId: string,
  asked: { month: Month; itemIds: readonly string[]; unitIds?: readonly string[] },
): Promise<UnitUse[]> {
  if (asked.itemIds.length === 0) return [];
  const { rows } = await sql<UnitUse>`
    select m.unit_id, m.item_id, u.building_id, u.area_hundredths_m2,
      case when bool_or(now_r.id is null) then null else sum(now_r.used_thousandths)::bigint end as used_thousandths,
      coalesce(sum(before.used), 0)::bigint as used_before_thousandths
    from meters m
    join units u on u.community_id = m.community_id and u.id = m.unit_id
    left join meter_readings now_r on now_r.community_id = m.community_id and now_r.meter_id = m.id and now_r.month = ${asked.month} and now_r.removed_at is null
    left join lateral (select sum(x.used_thousandths) as used from meter_readings x where x.community_id = m.community_id and x.meter_id = m.id
      and x.removed_at is null and x.month < ${asked.month} and x.month >= ${`${asked.month.slice(0, 4)}-01`}) before on true
    where m.community_id = ${communityId} and m.item_id = any (${[...asked.itemIds]}::uuid[]) and m.unit_id is not null
      and (m.removed_on is null or m.removed_on >= ${`${asked.month}-01`}::date) and m.installed_on < (${`${asked.month}-01`}::date + interval '1 month')
      ${asked.unitIds === undefined ? sql`` : sql`and m.unit_id = any (${[...asked.unitIds]}::uuid[])`}
    group by m.unit_id, m.item_id, u.building_id, u.area_hundredths_m2 order by m.unit_id, m.item_id`.execute(tx);
  return rows;
}

export type MainUse = {
  meterId: string;
  itemId: string;
  code: string;
  buildingId: string | null;
  building: string | null;
  usedThousandths: number | null;
};

export async function listMainUse(
  tx: Tx,
  communityId: string,
  asked: { month: Month; itemIds: readonly string[] },
): Promise<MainUse[]> {
  const { rows } = await sql<MainUse>`
    select m.id as meter_id, m.item_id, m.code, m.building_id, b.name as building, r.used_thousandths
    from meters m left join buildings b on b.community_id = m.community_id and b.id = m.building_id
    left join meter_readings r on r.community_id = m.community_id and r.meter_id = m.id and r.month = ${asked.month} and r.removed_at is null
    where m.community_id = ${communityId} and m.item_id = any (${[...asked.itemIds]}::uuid[]) and m.unit_id is null
      and (m.removed_on is null or m.removed_on >= ${`${asked.month}-01`}::date)
    order by m.code`.execute(tx);
  return rows;
}

/** Whether a charge that stands was made of this unit's use of a month. */
export async function isBilled(
  tx: Tx,
  communityId: string,
  asked: { unitId: string | null; itemId: string; month: Month },
): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select 1 from charges c where c.community_id = ${communityId} and c.item_id = ${asked.itemId} and c.month = ${asked.month}
      and (${asked.unitId}::uuid is null or c.unit_id = ${asked.unitId}) and c.reverses_id is null
      and not exists (select from charges r where r.community_id = c.community_id and r.reverses_id = c.id)) as found`.execute(
    tx,
  );
  return rows[0]?.found === true;
}
