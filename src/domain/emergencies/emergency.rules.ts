// One rule for each move of an emergency 突发事件 (MG8, FU1): facts in, decision out. Who is told, from when, and who takes it
// over is the standard's.
import { allowsFrom } from '../../kernel/moves.ts';
import { BadInput, badField, type FieldFault, Refusal } from '../../kernel/refusal.ts';
import { dayMs, hourMs, type Instant, plusMs } from '../../kernel/time.ts';
import type { Role } from '../access/role.contract.ts';
import type { MoveAnswer } from '../cases/case.contract.ts';
import { findRule, openClock, startByRule, stopClocks, voidClocks } from '../cases/case-clocks.rules.ts';
import { checkOrder } from '../cases/case-move.rules.ts';
import type { ClockCommand, ClockFact } from '../clocks/clock.contract.ts';
import { higher, rankOf } from '../complaints/complaint-severity.rules.ts';
import type { StandardDocument } from '../standards/standard.contract.ts';
import {
  type CreateEmergencyBody,
  type EmergencyMove,
  type EmergencyMoveBody,
  type EmergencyState,
  type HarmInput,
  personalEmergencyMoves,
  type Severity,
} from './emergency.contract.ts';
import { moves } from './emergency.moves.ts';
import {
  actingRole,
  type EmergencyActor,
  type EmergencyAsk,
  type EmergencyDecision,
  type EmergencyFacts,
  type EmergencyNotice,
} from './emergency-facts.rules.ts';
import { cardOf, deciderOf, harmFaults, harmFrom, levelByFacts } from './emergency-level.rules.ts';

// ── who is told ─────────────────────────────────────────────────────────────────────────────────────

const isPressing = (severity: Severity): boolean => severity !== 'ordinary';

/** The posts of the level and the head of the department whose card it is; each once. */
export function toldOf(
  document: StandardDocument,
  facts: Pick<EmergencyFacts, 'category' | 'severity'>,
): { role: Role }[] {
  const card = cardOf(document, facts.category);
  const roles = [...document.emergency.told.value[facts.severity], ...(card ? [document.heads[card.department]] : [])];
  return [...new Set(roles)].map((role) => ({ role }));
}

const noticeOf = (
  kind: 'emergency-reported' | 'emergency-raised' | 'emergency-reopened',
  document: StandardDocument,
  facts: Pick<EmergencyFacts, 'category' | 'severity'>,
): EmergencyNotice => ({
  kind,
  to: toldOf(document, facts),
  loud: true,
  out: isPressing(facts.severity),
  repeats: document.emergency.repeats.value.includes(facts.severity),
});

// ── the promise to take it over ─────────────────────────────────────────────────────────────────────

/** The response limit of its level, which is that of complaints (CP3): the one who decides has it. */
export const respondStarts = (document: StandardDocument, severity: Severity, at: Instant): ClockCommand[] =>
  startByRule(findRule(document, 'respond', severity), {
    at,
    owner: { staffId: null, role: deciderOf(document, severity) },
  });

const anew = (ask: EmergencyAsk, severity: Severity, reason: string): ClockCommand[] =>
  openClock(ask.clocks, 'respond') === undefined
    ? []
    : [
        ...voidClocks(ask.clocks, (clock) => clock.kind === 'respond', ask.now, reason),
        ...respondStarts(ask.document, severity, ask.now),
      ];

// ── recording ───────────────────────────────────────────────────────────────────────────────────────

export type RecordAsk = {
  id: string;
  document: StandardDocument;
  actor: { id: string; role: Role };
  now: Instant;
};

export function decideRecord(
  body: CreateEmergencyBody,
  { id, document, actor, now }: RecordAsk,
): { facts: EmergencyFacts; clocks: ClockCommand[]; notices: EmergencyNotice[]; eventFacts: Record<string, unknown> } {
  const occurredAt = body.occurredAt ?? now;
  const harm = harmFrom(body.harm);
  const faults: FieldFault[] = [
    ...(body.unitId === undefined && body.place === undefined ? [{ path: 'place', code: 'required' }] : []),
    ...(occurredAt > now ? [{ path: 'occurredAt', code: 'in_the_future' }] : []),
    ...harmFaults(harm),
    ...(body.measures ?? []).flatMap(({ at }, index) =>
      timeFault(at, { document, now, from: null }, `measures.${index}.at`),
    ),
  ];
  const proposed = levelByFacts(document, body.category, harm);
  if (body.severity !== undefined && rankOf(body.severity) < rankOf(proposed.severity))
    faults.push({ path: 'severity', code: 'below_facts' });
  if (faults.length > 0) throw new BadInput(faults);
  const severity = body.severity ?? proposed.severity;
  const isHandled = (body.measures ?? []).length > 0;
  const facts: EmergencyFacts = {
    id,
    state: isHandled ? 'handling' : 'reported',
    version: 1,
    category: body.category,
    severity,
    proposedSeverity: proposed.severity,
    levelFact: severity === proposed.severity ? proposed.fact : 'raised',
    department: cardOf(document, body.category)?.department ?? 'order',
    harm,
    receivedAt: now,
    occurredAt,
    firstContactId: actor.id,
    inChargeId: null,
    takenOverAt: null,
    takenOverBy: null,
    sentIds: [],
    cause: null,
    resolvedAt: null,
    reviewedAt: null,
    endedAt: null,
    reopenings: 0,
    followUp: 'none',
  };
  return {
    facts,
    clocks: respondStarts(document, severity, now),
    notices: [noticeOf('emergency-reported', document, facts)],
    eventFacts: { category: body.category, severity, proposed: proposed.severity, fact: facts.levelFact },
  };
}

/** A measure written down afterwards has the time at which it was done: never still to come, never long before the telling. */
function timeFault(
  at: Instant | undefined,
  bounds: { document: StandardDocument; now: Instant; from: Instant | null },
  path = 'at',
): FieldFault[] {
  if (at === undefined) return [];
  if (at > bounds.now) return [{ path, code: 'in_the_future' }];
  const hours = bounds.document.emergency.notedWithinHours.value;
  const earliest = bounds.from ?? plusMs(bounds.now, -hours * hourMs);
  return at < earliest ? [{ path, code: 'too_old' }] : [];
}

// ── moves ───────────────────────────────────────────────────────────────────────────────────────────

export type EmergencyInput = {
  amend: EmergencyMoveBody<'amend'>;
  'take-over': EmergencyMoveBody<'take-over'>;
  deploy: EmergencyMoveBody<'deploy'>;
  measure: EmergencyMoveBody<'measure'>;
  raise: EmergencyMoveBody<'raise'>;
  lower: EmergencyMoveBody<'lower'>;
  resolve: EmergencyMoveBody<'resolve'>;
  review: EmergencyMoveBody<'review'>;
  reopen: EmergencyMoveBody<'reopen'>;
  dismiss: EmergencyMoveBody<'dismiss'>;
  close: { version?: number | undefined };
};

/** Two who write measures at the same time both count: these ask for no version. */
const appends: readonly EmergencyMove[] = ['deploy', 'measure'];

export const isReadyToClose = (facts: Pick<EmergencyFacts, 'state' | 'reviewedAt' | 'followUp'>): boolean =>
  facts.state === 'resolved' &&
  facts.reviewedAt !== null &&
  (facts.followUp === 'reviewed' || facts.followUp === 'not-owed');

/** What stands in the way whatever is typed; the buttons show the same. */
function blocker(name: EmergencyMove, ask: EmergencyAsk): Refusal | null {
  const { emergency, document, now } = ask;
  if (!allowsFrom(moves[name], emergency.state) || (name === 'close' && !isReadyToClose(emergency)))
    return new Refusal('emergency.move_not_allowed', { state: emergency.state, move: name });
  if (name === 'take-over' && emergency.takenOverAt !== null) return new Refusal('emergency.taken_over');
  if (name === 'raise' && emergency.severity === 'critical') return new Refusal('emergency.not_higher');
  if (name === 'lower' && emergency.severity === emergency.proposedSeverity)
    return new Refusal('emergency.below_facts');
  if (name === 'review' && emergency.reviewedAt !== null) return new Refusal('emergency.reviewed');
  const days = document.emergency.reopenWithinDays.value;
  if (name === 'reopen' && emergency.endedAt !== null && plusMs(emergency.endedAt, days * dayMs) < now)
    return new Refusal('emergency.reopen_too_late', { days });
  return null;
}

/** In the order of the interface: own or not, version, state; then what is typed. */
export function decideMove<Name extends EmergencyMove>(
  name: Name,
  ask: EmergencyAsk,
  input: EmergencyInput[Name],
): EmergencyDecision {
  const { emergency, actor, document } = ask;
  const role = actingRole(moves[name].by, actor, emergency, document);
  checkOrder({
    mayMove: role !== null,
    isOutsider: false,
    permission: `emergency.${name}`,
    version: appends.includes(name) || actor.isSystem ? emergency.version : (input as { version?: number }).version,
    current: emergency.version,
  });
  const refusal = blocker(name, ask);
  if (refusal) throw refusal;
  const { to } = moves[name];
  const base: EmergencyDecision = {
    move: name,
    state: to === null || to === 'by-facts' ? emergency.state : to,
    byRole: role as Role | 'system',
    changes: {},
    steps: [],
    clocks: [],
    notices: [],
    followUp: null,
    isAppend: appends.includes(name),
  };
  return { ...base, ...deciders[name](ask, input) };
}

type Outcome = Partial<EmergencyDecision>;
const deciders: { [Name in EmergencyMove]: (ask: EmergencyAsk, input: EmergencyInput[Name]) => Outcome } = {
  amend: (ask, input) => {
    const { emergency, now } = ask;
    const faults: FieldFault[] = [];
    if (Object.values(input).filter((value) => value !== undefined).length <= (input.version === undefined ? 0 : 1))
      faults.push({ path: '', code: 'nothing_to_change' });
    if (input.occurredAt !== undefined && input.occurredAt > now)
      faults.push({ path: 'occurredAt', code: 'in_the_future' });
    if (faults.length > 0) throw new BadInput(faults);
    const fields = (
      ['category', 'unitId', 'place', 'contact', 'description', 'occurredAt', 'harm', 'complaintId'] as const
    ).filter((field) => input[field] !== undefined);
    const weighed = reweigh(ask, { category: input.category ?? emergency.category, harm: input.harm });
    return {
      ...weighed,
      changes: {
        ...weighed.changes,
        ...(input.category === undefined
          ? {}
          : {
              category: input.category,
              department: cardOf(ask.document, input.category)?.department ?? emergency.department,
            }),
        ...(input.occurredAt === undefined ? {} : { occurredAt: input.occurredAt }),
      },
      steps: [{ at: now, facts: { fields, ...levelFacts(emergency.severity, weighed.changes.severity) } }],
    };
  },

  'take-over': ({ clocks, actor, now, eventId }, input) => {
    const inChargeId = input.inChargeId ?? actor.id;
    return {
      changes: { takenOverAt: now, takenOverBy: actor.id, inChargeId },
      steps: [{ at: now, facts: {}, ...(inChargeId === null ? {} : { forId: inChargeId }) }],
      clocks: stopClocks(clocks, 'respond', now, eventId),
      notices:
        inChargeId === null || inChargeId === actor.id
          ? []
          : [{ kind: 'emergency-sent', to: [{ staffId: inChargeId }], loud: true, out: true, repeats: false }],
    };
  },

  deploy: ({ emergency, now }, input) => {
    const staffIds = [...new Set(input.staffIds)];
    return {
      changes: { sentIds: [...new Set([...emergency.sentIds, ...staffIds])] },
      steps: staffIds.map((forId) => ({ at: now, forId, facts: {}, text: input.task })),
      notices: [
        {
          kind: 'emergency-sent',
          to: staffIds.map((staffId) => ({ staffId })),
          loud: true,
          out: true,
          repeats: false,
        },
      ],
    };
  },

  measure: ({ emergency, document, now }, input) => {
    const hours = document.emergency.notedWithinHours.value;
    const from = plusMs(emergency.receivedAt, -hours * hourMs);
    const faults = timeFault(input.at, { document, now, from });
    if (faults.length > 0) throw new BadInput(faults);
    return {
      steps: [
        { at: input.at ?? now, facts: input.called === undefined ? {} : { called: input.called }, text: input.text },
      ],
    };
  },

  raise: (ask, input) => {
    const { emergency, now, document } = ask;
    if (rankOf(input.severity) <= rankOf(emergency.severity)) throw badField('severity', 'not_higher');
    return {
      changes: { severity: input.severity, levelFact: 'raised' },
      steps: [{ at: now, facts: levelFacts(emergency.severity, input.severity), text: input.reason }],
      ...rise(ask, input.severity),
      notices: [noticeOf('emergency-raised', document, { category: emergency.category, severity: input.severity })],
    };
  },

  lower: (ask, input) => {
    const { emergency, now } = ask;
    if (rankOf(input.severity) >= rankOf(emergency.severity)) throw badField('severity', 'not_lower');
    // The facts stand: what they say is the least.
    if (rankOf(input.severity) < rankOf(emergency.proposedSeverity)) throw badField('severity', 'below_facts');
    const fact = levelByFacts(ask.document, emergency.category, emergency.harm);
    return {
      changes: { severity: input.severity, levelFact: fact.severity === input.severity ? fact.fact : 'raised' },
      steps: [{ at: now, facts: levelFacts(emergency.severity, input.severity), text: input.reason }],
      clocks: anew(ask, input.severity, 'lowered'),
    };
  },

  resolve: (ask, input) => {
    const { emergency, document, now, clocks } = ask;
    const at = input.at ?? now;
    const faults = timeFault(input.at, { document, now, from: emergency.receivedAt });
    if (faults.length > 0) throw new BadInput(faults);
    const weighed = reweigh(ask, { category: emergency.category, harm: input.harm });
    const severity = weighed.changes.severity ?? emergency.severity;
    return {
      changes: { ...weighed.changes, cause: input.cause, resolvedAt: at, followUp: 'due' },
      steps: [
        {
          at,
          facts: { cause: input.cause, ...levelFacts(emergency.severity, weighed.changes.severity) },
          text: input.result,
        },
      ],
      // Nobody has to take over what is over; one whose minute had run out stays missed.
      clocks: voidClocks(clocks, (clock) => clock.kind === 'respond', now, 'resolved'),
      notices: [
        {
          kind: 'emergency-resolved',
          to: toldOf(document, { category: emergency.category, severity }),
          loud: false,
          out: isPressing(severity),
          repeats: false,
        },
      ],
      followUp: 'make',
    };
  },

  review: ({ now }, input) => ({
    changes: { reviewedAt: now },
    steps: [{ at: now, facts: {}, text: input.text }],
  }),

  reopen: (ask, input) => {
    const { emergency, document, now } = ask;
    return {
      changes: {
        resolvedAt: null,
        reviewedAt: null,
        endedAt: null,
        cause: null,
        followUp: 'none',
        reopenings: emergency.reopenings + 1,
      },
      steps: [{ at: now, facts: {}, text: input.reason }],
      notices: [{ ...noticeOf('emergency-reopened', document, emergency), repeats: false }],
      followUp: 'void',
    };
  },

  dismiss: ({ clocks, now }, input) => ({
    changes: { cause: 'false-alarm', endedAt: now },
    steps: [{ at: now, facts: {}, text: input.reason }],
    clocks: voidClocks(clocks, (clock) => clock.kind === 'respond', now, 'false-alarm'),
  }),

  close: ({ now }) => ({ changes: { endedAt: now }, steps: [{ at: now, facts: {} }] }),
};

const levelFacts = (was: Severity, is: Severity | undefined): Record<string, unknown> =>
  is === undefined || is === was ? {} : { severity: [was, is] };

/** The facts anew: a level that they ask for above the present one comes by itself; below it nothing falls. */
function reweigh(
  ask: EmergencyAsk,
  said: { category: EmergencyFacts['category']; harm: HarmInput | undefined },
): Pick<EmergencyDecision, 'changes' | 'clocks' | 'notices'> {
  const { emergency, document } = ask;
  const harm = harmFrom(said.harm, emergency.harm);
  const faults = harmFaults(harm);
  if (faults.length > 0) throw new BadInput(faults);
  const proposed = levelByFacts(document, said.category, harm);
  const severity = higher(emergency.severity, proposed.severity);
  const changes = {
    harm,
    proposedSeverity: proposed.severity,
    ...(severity === emergency.severity && emergency.levelFact === 'raised' && severity !== proposed.severity
      ? {}
      : { levelFact: severity === proposed.severity ? proposed.fact : ('raised' as const) }),
  };
  if (severity === emergency.severity) return { changes, clocks: [], notices: [] };
  return {
    ...rise(ask, severity),
    changes: { ...changes, severity },
    notices: [noticeOf('emergency-raised', document, { category: said.category, severity })],
  };
}

/** From the rise on it is whose it is at the new level, unless it was taken over already. */
const rise = (ask: EmergencyAsk, severity: Severity): Pick<EmergencyDecision, 'clocks'> => ({
  clocks: anew(ask, severity, 'raised'),
});

// ── buttons ─────────────────────────────────────────────────────────────────────────────────────────

const likely: Record<EmergencyState, readonly EmergencyMove[]> = {
  reported: ['take-over', 'deploy', 'measure'],
  handling: ['take-over', 'measure', 'deploy', 'resolve'],
  resolved: ['review'],
  closed: [],
};

/** The caller's moves; what the state or the course of things forbids says why. */
export function allowedMoves(ask: {
  emergency: EmergencyFacts;
  clocks: readonly ClockFact[];
  document: StandardDocument;
  actor: EmergencyActor;
  now: Instant;
}): MoveAnswer[] {
  const { emergency, actor, document } = ask;
  const rank = ({ name, allowed }: MoveAnswer) => {
    const place = likely[emergency.state].indexOf(name as EmergencyMove);
    return (allowed ? 0 : 100) + (place < 0 ? 50 : place);
  };
  return personalEmergencyMoves
    .filter((name) => actingRole(moves[name].by, actor, emergency, document) !== null)
    .map((name): MoveAnswer => {
      const refusal = blocker(name, { ...ask, eventId: '' });
      return refusal ? { name, allowed: false, reason: refusal.code } : { name, allowed: true };
    })
    .sort((a, b) => rank(a) - rank(b));
}
