// What a figure says, from its rows: how many count, of how many, and whether the target is met.
import { atWallTime, type Day, type Instant, type Month, startOfDay } from '../../kernel/time.ts';
import type { IndicatorRow } from './indicator.contract.ts';

export type Comparison = 'at-least' | 'at-most';
export type Figure = { numerator: number; denominator: number; value: number | null; met: boolean | null };

export function figureOf(
  rows: readonly Pick<IndicatorRow, 'counts' | 'points'>[],
  target: number | null,
  comparison: Comparison,
): Figure {
  const denominator = rows.length;
  const numerator = rows.reduce((sum, row) => sum + (row.points ?? Number(row.counts)), 0);
  if (denominator === 0) return { numerator, denominator, value: null, met: null };
  const value = numerator / denominator;
  // Compared as whole counts: 99 of 100 meets 0.99, whatever a division makes of it.
  const wanted = target === null ? null : target * denominator;
  const met =
    wanted === null
      ? null
      : comparison === 'at-least'
        ? numerator >= wanted - tolerance
        : numerator <= wanted + tolerance;
  return { numerator, denominator, value, met };
}
/** Below any count: what multiplying a share may lose. */
const tolerance = 1e-9;

export const firstDayOf = (month: Month): Day => `${month}-01`;
export function monthAfter(month: Month, by = 1): Month {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const index = year * 12 + number - 1 + by;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}
/** From the first midnight of the month until the first of the next, that one left out. */
export const spanOf = (month: Month): { from: Instant; until: Instant } => ({
  from: startOfDay(firstDayOf(month)),
  until: startOfDay(firstDayOf(monthAfter(month))),
});
/** MG1: the supervisor checks a month's base data by this day of the next; nothing freezes before. */
export const checkedOn = (month: Month, day: number): Day => `${monthAfter(month)}-${String(day).padStart(2, '0')}`;
export const isOver = (day: Day, now: Instant): boolean => now >= atWallTime(day, '24:00');
