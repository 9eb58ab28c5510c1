// A unit's charge of a month: kinds of price, days, overrides, free periods, vacancy, sale, who pays, rounding.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sumFen } from '../../kernel/money.ts';
import { type PriceRule, priceRuleSchema } from './charge.contract.ts';
import { areaRule, charge, facts, id, version } from './charge.fixture.ts';
import { type ChargeFacts, computeCharge, isDerivable, monthPeriod } from './charge.rules.ts';
import { formulaNames } from './formula.words.ts';
import { itemFaults, periodFaults, priceText, ruleFaults } from './price.rules.ts';

const water = {
  kind: 'metered',
  tiers: [
    { upToThousandths: 10_000, priceTenThousandths: 30_000 },
    { upToThousandths: 20_000, priceTenThousandths: 45_000 },
    { upToThousandths: null, priceTenThousandths: 90_000 },
  ],
  tiersOf: 'month',
  publicShare: { by: 'area', priceTenThousandths: 30_000 },
} satisfies PriceRule;
const used = (usedThousandths: number, usedBeforeThousandths = 0, shareThousandths = 0) => ({
  usage: { usedThousandths, usedBeforeThousandths, shareThousandths },
});
const parking: PriceRule = {
  kind: 'vehicle',
  classes: [
    { code: 'car', name: '小型车', amountFen: 30_000 },
    { code: 'motorbike', name: '摩托车', amountFen: 5000 },
  ],
};
const car = (from: string, until: string | null = null) => ({ id: id('row', 1), classCode: 'car', from, until });
const formula = (text: string, gives: 'amount' | 'quantity' = 'amount'): PriceRule => ({
  kind: 'formula',
  text,
  gives,
  priceTenThousandths: 28_000,
  surchargeFen: 1000,
});

describe('MN1: what a month costs', () => {
  it.each<[string, ChargeFacts, number]>([
    ['89.50 m² at 2.80', facts(), 25_060],
    ['the inner area, 70 m² at 2.80', facts({ ...areaRule, areaOf: 'inner' }), 19_600],
    ['a fixed amount', facts({ kind: 'fixed', amountFen: 1500 }), 1500],
    ['30 days at 0.4567 a day', facts({ kind: 'day', priceTenThousandths: 4567 }), 1370],
    ['nothing used', facts(water, used(0)), 0],
    ['8 in the first tier', facts(water, used(8000)), 2400],
    ['exactly to the first bound', facts(water, used(10_000)), 3000],
    ['25.5 over three tiers', facts(water, used(25_500)), 3000 + 4500 + 4950],
    ['25.5 with 2.25 of what all use', facts(water, used(25_500, 0, 2250)), 12_450 + 675],
    ['15 by the year, 5 before', facts({ ...water, tiersOf: 'year' }, used(15_000, 5000)), 1500 + 4500],
    ['by the month what was before says nothing', facts(water, used(15_000, 5000)), 3000 + 2250],
    ['by the year all in the last tier', facts({ ...water, tiersOf: 'year' }, used(1000, 50_000)), 900],
    ['one car', facts(parking, { vehicles: [car('2020-01-01')] }), 30_000],
    [
      'a car and a motorbike',
      facts(parking, {
        vehicles: [car('2020-01-01'), { ...car('2020-01-01'), id: id('row', 2), classCode: 'motorbike' }],
      }),
      35_000,
    ],
    ['no vehicle', facts(parking), 0],
    ['a car for ten of thirty days', facts(parking, { vehicles: [car('2026-11-21')] }), 10_000],
    ['a formula of its own', facts(formula('建筑面积*单价+附加费')), 26_060],
    ['a formula that gives the quantity', facts(formula('建筑面积', 'quantity')), 26_060],
    [
      'a shared cost by area',
      facts(formula('公摊总量/楼栋面积*建筑面积*0.5'), { formula: { sharedUsage: '1200', buildingArea: '8950' } }),
      600,
    ],
  ])('%s', (_, given, fen) => {
    const computed = charge(given);
    expect(computed.totalFen).toBe(fen);
    expect(isDerivable(computed, formulaNames)).toBe(true);
  });

  it.each<[string, ChargeFacts, string, string]>([
    [
      'no area on record',
      facts(areaRule, { unit: { ...facts().unit, areaHundredthsM2: null } }),
      'quantity_missing',
      'area',
    ],
    ['a meter that was not read', facts(water), 'quantity_missing', 'usage'],
    ['a formula that lacks a fact', facts(formula('人数*5')), 'formula_fact_missing', 'people'],
    [
      'a formula that divides by nothing',
      facts(formula('1/户数'), { formula: { households: '0' } }),
      'formula_divided_by_nothing',
      '/',
    ],
  ])('%s is told, not guessed', (_, given, code, found) => {
    const { charge: none, fault } = computeCharge(given, monthPeriod('2026-11'), formulaNames);
    expect(none).toBeNull();
    expect(fault).toMatchObject({ code, found });
  });

  it('is not charged in months that are not its own, nor before its first price', () => {
    const heating = facts();
    const winter = { ...heating, item: { ...heating.item, months: [11, 12, 1, 2, 3] } };
    expect(charge(winter).totalFen).toBe(25_060);
    expect(computeCharge(winter, monthPeriod('2026-06'), formulaNames)).toEqual({ charge: null, fault: null });
    expect(computeCharge(facts(), monthPeriod('2019-12'), formulaNames)).toEqual({ charge: null, fault: null });
  });
});

describe('MN1: what changes within the month', () => {
  const twoPrices = (from: string) =>
    facts(areaRule, {
      item: {
        ...facts().item,
        versions: [version(areaRule), version({ ...areaRule, priceTenThousandths: 31_000 }, from)],
      },
    });

  it.each<[string, ChargeFacts, number, number[]]>([
    // 89.50 × 2.80 = 250.60; × 3.10 = 277.45
    ['a new price from the 16th of 30 days', twoPrices('2026-11-16'), 26_403, [15, 15]],
    ['a new price from the 1st', twoPrices('2026-11-01'), 27_745, [30]],
    ['a new price from the 1st of the next month', twoPrices('2026-12-01'), 25_060, [30]],
    [
      'a first price from the 21st: ten days',
      facts(areaRule, { item: { ...facts().item, versions: [version(areaRule, '2026-11-21')] } }),
      8353,
      [20, 10],
    ],
    [
      'free to the 10th',
      facts(areaRule, {
        free: [{ id: id('row', 1), from: '2026-10-01', until: '2026-11-10', freedPercent: 100, reason: '赠送' }],
      }),
      16_707,
      [10, 20],
    ],
    [
      'half free all month',
      facts(areaRule, {
        free: [{ id: id('row', 1), from: '2026-10-01', until: null, freedPercent: 50, reason: '优惠' }],
      }),
      12_530,
      [30],
    ],
    [
      'vacant from the 16th at 70 %',
      facts(areaRule, { vacancies: [{ from: '2026-11-16', until: null }] }),
      21_301,
      [15, 15],
    ],
    [
      'an own price of 2.00 for the unit',
      facts(areaRule, {
        overrides: [
          {
            id: id('row', 1),
            from: '2026-01-01',
            until: null,
            rule: { ...areaRule, priceTenThousandths: 20_000 },
            percent: 100,
            reason: '合同',
          },
        ],
      }),
      17_900,
      [30],
    ],
    [
      'an own share of 85 %',
      facts(areaRule, {
        overrides: [{ id: id('row', 1), from: '2026-01-01', until: null, rule: null, percent: 85, reason: '合同' }],
      }),
      21_301,
      [30],
    ],
    [
      'vacant and half free: 70 % of 50 %',
      facts(areaRule, {
        vacancies: [{ from: '2026-01-01', until: null }],
        free: [{ id: id('row', 1), from: '2026-10-01', until: null, freedPercent: 50, reason: '优惠' }],
      }),
      8771,
      [30],
    ],
  ])('%s', (_, given, fen, days) => {
    const computed = charge(given);
    expect(computed.totalFen).toBe(fen);
    expect(computed.segments.map((segment) => segment.days)).toEqual(days);
    expect(isDerivable(computed, formulaNames)).toBe(true);
  });

  it('counts the days of the month itself, February too', () => {
    const sold = {
      ...facts(),
      soldFrom: '2024-02-15',
      item: { ...facts().item, versions: [version(areaRule, '2020-01-01', { unsoldPercent: 0 })] },
    };
    // 15 of 29 days.
    expect(charge(sold, '2024-02').totalFen).toBe(12_962);
  });
});

describe('MN1: who pays', () => {
  const owner = { role: 'owner', partyId: id('party', 1) };
  const second = { role: 'owner', partyId: id('party', 2) };
  const lessee = { role: 'lessee', partyId: id('party', 3) };
  const developer = { role: 'developer', partyId: id('party', 9) };
  const byLessee = { item: { ...facts().item, versions: [version(areaRule, '2020-01-01', { payer: 'lessee' })] } };
  const rented = [{ from: '2026-11-11', until: '2026-11-20', partyId: id('party', 3) }];

  it.each<[string, Partial<ChargeFacts>, [object, number][]]>([
    ['the owner', {}, [[owner, 25_060]]],
    ['the owner even where somebody rents, when the item says so', { lessees: rented }, [[owner, 25_060]]],
    [
      'the lessee for the days of renting',
      { ...byLessee, lessees: rented },
      [
        [owner, 16_707],
        [lessee, 8353],
      ],
    ],
    [
      'two owners by days when the unit is sold on the 16th',
      {
        owners: [
          { from: '2019-01-01', until: '2026-11-15', partyId: id('party', 1) },
          { from: '2026-11-16', until: null, partyId: id('party', 2) },
        ],
      },
      [
        [owner, 12_530],
        [second, 12_530],
      ],
    ],
    ['the developer for an unsold unit', { soldFrom: null, owners: [] }, [[developer, 25_060]]],
    [
      'the developer until the sale',
      { soldFrom: '2026-11-21' },
      [
        [developer, 16_707],
        [owner, 8353],
      ],
    ],
    ['nobody on record: shown as odd, not lost', { owners: [] }, [[{ role: 'owner', partyId: null }, 25_060]]],
  ])('%s', (_, more, shares) => {
    const computed = charge(facts(areaRule, more));
    expect(computed.shares.map((share) => [share.payer, share.amountFen])).toEqual(shares);
    expect(sumFen(computed.shares.map((share) => share.amountFen))).toBe(computed.totalFen);
  });

  it('an unsold unit is not also vacant', () => {
    const item = { ...facts().item, versions: [version(areaRule, '2020-01-01', { unsoldPercent: 50 })] };
    expect(
      charge(facts(areaRule, { item, soldFrom: null, vacancies: [{ from: '2020-01-01', until: null }] })).totalFen,
    ).toBe(12_530);
  });
});

describe('rounding', () => {
  it.each([
    ['fen', 25_060],
    ['jiao', 25_060],
    ['yuan', 25_100],
  ] as const)('to the %s, once, on the whole', (rounding, fen) => {
    const item = { ...facts().item, versions: [version(areaRule, '2020-01-01', { rounding })] };
    expect(charge(facts(areaRule, { item })).totalFen).toBe(fen);
  });

  it('goes half up: 0.005 yuan is one fen', () => {
    expect(
      charge(
        facts(
          { kind: 'area', areaOf: 'built', priceTenThousandths: 1 },
          { unit: { ...facts().unit, areaHundredthsM2: 5000 } },
        ),
      ).totalFen,
    ).toBe(1);
    expect(
      charge(
        facts(
          { kind: 'area', areaOf: 'built', priceTenThousandths: 1 },
          { unit: { ...facts().unit, areaHundredthsM2: 4999 } },
        ),
      ).totalFen,
    ).toBe(0);
  });

  it('cutting a month into pieces that are alike changes nothing, and shares sum to the whole', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50_000 }),
        fc.integer({ min: 0, max: 200_000 }),
        fc.uniqueArray(fc.integer({ min: 2, max: 30 }), { maxLength: 6 }),
        (area, price, cuts) => {
          const rule: PriceRule = { kind: 'area', areaOf: 'built', priceTenThousandths: price };
          const unit = { ...facts().unit, areaHundredthsM2: area };
          const days = cuts.map((day) => `2026-11-${String(day).padStart(2, '0')}`);
          const cut = facts(rule, {
            unit,
            item: { ...facts().item, versions: [version(rule), ...days.map((day) => version(rule, day))] },
            owners: ['2019-01-01', ...days].map((from, index) => ({
              from,
              until: null,
              partyId: id('party', index + 1),
            })),
          });
          const computed = charge(cut);
          // Cents of a whole month by plain integers: area hundredths × price ÷ 10 000, half up.
          expect(computed.totalFen).toBe(Math.floor((2 * area * price + 10_000) / 20_000));
          expect(sumFen(computed.shares.map((share) => share.amountFen))).toBe(computed.totalFen);
          expect(computed.shares.every((share) => share.amountFen >= 0)).toBe(true);
          expect(isDerivable(computed, formulaNames)).toBe(true);
        },
      ),
    );
  });

  it('a kept amount that was tampered with no longer follows from what is kept with it', () => {
    const computed = charge(facts());
    expect(isDerivable({ ...computed, totalFen: computed.totalFen + 1 }, formulaNames)).toBe(false);
  });
});

describe('what a price may not say', () => {
  const tier = (upToThousandths: number | null) => ({ upToThousandths, priceTenThousandths: 1 });
  const metered = (...bounds: (number | null)[]): PriceRule => ({
    kind: 'metered',
    tiers: bounds.map(tier),
    tiersOf: 'month',
    publicShare: null,
  });
  it.each<[string, PriceRule, string[]]>([
    ['rising tiers', metered(1, 2, null), []],
    ['one tier', metered(null), []],
    ['a last tier with an end', metered(1, 2), ['rule.tiers.1.upToThousandths tier_without_end_missing']],
    ['tiers that fall', metered(2, 2, null), ['rule.tiers.1.upToThousandths tiers_not_rising']],
    [
      'an endless tier in the middle',
      metered(null, 2, null),
      ['rule.tiers.0.upToThousandths tier_without_end_not_last'],
    ],
    [
      'a class twice',
      {
        kind: 'vehicle',
        classes: [
          { code: 'a', name: 'a', amountFen: 1 },
          { code: 'a', name: 'b', amountFen: 1 },
        ],
      },
      ['rule.classes.1.code class_twice'],
    ],
    ['the inner area, which no unit has', { ...areaRule, areaOf: 'inner' }, ['rule.areaOf inner_area_not_kept']],
    ['a formula of it', formula('套内面积*单价'), ['rule.text inner_area_not_kept']],
    ['a broken formula', formula('建筑面积*'), ['rule.text formula_value_expected']],
    ['a good one', formula('建筑面积*单价'), []],
  ])('%s', (_, rule, found) => {
    expect(ruleFaults(rule, 'rule', formulaNames).map((fault) => `${fault.path} ${fault.code}`)).toEqual(found);
  });

  it('two versions from one day', () => {
    const versions = [version(areaRule, '2026-01-01'), version(areaRule, '2026-01-01')];
    expect(itemFaults({ versions }, formulaNames)).toEqual([{ path: 'versions.1.from', code: 'versions_same_day' }]);
  });

  it.each([
    [
      [
        ['2026-01-01', '2026-01-31'],
        ['2026-02-01', null],
      ],
      [],
    ],
    [
      [
        ['2026-01-01', null],
        ['2026-02-01', null],
      ],
      ['rows.1.from periods_overlap'],
    ],
    [
      [
        ['2026-01-01', '2026-02-01'],
        ['2026-02-01', '2026-03-01'],
      ],
      ['rows.1.from periods_overlap'],
    ],
    [[['2026-02-01', '2026-01-31']], ['rows.0.until period_reversed']],
  ] as const)('periods %j: %j', (rows, found) => {
    const dated = rows.map(([from, until]) => ({ from, until }));
    expect(periodFaults(dated, 'rows').map((fault) => `${fault.path} ${fault.code}`)).toEqual(found);
  });

  it('a price below nothing, an amount of 10¹² fen, an unknown kind', () => {
    expect(priceRuleSchema.safeParse({ kind: 'fixed', amountFen: -1 }).success).toBe(false);
    expect(priceRuleSchema.safeParse({ kind: 'fixed', amountFen: 10 ** 12 }).success).toBe(false);
    expect(priceRuleSchema.safeParse({ kind: 'eval', text: '1' }).success).toBe(false);
    expect(priceText(28_500)).toBe('2.85');
    expect(priceText(5583)).toBe('0.5583');
    expect(priceText(30_000)).toBe('3.00');
  });
});
