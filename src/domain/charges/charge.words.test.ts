// What a clerk reads out: each line of a charge, and why it differs from last month (MN2, MN12).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sumFen } from '../../kernel/money.ts';
import { type ChargeKind, differenceCodes, type PriceRule } from './charge.contract.ts';
import { areaRule, charge, facts, id, version } from './charge.fixture.ts';
import type { ChargeFacts } from './charge.rules.ts';
import { chargeInWords, differenceInWords } from './charge.words.ts';
import { differenceOf } from './charge-difference.rules.ts';
import { formulaNames } from './formula.words.ts';

const water = {
  kind: 'metered',
  tiers: [
    { upToThousandths: 10_000, priceTenThousandths: 30_000 },
    { upToThousandths: null, priceTenThousandths: 45_000 },
  ],
  tiersOf: 'month',
  publicShare: { by: 'area', priceTenThousandths: 30_000 },
} satisfies PriceRule;
const used = (usedThousandths: number, shareThousandths = 0) => ({
  usage: { usedThousandths, usedBeforeThousandths: 0, shareThousandths },
});
const dearer = (from: string) => ({
  item: { ...facts().item, versions: [version(areaRule), version({ ...areaRule, priceTenThousandths: 31_000 }, from)] },
});
const lines = (given: ChargeFacts, kind: ChargeKind, month?: string) =>
  chargeInWords(charge(given, month), kind, formulaNames);

describe('MN2: a charge explains itself', () => {
  it.each<[string, string[], string[]]>([
    [
      'management fee',
      lines(facts(), 'management'),
      ['建筑面积 89.5 平方米 × 2.80 元 = 250.6 元', '合计 250.60 元（四舍五入到分）'],
    ],
    [
      'a new price within the month',
      lines(facts(areaRule, dearer('2026-11-16')), 'management'),
      [
        '11月1日至11月15日：建筑面积 89.5 平方米 × 2.80 元 × 15/30 天 = 125.3 元',
        '11月16日至11月30日：建筑面积 89.5 平方米 × 3.10 元 × 15/30 天 = 138.725 元',
        '合计 264.03 元（四舍五入到分）',
      ],
    ],
    [
      'water in two tiers with a public share',
      lines(facts(water, used(12_500, 800)), 'water'),
      [
        '第 1 档 10 吨 × 3.00 元 + 第 2 档 2.5 吨 × 4.50 元 + 公摊 0.8 吨 × 3.00 元 = 43.65 元',
        '合计 43.65 元（四舍五入到分）',
      ],
    ],
    [
      'vacant, shared by two owners',
      lines(
        facts(areaRule, {
          vacancies: [{ from: '2026-01-01', until: null }],
          soldFrom: '2026-11-21',
        }),
        'management',
      ),
      [
        '11月1日至11月20日：建筑面积 89.5 平方米 × 2.80 元 × 20/30 天 = 167.0667 元',
        '11月21日至11月30日：建筑面积 89.5 平方米 × 2.80 元 × 10/30 天（空置，按 70% 计） = 58.4733 元',
        '合计 225.54 元（四舍五入到分）',
        '其中开发商 167.07 元',
        '其中业主 58.47 元',
      ],
    ],
    [
      'a first price from the 21st',
      lines(facts(areaRule, { item: { ...facts().item, versions: [version(areaRule, '2026-11-21')] } }), 'management'),
      [
        '11月21日至11月30日：建筑面积 89.5 平方米 × 2.80 元 × 10/30 天 = 83.5333 元',
        '有 20 天没有收费标准，不收费',
        '合计 83.53 元（四舍五入到分）',
      ],
    ],
    [
      'a formula',
      lines(
        facts({
          kind: 'formula',
          text: '建筑面积*单价+附加费',
          gives: 'amount',
          priceTenThousandths: 28_000,
          surchargeFen: 1000,
        }),
        'other',
      ),
      ['按公式 建筑面积*单价+附加费 得 260.6 元 = 260.6 元', '合计 260.60 元（四舍五入到分）'],
    ],
  ])('%s', (_, said, expected) => {
    expect(said).toEqual(expected);
  });
});

describe('MN2: and why it differs from last month', () => {
  const told = (was: ChargeFacts | null, is: ChargeFacts, kind: ChargeKind) =>
    differenceInWords(differenceOf(was && charge(was, '2026-10'), charge(is, '2026-11'), formulaNames), kind);

  it.each<[string, ChargeFacts | null, ChargeFacts, ChargeKind, string]>([
    ['nothing changed', facts(), facts(), 'management', '与上月相同'],
    ['the first time', null, facts(), 'management', '上月没有这一项'],
    [
      'more used',
      facts(water, used(8000)),
      facts(water, used(9000)),
      'water',
      '比上月多 3.00 元，因为用量从 8 吨变为 9 吨',
    ],
    [
      'less used',
      facts(water, used(9000)),
      facts(water, used(8000)),
      'water',
      '比上月少 3.00 元，因为用量从 9 吨变为 8 吨',
    ],
    [
      'a new price',
      facts(),
      facts(areaRule, dearer('2026-11-01')),
      'management',
      '比上月多 26.85 元，因为单价从 2.8 元变为 3.1 元',
    ],
    [
      'a new price within the month',
      facts(),
      facts(areaRule, dearer('2026-11-16')),
      'management',
      '比上月多 13.43 元，因为单价从 2.8 元变为 3.1 元（+26.85 元）；价格或数量在月中变动，两种标准按天分开计（−13.42 元）',
    ],
    [
      'per day: a shorter month',
      facts({ kind: 'day', priceTenThousandths: 10_000 }),
      facts({ kind: 'day', priceTenThousandths: 10_000 }),
      'other',
      '比上月少 1.00 元，因为上月 31 天，本月 30 天',
    ],
    [
      'a free period that ended',
      facts(areaRule, {
        free: [{ id: id('row', 1), from: '2026-01-01', until: '2026-10-31', freedPercent: 100, reason: '赠送' }],
      }),
      facts(),
      'management',
      '比上月多 250.60 元，因为免收或优惠期结束',
    ],
    [
      'vacant now',
      facts(),
      facts(areaRule, { vacancies: [{ from: '2026-11-01', until: null }] }),
      'management',
      '比上月少 75.18 元，因为按空置计费（70%）',
    ],
    [
      'another way of charging',
      facts({ kind: 'fixed', amountFen: 20_000 }),
      facts(),
      'management',
      '比上月多 50.60 元，因为计费办法改了',
    ],
    [
      'used more and dearer: both are told apart',
      facts({ ...water, tiers: [{ upToThousandths: null, priceTenThousandths: 30_000 }] }, used(10_000)),
      facts({ ...water, tiers: [{ upToThousandths: null, priceTenThousandths: 35_000 }] }, used(12_000)),
      'water',
      '比上月多 12.00 元，因为用量从 10 吨变为 12 吨（+6.00 元）；单价从 3 元变为 3.5 元（+6.00 元）',
    ],
  ])('%s', (_, was, is, kind, said) => {
    expect(told(was, is, kind)).toBe(said);
  });

  it('a new owner from the 16th reads why it is half', () => {
    const sold = facts(areaRule, {
      owners: [
        { from: '2019-01-01', until: '2026-11-15', partyId: id('party', 1) },
        { from: '2026-11-16', until: null, partyId: id('party', 2) },
      ],
    });
    const payer = { role: 'owner', partyId: id('party', 1) } as const;
    const difference = differenceOf(charge(sold, '2026-10'), charge(sold, '2026-11'), formulaNames, payer);
    expect(differenceInWords(difference, 'management')).toBe('比上月少 125.30 元，因为付款人在月中变更，按天分摊');
  });

  it('its reasons sum to the difference, whatever changed', () => {
    const someFacts = fc
      .record({
        price: fc.integer({ min: 0, max: 90_000 }),
        kind: fc.constantFrom('area', 'day', 'water', 'fixed'),
        usage: fc.integer({ min: 0, max: 60_000 }),
        vacantFrom: fc.option(fc.integer({ min: 1, max: 30 })),
        freeTo: fc.option(fc.integer({ min: 1, max: 30 })),
        rounding: fc.constantFrom('fen' as const, 'jiao' as const, 'yuan' as const),
      })
      .map(({ price, kind, usage, vacantFrom, freeTo, rounding }) => {
        const rule: PriceRule =
          kind === 'area'
            ? { ...areaRule, priceTenThousandths: price }
            : kind === 'day'
              ? { kind: 'day', priceTenThousandths: price }
              : kind === 'fixed'
                ? { kind: 'fixed', amountFen: price }
                : {
                    ...water,
                    tiers: [
                      { upToThousandths: 9000, priceTenThousandths: price },
                      { upToThousandths: null, priceTenThousandths: 50_000 },
                    ],
                  };
        const on = (month: string, day: number) => `${month}-${String(day).padStart(2, '0')}`;
        return (month: string) =>
          charge(
            facts(rule, {
              ...used(usage, 333),
              item: { ...facts().item, versions: [version(rule, '2020-01-01', { rounding })] },
              vacancies: vacantFrom === null ? [] : [{ from: on(month, vacantFrom), until: null }],
              free:
                freeTo === null
                  ? []
                  : [
                      {
                        id: id('row', 1),
                        from: '2026-01-01',
                        until: on(month, freeTo),
                        freedPercent: 35,
                        reason: '优惠',
                      },
                    ],
            }),
            month,
          );
      });
    const seen = new Set<string>();
    fc.assert(
      fc.property(someFacts, someFacts, (was, is) => {
        const [last, current] = [was('2026-10'), is('2026-11')];
        const { fen, reasons } = differenceOf(last, current, formulaNames);
        expect(fen).toBe(current.totalFen - last.totalFen);
        expect(sumFen(reasons.map((reason) => reason.fen))).toBe(fen);
        for (const reason of reasons) seen.add(reason.code);
      }),
      { numRuns: 300 },
    );
    expect(differenceCodes).toEqual(expect.arrayContaining([...seen]));
    expect(seen.size).toBeGreaterThan(5);
  });
});
