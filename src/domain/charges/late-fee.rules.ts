// Late fees 滞纳金 (MN1): so much a day on what is still owed at the day's end, from the day after the grace period, paused
// where a pause is on record, never more than the cap. Worked out exactly for all days and rounded once.
import { compare, plus, type Rational, rational, roundHalfUp, times, zero } from '../../kernel/rational.ts';
import { type Day, dayOf, daysBetween, type Instant, type Month, plusDays } from '../../kernel/time.ts';
import type { LateFeeDetail, LateFeeRule } from './late-fee.contract.ts';

export type LateFeeFacts = {
  amountFen: number;
  dueOn: Day;
  /** What was paid, waived or taken back (below zero) of it, on its day. */
  settled: readonly { on: Day; fen: number }[];
  /** Days that don't count, both ends included: a dispute that is looked into, a stop ordered by the manager. */
  pauses: readonly { from: Day; until: Day | null }[];
};

export type LateFeeStretch = { from: Day; until: Day; days: number; owedFen: number; isPaused: boolean };
export type LateFee = {
  fen: number;
  isCapped: boolean;
  stretches: readonly LateFeeStretch[];
};

/** The whole fee up to and with a day. What was charged of it already is the caller's to take off. */
export function lateFeeOf({ amountFen, dueOn, settled, pauses }: LateFeeFacts, rule: LateFeeRule, asOf: Day): LateFee {
  const first = plusDays(dueOn, rule.graceDays + 1);
  if (asOf < first || amountFen <= 0) return { fen: 0, isCapped: false, stretches: [] };
  const owedOn = (day: Day) =>
    Math.max(
      0,
      settled.reduce((owed, one) => (one.on <= day ? owed - one.fen : owed), amountFen),
    );
  const isPausedOn = (day: Day) => pauses.some(({ from, until }) => from <= day && (until === null || until >= day));
  const changes = [
    first,
    ...settled.map(({ on }) => on),
    ...pauses.flatMap(({ from, until }) => [from, ...(until === null ? [] : [plusDays(until, 1)])]),
  ];
  const cuts = [...new Set(changes)].filter((day) => day >= first && day <= asOf).sort();
  const stretches = cuts
    .map((from, index): LateFeeStretch => {
      const next = cuts[index + 1];
      const until = next === undefined ? asOf : plusDays(next, -1);
      return { from, until, days: daysBetween(from, until) + 1, owedFen: owedOn(from), isPaused: isPausedOn(from) };
    })
    .filter((stretch) => stretch.owedFen > 0);
  const exact = stretches.reduce<Rational>(
    (sum, { days, owedFen, isPaused }) =>
      isPaused ? sum : plus(sum, times(rational(owedFen), rational(days * rule.dailyPerMillion, 1_000_000))),
    zero,
  );
  const cap = rational(BigInt(amountFen) * BigInt(rule.capPercent), 100);
  const isCapped = compare(exact, cap) > 0;
  return { fen: Number(roundHalfUp(isCapped ? cap : exact)), isCapped, stretches };
}

/** A run of a month counts whole days that are over: to the end of the month before, never past the day before it is made. */
export function lateFeeDay(month: Month, madeAt: Instant): Day {
  const [end, yesterday] = [plusDays(`${month}-01`, -1), plusDays(dayOf(madeAt), -1)];
  return end < yesterday ? end : yesterday;
}

/** A charge that nobody was told of yet is not late: owed from its due day, or from the day it was posted. */
export const owedFrom = (dueOn: Day, postedOn: Day): Day => (dueOn > postedOn ? dueOn : postedOn);

export type LateFeeOf = LateFeeFacts & { of: LateFeeDetail['of']; chargedBeforeFen: number };

/** What is to be charged now of one charge; null: nothing more than was charged before. */
export function nextLateFee(facts: LateFeeOf, rule: LateFeeRule, asOf: Day): LateFeeDetail | null {
  const { amountFen, dueOn, of } = facts;
  const settled = facts.settled.filter(({ on }) => on <= asOf);
  const pauses = facts.pauses.filter(({ from }) => from <= asOf).map(({ from, until }) => ({ from, until }));
  const { fen } = lateFeeOf({ amountFen, dueOn, settled, pauses }, rule, asOf);
  if (fen <= facts.chargedBeforeFen) return null;
  return {
    ...{ of, amountFen, dueOn, settled: settled.map(({ on, fen: part }) => ({ on, fen: part })), pauses, rule, asOf },
    totalFen: fen,
    beforeFen: facts.chargedBeforeFen,
  };
}

export const lateFeeFen = ({ totalFen, beforeFen }: LateFeeDetail): number => totalFen - beforeFen;

/** MN2: whether the kept inputs still give what was charged. */
export const isLateFeeDerivable = (detail: LateFeeDetail): boolean =>
  lateFeeOf(detail, detail.rule, detail.asOf).fen === detail.totalFen && detail.totalFen > detail.beforeFen;
