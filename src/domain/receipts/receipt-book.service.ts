// Receipt books 收据本 (MN6): finance gives a range out, takes the used one back 收旧发新, or gives one up, whose numbers
// are then voided and kept.
import { newId } from '../../kernel/id.ts';
import { pageById } from '../../kernel/paging.ts';
import { BadInput, notFound, Refusal, staleVersion } from '../../kernel/refusal.ts';
import type { Tx } from '../../platform/database/database.ts';
import { listPostHolders } from '../access/account.service.ts';
import { type Call, effect, readIn } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import { standardInForce } from '../standards/standard.service.ts';
import type { BookListQuery, IssueBook, ReceiptBookAnswer } from './receipt.contract.ts';
import { decideBookMove, decideIssue, issueFaults } from './receipt.rules.ts';
import { insertVoidedBlanks } from './receipt.store.ts';
import {
  type BookRow,
  countReceipts,
  findBook,
  insertBook,
  insertBookEvent,
  listBookEvents,
  listBooks,
  listBooksAround,
  lockBooks,
  updateBook,
} from './receipt-book.store.ts';

const leftOf = (book: BookRow): number => book.to - book.next + 1;
const hatsOf = (call: Call): 'finance'[] => (call.roles.includes('finance') ? ['finance'] : []);

export async function issueBook(call: Call, ask: IssueBook): Promise<string> {
  return effect(call, newId(), async (tx, id) => {
    const { communityId, now } = call;
    await lockBooks(tx, communityId);
    const { money } = (await standardInForce(tx, communityId)).document;
    const around = await listBooksAround(tx, communityId, ask);
    const faults = issueFaults(ask, around, money.receiptBooks.value);
    const takers = new Set(Object.values(money.collectors.value).flat());
    const holders = await listPostHolders(tx, communityId);
    if (!holders.some((one) => one.accountId === ask.holderId && takers.has(one.role)))
      faults.push({ path: 'holderId', code: 'not_a_collector' });
    if (faults.length > 0) throw new BadInput(faults);
    // A book for the door is counted apart: it lies idle between two appointments.
    const alike = around.filter((book) => book.holderId === ask.holderId && book.usedAt === ask.usedAt);
    const state = decideIssue(ask, alike, money.receiptBooks.value);
    const { series, from, to, holderId, usedAt } = ask;
    await insertBook(tx, communityId, { id, series, from, to, holderId, usedAt, state });
    await insertBookEvent(tx, communityId, {
      id: newId(),
      bookId: id,
      action: 'issue',
      at: now,
      byId: call.actor.accountId,
      leftCount: to - from + 1,
      reason: '',
    });
    await record(tx, call, {
      action: 'receipt-book.issue',
      noun: 'receipt-book',
      nounId: id,
      changed: { series: [null, series], from: [null, from], to: [null, to], holderId: [null, holderId] },
    });
  });
}

export async function moveBook(
  call: Call,
  id: string,
  name: 'close-out' | 'take-back',
  input: { version?: number | undefined; reason?: string },
): Promise<string> {
  return effect(call, id, async (tx) => {
    const { communityId, now } = call;
    const book = await findBook(tx, communityId, id, true);
    if (!book) throw notFound('receipt-book');
    const version = input.version ?? call.ifMatch ?? undefined;
    if (version !== undefined && version !== book.version) throw staleVersion(book.version);
    const { state, voidedNumbers } = decideBookMove(name, book, hatsOf(call));
    const said = { at: now, byId: call.actor.accountId, reason: input.reason ?? '' };
    // A number that is given up is never earlier than the one before it.
    const at = book.lastIssuedAt !== null && book.lastIssuedAt > now ? book.lastIssuedAt : now;
    await insertVoidedBlanks(
      tx,
      communityId,
      book,
      voidedNumbers.map((number) => ({ id: newId(), eventId: newId(), number })),
      { ...said, at },
    );
    const lastIssuedAt = voidedNumbers.length > 0 ? at : book.lastIssuedAt;
    await updateBook(tx, communityId, id, {
      state,
      next: book.next + voidedNumbers.length,
      version: book.version + 1,
      lastIssuedAt,
    });
    await insertBookEvent(tx, communityId, {
      id: newId(),
      bookId: id,
      action: name,
      leftCount: leftOf(book),
      ...said,
    });
    await record(tx, call, {
      action: `receipt-book.${name}`,
      noun: 'receipt-book',
      nounId: id,
      changed: { state: [book.state, state] },
    });
  });
}

const movesOf = (call: Call, book: BookRow): ReceiptBookAnswer['moves'] =>
  (['close-out', 'take-back'] as const).flatMap((name): ReceiptBookAnswer['moves'] => {
    try {
      decideBookMove(name, book, hatsOf(call));
      return [{ name, allowed: true }];
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      return fault.code === 'forbidden' ? [] : [{ name, allowed: false, reason: fault.code }];
    }
  });

async function shapeBooks(tx: Tx, call: Call, rows: readonly BookRow[]): Promise<ReceiptBookAnswer[]> {
  const ids = rows.map((row) => row.id);
  const counts = new Map((await countReceipts(tx, call.communityId, ids)).map((one) => [one.bookId, one]));
  const events = await listBookEvents(tx, call.communityId, ids);
  return rows.map((row) => ({
    id: row.id,
    series: row.series,
    from: row.from,
    to: row.to,
    next: leftOf(row) > 0 ? row.next : null,
    left: leftOf(row),
    holder: { id: row.holderId, name: row.holderName },
    usedAt: row.usedAt,
    state: row.state,
    lastIssuedAt: row.lastIssuedAt,
    counts: {
      issued: counts.get(row.id)?.issued ?? 0,
      voided: counts.get(row.id)?.voided ?? 0,
      reversed: counts.get(row.id)?.reversed ?? 0,
    },
    events: events
      .filter((one) => one.bookId === row.id)
      .map(({ action, at, byId, byName, leftCount, reason }) => ({
        action,
        at,
        by: { id: byId, name: byName },
        left: leftCount,
        reason,
      })),
    version: row.version,
    moves: movesOf(call, row),
  }));
}

export const readBook = (call: Call, id: string): Promise<ReceiptBookAnswer> =>
  readIn(call, async (tx) => {
    const row = await findBook(tx, call.communityId, id);
    const [book] = row ? await shapeBooks(tx, call, [row]) : [];
    if (!book) throw notFound('receipt-book');
    return book;
  });

export const readBooks = (call: Call, query: BookListQuery) =>
  readIn(call, (tx) =>
    pageById(
      query,
      (from) =>
        listBooks(tx, call.communityId, {
          holderId: query.holderId,
          state: query.state,
          ...from,
        }),
      (rows) => shapeBooks(tx, call, rows),
    ),
  );
