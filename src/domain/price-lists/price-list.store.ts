// SQL of price lists 收费标准.
import type { Day, Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { PriceItem, PriceListState } from './price-list.contract.ts';

export type PriceListRow = {
  id: string;
  number: number;
  state: PriceListState;
  inForceOn: Day | null;
  items: PriceItem[];
  note: string;
  remark: string;
  createdBy: string | null;
  createdAt: Instant;
  submittedAt: Instant | null;
  decidedBy: string | null;
  decidedAt: Instant | null;
  version: number;
};

const facts = [
  'id',
  'number',
  'state',
  'inForceOn',
  'note',
  'remark',
  'createdBy',
  'createdAt',
  'submittedAt',
  'decidedBy',
  'decidedAt',
  'version',
] as const;

/** The latest approved version that has begun by this day. */
export async function findListInForce(tx: Tx, communityId: string, on: Day): Promise<PriceListRow | undefined> {
  return (await tx
    .selectFrom('priceLists')
    .select([...facts, 'items'])
    .where('communityId', '=', communityId)
    .where('state', '=', 'approved')
    .where('inForceOn', '<=', on)
    .orderBy('inForceOn', 'desc')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()) as PriceListRow | undefined;
}

/** Every version, newest first, without its items: nobody keeps so many that they would need pages. */
export async function listPriceListRows(tx: Tx, communityId: string): Promise<Omit<PriceListRow, 'items'>[]> {
  return (await tx
    .selectFrom('priceLists')
    .select(facts)
    .where('communityId', '=', communityId)
    .orderBy('number', 'desc')
    .limit(200)
    .execute()) as Omit<PriceListRow, 'items'>[];
}

export async function findPriceListRow(
  tx: Tx,
  communityId: string,
  id: string,
  isForUpdate = false,
): Promise<PriceListRow | undefined> {
  const query = tx
    .selectFrom('priceLists')
    .select([...facts, 'items'])
    .where('communityId', '=', communityId)
    .where('id', '=', id);
  return (await (isForUpdate ? query.forUpdate() : query).executeTakeFirst()) as PriceListRow | undefined;
}

/** Locks the community's versions by their greatest number; null where one is still open. */
export async function nextNumber(tx: Tx, communityId: string): Promise<number | null> {
  const rows = await tx
    .selectFrom('priceLists')
    .select(['number', 'state'])
    .where('communityId', '=', communityId)
    .orderBy('number', 'desc')
    .forUpdate()
    .execute();
  if (rows.some((row) => row.state === 'draft' || row.state === 'submitted')) return null;
  return (rows[0]?.number ?? 0) + 1;
}

export async function insertPriceList(
  tx: Tx,
  communityId: string,
  row: Pick<PriceListRow, 'id' | 'number' | 'state' | 'items' | 'note' | 'createdBy' | 'createdAt'> &
    Partial<Pick<PriceListRow, 'inForceOn' | 'decidedAt'>>,
): Promise<void> {
  await tx
    .insertInto('priceLists')
    .values({ communityId, ...row, items: JSON.stringify(row.items) })
    .execute();
}

export async function updatePriceList(
  tx: Tx,
  communityId: string,
  id: string,
  change: Partial<Omit<PriceListRow, 'id' | 'number' | 'createdBy' | 'createdAt'>>,
): Promise<void> {
  const { items, ...columns } = change;
  await tx
    .updateTable('priceLists')
    .set({ ...columns, ...(items ? { items: JSON.stringify(items) } : {}) })
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .execute();
}

type Found = { communityId: string; subjectId: string };

/** For `verify`. */
export const listSubmittedLists = async (tx: Tx): Promise<Found[]> =>
  (await sql<Found>`select community_id, id as subject_id from price_lists where state = 'submitted'`.execute(tx)).rows;

/** For `verify`: the first list is the product's own, decided by nobody. */
export const listDecidedLists = async (tx: Tx): Promise<(Found & { at: Instant })[]> =>
  (
    await sql<Found & { at: Instant }>`select community_id, id as subject_id, decided_at as at from price_lists
      where state = 'approved' and decided_by is not null`.execute(tx)
  ).rows;

/** Names of those who wrote and decided. */
export async function namesOf(tx: Tx, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const rows = await tx.selectFrom('accounts').select(['id', 'name']).where('id', 'in', wanted).execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}
