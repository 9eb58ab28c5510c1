// SQL of payments taken elsewhere 缴费历史: added with their entries and charges, marked when they were taken back.
import type { Day, Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';

export type HistoryRow = {
  id: string;
  importId: string;
  unitId: string;
  itemId: string;
  from: Day;
  until: Day;
  paidOn: Day;
  dueFen: number;
  paidFen: number;
  receiptCode: string;
  cashier: string;
  note: string;
  settleEntryId: string;
  postedAt: Instant;
};
export type HistoryKey = Pick<
  HistoryRow,
  'unitId' | 'itemId' | 'from' | 'until' | 'paidOn' | 'paidFen' | 'receiptCode'
>;
export const historyKey = (one: HistoryKey): string =>
  [one.unitId, one.itemId, one.from, one.until, one.paidOn, one.paidFen, one.receiptCode].join(' ');

export async function insertHistories(tx: Tx, communityId: string, rows: readonly HistoryRow[]): Promise<void> {
  await sql`
    insert into payment_histories (community_id, id, import_id, unit_id, item_id, from_on, until_on, paid_on, due_fen, paid_fen, receipt_code,
      cashier, note, settle_entry_id, posted_at)
    select ${communityId}, r.id, r."importId", r."unitId", r."itemId", r."from", r."until", r."paidOn", r."dueFen", r."paidFen", r."receiptCode",
      r.cashier, r.note, r."settleEntryId", r."postedAt"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, "importId" uuid, "unitId" uuid, "itemId" uuid, "from" date, "until" date,
      "paidOn" date, "dueFen" bigint, "paidFen" bigint, "receiptCode" text, cashier text, note text, "settleEntryId" uuid, "postedAt" timestamptz)`.execute(
    tx,
  );
}

/** Lines of these units that stand: what is in already. */
export async function listHistoryKeys(tx: Tx, communityId: string, unitIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<HistoryKey>`
    select unit_id, item_id, from_on as "from", until_on as "until", paid_on, paid_fen, receipt_code from payment_histories
    where community_id = ${communityId} and unit_id = any (${[...unitIds]}::uuid[]) and taken_back_at is null`.execute(
    tx,
  );
  return new Set(rows.map(historyKey));
}

/** `unit item month` of whatever of these units is charged and stands, ours or taken in. */
export async function listChargedMonths(tx: Tx, communityId: string, unitIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ key: string }>`
    select distinct concat_ws(' ', c.unit_id, c.item_id, c.month) as key from charges c
    where c.community_id = ${communityId} and c.unit_id = any (${[...unitIds]}::uuid[]) and c.month is not null and c.reverses_id is null
      and c.of_charge_id is null
      and not exists (select from charges r where r.community_id = c.community_id and r.reverses_id = c.id)`.execute(
    tx,
  );
  return new Set(rows.map(({ key }) => key));
}

export type StandingHistory = { id: string; unitId: string; settleEntryId: string; chargeIds: string[] };
export async function listStandingHistories(tx: Tx, communityId: string, importId: string): Promise<StandingHistory[]> {
  const { rows } = await sql<StandingHistory>`
    select h.id, h.unit_id, h.settle_entry_id,
      (select array_agg(c.id order by c.id) from charges c where c.community_id = h.community_id and c.history_id = h.id
        and c.reverses_id is null) as charge_ids
    from payment_histories h where h.community_id = ${communityId} and h.import_id = ${importId} and h.taken_back_at is null
    order by h.id`.execute(tx);
  return rows;
}

export const markTakenBack = (tx: Tx, communityId: string, importId: string, at: Instant): Promise<unknown> =>
  tx
    .updateTable('paymentHistories')
    .set({ takenBackAt: at })
    .where('communityId', '=', communityId)
    .where('importId', '=', importId)
    .where('takenBackAt', 'is', null)
    .execute();
