// Moving a repair 报修 on: the checks every move shares, in the order of api.md (own order, version, state), then the
// move's own rule; and which buttons somebody sees.

import { allowsFrom } from '../../kernel/moves.ts';
import { badField, forbidden, notFound, Refusal, staleVersion } from '../../kernel/refusal.ts';
import { hourMs, type Instant, plusMs } from '../../kernel/time.ts';
import type { MoveAnswer } from '../cases/case.contract.ts';
import { evidenceTime } from '../cases/happened-at.rules.ts';
import type { ClockFact } from '../clocks/clock.contract.ts';
import type { StandardVersion } from '../standards/standard.contract.ts';
import {
  type RepairFlag,
  type RepairMove,
  type RepairMoveBody,
  type RepairState,
  repairMoves,
} from './repair.contract.ts';
import { moves } from './repair.moves.ts';
import type { Ask, Outcome } from './repair-ask.rules.ts';
import {
  actingRole,
  type Decision,
  isOutsider,
  type MoveContext,
  type RepairActor,
  type RepairFacts,
} from './repair-facts.rules.ts';
import { deciders } from './repair-moves.rules.ts';
import { dispatchBlocker } from './repair-order.rules.ts';

export type MoveRequest<Name extends RepairMove> = {
  repair: RepairFacts;
  clocks: readonly ClockFact[];
  input: RepairMoveBody<Name>;
  /** The version under which the case was opened. */
  standard: StandardVersion;
  actor: RepairActor;
  context: MoveContext;
  now: Instant;
};

/** Throws Refusal or BadInput; otherwise what to write. */
export function decideMove<Name extends RepairMove>(name: Name, request: MoveRequest<Name>): Decision {
  const { repair, input, actor, standard, context, now } = request;
  const acting = actingRole(name, actor, repair, standard.document);
  const refuse = () => (isOutsider(actor) ? notFound('repair') : forbidden(`repair.${name}`));
  if (!acting) throw refuse();
  const isOffline = input.happenedAt !== undefined;
  if (!isOffline && !actor.isSystem) {
    if (input.version === undefined) throw badField('version', 'required');
    if (input.version !== repair.version) throw staleVersion(repair.version);
  }
  // Somebody sends in what the state table no longer allows: the same answer with or without a signal.
  if (!allowsFrom(moves[name], repair.state))
    throw new Refusal('repair.move_not_allowed', { state: repair.state, move: name });
  // Only now: a time before the step that ended it would hide that it is ended.
  const at = evidenceTime(input.happenedAt, {
    roles: actor.roles,
    notBefore: repair.lastStateAt,
    now,
    rule: standard.document.offline,
  });

  const ask: Ask<Name> = {
    repair,
    clocks: request.clocks,
    input,
    document: standard.document,
    actor,
    hats: acting.hats,
    role: acting.role,
    context,
    at,
    now,
    refuse,
  };
  const outcome: Outcome = deciders[name](ask);
  const state = outcome.state ?? targetOf(name, repair.state);
  const text = [outcome.text, input.note].filter((part) => part !== undefined && part !== '').join('\n');
  return {
    state,
    changes: { ...outcome.changes, ...(state !== repair.state ? { lastStateAt: at } : {}) },
    event: {
      id: context.eventId,
      kind: 'move',
      move: name,
      fromState: repair.state,
      toState: state,
      at,
      byRole: acting.role,
      ...(outcome.forId ? { forId: outcome.forId } : {}),
      facts: outcome.facts ?? {},
    },
    ...(text === '' ? {} : { text }),
    ...(outcome.description === undefined ? {} : { description: outcome.description }),
    ...(outcome.result === undefined ? {} : { result: outcome.result }),
    ...(outcome.contact === undefined ? {} : { contact: outcome.contact }),
    clocks: outcome.clocks ?? [],
    notices: outcome.notices ?? [],
    attachmentIds: input.attachmentIds ?? [],
    ...(outcome.signature === undefined ? {} : { signature: outcome.signature }),
    ...(outcome.followUp === undefined ? {} : { followUp: outcome.followUp }),
  };
}

function targetOf(name: RepairMove, state: RepairState): RepairState {
  const { to } = moves[name];
  if (to === null) return state;
  if (to === 'by-facts') throw new Error(`the rule of ${name} names no state`);
  return to;
}

/** The usual way of an order: what comes first on the buttons. */
const likely: Record<RepairState, readonly RepairMove[]> = {
  draft: ['log'],
  logged: ['dispatch', 'quote'],
  dispatched: ['accept', 'dispatch'],
  accepted: ['depart', 'arrive'],
  'en-route': ['arrive'],
  'on-site': ['finish', 'quote'],
  quoted: ['agree', 'decline'],
  working: ['finish'],
  paused: ['resume'],
  done: ['sign'],
  signed: ['return-voucher'],
  returned: ['confirm'],
  declined: ['confirm'],
  closed: ['rework'],
  cancelled: [],
};

/** The caller's moves: allowed ones first, the likely one foremost; a refused one with the code it would answer. */
export function allowedMoves(
  repair: RepairFacts,
  actor: RepairActor,
  standard: StandardVersion,
  now: Instant,
): MoveAnswer[] {
  const rank = (name: RepairMove) => {
    const index = likely[repair.state].indexOf(name);
    return index < 0 ? likely[repair.state].length : index;
  };
  const mine = repairMoves.filter(
    (name) => name !== 'close' && actingRole(name, actor, repair, standard.document) !== null,
  );
  const answers = mine.map((name): MoveAnswer => {
    const reason = blocker(name, repair, actor, standard, now);
    return reason === null ? { name, allowed: true } : { name, allowed: false, reason };
  });
  return answers
    .map((answer, index) => ({ answer, index, rank: rank(answer.name as RepairMove) }))
    .sort((a, b) => Number(b.answer.allowed) - Number(a.answer.allowed) || a.rank - b.rank || a.index - b.index)
    .map(({ answer }) => answer);
}

/** The first thing in the way that no form field could mend; null: go ahead. */
function blocker(
  name: RepairMove,
  repair: RepairFacts,
  actor: RepairActor,
  standard: StandardVersion,
  now: Instant,
): string | null {
  if (!allowsFrom(moves[name], repair.state)) return 'repair.move_not_allowed';
  if (name === 'dispatch') return dispatchBlocker(repair, standard.document);
  if (name === 'cancel') {
    const acting = actingRole(name, actor, repair, standard.document);
    if (acting?.hats.every((hat) => hat === 'resident') && !['draft', 'logged', 'dispatched'].includes(repair.state))
      return 'repair.move_not_allowed';
  }
  if (name === 'confirm' && repair.confirmedAt !== null) return 'repair.already_confirmed';
  if (name === 'confirm' && repair.technicianId !== null && repair.technicianId === actor.id) return 'repair.own_work';
  if (name === 'rework' && isTooLateForRework(repair, standard, now)) return 'repair.rework_too_late';
  return null;
}

const isTooLateForRework = (repair: RepairFacts, standard: StandardVersion, now: Instant): boolean =>
  repair.closedAt !== null &&
  now > plusMs(repair.closedAt, standard.document.repair.reworkWithinDays.value * 24 * hourMs);

/** Whether the program closes it now: the service asks after each change of its facts. */
export const isReadyToClose = (
  repair: Pick<RepairFacts, 'state' | 'confirmedAt' | 'followUp' | 'settlement'>,
): boolean =>
  repair.state === 'returned' &&
  repair.confirmedAt !== null &&
  (repair.followUp === 'reviewed' || repair.followUp === 'not-owed') &&
  repair.settlement !== 'open';

/** What people should see at a glance, as the board's flags. */
export function flagsOf(repair: RepairFacts): RepairFlag[] {
  const flags: [boolean, RepairFlag][] = [
    [repair.repeatedFault, 'repeated-fault'],
    [repair.underWarranty, 'under-warranty'],
    [!repair.readBack, 'not-read-back'],
    [repair.unlisted, 'unlisted'],
    [repair.reworkCount > 0, 'rework'],
    [repair.hurry, 'hurry'],
    [repair.agreedAt !== null && !repair.agreedWithConsent, 'agreed-without-consent'],
    [repair.reclassed, 're-classed'],
    [repair.doorBreach, 'door-breach'],
  ];
  return flags.filter(([on]) => on).map(([, flag]) => flag);
}
