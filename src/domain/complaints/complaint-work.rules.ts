// The work on a complaint: forwarded and taken over, sent to a department and signed for, waiting, resolved, told to the
// customer, closed and reopened (spec/10, CP3–CP6).
import { badField, Refusal } from '../../kernel/refusal.ts';
import type { Role } from '../access/role.contract.ts';
import { stopClocks, voidClocks } from '../cases/case-clocks.rules.ts';
import type { StandardDocument } from '../standards/standard.contract.ts';
import { type ComplaintAsk, type ComplaintOutcome, checkHow, namedPerson } from './complaint-ask.rules.ts';
import {
  acceptClocks,
  answerClocks,
  assignOpen,
  closeClocks,
  completeRule,
  latestAnswer,
  reopenClocks,
  resolveClocks,
  sentClocks,
  waitClocks,
} from './complaint-clocks.rules.ts';
import { type ComplaintFacts, deciderOf, headOf, isUnreachable, type Notice } from './complaint-facts.rules.ts';
import { raisedByFailures, rise } from './complaint-level.rules.ts';

// ── upward ──────────────────────────────────────────────────────────────────────────────────────────

/** Whom this hand passes the form to: the supervisor to the manager, the manager to the one who decides. */
export const forwardTo = (document: StandardDocument, complaint: ComplaintFacts, isManager: boolean): Role | null => {
  const decider = deciderOf(document, complaint.severity);
  return decider === null ? null : isManager ? decider : 'manager';
};

export function forward(ask: ComplaintAsk<'forward'>): ComplaintOutcome {
  const { complaint, document, clocks, at, context, hats, role } = ask;
  const to = forwardTo(document, complaint, hats.includes('mgr')) ?? 'manager';
  const isLastHand = to === deciderOf(document, complaint.severity);
  return {
    changes: { forwardedTo: to },
    facts: { to },
    clocks: isLastHand
      ? stopClocks(clocks, 'form-forwarded', at, context.eventId)
      : assignOpen(clocks, 'form-forwarded', at, { staffId: null, role: to }),
    notices: to === role ? [] : [{ to: { role: to }, kind: 'complaint.forwarded', loud: true, out: true }],
  };
}

/** The response limit ends when the one who decides has it, not when he was told of it (CP3). */
export function takeOver(ask: ComplaintAsk<'take-over'>): ComplaintOutcome {
  const { complaint, input, document, clocks, at, actor, context } = ask;
  const inCharge = namedPerson('inChargeId', input.inChargeId, context.person);
  const inChargeId = inCharge?.id ?? actor.id;
  const rule = completeRule(document, complaint.severity);
  return {
    changes: { takenOverAt: at, inChargeId },
    ...(inCharge ? { forId: inCharge.id } : {}),
    facts: { severity: complaint.severity },
    clocks: [
      ...stopClocks(clocks, 'respond', at, context.eventId),
      ...(rule?.owner[0] ? assignOpen(clocks, 'complete', at, { staffId: inChargeId, role: rule.owner[0] }) : []),
    ],
    notices: inCharge ? [{ to: { staffId: inCharge.id }, kind: 'complaint.forwarded', loud: true, out: true }] : [],
  };
}

/** An answer to the customer at any time, with its evidence (C2.4). */
export function respond(ask: ComplaintAsk<'respond'>): ComplaintOutcome {
  const { complaint, input, clocks, at, context } = ask;
  checkHow('how', input.how, complaint);
  return {
    changes: {},
    text: input.answer,
    facts: { how: input.how },
    clocks: answerClocks(clocks, at, context.eventId),
  };
}

// ── the department ──────────────────────────────────────────────────────────────────────────────────

const withdrawn = (complaint: ComplaintFacts, handlerId: string | null): Notice[] =>
  complaint.handlerId === null || complaint.handlerId === handlerId
    ? []
    : [{ to: { staffId: complaint.handlerId }, kind: 'complaint.withdrawn', loud: true, out: true }];

function toDepartment(ask: ComplaintAsk<'send'> | ComplaintAsk<'transfer'>, reason: string): ComplaintOutcome {
  const { complaint, input, document, clocks, at, context } = ask;
  const handler = namedPerson('responsibleId', input.responsibleId, context.person);
  const changes = { department: input.department, handlerId: handler?.id ?? null, waitUntil: null };
  const isAnew = complaint.department !== null;
  return {
    changes,
    ...(handler ? { forId: handler.id } : {}),
    facts: {
      department: isAnew ? [complaint.department, input.department] : input.department,
      ...(handler ? { responsibleId: handler.id } : {}),
    },
    // Counted from the first save, the department's signature would tell it the minute of an anonymous one.
    clocks: sentClocks(
      document,
      clocks,
      { ...complaint, ...changes },
      { at, anew: isAnew || complaint.anonymous, reason },
    ),
    notices: [
      ...withdrawn(complaint, changes.handlerId),
      {
        to: { role: headOf(document, input.department), department: input.department },
        kind: 'complaint.sent',
        loud: true,
        out: true,
        ...(complaint.anonymous ? { withoutText: true } : {}),
      },
      ...(handler ? [{ to: { staffId: handler.id }, kind: 'complaint.sent' as const, loud: true, out: true }] : []),
    ],
  };
}

export const send = (ask: ComplaintAsk<'send'>): ComplaintOutcome => toDepartment(ask, 'sent-anew');

export function transfer(ask: ComplaintAsk<'transfer'>): ComplaintOutcome {
  const { complaint, input } = ask;
  if (input.department === complaint.department)
    throw new Refusal('complaint.same_department', { department: input.department });
  return { ...toDepartment(ask, 'transfer'), text: input.reason };
}

/** The department's signature for the form (CP4); whoever was not named and signs is its responsible person. */
export function accept(ask: ComplaintAsk<'accept'>): ComplaintOutcome {
  const { complaint, document, clocks, at, actor, context } = ask;
  return {
    changes: { handlerId: complaint.handlerId ?? actor.id },
    clocks: acceptClocks(document, clocks, complaint.severity, at, context.eventId),
  };
}

export function wait(ask: ComplaintAsk<'wait'>): ComplaintOutcome {
  const { complaint, input, document, clocks, at, now, actor, role, context } = ask;
  checkHow('explained', input.explained, complaint);
  if (input.until <= now) throw badField('until', 'in_the_past');
  const latest = latestAnswer(document, at, context.dueOf);
  if (latest !== null && input.until > latest) throw badField('until', 'too_late', { latest });
  const consented = input.consent !== undefined;
  return {
    changes: {
      waitUntil: input.until,
      ...(consented ? { agreedAt: input.until, agreedWithConsent: true } : {}),
    },
    text: [input.reason, input.consent?.by].filter((part) => part !== undefined).join('\n'),
    facts: {
      until: input.until,
      explained: input.explained,
      consent: consented,
      ...(input.consent ? { consentHow: input.consent.how } : {}),
    },
    clocks: waitClocks(document, clocks, {
      at,
      until: input.until,
      consented,
      consentId: context.eventId,
      owner: { staffId: actor.id, role: role === 'system' ? 'cs_supervisor' : role },
    }),
  };
}

export const resume = ({ clocks, at }: ComplaintAsk<'resume'>): ComplaintOutcome => ({
  changes: { waitUntil: null },
  // The one promised at intake is the customer's all the same.
  clocks: voidClocks(clocks, (clock) => clock.kind === 'next-answer' && clock.key === '', at, 'resumed'),
});

export function resolve(ask: ComplaintAsk<'resolve'>): ComplaintOutcome {
  const { complaint, input, document, clocks, at, context } = ask;
  return {
    changes: { resolvedAt: at, waitUntil: null },
    texts: { result: input.result },
    cause: input.cause,
    facts: { cause: input.cause },
    clocks: resolveClocks(document, clocks, complaint, at, context.eventId),
    // The first contact tells the supervisor and, the same day, the customer (CP5).
    notices: [
      { to: { firstContact: true }, kind: 'complaint.resolved', loud: true, out: false },
      { to: { role: 'cs_supervisor' }, kind: 'complaint.resolved', loud: false, out: false },
    ],
  };
}

// ── the end, and after it ───────────────────────────────────────────────────────────────────────────

export function tellCustomer(ask: ComplaintAsk<'tell-customer'>): ComplaintOutcome {
  const { complaint, input, clocks, at, context } = ask;
  checkHow('how', input.how, complaint);
  const unreachable = isUnreachable(complaint);
  const isOnPaper = input.signature !== undefined || (input.attachmentIds ?? []).length > 0;
  const inPerson = input.how === 'live' || input.how === 'visit';
  if (!unreachable && inPerson && !isOnPaper && input.unsignedReason === undefined)
    throw badField('signature', 'signature_or_reason');
  if (!unreachable && input.opinion === undefined && input.unsignedReason === undefined)
    throw badField('opinion', 'required');
  const texts = {
    answer: input.answer,
    ...(input.opinion === undefined ? {} : { opinion: input.opinion }),
  };
  return {
    changes: { toldAt: at, signed: isOnPaper, followUp: unreachable ? 'not-owed' : 'due' },
    ...(input.unsignedReason === undefined ? {} : { text: input.unsignedReason }),
    texts,
    ...(input.satisfied === undefined ? {} : { satisfied: input.satisfied }),
    ...(input.signature === undefined ? {} : { signature: input.signature }),
    facts: { how: input.how, signed: isOnPaper },
    clocks: [...stopClocks(clocks, 'tell-customer', at, context.eventId), ...answerClocks(clocks, at, context.eventId)],
    // Its clock counts from the end of the work (spec/10 make); nobody can be called about an anonymous one.
    ...(unreachable
      ? {}
      : {
          followUp: {
            do: 'make' as const,
            what:
              complaint.severity === 'major' || complaint.severity === 'critical'
                ? ('major-critical-event' as const)
                : ('complaint' as const),
            at: complaint.resolvedAt ?? at,
          },
        }),
  };
}

export const close = ({ clocks, at }: ComplaintAsk<'close'>): ComplaintOutcome => ({
  changes: { closedAt: at, loweringTo: null },
  clocks: closeClocks(clocks, at),
});

export function reopen(ask: ComplaintAsk<'reopen'>): ComplaintOutcome {
  const { complaint, input, document, clocks, at, context } = ask;
  const failures = complaint.failures + 1;
  const fresh = {
    resolvedAt: null,
    toldAt: null,
    closedAt: null,
    wishedAt: null,
    agreedAt: null,
    agreedWithConsent: false,
    replyAt: null,
    waitUntil: null,
    signed: false,
    followUp: 'none',
    failures,
  } as const;
  const after: ComplaintFacts = { ...complaint, ...fresh };
  const to = raisedByFailures(document, complaint, failures);
  const risen =
    to === null ? null : rise(document, clocks, after, to, { at, reason: 'failures', dueOf: context.dueOf });
  const leveled: ComplaintFacts = { ...after, ...risen?.changes };
  return {
    changes: { ...fresh, ...risen?.changes },
    text: input.reason,
    facts: { failures, ...(to === null ? {} : { severity: [complaint.severity, to] }) },
    clocks: [...(risen?.clocks ?? []), ...reopenClocks(document, clocks, leveled, at)],
    notices: [
      ...(risen?.notices ?? []),
      ...(complaint.department === null
        ? []
        : [
            {
              to: { role: headOf(document, complaint.department), department: complaint.department },
              kind: 'complaint.reopened' as const,
              loud: true,
              out: true,
            },
          ]),
    ],
    followUp: { do: 'void' },
    ...(complaint.groupId === null ? {} : { regroup: [complaint.groupId] }),
  };
}
