// The figures of a month of follow-ups 月度回访 (FU5, spec/11 Denominators), each with the cases behind it.
import type { Instant } from '../../kernel/time.ts';
import type { FollowUpSubject } from '../standards/standard.contract.ts';
import type { FollowUpState, Verdict } from './follow-up.contract.ts';
import type { CaseRef, Rate, RateName, Share } from './follow-up-analysis.contract.ts';
import { isWarning, neededFor, outlookOf } from './follow-up-share.rules.ts';

/**
 * One finish of the month. Without a follow-up its state is null where one is still to be made, `void` where the work was
 * sent back and nobody will ask about it any more.
 */
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
const isOwed = (one: FinishedCase): boolean => one.state !== null && one.state !== 'not-owed' && one.state !== 'void';
const isStillOpen = (one: FinishedCase): boolean =>
  one.state === null || one.state === 'due' || one.state === 'visit-due';

/** What speaks for an order finished more than once: an answer, the worst before the others; then what may still come. */
const rank = (one: FinishedCase): number => {
  if (one.verdict === 'not-acceptable') return 0;
  if (one.verdict === 'acceptable') return 1;
  if (isStillOpen(one)) return 2;
  return isOwed(one) ? 3 : one.state === 'not-owed' ? 4 : 5;
};
const worse = (a: FinishedCase, b: FinishedCase): boolean =>
  rank(a) < rank(b) || (rank(a) === rank(b) && (a.satisfaction ?? 0) < (b.satisfaction ?? 0));

/** Finished twice in one month, after a rework, it is still one order, as in the figures of repairs (spec/11). */
export function onePerCase(finished: readonly FinishedCase[]): FinishedCase[] {
  const byCase = new Map<string, FinishedCase>();
  for (const one of finished) {
    const key = `${one.what} ${one.caseId}`;
    const known = byCase.get(key);
    if (known === undefined || worse(one, known)) byCase.set(key, one);
  }
  return [...byCase.values()];
}

/** Four of five and better (ours). */
export const satisfiedFrom = 4;

export function ratesOf(
  what: FollowUpSubject,
  finished: readonly FinishedCase[],
  share: number | null,
  now: Instant,
): Rate[] {
  const each = finished.filter((one) => one.what === what);
  const all = onePerCase(each);
  const reached = all.filter(isReached);
  const owed = all.filter(isOwed);
  // Of those with a date, what is recorded or whose date is over: one that still has time is neither.
  const isDated = (one: FinishedCase) => isOwed(one) && one.dueAt !== null && (one.verdict !== null || one.dueAt < now);
  const isLate = (one: FinishedCase) => !isReached(one) || (one.recordedAt ?? '') > (one.dueAt ?? '');
  const allDated = each.filter(isDated);
  const late = new Set(allDated.filter(isLate).map((one) => one.caseId));
  const dated = onePerCase(allDated);
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
      // Late if either was.
      dated.filter((one) => !late.has(one.caseId)),
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
  const all = onePerCase(finished.filter((one) => one.what === what));
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
    const cases = onePerCase(finished)
      .filter((one) => one.satisfaction === index + 1)
      .map(refOf);
    return { step: index + 1, count: cases.length, cases };
  });
