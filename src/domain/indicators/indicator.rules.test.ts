import { describe, expect, it } from 'vitest';
import { groupings, noGroup, type PlacedRow } from './indicator.contract.ts';
import {
  baseDayOf,
  butlerKey,
  checkedOn,
  countBase,
  figureOf,
  groupKeyOf,
  groupsOf,
  hourKey,
  isOver,
  monthAfter,
  monthsUpTo,
  shareOf,
  spanOf,
} from './indicator.rules.ts';

const rows = (counting: number, all: number) =>
  Array.from({ length: all }, (_, index) => ({ counts: index < counting }));

describe('a figure', () => {
  it('is its rows counted, and null where there is nothing to divide by', () => {
    expect(figureOf(rows(99, 100), 0.99, 'at-least')).toEqual({
      numerator: 99,
      denominator: 100,
      value: 0.99,
      met: true,
    });
    expect(figureOf([], 0.99, 'at-least')).toEqual({ numerator: 0, denominator: 0, value: null, met: null });
  });

  it('meets a target exactly at it, whatever a division makes of it', () => {
    for (let all = 1; all <= 500; all++) {
      const least = Math.ceil((99 * all) / 100);
      expect(figureOf(rows(least, all), 0.99, 'at-least').met, `${least} of ${all}`).toBe(true);
      expect(figureOf(rows(least - 1, all), 0.99, 'at-least').met, `${least - 1} of ${all}`).toBe(false);
      const most = Math.floor(all / 100);
      expect(figureOf(rows(most, all), 0.01, 'at-most').met, `${most} of ${all}`).toBe(true);
      expect(figureOf(rows(most + 1, all), 0.01, 'at-most').met, `${most + 1} of ${all}`).toBe(false);
    }
  });

  it('is the average of points where its rows carry them, and met at its target', () => {
    const points = (...each: number[]) => each.map((one) => ({ counts: one >= 75, points: one }));
    expect(figureOf(points(100, 75, 80), 85, 'at-least')).toEqual({
      numerator: 255,
      denominator: 3,
      value: 85,
      met: true,
    });
    expect(figureOf(points(100, 75, 79), 85, 'at-least').met).toBe(false);
  });

  it('stays below a target only under it (V: valid complaints < 2 %)', () => {
    for (let all = 1; all <= 500; all++) {
      const most = Math.ceil((2 * all) / 100) - 1;
      expect(shareOf(most, all, 0.02, 'below').met, `${most} of ${all}`).toBe(true);
      expect(shareOf(most + 1, all, 0.02, 'below').met, `${most + 1} of ${all}`).toBe(false);
    }
  });

  it('is divided by households where they are given, none of them among its rows', () => {
    expect(figureOf(rows(3, 3), 0.02, 'below', 200)).toEqual({
      numerator: 3,
      denominator: 200,
      value: 0.015,
      met: true,
    });
    expect(figureOf([], 0.02, 'below', 200)).toEqual({ numerator: 0, denominator: 200, value: 0, met: true });
    expect(figureOf(rows(3, 3), 0.02, 'below', 0).value).toBeNull();
  });

  it('says nothing of a target that the standard does not set', () => {
    expect(figureOf(rows(1, 2), null, 'at-least').met).toBeNull();
  });
});

describe('a month', () => {
  it('runs from midnight to midnight in Shanghai, over a new year and through a leap February', () => {
    expect(spanOf('2026-12')).toEqual({ from: '2026-11-30T16:00:00.000Z', until: '2026-12-31T16:00:00.000Z' });
    expect(spanOf('2024-02')).toEqual({ from: '2024-01-31T16:00:00.000Z', until: '2024-02-29T16:00:00.000Z' });
    expect([monthAfter('2026-12'), monthAfter('2027-01', -1), monthAfter('2026-01', 13)]).toEqual([
      '2027-01',
      '2026-12',
      '2027-02',
    ]);
  });

  it('is checked by the day that the standard names, and over when that day is (MG1)', () => {
    expect(checkedOn('2026-12', 3)).toBe('2027-01-03');
    expect(isOver('2027-01-03', '2027-01-03T15:59:59.000Z')).toBe(false);
    expect(isOver('2027-01-03', '2027-01-03T16:00:00.000Z')).toBe(true);
  });
});

describe('groups', () => {
  const row = (change: Partial<PlacedRow>): PlacedRow => ({
    caseId: 'c',
    code: 'TS',
    kind: 'complaint',
    unit: null,
    level: 'ordinary',
    category: 'engineering',
    // Friday 20 November 2026, 01:30 in Shanghai.
    at: '2026-11-19T17:30:00.000Z',
    counts: true,
    cause: null,
    department: 'engineering',
    unitId: null,
    buildingId: null,
    butlerIds: [],
    ...change,
  });
  const all = [
    row({ buildingId: 'b1', butlerIds: ['y', 'x'], counts: false }),
    row({ buildingId: 'b1', butlerIds: ['x', 'y'], level: 'serious', cause: 'late' }),
    row({ buildingId: 'b2', butlerIds: ['x'], at: '2026-11-20T02:00:00.000Z', category: null }),
    row({ department: null }),
  ];

  it('come to the figure, whatever it is taken apart by', () => {
    for (const by of groupings) {
      const groups = groupsOf(all, by, null, 'at-least', null);
      expect(
        groups.reduce((sum, one) => sum + one.numerator, 0),
        by,
      ).toBe(3);
      expect(
        groups.reduce((sum, one) => sum + one.denominator, 0),
        by,
      ).toBe(4);
      for (const one of groups)
        expect(all.filter((each) => groupKeyOf(each, by) === one.key).length, `${by} ${one.key}`).toBe(one.rows);
    }
  });

  it('keep butlers who share an area together, in one order, and Shanghai hours of the week', () => {
    expect(
      groupsOf(all, 'butler', null, 'at-least', null).map((one) => [one.key, one.numerator, one.denominator]),
    ).toEqual([
      ['x,y', 1, 2],
      ['none', 1, 1],
      ['x', 1, 1],
    ]);
    expect(butlerKey([])).toBe(noGroup);
    expect(hourKey('2026-11-19T17:30:00.000Z')).toBe('5-01');
    expect(hourKey('2026-11-22T15:59:59.000Z')).toBe('7-23');
  });

  it('divide by the households of the place, and by all of them where there is no place', () => {
    const base = countBase([
      { buildingId: 'b1', butlerIds: ['x', 'y'] },
      { buildingId: 'b1', butlerIds: ['x', 'y'] },
      { buildingId: 'b3', butlerIds: [] },
    ]);
    const valid = all.filter((one) => one.counts);
    expect(
      groupsOf(valid, 'building', 0.02, 'below', base).map((one) => [one.key, one.numerator, one.denominator, one.met]),
    ).toEqual([
      ['b1', 1, 2, false],
      ['b2', 1, 0, null],
      ['none', 1, 0, null],
      ['b3', 0, 1, true],
    ]);
    expect(
      groupsOf(valid, 'level', 0.02, 'below', base).map((one) => [one.key, one.numerator, one.denominator]),
    ).toEqual([
      ['ordinary', 2, 3],
      ['serious', 1, 3],
    ]);
  });
});

describe('months', () => {
  it('are twelve up to the one asked, over a new year', () => {
    const months = monthsUpTo('2027-02', 12);
    expect([months.length, months[0], months[10], months[11]]).toEqual([12, '2026-03', '2027-01', '2027-02']);
  });

  it('count households on their last day, while they run today', () => {
    expect(baseDayOf('2028-02', '2028-03-05T00:00:00.000Z')).toBe('2028-02-29');
    expect(baseDayOf('2028-02', '2028-02-09T17:00:00.000Z')).toBe('2028-02-10');
  });
});
