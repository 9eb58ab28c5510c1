// A billing run: complete table of state × move × role; preview with odd ones; posting twice posts nothing twice (MN2).
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../kernel/refusal.ts';
import { billingRunMoves, billingRunRefusals, billingRunStates, oddKinds } from './billing-run.contract.ts';
import { chargesToPost, decideBillingRunMove, previewOf } from './billing-run.rules.ts';
import { billingRunMoveWords, billingRunProblems, billingRunStateWords, oddWords } from './billing-run.words.ts';
import { areaRule, charge, facts, id } from './charge.fixture.ts';

const run = { submittedById: 'f1', previewDigest: 'a', currentDigest: 'a', notComputed: 0 };
const outcome = (act: () => unknown): string => {
  try {
    return String(act());
  } catch (fault) {
    if (fault instanceof Refusal) return fault.code;
    throw fault;
  }
};

describe('spec/10: billing run', () => {
  const table: Record<string, string> = {
    'submit preview': 'submitted',
    'approve submitted': 'approved',
    'post approved': 'posting',
    'finish posting': 'posted',
    'abandon preview': 'abandoned',
    'abandon submitted': 'abandoned',
    'abandon approved': 'abandoned',
  };
  const may: Record<string, readonly string[]> = {
    submit: ['finance'],
    approve: ['manager'],
    post: ['finance'],
    finish: ['system'],
    abandon: ['finance', 'manager'],
  };
  for (const move of billingRunMoves)
    for (const state of billingRunStates)
      for (const role of ['finance', 'manager', 'cashier', 'system'])
        it(`${move} of one that is ${state} by ${role}`, () => {
          const expected = !may[move]?.includes(role)
            ? 'forbidden'
            : (table[`${move} ${state}`] ?? 'billing-run.move_not_allowed');
          expect(outcome(() => decideBillingRunMove(move, { ...run, state }, { id: 'x', roles: [role] }))).toBe(
            expected,
          );
        });

  it('nobody approves the own run, an outdated preview is made anew, gaps are filled first', () => {
    const manager = { id: 'f1', roles: ['manager'] };
    expect(outcome(() => decideBillingRunMove('approve', { ...run, state: 'submitted' }, manager))).toBe(
      'billing-run.own_request',
    );
    const finance = { id: 'f1', roles: ['finance'] };
    expect(
      outcome(() => decideBillingRunMove('post', { ...run, state: 'approved', currentDigest: 'b' }, finance)),
    ).toBe('billing-run.preview_outdated');
    expect(outcome(() => decideBillingRunMove('submit', { ...run, state: 'preview', notComputed: 2 }, finance))).toBe(
      'billing-run.not_computed',
    );
  });
});

describe('MN2: preview and posting', () => {
  const of = (number: number, more = {}) =>
    charge(facts(areaRule, { unit: { ...facts().unit, id: id('unit', number) }, ...more }));
  const last = (number: number, fen: number) => ({ unitId: id('unit', number), itemId: id('item', 1), fen });

  it('shows totals, the difference to last month and every odd one', () => {
    const computed = [
      of(1),
      of(2),
      of(3, { owners: [] }),
      of(4, { unit: { ...facts().unit, id: id('unit', 4), areaHundredthsM2: 0 } }),
    ];
    const failed = [{ unitId: id('unit', 5), itemId: id('item', 1) }];
    const preview = previewOf(
      computed,
      failed,
      [last(1, 25_060), last(2, 12_530), last(3, 25_060), last(5, 1), last(6, 99)],
      { farPercent: 50 },
    );
    expect(preview.totals).toEqual([
      { itemId: id('item', 1), units: 4, fen: 75_180, lastFen: 62_750, differenceFen: 12_430 },
    ]);
    expect(preview.odd.map(({ unitId, kind }) => `${Number(unitId.slice(-2))} ${kind}`).sort()).toEqual([
      '2 far-from-last',
      '3 no-payer',
      '4 new',
      '4 zero',
      '5 not-computed',
      '6 gone',
    ]);
  });

  it('posts each charge once, however often it is run, and nothing of zero', () => {
    const sold = {
      owners: [
        { from: '2019-01-01', until: '2026-11-15', partyId: id('party', 1) },
        { from: '2026-11-16', until: null, partyId: id('party', 2) },
      ],
    };
    const computed = [of(1, sold), of(2, { unit: { ...facts().unit, id: id('unit', 2), areaHundredthsM2: 0 } })];
    const first = chargesToPost(computed, new Set());
    expect(first.map(({ amountFen }) => amountFen)).toEqual([12_530, 12_530]);
    expect(chargesToPost(computed, new Set(first.map(({ key }) => key)))).toEqual([]);
    // Broken off after the first: only the second is left.
    expect(chargesToPost(computed, new Set([first[0]?.key ?? ''])).map(({ key }) => key)).toEqual([first[1]?.key]);
  });

  it('has a word for every state, move, odd one and refusal', () => {
    expect(Object.keys(billingRunStateWords)).toEqual([...billingRunStates]);
    expect(Object.keys(billingRunMoveWords)).toEqual([...billingRunMoves]);
    expect(Object.keys(oddWords)).toEqual([...oddKinds]);
    expect(Object.keys(billingRunProblems).sort()).toEqual([...billingRunRefusals].sort());
  });
});
