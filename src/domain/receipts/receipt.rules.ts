// Receipts 收据 and their books (MN6): the next number of a book, what is printed, voiding and reversing, issuing a range
// and taking it back 收旧发新, and the proof that no number is missing.
import { capitalsOfFen } from '../../kernel/capitals.ts';
import { sumFen } from '../../kernel/money.ts';
import { allowsBy, allowsFrom } from '../../kernel/moves.ts';
import { type FieldFault, forbidden, Refusal } from '../../kernel/refusal.ts';
import { type Instant, plusMs } from '../../kernel/time.ts';
import type {
  IssueBook,
  ReceiptBookMove,
  ReceiptBookState,
  ReceiptLine,
  ReceiptMove,
  ReceiptState,
} from './receipt.contract.ts';
import { receiptBookMoveTable, receiptMoveTable } from './receipt.moves.ts';

/** A book as it stands; `next` is the number that comes next, `to + 1` when none is left. */
export type ReceiptBook = {
  id: string;
  series: string;
  from: number;
  to: number;
  next: number;
  holderId: string;
  state: ReceiptBookState;
  lastIssuedAt: Instant | null;
};

/** Book prefix and seven figures (spec/12). */
export const receiptCode = (series: string, number: number): string => `${series}${String(number).padStart(7, '0')}`;

/** `A0001836`, `a1836`, `SJ26-0000012` or `1836`, as people say it; null: that is no number of a receipt. */
export function numberSaid(said: string): { series?: string; number: number } | null {
  const text = said.toUpperCase().replaceAll(/[\s-]/g, '');
  const match = /^([A-Z0-9]{1,6})(\d{7})$/.exec(text) ?? /^([A-Z]{0,6})0*(\d{1,7})$/.exec(text);
  if (!match) return null;
  return { ...(match[1] ? { series: match[1] } : {}), number: Number(match[2]) };
}

export type TakenNumber = { number: number; code: string; book: ReceiptBook };

/**
 * Requests under way at the same time each carry the time of their own beginning: one that waited for another is not
 * written earlier than it. No request takes longer than this; whatever is further behind is a clock set back.
 */
const underWayMs = 30_000;

/** When a receipt counts as written: never before the book's last (spec/12). */
export function issueTime(lastIssuedAt: Instant | null, at: Instant): Instant {
  if (lastIssuedAt === null || at >= lastIssuedAt) return at;
  if (plusMs(at, underWayMs) < lastIssuedAt) throw new Refusal('receipt.time_before_last', { last: lastIssuedAt });
  return lastIssuedAt;
}
/** The last that a book may have written for a request of this time to be taken. */
export const latestLast = (at: Instant): Instant => plusMs(at, underWayMs);

/** The book of a cashier that gives the next number: the one in use, else the oldest issued one. None: no money is taken. */
export function bookInHand(books: readonly ReceiptBook[], holderId: string): ReceiptBook {
  const own = books.filter((book) => book.holderId === holderId);
  const book =
    own.find(({ state }) => state === 'in-use') ??
    own
      .filter(({ state }) => state === 'issued')
      .reduce<ReceiptBook | null>((first, one) => (first && first.from <= one.from ? first : one), null);
  if (book === null) throw new Refusal('receipt.no_book');
  return book;
}

/**
 * The next number of a book and the book after it: taken in the last statement before the commit, so numbers have no gap.
 * A receipt is never written before the book's last. A spoiled paper takes its number the same way, voided from the start.
 */
export function takeNumber(book: ReceiptBook, holderId: string, at: Instant): TakenNumber {
  if (book.state !== 'issued' && book.state !== 'in-use')
    throw new Refusal('receipt-book.move_not_allowed', { state: book.state, move: 'begin' });
  if (book.holderId !== holderId) throw new Refusal('receipt-book.not_holder', {}, 403);
  const issuedAt = issueTime(book.lastIssuedAt, at);
  const number = book.next;
  const next = number + 1;
  const state = next > book.to ? 'used-up' : 'in-use';
  return { number, code: receiptCode(book.series, number), book: { ...book, next, state, lastIssuedAt: issuedAt } };
}

export type ReceiptFacts = { state: ReceiptState; cashierId: string; isDayOpen: boolean };
export type ReceiptActor = { id: string; roles: readonly string[] };
export type ReceiptMoveAsk = { actor: ReceiptActor; isApproved: boolean };

const hatsOn = (receipt: ReceiptFacts, { id, roles }: ReceiptActor): ('cashier' | 'finance')[] => [
  ...(id === receipt.cashierId ? (['cashier'] as const) : []),
  ...(roles.includes('finance') ? (['finance'] as const) : []),
];

/** Why a receipt may not be moved so; null: it may. */
export function receiptBlocker(
  name: ReceiptMove,
  receipt: ReceiptFacts,
  { actor, isApproved }: ReceiptMoveAsk,
): Refusal | null {
  if (!allowsBy(receiptMoveTable[name], hatsOn(receipt, actor))) return forbidden(`receipt.${name}`);
  if (!allowsFrom(receiptMoveTable[name], receipt.state))
    return new Refusal('receipt.move_not_allowed', { state: receipt.state, move: name });
  if (name === 'void' && !receipt.isDayOpen) return new Refusal('receipt.day_closed');
  if (name === 'reverse' && !isApproved) return new Refusal('receipt.approval_missing');
  return null;
}

export function decideReceiptMove(name: ReceiptMove, receipt: ReceiptFacts, ask: ReceiptMoveAsk): ReceiptState {
  const refusal = receiptBlocker(name, receipt, ask);
  if (refusal) throw refusal;
  return receiptMoveTable[name].to as ReceiptState;
}

export type BookMoved = { state: ReceiptBookState; voidedNumbers: readonly number[] };

/** A move of a book by finance or by use; a book closed out voids each number that is left and keeps it. */
export function decideBookMove(
  name: ReceiptBookMove,
  book: ReceiptBook,
  worn: readonly ('holder' | 'finance' | 'system')[],
): BookMoved {
  if (!allowsBy(receiptBookMoveTable[name], worn)) throw forbidden(`receipt-book.${name}`);
  if (!allowsFrom(receiptBookMoveTable[name], book.state))
    throw new Refusal('receipt-book.move_not_allowed', { state: book.state, move: name });
  const left = book.to - book.next + 1;
  if (name === 'use-up' && left > 0) throw new Refusal('receipt-book.numbers_left', { left });
  return {
    state: receiptBookMoveTable[name].to as ReceiptBookState,
    voidedNumbers: name === 'close-out' ? Array.from({ length: left }, (_, index) => book.next + index) : [],
  };
}

type BookRange = Omit<IssueBook, 'usedAt'>;
/** How long a book may be: paper books have 50 or 100, a printer's range some thousands. */
export type BookRule = { mostNumbers: number; mostBooksInHand: number };

/** What is wrong with a range, each at its field; and 收旧发新: nobody gets a new book before the used ones are back. */
export function issueFaults(ask: BookRange, books: readonly ReceiptBook[], rule: BookRule): FieldFault[] {
  if (ask.to < ask.from) return [{ path: 'to', code: 'range_reversed' }];
  const faults: FieldFault[] = [];
  if (ask.to - ask.from + 1 > rule.mostNumbers)
    faults.push({ path: 'to', code: 'range_too_long', facts: { most: rule.mostNumbers } });
  const taken = books.find((book) => book.series === ask.series && book.from <= ask.to && book.to >= ask.from);
  if (taken) faults.push({ path: 'from', code: 'range_taken', facts: { from: taken.from, to: taken.to } });
  return faults;
}

export function decideIssue(ask: BookRange, books: readonly ReceiptBook[], rule: BookRule): ReceiptBook['state'] {
  const own = books.filter((book) => book.holderId === ask.holderId);
  if (own.some(({ state }) => state === 'used-up')) throw new Refusal('receipt-book.old_not_taken_back');
  if (own.filter(({ state }) => state === 'issued' || state === 'in-use').length >= rule.mostBooksInHand)
    throw new Refusal('receipt-book.old_not_taken_back');
  return 'issued';
}

export type PrintedReceipt = { lines: readonly ReceiptLine[]; amountFen: number; amountInCapitals: string };

/** What is printed: the lines as they are, their sum, and the sum in capitals. */
export function printedReceipt(lines: readonly ReceiptLine[]): PrintedReceipt {
  const amountFen = sumFen(lines.map((line) => line.amountFen));
  return { lines, amountFen, amountInCapitals: capitalsOfFen(amountFen) };
}

/** The first print is the receipt, every later one a copy 副本. */
export const isDuplicate = (printedBefore: number): boolean => printedBefore > 0;

export type BookBreach = {
  code: 'number_missing' | 'number_twice' | 'number_outside' | 'order_of_time';
  number: number;
};

/** Every number of a book up to the last is there exactly once, and none was written before the one ahead of it (verify, MN6). */
export function bookBreaches(
  book: Pick<ReceiptBook, 'from' | 'to' | 'next'>,
  receipts: readonly { number: number; issuedAt: Instant }[],
): BookBreach[] {
  const breaches: BookBreach[] = [];
  const seen = new Map<number, Instant>();
  for (const { number, issuedAt } of receipts) {
    if (number < book.from || number >= book.next || number > book.to)
      breaches.push({ code: 'number_outside', number });
    else if (seen.has(number)) breaches.push({ code: 'number_twice', number });
    else seen.set(number, issuedAt);
  }
  let last: Instant = '';
  for (let number = book.from; number < book.next; number++) {
    const at = seen.get(number);
    if (at === undefined) breaches.push({ code: 'number_missing', number });
    else {
      if (at < last) breaches.push({ code: 'order_of_time', number });
      last = at;
    }
  }
  return breaches;
}
