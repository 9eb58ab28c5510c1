// SQL of receipt books 收据本 and of who had them in hand.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { ReceiptBookState, UsedAt } from './receipt.contract.ts';
import type { ReceiptBook } from './receipt.rules.ts';

export type BookRow = ReceiptBook & {
  usedAt: UsedAt;
  version: number;
  holderName: string;
};
export type BookEventRow = {
  bookId: string;
  action: 'issue' | 'close-out' | 'take-back';
  at: Instant;
  byId: string;
  byName: string;
  leftCount: number;
  reason: string;
};

const bookColumns = sql`b.id, b.series, b.from_number as "from", b.to_number as "to", b.next_number as "next", b.holder_id,
  b.used_at, b.state, b.last_issued_at, b.version, a.name as holder_name`;

/** Ranges are given out one after the other: two at once could lie on each other. */
export async function lockBooks(tx: Tx, communityId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`receipt-books:${communityId}`}, 0))`.execute(tx);
}

/** Whatever could stand against giving a range out: books of that range, and those the holder has. */
export async function listBooksAround(
  tx: Tx,
  communityId: string,
  ask: { series: string; from: number; to: number; holderId: string },
): Promise<BookRow[]> {
  const { rows } = await sql<BookRow>`
    select ${bookColumns} from receipt_books b join accounts a on a.id = b.holder_id
    where b.community_id = ${communityId}
      and ((b.series = ${ask.series} and b.from_number <= ${ask.to} and b.to_number >= ${ask.from})
        or (b.holder_id = ${ask.holderId} and b.state <> 'taken-back'))`.execute(tx);
  return rows;
}

/** Those that could still give a number. */
export async function listBooksInHand(tx: Tx, communityId: string, holderId: string): Promise<BookRow[]> {
  const { rows } = await sql<BookRow>`
    select ${bookColumns} from receipt_books b join accounts a on a.id = b.holder_id
    where b.community_id = ${communityId} and b.holder_id = ${holderId} and b.state in ('issued', 'in-use')`.execute(
    tx,
  );
  return rows;
}

export async function findBook(tx: Tx, communityId: string, id: string, lock = false): Promise<BookRow | undefined> {
  const { rows } = await sql<BookRow>`
    select ${bookColumns} from receipt_books b join accounts a on a.id = b.holder_id
    where b.community_id = ${communityId} and b.id = ${id} ${lock ? sql`for update of b` : sql``}`.execute(tx);
  return rows[0];
}

export async function listBooks(
  tx: Tx,
  communityId: string,
  filter: { holderId?: string | undefined; state?: ReceiptBookState | undefined; beforeId?: string; limit: number },
): Promise<BookRow[]> {
  const { rows } = await sql<BookRow>`
    select ${bookColumns} from receipt_books b join accounts a on a.id = b.holder_id
    where b.community_id = ${communityId}
      ${filter.holderId === undefined ? sql`` : sql`and b.holder_id = ${filter.holderId}`}
      ${filter.state === undefined ? sql`` : sql`and b.state = ${filter.state}`}
      ${filter.beforeId === undefined ? sql`` : sql`and b.id < ${filter.beforeId}`}
    order by b.id desc limit ${filter.limit}`.execute(tx);
  return rows;
}

export async function insertBook(
  tx: Tx,
  communityId: string,
  book: Pick<ReceiptBook, 'id' | 'series' | 'from' | 'to' | 'holderId' | 'state'> & { usedAt: UsedAt },
): Promise<void> {
  await tx
    .insertInto('receiptBooks')
    .values({
      communityId,
      id: book.id,
      series: book.series,
      fromNumber: book.from,
      toNumber: book.to,
      nextNumber: book.from,
      holderId: book.holderId,
      usedAt: book.usedAt,
      state: book.state,
      version: 1,
    })
    .execute();
}

export async function updateBook(
  tx: Tx,
  communityId: string,
  id: string,
  changes: { state: ReceiptBookState; next: number; version: number; lastIssuedAt: Instant | null },
): Promise<void> {
  const { state, next, version, lastIssuedAt } = changes;
  await tx
    .updateTable('receiptBooks')
    .set({ state, nextNumber: next, version, lastIssuedAt })
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .execute();
}

export async function insertBookEvent(
  tx: Tx,
  communityId: string,
  event: { id: string } & Omit<BookEventRow, 'byName'>,
): Promise<void> {
  await tx
    .insertInto('receiptBookEvents')
    .values({ communityId, ...event })
    .execute();
}

export async function listBookEvents(tx: Tx, communityId: string, bookIds: readonly string[]): Promise<BookEventRow[]> {
  const { rows } = await sql<BookEventRow>`
    select e.book_id, e.action, e.at, e.by_id, a.name as by_name, e.left_count, e.reason
    from receipt_book_events e join accounts a on a.id = e.by_id
    where e.community_id = ${communityId} and e.book_id = any(${bookIds}::uuid[]) order by e.id`.execute(tx);
  return rows;
}

export type BookCount = { bookId: string; issued: number; voided: number; reversed: number };
/** Every number below the next was given out; only those that ended otherwise are counted one by one. */
export async function countReceipts(tx: Tx, communityId: string, bookIds: readonly string[]): Promise<BookCount[]> {
  const { rows } = await sql<BookCount>`
    select b.id as book_id, b.next_number - b.from_number - ended.voided - ended.reversed as issued, ended.voided, ended.reversed
    from receipt_books b cross join lateral (
      select (count(*) filter (where e.action = 'void'))::int as voided, (count(*) filter (where e.action = 'reverse'))::int as reversed
      from receipt_events e join receipts r on r.community_id = e.community_id and r.id = e.receipt_id
      where e.community_id = b.community_id and e.action in ('void', 'reverse') and r.book_id = b.id) ended
    where b.community_id = ${communityId} and b.id = any(${bookIds}::uuid[])`.execute(tx);
  return rows;
}
