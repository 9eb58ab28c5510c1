// The daily close: complete table of state × move × hat, cut-off, the count, the entries and the chain of seals (MN8).
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sumFen } from '../../kernel/money.ts';
import { BadInput, Refusal } from '../../kernel/refusal.ts';
import { emptyBalances, post } from '../ledger/balance.rules.ts';
import { closeDayOf } from '../ledger/close-day.rules.ts';
import {
  type Count,
  dailyCloseFaultCodes,
  dailyCloseMoves,
  dailyCloseRefusals,
  dailyCloseStates,
  type SealedClose,
} from './daily-close.contract.ts';
import { brokenSeal, decideCloseMove, firstSeal, handOverEntries, judgeCount, sealOf } from './daily-close.rules.ts';
import { dailyCloseMoveWords, dailyCloseProblems, dailyCloseStateWords } from './daily-close.words.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const people = {
  cashier: { id: 'k1', roles: ['cashier'] },
  another: { id: 'k2', roles: ['cashier'] },
  finance: { id: 'f1', roles: ['finance'] },
  manager: { id: 'm1', roles: ['manager'] },
};
const close = { state: 'open' as const, cashierId: 'k1', hasEarlierOpen: false };
const outcome = (act: () => unknown): string => {
  try {
    return String(act());
  } catch (fault) {
    if (fault instanceof Refusal) return fault.code;
    if (fault instanceof BadInput) return fault.message;
    throw fault;
  }
};

describe('spec/10: daily close', () => {
  const table: Record<string, string> = {
    'count open': 'counted',
    'count counted': 'counted',
    'hand-over counted': 'handed-over',
    'seal handed-over': 'sealed',
  };
  const may: Record<string, readonly string[]> = {
    count: ['cashier'],
    'hand-over': ['finance'],
    seal: ['finance', 'manager'],
  };
  for (const move of dailyCloseMoves)
    for (const state of dailyCloseStates)
      for (const [who, actor] of Object.entries(people))
        it(`${move} of one that is ${state} by ${who}`, () => {
          const expected = !may[move]?.includes(who)
            ? 'forbidden'
            : (table[`${move} ${state}`] ?? 'daily-close.move_not_allowed');
          expect(outcome(() => decideCloseMove(move, { ...close, state }, actor))).toBe(expected);
        });

  it('a cashier who is also finance neither receives nor seals the own money', () => {
    const both = { id: 'k1', roles: ['cashier', 'finance'] };
    expect(outcome(() => decideCloseMove('hand-over', { ...close, state: 'counted' }, both))).toBe(
      'daily-close.same_person',
    );
    expect(outcome(() => decideCloseMove('seal', { ...close, state: 'handed-over' }, both))).toBe(
      'daily-close.same_person',
    );
  });

  it('days are closed in their order', () => {
    expect(outcome(() => decideCloseMove('count', { ...close, hasEarlierOpen: true }, people.cashier))).toBe(
      'daily-close.earlier_open',
    );
  });
});

describe('MN8, FD18: the cut-off', () => {
  it.each([
    ['standard, 16:59:59', '2026-11-26T08:59:59.000Z', '17:00', '2026-11-26'],
    ['standard, 17:00:00', '2026-11-26T09:00:00.000Z', '17:00', '2026-11-26'],
    ['standard, a second later: the next close', '2026-11-26T09:00:01.000Z', '17:00', '2026-11-27'],
    ['luxury, a minute before midnight', '2026-11-26T15:59:00.000Z', null, '2026-11-26'],
    ['luxury, midnight', '2026-11-26T16:00:00.000Z', null, '2026-11-27'],
  ])('%s', (_, at, cutoff, day) => {
    expect(closeDayOf(at, { cutoff })).toBe(day);
  });
});

describe('MN8: the count', () => {
  const faces = [10_000, 5000, 2000, 1000, 500, 100, 50, 10];
  const count = (more: Partial<Count> = {}): Count => ({
    cash: [
      { faceFen: 10_000, pieces: 3 },
      { faceFen: 50, pieces: 1 },
    ],
    slips: [{ method: 'card', amountFen: 5000, pieces: 2 }],
    ...{ differences: [], blankReceipts: [], signature: 'x' },
    ...more,
  });
  it.each<[string, Partial<Count>, object, string]>([
    ['agrees', {}, { cash: 30_050, card: 5000 }, 'cash 0, card 0'],
    ['too little without a reason', {}, { cash: 30_060, card: 5000 }, 'differences.cash: difference_reason'],
    [
      'too little, named',
      { differences: [{ method: 'cash', reason: '找错' }] },
      { cash: 30_060, card: 5000 },
      'cash -10, card 0',
    ],
    [
      'a way of paying that was not counted',
      {},
      { cash: 30_050, card: 5000, transfer: 1 },
      'differences.transfer: difference_reason',
    ],
    ['slips that are not in the books', {}, { cash: 30_050 }, 'differences.card: difference_reason'],
    [
      'a note that does not exist',
      { cash: [{ faceFen: 30_000, pieces: 1 }] },
      { card: 5000, cash: 30_000 },
      'cash.0.faceFen: unknown_face',
    ],
    [
      'a note twice',
      {
        cash: [
          { faceFen: 100, pieces: 1 },
          { faceFen: 100, pieces: 1 },
        ],
      },
      { card: 5000, cash: 200 },
      'cash.1.faceFen: face_twice',
    ],
    [
      'cash as a slip',
      { slips: [{ method: 'cash', amountFen: 1, pieces: 1 }] },
      { cash: 30_050 },
      'slips.0.method: cash_by_pieces',
    ],
  ])('%s', (_, more, books, expected) => {
    expect(
      outcome(() =>
        judgeCount(count(more), books, faces)
          .map(({ method, differenceFen }) => `${method} ${differenceFen}`)
          .join(', '),
      ),
    ).toBe(expected);
  });

  it('leaves the drawer empty, with each difference an entry of its own', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -100_000, max: 10_000_000 }),
        fc.integer({ min: 0, max: 10_000_000 }),
        (bookFen, countedFen) => {
          const balances = emptyBalances();
          const drawer = {
            account: 'cash' as const,
            unitId: null,
            chargeId: null,
            itemId: null,
            depositId: null,
            cashierId: 'k1',
          };
          post(balances, { lines: [{ ...drawer, amountFen: bookFen }] });
          for (const entry of handOverEntries('k1', [
            { method: 'cash', bookFen, countedFen, differenceFen: countedFen - bookFen, reason: 'x' },
          ])) {
            expect(sumFen(entry.lines.map(({ amountFen }) => amountFen))).toBe(0);
            post(balances, entry);
          }
          expect(balances.drawers.get('k1 cash')).toBe(0);
          expect(balances.byAccount.get('handed-over') ?? 0).toBe(countedFen);
        },
      ),
    );
  });
});

describe('MN8: the chain of seals', () => {
  const sealed = (number: number): SealedClose => ({
    code: `RJ-2026112${number}-0001`,
    communityId: 'c',
    cashierId: 'k1',
    day: `2026-11-2${number}`,
    lines: [{ method: 'cash', bookFen: 100 * number, countedFen: 100 * number, reason: null }],
    receipts: [{ series: 'A', from: number * 10, to: number * 10 + 9, voided: [] }],
    countedById: 'k1',
    countedAt: 'x',
    receivedById: 'f1',
    handedOverAt: 'x',
    slip: '1',
    sealedById: 'f1',
    sealedAt: 'x',
    auditHead: 'h',
  });
  const chain = () => {
    let before = firstSeal;
    return [1, 2, 3].map((number) => {
      const one = sealed(number);
      before = sealOf(before, one, sha256);
      return { close: one, seal: before };
    });
  };

  it('is whole, and shows the first close that was changed, left out or put elsewhere', () => {
    expect(brokenSeal(chain(), sha256)).toBeNull();
    const changed = chain();
    (changed[1] as (typeof changed)[number]).close = { ...sealed(2), slip: '2' };
    expect(brokenSeal(changed, sha256)).toBe(1);
    expect(brokenSeal(chain().toSpliced(1, 1), sha256)).toBe(1);
    expect(brokenSeal(chain().reverse(), sha256)).toBe(0);
  });
});

it('every state, move, refusal and fault of the close has a word', () => {
  expect(Object.keys(dailyCloseStateWords)).toEqual([...dailyCloseStates]);
  expect(Object.keys(dailyCloseMoveWords)).toEqual([...dailyCloseMoves]);
  expect(Object.keys(dailyCloseProblems.titles).sort()).toEqual([...dailyCloseRefusals].sort());
  expect(Object.keys(dailyCloseProblems.faults).sort()).toEqual([...dailyCloseFaultCodes].sort());
});
