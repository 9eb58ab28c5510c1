// SQL of collections at the door 上门收费 and of the cash that is carried.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { CollectionState } from './doorstep.contract.ts';

export type CollectionRow = {
  id: string;
  unitId: string;
  collectorId: string;
  at: Instant;
  note: string;
  state: CollectionState;
  paymentId: string | null;
  reason: string | null;
  madeBy: string;
  madeAt: Instant;
  endedAt: Instant | null;
  version: number;
};
export type CollectionRead = CollectionRow & { unitLabel: string };

export async function insertCollection(tx: Tx, communityId: string, row: CollectionRow): Promise<void> {
  await tx
    .insertInto('doorstepCollections')
    .values({ communityId, ...row })
    .execute();
}

export async function updateCollection(
  tx: Tx,
  communityId: string,
  { id, version }: Pick<CollectionRow, 'id' | 'version'>,
  changes: Partial<Pick<CollectionRow, 'at' | 'state' | 'paymentId' | 'reason' | 'endedAt'>>,
): Promise<void> {
  await tx
    .updateTable('doorstepCollections')
    .set({ ...changes, version: version + 1 })
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .execute();
}

export async function listCollectionRows(
  tx: Tx,
  communityId: string,
  filter: {
    id?: string;
    unitIds?: readonly string[];
    state?: CollectionState;
    from?: Instant;
    until?: Instant;
    lock?: boolean;
  },
): Promise<CollectionRead[]> {
  const { rows } = await sql<CollectionRead>`
    select d.id, d.unit_id, u.label as unit_label, d.collector_id, d.at, d.note, d.state, d.payment_id, d.reason, d.made_by, d.made_at,
      d.ended_at, d.version
    from doorstep_collections d join units u on u.community_id = d.community_id and u.id = d.unit_id
    where d.community_id = ${communityId}
      ${filter.id === undefined ? sql`` : sql`and d.id = ${filter.id}`}
      ${filter.unitIds === undefined ? sql`` : sql`and d.unit_id = any(${[...filter.unitIds]}::uuid[])`}
      ${filter.state === undefined ? sql`` : sql`and d.state = ${filter.state}`}
      ${filter.from === undefined ? sql`` : sql`and d.at >= ${filter.from}`}
      ${filter.until === undefined ? sql`` : sql`and d.at < ${filter.until}`}
    order by d.at, d.id limit 500 ${filter.lock ? sql`for update of d` : sql``}`.execute(tx);
  return rows;
}

export type CashRow = {
  id: string;
  collectorId: string;
  cashFen: number;
  payments: number;
  since: Instant;
  dueAt: Instant;
  receivedBy: string | null;
  handedInAt: Instant | null;
  countedFen: number | null;
  reason: string | null;
};

/** More cash at another door joins what is carried already: its promise stays that of the first. */
export async function carryCash(
  tx: Tx,
  communityId: string,
  cash: Pick<CashRow, 'id' | 'collectorId' | 'cashFen' | 'since' | 'dueAt'>,
): Promise<void> {
  await sql`
    insert into doorstep_cash (community_id, id, collector_id, cash_fen, payments, since, due_at)
    values (${communityId}, ${cash.id}, ${cash.collectorId}, ${cash.cashFen}, 1, ${cash.since}, ${cash.dueAt})
    on conflict (community_id, collector_id) where handed_in_at is null
    do update set cash_fen = doorstep_cash.cash_fen + excluded.cash_fen, payments = doorstep_cash.payments + 1`.execute(
    tx,
  );
}

export async function receiveCash(
  tx: Tx,
  communityId: string,
  id: string,
  received: { receivedBy: string; handedInAt: Instant; countedFen: number; reason: string | null },
): Promise<void> {
  await tx
    .updateTable('doorstepCash')
    .set(received)
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .execute();
}

/** What is on its way first, then the last that were handed in. */
export async function listCashRows(
  tx: Tx,
  communityId: string,
  filter: { id?: string; isOnItsWay?: boolean; lock?: boolean } = {},
): Promise<CashRow[]> {
  const { rows } = await sql<CashRow>`
    select id, collector_id, cash_fen, payments, since, due_at, received_by, handed_in_at, counted_fen, reason
    from doorstep_cash where community_id = ${communityId}
      ${filter.id === undefined ? sql`` : sql`and id = ${filter.id}`}
      ${filter.isOnItsWay ? sql`and handed_in_at is null` : sql``}
    order by handed_in_at desc nulls first, since, id limit 60 ${filter.lock ? sql`for update` : sql``}`.execute(tx);
  return rows;
}
