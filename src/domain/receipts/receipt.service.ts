// Receipts 收据 (MN6): written in the last statement of the transaction that took the money; voided on their day and
// written again under the next number; reversed with their money; printed, the second time as a copy 副本.
import { capitalsOfFen } from '../../kernel/capitals.ts';
import { newId } from '../../kernel/id.ts';
import { pageById } from '../../kernel/paging.ts';
import { notFound, Refusal } from '../../kernel/refusal.ts';
import { dayOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Call, effect, readIn } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import type { Method } from '../ledger/ledger.contract.ts';
import { closeDayFor } from '../ledger/ledger.service.ts';
import {
  type Receipt,
  type ReceiptKind,
  type ReceiptLine,
  type ReceiptListQuery,
  receiptMoves,
  type UsedAt,
} from './receipt.contract.ts';
import {
  bookInHand,
  decideReceiptMove,
  isDuplicate,
  latestLast,
  numberSaid,
  printedReceipt,
  receiptBlocker,
  receiptCode,
  takeNumber,
} from './receipt.rules.ts';
import {
  insertNumbered,
  insertReceiptEvent,
  listReceiptRows,
  lockReceipt,
  namesOfHouse,
  type ReceiptDraft,
  type ReceiptRow,
  writeReason,
} from './receipt.store.ts';
import { type BookRow, findBook, listBooksInHand } from './receipt-book.store.ts';

export type ReceiptAsk = {
  kind: Exclude<ReceiptKind, 'blank'>;
  sourceId: string;
  cashierId: string;
  usedAt: UsedAt;
  lines: readonly ReceiptLine[];
  methods: readonly Method[];
  payer: string;
};

/** No money without a receipt: refused before anything is written where the cashier has no book in hand. */
export async function bookFor(tx: Tx, communityId: string, holderId: string, usedAt: UsedAt): Promise<BookRow> {
  const books = (await listBooksInHand(tx, communityId, holderId)).filter((book) => book.usedAt === usedAt);
  return bookInHand(books, holderId) as BookRow;
}

/**
 * The last statement before the commit: takes the next number of the book in hand. Where somebody at the same counter took
 * the book's last one meanwhile, the next book gives it; without one all that was done before is undone.
 */
export async function writeReceipt(tx: Tx, call: Call, ask: ReceiptAsk, known?: BookRow): Promise<string> {
  const { amountFen } = printedReceipt(ask.lines);
  const id = newId();
  await number(
    tx,
    call,
    ask,
    {
      id,
      kind: ask.kind,
      sourceId: ask.sourceId,
      replacesId: null,
      lines: ask.lines,
      amountFen,
      methods: ask.methods,
      payer: ask.payer,
    },
    known,
  );
  return id;
}

async function number(
  tx: Tx,
  call: Call,
  { cashierId, usedAt }: Pick<ReceiptAsk, 'cashierId' | 'usedAt'>,
  draft: ReceiptDraft,
  known?: BookRow,
): Promise<void> {
  const { communityId, now } = call;
  const taken = (bookId: string) =>
    insertNumbered(tx, communityId, { bookId, holderId: cashierId, at: now, latestLast: latestLast(now) }, draft);
  let book = known ?? (await bookFor(tx, communityId, cashierId, usedAt));
  while (!(await taken(book.id))) {
    const anew = await findBook(tx, communityId, book.id);
    // A clock set back refuses here; a book that ran out meanwhile leaves it to the next.
    if (anew && (anew.state === 'issued' || anew.state === 'in-use')) takeNumber(anew, cashierId, now);
    const next = await bookFor(tx, communityId, cashierId, usedAt);
    if (next.id === book.id) throw new Refusal('receipt.no_book');
    book = next;
  }
}

const isDayOpen = async (tx: Tx, call: Call, receipt: Pick<ReceiptRow, 'cashierId' | 'issuedAt'>): Promise<boolean> =>
  dayOf(receipt.issuedAt) === dayOf(call.now) &&
  !(await closeDayFor(tx, { communityId: call.communityId, now: receipt.issuedAt }, receipt.cashierId)).isDayClosed;

/** Spoiled: the number is kept with its reason, and the money that it stood for gets the next one. */
export async function voidReceipt(call: Call, id: string, reason: string): Promise<string> {
  return effect(call, id, async (tx) => {
    const { communityId } = call;
    const row = await lockReceipt(tx, communityId, id);
    if (!row) throw notFound('receipt');
    const actor = { id: call.actor.accountId, roles: call.roles };
    const facts = { state: row.state, cashierId: row.cashierId, isDayOpen: await isDayOpen(tx, call, row) };
    decideReceiptMove('void', facts, { actor, isApproved: false });
    const book = await findBook(tx, communityId, row.bookId);
    if (!book) throw notFound('receipt-book');
    await end(tx, call, id, 'void', reason);
    await number(
      tx,
      call,
      { cashierId: row.cashierId, usedAt: book.usedAt },
      {
        ...row,
        id: newId(),
        replacesId: id,
      },
    );
  });
}

async function end(tx: Tx, call: Call, receiptId: string, action: 'void' | 'reverse', reason: string): Promise<void> {
  await insertReceiptEvent(tx, call.communityId, {
    id: newId(),
    receiptId,
    action,
    at: call.now,
    byId: call.actor.accountId,
  });
  await writeReason(tx, call.communityId, receiptId, reason);
  await record(tx, call, {
    action: `receipt.${action}`,
    noun: 'receipt',
    nounId: receiptId,
    changed: { state: ['issued', action === 'void' ? 'voided' : 'reversed'] },
  });
}

/** With its money (MN7): the receipt that stands for it now, in the transaction of the opposite entry. */
export async function reverseReceiptOf(
  tx: Tx,
  call: Call,
  sourceId: string,
  reversal: { isApproved: boolean; reason: string },
): Promise<void> {
  const live = (await listReceiptRows(tx, call.communityId, { sourceIds: [sourceId], limit: 200 })).find(
    (one) => one.state === 'issued',
  );
  if (!live) throw new Refusal('receipt.move_not_allowed', { state: 'reversed', move: 'reverse' });
  const row = await lockReceipt(tx, call.communityId, live.id);
  if (!row) throw notFound('receipt');
  decideReceiptMove(
    'reverse',
    { state: row.state, cashierId: row.cashierId, isDayOpen: true },
    { actor: { id: call.actor.accountId, roles: call.roles }, isApproved: reversal.isApproved },
  );
  await end(tx, call, row.id, 'reverse', reversal.reason);
}

/** A blank was spoiled: it takes its number and is voided from the start. */
export async function spoilBlank(call: Call, bookId: string, reason: string): Promise<string> {
  return effect(call, newId(), async (tx, id) => {
    const { communityId } = call;
    const book = await findBook(tx, communityId, bookId);
    if (!book) throw notFound('receipt-book');
    const holderId = call.actor.accountId;
    takeNumber(book, holderId, call.now);
    await record(tx, call, { action: 'receipt.spoil', noun: 'receipt', nounId: id, changed: {} });
    const draft = { id, kind: 'blank', sourceId: null, replacesId: null, lines: [], amountFen: 0 } as const;
    const from = { bookId, holderId, at: call.now, latestLast: latestLast(call.now) };
    if (!(await insertNumbered(tx, communityId, from, { ...draft, methods: [], payer: null })))
      throw new Refusal('receipt-book.move_not_allowed', { state: 'used-up', move: 'begin' });
    await insertReceiptEvent(tx, communityId, {
      id: newId(),
      receiptId: id,
      action: 'void',
      at: call.now,
      byId: holderId,
    });
    await writeReason(tx, communityId, id, reason);
  });
}

export async function printReceipt(call: Call, id: string): Promise<string> {
  return effect(call, id, async (tx) => {
    const row = await lockReceipt(tx, call.communityId, id);
    if (!row || row.kind === 'blank') throw notFound('receipt');
    await insertReceiptEvent(tx, call.communityId, {
      id: newId(),
      receiptId: id,
      action: 'print',
      at: call.now,
      byId: call.actor.accountId,
    });
    await record(tx, call, {
      action: 'receipt.print',
      noun: 'receipt',
      nounId: id,
      changed: { copies: [row.copies, row.copies + 1] },
    });
  });
}

const pointerOf = (id: string | null, series: string | null, number: number | null) =>
  id === null ? null : { id, code: receiptCode(series ?? '', number ?? 0) };

async function shape(tx: Tx, call: Call, rows: readonly ReceiptRow[]): Promise<Receipt[]> {
  const names = await namesOfHouse(tx, call.communityId);
  const actor = { id: call.actor.accountId, roles: call.roles };
  const isOpen = await Promise.all(
    rows.map(async (row) => (row.state === 'issued' ? isDayOpen(tx, call, row) : false)),
  );
  return rows.map((row, index) => {
    const facts = { state: row.state, cashierId: row.cashierId, isDayOpen: isOpen[index] === true };
    return {
      ...names,
      id: row.id,
      code: receiptCode(row.series, row.number),
      series: row.series,
      number: row.number,
      kind: row.kind,
      sourceId: row.sourceId,
      bookId: row.bookId,
      state: row.state,
      lines: row.lines,
      amountFen: row.amountFen,
      amountInCapitals: row.amountFen === 0 ? '' : capitalsOfFen(row.amountFen),
      payer: row.payer ?? '',
      method: row.methods,
      cashier: row.cashierName,
      issuedAt: row.issuedAt,
      reason: row.reason,
      replaces: pointerOf(row.replacesId, row.replacesSeries, row.replacesNumber),
      replacedBy: pointerOf(row.replacedById, row.replacedBySeries, row.replacedByNumber),
      copies: row.copies,
      isDuplicate: isDuplicate(row.copies - 1),
      moves: receiptMoves.flatMap((name) => {
        const refusal = receiptBlocker(name, facts, { actor, isApproved: false });
        if (refusal?.code === 'forbidden') return [];
        return [refusal ? { name, allowed: false, reason: refusal.code } : { name, allowed: true }];
      }),
    };
  });
}

/** The receipt that stands for each of these now: the last that was written for it. */
export async function receiptsOf(tx: Tx, call: Call, sourceIds: readonly string[]): Promise<Map<string, Receipt>> {
  const rows = await listReceiptRows(tx, call.communityId, { sourceIds, limit: sourceIds.length * 20 });
  const last = rows.filter((row) => row.replacedById === null);
  const shaped = await shape(tx, call, last);
  return new Map(shaped.map((one) => [one.sourceId ?? '', one]));
}

export const readReceipt = (call: Call, id: string): Promise<Receipt> =>
  readIn(call, async (tx) => {
    const [receipt] = await shape(tx, call, await listReceiptRows(tx, call.communityId, { ids: [id], limit: 1 }));
    if (!receipt) throw notFound('receipt');
    return receipt;
  });

export const readReceipts = (call: Call, query: ReceiptListQuery) =>
  readIn(call, (tx) =>
    pageById(
      query,
      (from) =>
        listReceiptRows(tx, call.communityId, {
          bookId: query.bookId,
          state: query.state,
          ...(query.q === undefined || query.q === '' ? {} : (numberSaid(query.q) ?? { number: 0 })),
          ...from,
        }),
      (rows) => shape(tx, call, rows),
    ),
  );
