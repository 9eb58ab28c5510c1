// SQL of payments 收款 and of what was asked about undoing them; the money itself stands in the ledger.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { UsedAt } from '../receipts/receipt.contract.ts';
import type { ReversalState } from './payment.contract.ts';

export type PaymentRow = {
  id: string;
  entryId: string;
  unitId: string;
  payerId: string | null;
  amountFen: number;
  prepaidFen: number;
  tenderedFen: number | null;
  changeFen: number;
  takenAt: UsedAt;
  cashierId: string;
  at: Instant;
};
export type PaymentRead = PaymentRow & { cashierName: string; note: string | null; isReversed: boolean };

export async function insertPayment(tx: Tx, communityId: string, row: PaymentRow, note: string): Promise<void> {
  await tx
    .insertInto('payments')
    .values({ communityId, ...row })
    .execute();
  if (note !== '') await tx.insertInto('paymentNotes').values({ communityId, paymentId: row.id, note }).execute();
}

/** Looked up by row: an `exists` would rather read every entry once, also for a page of fifty. */
const isReversed = sql`
  (select true from ledger_entries e where e.community_id = p.community_id and e.reverses_id = p.entry_id limit 1) is not null`;

export async function listPaymentRows(
  tx: Tx,
  communityId: string,
  filter: {
    ids?: readonly string[];
    unitId?: string | undefined;
    cashierId?: string | undefined;
    beforeId?: string | undefined;
    limit: number;
  },
): Promise<PaymentRead[]> {
  const { rows } = await sql<PaymentRead>`
    select p.id, p.entry_id, p.unit_id, p.payer_id, p.amount_fen, p.prepaid_fen, p.tendered_fen, p.change_fen, p.taken_at, p.cashier_id, p.at,
      a.name as cashier_name, n.note,
      ${isReversed} as is_reversed
    from payments p join accounts a on a.id = p.cashier_id
    left join payment_notes n on n.community_id = p.community_id and n.payment_id = p.id
    where p.community_id = ${communityId}
      ${filter.ids === undefined ? sql`` : sql`and p.id = any(${filter.ids}::uuid[])`}
      ${filter.unitId === undefined ? sql`` : sql`and p.unit_id = ${filter.unitId}`}
      ${filter.cashierId === undefined ? sql`` : sql`and p.cashier_id = ${filter.cashierId}`}
      ${filter.beforeId === undefined ? sql`` : sql`and p.id < ${filter.beforeId}`}
    order by p.id desc limit ${filter.limit}`.execute(tx);
  return rows;
}

export type ReversalRow = {
  id: string;
  paymentId: string;
  approvalId: string | null;
  askedBy: string;
  askedAt: Instant;
  state: ReversalState;
  approvedBy: string | null;
  doneBy: string | null;
  doneAt: Instant | null;
  entryId: string | null;
  reason: string;
};

export async function insertReversal(tx: Tx, communityId: string, row: ReversalRow): Promise<void> {
  await tx
    .insertInto('paymentReversals')
    .values({ communityId, ...row })
    .execute();
}

export async function updateReversal(
  tx: Tx,
  communityId: string,
  id: string,
  changes: Partial<Omit<ReversalRow, 'id' | 'paymentId'>>,
): Promise<void> {
  await tx
    .updateTable('paymentReversals')
    .set(changes)
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .execute();
}

/** The last that was asked of each payment. */
export async function listReversals(
  tx: Tx,
  communityId: string,
  paymentIds: readonly string[],
): Promise<ReversalRow[]> {
  const { rows } = await sql<ReversalRow>`
    select distinct on (payment_id) id, payment_id, approval_id, asked_by, asked_at, state, approved_by, done_by, done_at, entry_id, reason
    from payment_reversals where community_id = ${communityId} and payment_id = any(${paymentIds}::uuid[])
    order by payment_id, id desc`.execute(tx);
  return rows;
}

type Found = { communityId: string; subjectId: string };

/** For `verify`: reversals that wait for an answer, and those that a yes let go on. */
export const listAskedReversals = async (tx: Tx): Promise<Found[]> =>
  (await sql<Found>`select community_id, id as subject_id from payment_reversals where state = 'asked'`.execute(tx))
    .rows;

export const listApprovedReversals = async (tx: Tx): Promise<(Found & { at: null })[]> => {
  const { rows } = await sql<Found>`
    select community_id, id as subject_id from payment_reversals where state in ('approved', 'done')`.execute(tx);
  return rows.map((row) => ({ ...row, at: null }));
};

export async function findReversal(tx: Tx, communityId: string, id: string): Promise<ReversalRow | undefined> {
  const { rows } = await sql<ReversalRow>`
    select id, payment_id, approval_id, asked_by, asked_at, state, approved_by, done_by, done_at, entry_id, reason
    from payment_reversals where community_id = ${communityId} and id = ${id} for update`.execute(tx);
  return rows[0];
}

/** Two hands on one payment wait for each other; its row is never updated. */
export async function lockPayment(tx: Tx, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`payment:${id}`}, 0))`.execute(tx);
}

/** What a cashier took on a day, and what of it lies in cash in the drawer's day. */
export async function sumOfDay(
  tx: Tx,
  communityId: string,
  cashierId: string,
  from: Instant,
  until: Instant,
): Promise<{ count: number; cashFen: number }> {
  const { rows } = await sql<{ count: number; cashFen: number }>`
    select count(distinct p.id)::int as count,
      coalesce(sum(l.amount_fen) filter (where l.account = 'cash'), 0)::bigint as cash_fen
    from payments p
    left join ledger_lines l on l.community_id = p.community_id and l.entry_id = p.entry_id and l.cashier_id = p.cashier_id
    where p.community_id = ${communityId} and p.cashier_id = ${cashierId} and p.at >= ${from} and p.at < ${until}`.execute(
    tx,
  );
  return rows[0] ?? { count: 0, cashFen: 0 };
}
