// What a rule about a follow-up 回访 is told, and who somebody is to it: caller, reviewer, or one who did the work.
import { forbidden, Refusal } from '../../kernel/refusal.ts';
import { type Day, dayOf, type Instant } from '../../kernel/time.ts';
import type { Role } from '../access/role.contract.ts';
import type { ClockFact } from '../clocks/clock.contract.ts';
import type { FollowUpSubject, StandardDocument } from '../standards/standard.contract.ts';
import type { AttemptOutcome, FollowUpKind, FollowUpMove, FollowUpState, Verdict } from './follow-up.contract.ts';

export type Try = { at: Instant; outcome: AttemptOutcome; atDoor: boolean };

/** One follow-up as its rules see it; personal values and free text are not here. */
export type FollowUpFacts = {
  id: string;
  state: FollowUpState;
  version: number;
  what: FollowUpSubject;
  kind: FollowUpKind;
  madeAt: Instant;
  /** When its last step happened: evidence of a device is never older. */
  lastStepAt: Instant;
  callerId: string | null;
  handlerIds: readonly string[];
  tries: readonly Try[];
  verdict: Verdict | null;
  recordedBy: string | null;
  /** The post under which it was recorded: who reviews follows from it. */
  recordedRole: Role | null;
  returnedAt: Instant | null;
  complaintId: string | null;
  /** Of its follow-up clock, open or not. */
  dueAt: Instant | null;
};

export type FollowUpActor = { id: string | null; roles: readonly Role[]; isSystem?: boolean };
export const systemActor: FollowUpActor = { id: null, roles: [], isSystem: true };

export type FollowUpContext = {
  followUp: FollowUpFacts;
  /** Of the case: its own are those whose key is its id. */
  clocks: readonly ClockFact[];
  document: StandardDocument;
  actor: FollowUpActor;
  /** Who could keep a promise of a post: the clock's owner is chosen among them. */
  holders: readonly { accountId: string; role: Role }[];
  eventId: string;
  now: Instant;
};

/** Posts that call (spec/12 follow-up.call), and those above in the order in which the duty goes up. */
export const callingRoles = [
  'front_desk',
  'butler',
  'chief_butler',
  'customer_assistant',
  'cs_supervisor',
  'manager',
  'general_manager',
] as const satisfies readonly Role[];
export const superiors = ['cs_supervisor', 'manager', 'general_manager'] as const satisfies readonly Role[];

export const subjectRule = (document: StandardDocument, what: FollowUpSubject) =>
  document.followUps.find((one) => one.what === what);

export const callingRole = (roles: readonly Role[]): Role | null =>
  callingRoles.find((role) => roles.includes(role)) ?? null;

/** 1 supervisor, 2 manager, 3 general manager; 0 none of them. */
export const levelOf = (roles: readonly Role[]): number =>
  Math.max(0, ...roles.map((role) => (superiors as readonly Role[]).indexOf(role) + 1));

/** Who reviews at least: the supervisor; one above who called; the general manager where it was not acceptable. */
export function reviewerNeeded(followUp: Pick<FollowUpFacts, 'verdict' | 'recordedRole'>): Role {
  if (followUp.verdict === 'not-acceptable') return 'general_manager';
  const called = followUp.recordedRole === null ? 0 : levelOf([followUp.recordedRole]);
  return superiors[Math.min(called, superiors.length - 1)] as Role;
}

/** The post under which a person makes this move, or the refusal: what they did themselves is another's to judge. */
export function actingRole(
  name: FollowUpMove,
  actor: FollowUpActor,
  followUp: FollowUpFacts,
): { role: Role | 'system' } | { refusal: Refusal } {
  if (name === 'make' || name === 'make-unfinished' || name === 'to-door' || name === 'void')
    return actor.isSystem ? { role: 'system' } : { refusal: forbidden(`follow-up.${name}`) };
  if (actor.isSystem) return { refusal: forbidden(`follow-up.${name}`) };
  if (name === 'attempt' || name === 'record') {
    const role = callingRole(actor.roles);
    if (role === null) return { refusal: forbidden('follow-up.call') };
    if (actor.id !== null && followUp.handlerIds.includes(actor.id))
      return { refusal: new Refusal('follow-up.own_work', {}, 403) };
    return { role };
  }
  const level = levelOf(actor.roles);
  if (level === 0) return { refusal: forbidden('follow-up.review') };
  if (actor.id !== null && followUp.recordedBy === actor.id)
    return { refusal: new Refusal('follow-up.own_call', {}, 403) };
  const needs = reviewerNeeded(followUp);
  if (level < levelOf([needs])) return { refusal: new Refusal('follow-up.higher_review_needed', { needs }, 403) };
  return { role: superiors[level - 1] as Role };
}

/**
 * The post that keeps a promise: the first of the standard's with a holder who may; where all of a small centre had
 * a hand in it, the next superior, never nobody.
 */
export function dutyRole(
  wanted: readonly Role[],
  barredIds: readonly string[],
  holders: readonly { accountId: string; role: Role }[],
): Role {
  const chain = [...wanted, ...superiors.filter((role) => !wanted.includes(role))];
  const free = chain.find((role) => holders.some((one) => one.role === role && !barredIds.includes(one.accountId)));
  return free ?? wanted[0] ?? 'cs_supervisor';
}

/** Tries so far, the days on which they were made, those at the door. */
export function triesMade(tries: readonly Try[]): { tries: number; days: number; atDoor: number } {
  const days = new Set<Day>(tries.map((one) => dayOf(one.at)));
  return { tries: tries.length, days: days.size, atDoor: tries.filter((one) => one.atDoor).length };
}
