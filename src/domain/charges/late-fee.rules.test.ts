// Late fees against a table, and against a plain count of one day after the other.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plusDays } from '../../kernel/time.ts';
import { type LateFeeFacts, lateFeeOf } from './late-fee.rules.ts';

const rule = { graceDays: 10, dailyPerMillion: 500, capPercent: 100 };
const owed: LateFeeFacts = { amountFen: 100_000, dueOn: '2026-10-31', settled: [], pauses: [] };

describe('MN1: late fees', () => {
  it.each<[string, Partial<LateFeeFacts>, string, number]>([
    ['on the last day of grace', {}, '2026-11-10', 0],
    ['on the first day after it', {}, '2026-11-11', 50],
    ['after ten days', {}, '2026-11-20', 500],
    [
      'half paid on the sixth day: that day counts the half',
      { settled: [{ on: '2026-11-16', fen: 50_000 }] },
      '2026-11-20',
      250 + 125,
    ],
    ['all paid: it stands still', { settled: [{ on: '2026-11-16', fen: 100_000 }] }, '2026-12-31', 250],
    [
      'paid and taken back',
      {
        settled: [
          { on: '2026-11-11', fen: 100_000 },
          { on: '2026-11-16', fen: -100_000 },
        ],
      },
      '2026-11-20',
      250,
    ],
    ['paused for four of ten days', { pauses: [{ from: '2026-11-13', until: '2026-11-16' }] }, '2026-11-20', 300],
    ['paused for good', { pauses: [{ from: '2026-11-13', until: null }] }, '2027-11-20', 100],
    [
      'pauses that lie over each other count once',
      {
        pauses: [
          { from: '2026-11-13', until: '2026-11-16' },
          { from: '2026-11-15', until: '2026-11-17' },
        ],
      },
      '2026-11-20',
      250,
    ],
    ['nothing owed', { amountFen: 0 }, '2026-11-20', 0],
    ['odd fen are rounded once: 0.333 yuan × 0.05 % × 3 days', { amountFen: 33_333 }, '2026-11-13', 50],
  ])('%s', (_, more, asOf, fen) => {
    expect(lateFeeOf({ ...owed, ...more }, rule, asOf).fen).toBe(fen);
  });

  it('never exceeds the cap', () => {
    expect(lateFeeOf(owed, rule, '2036-11-20')).toMatchObject({ fen: 100_000, isCapped: true });
    expect(lateFeeOf(owed, { ...rule, capPercent: 30 }, '2036-11-20')).toMatchObject({ fen: 30_000, isCapped: true });
  });

  it('names its stretches, so that it can be explained', () => {
    const { stretches } = lateFeeOf(
      { ...owed, settled: [{ on: '2026-11-16', fen: 40_000 }], pauses: [{ from: '2026-11-19', until: null }] },
      rule,
      '2026-11-20',
    );
    expect(stretches).toEqual([
      { from: '2026-11-11', until: '2026-11-15', days: 5, owedFen: 100_000, isPaused: false },
      { from: '2026-11-16', until: '2026-11-18', days: 3, owedFen: 60_000, isPaused: false },
      { from: '2026-11-19', until: '2026-11-20', days: 2, owedFen: 60_000, isPaused: true },
    ]);
  });

  it('is what a count of one day after the other gives', () => {
    const day = fc.integer({ min: -5, max: 90 }).map((days) => plusDays('2026-10-31', days));
    const given = fc.record({
      amountFen: fc.integer({ min: 1, max: 10_000_000 }),
      dueOn: fc.constant('2026-10-31'),
      settled: fc.array(fc.record({ on: day, fen: fc.integer({ min: -100_000, max: 1_000_000 }) }), { maxLength: 5 }),
      pauses: fc.array(
        fc
          .tuple(day, fc.option(fc.integer({ min: 0, max: 20 })))
          .map(([from, days]) => ({ from, until: days === null ? null : plusDays(from, days) })),
        { maxLength: 3 },
      ),
    });
    fc.assert(
      fc.property(
        given,
        fc.integer({ min: 0, max: 1000 }),
        fc.integer({ min: 0, max: 100 }),
        day,
        (facts, dailyPerMillion, capPercent, asOf) => {
          let millionths = 0n;
          for (let on = plusDays(facts.dueOn, 11); on <= asOf; on = plusDays(on, 1)) {
            let open = facts.amountFen;
            for (const one of facts.settled) if (one.on <= on) open -= one.fen;
            const isPaused = facts.pauses.some(({ from, until }) => from <= on && on <= (until ?? '9999-12-31'));
            if (open > 0 && !isPaused) millionths += BigInt(open) * BigInt(dailyPerMillion);
          }
          const plain = Number((2n * millionths + 1_000_000n) / 2_000_000n);
          const cap = Math.floor((2 * facts.amountFen * capPercent + 100) / 200);
          expect(lateFeeOf(facts, { graceDays: 10, dailyPerMillion, capPercent }, asOf).fen).toBe(Math.min(plain, cap));
        },
      ),
    );
  });
});
