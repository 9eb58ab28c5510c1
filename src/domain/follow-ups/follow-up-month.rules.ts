// The figures of a month of follow-ups 月度回访 (FU5, spec/11 Denominators), each with the cases behind it.
import type { Instant } from '../../kernel/time.ts';
import type { FollowUpState, FollowUpSubject, Verdict } from './follow-up.contract.ts';
import type { CaseRef, Rate, RateName, Share } from './follow-up-analysis.contract.ts';
import { isWarning, neededFor, outlookOf } from './follow-up-share.rules.ts';

/** One case finished in the month; without a follow-up where that is still to be made. */
export type FinishedCase = {
  followUpId: string | null;
  code: string | null;
  caseId: string;
  caseCode: string;
  what: FollowUpSubject;
  state: FollowUpState | null;
  verdict: Verdict | null;
  satisfaction: number | null;
  recordedAt: Instant | null;
  finishedAt: Instant | null;
  dueAt: Instant | null;
  category: string | null;
  unit: string | null;
  lackingTextId: string | null;
  complaintId: string | null;
  complaintCode: string | null;
};

export const refOf = (one: FinishedCase): CaseRef => ({ id: one.caseId, code: one.caseCode });

/** Followed up: the customer was reached. One that nobody reached was not. */
export const isReached = (one: FinishedCase): boolean =>
  one.verdict === 'acceptable' || one.verdict === 'not-acceptable';
const isOwed = (one: FinishedCase): boolean => one.state !== null && one.state !== 'not-owed';
const isStillOpen = (one: FinishedCase): boolean =>
  one.state === null || one.state === 'due' || one.state === 'visit-due';
/** Four of five and better (ours). */
export const satisfiedFrom = 4;

export function ratesOf(
  what: FollowUpSubject,
  finished: readonly FinishedCase[],
  share: number | null,
  now: Instant,
): Rate[] {
  const all = finished.filter((one) => one.what === what);
  const reached = all.filter(isReached);
  const owed = all.filter(isOwed);
  // Of those with a date, what is recorded or whose date is over: one that still has time is neither.
  const dated = owed.filter((one) => one.dueAt !== null && (one.verdict !== null || one.dueAt < now));
  const rate = (name: RateName, counted: FinishedCase[], of: readonly FinishedCase[], target: number | null): Rate => {
    const value = of.length === 0 ? null : counted.length / of.length;
    return {
      name,
      what,
      numerator: counted.length,
      denominator: of.length,
      value,
      target,
      met: value === null || target === null ? null : value >= target,
      counted: counted.map(refOf),
      of: of.map(refOf),
    };
  };
  return [
    rate('followed-up', reached, all, share),
    rate(
      'acceptable',
      reached.filter((one) => one.verdict === 'acceptable'),
      reached,
      null,
    ),
    rate(
      'satisfied',
      reached.filter((one) => (one.satisfaction ?? 0) >= satisfiedFrom),
      reached,
      null,
    ),
    rate(
      'not-reached',
      owed.filter((one) => one.verdict === 'not-reached'),
      owed,
      null,
    ),
    rate(
      'on-time',
      dated.filter((one) => isReached(one) && (one.recordedAt ?? '') <= (one.dueAt ?? '')),
      dated,
      null,
    ),
  ];
}

/** FU1: finished so far, followed up so far, still open; whether the floor can still be met. */
export function shareOf(
  month: string,
  what: FollowUpSubject,
  finished: readonly FinishedCase[],
  share: number | null,
): Share {
  const all = finished.filter((one) => one.what === what);
  const facts = {
    share,
    finished: all.length,
    followedUp: all.filter(isReached).length,
    stillOpen: all.filter(isStillOpen).length,
  };
  const outlook = outlookOf(facts);
  return { month, what, ...facts, needed: neededFor(facts), outlook, warn: isWarning(outlook) };
}

export const satisfactionOf = (finished: readonly FinishedCase[], steps: number) =>
  Array.from({ length: steps }, (_, index) => {
    const cases = finished.filter((one) => one.satisfaction === index + 1).map(refOf);
    return { step: index + 1, count: cases.length, cases };
  });
