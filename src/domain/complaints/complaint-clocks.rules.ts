// Which clocks 时限 a complaint starts, moves and ends (spec/11, CP3–CP6), read from its standard: no limit stands here.
import type { Instant } from '../../kernel/time.ts';
import type { Role } from '../access/role.contract.ts';
import {
  findRule,
  isOpen,
  openClock,
  startByRule,
  stopClocks,
  voidClocks,
  within,
} from '../cases/case-clocks.rules.ts';
import type { ChargeParty, ClockCommand, ClockFact, ClockKind, Limit, Owner } from '../clocks/clock.contract.ts';
import type { ClockRule, StandardDocument } from '../standards/standard.contract.ts';
import { type ComplaintFacts, deciderOf, headOf } from './complaint-facts.rules.ts';
import type { ComplaintState, Severity } from './complaint-shapes.contract.ts';

export type ClockSubject = Pick<
  ComplaintFacts,
  | 'state'
  | 'severity'
  | 'createdAt'
  | 'firstContactId'
  | 'forwardedTo'
  | 'inChargeId'
  | 'department'
  | 'handlerId'
  | 'wishedAt'
  | 'agreedAt'
  | 'agreedWithConsent'
  | 'hasReplyReason'
  | 'replyAt'
>;
/** A limit counted on the community's calendar; null: no date. */
export type DueOf = (limit: Limit, from: Instant) => Instant | null;

/** A next answer promised at intake, beside the one of a wait (CP6). */
export const intakeKey = 'intake';

const postOf = (rule: ClockRule): Role => rule.owner[0] as Role;

function ownerOf(rule: ClockRule, subject: ClockSubject): Owner {
  if (rule.ownerIs === 'first-contact') return { staffId: subject.firstContactId, role: postOf(rule) };
  // Named by the one who took it over: that person keeps the finish.
  if (rule.kind === 'complete' && subject.inChargeId !== null)
    return { staffId: subject.inChargeId, role: postOf(rule) };
  return { staffId: null, role: postOf(rule) };
}

const start = (rule: ClockRule | undefined, subject: ClockSubject, at: Instant, limit?: Limit): ClockCommand[] =>
  rule ? startByRule(rule, { at, owner: ownerOf(rule, subject), ...(limit ? { limit } : {}) }) : [];

export const respondRule = (document: StandardDocument, severity: Severity): ClockRule | undefined =>
  findRule(document, 'respond', severity);
export const completeRule = (document: StandardDocument, severity: Severity): ClockRule | undefined =>
  findRule(document, 'complete', `complaint-${severity}`);

// ── the finish ──────────────────────────────────────────────────────────────────────────────────────

/**
 * The customer's date that stands for the limit (09 B1): his wish alone, or only what was agreed with consent on record,
 * as the level's rule says. Under a soft limit a date later than it counts only with a reason and a next answer (V).
 */
export function customerDate(document: StandardDocument, subject: ClockSubject, dueOf: DueOf): Instant | null {
  const rule = completeRule(document, subject.severity);
  if (!rule || rule.limit === null || rule.customerDate === undefined || rule.customerDate === 'off') return null;
  const agreed = subject.agreedWithConsent ? subject.agreedAt : null;
  const date = rule.customerDate === 'wish' ? (agreed ?? subject.wishedAt) : agreed;
  if (date === null || !rule.soft) return date;
  const due = dueOf(rule.limit, subject.createdAt);
  const isExplained = subject.hasReplyReason && subject.replyAt !== null;
  return due !== null && date > due && !isExplained ? null : date;
}

/** What the finish is promised for at this level; null where the preset has no such clock. */
export function completeLimit(document: StandardDocument, subject: ClockSubject, dueOf: DueOf): Limit | null {
  const date = customerDate(document, subject, dueOf);
  return date === null ? (completeRule(document, subject.severity)?.limit ?? null) : { at: date };
}

/** Full length from `at`: the limit of the level, then the agreed date with the consent that it rests on. */
function startComplete(
  document: StandardDocument,
  subject: ClockSubject,
  at: Instant,
  consentId: string,
  dueOf: DueOf,
): ClockCommand[] {
  const rule = completeRule(document, subject.severity);
  const date = customerDate(document, subject, dueOf);
  if (date === null) return start(rule, subject, at);
  if (date !== subject.agreedAt) return start(rule, subject, at, { at: date });
  return [...start(rule, subject, at), { do: 'agree', kind: 'complete', key: '', at, dueAt: date, consentId }];
}

// ── at the first save ───────────────────────────────────────────────────────────────────────────────

/** respond, form-forwarded, sent, answer and complete run from the first save (spec/10 create). */
export function startAll(
  document: StandardDocument,
  subject: ClockSubject,
  at: Instant,
  consentId: string,
  dueOf: DueOf,
): ClockCommand[] {
  return [
    ...startUpward(document, subject, at),
    ...start(findRule(document, 'sent'), subject, at),
    ...start(findRule(document, 'answer', 'complaint'), subject, at),
    ...startComplete(document, subject, at, consentId, dueOf),
    ...startIntakeAnswer(document, subject, at),
  ];
}

/** The two clocks that go upward: taken over within minutes, the form the same day from the level of a decider on (CP3). */
function startUpward(document: StandardDocument, subject: ClockSubject, at: Instant): ClockCommand[] {
  return [
    ...start(respondRule(document, subject.severity), subject, at),
    ...(deciderOf(document, subject.severity) === null ? [] : start(findRule(document, 'form-forwarded'), subject, at)),
  ];
}

/** CP6: a date on which the customer is to hear is a clock, also one named at intake; the first contact keeps it. */
function startIntakeAnswer(document: StandardDocument, subject: ClockSubject, at: Instant): ClockCommand[] {
  const rule = findRule(document, 'next-answer');
  if (!rule || subject.replyAt === null || subject.replyAt <= at) return [];
  return startByRule(rule, {
    at,
    key: intakeKey,
    limit: { at: subject.replyAt },
    owner: { staffId: subject.firstContactId, role: 'front_desk' },
  });
}

// ── a change of level ───────────────────────────────────────────────────────────────────────────────

const isUpward = (clock: ClockFact): boolean => clock.kind === 'respond' || clock.kind === 'form-forwarded';

const lengthOnly = (limit: Limit | null | undefined): Limit | null => (limit && !('at' in limit) ? limit : null);

/**
 * A rise: respond and form-forwarded anew from the rise; the finish by the new level, never later than already promised
 * (CP3). What had run out by then stays missed.
 */
export function riseClocks(
  document: StandardDocument,
  clocks: readonly ClockFact[],
  after: ClockSubject,
  change: { at: Instant; reason: string; dueOf: DueOf },
): ClockCommand[] {
  const { at, reason, dueOf } = change;
  const complete = openClock(clocks, 'complete');
  const limit = completeLimit(document, after, dueOf);
  const rule = completeRule(document, after.severity);
  return [
    ...voidClocks(clocks, isUpward, at, reason),
    ...startUpward(document, after, at),
    ...(complete && limit && rule
      ? [
          rebase(complete, at, limit, reason, rule, {
            rise: { responseLimit: lengthOnly(respondRule(document, after.severity)?.limit) },
          }),
          assign(complete, at, ownerOf(rule, after)),
        ]
      : []),
  ];
}

const signedStates: readonly ComplaintState[] = ['in-progress', 'waiting', 'resolved', 'customer-told'];

/** A lower level keeps the time spent: both limits are counted from their own start (CP3). */
export function lowerClocks(
  document: StandardDocument,
  clocks: readonly ClockFact[],
  after: ClockSubject,
  change: { at: Instant; reason: string; dueOf: DueOf },
): ClockCommand[] {
  const { at, reason, dueOf } = change;
  const respond = respondRule(document, after.severity);
  const responseLimit = lengthOnly(respond?.limit);
  const response = responseLimit === null ? {} : { responseLimit };
  const commands: ClockCommand[] = [];
  const openRespond = openClock(clocks, 'respond');
  // The department has signed already, so that its signature cannot be the response any more.
  if (openRespond && respond?.stopsOn === 'accept' && signedStates.includes(after.state))
    commands.push(...voidClocks(clocks, (clock) => clock.kind === 'respond', at, reason));
  else if (openRespond && respond?.limit)
    commands.push(
      rebase(openRespond, at, respond.limit, reason, respond, response),
      assign(openRespond, at, ownerOf(respond, after)),
    );
  // Nobody has to have the form any more, or whoever decides now has it already.
  const decider = deciderOf(document, after.severity);
  if (decider === null || decider === after.forwardedTo)
    commands.push(...voidClocks(clocks, (clock) => clock.kind === 'form-forwarded', at, reason));
  const complete = openClock(clocks, 'complete');
  const limit = completeLimit(document, after, dueOf);
  const rule = completeRule(document, after.severity);
  if (complete && limit && rule)
    commands.push(rebase(complete, at, limit, reason, rule, response), assign(complete, at, ownerOf(rule, after)));
  return commands;
}

const rebase = (
  clock: ClockFact,
  at: Instant,
  limit: Limit,
  reason: string,
  rule: ClockRule,
  bounds: { rise?: { responseLimit: Limit | null }; responseLimit?: Limit },
): ClockCommand => ({
  do: 'rebase',
  kind: clock.kind,
  key: clock.key,
  at: within(clock, at),
  limit,
  reason,
  rule: rule.source.rule,
  ...bounds,
});

const assign = (clock: ClockFact, at: Instant, owner: Owner): ClockCommand => ({
  do: 'assign',
  kind: clock.kind,
  key: clock.key,
  at: within(clock, at),
  owner,
});

/** Every open clock of a kind goes to another. */
export const assignOpen = (clocks: readonly ClockFact[], kind: ClockKind, at: Instant, owner: Owner): ClockCommand[] =>
  clocks.filter((clock) => clock.kind === kind && isOpen(clock)).map((clock) => assign(clock, at, owner));

// ── a changed date ──────────────────────────────────────────────────────────────────────────────────

/** A wish or an agreed date noted later: the date stands for the limit where the level's rule lets it. */
export function amendedDates(
  document: StandardDocument,
  clocks: readonly ClockFact[],
  before: ClockSubject,
  after: ClockSubject,
  change: { at: Instant; consentId: string; dueOf: DueOf },
): ClockCommand[] {
  const { at, consentId, dueOf } = change;
  const complete = openClock(clocks, 'complete');
  const rule = completeRule(document, after.severity);
  const date = customerDate(document, after, dueOf);
  const isNew = date !== null && date !== customerDate(document, before, dueOf);
  const finish: ClockCommand[] =
    !complete || !rule || !isNew
      ? []
      : date === after.agreedAt && after.agreedWithConsent
        ? [{ do: 'agree', kind: 'complete', key: '', at: within(complete, at), dueAt: date, consentId }]
        : [rebase(complete, at, { at: date }, 'wished-date', rule, {})];
  const isReplyMoved = after.replyAt !== before.replyAt;
  return [
    ...finish,
    ...(isReplyMoved
      ? [
          ...voidClocks(clocks, (clock) => clock.kind === 'next-answer' && clock.key === intakeKey, at, 'reply-moved'),
          ...startIntakeAnswer(document, after, at),
        ]
      : []),
  ];
}

// ── the department ──────────────────────────────────────────────────────────────────────────────────

const withDepartment = (document: StandardDocument, subject: ClockSubject): Owner | null =>
  subject.department === null
    ? null
    : {
        staffId: subject.handlerId,
        role: headOf(document, subject.department),
        department: subject.department,
      };

/** From `send` the head keeps the signature (spec/11 sent). `anew` where a form was signed for before. */
export function sentClocks(
  document: StandardDocument,
  clocks: readonly ClockFact[],
  after: ClockSubject,
  change: { at: Instant; anew: boolean; reason: string },
): ClockCommand[] {
  const { at, anew, reason } = change;
  const owner = withDepartment(document, after);
  const rule = findRule(document, 'sent');
  if (owner === null || !rule) return [];
  if (!anew) return assignOpen(clocks, 'sent', at, owner);
  return [
    ...voidClocks(clocks, (clock) => clock.kind === 'sent', at, reason),
    ...startByRule(rule, { at, owner }),
    ...chargeComplete(clocks, at, 'centre'),
  ];
}

/** Who the finish's running time is charged to from here on (spec/11, 6). */
export const chargeComplete = (clocks: readonly ClockFact[], at: Instant, chargedTo: ChargeParty): ClockCommand[] =>
  clocks
    .filter((clock) => clock.kind === 'complete' && isOpen(clock))
    .map((clock) => ({ do: 'charge', kind: 'complete', key: clock.key, at: within(clock, at), chargedTo }));

/** Signed for: the form has arrived; where the signature is the response, it is met too (CP3). */
export const acceptClocks = (
  document: StandardDocument,
  clocks: readonly ClockFact[],
  severity: Severity,
  at: Instant,
  evidenceId: string,
): ClockCommand[] => [
  ...stopClocks(clocks, 'sent', at, evidenceId),
  ...(respondRule(document, severity)?.stopsOn === 'accept' ? stopClocks(clocks, 'respond', at, evidenceId) : []),
  ...chargeComplete(clocks, at, 'department'),
];

// ── waiting, the end, and after it ──────────────────────────────────────────────────────────────────

/** CP6: the next answer's date is a clock. With consent the date stands for the finish, without it the finish runs on. */
export function waitClocks(
  document: StandardDocument,
  clocks: readonly ClockFact[],
  wait: { at: Instant; until: Instant; consented: boolean; consentId: string; owner: Owner },
): ClockCommand[] {
  const { at, until, consented, consentId, owner } = wait;
  const complete = openClock(clocks, 'complete');
  return [
    ...startByRule(findRule(document, 'next-answer'), { at, limit: { at: until }, owner }),
    ...(complete && consented
      ? [
          {
            do: 'agree' as const,
            kind: 'complete' as const,
            key: '',
            at: within(complete, at),
            dueAt: until,
            consentId,
          },
        ]
      : []),
  ];
}

/** The farthest that a next answer may be set, by the standard's working days. */
export function latestAnswer(document: StandardDocument, from: Instant, dueOf: DueOf): Instant | null {
  const days = findRule(document, 'next-answer')?.maxWorkingDays;
  return days === undefined ? null : dueOf({ workingDays: days }, from);
}

export const resolveClocks = (
  document: StandardDocument,
  clocks: readonly ClockFact[],
  subject: ClockSubject,
  at: Instant,
  evidenceId: string,
): ClockCommand[] => [
  ...stopClocks(clocks, 'complete', at, evidenceId),
  ...stopClocks(clocks, 'next-answer', at, evidenceId),
  ...start(findRule(document, 'tell-customer'), subject, at),
];

/** An answer to the customer, wherever the case stands: the answer of 24 hours and the date set for it are met. */
export const answerClocks = (clocks: readonly ClockFact[], at: Instant, evidenceId: string): ClockCommand[] => [
  ...stopClocks(clocks, 'answer', at, evidenceId),
  ...stopClocks(clocks, 'next-answer', at, evidenceId),
];

/** Filed: nobody takes over or forwards any more. What was promised about calls and messages is still to be kept. */
export const closeClocks = (clocks: readonly ClockFact[], at: Instant): ClockCommand[] =>
  voidClocks(clocks, (clock) => clock.kind !== 'call-back' && clock.kind !== 'message', at, 'closed');

/** Anew at full length: old dates are over with the answer that did not satisfy. The department works on it again. */
export function reopenClocks(
  document: StandardDocument,
  clocks: readonly ClockFact[],
  after: ClockSubject,
  at: Instant,
): ClockCommand[] {
  const anew = start(completeRule(document, after.severity), after, at);
  return [
    ...voidClocks(clocks, (clock) => clock.kind === 'complete' || clock.kind === 'tell-customer', at, 'reopened'),
    ...anew,
    ...anew.map((): ClockCommand => ({ do: 'charge', kind: 'complete', key: '', at, chargedTo: 'department' })),
  ];
}
