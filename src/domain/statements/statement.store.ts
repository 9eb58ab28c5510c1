// SQL of the statement 对账单: the ledger's lines of one household, read across the slices that wrote them.
import type { Day, Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { Breadth } from '../access/permission.rules.ts';
import { receiptCode } from '../receipts/receipt.rules.ts';
import type { HouseholdLine } from './statement.rules.ts';

/** A unit that the asker may see the money of: all of the community, or those of their area. */
export async function findUnit(
  tx: Tx,
  communityId: string,
  id: string,
  sight: { breadth: Breadth; accountId: string },
): Promise<{ id: string; label: string } | undefined> {
  const inArea = sql`exists (select 1 from staff_areas sa where sa.community_id = u.community_id and sa.account_id = ${sight.accountId}
    and (sa.unit_id = u.id or sa.building_id = u.building_id))`;
  const { rows } = await sql<{ id: string; label: string }>`
    select u.id, u.label from units u where u.community_id = ${communityId} and u.id = ${id}
      and ${sight.breadth === 'community' ? sql`true` : sight.breadth === 'area' ? inArea : sql`false`}`.execute(tx);
  return rows[0];
}

/** What was owed before a day. */
export async function sumBefore(tx: Tx, communityId: string, unitId: string, from: Day): Promise<number> {
  const { rows } = await sql<{ fen: number }>`
    select coalesce(sum(l.amount_fen), 0)::bigint as fen
    from ledger_lines l join ledger_entries e on e.community_id = l.community_id and e.id = l.entry_id
    where l.community_id = ${communityId} and l.unit_id = ${unitId} and l.account in ('receivable', 'prepaid') and e.posted_on < ${from}`.execute(
    tx,
  );
  return rows[0]?.fen ?? 0;
}

/** Lines of a household from a day on, in the order they were posted. */
export async function listHouseholdLines(
  tx: Tx,
  communityId: string,
  unitId: string,
  from: Day,
): Promise<HouseholdLine[]> {
  const { rows } = await sql<HouseholdLine>`
    select e.id as entry_id, e.kind, e.posted_at as at, e.posted_on as on, e.reverses_id, l.account, l.amount_fen, l.charge_id, l.deposit_id,
      (select true from ledger_entries r where r.community_id = e.community_id and r.reverses_id = e.id limit 1) is not null as is_reversed,
      m.methods, m.money_fen
    from ledger_lines l join ledger_entries e on e.community_id = l.community_id and e.id = l.entry_id
    cross join lateral (
      select coalesce(array_agg(distinct c.account) filter (where c.account is not null), '{}') as methods,
        coalesce(sum(c.amount_fen), 0)::bigint as money_fen
      from ledger_lines c where e.cashier_id is not null and c.community_id = e.community_id and c.entry_id = e.id
        and c.account in ('cash', 'card', 'transfer', 'cheque', 'bank-collection', 'online')) m
    where l.community_id = ${communityId} and l.unit_id = ${unitId} and l.account in ('receivable', 'prepaid', 'deposit')
      and e.posted_on >= ${from}
    order by e.posted_at, e.id, l.place`.execute(tx);
  return rows;
}

export type HeldDeposit = { depositId: string; itemId: string; takenAt: Instant; takenFen: number; heldFen: number };

/** Deposits of a household, the given back ones too: what was taken and what is still held. */
export async function listDeposits(tx: Tx, communityId: string, unitId: string): Promise<HeldDeposit[]> {
  const { rows } = await sql<HeldDeposit>`
    select l.deposit_id, min(l.item_id::text) as item_id, min(e.posted_at) as taken_at,
      coalesce(-sum(l.amount_fen) filter (where e.kind = 'deposit-take'), 0)::bigint as taken_fen, -sum(l.amount_fen)::bigint as held_fen
    from ledger_lines l join ledger_entries e on e.community_id = l.community_id and e.id = l.entry_id
    where l.community_id = ${communityId} and l.unit_id = ${unitId} and l.account = 'deposit'
    group by l.deposit_id order by min(e.posted_at)`.execute(tx);
  return rows;
}

/** How the price book calls these items. */
export async function itemNames(tx: Tx, communityId: string, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from charge_items where community_id = ${communityId} and id = any (${[...ids]}::uuid[])`.execute(
    tx,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The receipt that stands for what an entry took; a voided one gave its place to the next. */
export async function receiptCodes(
  tx: Tx,
  communityId: string,
  entryIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ entryId: string; series: string; number: number }>`
    select s.entry_id, r.series, r.number
    from (select id, entry_id from payments where community_id = ${communityId} and entry_id = any (${[...entryIds]}::uuid[])
      union all select id, entry_id from deposits where community_id = ${communityId} and entry_id = any (${[...entryIds]}::uuid[])) s
    join receipts r on r.community_id = ${communityId} and r.source_id = s.id
    where not exists (select from receipt_events v where v.community_id = r.community_id and v.receipt_id = r.id and v.action = 'void')
    order by r.issued_at, r.number`.execute(tx);
  return new Map(rows.map(({ entryId, series, number }) => [entryId, receiptCode(series, number)]));
}
