// SQL of money paid ahead that goes back 退预存款; the money itself stands in the ledger.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { Method } from '../ledger/ledger.contract.ts';
import type { PrepaidRefundState } from './prepaid-refund.contract.ts';

export type PrepaidRefundRow = {
  id: string;
  unitId: string;
  amountFen: number;
  approvalId: string | null;
  askedBy: string;
  askedAt: Instant;
  state: PrepaidRefundState;
  approvedBy: string | null;
  code: string | null;
  method: Method | null;
  paidBy: string | null;
  paidAt: Instant | null;
  entryId: string | null;
  version: number;
};
export type PrepaidRefundRead = PrepaidRefundRow & { unitLabel: string; payee: string | null; reason: string | null };

export async function insertPrepaidRefund(
  tx: Tx,
  communityId: string,
  row: PrepaidRefundRow,
  said: { payee: string; reason: string },
): Promise<void> {
  await tx
    .insertInto('prepaidRefunds')
    .values({ communityId, ...row })
    .execute();
  await tx
    .insertInto('prepaidRefundTexts')
    .values({ communityId, refundId: row.id, ...said })
    .execute();
}

/** Raises the version with what changes; the caller holds the row. */
export async function updatePrepaidRefund(
  tx: Tx,
  communityId: string,
  { id, version }: Pick<PrepaidRefundRow, 'id' | 'version'>,
  changes: Partial<Omit<PrepaidRefundRow, 'id' | 'unitId' | 'version'>>,
): Promise<void> {
  await tx
    .updateTable('prepaidRefunds')
    .set({ ...changes, version: version + 1 })
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .execute();
}

export async function listPrepaidRefundRows(
  tx: Tx,
  communityId: string,
  filter: {
    id?: string;
    unitId?: string | undefined;
    states?: readonly PrepaidRefundState[] | undefined;
    beforeId?: string | undefined;
    limit: number;
    lock?: boolean;
  },
): Promise<PrepaidRefundRead[]> {
  const { rows } = await sql<PrepaidRefundRead>`
    select r.id, r.unit_id, u.label as unit_label, r.amount_fen, r.approval_id, r.asked_by, r.asked_at, r.state, r.approved_by,
      r.code, r.method, r.paid_by, r.paid_at, r.entry_id, r.version, t.payee, t.reason
    from prepaid_refunds r join units u on u.community_id = r.community_id and u.id = r.unit_id
    left join prepaid_refund_texts t on t.community_id = r.community_id and t.refund_id = r.id
    where r.community_id = ${communityId}
      ${filter.id === undefined ? sql`` : sql`and r.id = ${filter.id}`}
      ${filter.unitId === undefined ? sql`` : sql`and r.unit_id = ${filter.unitId}`}
      ${filter.states === undefined ? sql`` : sql`and r.state = any(${[...filter.states]}::text[])`}
      ${filter.beforeId === undefined ? sql`` : sql`and r.id < ${filter.beforeId}`}
    order by r.id desc limit ${filter.limit} ${filter.lock ? sql`for update of r` : sql``}`.execute(tx);
  return rows;
}

type Found = { communityId: string; subjectId: string };

/** For `verify`: what waits for an answer, and what a yes let go on. */
export const listAskedRefunds = async (tx: Tx): Promise<Found[]> =>
  (await sql<Found>`select community_id, id as subject_id from prepaid_refunds where state = 'asked'`.execute(tx)).rows;

export const listApprovedRefunds = async (tx: Tx): Promise<(Found & { at: null })[]> => {
  const { rows } = await sql<Found>`
    select community_id, id as subject_id from prepaid_refunds where state in ('approved', 'dropped', 'paid')`.execute(
    tx,
  );
  return rows.map((row) => ({ ...row, at: null }));
};
