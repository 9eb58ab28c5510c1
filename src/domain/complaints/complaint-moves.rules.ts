// Moving a complaint 投诉 on: the checks every move shares, in the order of the interface (own, version, state, what stands
// in the way), then the move's own rule; and which buttons somebody sees (spec/10).
import { allowsFrom } from '../../kernel/moves.ts';
import { badField, forbidden, notFound, Refusal, staleVersion } from '../../kernel/refusal.ts';
import { dayMs, type Instant, plusMs } from '../../kernel/time.ts';
import type { MoveAnswer } from '../cases/case.contract.ts';
import { evidenceTime } from '../cases/happened-at.rules.ts';
import type { ClockFact } from '../clocks/clock.contract.ts';
import type { StandardDocument, StandardVersion } from '../standards/standard.contract.ts';
import { moves } from './complaint.moves.ts';
import type { ComplaintAsk, ComplaintOutcome } from './complaint-ask.rules.ts';
import {
  actingRole,
  type ComplaintActor,
  type ComplaintContext,
  type ComplaintDecision,
  type ComplaintFacts,
  deciderOf,
  isOutsider,
  isUnreachable,
} from './complaint-facts.rules.ts';
import { amend, link, merge, missingBeforeSend, unlink } from './complaint-intake.rules.ts';
import { classify, decideValidity, lower, mishandled, raise } from './complaint-level.rules.ts';
import { raisedBy, rankOf } from './complaint-severity.rules.ts';
import {
  type ComplaintFlag,
  type ComplaintMove,
  type ComplaintMoveBody,
  type ComplaintState,
  complaintMoves,
} from './complaint-shapes.contract.ts';
import {
  accept,
  close,
  forward,
  forwardTo,
  reopen,
  resolve,
  respond,
  resume,
  send,
  takeOver,
  tellCustomer,
  transfer,
  wait,
} from './complaint-work.rules.ts';

type Deciders = { [Name in ComplaintMove]: (ask: ComplaintAsk<Name>) => ComplaintOutcome };
const deciders: Deciders = {
  amend,
  forward,
  'take-over': takeOver,
  classify,
  raise,
  mishandled,
  lower,
  respond,
  send,
  accept,
  transfer,
  wait,
  resume,
  resolve,
  'tell-customer': tellCustomer,
  close,
  reopen,
  invalidate: decideValidity('invalid'),
  validate: decideValidity('valid'),
  link,
  unlink,
  merge,
};

export type ComplaintMoveRequest<Name extends ComplaintMove> = {
  complaint: ComplaintFacts;
  clocks: readonly ClockFact[];
  input: ComplaintMoveBody<Name>;
  /** The version under which the case was opened. */
  standard: StandardVersion;
  actor: ComplaintActor;
  context: ComplaintContext;
  now: Instant;
};

/** Throws Refusal or BadInput; otherwise what to write. */
export function decideComplaint<Name extends ComplaintMove>(
  name: Name,
  request: ComplaintMoveRequest<Name>,
): ComplaintDecision {
  const { complaint, input, actor, standard, context, now } = request;
  const { document } = standard;
  const acting = actingRole(name, actor, complaint, document);
  const refuse = () => (isOutsider(actor) ? notFound('complaint') : forbidden(`complaint.${name}`));
  if (!acting) throw refuse();
  if (input.happenedAt === undefined && !actor.isSystem) {
    if (input.version === undefined) throw badField('version', 'required');
    if (input.version !== complaint.version) throw staleVersion(complaint.version);
  }
  const inTheWay = obstacle(name, complaint, document, {
    now,
    isManager: acting.hats.includes('mgr'),
    callBacksOpen: context.callBacksOpen ?? 0,
  });
  if (inTheWay) throw inTheWay;
  // Only now: a time before the step that ended it would hide that it is ended.
  const at = evidenceTime(input.happenedAt, {
    roles: actor.roles,
    notBefore: complaint.lastStateAt,
    now,
    rule: document.offline,
  });

  const outcome = deciders[name]({
    complaint,
    clocks: request.clocks,
    input,
    document,
    actor,
    hats: acting.hats,
    role: acting.role,
    context,
    at,
    now,
    refuse,
  });
  const { facts, forId, text: said, ...rest } = outcome;
  const state = targetOf(name, complaint.state);
  const text = [said, input.note].filter((part) => part !== undefined && part !== '').join('\n');
  return {
    ...rest,
    state,
    changes: { ...outcome.changes, ...(state !== complaint.state ? { lastStateAt: at } : {}) },
    event: {
      id: context.eventId,
      kind: 'move',
      move: name,
      fromState: complaint.state,
      toState: state,
      at,
      byRole: acting.role,
      ...(forId ? { forId } : {}),
      facts: facts ?? {},
    },
    ...(text === '' ? {} : { text }),
    clocks: outcome.clocks ?? [],
    notices: outcome.notices ?? [],
    attachmentIds: input.attachmentIds ?? [],
  };
}

function targetOf(name: ComplaintMove, state: ComplaintState): ComplaintState {
  const { to } = moves[name];
  if (to === 'by-facts') throw new Error(`the rule of ${name} names no state`);
  return to ?? state;
}

/** The first thing in the way that no field of a form could mend; null: go ahead. */
function obstacle(
  name: ComplaintMove,
  complaint: ComplaintFacts,
  document: StandardDocument,
  about: { now: Instant; isManager: boolean; callBacksOpen: number },
): Refusal | null {
  const { state, severity } = complaint;
  // What was closed as the same entry made twice goes on in the other one.
  if (!allowsFrom(moves[name], state) || (name === 'reopen' && complaint.mergedIntoId !== null))
    return new Refusal('complaint.move_not_allowed', { state, move: name });
  switch (name) {
    case 'forward': {
      const to = forwardTo(document, complaint, about.isManager);
      if (to === null) return new Refusal('complaint.nothing_to_forward', { severity });
      const isThere = complaint.forwardedTo === to || complaint.forwardedTo === 'general_manager';
      return isThere ? new Refusal('complaint.already_forwarded', { to: complaint.forwardedTo }) : null;
    }
    case 'take-over':
      return complaint.takenOverAt === null
        ? null
        : new Refusal('complaint.already_taken_over', { at: complaint.takenOverAt });
    case 'raise':
    case 'mishandled':
      return raisedBy(severity, 1) === severity ? new Refusal('complaint.no_higher_level', { severity }) : null;
    case 'lower':
      if (complaint.loweringTo !== null)
        return new Refusal('complaint.lowering_asked', { severity: complaint.loweringTo });
      return rankOf(severity) === 0 ? new Refusal('complaint.no_lower_level', { severity }) : null;
    case 'send': {
      if (state === 'recorded' && deciderOf(document, severity) !== null)
        return new Refusal('complaint.not_classified', { severity });
      const fields = missingBeforeSend(document, complaint);
      return fields.length > 0 ? new Refusal('complaint.facts_missing', { fields }) : null;
    }
    case 'close':
      if (complaint.followUp !== 'reviewed' && complaint.followUp !== 'not-owed')
        return new Refusal('complaint.follow_up_open');
      return about.callBacksOpen > 0 ? new Refusal('complaint.call_backs_open', { people: about.callBacksOpen }) : null;
    case 'reopen': {
      const days = document.complaint.reopenWithinDays.value;
      const isLate = complaint.closedAt !== null && about.now > plusMs(complaint.closedAt, days * dayMs);
      return isLate ? new Refusal('complaint.reopen_too_late', { days, closedAt: complaint.closedAt }) : null;
    }
    case 'invalidate':
    case 'validate': {
      const validity = name === 'invalidate' ? 'invalid' : 'valid';
      return complaint.validity === validity ? new Refusal('complaint.already_decided', { validity }) : null;
    }
    case 'unlink':
      return complaint.groupId === null ? new Refusal('complaint.not_in_a_group') : null;
    default:
      return null;
  }
}

/** The usual way of a complaint: what comes first on the buttons. */
const likely: Record<ComplaintState, readonly ComplaintMove[]> = {
  recorded: ['take-over', 'classify', 'send'],
  classified: ['take-over', 'send', 'forward'],
  sent: ['take-over', 'accept'],
  'in-progress': ['take-over', 'resolve', 'wait'],
  waiting: ['resume', 'respond', 'resolve'],
  resolved: ['tell-customer'],
  'customer-told': ['close'],
  closed: ['reopen'],
};

/** The caller's moves: allowed ones first, the likely one foremost; a refused one with the code it would answer. */
export function allowedMoves(
  complaint: ComplaintFacts,
  actor: ComplaintActor,
  standard: StandardVersion,
  about: { now: Instant; callBacksOpen?: number },
): MoveAnswer[] {
  const { document } = standard;
  const rank = (name: string) => {
    const index = (likely[complaint.state] as readonly string[]).indexOf(name);
    return index < 0 ? likely[complaint.state].length : index;
  };
  return complaintMoves
    .flatMap((name): MoveAnswer[] => {
      const acting = actingRole(name, actor, complaint, document);
      if (!acting) return [];
      const refusal = obstacle(name, complaint, document, {
        now: about.now,
        isManager: acting.hats.includes('mgr'),
        callBacksOpen: about.callBacksOpen ?? 0,
      });
      return [refusal ? { name, allowed: false, reason: refusal.code } : { name, allowed: true }];
    })
    .map((answer, index) => ({ answer, index, rank: rank(answer.name) }))
    .sort((a, b) => Number(b.answer.allowed) - Number(a.answer.allowed) || a.rank - b.rank || a.index - b.index)
    .map(({ answer }) => answer);
}

/** Whether the program closes it now: the service asks after each change of its facts. */
export const isReadyToClose = (complaint: ComplaintFacts, callBacksOpen: number): boolean =>
  complaint.state === 'customer-told' &&
  (complaint.followUp === 'reviewed' || complaint.followUp === 'not-owed') &&
  callBacksOpen === 0;

/** What people should see at a glance, as the board's flags. */
export function flagsOf(complaint: ComplaintFacts): ComplaintFlag[] {
  const flags: [boolean, ComplaintFlag][] = [
    [complaint.anonymous, 'anonymous'],
    [!complaint.anonymous && isUnreachable(complaint), 'unreachable'],
    [complaint.validity === 'invalid', 'invalid'],
    [rankOf(complaint.severity) > rankOf(complaint.proposedSeverity), 'raised'],
    [complaint.loweringTo !== null, 'lowering-asked'],
    [complaint.toldAt !== null && !complaint.signed && !isUnreachable(complaint), 'unsigned'],
  ];
  return flags.filter(([on]) => on).map(([, flag]) => flag);
}
