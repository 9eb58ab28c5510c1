// Enquiries 咨询 and suggestions 建议 moved on: open → answered → closed, reopened within the standard's days (spec/10).
import { allowsFrom, type Moves } from '../../kernel/moves.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { dayMs, type Instant, plusMs } from '../../kernel/time.ts';
import type { Role } from '../access/role.contract.ts';
import type { MoveAnswer } from '../cases/case.contract.ts';
import { findRule, openClock, startByRule, stopClocks } from '../cases/case-clocks.rules.ts';
import { checkOrder } from '../cases/case-move.rules.ts';
import type { ClockCommand, ClockFact } from '../clocks/clock.contract.ts';
import type { StandardDocument } from '../standards/standard.contract.ts';
import { type EnquiryMove, type EnquiryState, enquiryMoves } from './enquiry.contract.ts';

/** first: who took it · mine: whom it was handed to · desk · sup (the manager may what the supervisor may). */
export type EnquiryHat = 'first' | 'mine' | 'desk' | 'sup';

export const enquiryMoveTable: Moves<EnquiryMove, EnquiryState, EnquiryHat> = {
  answer: { from: ['open'], to: 'answered', by: ['first', 'mine', 'desk', 'sup'] },
  assign: { from: ['open'], to: null, by: ['first', 'mine', 'desk', 'sup'] },
  close: { from: ['answered'], to: 'closed', by: ['first', 'mine', 'desk', 'sup'] },
  reopen: { from: ['answered', 'closed'], to: 'open', by: ['desk', 'sup'] },
};

export type EnquiryFacts = {
  state: EnquiryState;
  version: number;
  firstContactId: string | null;
  responsibleId: string | null;
  endedAt: Instant | null;
};
export type EnquiryActor = { id: string; roles: readonly Role[]; isOutsider: boolean };

export function enquiryHats(actor: EnquiryActor, enquiry: EnquiryFacts): EnquiryHat[] {
  const hats: EnquiryHat[] = [];
  if (actor.roles.includes('front_desk')) hats.push('desk');
  if (actor.roles.some((role) => ['cs_supervisor', 'manager', 'general_manager'].includes(role))) hats.push('sup');
  if (enquiry.firstContactId === actor.id) hats.push('first');
  if (enquiry.responsibleId === actor.id) hats.push('mine');
  return hats;
}

export type EnquiryAsk = {
  enquiry: EnquiryFacts;
  clocks: readonly ClockFact[];
  document: StandardDocument;
  actor: EnquiryActor;
  now: Instant;
};

/** FD3: what was promised stays promised until the call is noted. */
function blocker(name: EnquiryMove, ask: EnquiryAsk): Refusal | null {
  const { enquiry, clocks, document, now } = ask;
  if (!allowsFrom(enquiryMoveTable[name], enquiry.state))
    return new Refusal('enquiry.move_not_allowed', { state: enquiry.state, move: name });
  if (name === 'close' && hasOpenPromise(clocks)) return new Refusal('enquiry.promise_open');
  const days = document.complaint.reopenWithinDays.value;
  if (name === 'reopen' && enquiry.endedAt !== null && plusMs(enquiry.endedAt, days * dayMs) < now)
    return new Refusal('enquiry.reopen_too_late', { days });
  return null;
}

const hasOpenPromise = (clocks: readonly ClockFact[]): boolean =>
  clocks.some((clock) => clock.kind === 'call-back' && openClock(clocks, 'call-back', clock.key) !== undefined);

const mayMove = (name: EnquiryMove, ask: EnquiryAsk): boolean =>
  enquiryHats(ask.actor, ask.enquiry).some((hat) => enquiryMoveTable[name].by.includes(hat));

export type EnquiryOutcome = { state: EnquiryState; clocks: ClockCommand[] };

/** In the order of the interface: own or not, version, state; then which clocks it meets and starts. */
export function decideEnquiryMove(
  name: EnquiryMove,
  ask: EnquiryAsk,
  input: { version: number | undefined; how?: string },
  eventId: string,
): EnquiryOutcome {
  const { enquiry, clocks, document, now } = ask;
  checkOrder({
    mayMove: mayMove(name, ask),
    isOutsider: ask.actor.isOutsider,
    permission: `enquiry.${name}`,
    version: input.version,
    current: enquiry.version,
  });
  const refusal = blocker(name, ask);
  if (refusal) throw refusal;
  const { to } = enquiryMoveTable[name];
  const state = to === null || to === 'by-facts' ? enquiry.state : to;
  if (name === 'reopen') return { state, clocks: answerStarts(document, enquiry.firstContactId, now) };
  if (name !== 'answer') return { state, clocks: [] };
  const met = [
    ...stopClocks(clocks, 'answer', now, eventId),
    // Said by telephone, it is the call that was promised.
    ...(input.how === 'call' ? stopClocks(clocks, 'call-back', now, eventId) : []),
  ];
  const isPromiseLeft = input.how !== 'call' && hasOpenPromise(clocks);
  return { state: isPromiseLeft ? state : 'closed', clocks: met };
}

/** FD1: the first contact owns the answer until it is noted. */
export const answerStarts = (document: StandardDocument, firstContactId: string | null, at: Instant): ClockCommand[] =>
  startByRule(findRule(document, 'answer', 'enquiry'), {
    at,
    owner: { staffId: firstContactId, role: 'front_desk' },
  });

const likely: Record<EnquiryState, EnquiryMove> = { open: 'answer', answered: 'close', closed: 'reopen' };

export function allowedEnquiryMoves(ask: EnquiryAsk): MoveAnswer[] {
  return enquiryMoves
    .filter((name) => mayMove(name, ask))
    .map((name): MoveAnswer => {
      const refusal = blocker(name, ask);
      return refusal ? { name, allowed: false, reason: refusal.code } : { name, allowed: true };
    })
    .sort((a, b) => rank(a, ask) - rank(b, ask));
}

const rank = (move: MoveAnswer, ask: EnquiryAsk): number =>
  (move.allowed ? 0 : 2) + (move.name === likely[ask.enquiry.state] ? 0 : 1);
