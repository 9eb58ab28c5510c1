import { describe, expect, it } from 'vitest';
import { checkedOn, figureOf, isOver, monthAfter, spanOf } from './indicator.rules.ts';

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
