// Meter readings: use, exchange, the dial that begins again, what stops for confirmation, and the share of all (MN4, MN1).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sumFen } from '../../kernel/money.ts';
import {
  judgeReading,
  type MeterExchange,
  type ReadingConfirmation,
  type ReadingFacts,
  sharePublicUse,
} from './reading.rules.ts';

const rule = { farTimes: 10, littleThousandths: 500 };
const facts: ReadingFacts = {
  last: { on: '2026-10-31', thousandths: 120_000 },
  exchanges: [],
  dialFigures: 5,
  before: [
    { days: 31, usedThousandths: 31_000 },
    { days: 30, usedThousandths: 30_000 },
  ],
  today: '2026-11-30',
};
const rolled: ReadingConfirmation = { finding: 'reading_lower_than_last', as: 'rolled-over', reason: '表走满一圈' };
const looked = (finding: ReadingConfirmation['finding']): ReadingConfirmation => ({
  finding,
  as: 'looked-again',
  reason: '复核照片无误',
});
const exchange = (on: string, finalThousandths: number, startThousandths: number): MeterExchange => ({
  on,
  finalThousandths,
  startThousandths,
});

describe('MN4: a reading', () => {
  it.each<[string, number, Partial<ReadingFacts>, readonly ReadingConfirmation[], number | null, string[]]>([
    ['as usual', 150_000, {}, [], 30_000, []],
    ['the same figure: nothing used, far below the usual', 120_000, {}, [], null, ['reading_far_below_usual']],
    [
      'the same figure, looked at again',
      120_000,
      {},
      [looked('reading_far_below_usual')],
      0,
      ['reading_far_below_usual'],
    ],
    ['lower than the last', 119_999, {}, [], null, ['reading_lower_than_last']],
    [
      'lower, said to have been looked at again: that explains nothing',
      119_999,
      {},
      [looked('reading_lower_than_last')],
      null,
      ['reading_lower_than_last'],
    ],
    [
      'lower, the dial began again',
      20_000,
      { last: { on: '2026-10-31', thousandths: 99_990_000 } },
      [rolled],
      30_000,
      ['reading_lower_than_last'],
    ],
    ['lower, the dial began again, and far above the usual', 119_999, {}, [rolled], null, ['reading_far_above_usual']],
    [
      'a confirmation without a reason',
      120_000,
      {},
      [{ ...looked('reading_far_below_usual'), reason: ' ' }],
      null,
      ['reading_far_below_usual'],
    ],
    ['just below ten times the usual', 120_000 + 299_999, {}, [], 299_999, []],
    ['ten times the usual', 120_000 + 300_000, {}, [], null, ['reading_far_above_usual']],
    [
      'ten times, looked at again',
      120_000 + 300_000,
      {},
      [looked('reading_far_above_usual')],
      300_000,
      ['reading_far_above_usual'],
    ],
    ['a tenth of the usual', 120_000 + 3000, {}, [], null, ['reading_far_below_usual']],
    ['nothing usual is known', 120_000 + 300_000, { before: [] }, [], 300_000, []],
    [
      'little after nothing: a household came home',
      120_000 + 15_000,
      { before: [{ days: 30, usedThousandths: 0 }] },
      [],
      15_000,
      [],
    ],
    [
      'much after nothing',
      120_000 + 15_001,
      { before: [{ days: 30, usedThousandths: 0 }] },
      [],
      null,
      ['reading_far_above_usual'],
    ],
    ['an exchanged meter', 12_000, { exchanges: [exchange('2026-11-15', 138_000, 0)] }, [], 30_000, []],
    [
      'exchanged twice',
      5000,
      { exchanges: [exchange('2026-11-20', 11_000, 1000), exchange('2026-11-10', 130_000, 0)] },
      [],
      25_000,
      [],
    ],
    [
      'an exchange before the last reading says nothing',
      150_000,
      { exchanges: [exchange('2026-10-31', 1, 0)] },
      [],
      30_000,
      [],
    ],
  ])('%s', (_, thousandths, more, confirmed, used, findings) => {
    const verdict = judgeReading({ on: '2026-11-30', thousandths }, { ...facts, ...more }, rule, confirmed);
    expect(verdict.usedThousandths).toBe(used);
    expect(verdict.findings).toEqual(findings);
  });

  it.each([
    [{ on: '2026-10-31', thousandths: 150_000 }, {}, ['on reading_day_not_after_last']],
    [{ on: '2026-12-01', thousandths: 150_000 }, {}, ['on in_the_future']],
    [{ on: '2026-11-30', thousandths: 100_000_000 }, {}, ['reading reading_beyond_dial']],
    [{ on: '2026-11-30', thousandths: -1 }, {}, ['reading reading_below_nothing']],
    [
      { on: '2026-11-30', thousandths: 10 },
      { exchanges: [exchange('2026-11-15', 100_000, 0)] },
      ['exchange exchange_lower_than_last'],
    ],
  ])('%j is no reading: %j %j', (reading, more, found) => {
    const { faults, usedThousandths } = judgeReading(reading, { ...facts, ...more }, rule);
    expect(faults.map((fault) => `${fault.path} ${fault.code}`)).toEqual(found);
    expect(usedThousandths).toBeNull();
  });
});

describe('MN1: the public share', () => {
  const unit = (unitId: string, usedThousandths: number, areaHundredthsM2: number) => ({
    unitId,
    usedThousandths,
    areaHundredthsM2,
  });
  const units = [unit('a', 10_000, 8000), unit('b', 20_000, 12_000), unit('c', 0, 4000)];
  it.each([
    ['area', [3333, 5000, 1667]],
    ['household', [3334, 3333, 3333]],
    ['usage', [3333, 6667, 0]],
  ] as const)('by %s', (by, shares) => {
    const shared = sharePublicUse({ masterThousandths: 40_000, units, by });
    expect(shared.shares?.map((share) => share.shareThousandths)).toEqual(shares);
  });

  it('is refused when the main meter shows less than the units, or nobody is there', () => {
    expect(sharePublicUse({ masterThousandths: 29_999, units, by: 'area' }).fault).toBe('share_below_nothing');
    expect(sharePublicUse({ masterThousandths: 1, units: [], by: 'area' }).fault).toBe('share_among_nobody');
    expect(sharePublicUse({ masterThousandths: 0, units: [], by: 'area' }).shares).toEqual([]);
  });

  it('sums to what is shared, always', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 0, max: 99_999 })), {
          minLength: 1,
          maxLength: 30,
        }),
        fc.integer({ min: 0, max: 9_999_999 }),
        fc.constantFrom('area' as const, 'household' as const, 'usage' as const),
        (rows, rest, by) => {
          const all = rows.map(([used, area], index) => unit(String(index), used, area));
          const masterThousandths = sumFen(all.map((one) => one.usedThousandths)) + rest;
          const { shares } = sharePublicUse({ masterThousandths, units: all, by });
          expect(sumFen((shares ?? []).map((share) => share.shareThousandths))).toBe(rest);
        },
      ),
    );
  });
});
