// Yuan as people write it, fen as the house counts.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fenFault, fenLimit, fenOf, fenOfYuan, readYuan, splitByWeight, sumFen, yuanOfFen } from './money.ts';

describe('yuan and fen', () => {
  it.each([
    ['35', 3500],
    ['35.5', 3550],
    ['35.50', 3550],
    [' 0.07 ', 7],
    ['1,234,567.89', 123_456_789],
    ['1，234', 123_400],
    ['35.555', null],
    ['-1', null],
    ['', null],
    ['1e3', null],
    ['三十', null],
  ] as const)('%s yuan', (text, fen) => {
    expect(fenOfYuan(text)).toBe(fen);
  });

  it.each([0, 1, 99, 100, 3550, 123_456_789])('%d fen written and read again', (fen) => {
    expect(fenOfYuan(yuanOfFen(fen))).toBe(fen);
  });

  it('writes below zero with a sign', () => {
    expect(yuanOfFen(-5)).toBe('-0.05');
  });
});

describe('an amount typed at the counter', () => {
  it.each([
    ['100', 10_000],
    ['100.5', 10_050],
    ['0.01', 1],
    ['007', 700],
    ['1,234.56', 123_456],
    ['¥ 88.80', 8880],
    ['８８．８０元', 8880],
    ['9999999999.99', 999_999_999_999],
  ])('%s is read', (typed, fen) => {
    expect(readYuan(typed)).toEqual({ fen, fault: null });
  });

  it.each([
    ['', 'amount_missing'],
    ['   ', 'amount_missing'],
    ['元', 'amount_missing'],
    ['0', 'amount_zero'],
    ['0.00', 'amount_zero'],
    ['-5', 'amount_negative'],
    ['－5', 'amount_negative'],
    ['1.005', 'amount_parts_of_fen'],
    ['1.000', 'amount_parts_of_fen'],
    ['10000000000', 'amount_too_large'],
    ['1000000000000', 'amount_too_large'],
    ['9'.repeat(61), 'amount_too_large'],
    ['1e3', 'amount_not_a_number'],
    ['1,23', 'amount_not_a_number'],
    ['.5', 'amount_not_a_number'],
    ['三十', 'amount_not_a_number'],
    ['1 000', 'amount_not_a_number'],
  ])('%s is refused: %s', (typed, fault) => {
    expect(readYuan(typed)).toEqual({ fen: null, fault });
  });

  it.each([
    [1, null],
    [fenLimit - 1, null],
    [fenLimit, 'amount_too_large'],
    [0, 'amount_zero'],
    [-1, 'amount_negative'],
    [1.5, 'amount_parts_of_fen'],
    [Number.NaN, 'amount_not_a_number'],
  ] as const)('%d fen on the wire: %s', (fen, fault) => {
    expect(fenFault(fen)).toBe(fault);
  });

  it('reads back every amount that it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: fenLimit - 1 }), (fen) => {
        expect(readYuan(yuanOfFen(fen))).toEqual({ fen, fault: null });
      }),
    );
  });
});

describe('a whole shared out', () => {
  it.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [100, [1, 2, 1], [25, 50, 25]],
    [10, [1, 1, 1, 1], [3, 3, 2, 2]],
    [1, [1, 5], [0, 1]],
    [5, [0, 0], [3, 2]],
    [-100, [1, 1, 1], [-34, -33, -33]],
    [0, [3, 4], [0, 0]],
    [7, [0, 1], [0, 7]],
  ])('%d fen by %j is %j', (total, weights, shares) => {
    expect(splitByWeight(total, weights)).toEqual(shares);
  });

  it('sums to the whole, gives nobody more than a fen beside the exact share, and nothing for no weight', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: fenLimit }),
        fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 40 }),
        (total, weights) => {
          const shares = splitByWeight(total, weights);
          expect(sumFen(shares)).toBe(total);
          const sum = weights.reduce((a, b) => a + b, 0);
          if (sum === 0) return;
          shares.forEach((share, index) => {
            const exact = (BigInt(total) * BigInt(weights[index] as number)) / BigInt(sum);
            expect(BigInt(share) - exact).toBeGreaterThanOrEqual(0n);
            expect(BigInt(share) - exact).toBeLessThanOrEqual(1n);
            if (weights[index] === 0) expect(share).toBe(0);
          });
        },
      ),
    );
  });

  it('is a fault among nobody, by a weight below zero, or beyond the safe integers', () => {
    expect(() => splitByWeight(1, [])).toThrow(RangeError);
    expect(() => splitByWeight(1, [1, -1])).toThrow(RangeError);
    expect(() => sumFen([Number.MAX_SAFE_INTEGER, 1])).toThrow(RangeError);
    expect(() => fenOf(2n ** 60n)).toThrow(RangeError);
  });
});
