// SQL of receipts 收据: the statement that takes a number and writes its receipt at once, and what came of each later.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { Method } from '../ledger/ledger.contract.ts';
import type { ReceiptKind, ReceiptLine, ReceiptState } from './receipt.contract.ts';

export type ReceiptDraft = {
  id: string;
  kind: ReceiptKind;
  sourceId: string | null;
  replacesId: string | null;
  lines: readonly ReceiptLine[];
  amountFen: number;
  methods: readonly Method[];
  payer: string | null;
};

/**
 * The next number of the book and the receipt that carries it, in one statement, so that the book's row is locked from here
 * to the commit and no longer. False: the book gives no number by now (used up, given up, or its last was written later).
 */
export async function insertNumbered(
  tx: Tx,
  communityId: string,
  from: { bookId: string; holderId: string; at: Instant; latestLast: Instant },
  draft: ReceiptDraft,
): Promise<boolean> {
  const { rows } = await sql`
    with book as (
      update receipt_books set next_number = next_number + 1,
        state = case when next_number = to_number then 'used-up' else 'in-use' end,
        last_issued_at = greatest(last_issued_at, ${from.at}::timestamptz),
        version = version + 1
      where community_id = ${communityId} and id = ${from.bookId} and holder_id = ${from.holderId}
        and state in ('issued', 'in-use') and (last_issued_at is null or last_issued_at <= ${from.latestLast})
      returning id, series, next_number - 1 as number, last_issued_at
    ), written as (
      insert into receipts (community_id, id, book_id, series, number, kind, source_id, replaces_id, lines, amount_fen, methods, cashier_id, issued_at)
      select ${communityId}::uuid, ${draft.id}::uuid, id, series, number, ${draft.kind}, ${draft.sourceId}::uuid, ${draft.replacesId}::uuid,
        ${JSON.stringify(draft.lines)}::jsonb, ${draft.amountFen}::bigint, ${draft.methods}::text[], ${from.holderId}::uuid, last_issued_at
      from book
    ), named as (
      insert into receipt_texts (community_id, receipt_id, payer)
      select ${communityId}::uuid, ${draft.id}::uuid, ${draft.payer} from book where ${draft.payer}::text is not null
    )
    select number from book`.execute(tx);
  return rows.length === 1;
}

/** The blanks of a book that is given up: each number voided and kept, in one statement. */
export async function insertVoidedBlanks(
  tx: Tx,
  communityId: string,
  book: { id: string; series: string; holderId: string },
  blanks: readonly { id: string; eventId: string; number: number }[],
  said: { at: Instant; byId: string; reason: string },
): Promise<void> {
  if (blanks.length === 0) return;
  const ids = blanks.map((one) => one.id);
  await sql`
    insert into receipts (community_id, id, book_id, series, number, kind, lines, amount_fen, methods, cashier_id, issued_at)
    select ${communityId}::uuid, id, ${book.id}::uuid, ${book.series}, number, 'blank', '[]'::jsonb, 0, '{}'::text[], ${book.holderId}::uuid, ${said.at}::timestamptz
    from unnest(${ids}::uuid[], ${blanks.map((one) => one.number)}::int[]) as b(id, number)`.execute(tx);
  await sql`
    insert into receipt_events (community_id, id, receipt_id, action, at, by_id)
    select ${communityId}::uuid, event_id, id, 'void', ${said.at}::timestamptz, ${said.byId}::uuid
    from unnest(${ids}::uuid[], ${blanks.map((one) => one.eventId)}::uuid[]) as b(id, event_id)`.execute(tx);
  await sql`
    insert into receipt_texts (community_id, receipt_id, reason)
    select ${communityId}::uuid, id, ${said.reason} from unnest(${ids}::uuid[]) as b(id)`.execute(tx);
}

export async function insertReceiptEvent(
  tx: Tx,
  communityId: string,
  event: { id: string; receiptId: string; action: 'void' | 'reverse' | 'print'; at: Instant; byId: string },
): Promise<void> {
  await tx
    .insertInto('receiptEvents')
    .values({ communityId, ...event })
    .execute();
}

export async function writeReason(tx: Tx, communityId: string, receiptId: string, reason: string): Promise<void> {
  await sql`
    insert into receipt_texts (community_id, receipt_id, reason) values (${communityId}, ${receiptId}, ${reason})
    on conflict (community_id, receipt_id) do update set reason = excluded.reason`.execute(tx);
}

export type ReceiptRow = {
  id: string;
  bookId: string;
  series: string;
  number: number;
  kind: ReceiptKind;
  sourceId: string | null;
  state: ReceiptState;
  lines: ReceiptLine[];
  amountFen: number;
  methods: Method[];
  payer: string | null;
  reason: string | null;
  cashierId: string;
  cashierName: string;
  issuedAt: Instant;
  copies: number;
  replacesId: string | null;
  replacesNumber: number | null;
  replacesSeries: string | null;
  replacedById: string | null;
  replacedByNumber: number | null;
  replacedBySeries: string | null;
};

export type ReceiptFilter = {
  ids?: readonly string[];
  sourceIds?: readonly string[];
  bookId?: string | undefined;
  state?: ReceiptState | undefined;
  series?: string | undefined;
  number?: number | undefined;
  beforeId?: string | undefined;
  limit: number;
};

export async function listReceiptRows(tx: Tx, communityId: string, filter: ReceiptFilter): Promise<ReceiptRow[]> {
  const { rows } = await sql<ReceiptRow>`
    select r.id, r.book_id, r.series, r.number, r.kind, r.source_id,
      case e.action when 'void' then 'voided' when 'reverse' then 'reversed' else 'issued' end as state,
      r.lines, r.amount_fen, r.methods, t.payer, t.reason, r.cashier_id, a.name as cashier_name, r.issued_at,
      (select count(*) from receipt_events p where p.community_id = r.community_id and p.receipt_id = r.id and p.action = 'print')::int as copies,
      r.replaces_id, old.number as replaces_number, old.series as replaces_series,
      later.id as replaced_by_id, later.number as replaced_by_number, later.series as replaced_by_series
    from receipts r join accounts a on a.id = r.cashier_id
    left join receipt_texts t on t.community_id = r.community_id and t.receipt_id = r.id
    left join receipt_events e on e.community_id = r.community_id and e.receipt_id = r.id and e.action in ('void', 'reverse')
    left join receipts old on old.community_id = r.community_id and old.id = r.replaces_id
    left join receipts later on later.community_id = r.community_id and later.replaces_id = r.id
    where r.community_id = ${communityId}
      ${filter.ids === undefined ? sql`` : sql`and r.id = any(${filter.ids}::uuid[])`}
      ${filter.sourceIds === undefined ? sql`` : sql`and r.source_id = any(${filter.sourceIds}::uuid[])`}
      ${filter.bookId === undefined ? sql`` : sql`and r.book_id = ${filter.bookId}`}
      ${filter.state === undefined ? sql`` : sql`and coalesce(e.action, 'issue') = ${{ issued: 'issue', voided: 'void', reversed: 'reverse' }[filter.state]}`}
      ${filter.series === undefined ? sql`` : sql`and r.series = ${filter.series}`}
      ${filter.number === undefined ? sql`` : sql`and r.number = ${filter.number}`}
      ${filter.beforeId === undefined ? sql`` : sql`and r.id < ${filter.beforeId}`}
    order by r.id desc limit ${filter.limit}`.execute(tx);
  return rows;
}

export async function lockReceipt(tx: Tx, communityId: string, id: string): Promise<ReceiptRow | undefined> {
  // The row itself is never updated; the advisory lock makes two hands on one receipt wait for each other.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`receipt:${id}`}, 0))`.execute(tx);
  return (await listReceiptRows(tx, communityId, { ids: [id], limit: 1 }))[0];
}

export async function namesOfHouse(tx: Tx, communityId: string): Promise<{ company: string; community: string }> {
  const { rows } = await sql<{ company: string; community: string }>`
    select o.name as company, c.name as community from communities c join organizations o on o.id = c.organization_id
    where c.id = ${communityId}`.execute(tx);
  return rows[0] ?? { company: '', community: '' };
}
