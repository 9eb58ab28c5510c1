// Recording a complaint 登记投诉 and putting it right: the form that saves with level, unit and phone, its facts and dates,
// and which other complaints belong to the same event (CP1, CP2, spec/10 create, amend, link, unlink, merge).
import { BadInput, badField, type FieldFault, forbidden, notFound, Refusal } from '../../kernel/refusal.ts';
import { hourMs, type Instant, plusMs } from '../../kernel/time.ts';
import type { Role } from '../access/role.contract.ts';
import type { Channel } from '../cases/case.contract.ts';
import { voidClocks } from '../cases/case-clocks.rules.ts';
import type { StandardDocument, StandardVersion } from '../standards/standard.contract.ts';
import type { ComplaintAsk, ComplaintOutcome } from './complaint-ask.rules.ts';
import { amendedDates, startAll } from './complaint-clocks.rules.ts';
import {
  type ComplaintActor,
  type ComplaintChanges,
  type ComplaintContext,
  type ComplaintDecision,
  type ComplaintFacts,
  isOutsider,
  isStaffPost,
  isUnreachable,
} from './complaint-facts.rules.ts';
import { levelNotices, proposalFor, reweigh } from './complaint-level.rules.ts';
import { contradictions, higher, statedFrom } from './complaint-severity.rules.ts';
import type { CreateComplaintBody } from './complaint-shapes.contract.ts';

/** A report is typed in at most this long after it came in (the interface's own bound). */
const lateEntryHours = 24;

/** Channels with the customer at the other end: a date noted in that talk is agreed by it. */
const customerChannels: readonly Channel[] = [
  'phone',
  'counter',
  'visit',
  'online',
  'wechat',
  'hotline',
  'sms',
  'email',
];

/** The post under which somebody records a complaint: every staff post and residents; null: not among those who may. */
export function recordingRole(actor: ComplaintActor): Role | 'system' | null {
  if (actor.isSystem) return 'system';
  return actor.roles.find(isStaffPost) ?? actor.roles.find((role) => role === 'resident') ?? null;
}

export type CreateComplaintContext = ComplaintContext & { complaintId: string };

export function decideRecord(
  context: CreateComplaintContext,
  input: CreateComplaintBody,
  standard: StandardVersion,
  actor: ComplaintActor,
  now: Instant,
): ComplaintDecision {
  const { document } = standard;
  const byRole = recordingRole(actor);
  if (byRole === null) throw isOutsider(actor) ? notFound('complaint') : forbidden('complaint.record');
  const isResident = byRole === 'resident';
  if (isResident && input.unitId !== undefined && !(actor.unitIds ?? []).includes(input.unitId)) throw notFound('unit');
  const stated = statedFrom(input.facts);
  const faults = [...recordFaults(context, input, isResident, now), ...contradictions(stated)];
  if (faults.length > 0) throw new BadInput(faults);

  const anonymous = input.anonymous === true;
  const groupId = input.sameEventAs === undefined ? null : (context.sameEvent?.groupId ?? context.newGroupId ?? null);
  const clerks = input.severity ?? 'ordinary';
  const recorded: ComplaintFacts = {
    id: context.complaintId,
    state: 'recorded',
    version: 1,
    // An anonymous complaint stores no phone, party or unit (spec/12).
    unitId: anonymous ? null : (input.unitId ?? null),
    place: input.place ?? null,
    channel: input.channel,
    anonymous,
    hasContact: !anonymous && input.contact?.phone !== undefined,
    personKey: anonymous ? null : (context.personKey ?? null),
    against: input.against ?? null,
    againstStaffId: input.againstStaffId ?? null,
    receivedAt: input.receivedAt ?? now,
    createdAt: now,
    occurredAt: input.occurredAt ?? null,
    hasAccount: input.account !== undefined,
    hasDemand: input.demand !== undefined,
    hasReplyReason: input.replyReason !== undefined,
    replyAt: input.replyAt ?? null,
    stated,
    liability: 'company',
    severity: clerks,
    proposedSeverity: 'ordinary',
    rule: 'ordinary.other',
    validity: 'undecided',
    mishandledAt: null,
    loweringTo: null,
    wishedAt: input.wishedAt ?? null,
    agreedAt: input.agreedAt ?? null,
    // To an agreement belong two: what a resident enters is a wish, however it is called.
    agreedWithConsent:
      !isResident &&
      input.agreedAt !== undefined &&
      (input.consent !== undefined || customerChannels.includes(input.channel)),
    groupId,
    raisings: 1,
    people: 1,
    failures: 0,
    // Reported by the resident: nobody of the centre has taken it yet, the desk on duty does (spec/10).
    firstContactId: isResident ? null : actor.id,
    forwardedTo: null,
    takenOverAt: null,
    inChargeId: null,
    department: null,
    handlerId: null,
    waitUntil: null,
    resolvedAt: null,
    toldAt: null,
    signed: false,
    closedAt: null,
    mergedIntoId: null,
    followUp: 'none',
    lastStateAt: now,
  };
  const proposal = proposalFor(document, recorded, groupId === null ? [] : (context.group ?? []));
  const facts: ComplaintFacts = {
    ...recorded,
    proposedSeverity: proposal.severity,
    rule: proposal.rule,
    raisings: proposal.raisings,
    people: proposal.people,
    severity: higher(clerks, proposal.severity),
  };
  const { id: _id, state, version: _version, ...columns } = facts;
  return {
    state,
    changes: columns,
    event: {
      id: context.eventId,
      kind: 'move',
      move: 'create',
      fromState: null,
      toState: state,
      at: now,
      byRole,
      facts: {
        severity: facts.severity,
        proposed: facts.proposedSeverity,
        rule: facts.rule,
        fired: proposal.fired.map((each) => each.rule),
        channel: facts.channel,
        receivedAt: facts.receivedAt,
        ...(facts.wishedAt ? { wishedAt: facts.wishedAt } : {}),
        ...(facts.agreedAt ? { agreedAt: facts.agreedAt, consent: facts.agreedWithConsent } : {}),
        ...(facts.replyAt ? { replyAt: facts.replyAt } : {}),
        ...(groupId === null ? {} : { groupId, raisings: facts.raisings, people: facts.people }),
      },
    },
    ...(input.consent ? { text: input.consent.by } : {}),
    texts: {
      ...(input.account === undefined ? {} : { account: input.account }),
      ...(input.demand === undefined ? {} : { demand: input.demand }),
      ...(input.replyReason === undefined ? {} : { replyReason: input.replyReason }),
    },
    ...(input.contact && !anonymous ? { contact: input.contact } : {}),
    clocks: startAll(document, facts, now, context.eventId, context.dueOf),
    notices: levelNotices(document, facts, 'complaint.recorded'),
    attachmentIds: input.attachmentIds ?? [],
    ...(groupId === null ? {} : { joins: joining(groupId, context), regroup: [groupId] }),
  };
}

const joining = (groupId: string, context: ComplaintContext) => ({
  groupId,
  alsoId: context.sameEvent && context.sameEvent.groupId === null ? context.sameEvent.id : null,
});

function recordFaults(
  context: ComplaintContext,
  input: CreateComplaintBody,
  isResident: boolean,
  now: Instant,
): FieldFault[] {
  const faults: FieldFault[] = [...dateFaults(input, now)];
  const fault = (path: string, code: string) => faults.push({ path, code });
  if (input.unitId !== undefined && context.unitKnown === false) fault('unitId', 'unknown_unit');
  if (input.sameEventAs !== undefined && !context.sameEvent) fault('sameEventAs', 'unknown_complaint');
  // A level is the centre's word; residents state facts, and the level follows from them.
  if (isResident && input.severity !== undefined) fault('severity', 'not_for_residents');
  if (input.receivedAt !== undefined && input.receivedAt > now) fault('receivedAt', 'in_the_future');
  if (input.receivedAt !== undefined && input.receivedAt < plusMs(now, -lateEntryHours * hourMs))
    fault('receivedAt', 'too_old');
  return faults;
}

type Dates = Partial<Record<'occurredAt' | 'replyAt' | 'wishedAt' | 'agreedAt', Instant>>;

/** What happened lies behind, what is promised or wished lies ahead. */
function dateFaults(dates: Dates, now: Instant): FieldFault[] {
  const ahead = (['replyAt', 'wishedAt', 'agreedAt'] as const).flatMap((path) => {
    const date = dates[path];
    return date !== undefined && date <= now ? [{ path, code: 'in_the_past' }] : [];
  });
  const behind =
    dates.occurredAt !== undefined && dates.occurredAt > now ? [{ path: 'occurredAt', code: 'in_the_future' }] : [];
  return [...behind, ...ahead];
}

// ── before it is sent ───────────────────────────────────────────────────────────────────────────────

/** What still has to be on record before the department gets the form (spec/10 create). */
export function missingBeforeSend(
  document: StandardDocument,
  complaint: Pick<
    ComplaintFacts,
    | 'place'
    | 'hasAccount'
    | 'hasDemand'
    | 'hasReplyReason'
    | 'replyAt'
    | 'severity'
    | 'anonymous'
    | 'hasContact'
    | 'unitId'
  >,
): string[] {
  // Somebody who cannot be reached could not be told why it takes time.
  const owesReply =
    document.complaint.reasonAndReplyAtIntake.value.includes(complaint.severity) && !isUnreachable(complaint);
  const wanted: [string, boolean][] = [
    ['place', complaint.place !== null],
    ['account', complaint.hasAccount],
    ['demand', complaint.hasDemand],
    ['replyReason', !owesReply || complaint.hasReplyReason],
    ['replyAt', !owesReply || complaint.replyAt !== null],
  ];
  return wanted.filter(([, isThere]) => !isThere).map(([field]) => field);
}

// ── put right, joined, parted ───────────────────────────────────────────────────────────────────────

export function amend(ask: ComplaintAsk<'amend'>): ComplaintOutcome {
  const { complaint, input, document, hats, context, at, clocks } = ask;
  const { version: _v, happenedAt: _h, note: _n, attachmentIds: _a, reason, consent, ...fields } = input;
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  if (given.length === 0) throw badField('', 'nothing_to_change');
  // Whose fault a loss is, and with it whether it counts, is the supervisor's to say, with a reason (CP2).
  if (fields.liability !== undefined && !hats.includes('sup')) throw ask.refuse();
  const stated = statedFrom(fields.facts, complaint.stated);
  const faults = [...dateFaults(fields, ask.now), ...contradictions(stated)];
  if (fields.liability !== undefined && reason === undefined) faults.push({ path: 'reason', code: 'required' });
  if (fields.unitId !== undefined && context.unitKnown === false) faults.push({ path: 'unitId', code: 'unknown_unit' });
  for (const path of ['unitId', 'contact'] as const)
    if (complaint.anonymous && fields[path] !== undefined) faults.push({ path, code: 'anonymous_has_none' });
  if (faults.length > 0) throw new BadInput(faults);
  if (fields.agreedAt !== undefined && consent === undefined)
    throw new Refusal('complaint.consent_missing', { agreedAt: fields.agreedAt });

  const isSomebody = fields.unitId !== undefined || fields.contact !== undefined;
  const own: ComplaintChanges = {
    stated,
    ...(fields.unitId === undefined ? {} : { unitId: fields.unitId }),
    ...(fields.contact?.phone === undefined ? {} : { hasContact: true }),
    ...(isSomebody && context.personKey !== undefined ? { personKey: context.personKey } : {}),
    ...(fields.occurredAt === undefined ? {} : { occurredAt: fields.occurredAt }),
    ...(fields.place === undefined ? {} : { place: fields.place }),
    ...(fields.against === undefined ? {} : { against: fields.against }),
    ...(fields.againstStaffId === undefined ? {} : { againstStaffId: fields.againstStaffId }),
    ...(fields.account === undefined ? {} : { hasAccount: true }),
    ...(fields.demand === undefined ? {} : { hasDemand: true }),
    ...(fields.replyReason === undefined ? {} : { hasReplyReason: true }),
    ...(fields.replyAt === undefined ? {} : { replyAt: fields.replyAt }),
    ...(fields.wishedAt === undefined ? {} : { wishedAt: fields.wishedAt }),
    ...(fields.agreedAt === undefined ? {} : { agreedAt: fields.agreedAt, agreedWithConsent: true }),
    ...(fields.liability === undefined ? {} : { liability: fields.liability }),
  };
  const after: ComplaintFacts = { ...complaint, ...own };
  const { dueOf } = context;
  const level = reweigh(document, clocks, after, context.group ?? [], { at, dueOf });
  const leveled: ComplaintFacts = { ...after, ...level.changes };
  const isOfTheEvent = fields.facts !== undefined || fields.liability !== undefined || isSomebody;
  return {
    changes: { ...own, ...level.changes },
    ...(reason === undefined && consent === undefined
      ? {}
      : { text: [reason, consent?.by].filter((part) => part !== undefined).join('\n') }),
    texts: {
      ...(fields.account === undefined ? {} : { account: fields.account }),
      ...(fields.demand === undefined ? {} : { demand: fields.demand }),
      ...(fields.replyReason === undefined ? {} : { replyReason: fields.replyReason }),
    },
    ...(fields.contact === undefined ? {} : { contact: fields.contact }),
    facts: {
      fields: given.map(([field]) => field),
      ...(fields.wishedAt ? { wishedAt: fields.wishedAt } : {}),
      ...(fields.agreedAt ? { agreedAt: fields.agreedAt } : {}),
      ...(fields.replyAt ? { replyAt: fields.replyAt } : {}),
      ...(fields.liability ? { liability: [complaint.liability, fields.liability] } : {}),
      ...(consent ? { consentHow: consent.how } : {}),
      ...(level.raised ? { severity: [level.raised.from, level.raised.to], rule: level.raised.rule } : {}),
    },
    clocks: [
      ...level.clocks,
      ...amendedDates(document, clocks, complaint, leveled, { at, consentId: context.eventId, dueOf }),
    ],
    notices: level.notices,
    ...(isOfTheEvent && complaint.groupId !== null ? { regroup: [complaint.groupId] } : {}),
  };
}

export function link(ask: ComplaintAsk<'link'>): ComplaintOutcome {
  const { complaint, input, document, context, at, clocks } = ask;
  if (input.sameEventAs === complaint.id) throw badField('sameEventAs', 'is_itself');
  const { sameEvent } = context;
  if (!sameEvent) throw badField('sameEventAs', 'unknown_complaint');
  if (sameEvent.groupId !== null && sameEvent.groupId === complaint.groupId)
    throw new Refusal('complaint.already_in_the_group', { groupId: sameEvent.groupId });
  // The other one comes into this one's group where it has none of its own.
  const groupId = sameEvent.groupId ?? complaint.groupId ?? context.newGroupId ?? complaint.id;
  const left = complaint.groupId !== null && complaint.groupId !== groupId ? [complaint.groupId] : [];
  const level = reweigh(document, clocks, { ...complaint, groupId }, context.group ?? [], {
    at,
    dueOf: context.dueOf,
  });
  return {
    changes: { groupId, ...level.changes },
    clocks: level.clocks,
    notices: level.notices,
    facts: {
      groupId,
      with: sameEvent.id,
      raisings: level.changes.raisings,
      people: level.changes.people,
      ...(level.raised ? { severity: [level.raised.from, level.raised.to], rule: level.raised.rule } : {}),
    },
    joins: joining(groupId, context),
    regroup: [groupId, ...left],
  };
}

/** Alone again: the proposal may fall with it, the level waits for somebody to lower it. */
export function unlink(ask: ComplaintAsk<'unlink'>): ComplaintOutcome {
  const { complaint, document, context, at, clocks } = ask;
  const level = reweigh(document, clocks, { ...complaint, groupId: null }, [], { at, dueOf: context.dueOf });
  return {
    changes: { groupId: null, ...level.changes },
    clocks: level.clocks,
    notices: level.notices,
    facts: { groupId: complaint.groupId, proposed: level.changes.proposedSeverity },
    ...(complaint.groupId === null ? {} : { regroup: [complaint.groupId] }),
  };
}

/** The same entry made twice: it ends here, both numbers stay (spec/10). */
export function merge(ask: ComplaintAsk<'merge'>): ComplaintOutcome {
  const { complaint, input, context, at, clocks } = ask;
  if (input.intoId === complaint.id) throw badField('intoId', 'is_itself');
  if (!context.mergeInto) throw badField('intoId', 'unknown_complaint');
  return {
    changes: { mergedIntoId: context.mergeInto.id, closedAt: at, followUp: 'not-owed', loweringTo: null },
    facts: { into: context.mergeInto.id },
    clocks: voidClocks(clocks, () => true, at, 'merged'),
    ...(complaint.groupId === null ? {} : { regroup: [complaint.groupId] }),
  };
}
