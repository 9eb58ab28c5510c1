// What `verify` asks of the counter (MN6): every number of a book is there once and in the order of time, and every money taken
// has one receipt that stands for it, over its own amount.
import { type Check, checkPage } from '../../platform/checks.ts';
import { sql } from '../../platform/database/database.ts';
import { bookBreaches } from '../receipts/receipt.rules.ts';

type BookRow = { communityId: string; id: string; from: number; to: number; next: number };
type Numbered = { number: number; issuedAt: string };

export const receiptNumbersHaveNoGap: Check = async function* (tx) {
  const books = await sql<BookRow>`
    select community_id, id, from_number as "from", to_number as "to", next_number as "next" from receipt_books order by id`.execute(
    tx,
  );
  for (const book of books.rows) {
    const { rows } = await sql<Numbered>`
      select number, issued_at from receipts where community_id = ${book.communityId} and book_id = ${book.id} order by number`.execute(
      tx,
    );
    for (const { code, number } of bookBreaches(book, rows))
      yield { communityId: book.communityId, what: code, facts: { bookId: book.id, number } };
  }
};

type Taken = { communityId: string; id: string; noun: string; amountFen: number; standing: number; receiptFen: number };

export const moneyHasItsReceipt: Check = async function* (tx) {
  for (let after = ''; ; ) {
    const { rows } = await sql<Taken>`
      select t.community_id, t.id, t.noun, t.amount_fen,
        (select count(*) from receipts r where r.community_id = t.community_id and r.source_id = t.id
          and not exists (select from receipts later where later.community_id = r.community_id and later.replaces_id = r.id))::int as standing,
        (select coalesce(max(r.amount_fen), 0) from receipts r where r.community_id = t.community_id and r.source_id = t.id)::bigint as receipt_fen
      from (select community_id, id, 'payment' as noun, amount_fen from payments
        union all select community_id, id, 'deposit', amount_fen from deposits) t
      where ${after} = '' or t.id > nullif(${after}, '')::uuid order by t.id limit ${checkPage}`.execute(tx);
    for (const { communityId, id, noun, amountFen, standing, receiptFen } of rows)
      if (standing !== 1 || receiptFen !== amountFen)
        yield { communityId, what: 'money_without_receipt', facts: { noun, id, standing, amountFen, receiptFen } };
    if (rows.length < checkPage) return;
    after = rows.at(-1)?.id ?? '';
  }
};

type Refunded = { communityId: string; id: string; what: string };

/** MN7: what left of the money paid ahead did so by one approved refund over the same amount and household. */
export const refundsHaveTheirVoucher: Check = async function* (tx) {
  const { rows } = await sql<Refunded>`
    select e.community_id, e.id, 'refund_without_voucher' as what from ledger_entries e
    where e.kind = 'refund' and not exists (
      select from prepaid_refunds r join ledger_lines l on l.community_id = r.community_id and l.entry_id = r.entry_id
        and l.account = 'prepaid' and l.unit_id = r.unit_id and l.amount_fen = r.amount_fen
      where r.community_id = e.community_id and r.entry_id = e.id)
    union all
    select r.community_id, r.id, 'voucher_without_refund' from prepaid_refunds r
    join ledger_entries e on e.community_id = r.community_id and e.id = r.entry_id
    where e.kind <> 'refund' or e.cashier_id <> r.paid_by
    order by 1, 2`.execute(tx);
  for (const { communityId, id, what } of rows) yield { communityId, what, facts: { id } };
};
