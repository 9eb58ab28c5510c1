// Which clocks 时限 a repair starts, moves and ends (spec/11), read from its standard: no limit stands here.
import { type Instant, later, msOf, plusMinutes } from '../../kernel/time.ts';
import type { Role } from '../access/role.contract.ts';
import { findRule, isOpen, openClock, stopClocks, voidClocks, within } from '../cases/case-clocks.rules.ts';
import type { ChargeParty, ClockCommand, ClockFact, Limit, Owner } from '../clocks/clock.contract.ts';
import type { ClockRule, StandardDocument } from '../standards/standard.contract.ts';
import type { RepairFacts } from './repair-facts.rules.ts';

export type ClockSubject = Pick<
  RepairFacts,
  | 'urgency'
  | 'department'
  | 'technicianId'
  | 'contractorId'
  | 'firstContactId'
  | 'appointmentAt'
  | 'agreedAt'
  | 'agreedWithConsent'
>;

/** The one who keeps it: the person the order was sent to, before that the head who has to send one. */
export function ownerOf(rule: ClockRule, subject: ClockSubject, document: StandardDocument): Owner {
  const first = rule.owner[0] as Role;
  const head: Owner = { staffId: null, role: document.heads[subject.department], department: subject.department };
  if (rule.ownerIs === 'department-head') return head;
  if (rule.ownerIs === 'taker' || rule.ownerIs === 'first-contact')
    return { staffId: subject.firstContactId, role: first };
  if (first !== 'technician') return { staffId: null, role: first };
  if (subject.technicianId !== null) return { staffId: subject.technicianId, role: 'technician' };
  if (subject.contractorId !== null) return { staffId: subject.contractorId, role: 'contractor' };
  return head;
}

type Start = { at: Instant; key?: string; limit?: Limit; chargedTo?: ChargeParty; owner?: Owner };

/** Nothing where this preset has no such clock. */
export function startClock(
  document: StandardDocument,
  rule: ClockRule | undefined,
  subject: ClockSubject,
  start: Start,
): ClockCommand[] {
  if (!rule || rule.limit === null) return [];
  return [
    {
      do: 'start',
      kind: rule.kind,
      key: start.key ?? '',
      at: start.at,
      limit: start.limit ?? rule.limit,
      ladder: rule.ladder,
      owner: start.owner ?? ownerOf(rule, subject, document),
      chargedTo: start.chargedTo ?? 'centre',
      rule: rule.source.rule,
      ...(rule.wished ? { wishedLimit: rule.wished } : {}),
    },
  ];
}

export const pauseComplete = (
  clocks: readonly ClockFact[],
  at: Instant,
  reason: string,
  chargedTo: ChargeParty,
): ClockCommand[] => {
  const clock = openClock(clocks, 'complete');
  return clock?.state === 'running'
    ? [{ do: 'pause', kind: 'complete', key: '', at: within(clock, at), reason, chargedTo }]
    : [];
};

export const resumeComplete = (clocks: readonly ClockFact[], at: Instant): ClockCommand[] => {
  const clock = openClock(clocks, 'complete');
  return clock?.state === 'paused' ? [{ do: 'resume', kind: 'complete', key: '', at: within(clock, at) }] : [];
};

/** Who the running time is charged to from here on (spec/11, 6). */
export const chargeOpen = (clocks: readonly ClockFact[], at: Instant, chargedTo: ChargeParty): ClockCommand[] =>
  clocks
    .filter((clock) => clock.state === 'running' && (clock.kind === 'on-site' || clock.kind === 'complete'))
    .map((clock) => ({ do: 'charge', kind: clock.kind, key: clock.key, at: within(clock, at), chargedTo }));

export const assignOpen = (
  clocks: readonly ClockFact[],
  at: Instant,
  document: StandardDocument,
  subject: ClockSubject,
): ClockCommand[] =>
  clocks
    .filter((clock) => isOpen(clock) && (clock.kind === 'on-site' || clock.kind === 'complete'))
    .flatMap((clock): ClockCommand[] => {
      const rule = findRule(document, clock.kind, subject.urgency);
      if (!rule) return [];
      const owner = ownerOf(rule, subject, document);
      return [{ do: 'assign', kind: clock.kind, key: clock.key, at: within(clock, at), owner }];
    });

/** Void and started again: a new person has the full limit, what was missed stays missed. */
export function notifyAnew(
  document: StandardDocument,
  clocks: readonly ClockFact[],
  subject: ClockSubject,
  at: Instant,
  reason: string,
): ClockCommand[] {
  return [
    ...voidClocks(clocks, (clock) => clock.kind === 'notify', at, reason),
    ...startClock(document, findRule(document, 'notify'), subject, { at }),
  ];
}

const isDate = (limit: Limit): boolean => 'at' in limit;

/** The arrival that counts: an appointment replaces the limit of the urgency, minus the lead of RP4. */
export function onSitePromise(
  document: StandardDocument,
  subject: ClockSubject,
): { rule: ClockRule; limit: Limit } | null {
  const appointment = findRule(document, 'on-site', 'appointment');
  const byUrgency = findRule(document, 'on-site', subject.urgency);
  if (subject.appointmentAt !== null && appointment && appointment.limit !== null)
    return {
      rule: appointment,
      limit: { at: plusMinutes(subject.appointmentAt, -(appointment.appointmentLeadMinutes ?? 0)) },
    };
  if (!byUrgency || byUrgency.limit === null) return null;
  return { rule: byUrgency, limit: byUrgency.limit };
}

/** The completion limit of the urgency; where the standard has a date only, the agreed one or none yet. */
export function completePromise(
  document: StandardDocument,
  subject: ClockSubject,
): { rule: ClockRule; limit: Limit } | null {
  const rule = findRule(document, 'complete', subject.urgency);
  if (!rule || rule.limit === null) return null;
  return { rule, limit: isDate(rule.limit) ? { at: subject.agreedAt } : rule.limit };
}

const agree = (clockStart: Instant, at: Instant, subject: ClockSubject, consentId: string): ClockCommand[] =>
  subject.agreedAt !== null && subject.agreedWithConsent
    ? [{ do: 'agree', kind: 'complete', key: '', at: later(at, clockStart), dueAt: subject.agreedAt, consentId }]
    : [];

/** `complete` runs from the report, an appointment that is still to come from its time (spec/11). */
function startComplete(
  document: StandardDocument,
  subject: ClockSubject,
  from: Instant,
  at: Instant,
  consentId: string,
  chargedTo: ChargeParty,
): ClockCommand[] {
  const promise = completePromise(document, subject);
  if (!promise) return [];
  const byDate = isDate(promise.limit) || (subject.agreedAt !== null && subject.agreedWithConsent);
  const start = subject.appointmentAt !== null && !byDate ? later(subject.appointmentAt, from) : from;
  return [
    ...startClock(document, promise.rule, subject, { at: start, limit: promise.limit, chargedTo }),
    ...agree(start, at, subject, consentId),
  ];
}

/** On-site and complete, from the report or, for an item not on the list, from the consent. */
export function startWork(
  document: StandardDocument,
  subject: ClockSubject,
  work: {
    from: Instant;
    at: Instant;
    consentId: string;
    withOnSite: boolean;
    chargedTo?: ChargeParty;
  },
): ClockCommand[] {
  const arrival = onSitePromise(document, subject);
  const chargedTo = work.chargedTo ?? 'centre';
  return [
    ...(arrival && work.withOnSite
      ? startClock(document, arrival.rule, subject, { at: work.from, limit: arrival.limit, chargedTo })
      : []),
    ...startComplete(document, subject, work.from, work.at, work.consentId, chargedTo),
  ];
}

/**
 * What an amended urgency, appointment or date does to the clocks that run. A clock that this preset has not yet started
 * for want of a date starts now; one that the new urgency has not is void.
 */
export function rebaseWork(
  document: StandardDocument,
  clocks: readonly ClockFact[],
  before: ClockSubject,
  after: ClockSubject,
  change: {
    at: Instant;
    reason: string;
    consentId: string;
    pausedFor: { reason: string; chargedTo: ChargeParty } | null;
    /** False once somebody has been there. */
    arrivalOpen: boolean;
    receivedAt: Instant;
  },
): ClockCommand[] {
  const { at, reason } = change;
  const urgencyChanged = before.urgency !== after.urgency;
  const appointmentChanged = before.appointmentAt !== after.appointmentAt;
  const commands: ClockCommand[] = [];

  const onSite = openClock(clocks, 'on-site');
  const arrival = onSitePromise(document, after);
  if ((urgencyChanged || appointmentChanged) && change.arrivalOpen) {
    if (onSite && arrival)
      commands.push({
        do: 'rebase',
        kind: 'on-site',
        key: '',
        at: within(onSite, at),
        limit: arrival.limit,
        reason,
        rule: arrival.rule.source.rule,
      });
    else if (onSite) commands.push(...voidClocks(clocks, (clock) => clock === onSite, at, reason));
    else if (arrival)
      commands.push(...startClock(document, arrival.rule, after, { at: change.receivedAt, limit: arrival.limit }));
    // With an appointment the customer is in no hurry: the second limit has nothing left to promise.
    if (appointmentChanged)
      commands.push(...voidClocks(clocks, (clock) => clock.kind === 'on-site' && clock.key === 'hurry', at, reason));
  }

  const complete = openClock(clocks, 'complete');
  const promise = completePromise(document, after);
  if (!complete) {
    const startable = promise !== null && completePromise(document, before) === null;
    if (startable && urgencyChanged)
      commands.push(...startComplete(document, after, change.receivedAt, at, change.consentId, 'centre'));
    return commands;
  }
  if (promise === null) return [...commands, ...voidClocks(clocks, (clock) => clock === complete, at, reason)];

  const agreedChanged = before.agreedAt !== after.agreedAt || before.agreedWithConsent !== after.agreedWithConsent;
  const byDate = isDate(promise.limit) || (after.agreedAt !== null && after.agreedWithConsent);
  if (appointmentChanged && !byDate && after.appointmentAt !== null && after.appointmentAt > at) {
    // A rebase would count from the report; the promise now counts from the appointment, so it begins anew.
    const start = after.appointmentAt;
    commands.push(
      ...voidClocks(clocks, (clock) => clock === complete, at, reason),
      ...startClock(document, promise.rule, after, { at: start, limit: promise.limit }),
    );
    if (complete.state === 'paused' && change.pausedFor)
      commands.push({ do: 'pause', kind: 'complete', key: '', at: start, ...change.pausedFor });
    return commands;
  }
  const dateNoted = agreedChanged && isDate(promise.limit) && !after.agreedWithConsent;
  if (urgencyChanged || dateNoted) {
    const response = findRule(document, 'on-site', after.urgency)?.limit ?? null;
    commands.push({
      do: 'rebase',
      kind: 'complete',
      key: '',
      at: within(complete, at),
      limit: promise.limit,
      reason,
      rule: promise.rule.source.rule,
      ...(response !== null && !isDate(response) ? { responseLimit: response } : {}),
    });
  }
  if (agreedChanged) commands.push(...agree(complete.startedAt, at, after, change.consentId));
  return commands;
}

/** A message delivered to the warranty contractor, or acknowledged by the department or the technician. */
export function noticeArrived(
  clocks: readonly ClockFact[],
  notice: { kind: string; acknowledged: boolean; at: Instant; evidenceId: string; toContractor?: boolean },
): ClockCommand[] {
  const told =
    notice.kind === 'repair.contractor-to-tell' || notice.toContractor === true
      ? stopClocks(clocks, 'contractor-told', notice.at, notice.evidenceId)
      : [];
  const tells = ['repair.logged', 'repair.dispatched', 'repair.transferred', 'repair.rework'];
  return notice.acknowledged && tells.includes(notice.kind)
    ? [...told, ...stopClocks(clocks, 'notify', notice.at, notice.evidenceId)]
    : told;
}

/** Whether the wait until `until` is no longer than the standard's most. */
export const isWithin = (until: Instant, latest: Instant | null): boolean =>
  latest === null || msOf(until) <= msOf(latest);
