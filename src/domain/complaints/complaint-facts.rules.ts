// What a rule about a complaint 投诉 is told (facts in) and what it answers (decision out), and who somebody is to one.
import type { Instant } from '../../kernel/time.ts';
import type { Department, Role } from '../access/role.contract.ts';
import type { CaseEventKind, Channel } from '../cases/case.contract.ts';
import { findRule } from '../cases/case-clocks.rules.ts';
import type { ClockCommand, Limit } from '../clocks/clock.contract.ts';
import type { StandardDocument } from '../standards/standard.contract.ts';
import { type Hat, moves } from './complaint.moves.ts';
import type { GroupMember } from './complaint-group.rules.ts';
import type { StatedFacts } from './complaint-severity.rules.ts';
import type {
  Against,
  AnswerHow,
  ComplaintMove,
  ComplaintState,
  Liability,
  Severity,
  SeverityRule,
  Validity,
} from './complaint-shapes.contract.ts';

/** One complaint as its rules see it. Personal values and free text are not here. */
export type ComplaintFacts = {
  id: string;
  state: ComplaintState;
  version: number;
  unitId: string | null;
  place: string | null;
  channel: Channel;
  /** An anonymous one keeps no phone, party or unit (spec/12 Anonymity). */
  anonymous: boolean;
  /** A phone number is on record. */
  hasContact: boolean;
  /** Tells people of one event apart: the party, or the unit; null where nobody knows. */
  personKey: string | null;
  against: Against | null;
  againstStaffId: string | null;
  /** Start of the talk; the limits run from `createdAt`, the first save (CP3). */
  receivedAt: Instant;
  createdAt: Instant;
  occurredAt: Instant | null;
  /** Texts that are on record, without the texts themselves. */
  hasAccount: boolean;
  hasDemand: boolean;
  hasReplyReason: boolean;
  /** When the customer was told at intake to hear (CP6). */
  replyAt: Instant | null;
  stated: StatedFacts;
  liability: Liability;
  severity: Severity;
  proposedSeverity: Severity;
  rule: SeverityRule;
  validity: Validity;
  /** The level at which it was found mishandled (CP9). */
  mishandledAt: Severity | null;
  /** A lower level that was asked for and waits for approval. */
  loweringTo: Severity | null;
  wishedAt: Instant | null;
  agreedAt: Instant | null;
  agreedWithConsent: boolean;
  groupId: string | null;
  raisings: number;
  people: number;
  failures: number;
  firstContactId: string | null;
  /** How far the form went upward (CP3). */
  forwardedTo: Role | null;
  takenOverAt: Instant | null;
  /** Named by the one who took it over. */
  inChargeId: string | null;
  /** The department in charge; null until it is sent. */
  department: Department | null;
  /** The responsible person of the department: named at sending, or who signed for the form. */
  handlerId: string | null;
  waitUntil: Instant | null;
  resolvedAt: Instant | null;
  toldAt: Instant | null;
  /** The customer's signature stands on the form. */
  signed: boolean;
  closedAt: Instant | null;
  mergedIntoId: string | null;
  /** `none` until the customer is told; the follow-up's own slice moves it on. */
  followUp: 'none' | 'due' | 'reviewed' | 'not-owed';
  /** When the last change of state happened; evidence from a phone is never older (spec/12 Offline). */
  lastStateAt: Instant;
};

/** Who asks. `id: null` with `isSystem` is the program itself. */
export type ComplaintActor = {
  id: string | null;
  roles: readonly Role[];
  /** The units that a resident lives in or owns. */
  unitIds?: readonly string[];
  /** Whom the roster has this person stand in for today: posts and people who are away. */
  standsInFor?: { roles: readonly Role[]; staffIds: readonly string[] };
  isSystem?: boolean;
};
export const systemActor: ComplaintActor = { id: null, roles: [], isSystem: true };

export type NamedPerson = { id: string; roles: readonly Role[]; active: boolean };

/** What only the database or the calendar knows; the service loads it. */
export type ComplaintContext = {
  /** Id of the event being written: the evidence and the consent that clocks refer to. */
  eventId: string;
  /** A limit counted from an instant on the community's calendar; null: no date. */
  dueOf: (limit: Limit, from: Instant) => Instant | null;
  /** send, transfer, take-over: the person named, null when unknown in this community. */
  person?: NamedPerson | null;
  /** create, amend of unit or contact: who this is, among the people of one event. */
  personKey?: string | null;
  /** amend: false when the new unit is not one of this community. */
  unitKnown?: boolean;
  /** The other complaints of its group; for create and link the others of the group that comes of it. */
  group?: readonly GroupMember[];
  /** create, link: the complaint named, with its group where it has one; null when unknown here. */
  sameEvent?: { id: string; groupId: string | null } | null;
  /** create, link: the id of a group, where the two found one. */
  newGroupId?: string;
  /** merge: the complaint that the same entry stands in; null when unknown here. */
  mergeInto?: { id: string; state: ComplaintState } | null;
  /** close: people of the group who still wait to be called back. */
  callBacksOpen?: number;
};

export type Notice = {
  to: { staffId: string } | { role: Role; department?: Department } | { firstContact: true };
  kind:
    | 'complaint.recorded'
    | 'complaint.raised'
    | 'complaint.forwarded'
    | 'complaint.sent'
    | 'complaint.withdrawn'
    | 'complaint.resolved'
    | 'complaint.reopened';
  /** Bell with sound, to be acknowledged. */
  loud: boolean;
  /** Mail, WeCom, webhook as set up. */
  out: boolean;
  /** Again each minute until it is taken over (spec/12 Told to). */
  repeats?: boolean;
  /** An anonymous one is told of without a word of its text. */
  withoutText?: boolean;
};

export type ComplaintEventDraft = {
  id: string;
  kind: CaseEventKind;
  move: ComplaintMove | 'create';
  fromState: ComplaintState | null;
  toState: ComplaintState;
  at: Instant;
  byRole: Role | 'system';
  forId?: string;
  facts: Record<string, unknown>;
};

export type ComplaintChanges = Partial<Omit<ComplaintFacts, 'id' | 'state' | 'version'>>;

/** Free texts of a complaint, kept apart from its facts so that they can be erased. */
export type ComplaintTexts = {
  account?: string;
  demand?: string;
  replyReason?: string;
  result?: string;
  answer?: string;
  opinion?: string;
};

export type ComplaintDecision = {
  state: ComplaintState;
  /** Columns to set, `state` and `version` apart. */
  changes: ComplaintChanges;
  event: ComplaintEventDraft;
  /** Why, or the note: the text of this step. */
  text?: string;
  texts?: ComplaintTexts;
  /** Chosen from the list at resolve. */
  cause?: string;
  satisfied?: boolean;
  /** Personal: sealed by the service. Never set for an anonymous one. */
  contact?: { name?: string; phone?: string };
  clocks: ClockCommand[];
  notices: Notice[];
  attachmentIds: string[];
  /** A drawing to store as an attachment of the event. */
  signature?: string;
  /** `at`: what its clock counts from; `what`: the row of the standard that rules it. */
  followUp?:
    | { do: 'make'; what: 'major-critical-event' | 'complaint'; at: Instant; unfinished?: boolean }
    | { do: 'void' };
  /** The level of the other complaints of these groups is to be found anew (`reweigh`). */
  regroup?: string[];
  /** The group it belongs to from now on, and the complaint named with it where that had none yet. */
  joins?: { groupId: string; alsoId: string | null };
  /** Asked of the approvals. */
  approval?: { kind: 'complaint.lower'; severity: Severity };
};

/** Nobody can be called or written to: an answer can only be posted. */
export const isUnreachable = (complaint: Pick<ComplaintFacts, 'anonymous' | 'hasContact' | 'unitId'>): boolean =>
  complaint.anonymous || (!complaint.hasContact && complaint.unitId === null);

/** Ways of answering that need nobody's number: posted on the board, said while the customer still stands there, or
 *  written to whoever signed a letter (CP8). */
export const reaches = (complaint: Parameters<typeof isUnreachable>[0], how: AnswerHow): boolean =>
  isUnreachable(complaint)
    ? how === 'posted' || how === 'live' || (how === 'letter' && !complaint.anonymous)
    : how !== 'posted';

/** Posts that never work for the centre: what is not theirs does not exist for them (404). */
const outsiders: readonly Role[] = ['contractor', 'resident', 'owners_committee', 'developer', 'rental_agency'];
export const isOutsider = (actor: ComplaintActor): boolean =>
  !actor.isSystem && actor.roles.every((role) => outsiders.includes(role));
/** Every staff post (spec/12); the administrator sees no personal data. */
export const isStaffPost = (role: Role): boolean => !outsiders.includes(role) && role !== 'admin';

/**
 * Who has to take it over: the post that the standard's response limit names where it stops on take-over (CP3); null
 * where the department's signature is the response.
 */
export function deciderOf(document: StandardDocument, severity: Severity): Role | null {
  const rule = findRule(document, 'respond', severity);
  return rule?.stopsOn === 'take-over' ? (rule.owner.at(-1) ?? null) : null;
}

export const headOf = (document: StandardDocument, department: Department): Role => document.heads[department];

export type HatFacts = Pick<ComplaintFacts, 'severity' | 'department' | 'handlerId' | 'firstContactId' | 'inChargeId'>;

/** Every hat with the post that gives it, likeliest first: the first that a move allows is `byRole` of its event. */
function hatsWithRoles(
  actor: ComplaintActor,
  complaint: HatFacts,
  document: StandardDocument,
): [Hat, Role | 'system'][] {
  if (actor.isSystem) return [['system', 'system']];
  const staffRole = actor.roles.find(isStaffPost);
  if (!staffRole) return [];
  const worn: [Hat, Role | 'system'][] = [];
  const has = (role: Role) => actor.roles.includes(role);
  const standsInForPost = (role: Role) => actor.standsInFor?.roles.includes(role) ?? false;
  const wears = (hat: Hat, role: Role) => worn.push([hat, role]);

  // Reported online, nobody has taken it: the desk on duty is its first contact.
  if (complaint.firstContactId === null ? has('front_desk') : complaint.firstContactId === actor.id)
    wears('first', staffRole);
  if (has('front_desk')) wears('desk', 'front_desk');
  if (complaint.department !== null) {
    const head = headOf(document, complaint.department);
    if (has(head)) wears('head', head);
  }
  if (actor.id !== null && complaint.handlerId === actor.id) wears('named', staffRole);
  if (has('cs_supervisor')) wears('sup', 'cs_supervisor');
  // The manager may what the supervisor may (spec/10).
  if (has('manager')) worn.push(['sup', 'manager'], ['mgr', 'manager']);
  if (has('general_manager')) wears('gm', 'general_manager');

  const decider = deciderOf(document, complaint.severity);
  if (decider !== null && (has(decider) || standsInForPost(decider)))
    wears('decider', has(decider) ? decider : staffRole);

  // Who files it also answers for how it ended: from the manager's level on he, not the first contact, tells the customer.
  const closer = document.complaint.closedBy.value[complaint.severity];
  const fits = (['cs_supervisor', 'manager', 'general_manager'] as const).find(
    (role) => has(role) && (role === closer || (role === 'manager' && closer === 'cs_supervisor')),
  );
  if (fits) worn.push(['closer', fits], ['teller', fits]);
  if (closer === 'cs_supervisor' && isFirstContact(actor, complaint)) wears('teller', staffRole);
  return worn;
}

/** CP5: who took it; reported online the desk on duty; in his absence the stand-in. */
const isFirstContact = (actor: ComplaintActor, complaint: HatFacts): boolean =>
  complaint.firstContactId === null
    ? actor.roles.includes('front_desk')
    : complaint.firstContactId === actor.id ||
      (actor.standsInFor?.staffIds.includes(complaint.firstContactId) ?? false);

export const hatsOf = (actor: ComplaintActor, complaint: HatFacts, document: StandardDocument): Hat[] =>
  hatsWithRoles(actor, complaint, document).map(([hat]) => hat);

/** The post under which this actor makes a move; null: not among those who may. */
export function actingRole(
  name: ComplaintMove,
  actor: ComplaintActor,
  complaint: HatFacts,
  document: StandardDocument,
): { role: Role | 'system'; hats: Hat[] } | null {
  const fitting = hatsWithRoles(actor, complaint, document).filter(([hat]) => moves[name].by.includes(hat));
  const first = fitting[0];
  return first ? { role: first[1], hats: fitting.map(([hat]) => hat) } : null;
}
