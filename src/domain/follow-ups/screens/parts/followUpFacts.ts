// Small facts of a follow-up that several pages show: its address, its open clock, last week, how a refusal reads.

import { type Day, dayOf, type Instant, plusDays, weekdayOf } from '../../../../kernel/time.ts';
import type { ClockFacts } from '../../../../ui/clockLook.ts';
import type { FollowUp } from '../../follow-up.contract.ts';
import { followUpProblems } from '../../follow-up.words.ts';

export const followUpAddress = (communityCode: string, id: string): string => `/c/${communityCode}/follow-ups/${id}`;
export const slipAddress = (communityCode: string, id: string): string => `${followUpAddress(communityCode, id)}/print`;

/** The clock that runs in this state; null: none. */
export function openClock(followUp: FollowUp): ClockFacts | null {
  const dueAt =
    followUp.state === 'due'
      ? followUp.dueAt
      : followUp.state === 'visit-due'
        ? (followUp.visitDueAt ?? followUp.dueAt)
        : followUp.state === 'recorded'
          ? followUp.reviewDueAt
          : null;
  if (dueAt === null) return null;
  const startedAt = followUp.state === 'recorded' ? (followUp.result?.recordedAt ?? dueAt) : followUp.startedAt;
  return { state: 'running', startedAt, dueAt };
}

/** Monday to Sunday of the week before the one in which this day falls (RP18). */
export function lastWeekOf(day: Day): { from: Day; until: Day } {
  const monday = plusDays(day, 1 - weekdayOf(day));
  return { from: plusDays(monday, -7), until: plusDays(monday, -1) };
}

export const isWithin = (at: Instant, { from, until }: { from: Day; until: Day }): boolean =>
  dayOf(at) >= from && dayOf(at) <= until;

export const refusalInWords = (code: string): string => followUpProblems.titles[code]?.({}).zh ?? code;
