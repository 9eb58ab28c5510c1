// The days of a weekly receipt detail 收款明细周报 (FD18): the week ends on Saturday, when the supervisor gets it.
import { BadInput } from '../../kernel/refusal.ts';
import { type Day, plusDays, weekdayOf } from '../../kernel/time.ts';

const saturday = 6;
const mostDays = 31;

/** Days from one to the other, both counted. */
export function daysBetween(from: Day, until: Day): number {
  return Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000) + 1;
}

/** What is left out is the week to the Saturday of today. */
export function spanOfDetail(
  asked: { from?: Day | undefined; until?: Day | undefined },
  today: Day,
): { from: Day; until: Day } {
  const week = plusDays(today, (saturday - weekdayOf(today) + 7) % 7);
  const until = asked.until ?? (asked.from === undefined ? week : plusDays(asked.from, 6));
  const from = asked.from ?? plusDays(until, -6);
  if (from > until) throw new BadInput([{ path: 'until', code: 'range_reversed' }]);
  if (daysBetween(from, until) > mostDays)
    throw new BadInput([{ path: 'until', code: 'range_too_long', facts: { most: mostDays } }]);
  return { from, until };
}
