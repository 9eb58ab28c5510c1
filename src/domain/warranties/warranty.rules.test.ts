// Warranty: calendar-exact last days, which term counts, and which firm answers on which day.
import { describe, expect, it, test } from 'vitest';
import {
  buildingOfPlace,
  type ContractorSpan,
  keeperFaults,
  lastDayOf,
  runningHere,
  type TermFact,
  type WhereFact,
  warrantyOf,
} from './warranty.rules.ts';

const always: ContractorSpan = { activeFrom: '2000-01-01', activeUntil: null };
const firms = new Map<string, ContractorSpan>([
  ['walls', always],
  ['builder', always],
  ['late', { activeFrom: '2025-06-01', activeUntil: '2026-05-31' }],
]);
let made = 0;
const term = (with_: Partial<TermFact>): TermFact => {
  made += 1;
  return {
    id: `t${made}`,
    covers: 'units',
    buildingId: null,
    unitId: null,
    category: 'walls-roof',
    part: null,
    months: 24,
    untilOn: null,
    startsOn: null,
    keepers: [{ contractorId: 'walls', fromOn: null }],
    ...with_,
  };
};
const unit = (deliveredOn: string | null): WhereFact => ({ unitId: 'u1', buildingId: 'b1', deliveredOn });
const ask = (day: string, where: WhereFact = unit('2024-03-15'), part: string | null = null) => ({
  where,
  category: 'walls-roof',
  part,
  day,
});

describe('the last day of a term', () => {
  test.each([
    ['two years', '2024-03-15', 24, '2026-03-15'],
    ['delivered on 29 February, one year: that February has no 29th', '2024-02-29', 12, '2025-02-28'],
    ['delivered on 29 February, four years', '2024-02-29', 48, '2028-02-29'],
    ['delivered on the 31st, one month', '2026-01-31', 1, '2026-02-28'],
    ['delivered on the 31st, into a leap February', '2027-12-31', 2, '2028-02-29'],
    ['delivered on 30 November, three months', '2025-11-30', 3, '2026-02-28'],
    ['December to December', '2024-12-31', 60, '2029-12-31'],
    ['over the turn of the year', '2025-11-15', 2, '2026-01-15'],
  ])('%s', (_name, from, months, last) => {
    expect(lastDayOf(from, months)).toBe(last);
  });
});

describe('a fault', () => {
  test.each([
    ['the day of delivery', '2024-03-15', true, 'under'],
    ['the last day', '2026-03-15', true, 'under'],
    ['the day after', '2026-03-16', false, 'expired'],
    ['before the delivery', '2024-03-14', false, 'not-begun'],
  ])('is judged on %s', (_name, day, isUnder, reason) => {
    expect(warrantyOf(ask(day), [term({})], firms)).toMatchObject({
      isUnder,
      reason,
      lastDay: '2026-03-15',
      countsFrom: '2024-03-15',
      contractorId: isUnder ? 'walls' : null,
    });
  });

  it('in a unit delivered on 29 February ends with the last day of that month', () => {
    const leap = unit('2024-02-29');
    expect(warrantyOf(ask('2025-02-28', leap), [term({ months: 12 })], firms).isUnder).toBe(true);
    expect(warrantyOf(ask('2025-03-01', leap), [term({ months: 12 })], firms).isUnder).toBe(false);
  });

  it('in a unit without a delivery day is not under warranty, and the reason says so', () => {
    expect(warrantyOf(ask('2025-01-01', unit(null)), [term({})], firms)).toMatchObject({
      isUnder: false,
      reason: 'no-delivery-day',
      lastDay: null,
    });
    // A term with a day of its own needs no delivery.
    expect(warrantyOf(ask('2025-01-01', unit(null)), [term({ startsOn: '2024-06-01' })], firms).isUnder).toBe(true);
    expect(
      warrantyOf(ask('2025-01-01', unit(null)), [term({ months: null, untilOn: '2025-01-01' })], firms).isUnder,
    ).toBe(true);
  });

  it('without a term of its category is not under warranty', () => {
    expect(warrantyOf(ask('2025-01-01'), [term({ category: 'water' })], firms)).toMatchObject({
      isUnder: false,
      reason: 'no-term',
      termId: null,
    });
  });

  describe('with two terms of one category', () => {
    const roof = term({ part: '屋面防水', months: 60, keepers: [{ contractorId: 'walls', fromOn: null }] });
    const plaster = term({ part: '墙面抹灰', months: 24, keepers: [{ contractorId: 'builder', fromOn: null }] });
    test.each([
      ['the part with five years', '屋面防水', '2027-01-01', true, 'walls'],
      ['the part with two years, over', '墙面抹灰', '2027-01-01', false, null],
      ['the part with two years, running', '墙面抹灰', '2025-01-01', true, 'builder'],
    ])('goes by %s', (_name, part, day, isUnder, contractorId) => {
      expect(warrantyOf(ask(day, unit('2024-03-15'), part), [roof, plaster], firms)).toMatchObject({
        isUnder,
        contractorId,
        part,
        isPartOpen: false,
      });
    });

    it('and no part named goes by the longest and says that the part is open', () => {
      expect(warrantyOf(ask('2027-01-01'), [plaster, roof], firms)).toMatchObject({
        isUnder: true,
        part: '屋面防水',
        isPartOpen: true,
      });
      expect(warrantyOf(ask('2025-01-01'), [plaster, roof], firms)).toMatchObject({ isPartOpen: true });
      expect(warrantyOf(ask('2030-01-01'), [plaster, roof], firms)).toMatchObject({
        isUnder: false,
        reason: 'expired',
        isPartOpen: false,
      });
    });

    it('takes the whole category where the part has no term of its own', () => {
      const whole = term({ months: 12 });
      expect(warrantyOf(ask('2025-03-15', unit('2024-03-15'), '踢脚线'), [roof, whole], firms)).toMatchObject({
        isUnder: true,
        termId: whole.id,
      });
      expect(warrantyOf(ask('2025-03-16', unit('2024-03-15'), '踢脚线'), [roof], firms).reason).toBe('no-term');
    });
  });

  it('goes by the term of its unit before that of the building before that of the community', () => {
    const everywhere = term({});
    const building = term({ buildingId: 'b1', months: 36 });
    const own = term({ unitId: 'u1', months: null, untilOn: '2024-12-31' });
    const elsewhere = term({ buildingId: 'b2', months: 99 });
    const last = (...terms: TermFact[]) => warrantyOf(ask('2024-06-01'), terms, firms).lastDay;
    expect(last(everywhere, elsewhere)).toBe('2026-03-15');
    expect(last(everywhere, building, elsewhere)).toBe('2027-03-15');
    expect(last(everywhere, building, own)).toBe('2024-12-31');
  });

  it('in a common place goes by the terms of common places and the building’s own delivery', () => {
    const hall: WhereFact = { unitId: null, buildingId: 'b1', deliveredOn: '2023-12-01' };
    const inside = term({ months: 99 });
    const common = term({ covers: 'common', months: 24 });
    expect(warrantyOf(ask('2025-12-01', hall), [inside, common], firms)).toMatchObject({
      isUnder: true,
      termId: common.id,
    });
    expect(warrantyOf(ask('2025-12-02', hall), [inside, common], firms).isUnder).toBe(false);
    expect(warrantyOf(ask('2025-12-01'), [common], firms).reason).toBe('no-term');
  });

  describe('with the firm changed in between', () => {
    const changed = term({
      months: 60,
      keepers: [
        { contractorId: 'walls', fromOn: '2025-06-01' },
        { contractorId: 'builder', fromOn: null },
      ],
    });
    test.each([
      ['the day before the change', '2025-05-31', 'builder', null, null],
      ['the day of the change', '2025-06-01', 'walls', '2025-06-01', 'builder'],
      ['long after', '2029-03-15', 'walls', '2025-06-01', 'builder'],
    ])('goes to who answers on %s', (_name, day, contractorId, contractorFrom, contractorBefore) => {
      expect(warrantyOf(ask(day), [changed], firms)).toMatchObject({
        isUnder: true,
        contractorId,
        contractorFrom,
        contractorBefore,
      });
    });
  });

  it('whose firm has ended its contract is under warranty all the same, and nobody is named', () => {
    const ended = term({ months: 60, keepers: [{ contractorId: 'late', fromOn: null }] });
    expect(warrantyOf(ask('2026-05-31'), [ended], firms)).toMatchObject({
      contractorId: 'late',
      contractorEnded: false,
    });
    expect(warrantyOf(ask('2026-06-01'), [ended], firms)).toMatchObject({
      isUnder: true,
      contractorId: null,
      contractorEnded: true,
    });
  });
});

it('lists what still runs in a unit, soonest to end first', () => {
  const terms = [
    term({ category: 'walls-roof', part: '屋面防水', months: 60 }),
    term({ category: 'water', months: 24 }),
    term({ category: 'heating', months: 12 }),
  ];
  expect(runningHere(unit('2024-03-15'), '2025-06-01', terms, firms).map((one) => one.category)).toEqual([
    'water',
    'walls-roof',
  ]);
});

describe('a new firm', () => {
  const keepers = [{ contractorId: 'builder', fromOn: null }];
  test.each([
    ['an unknown one', { contractorId: 'nobody', fromOn: '2025-07-01' }, undefined, 'unknown_contractor'],
    ['the same one', { contractorId: 'builder', fromOn: '2025-07-01' }, always, 'same_contractor'],
    ['before its contract', { contractorId: 'late', fromOn: '2025-05-31' }, firms.get('late'), 'contractor_not_active'],
    ['in time', { contractorId: 'late', fromOn: '2025-06-01' }, firms.get('late'), undefined],
  ])('is checked: %s', (_name, next, contractor, code) => {
    expect(keeperFaults(keepers, next, contractor)[0]?.code).toBe(code);
  });

  it('takes over after the last change only', () => {
    const twice = [...keepers, { contractorId: 'walls', fromOn: '2025-06-01' }];
    const next = (fromOn: string) => keeperFaults(twice, { contractorId: 'builder', fromOn }, always)[0]?.code;
    expect(next('2025-06-01')).toBe('not_after_last_change');
    expect(next('2025-06-02')).toBeUndefined();
  });
});

test.each([
  ['3栋大堂', '3栋'],
  ['12栋地下车库', '12'],
  ['1号楼东侧外墙', '1'],
  ['中心花园', null],
  ['1 栋 电梯厅', '1'],
])('the building of the place %s', (place, name) => {
  const buildings = [{ name: '1' }, { name: '12' }, { name: '3栋' }];
  expect(buildingOfPlace(place, buildings)?.name ?? null).toBe(name);
});
