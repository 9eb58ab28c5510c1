// SQL of deposits 押金, what was done about them, and waivers 减免.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { depositKinds } from '../charges/charge.contract.ts';
import type { Method } from '../ledger/ledger.contract.ts';
import type { Obligation, waiverStates } from './deposit.contract.ts';

export type DepositRow = {
  id: string;
  unitId: string;
  itemId: string;
  kind: (typeof depositKinds)[number];
  payerId: string | null;
  entryId: string;
  amountFen: number;
  method: Method;
  cashierId: string;
  takenAt: Instant;
  note: string;
  obligations: Obligation[];
  version: number;
};
export type DepositRead = DepositRow & {
  heldFen: number;
  payerName: string | null;
  cashierName: string;
  unitLabel: string;
};

export async function insertDeposit(tx: Tx, communityId: string, row: DepositRow): Promise<void> {
  await tx
    .insertInto('deposits')
    .values({ communityId, ...row })
    .execute();
}

const held = sql`coalesce((select -sum(l.amount_fen) from ledger_lines l where l.community_id = d.community_id and l.account = 'deposit'
  and l.deposit_id = d.id), 0)::bigint`;

export async function listDepositRows(
  tx: Tx,
  communityId: string,
  filter: {
    id?: string;
    unitId?: string | undefined;
    isHeld?: boolean;
    beforeId?: string | undefined;
    limit: number;
    lock?: boolean;
  },
): Promise<DepositRead[]> {
  const { rows } = await sql<DepositRead>`
    select d.id, d.unit_id, d.item_id, d.kind, d.payer_id, d.entry_id, d.amount_fen, d.method, d.cashier_id, d.taken_at, d.note,
      d.obligations, d.version, ${held} as held_fen, p.name as payer_name, a.name as cashier_name, u.label as unit_label
    from deposits d join accounts a on a.id = d.cashier_id
    join units u on u.community_id = d.community_id and u.id = d.unit_id
    left join parties p on p.community_id = d.community_id and p.id = d.payer_id
    where d.community_id = ${communityId}
      ${filter.id === undefined ? sql`` : sql`and d.id = ${filter.id}`}
      ${filter.unitId === undefined ? sql`` : sql`and d.unit_id = ${filter.unitId}`}
      ${filter.isHeld ? sql`and ${held} > 0` : sql``}
      ${filter.beforeId === undefined ? sql`` : sql`and d.id < ${filter.beforeId}`}
    order by d.id desc limit ${filter.limit} ${filter.lock ? sql`for update of d` : sql``}`.execute(tx);
  return rows;
}

/** What is held of a household's deposits, or of all. */
export async function sumHeld(tx: Tx, communityId: string, unitId: string | undefined): Promise<number> {
  const { rows } = await sql<{ fen: number }>`
    select coalesce(-sum(l.amount_fen), 0)::bigint as fen from ledger_lines l
    where l.community_id = ${communityId} and l.account = 'deposit' and l.deposit_id is not null
      ${unitId === undefined ? sql`` : sql`and l.unit_id = ${unitId}`}`.execute(tx);
  return rows[0]?.fen ?? 0;
}

export async function raiseDeposit(tx: Tx, communityId: string, id: string, version: number): Promise<void> {
  await tx
    .updateTable('deposits')
    .set({ version })
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .execute();
}

export type DepositEventRow = {
  id: string;
  depositId: string;
  action: 'meet' | 'deduct' | 'refund';
  obligation: Obligation | null;
  entryId: string | null;
  amountFen: number | null;
  at: Instant;
  byId: string;
  reason: string;
};

export async function insertDepositEvent(tx: Tx, communityId: string, row: DepositEventRow): Promise<void> {
  await tx
    .insertInto('depositEvents')
    .values({ communityId, ...row })
    .execute();
}

export async function listDepositEvents(
  tx: Tx,
  communityId: string,
  depositIds: readonly string[],
): Promise<(DepositEventRow & { byName: string })[]> {
  const { rows } = await sql<DepositEventRow & { byName: string }>`
    select e.id, e.deposit_id, e.action, e.obligation, e.entry_id, e.amount_fen, e.at, e.by_id, a.name as by_name, e.reason
    from deposit_events e join accounts a on a.id = e.by_id
    where e.community_id = ${communityId} and e.deposit_id = any(${depositIds}::uuid[]) order by e.id`.execute(tx);
  return rows;
}

export type WaiverRow = {
  id: string;
  chargeId: string;
  unitId: string;
  amountFen: number;
  reason: string;
  attachmentIds: string[];
  askedBy: string;
  askedAt: Instant;
  state: (typeof waiverStates)[number];
  decidedBy: string | null;
  decidedAt: Instant | null;
  entryId: string | null;
};

export async function insertWaiver(tx: Tx, communityId: string, row: WaiverRow): Promise<void> {
  await tx
    .insertInto('waivers')
    .values({ communityId, ...row })
    .execute();
}

export async function updateWaiver(
  tx: Tx,
  communityId: string,
  id: string,
  changes: Pick<WaiverRow, 'state' | 'decidedBy' | 'decidedAt' | 'entryId'>,
): Promise<void> {
  await tx.updateTable('waivers').set(changes).where('communityId', '=', communityId).where('id', '=', id).execute();
}

export async function listWaiverRows(
  tx: Tx,
  communityId: string,
  filter: { id?: string; unitId?: string | undefined; beforeId?: string | undefined; limit: number; lock?: boolean },
): Promise<(WaiverRow & { approvalId: string | null })[]> {
  const { rows } = await sql<WaiverRow & { approvalId: string | null }>`
    select w.id, w.charge_id, w.unit_id, w.amount_fen, w.reason, w.attachment_ids, w.asked_by, w.asked_at, w.state, w.decided_by,
      w.decided_at, w.entry_id,
      (select a.id from approvals a where a.community_id = w.community_id and a.kind = 'waiver' and a.subject_id = w.id limit 1) as approval_id
    from waivers w
    where w.community_id = ${communityId}
      ${filter.id === undefined ? sql`` : sql`and w.id = ${filter.id}`}
      ${filter.unitId === undefined ? sql`` : sql`and w.unit_id = ${filter.unitId}`}
      ${filter.beforeId === undefined ? sql`` : sql`and w.id < ${filter.beforeId}`}
    order by w.id desc limit ${filter.limit} ${filter.lock ? sql`for update of w` : sql``}`.execute(tx);
  return rows;
}

type Found = { communityId: string; subjectId: string };

export const listAskedWaivers = async (tx: Tx): Promise<Found[]> =>
  (await sql<Found>`select community_id, id as subject_id from waivers where state = 'asked'`.execute(tx)).rows;

export const listGrantedWaivers = async (tx: Tx): Promise<(Found & { at: Instant | null })[]> =>
  (
    await sql<Found & { at: Instant | null }>`
      select community_id, id as subject_id, decided_at as at from waivers where state = 'granted'`.execute(tx)
  ).rows;
