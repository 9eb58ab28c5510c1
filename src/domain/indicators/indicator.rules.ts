// What a figure says, from its rows: how many count, of how many, whether the target is met, and the same by groups.
import {
  atWallTime,
  type Day,
  dayOf,
  earlier,
  type Instant,
  type Month,
  plusDays,
  startOfDay,
  wallTimeOf,
  weekdayOf,
} from '../../kernel/time.ts';
import { type Comparison, type Grouping, type IndicatorRow, noGroup, type PlacedRow } from './indicator.contract.ts';

export type Figure = { numerator: number; denominator: number; value: number | null; met: boolean | null };

export const figureOf = (
  rows: readonly Pick<IndicatorRow, 'counts' | 'points'>[],
  target: number | null,
  comparison: Comparison,
  /** What the counting rows are divided by, where that is not the rows themselves. */
  base: number = rows.length,
): Figure =>
  shareOf(
    rows.reduce((sum, row) => sum + (row.points ?? Number(row.counts)), 0),
    base,
    target,
    comparison,
  );

export function shareOf(numerator: number, denominator: number, target: number | null, comparison: Comparison): Figure {
  if (denominator === 0) return { numerator, denominator, value: null, met: null };
  const value = numerator / denominator;
  return {
    numerator,
    denominator,
    value,
    met: target === null ? null : isMet(numerator, target * denominator, comparison),
  };
}

/** Compared as whole counts: 99 of 100 meets 0.99, whatever a division makes of it. */
const isMet = (counted: number, wanted: number, comparison: Comparison): boolean =>
  comparison === 'at-least'
    ? counted >= wanted - tolerance
    : comparison === 'at-most'
      ? counted <= wanted + tolerance
      : counted < wanted - tolerance;
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

// ── groups ──────────────────────────────────────────────────────────────────────────────────────────

/** A household below the line, by where it lies. */
export type BaseUnit = { buildingId: string | null; butlerIds: readonly string[] };
/** Households in all, by building, and by the butlers of an area. */
export type BaseCounts = { total: number; building: Record<string, number>; butler: Record<string, number> };

/** Butlers who share an area are one group, so that groups come to the figure. */
export const butlerKey = (ids: readonly string[]): string => (ids.length === 0 ? noGroup : [...ids].sort().join(','));

/** Monday from nine o'clock is `1-09`. */
export const hourKey = (at: Instant): string => `${weekdayOf(dayOf(at))}-${wallTimeOf(at).slice(0, 2)}`;

const keys: Record<Grouping, (row: PlacedRow) => string> = {
  building: (row) => row.buildingId ?? noGroup,
  butler: (row) => butlerKey(row.butlerIds),
  department: (row) => row.department ?? noGroup,
  level: (row) => row.level ?? noGroup,
  category: (row) => row.category ?? noGroup,
  cause: (row) => row.cause ?? noGroup,
  hour: (row) => hourKey(row.at),
};
export const groupKeyOf = (row: PlacedRow, by: Grouping): string => keys[by](row);

export function countBase(units: readonly BaseUnit[]): BaseCounts {
  const counts: BaseCounts = { total: units.length, building: {}, butler: {} };
  const add = (into: Record<string, number>, key: string) => {
    into[key] = (into[key] ?? 0) + 1;
  };
  for (const unit of units) {
    add(counts.building, unit.buildingId ?? noGroup);
    add(counts.butler, butlerKey(unit.butlerIds));
  }
  return counts;
}

export type Group = Figure & { key: string; rows: number };

/**
 * A figure taken apart: its rows stand in one group each. Households are told apart by where they lie; by anything else
 * (level, department) every group is divided by all of them.
 */
export function groupsOf(
  rows: readonly PlacedRow[],
  by: Grouping,
  target: number | null,
  comparison: Comparison,
  base: BaseCounts | null,
): Group[] {
  const parts = new Map<string, PlacedRow[]>();
  const local = base === null ? null : by === 'building' ? base.building : by === 'butler' ? base.butler : null;
  for (const key of Object.keys(local ?? {})) parts.set(key, []);
  for (const row of rows) {
    const key = groupKeyOf(row, by);
    const part = parts.get(key);
    if (part) part.push(row);
    else parts.set(key, [row]);
  }
  const below = (key: string, part: readonly PlacedRow[]) =>
    base === null ? part.length : local === null ? base.total : (local[key] ?? 0);
  return [...parts]
    .map(([key, part]) => ({ key, rows: part.length, ...figureOf(part, target, comparison, below(key, part)) }))
    .sort((a, b) => b.rows - a.rows || b.denominator - a.denominator || (a.key < b.key ? -1 : 1));
}

// ── months ──────────────────────────────────────────────────────────────────────────────────────────

/** So many months, oldest first, the one asked last. */
export const monthsUpTo = (month: Month, count: number): Month[] =>
  Array.from({ length: count }, (_, index) => monthAfter(month, index + 1 - count));

/** The day on which households are counted: the month's last, or today while it runs. */
export const baseDayOf = (month: Month, now: Instant): Day =>
  earlier(plusDays(firstDayOf(monthAfter(month)), -1), dayOf(now));
