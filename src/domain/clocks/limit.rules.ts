// From a limit 时限 to the time at which it is due (spec/11, first paragraph and rules 1–2).
import {
  atWallTime,
  dayOf,
  daysBetween,
  hourMs,
  type Instant,
  later,
  minuteMs,
  msBetween,
  plusDays,
  startOfDay,
  weekdayOf,
} from '../../kernel/time.ts';
import type { Calendar } from './calendar.rules.ts';
import type { CalendarCode, Limit } from './clock.contract.ts';

/** A stretch in which the clock stood still; `to` is the resume, or the moment of asking while it still does. */
export type Pause = { from: Instant; to: Instant };

/** The counted length of a minutes or hours limit; null for limits that name a day or an instant. */
export function limitLength(limit: Limit): { ms: number; calendar: CalendarCode } | null {
  if ('minutes' in limit) return { ms: limit.minutes * minuteMs, calendar: limit.calendar };
  if ('hours' in limit) return { ms: limit.hours * hourMs, calendar: limit.calendar };
  return null;
}

/** Whether a due time under this limit can change when a year's holidays are announced. */
export const countsWorkingDays = (limit: Limit): boolean =>
  'workingDays' in limit || 'weekday' in limit || limitLength(limit)?.calendar === 'O';

/**
 * When a limit that starts at `startAt` is due; null for a date that is not set yet.
 * `{workingDays}` and `{calendarDays}` count from the day after the start's; `{weekday}` is the next such day after
 * the start's, on a day off the next working day at the same time (Monday's batch, RP18).
 */
export function dueAt(limit: Limit, startAt: Instant, calendar: Calendar): Instant | null {
  const length = limitLength(limit);
  if (length !== null) return calendar.addOpen(startAt, length.ms, length.calendar);
  const day = dayOf(startAt);
  if ('workingDays' in limit) return calendar.closingOf(calendar.workingDayAfter(day, limit.workingDays));
  if ('calendarDays' in limit) return startOfDay(plusDays(day, limit.calendarDays + 1));
  if ('sameDay' in limit) {
    const { endsAt, lateAfter, nextDayAt } = calendar.sameDay;
    const late = msBetween(atWallTime(day, lateAfter), startAt) > 0;
    return late ? atWallTime(plusDays(day, 1), nextDayAt) : atWallTime(day, endsAt);
  }
  if ('weekday' in limit) {
    const ahead = (limit.weekday - weekdayOf(day) + 6) % 7;
    return atWallTime(calendar.workingDayAfter(plusDays(day, ahead + 1), 0), limit.time);
  }
  return 'at' in limit ? limit.at : null;
}

/**
 * The due time of a limit that stood still in `pauses` (in order, not overlapping). Only a pause that begins before
 * the due time moves it: one after due heals nothing, one exactly at due has nothing left to save.
 * Minutes and hours move by the paused open time; working and calendar days by the days between the paused and the
 * resumed day; same day, weekday and dates don't move.
 */
export function dueAfterPauses(
  limit: Limit,
  startAt: Instant,
  pauses: readonly Pause[],
  calendar: Calendar,
): Instant | null {
  const unpaused = dueAt(limit, startAt, calendar);
  if (unpaused === null) return null;
  const length = limitLength(limit);
  let due: Instant = unpaused;
  let pausedMs = 0;
  let pausedDays = 0;
  for (const pause of pauses) {
    const from = later(pause.from, startAt);
    if (from >= due || pause.to <= from) continue;
    if (length !== null) {
      pausedMs += calendar.openMsBetween(from, pause.to, length.calendar);
      due = calendar.addOpen(startAt, length.ms + pausedMs, length.calendar);
    } else if ('workingDays' in limit) {
      pausedDays += calendar.workingDaysBetween(dayOf(from), dayOf(pause.to));
      due = calendar.closingOf(calendar.workingDayAfter(dayOf(startAt), limit.workingDays + pausedDays));
    } else if ('calendarDays' in limit) {
      pausedDays += daysBetween(dayOf(from), dayOf(pause.to));
      due = startOfDay(plusDays(dayOf(startAt), limit.calendarDays + pausedDays + 1));
    }
  }
  return due;
}
