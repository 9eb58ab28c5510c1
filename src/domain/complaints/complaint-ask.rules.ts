// What the rule of one move of a complaint is asked and what it answers, and what several of them share.
import { badField, type Refusal } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Role } from '../access/role.contract.ts';
import type { ClockFact } from '../clocks/clock.contract.ts';
import type { StandardDocument } from '../standards/standard.contract.ts';
import type { Hat } from './complaint.moves.ts';
import {
  type ComplaintActor,
  type ComplaintContext,
  type ComplaintDecision,
  type ComplaintFacts,
  isOutsider,
  isUnreachable,
  type NamedPerson,
  reaches,
} from './complaint-facts.rules.ts';
import type { GroupMember } from './complaint-group.rules.ts';
import type { AnswerHow, ComplaintMove, ComplaintMoveBody } from './complaint-shapes.contract.ts';

export type ComplaintAsk<Name extends ComplaintMove> = {
  complaint: ComplaintFacts;
  clocks: readonly ClockFact[];
  input: ComplaintMoveBody<Name>;
  document: StandardDocument;
  actor: ComplaintActor;
  /** The hats that this move allows, of those the actor wears. */
  hats: readonly Hat[];
  role: Role | 'system';
  context: ComplaintContext;
  /** When it happened; `now` is when we heard. */
  at: Instant;
  now: Instant;
  /** The answer to somebody who may not: 403, for outsiders 404. */
  refuse: () => Refusal;
};

export type ComplaintOutcome = Partial<
  Pick<
    ComplaintDecision,
    | 'changes'
    | 'text'
    | 'texts'
    | 'cause'
    | 'satisfied'
    | 'contact'
    | 'clocks'
    | 'notices'
    | 'signature'
    | 'followUp'
    | 'regroup'
    | 'joins'
    | 'approval'
  >
> & { facts?: Record<string, unknown>; forId?: string };

/** The complaint as its own group counts it. */
export const memberOf = (complaint: ComplaintFacts): GroupMember => ({
  id: complaint.id,
  personKey: complaint.personKey,
  receivedAt: complaint.receivedAt,
  resolvedAt: complaint.resolvedAt,
  isMerged: complaint.mergedIntoId !== null,
  liability: complaint.liability,
  stated: complaint.stated,
});

/** The person whom a body names: of this community, of the centre, and not disabled. */
export function namedPerson(
  path: string,
  asked: string | undefined,
  person: NamedPerson | null | undefined,
): NamedPerson | null {
  if (asked === undefined) return null;
  if (!person) throw badField(path, 'unknown_person');
  if (isOutsider({ id: person.id, roles: person.roles })) throw badField(path, 'wrong_post');
  if (!person.active) throw badField(path, 'not_active');
  return person;
}

/** A way that reaches this customer: nobody telephones somebody without a name, nothing is posted for somebody known. */
export function checkHow(path: string, how: AnswerHow, complaint: ComplaintFacts): void {
  if (!reaches(complaint, how)) throw badField(path, isUnreachable(complaint) ? 'cannot_be_reached' : 'can_be_reached');
}
