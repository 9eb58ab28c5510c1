// Replays a clock 时限 under another version of the standard: the same happenings, the limits that version would have given.
import type { Instant } from '../../kernel/time.ts';
import { plusMinutes } from '../../kernel/time.ts';
import type { Calendar } from '../clocks/calendar.rules.ts';
import type { ClockEvent, ClockKind, Limit } from '../clocks/clock.contract.ts';
import { type FoldedClock, foldClock } from '../clocks/clock.rules.ts';
import { dueAt } from '../clocks/limit.rules.ts';
import type { ClockRule, PauseReason, StandardDocument } from '../standards/standard.contract.ts';
import { isSame } from '../standards/standard-edit.rules.ts';
import type { ReplayCount, ReplayOutcome } from './replay.contract.ts';

/** Urgency or severity as it was from each instant on. */
export type Levels = readonly { at: Instant; level: string }[];
export type ReplayClock = {
  kind: ClockKind;
  key: string;
  events: readonly ClockEvent[];
  levels: Levels;
  /** Of a follow-up and its review: what it follows up, which names their rules. */
  followUpOf?: string | undefined;
  /** Of a complaint: the date the customer named, and whether a later one was explained to him with a next answer. */
  customer?: { wishedAt: Instant | null; isExplained: boolean } | undefined;
};
type Named = Pick<ReplayClock, 'kind' | 'key' | 'followUpOf'>;
export type Versions = { before: StandardDocument; after: StandardDocument };

/** The level that holds at an instant: a change at that very instant counts, for it is what moved the clock. */
const levelAt = (levels: Levels, at: Instant): string | null =>
  (levels.filter((one) => one.at <= at).at(-1) ?? levels[0])?.level ?? null;

/**
 * The rule that a limit came from. Several of a kind may have the same limit: then the case's level at that time says
 * which, and a rule without a variant of its own is the kind's only one.
 */
function ruleOf(document: StandardDocument, clock: Named, limit: Limit, level: string | null) {
  const found = document.clocks.filter(
    (rule) => rule.kind === clock.kind && rule.limit !== null && isSame(rule.limit, limit),
  );
  const named = (variant: string) => found.find((rule) => rule.variant === variant);
  return (
    (clock.followUpOf !== undefined ? (named(clock.followUpOf) ?? named('other')) : undefined) ??
    (clock.key !== '' ? named(clock.key) : undefined) ??
    named(level ?? '') ??
    named(`complaint-${level}`) ??
    found[0] ??
    null
  );
}

const sameRule = (document: StandardDocument, rule: ClockRule): ClockRule | undefined =>
  document.clocks.find((one) => one.kind === rule.kind && one.variant === rule.variant);

/** What the other version gives in place of a limit; null: it has no such promise. A date that people agreed on stays. */
export function limitUnder(versions: Versions, clock: Named, limit: Limit, level: string | null): Limit | null {
  const rule = ruleOf(versions.before, clock, limit, level);
  if (rule !== null) return sameRule(versions.after, rule)?.limit ?? null;
  // An appointment less the lead of RP4.
  if (clock.kind === 'on-site' && 'at' in limit && limit.at !== null) {
    const lead = (document: StandardDocument) =>
      document.clocks.find((one) => one.kind === 'on-site' && one.variant === 'appointment')?.appointmentLeadMinutes ??
      0;
    return { at: plusMinutes(limit.at, lead(versions.before) - lead(versions.after)) };
  }
  return limit;
}

/**
 * The date a customer named for the end of his complaint, beside a limit that other versions set otherwise: under a soft
 * one a later date counts only where it was explained (V). What an earlier version let stand may fall, and the other way.
 */
function customerLimit(
  versions: Versions,
  clock: ReplayClock,
  given: { was: Limit; is: Limit },
  level: string | null,
  dueOf: (limit: Limit) => Instant | null,
): Limit {
  const { customer, kind } = clock;
  const ruleIn = (document: StandardDocument) =>
    document.clocks.find((one) => one.kind === 'complete' && one.variant === `complaint-${level}`);
  const [before, after] = [ruleIn(versions.before), ruleIn(versions.after)];
  if (kind !== 'complete' || !customer || !before?.limit || !after?.limit || !after.soft) return given.is;
  const due = dueOf(after.limit);
  const holds = (date: Instant) => customer.isExplained || due === null || date <= due;
  if ('at' in given.was) return given.was.at !== null && !holds(given.was.at) ? after.limit : given.is;
  const { wishedAt } = customer;
  const isWish = after.customerDate === 'wish' && wishedAt !== null && isSame(given.was, before.limit);
  return isWish && holds(wishedAt) ? { at: wishedAt } : given.is;
}

function wishedUnder(versions: Versions, clock: ReplayClock, wished: Limit): Limit | undefined {
  const rule = versions.before.clocks.find(
    (one) => one.kind === clock.kind && one.wished && isSame(one.wished, wished),
  );
  return rule ? sameRule(versions.after, rule)?.wished : wished;
}

/** The least time after a change of level is the arrival's of that urgency, or the response's of that severity. */
function responseUnder(versions: Versions, limit: Limit, level: string | null): Limit | null {
  const kind = level !== null && sameLevel(versions.before, 'respond', limit, level) ? 'respond' : 'on-site';
  return limitUnder(versions, { kind, key: '' }, limit, level);
}
const sameLevel = (document: StandardDocument, kind: ClockKind, limit: Limit, level: string): boolean =>
  document.clocks.some(
    (rule) => rule.kind === kind && rule.variant === level && rule.limit !== null && isSame(rule.limit, limit),
  );

/** The clock's events as they would stand; null where the version has no such promise. */
export function eventsUnder(versions: Versions, clock: ReplayClock, calendar: Calendar): ClockEvent[] | null {
  const events: ClockEvent[] = [];
  let isWithoutPause = false;
  for (const event of clock.events) {
    const level = levelAt(clock.levels, event.at);
    if (event.type === 'start') {
      const own = limitUnder(versions, clock, event.limit, level);
      if (own === null) return null;
      const dueOf = (one: Limit) => dueAt(one, event.at, calendar);
      const limit = customerLimit(versions, clock, { was: event.limit, is: own }, level, dueOf);
      const wished = event.wishedLimit && wishedUnder(versions, clock, event.wishedLimit);
      const { wishedLimit: _wished, calendarVersion: _calendar, ...start } = event;
      events.push({ ...start, limit, ...(wished ? { wishedLimit: wished } : {}) });
    } else if (event.type === 'rebase') {
      const limit = limitUnder(versions, clock, event.limit, level);
      if (limit === null) continue;
      const { rise, responseLimit, ...rest } = event;
      const response = (one: Limit) => responseUnder(versions, one, level);
      const least = responseLimit ? response(responseLimit) : null;
      events.push({
        ...rest,
        limit,
        ...(rise ? { rise: { responseLimit: rise.responseLimit && response(rise.responseLimit) } } : {}),
        ...(least ? { responseLimit: least } : {}),
      });
    } else if (event.type === 'pause') {
      const rule = versions.after.repair.pauses[event.reason as PauseReason];
      isWithoutPause = rule !== undefined && !rule.pausesComplete;
      if (!isWithoutPause) events.push(event);
    } else if (event.type === 'resume') {
      if (!isWithoutPause) events.push(event);
      isWithoutPause = false;
    } else if (event.type !== 'recalculated') events.push(event);
  }
  return events;
}

/** Folded by the calendar that the version's office hours make. */
export function replayClock(
  versions: Versions,
  clock: ReplayClock,
  calendar: Calendar,
  now: Instant,
): FoldedClock | null {
  const events = eventsUnder(versions, clock, calendar);
  return events === null ? null : foldClock(events, calendar, now);
}

/** How a promise came out: one that still runs is late once it is overdue. */
export function outcomeOf(folded: Pick<FoldedClock, 'state' | 'overdueFrom'> | null, now: Instant): ReplayOutcome {
  if (folded === null) return 'none';
  if (folded.state === 'met') return 'on-time';
  if (folded.state === 'missed') return 'late';
  if (folded.state === 'void') return 'void';
  return folded.overdueFrom !== null && folded.overdueFrom < now ? 'late' : 'open';
}

const noneYet = (): Record<ReplayOutcome, number> => ({ 'on-time': 0, late: 0, open: 0, void: 0, none: 0 });

/** Adds rows to the counts of their kinds, in the order in which kinds first come. */
export function countRows(
  counts: readonly ReplayCount[],
  rows: readonly { kind: ClockKind; was: ReplayOutcome; wouldBe: ReplayOutcome }[],
): ReplayCount[] {
  const byKind = new Map(counts.map((one) => [one.kind, structuredClone(one)]));
  for (const { kind, was, wouldBe } of rows) {
    const count = byKind.get(kind) ?? { kind, was: noneYet(), wouldBe: noneYet(), changed: 0 };
    count.was[was]++;
    count.wouldBe[wouldBe]++;
    if (was !== wouldBe) count.changed++;
    byKind.set(kind, count);
  }
  return [...byKind.values()];
}
