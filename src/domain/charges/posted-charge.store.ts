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
  case when c.of_charge_id is null then c.detail end as detail, case when c.of_charge_id is not null then c.detail end as late_fee,
  c.of_charge_id, c.case_id, c.billing_run_id, c.history_id, c.nth, c.reverses_id, c.posted_at`;
const openFen = sql`coalesce((select sum(l.amount_fen) from ledger_lines l where l.community_id = c.community_id and l.account = 'receivable'
  and l.charge_id = c.id), 0)::bigint as open_fen`;
const history = sql`(select jsonb_build_object('from', h.from_on, 'until', h.until_on, 'paidOn', h.paid_on, 'dueFen', h.due_fen, 'paidFen', h.paid_fen,
  'receiptCode', h.receipt_code, 'cashier', h.cashier, 'note', h.note)
  from payment_histories h where h.community_id = c.community_id and h.id = c.history_id) as history`;
/** Looked up by row: of an `exists` the planner would rather read every charge there is. */
const isReversed = sql`
  (select true from charges r where r.community_id = c.community_id and r.reverses_id = c.id limit 1) is not null as is_reversed`;

/**
 * `runId`: the charges of this billing run, each with the inputs that were previewed of it; they are not sent a second time.
 */
export async function insertCharges(
  tx: Tx,
  communityId: string,
  rows: readonly ChargeRow[],
  runId: string | null = null,
): Promise<void> {
  const column = <Key extends keyof ChargeRow>(key: Key) => rows.map((row) => row[key]);
  const details = rows.map(({ detail, lateFee }) =>
    detail === null && lateFee === null ? null : JSON.stringify(detail ?? lateFee),
  );
  const [detail, lines] =
    runId === null
      ? [sql`r.detail::jsonb`, sql``]
      : [
          sql`l.detail`,
          sql`join billing_run_lines l on l.community_id = ${communityId} and l.run_id = ${runId} and l.unit_id = r.unit_id and l.item_id = r.item_id`,
        ];
  await sql`
    insert into charges (community_id, id, entry_id, unit_id, item_id, kind, payer_role, payer_id, month, due_on, amount_fen, detail,
      of_charge_id, case_id, billing_run_id, history_id, nth, reverses_id, posted_at)
    select ${communityId}, r.id, r.entry_id, r.unit_id, r.item_id, r.kind, r.payer_role, r.payer_id, r.month, r.due_on, r.amount_fen,
      ${detail}, r.of_charge_id, r.case_id, r.billing_run_id, r.history_id, r.nth, r.reverses_id, r.posted_at
    from unnest(${column('id')}::uuid[], ${column('entryId')}::uuid[], ${column('unitId')}::uuid[], ${column('itemId')}::uuid[],
      ${column('kind')}::text[], ${column('payerRole')}::text[], ${column('payerId')}::uuid[], ${column('month')}::text[],
      ${column('dueOn')}::date[], ${column('amountFen')}::bigint[], ${details}::text[], ${column('ofChargeId')}::uuid[],
      ${column('caseId')}::uuid[], ${column('billingRunId')}::uuid[], ${column('historyId')}::uuid[], ${column('nth')}::int[], ${column('reversesId')}::uuid[],
      ${column('postedAt')}::timestamptz[]) as r (id, entry_id, unit_id, item_id, kind, payer_role, payer_id, month, due_on, amount_fen,
      detail, of_charge_id, case_id, billing_run_id, history_id, nth, reverses_id, posted_at) ${lines}`.execute(tx);
}

/** What makes a charge itself beside its month. */
export type ChargePlace = Pick<
  ChargeRow,
  'id' | 'unitId' | 'itemId' | 'payerRole' | 'payerId' | 'amountFen' | 'nth' | 'historyId'
>;

/** Charges that stand for a month, by item; undone ones and their opposites are left out. */
export async function listStanding(
  tx: Tx,
  communityId: string,
  filter: { month: Month; itemIds: readonly string[]; unitIds: readonly string[] },
): Promise<ChargePlace[]> {
  const { rows } = await sql<ChargePlace>`
    select c.id, c.unit_id, c.item_id, c.payer_role, c.payer_id, c.amount_fen, c.nth, c.history_id from charges c
    where c.community_id = ${communityId} and c.month = ${filter.month} and c.reverses_id is null and c.of_charge_id is null
      and c.item_id = any (${[...filter.itemIds]}::uuid[]) and c.unit_id = any (${[...filter.unitIds]}::uuid[])
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
  const column = <Key extends keyof (typeof keys)[number]>(key: Key) => keys.map((one) => one[key]);
  const { rows } = await sql<{ count: number }>`
    select count(c.id)::int as count
    from unnest(${column('unitId')}::uuid[], ${column('itemId')}::uuid[], ${column('month')}::text[], ${column('payerRole')}::text[],
      ${column('payerId')}::uuid[]) with ordinality as k (unit_id, item_id, month, payer_role, payer_id, place)
    left join charges c on c.community_id = ${communityId} and c.unit_id = k.unit_id and c.item_id = k.item_id and c.month = k.month
      and c.payer_role = k.payer_role and c.payer_id is not distinct from k.payer_id and c.reverses_id is not null and c.of_charge_id is null
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
