// Exact fractions: four operations against whole numbers, rounding as people round money, decimals read and written.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ceilingOf,
  compare,
  decimalText,
  floorOf,
  minus,
  over,
  parseDecimal,
  plus,
  rational,
  rationalText,
  roundHalfUp,
  times,
} from './rational.ts';

describe('exact fractions', () => {
  it.each([
    ['0.5', 1n],
    ['0.4999999999', 0n],
    ['2.5', 3n],
    ['-0.5', -1n],
    ['-2.4', -2n],
    ['-2.6', -3n],
  ])('%s rounded half up', (text, whole) => {
    const value = parseDecimal(text);
    expect(value && roundHalfUp(value)).toBe(whole);
  });

  it.each([
    ['12', 6, '12'],
    ['0.10', 6, '0.1'],
    ['-3.14159', 2, '-3.14'],
    ['0.005', 2, '0.01'],
    ['1000', 2, '1000'],
  ] as const)('%s written with %d places is %s', (text, places, written) => {
    const value = parseDecimal(text);
    expect(value && decimalText(value, places)).toBe(written);
  });

  it.each(['', '.5', '1.', '1e3', '١', '1,2', '--1', '9'.repeat(16)])('%s is no plain decimal', (text) => {
    expect(parseDecimal(text)).toBeNull();
  });

  it('keeps the laws of arithmetic', () => {
    const any = fc
      .tuple(fc.bigInt({ min: -1_000_000n, max: 1_000_000n }), fc.bigInt({ min: 1n, max: 10_000n }))
      .map(([num, den]) => rational(num, den));
    fc.assert(
      fc.property(any, any, any, (a, b, c) => {
        expect(minus(plus(a, b), b)).toEqual(a);
        expect(times(a, plus(b, c))).toEqual(plus(times(a, b), times(a, c)));
        if (b.num !== 0n) expect(times(over(a, b), b)).toEqual(a);
        expect(floorOf(a) <= ceilingOf(a)).toBe(true);
        expect(compare(rational(floorOf(a)), a)).toBeLessThanOrEqual(0);
        expect(compare(a, plus(rational(floorOf(a)), rational(1)))).toBe(-1);
      }),
    );
  });

  it('says a fraction over zero is a fault', () => {
    expect(() => rational(1, 0)).toThrow(RangeError);
    expect(() => over(rational(1), rational(0))).toThrow(RangeError);
    expect(rationalText(rational(6, -4))).toBe('-3/2');
  });
});
