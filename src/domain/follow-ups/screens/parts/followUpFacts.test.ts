// Last week, as the supervisor means it on a Monday.
import { describe, expect, it } from 'vitest';
import { isWithin, lastWeekOf } from './followUpFacts.ts';

describe('last week', () => {
  it.each([
    ['2026-11-23', '2026-11-16', '2026-11-22'],
    ['2026-11-26', '2026-11-16', '2026-11-22'],
    ['2026-11-29', '2026-11-16', '2026-11-22'],
    ['2027-01-02', '2026-12-21', '2026-12-27'],
  ])('of %s runs from Monday %s to Sunday %s', (day, from, until) => {
    expect(lastWeekOf(day)).toEqual({ from, until });
  });
  it('goes by the Shanghai day', () => {
    const week = lastWeekOf('2026-11-23');
    expect(isWithin('2026-11-15T16:00:00.000Z', week)).toBe(true);
    expect(isWithin('2026-11-15T15:59:59.000Z', week)).toBe(false);
    expect(isWithin('2026-11-22T16:00:00.000Z', week)).toBe(false);
  });
});
