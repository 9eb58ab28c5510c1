// Whether the month's floor 回访比例 can still be met (FU1): what is finished, what was followed up, what is still open.
import { type Day, type Instant, type Month, monthOf, plusDays } from '../../kernel/time.ts';
import type { ShareOutlook } from './follow-up-analysis.contract.ts';

export type ShareFacts = { share: number | null; finished: number; followedUp: number; stillOpen: number };

export const neededFor = ({ share, finished, followedUp }: ShareFacts): number | null =>
  share === null ? null : Math.max(0, Math.ceil(share * finished - 1e-9) - followedUp);

/** tight: each of those left must be reached; one more that is not, and the month is lost. */
export function outlookOf(facts: ShareFacts): ShareOutlook {
  const { share, stillOpen } = facts;
  const needed = neededFor(facts);
  if (share === null || needed === null) return 'unset';
  if (needed > stillOpen) return 'lost';
  if (needed === 0) return 'met';
  // Where the standard wants every one, "exactly those left" is no warning but the plan itself.
  if (share >= 1) return 'all-needed';
  return needed === stillOpen ? 'tight' : 'on-track';
}

export const isWarning = (outlook: ShareOutlook): boolean => outlook === 'tight' || outlook === 'lost';

export const nextMonth = (month: Month): Month => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
};
export const lastDayOf = (month: Month): Day => plusDays(`${nextMonth(month)}-01`, -1);

/** FU5: exported by this day of the next month. */
export const exportByOf = (month: Month, day: number): Day => `${nextMonth(month)}-${String(day).padStart(2, '0')}`;

/** FU5: kept so many years from the end of its month. */
export function keptUntilOf(month: Month, years: number): Day {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return lastDayOf(`${year + years}-${String(number).padStart(2, '0')}`);
}

/** A month stays open until it is over and the last of its follow-ups has come due (FU5). */
export const isMonthOpen = (month: Month, lastDueAt: Instant | null, now: Instant): boolean =>
  monthOf(now) <= month || (lastDueAt !== null && lastDueAt > now);
