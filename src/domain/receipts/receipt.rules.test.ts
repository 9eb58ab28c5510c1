// Receipts and books: complete tables of state × move, numbers without gaps, ranges, what is printed (MN6, MN7).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../kernel/refusal.ts';
import {
  type ReceiptLine,
  receiptBookMoves,
  receiptBookStates,
  receiptMoves,
  receiptRefusals,
  receiptStates,
} from './receipt.contract.ts';
import {
  bookBreaches,
  bookInHand,
  decideBookMove,
  decideIssue,
  decideReceiptMove,
  isDuplicate,
  issueFaults,
  numberSaid,
  printedReceipt,
  type ReceiptBook,
  receiptCode,
  takeNumber,
} from './receipt.rules.ts';
import {
  receiptBookMoveWords,
  receiptBookStateWords,
  receiptMoveWords,
  receiptProblems,
  receiptStateWords,
} from './receipt.words.ts';

const now = '2026-11-26T02:00:00.000Z';
const book: ReceiptBook = {
  id: 'b1',
  series: 'A',
  from: 101,
  to: 103,
  next: 101,
  holderId: 'k1',
  state: 'issued',
  lastIssuedAt: null,
};
const outcome = (act: () => unknown): string => {
  try {
    return String(act());
  } catch (fault) {
    if (fault instanceof Refusal) return fault.code;
    throw fault;
  }
};

describe('spec/10: receipt', () => {
  const table: Record<string, string> = { 'void issued': 'voided', 'reverse issued': 'reversed' };
  const people = {
    cashier: { id: 'k1', roles: ['cashier'] },
    another: { id: 'k2', roles: ['cashier'] },
    finance: { id: 'f1', roles: ['finance'] },
    manager: { id: 'm1', roles: ['manager'] },
  };
  const may: Record<string, readonly string[]> = { void: ['cashier', 'finance'], reverse: ['finance'] };
  for (const move of receiptMoves)
    for (const state of receiptStates)
      for (const [who, actor] of Object.entries(people))
        it(`${move} of one that is ${state} by ${who}`, () => {
          const expected = !may[move]?.includes(who)
            ? 'forbidden'
            : (table[`${move} ${state}`] ?? 'receipt.move_not_allowed');
          const facts = { state, cashierId: 'k1', isDayOpen: true };
          expect(outcome(() => decideReceiptMove(move, facts, { actor, isApproved: true }))).toBe(expected);
        });

  it('is voided only while its day is open, reversed only with approval', () => {
    const facts = { state: 'issued' as const, cashierId: 'k1', isDayOpen: false };
    expect(outcome(() => decideReceiptMove('void', facts, { actor: people.cashier, isApproved: true }))).toBe(
      'receipt.day_closed',
    );
    expect(outcome(() => decideReceiptMove('reverse', facts, { actor: people.finance, isApproved: false }))).toBe(
      'receipt.approval_missing',
    );
    expect(outcome(() => decideReceiptMove('reverse', facts, { actor: people.finance, isApproved: true }))).toBe(
      'reversed',
    );
  });
});

describe('spec/10: receipt book', () => {
  const table: Record<string, string> = {
    'begin issued': 'in-use',
    'use-up in-use': 'used-up',
    'close-out issued': 'used-up',
    'close-out in-use': 'used-up',
    'take-back used-up': 'taken-back',
  };
  const may: Record<string, readonly string[]> = {
    begin: ['holder', 'system'],
    'use-up': ['system'],
    'close-out': ['finance'],
    'take-back': ['finance'],
  };
  for (const move of receiptBookMoves)
    for (const state of receiptBookStates)
      for (const hat of ['holder', 'finance', 'system'] as const)
        it(`${move} of one that is ${state} by ${hat}`, () => {
          const full = { ...book, state, next: 104 };
          const expected = !may[move]?.includes(hat)
            ? 'forbidden'
            : (table[`${move} ${state}`] ?? 'receipt-book.move_not_allowed');
          expect(outcome(() => decideBookMove(move, full, [hat]).state)).toBe(expected);
        });

  it('given up before its end voids each number that is left and keeps it', () => {
    expect(decideBookMove('close-out', { ...book, state: 'in-use', next: 102 }, ['finance'])).toEqual({
      state: 'used-up',
      voidedNumbers: [102, 103],
    });
    expect(outcome(() => decideBookMove('use-up', { ...book, state: 'in-use', next: 103 }, ['system']))).toBe(
      'receipt-book.numbers_left',
    );
  });
});

describe('MN6: numbers', () => {
  it('run from the first to the last, then the book is used up', () => {
    let at = book;
    const codes: string[] = [];
    for (let turn = 0; turn < 3; turn++) {
      const taken = takeNumber(at, 'k1', now);
      codes.push(taken.code);
      at = taken.book;
    }
    expect(codes).toEqual(['A0000101', 'A0000102', 'A0000103']);
    expect(at.state).toBe('used-up');
    expect(outcome(() => takeNumber(at, 'k1', now))).toBe('receipt-book.move_not_allowed');
    expect(receiptCode('SJ', 9_999_999)).toBe('SJ9999999');
  });

  it('are given only to the holder, never before the book’s last', () => {
    expect(outcome(() => takeNumber(book, 'k2', now))).toBe('receipt-book.not_holder');
    const last = { ...book, lastIssuedAt: '2026-11-26T02:00:30.001Z' };
    expect(outcome(() => takeNumber(last, 'k1', now))).toBe('receipt.time_before_last');
    // One that waited for another is written at the other's time.
    const waited = { ...book, lastIssuedAt: '2026-11-26T02:00:00.250Z' };
    expect(takeNumber(waited, 'k1', now).book.lastIssuedAt).toBe('2026-11-26T02:00:00.250Z');
    expect(takeNumber({ ...book, lastIssuedAt: now }, 'k1', now).number).toBe(101);
  });

  it('come from the book in use, else from the first issued; without a book no money is taken', () => {
    const second = { ...book, id: 'b2', from: 201, to: 203, next: 201 };
    const used = { ...book, id: 'b0', state: 'in-use' as const, from: 301 };
    expect(bookInHand([second, book], 'k1').id).toBe('b1');
    expect(bookInHand([second, book, used], 'k1').id).toBe('b0');
    expect(
      outcome(() =>
        bookInHand(
          [
            { ...book, state: 'taken-back' },
            { ...book, holderId: 'k2' },
          ],
          'k1',
        ),
      ),
    ).toBe('receipt.no_book');
  });

  it('a range lies on no other, is not too long, and used books come back first', () => {
    const rule = { mostNumbers: 500, mostBooksInHand: 2 };
    const ask = { series: 'A', from: 1, to: 100, holderId: 'k1' };
    const faults = (more: Partial<typeof ask>) =>
      issueFaults({ ...ask, ...more }, [book], rule).map(({ path, code }) => `${path} ${code}`);
    expect(faults({})).toEqual([]);
    expect(faults({ to: 0 })).toEqual(['to range_reversed']);
    expect(faults({ from: 200, to: 700 })).toEqual(['to range_too_long']);
    expect(faults({ to: 101 })).toEqual(['from range_taken']);
    expect(faults({ from: 103, to: 150 })).toEqual(['from range_taken']);
    expect(faults({ series: 'B', to: 101 })).toEqual([]);
    expect(decideIssue(ask, [book], rule)).toBe('issued');
    expect(outcome(() => decideIssue(ask, [{ ...book, state: 'used-up' }], rule))).toBe(
      'receipt-book.old_not_taken_back',
    );
    expect(outcome(() => decideIssue(ask, [book, book], rule))).toBe('receipt-book.old_not_taken_back');
    expect(decideIssue(ask, [{ ...book, state: 'taken-back' }], rule)).toBe('issued');
  });

  it('that are missing, twice, outside or out of order are found', () => {
    const at = (second: number) => `2026-11-26T02:00:0${second}.000Z`;
    const used = { from: 1, to: 9, next: 4 };
    const found = (...rows: [number, number][]) =>
      bookBreaches(
        used,
        rows.map(([number, second]) => ({ number, issuedAt: at(second) })),
      ).map(({ code, number }) => `${code} ${number}`);
    expect(found([1, 1], [2, 2], [3, 3])).toEqual([]);
    expect(found([1, 1], [3, 3])).toEqual(['number_missing 2']);
    expect(found([1, 1], [2, 2], [2, 2], [3, 3])).toEqual(['number_twice 2']);
    expect(found([1, 1], [2, 2], [3, 3], [4, 4])).toEqual(['number_outside 4']);
    expect(found([1, 5], [2, 2], [3, 6])).toEqual(['order_of_time 2']);
  });

  it('however many are taken before it is closed out, a book has each of its numbers once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 80 }), (length, turns) => {
        let at: ReceiptBook = { ...book, from: 1, to: length, next: 1 };
        const numbers: number[] = [];
        for (let turn = 0; turn < turns; turn++) {
          if (at.state === 'used-up') break;
          const taken = takeNumber(at, 'k1', now);
          numbers.push(taken.number);
          at = taken.book;
        }
        if (at.state !== 'used-up') numbers.push(...decideBookMove('close-out', at, ['finance']).voidedNumbers);
        expect(numbers).toEqual(Array.from({ length }, (_, index) => index + 1));
        expect(
          bookBreaches(
            { from: 1, to: length, next: length + 1 },
            numbers.map((number) => ({ number, issuedAt: now })),
          ),
        ).toEqual([]);
      }),
    );
  });
});

describe('MN6: what is printed', () => {
  const line = (amountFen: number): ReceiptLine => ({
    unit: '1栋101',
    charge: '物业管理费',
    month: '2026-11',
    quantity: '89.5',
    unitPriceFen: 280,
    unitPrice: '2.80',
    amountFen,
  });
  it('the sum of its lines in figures and capitals; a second print is a copy', () => {
    expect(printedReceipt([line(25_060), line(3004)])).toMatchObject({
      amountFen: 28_064,
      amountInCapitals: '贰佰捌拾元陆角肆分',
    });
    expect([isDuplicate(0), isDuplicate(1)]).toEqual([false, true]);
  });

  it('every state, move and refusal has a word', () => {
    expect(Object.keys(receiptStateWords)).toEqual([...receiptStates]);
    expect(Object.keys(receiptMoveWords)).toEqual([...receiptMoves]);
    expect(Object.keys(receiptBookStateWords)).toEqual([...receiptBookStates]);
    expect(Object.keys(receiptBookMoveWords)).toEqual([...receiptBookMoves]);
    expect(Object.keys(receiptProblems.titles).sort()).toEqual([...receiptRefusals].sort());
  });
});

describe('MN6: a number as people say it', () => {
  it.each([
    ['A0001836', { series: 'A', number: 1836 }],
    ['a1836', { series: 'A', number: 1836 }],
    ['SJ26-0000012', { series: 'SJ26', number: 12 }],
    ['ab 0012', { series: 'AB', number: 12 }],
    ['1836', { number: 1836 }],
    ['0001836', { number: 1836 }],
    ['假收据', null],
    ['A 12345678', { series: 'A1', number: 2_345_678 }],
    ['A12345678901234', null],
  ])('reads the number of a receipt: %s', (code, said) => expect(numberSaid(code)).toEqual(said));
});
