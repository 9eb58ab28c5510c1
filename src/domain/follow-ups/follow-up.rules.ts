// One rule for each move of a follow-up 回访 (spec/10, FU1–FU4): facts in, decision out.
import { allowsFrom } from '../../kernel/moves.ts';
import { BadInput, badField, type FieldFault, Refusal, staleVersion } from '../../kernel/refusal.ts';
import { dayOf, type Instant, later } from '../../kernel/time.ts';
import type { Role } from '../access/role.contract.ts';
import type { MoveAnswer } from '../cases/case.contract.ts';
import { findRule, startByRule, stopClocks, voidClocks } from '../cases/case-clocks.rules.ts';
import { evidenceTime } from '../cases/happened-at.rules.ts';
import type { Calendar } from '../clocks/calendar.rules.ts';
import type { ClockCommand, ClockFact, Limit, Owner } from '../clocks/clock.contract.ts';
import { dueAt } from '../clocks/limit.rules.ts';
import type { FollowUpSubject, StandardDocument } from '../standards/standard.contract.ts';
import {
  type AttemptBody,
  type FollowUpChannel,
  type FollowUpMove,
  type FollowUpState,
  personalMoves,
  type RecordBody,
  type ReturnBody,
  type ReviewBody,
} from './follow-up.contract.ts';
import { moves } from './follow-up.moves.ts';
import {
  actingRole,
  callingRoles,
  dutyRole,
  type FollowUpActor,
  type FollowUpContext,
  type FollowUpFacts,
  reviewerNeeded,
  subjectRule,
  triesMade,
} from './follow-up-facts.rules.ts';

/** What a move does beside its state: the time, its post, the clocks, codes and numbers for the time line. */
export type FollowUpOutcome = {
  state: FollowUpState;
  at: Instant;
  byRole: Role | 'system';
  clocks: ClockCommand[];
  facts: Record<string, unknown>;
};

const own = (context: Pick<FollowUpContext, 'clocks' | 'followUp'>): ClockFact[] =>
  context.clocks.filter((clock) => clock.key === context.followUp.id);

/** Who may, then the version, then the state, then the time: the order of the interface. */
function begin(
  name: FollowUpMove,
  context: FollowUpContext,
  input: { version?: number | undefined; happenedAt?: Instant | undefined },
): { role: Role | 'system'; at: Instant; state: FollowUpState } {
  const { followUp, actor, now } = context;
  const acting = actingRole(name, actor, followUp);
  if ('refusal' in acting) throw acting.refusal;
  // A try is an append, and what was done without a signal asks the state table only.
  if (name !== 'attempt' && input.happenedAt === undefined && !actor.isSystem) {
    if (input.version === undefined) throw badField('version', 'required');
    if (input.version !== followUp.version) throw staleVersion(followUp.version);
  }
  if (!allowsFrom(moves[name], followUp.state))
    throw new Refusal('follow-up.move_not_allowed', { state: followUp.state, move: name });
  // Only now: a time before the step that ended it would hide that it is ended.
  const at = evidenceTime(input.happenedAt, {
    roles: actor.roles,
    carriers: callingRoles,
    notBefore: followUp.lastStepAt,
    now,
    rule: context.document.offline,
  });
  const { to } = moves[name];
  return { role: acting.role, at, state: to === null || to === 'by-facts' ? followUp.state : to };
}

export function attempt(context: FollowUpContext, input: AttemptBody): FollowUpOutcome {
  const { role, at, state } = begin('attempt', context, input);
  if (input.nextAt !== undefined && input.nextAt <= at) throw badField('nextAt', 'in_the_past');
  return {
    state,
    at,
    byRole: role,
    clocks: [],
    facts: { outcome: input.outcome, atDoor: input.atDoor, ...(input.nextAt ? { nextAt: input.nextAt } : {}) },
  };
}

export type RecordOutcome = FollowUpOutcome & { channel: FollowUpChannel | null; isSigned: boolean };

export function recordResult(context: FollowUpContext, input: RecordBody): RecordOutcome {
  const { role, at, state } = begin('record', context, input);
  const { followUp, document, eventId } = context;
  checkAnswers(input, document);
  const isReached = input.verdict !== 'not-reached';
  if (!isReached) checkTries(followUp, document);
  const hasSlip = input.signature !== undefined || (input.attachmentIds ?? []).length > 0;
  const rule = subjectRule(document, followUp.what);
  const channel = isReached
    ? (input.channel ?? (hasSlip ? 'in-person' : (rule?.channel ?? 'phone')))
    : (input.channel ?? null);
  if (isReached && rule?.signature) {
    // FU2: in person and signed as a rule, another channel with its reason.
    if (channel === 'in-person' && !hasSlip) throw new Refusal('follow-up.signature_missing');
    if (channel !== 'in-person' && input.reason === undefined) throw new Refusal('follow-up.reason_missing');
  }
  const mine = own(context);
  const review = findRule(document, 'review', followUp.what === 'repair' ? 'repair' : 'other');
  const reviewer = reviewerNeeded({ verdict: input.verdict, recordedRole: role === 'system' ? null : role });
  const barred = context.actor.id === null ? [] : [context.actor.id];
  return {
    state,
    at,
    byRole: role,
    channel,
    isSigned: hasSlip && channel === 'in-person',
    clocks: [
      ...(isReached
        ? stopClocks(mine, 'follow-up', at, eventId)
        : voidClocks(mine, (clock) => clock.kind === 'follow-up', at, 'not-reached')),
      ...stopClocks(mine, 'visit', at, eventId),
      ...startByRule(review, {
        at,
        key: followUp.id,
        owner: { staffId: null, role: dutyRole([reviewer], barred, context.holders) },
      }),
    ],
    facts: {
      verdict: input.verdict,
      ...(channel === null ? {} : { channel }),
      ...(input.satisfaction === undefined ? {} : { satisfaction: input.satisfaction }),
      ...(isReached ? {} : { ...triesMade(followUp.tries) }),
    },
  };
}

const answerFields = ['quality', 'effect', 'satisfaction', 'lacking', 'suggestions'] as const;
const steps = ['quality', 'effect', 'satisfaction'] as const;

/** FU2: five things are asked; the first three are answered, and what is not acceptable says what was lacking. */
function checkAnswers(input: RecordBody, document: StandardDocument): void {
  const faults: FieldFault[] = [];
  if (input.verdict === 'not-reached') {
    for (const field of [...answerFields, 'signature'] as const)
      if (input[field] !== undefined) faults.push({ path: field, code: 'not_when_not_reached' });
  } else {
    const most = document.followUp.satisfactionSteps.value;
    for (const field of steps) {
      const value = input[field];
      if (value === undefined) faults.push({ path: field, code: 'required' });
      else if (value > most) faults.push({ path: field, code: 'too_large', facts: { maximum: most } });
    }
    if (input.verdict === 'not-acceptable' && input.lacking === undefined)
      faults.push({ path: 'lacking', code: 'required' });
  }
  if (faults.length > 0) throw new BadInput(faults);
}

function checkTries(followUp: FollowUpFacts, document: StandardDocument): void {
  const needed = document.followUp.notReached.value;
  const made = triesMade(followUp.tries);
  if (made.tries < needed.tries || made.days < needed.days || made.atDoor < needed.atDoor)
    throw new Refusal('follow-up.not_enough_tries', {
      ...needed,
      made: [made.tries, made.days, made.atDoor].join('/'),
    });
}

/** FU4: the comment is the reviewer's; of what was not acceptable it is the general manager's opinion. */
export function review(context: FollowUpContext, input: ReviewBody): FollowUpOutcome {
  const { role, at, state } = begin('review', context, input);
  if (input.improvement !== undefined && input.improvement.on < dayOf(at))
    throw badField('improvement.on', 'in_the_past');
  return {
    state,
    at,
    byRole: role,
    clocks: stopClocks(own(context), 'review', at, context.eventId),
    facts: input.improvement ? { improvementOn: input.improvement.on } : {},
  };
}

export function sendBack(context: FollowUpContext, input: ReturnBody): FollowUpOutcome {
  const { role, at, state } = begin('return', context, input);
  const { followUp, document } = context;
  // It has become a complaint and the repair is done again: asking anew would undo neither.
  if (followUp.complaintId !== null) throw new Refusal('follow-up.acted_on', { complaintId: followUp.complaintId });
  return {
    state,
    at,
    byRole: role,
    clocks: [
      ...voidClocks(own(context), (clock) => clock.kind === 'review', at, 'returned'),
      // The customer was promised one date: a bad record does not move it.
      ...(followUp.kind === 'finished' && followUp.dueAt !== null
        ? startByRule(findRule(document, 'follow-up', followUp.what), {
            at,
            key: followUp.id,
            limit: { at: followUp.dueAt },
            owner: ownerOf(followUp, document, context.holders),
          })
        : []),
    ],
    facts: {},
  };
}

/** Whoever the plan named, else the post of the standard that had no hand in the work. */
export function ownerOf(
  followUp: Pick<FollowUpFacts, 'what' | 'callerId' | 'handlerIds'>,
  document: StandardDocument,
  holders: FollowUpContext['holders'],
): Owner {
  const rule = findRule(document, 'follow-up', followUp.what);
  const wanted = subjectRule(document, followUp.what)?.callers ?? [];
  const role = dutyRole(wanted.length > 0 ? wanted : (rule?.owner ?? []), followUp.handlerIds, holders);
  if (followUp.callerId === null) return { staffId: null, role };
  const post = holders.filter((one) => one.accountId === followUp.callerId).map((one) => one.role);
  return { staffId: followUp.callerId, role: callingRoles.find((one) => post.includes(one)) ?? role };
}

/** make: the promise of a follow-up runs from `at`; one that the sample left out promises nothing. */
export const makeClocks = (
  followUp: Pick<FollowUpFacts, 'id' | 'what' | 'callerId' | 'handlerIds'>,
  at: Instant,
  document: StandardDocument,
  holders: FollowUpContext['holders'],
): ClockCommand[] =>
  startByRule(findRule(document, 'follow-up', followUp.what), {
    at,
    key: followUp.id,
    owner: ownerOf(followUp, document, holders),
  });

/** to-door and make-unfinished: somebody goes there (FU3). */
export const visitClocks = (
  followUp: Pick<FollowUpFacts, 'id' | 'what' | 'callerId' | 'handlerIds'>,
  at: Instant,
  document: StandardDocument,
  holders: FollowUpContext['holders'],
): ClockCommand[] =>
  startByRule(findRule(document, 'visit'), {
    at,
    key: followUp.id,
    owner: {
      ...ownerOf(followUp, document, holders),
      ...(followUp.callerId === null
        ? { role: dutyRole(findRule(document, 'visit')?.owner ?? [], followUp.handlerIds, holders) }
        : {}),
    },
  });

/** The plan names somebody: what is promised is theirs from now on. */
export const assignClocks = (
  clocks: readonly ClockFact[],
  followUpId: string,
  at: Instant,
  owner: Owner,
): ClockCommand[] =>
  clocks
    .filter((clock) => clock.key === followUpId && (clock.kind === 'follow-up' || clock.kind === 'visit'))
    .filter((clock) => clock.state === 'running')
    .map((clock) => ({ do: 'assign', kind: clock.kind, key: clock.key, at: later(at, clock.startedAt), owner }));

export const voidAll = (
  clocks: readonly ClockFact[],
  followUpId: string,
  at: Instant,
  reason: string,
): ClockCommand[] =>
  voidClocks(
    clocks.filter((clock) => clock.key === followUpId),
    (clock) => clock.kind === 'follow-up' || clock.kind === 'visit',
    at,
    reason,
  );

// ── FU3: when somebody has to go there ──────────────────────────────────────────────────────────────

const afterDays = (days: number, from: Instant, calendar: Calendar): Instant =>
  dueAt({ calendarDays: days } satisfies Limit, from, calendar) as Instant;

/** A follow-up not done after the days of the standard, and not before it was due; null: this standard never goes. */
export function toDoorAt(
  followUp: Pick<FollowUpFacts, 'madeAt' | 'returnedAt' | 'dueAt'>,
  document: StandardDocument,
  calendar: Calendar,
): Instant | null {
  const visit = document.followUp.doorVisitNotDone.value;
  if (!visit.on) return null;
  const from = followUp.returnedAt === null ? followUp.madeAt : later(followUp.madeAt, followUp.returnedAt);
  const at = afterDays(visit.afterDays, from, calendar);
  return followUp.dueAt === null ? at : later(at, followUp.dueAt);
}

/** A case that is still unfinished so many days after its report. */
export function unfinishedAt(receivedAt: Instant, document: StandardDocument, calendar: Calendar): Instant | null {
  const visit = document.followUp.doorVisitUnfinished.value;
  return visit.on ? afterDays(visit.afterDays, receivedAt, calendar) : null;
}

/** From which fact of the case the follow-up of this subject runs: `finish`, `return-voucher`, `resolve` … */
export const startsFrom = (document: StandardDocument, what: FollowUpSubject): string | null =>
  subjectRule(document, what)?.startsFrom ?? null;

// ── buttons ─────────────────────────────────────────────────────────────────────────────────────────

const likely: Partial<Record<FollowUpState, FollowUpMove>> = {
  due: 'record',
  'visit-due': 'record',
  recorded: 'review',
};

/** The caller's moves in this state; a refused one with the code that pressing it would answer. */
export function allowedFollowUpMoves(actor: FollowUpActor, followUp: FollowUpFacts): MoveAnswer[] {
  return personalMoves
    .filter((name) => allowsFrom(moves[name], followUp.state))
    .flatMap((name): MoveAnswer[] => {
      const acting = actingRole(name, actor, followUp);
      if ('role' in acting)
        return name === 'return' && followUp.complaintId !== null
          ? [{ name, allowed: false, reason: 'follow-up.acted_on' }]
          : [{ name, allowed: true }];
      // Who has no such post sees no button at all.
      return acting.refusal.code === 'forbidden' ? [] : [{ name, allowed: false, reason: acting.refusal.code }];
    })
    .sort((a, b) => Number(b.name === likely[followUp.state]) - Number(a.name === likely[followUp.state]));
}
