// When money is an alarm (MN6): each line one case, at the figure and just past it.
import { describe, expect, it } from 'vitest';
import { alarmsOf, type MoneyFacts } from './money-alarm.rules.ts';

const figures = { cashLimits: { drawerFen: 5000, carriedFen: 2000 }, handInBy: '18:00', bookRunningOut: 10 };
const none: MoneyFacts = { drawers: [], notHandedOver: [], carried: [], blanks: [], withoutReceipt: [], surprises: [] };
const six = '2026-11-26T10:00:00.000Z';
const pastSix = '2026-11-26T10:00:00.001Z';
const kindsAt = (now: string, facts: Partial<MoneyFacts>) =>
  alarmsOf({ ...none, ...facts }, figures, now, '2026-11-26').map(({ kind, subject }) => `${kind} ${subject}`);

describe('MN6: money is an alarm', () => {
  it.each<[string, Partial<MoneyFacts>, string[], string[]]>([
    ['a drawer at its limit', { drawers: [{ cashierId: 'a', cashFen: 5000 }] }, [], []],
    [
      'a drawer above it, once a day',
      { drawers: [{ cashierId: 'a', cashFen: 5001 }] },
      ['cash-above-limit a 2026-11-26'],
      ['cash-above-limit a 2026-11-26'],
    ],
    [
      'a day that nobody signed for',
      { notHandedOver: [{ cashierId: 'a', day: '2026-11-26', fen: 1 }] },
      [],
      ['not-handed-in a 2026-11-26'],
    ],
    [
      'the day before',
      { notHandedOver: [{ cashierId: 'a', day: '2026-11-25', fen: 1 }] },
      ['not-handed-in a 2026-11-25'],
      ['not-handed-in a 2026-11-25'],
    ],
    [
      'cash from doors, due at six',
      { carried: [{ id: 'c', collectorId: 'a', cashFen: 2000, dueAt: six }] },
      [],
      ['carried-late c'],
    ],
    [
      'much cash from doors',
      { carried: [{ id: 'c', collectorId: 'a', cashFen: 2001, dueAt: pastSix }] },
      ['carried-above-limit c'],
      ['carried-above-limit c'],
    ],
    ['eleven blanks', { blanks: [{ holderId: 'a', usedAt: 'counter', lastBookId: 'b', left: 11 }] }, [], []],
    [
      'ten blanks',
      { blanks: [{ holderId: 'a', usedAt: 'counter', lastBookId: 'b', left: 10 }] },
      ['book-running-out b'],
      ['book-running-out b'],
    ],
    [
      'money without a receipt',
      { withoutReceipt: [{ id: 'p', cashierId: 'a', amountFen: 1 }] },
      ['amount-without-receipt p'],
      ['amount-without-receipt p'],
    ],
    [
      'a surprise count that differs',
      { surprises: [{ id: 's', cashierId: 'a', differenceFen: -1 }] },
      ['surprise-difference s'],
      ['surprise-difference s'],
    ],
  ])('%s', (_name, facts, atSix, afterwards) => {
    expect(kindsAt(six, facts)).toEqual(atSix);
    expect(kindsAt(pastSix, facts)).toEqual(afterwards);
  });
});
