// A rule typed and opened again is the same rule; what is no number is named at its field.
import { describe, expect, it } from 'vitest';
import type { PriceRule } from './charge.contract.ts';
import { draftOf, emptyDraft, ruleOf, scaledOf, scaledText } from './rule-draft.rules.ts';

const rules: PriceRule[] = [
  { kind: 'area', areaOf: 'inner', priceTenThousandths: 28_500 },
  { kind: 'fixed', amountFen: 3_005 },
  { kind: 'day', priceTenThousandths: 5_583 },
  {
    kind: 'metered',
    tiersOf: 'year',
    tiers: [
      { upToThousandths: 220_500, priceTenThousandths: 35_000 },
      { upToThousandths: null, priceTenThousandths: 40_001 },
    ],
    publicShare: { by: 'area', priceTenThousandths: 35_000 },
  },
  { kind: 'vehicle', classes: [{ code: 'car', name: '小型车', amountFen: 20_000 }] },
  { kind: 'formula', text: '建筑面积×单价', gives: 'amount', priceTenThousandths: 12_000, surchargeFen: 50 },
];

describe('a rule as it is typed', () => {
  it.each(rules.map((rule) => [rule.kind, rule] as const))('%s is itself again', (_, rule) => {
    expect(ruleOf(draftOf(rule))).toEqual({ rule, bad: null });
  });

  it.each([
    ['price', { ...emptyDraft, price: '2.85元' }, ['price']],
    ['too fine', { ...emptyDraft, price: '2.85001' }, ['price']],
    ['amount', { ...emptyDraft, kind: 'fixed' as const, amount: '1.005' }, ['amount']],
    [
      'tiers',
      {
        ...emptyDraft,
        kind: 'metered' as const,
        tiers: [
          { upTo: 'x', price: '1' },
          { upTo: '', price: '' },
        ],
      },
      ['tiers.0.upTo', 'tiers.1.price'],
    ],
    ['class', { ...emptyDraft, kind: 'vehicle' as const }, ['classes.0.name', 'classes.0.amount']],
  ])('names what is no number: %s', (_, draft, bad) => {
    expect(ruleOf(draft)).toEqual({ rule: null, bad });
  });

  it('reads full-width figures and writes no zeros at the end', () => {
    expect(scaledOf('２．８５', 4)).toBe(28_500);
    expect([scaledText(28_500, 4), scaledText(100_000, 3), scaledText(5, 4)]).toEqual(['2.85', '100', '0.0005']);
  });
});
