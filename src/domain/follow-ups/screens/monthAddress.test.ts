// The month's page: months on and back, and which cases a rate opens to.
import { describe, expect, it } from 'vitest';
import type { Rate } from '../follow-up-analysis.contract.ts';
import { casesOfRate, isMonth, plusMonths, subjectsWithRates } from './monthAddress.ts';

const ref = (id: string) => ({ id, code: `BX-${id}` });
const rate = (changes: Partial<Rate>): Rate => ({
  name: 'followed-up',
  what: 'repair',
  numerator: 0,
  denominator: 0,
  value: null,
  target: null,
  met: null,
  counted: [],
  of: [],
  ...changes,
});

describe("the month's page", () => {
  it.each([
    ['2026-11', 1, '2026-12'],
    ['2026-12', 1, '2027-01'],
    ['2026-01', -1, '2025-12'],
    ['2026-11', -11, '2025-12'],
  ])('%s and %i months is %s', (month, by, expected) => {
    expect(plusMonths(month, by)).toBe(expected);
  });
  it('takes no thirteenth month from an address', () => {
    expect(isMonth('2026-13')).toBe(false);
    expect(isMonth('2026-02')).toBe(true);
  });
  it('tells the cases that a rate counts from those it does not', () => {
    const shown = casesOfRate(rate({ counted: [ref('2')], of: [ref('1'), ref('2'), ref('3')] }));
    expect(shown.counted.map((one) => one.id)).toEqual(['2']);
    expect(shown.others.map((one) => one.id)).toEqual(['1', '3']);
  });
  it('leaves out kinds with nothing to count and no floor', () => {
    const rates = [rate({ denominator: 3 }), rate({ what: 'event' }), rate({ what: 'complaint', target: 0.5 })];
    expect(subjectsWithRates(rates)).toEqual(['repair', 'complaint']);
  });
});
