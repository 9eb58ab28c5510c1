// SQL of posted charges 应收: added with their entry, read with what is still open of them, never changed.
import type { Day, Instant, Month } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { ChargeDetail, ChargeKind, Payer } from './charge.contract.ts';
import type { LateFeeDetail } from './late-fee.contract.ts';
import type { PaidElsewhere } from './payment-history.contract.ts';

export type ChargeRow = {
  id: string;
  entryId: string;
  unitId: string;
  itemId: string;
  kind: ChargeKind;
  payerRole: Payer['role'];
  payerId: string | null;
  /** Null: charged once, not for a month. */
  month: Month | null;
  dueOn: Day;
  /** Below zero: the opposite row of a charge that was found wrong. */
  amountFen: number;
  detail: ChargeDetail | null;
  /** A late fee: of which charge, and what it came from. */
  ofChargeId: string | null;
  lateFee: LateFeeDetail | null;
  caseId: string | null;
  billingRunId: string | null;
  /** Paid elsewhere, before the change-over. */
  historyId: string | null;
  nth: number;
  reversesId: string | null;
  postedAt: Instant;
};
/** With what is open of it now and whether it was undone. */
export type StandingCharge = ChargeRow & { openFen: number; isReversed: boolean; history: PaidElsewhere | null };

const columns = sql`c.id, c.entry_id, c.unit_id, c.item_id, c.kind, c.payer_role, c.payer_id, c.month, c.due_on, c.amount_fen,
  case when c.of_charge_id is null then c.detail end as detail, case when c.of_charge_id is not null then c.detail end as late_fee, c.of_charge_id, c.case_id, c.billing_run_id, c.history_id, c.nth, c.reverses_id, c.posted_at`;
const openFen = sql`coalesce((select sum(l.amount_fen) from ledger_lines l where l.community_id = c.community_id and l.account = 'receivable'
  and l.charge_id = c.id), 0)::bigint as open_fen`;
const history = sql`(select jsonb_build_object('from', h.from_on, 'until', h.until_on, 'paidOn', h.paid_on, 'dueFen', h.due_fen, 'paidFen', h.paid_fen,
  'receiptCode', h.receipt_code, 'cashier', h.cashier, 'note', h.note)
  from payment_histories h where h.community_id = c.community_id and h.id = c.history_id) as history`;
const isReversed = sql`exists (select from charges r where r.community_id = c.community_id and r.reverses_id = c.id) as is_reversed`;

export async function insertCharges(tx: Tx, communityId: string, rows: readonly ChargeRow[]): Promise<void> {
  await sql`
    insert into charges (community_id, id, entry_id, unit_id, item_id, kind, payer_role, payer_id, month, due_on, amount_fen, detail,
      of_charge_id, case_id, billing_run_id, history_id, nth, reverses_id, posted_at)
    select ${communityId}, r.id, r."entryId", r."unitId", r."itemId", r.kind, r."payerRole", r."payerId", r.month, r."dueOn", r."amountFen",
      coalesce(nullif(r.detail, 'null'::jsonb), nullif(r."lateFee", 'null'::jsonb)), r."ofChargeId", r."caseId", r."billingRunId", r."historyId", r.nth, r."reversesId", r."postedAt"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, "entryId" uuid, "unitId" uuid, "itemId" uuid, kind text,
      "payerRole" text, "payerId" uuid, month text, "dueOn" date, "amountFen" bigint, detail jsonb, "lateFee" jsonb, "ofChargeId" uuid, "caseId" uuid,
      "billingRunId" uuid, "historyId" uuid, nth int, "reversesId" uuid, "postedAt" timestamptz)`.execute(tx);
}

/** Charges that stand for a month, by item; undone ones and their opposites are left out. */
export async function listStanding(
  tx: Tx,
  communityId: string,
  filter: { month: Month; itemIds?: readonly string[]; unitIds?: readonly string[] },
): Promise<ChargeRow[]> {
  const { rows } = await sql<ChargeRow>`
    select ${columns} from charges c
    where c.community_id = ${communityId} and c.month = ${filter.month} and c.reverses_id is null and c.of_charge_id is null
      ${filter.itemIds === undefined ? sql`` : sql`and c.item_id = any (${[...filter.itemIds]}::uuid[])`}
      ${filter.unitIds === undefined ? sql`` : sql`and c.unit_id = any (${[...filter.unitIds]}::uuid[])`}
      and not exists (select from charges r where r.community_id = c.community_id and r.reverses_id = c.id)
    order by c.id`.execute(tx);
  return rows;
}

/** How often each unit, item, month and payer was charged and that undone: one that stands is not counted, so a second is refused. */
export async function countUndone(
  tx: Tx,
  communityId: string,
  keys: readonly Pick<ChargeRow, 'unitId' | 'itemId' | 'month' | 'payerRole' | 'payerId'>[],
): Promise<number[]> {
  const { rows } = await sql<{ count: number }>`
    select count(c.id)::int as count
    from jsonb_to_recordset(${JSON.stringify(keys.map((key, place) => ({ ...key, place })))}::jsonb)
      as k (place int, "unitId" uuid, "itemId" uuid, month text, "payerRole" text, "payerId" uuid)
    left join charges c on c.community_id = ${communityId} and c.unit_id = k."unitId" and c.item_id = k."itemId" and c.month = k.month
      and c.payer_role = k."payerRole" and c.payer_id is not distinct from k."payerId" and c.reverses_id is not null and c.of_charge_id is null
    group by k.place order by k.place`.execute(tx);
  return rows.map(({ count }) => count);
}

export async function findCharges(tx: Tx, communityId: string, ids: readonly string[]): Promise<StandingCharge[]> {
  const { rows } = await sql<StandingCharge>`
    select ${columns}, ${openFen}, ${isReversed}, ${history} from charges c
    where c.community_id = ${communityId} and c.id = any (${[...ids]}::uuid[]) order by c.due_on, c.id`.execute(tx);
  return rows;
}

/** Every charge of a unit, the latest first, with what is open of it; opposite rows among them. */
export async function listChargesOfUnit(tx: Tx, communityId: string, unitId: string): Promise<StandingCharge[]> {
  const { rows } = await sql<StandingCharge>`
    select ${columns}, ${openFen}, ${isReversed}, ${history} from charges c
    where c.community_id = ${communityId} and c.unit_id = ${unitId} order by c.due_on desc, c.id desc`.execute(tx);
  return rows;
}

export async function listUnitLabels(
  tx: Tx,
  communityId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('units')
    .select(['id', 'label'])
    .where('communityId', '=', communityId)
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map(({ id, label }) => [id, label]));
}

/** What a notice of a month tells of these units: its own charges, and whatever is still open of earlier ones. */
export async function listChargesOfUnits(
  tx: Tx,
  communityId: string,
  unitIds: readonly string[],
  month: Month,
): Promise<StandingCharge[]> {
  const { rows } = await sql<StandingCharge>`
    select ${columns}, ${openFen}, ${isReversed}, ${history} from charges c
    where c.community_id = ${communityId} and c.unit_id = any (${[...unitIds]}::uuid[]) and (c.month is null or c.month <= ${month})
      and (c.month = ${month} or (select coalesce(sum(l.amount_fen), 0) from ledger_lines l where l.community_id = c.community_id
        and l.account = 'receivable' and l.charge_id = c.id) > 0)
    order by c.unit_id, c.due_on, c.id`.execute(tx);
  return rows;
}
