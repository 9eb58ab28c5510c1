// SQL of charge items, price versions, terms of single units and the charging settings.
import type { Day, Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { UnitUsage } from '../places/import.contract.ts';
import type { ChargeKind, PriceRule, Rounding } from './charge.contract.ts';
import type { TermKind } from './charge-item.contract.ts';

export type ItemRow = {
  id: string;
  code: string;
  name: string;
  kind: ChargeKind;
  months: number[];
  usages: UnitUsage[];
  appliesTo: 'all' | 'listed';
  dueDay: number;
  retiredOn: Day | null;
  version: number;
};
export type VersionRow = {
  id: string;
  itemId: string;
  from: Day;
  rule: PriceRule;
  rounding: Rounding;
  payer: 'owner' | 'lessee';
  unsoldPercent: number;
  vacantPercent: number;
  note: string;
  enteredBy: string | null;
  enteredByName: string | null;
  enteredAt: Instant;
};

/** Two who change prices come one after the other, so that each sees what the other wrote. */
export async function lockPrices(tx: Tx, communityId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`charging:${communityId}`}, 0))`.execute(tx);
}

export async function listItemRows(tx: Tx, communityId: string, id?: string): Promise<ItemRow[]> {
  let query = tx
    .selectFrom('chargeItems')
    .select(['id', 'code', 'name', 'kind', 'months', 'usages', 'appliesTo', 'dueDay', 'retiredOn', 'version'])
    .where('communityId', '=', communityId)
    .orderBy('code')
    .orderBy('id');
  if (id !== undefined) query = query.where('id', '=', id);
  return (await query.execute()) as ItemRow[];
}

export async function listVersionRows(tx: Tx, communityId: string, itemId?: string): Promise<VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    select v.id, v.item_id, v.from_on as "from", v.rule, v.rounding, v.payer, v.unsold_percent, v.vacant_percent, v.note,
      v.entered_by, a.name as entered_by_name, v.entered_at
    from price_versions v left join accounts a on a.id = v.entered_by
    where v.community_id = ${communityId} and v.removed_at is null
      and (${itemId ?? null}::uuid is null or v.item_id = ${itemId ?? null})
    order by v.item_id, v.from_on desc`.execute(tx);
  return rows;
}

export const insertItem = (
  tx: Tx,
  communityId: string,
  row: Omit<ItemRow, 'version'> & { createdAt: Instant },
): Promise<unknown> =>
  tx
    .insertInto('chargeItems')
    .values({ ...row, communityId })
    .execute();

export const updateItem = (
  tx: Tx,
  communityId: string,
  id: string,
  change: Partial<Omit<ItemRow, 'id' | 'code' | 'kind' | 'version'>>,
): Promise<unknown> =>
  tx
    .updateTable('chargeItems')
    .set((eb) => ({ ...change, version: eb('version', '+', 1) }))
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .execute();

export const insertVersion = (
  tx: Tx,
  communityId: string,
  { from, rule, ...row }: Omit<VersionRow, 'enteredByName'>,
): Promise<unknown> =>
  tx
    .insertInto('priceVersions')
    .values({ ...row, communityId, fromOn: from, rule: JSON.stringify(rule) })
    .execute();

export const removeVersion = (tx: Tx, communityId: string, id: string, at: Instant): Promise<unknown> =>
  tx
    .updateTable('priceVersions')
    .set({ removedAt: at })
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .execute();

/** Items of which a run has computed something since that day: their prices of then stand. */
export async function isPricedSince(tx: Tx, communityId: string, itemId: string, from: Day): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select 1 from billing_run_lines l join billing_runs r on r.community_id = l.community_id and r.id = l.run_id
      where l.community_id = ${communityId} and l.item_id = ${itemId} and l.detail is not null and r.state <> 'abandoned'
        and r.month >= ${from.slice(0, 7)}) as found`.execute(tx);
  return rows[0]?.found === true;
}

// ── terms ───────────────────────────────────────────────────────────────────────────────────────────

export type TermRow = {
  id: string;
  kind: TermKind;
  unitId: string;
  itemId: string | null;
  from: Day;
  until: Day | null;
  rule: PriceRule | null;
  percent: number | null;
  classCode: string | null;
  vehicleId: string | null;
  reason: string;
  version: number;
};
export type NamedTerm = TermRow & { unit: string; item: string | null; plate: string | null };

export async function listTermRows(
  tx: Tx,
  communityId: string,
  asked: {
    id?: string | undefined;
    unitId?: string | undefined;
    itemId?: string | undefined;
    kind?: string | undefined;
  },
): Promise<NamedTerm[]> {
  const { rows } = await sql<NamedTerm>`
    select t.id, t.kind, t.unit_id, t.item_id, t.from_on as "from", t.until_on as "until", t.rule, t.percent, t.class_code,
      t.vehicle_id, t.reason, t.version, u.label as unit, i.name as item, v.plate
    from charge_terms t
    join units u on u.community_id = t.community_id and u.id = t.unit_id
    left join charge_items i on i.community_id = t.community_id and i.id = t.item_id
    left join vehicles v on v.community_id = t.community_id and v.id = t.vehicle_id
    where t.community_id = ${communityId} and t.removed_at is null
      and (${asked.id ?? null}::uuid is null or t.id = ${asked.id ?? null})
      and (${asked.unitId ?? null}::uuid is null or t.unit_id = ${asked.unitId ?? null})
      and (${asked.itemId ?? null}::uuid is null or t.item_id = ${asked.itemId ?? null})
      and (${asked.kind ?? null}::text is null or t.kind = ${asked.kind ?? null})
    order by u.sort_key, u.id, t.from_on desc, t.id limit 500`.execute(tx);
  return rows;
}

export const insertTerm = (
  tx: Tx,
  communityId: string,
  { from, until, rule, ...row }: Omit<TermRow, 'version'> & { enteredBy: string | null; enteredAt: Instant },
): Promise<unknown> =>
  tx
    .insertInto('chargeTerms')
    .values({ ...row, communityId, fromOn: from, untilOn: until, rule: rule === null ? null : JSON.stringify(rule) })
    .execute();

export const updateTerm = (
  tx: Tx,
  communityId: string,
  id: string,
  change: { untilOn?: Day; removedAt?: Instant },
): Promise<unknown> =>
  tx
    .updateTable('chargeTerms')
    .set((eb) => ({ ...change, version: eb('version', '+', 1) }))
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .execute();

/** What a body may point at: units, vehicles and parties of this community. */
export async function isOfCommunity(
  tx: Tx,
  communityId: string,
  table: 'units' | 'vehicles' | 'parties' | 'buildings',
  id: string,
): Promise<boolean> {
  const row = await tx
    .selectFrom(table)
    .select('id')
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row !== undefined;
}

// ── settings ────────────────────────────────────────────────────────────────────────────────────────

export type SettingsRow = {
  developerId: string | null;
  developer: string | null;
  noticeText: string;
  /** From this day on what is owed can be late; null: no late fees. */
  lateFeesFrom: Day | null;
  version: number;
};

export async function readSettings(tx: Tx, communityId: string): Promise<SettingsRow> {
  const { rows } = await sql<SettingsRow>`
    select s.developer_id, p.name as developer, s.notice_text, s.late_fees_from, s.version from charging_settings s
    left join parties p on p.community_id = s.community_id and p.id = s.developer_id
    where s.community_id = ${communityId}`.execute(tx);
  return rows[0] ?? { developerId: null, developer: null, noticeText: '', lateFeesFrom: null, version: 0 };
}

export async function saveSettings(
  tx: Tx,
  communityId: string,
  { developerId, noticeText, lateFeesFrom }: Pick<SettingsRow, 'developerId' | 'noticeText' | 'lateFeesFrom'>,
): Promise<void> {
  await sql`insert into charging_settings (community_id, developer_id, notice_text, late_fees_from)
    values (${communityId}, ${developerId}, ${noticeText}, ${lateFeesFrom})
    on conflict (community_id) do update set developer_id = excluded.developer_id, notice_text = excluded.notice_text,
      late_fees_from = excluded.late_fees_from,
      version = charging_settings.version + 1`.execute(tx);
}

export async function findCommunityName(tx: Tx, communityId: string): Promise<string> {
  const row = await tx.selectFrom('communities').select('name').where('id', '=', communityId).executeTakeFirst();
  return row?.name ?? '';
}

/** Units by their label in normal form. */
export async function findUnitIds(
  tx: Tx,
  communityId: string,
  labels: readonly string[],
): Promise<Map<string, string>> {
  if (labels.length === 0) return new Map();
  const rows = await tx
    .selectFrom('units')
    .select(['id', 'label'])
    .where('communityId', '=', communityId)
    .where('label', 'in', [...new Set(labels)])
    .execute();
  return new Map(rows.map(({ id, label }) => [label, id]));
}
