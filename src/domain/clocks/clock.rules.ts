// A clock 时限 is a fold over its events (spec/11): its state, when it is due, whose time was spent, and why.
// The same events and calendar give the same answer for ever, so that `verify` can fold again and compare.
import { type Instant, later, minuteMs, msBetween, msOf, plusMs } from '../../kernel/time.ts';
import type { Calendar } from './calendar.rules.ts';
import type { ChargeParty, ClockEvent, ClockState, LadderCode, Limit, Owner, WhyPart } from './clock.contract.ts';
import { countsWorkingDays, dueAfterPauses, dueAt, limitLength, type Pause } from './limit.rules.ts';

/** What binds: a limit from some instant on. An agreed date is `{at}`. The earliest due of all terms is the clock's. */
type Term = { limit: Limit; from: Instant; agreed: boolean };

export type FoldedClock = {
  state: ClockState;
  startedAt: Instant;
  /** Where counting begins: the start, or the next opening of an office-hours limit. */
  countsFrom: Instant;
  /** While paused: the due time as it stood when the pause began. Null: a date that is not set yet. */
  dueAt: Instant | null;
  wishedAt: Instant | null;
  /** The pause that runs now moves the due time on with it. */
  frozen: boolean;
  /**
   * From when an open clock counts as overdue: due, or the moment by which a missing date had to be set; null while
   * frozen and once ended. What boards and ladders go by.
   */
  overdueFrom: Instant | null;
  /** What a stop is judged by: due, or the moment by which a missing date had to be set. */
  judgedBy: Instant | null;
  /** Set by a stop. */
  stoppedAt: Instant | null;
  /** Set by a stop or a void. */
  endedAt: Instant | null;
  /** Wall time (round the clock) by party; the sum is end − start exactly, to `now` or the last event while open. */
  spentMs: Record<ChargeParty, number>;
  /** Begun minutes of wall time from the start; minutes past due (never fewer than 1 once missed). */
  spentMinutes: number;
  overMinutes: number;
  /** Begun minutes of the limit's own calendar without the pauses: what was used up of the promise. */
  countedMinutes: number;
  owner: Owner | null;
  /** Who the time running now is charged to. */
  chargedTo: ChargeParty;
  ladder: LadderCode;
  policyVersion: string;
  calendarVersion: string;
  /** What the binding due time was counted from, for steps at a percentage of it. */
  basis: { limit: Limit; from: Instant; pauses: Pause[] };
  provisional: boolean;
  why: WhyPart[];
};

type PauseEvent = Extract<ClockEvent, { type: 'pause' }>;
type StartEvent = Extract<ClockEvent, { type: 'start' }>;
type WhyPause = Extract<WhyPart, { code: 'paused' }>;
type Fold = {
  start: StartEvent;
  calendar: Calendar;
  terms: Term[];
  pauses: Pause[];
  openPause: { event: PauseEvent; from: Instant; why: WhyPause } | null;
  why: WhyPart[];
};

/** Long enough to hold a working day in any calendar: shows whether a pause moves a due time at all. */
const anyPauseMs = 60 * 24 * 60 * minuteMs;
const seconds = (instant: Instant): number => Math.floor(msOf(instant) / 1000);
/** Kept to the second: 15:00:00.900 is in time for 15:00:00. */
const isLate = (at: Instant, due: Instant | null): boolean => due !== null && seconds(at) > seconds(due);
const begunMinutes = (ms: number): number => Math.ceil(ms / minuteMs);

const dueOfTerm = (term: Term, pauses: readonly Pause[], calendar: Calendar): Instant | null =>
  dueAfterPauses(term.limit, term.from, pauses, calendar);

function earliest(dues: readonly (Instant | null)[]): Instant | null {
  const set = dues.filter((due): due is Instant => due !== null);
  return set.length === 0 ? null : set.reduce((a, b) => (a < b ? a : b));
}

const dueOf = (terms: readonly Term[], pauses: readonly Pause[], calendar: Calendar): Instant | null =>
  earliest(terms.map((term) => dueOfTerm(term, pauses, calendar)));

/** The pauses so far, the one that runs closed at `until`. */
const pausesUntil = (fold: Fold, until: Instant): Pause[] =>
  fold.openPause === null ? fold.pauses : [...fold.pauses, { from: fold.openPause.from, to: until }];

function orderEvents(events: readonly ClockEvent[]): { start: StartEvent; rest: ClockEvent[] } {
  const sorted = [...events].sort((a, b) => (a.at === b.at ? a.seq - b.seq : a.at < b.at ? -1 : 1));
  const start = sorted.find((event) => event.type === 'start');
  if (start === undefined) throw new Error('a clock without a start');
  return { start, rest: sorted.filter((event) => event !== start) };
}

/** Changes the level or limit from the original start on (spec/11, 3). */
function rebase(
  fold: Fold,
  event: Extract<ClockEvent, { type: 'rebase' }>,
  at: Instant,
): 'limit' | 'response' | 'kept' {
  const pauses = pausesUntil(fold, at);
  const promised = dueOf(fold.terms, pauses, fold.calendar);
  const term: Term = { limit: event.limit, from: fold.start.at, agreed: false };
  const candidate = dueOfTerm(term, pauses, fold.calendar);
  const isDate = 'at' in event.limit;
  // A missing date is counted from the change that made it necessary.
  if (isDate && candidate === null) term.from = at;

  if (event.rise !== undefined) {
    // What is already promised stays the latest due time, so old terms bind beside the new one.
    if (candidate === null) {
      if (promised !== null) return 'kept';
      fold.terms = [term];
      return 'limit';
    }
    if (candidate >= at) {
      fold.terms = [...fold.terms, term];
      return promised === null || candidate < promised ? 'limit' : 'kept';
    }
    return respondFromChange(fold, event.rise.responseLimit, promised, at, fold.terms);
  }

  const agreed = fold.terms.some((known) => known.agreed);
  if (agreed && !(isDate && candidate !== null)) return 'kept';
  if (candidate !== null && candidate < at && !isDate) {
    return respondFromChange(fold, event.responseLimit ?? null, promised, at, []);
  }
  fold.terms = [term];
  return 'limit';
}

/** A due time that would lie before the change becomes change + response limit; one that had run out stays so. */
function respondFromChange(
  fold: Fold,
  responseLimit: Limit | null,
  promised: Instant | null,
  at: Instant,
  beside: readonly Term[],
): 'response' | 'kept' {
  if (responseLimit === null || (promised !== null && promised < at)) return 'kept';
  const response: Term = { limit: responseLimit, from: at, agreed: false };
  const due = dueOfTerm(response, pausesUntil(fold, at), fold.calendar);
  fold.terms = [...beside, response];
  return beside.length > 0 && promised !== null && due !== null && promised <= due ? 'kept' : 'response';
}

function pause(fold: Fold, event: PauseEvent, at: Instant): void {
  resume(fold, at);
  const before = dueOf(fold.terms, fold.pauses, fold.calendar);
  const after = dueOf(fold.terms, [...fold.pauses, { from: at, to: plusMs(at, anyPauseMs) }], fold.calendar);
  const why: WhyPause = {
    code: 'paused',
    from: at,
    until: null,
    reason: event.reason,
    chargedTo: event.chargedTo,
    moves: before !== after,
  };
  fold.openPause = { event, from: at, why };
  fold.why.push(why);
}

function resume(fold: Fold, at: Instant): void {
  if (fold.openPause === null) return;
  fold.pauses = pausesUntil(fold, at);
  fold.openPause.why.until = at;
  fold.openPause = null;
}

/** By when a date had to be on record, where none is yet. */
const dateDue = (fold: Fold): Instant | null =>
  earliest(
    fold.terms.map((term) =>
      'at' in term.limit && term.limit.at === null && term.limit.dateWithin !== undefined
        ? dueAt(term.limit.dateWithin, term.from, fold.calendar)
        : null,
    ),
  );

/** The first year between start and due whose holidays are not announced, if the due time can hang on them. */
function provisionalYear(fold: Fold, due: Instant | null): number | null {
  if (due === null || !fold.terms.some((term) => countsWorkingDays(term.limit))) return null;
  const last = Number(due.slice(0, 4)) + 1;
  for (let year = Number(fold.start.at.slice(0, 4)); year <= last; year++) {
    const first = later(fold.start.at, `${year}-01-01T00:00:00.000Z`);
    if (first <= due && fold.calendar.provisional(first)) return year;
  }
  return fold.calendar.provisional(due) ? Number(plusMs(due, 8 * 60 * minuteMs).slice(0, 4)) : null;
}

/**
 * Folds the events of one clock. `calendar`: the working calendar, or how to find one by the version that the start
 * and each `recalculated` name, so that an ended clock keeps the verdict of the calendar of its day. `now` only
 * lengthens what is spent and over of an open clock; due times don't depend on it.
 */
export function foldClock(
  events: readonly ClockEvent[],
  calendar: Calendar | ((version: string | undefined) => Calendar),
  now?: Instant,
): FoldedClock {
  const calendarFor = typeof calendar === 'function' ? calendar : () => calendar;
  const { start, rest } = orderEvents(events);
  const fold: Fold = {
    start,
    calendar: calendarFor(start.calendarVersion),
    terms: [{ limit: start.limit, from: start.at, agreed: false }],
    pauses: [],
    openPause: null,
    why: [],
  };
  const spentMs: Record<ChargeParty, number> = { customer: 0, centre: 0, department: 0, contractor: 0 };
  let charged = start.chargedTo;
  let chargedFrom = start.at;
  let owner: Owner | null = null;
  let end: Extract<ClockEvent, { type: 'stop' | 'void' }> | null = null;
  const spendUntil = (at: Instant): void => {
    spentMs[fold.openPause?.event.chargedTo ?? charged] += Math.max(0, msBetween(chargedFrom, at));
    chargedFrom = later(chargedFrom, at);
  };

  let lastAt = start.at;
  for (const event of rest) {
    const at = later(event.at, start.at);
    lastAt = at;
    spendUntil(at);
    if (event.type === 'stop' || event.type === 'void') {
      end = event;
      break;
    }
    if (event.type === 'pause') pause(fold, event, at);
    else if (event.type === 'resume') resume(fold, at);
    else if (event.type === 'charge') charged = event.chargedTo;
    else if (event.type === 'assign') owner = event.owner;
    else if (event.type === 'agree') {
      fold.terms = [{ limit: { at: event.dueAt }, from: start.at, agreed: true }];
      fold.why.push({ code: 'agreed', at, dueAt: event.dueAt, consentId: event.consentId });
    } else if (event.type === 'rebase') {
      const binds = rebase(fold, event, at);
      const { limit, reason, rule = null } = event;
      fold.why.push({ code: 'rebased', at, limit, rule, reason, rise: event.rise !== undefined, binds });
    } else if (event.type === 'recalculated') {
      fold.calendar = calendarFor(event.calendarVersion);
      fold.why.push({ code: 'recalculated', at, calendarVersion: event.calendarVersion });
    }
  }

  const endedAt = end === null ? null : lastAt;
  if (end === null && now !== undefined) spendUntil(now);
  const until = endedAt ?? later(lastAt, now ?? lastAt);
  const paused = end === null && fold.openPause !== null;
  const chargedTo = fold.openPause?.event.chargedTo ?? charged;
  const openPauseFrom = fold.openPause?.from ?? until;
  if (endedAt !== null) resume(fold, endedAt);

  const { terms } = fold;
  const dues = terms.map((term) => dueOfTerm(term, fold.pauses, fold.calendar));
  const due = earliest(dues);
  const longPause: Pause[] = [...fold.pauses, { from: openPauseFrom, to: plusMs(openPauseFrom, anyPauseMs) }];
  // What a pause without end would leave where it is: a promise that holds against the pause.
  const still = paused
    ? terms.map((term, index) =>
        dueOfTerm(term, longPause, fold.calendar) === dues[index] ? (dues[index] ?? null) : null,
      )
    : dues;
  const standing = earliest(still);
  const judgedBy = due ?? dateDue(fold);
  const overdueFrom = end !== null ? null : due === null ? judgedBy : standing;
  const measuredBy = end === null ? overdueFrom : judgedBy;
  const late = isLate(until, measuredBy);
  const overMs = late && measuredBy !== null ? msBetween(measuredBy, until) : 0;
  const state: ClockState =
    end === null ? (paused ? 'paused' : 'running') : late ? 'missed' : end.type === 'stop' ? 'met' : 'void';

  const binding = terms[Math.max(0, dues.indexOf(due))] ?? { limit: start.limit, from: start.at, agreed: false };
  const countIn = limitLength(binding.limit)?.calendar ?? 'R';
  const pausedMs = pausesUntil(fold, until).reduce(
    (sum, one) => sum + fold.calendar.openMsBetween(one.from, one.to, countIn),
    0,
  );
  const firstLength = limitLength(start.limit);
  const countsFrom = firstLength === null ? start.at : fold.calendar.nextOpen(start.at, firstLength.calendar);
  const year = provisionalYear(fold, due);
  const overMinutes = begunMinutes(overMs);

  return {
    state,
    startedAt: start.at,
    countsFrom,
    dueAt: due,
    wishedAt: start.wishedLimit ? dueAfterPauses(start.wishedLimit, start.at, fold.pauses, fold.calendar) : null,
    frozen: paused && due !== null && standing !== due,
    overdueFrom,
    judgedBy,
    stoppedAt: end?.type === 'stop' ? endedAt : null,
    endedAt,
    spentMs,
    spentMinutes: begunMinutes(msBetween(start.at, until)),
    overMinutes,
    countedMinutes: begunMinutes(fold.calendar.openMsBetween(start.at, until, countIn) - pausedMs),
    owner,
    chargedTo,
    ladder: start.ladder,
    policyVersion: start.policyVersion,
    calendarVersion: fold.calendar.version,
    basis: { limit: binding.limit, from: binding.from, pauses: fold.pauses },
    provisional: year !== null,
    why: whyOf(fold, { countsFrom, year, due, judgedBy, end, endedAt, late, overMinutes }),
  };
}

function whyOf(
  fold: Fold,
  facts: {
    countsFrom: Instant;
    year: number | null;
    due: Instant | null;
    judgedBy: Instant | null;
    end: Extract<ClockEvent, { type: 'stop' | 'void' }> | null;
    endedAt: Instant | null;
    late: boolean;
    overMinutes: number;
  },
): WhyPart[] {
  const { start } = fold;
  const { countsFrom, year, due, judgedBy, end, endedAt, late, overMinutes } = facts;
  const { limit, rule = null, policyVersion } = start;
  const why: WhyPart[] = [{ code: 'started', at: start.at, limit, rule, policyVersion }];
  if (countsFrom !== start.at) why.push({ code: 'counts-from-opening', at: countsFrom });
  if (!fold.why.some((part) => part.code === 'paused')) why.push({ code: 'not-paused' });
  why.push(...fold.why);
  if (year !== null) why.push({ code: 'provisional', year });
  why.push(due === null ? { code: 'date-missing', dueAt: judgedBy } : { code: 'due', at: due });
  if (end?.type === 'stop' && endedAt !== null) {
    why.push({ code: 'stopped', at: endedAt, recordedAt: end.recordedAt, met: !late, overMinutes });
  }
  if (end?.type === 'void' && endedAt !== null) {
    why.push({ code: 'voided', at: endedAt, reason: end.reason, missed: late });
  }
  return why;
}
