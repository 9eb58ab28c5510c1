// What a rule about a repair is told (facts in) and what it answers (decision out), and who somebody is to one order.

import type { Instant } from '../../kernel/time.ts';
import type { Department, Role } from '../access/role.contract.ts';
import type { CaseEventKind, Channel } from '../cases/case.contract.ts';
import type { ClockCommand, Limit } from '../clocks/clock.contract.ts';
import type { PauseReason, StandardDocument } from '../standards/standard.contract.ts';
import type { Warranty } from '../warranties/warranty.contract.ts';
import type { PriceLine, Quote, RepairMove, RepairState, Settlement, Urgency } from './repair.contract.ts';
import { createBy, type Hat, moves } from './repair.moves.ts';

/** One repair as its rules see it. Personal values and free text are not here. */
export type RepairFacts = {
  id: string;
  state: RepairState;
  version: number;
  unitId: string | null;
  place: string | null;
  category: string;
  urgency: Urgency;
  channel: Channel;
  department: Department;
  receivedAt: Instant;
  createdAt: Instant;
  loggedAt: Instant | null;
  /** When the last change of state happened; evidence from a phone is never older (spec/12 Offline). */
  lastStateAt: Instant;
  makerId: string | null;
  firstContactId: string | null;
  responsibleId: string | null;
  technicianId: string | null;
  contractorId: string | null;
  /** The firm of that account; every account of the firm works on the order. */
  contractorFirmId: string | null;
  appointmentAt: Instant | null;
  agreedAt: Instant | null;
  /** The agreed date stands on the customer's consent, so that it replaces the limit (RP3). */
  agreedWithConsent: boolean;
  priceItemId: string | null;
  unlisted: boolean;
  hurry: boolean;
  /** Consent to the cost of an item not on the list: arrival and completion run from here (RP5). */
  consentAt: Instant | null;
  underWarranty: boolean;
  part: string | null;
  /** The register's verdict on the day of the report, kept as it was. */
  warranty: Warranty | null;
  readBack: boolean;
  repeatedFault: boolean;
  reclassed: boolean;
  /** A step at the door was left out: a violation of the rules of service (RP9). Kept as the flag of the case. */
  doorBreach: boolean;
  reworkCount: number;
  quote: Quote | null;
  quotedFrom: RepairState | null;
  pausedFrom: RepairState | null;
  pauseReason: PauseReason | null;
  pauseUntil: Instant | null;
  materials: readonly PriceLine[];
  chargedFen: number;
  settlement: Settlement;
  /** `none` until finish; the follow-up's own slice moves it on. */
  followUp: 'none' | 'due' | 'reviewed' | 'not-owed';
  satisfied: boolean | null;
  finishedAt: Instant | null;
  signedAt: Instant | null;
  returnedAt: Instant | null;
  confirmedAt: Instant | null;
  closedAt: Instant | null;
};

/** Who asks. `id: null` with the role list empty and `isSystem` is the program itself. */
export type RepairActor = {
  id: string | null;
  roles: readonly Role[];
  /** The units that a resident lives in or owns. */
  unitIds?: readonly string[];
  /** A contractor's: the accounts of the same firm. */
  firmAccountIds?: readonly string[];
  isSystem?: boolean;
};

export const systemActor: RepairActor = { id: null, roles: [], isSystem: true };

/** What only the database or the calendar knows; the service loads it. */
export type MoveContext = {
  /** Id of the event being written: the evidence and the consent that clocks refer to. */
  eventId: string;
  /** A limit counted from an instant on the community's calendar; null: no date. */
  dueOf: (limit: Limit, from: Instant) => Instant | null;
  /** dispatch, transfer: the person named, null when unknown in this community. */
  assignee?: {
    id: string;
    roles: readonly Role[];
    active: boolean;
    /** The contractor's firm, where the register knows it. */
    firmId?: string | null;
    /** Away by the roster: not active here today. */
    away?: { until: Instant | null; standInId: string | null } | null;
  } | null;
  /** dispatch by the duty technician: on shift by the roster. */
  onShift?: boolean;
  /** quote, amend: the list prices of the day, fen. */
  listPriceFen?: Readonly<Record<string, number>>;
  /** amend: false when the new unit is not one of this community. */
  unitKnown?: boolean;
  /** log, amend: what the register says, and the accounts of the firm to tell; left out: not asked. */
  warranty?: { verdict: Warranty | null; accountIds: readonly string[] };
  /** finish, return-voucher: whether the month's sample owes a follow-up; true as a rule. */
  followUpOwed?: boolean;
};

export type Notice = {
  to: { staffId: string } | { role: Role } | { firstContact: true };
  kind:
    | 'repair.logged'
    | 'repair.dispatched'
    | 'repair.withdrawn'
    | 'repair.handed-back'
    | 'repair.transferred'
    | 'repair.rework'
    | 'repair.contractor-to-tell';
  /** Bell with sound, to be acknowledged. */
  loud: boolean;
  /** Mail, WeCom, webhook as set up. */
  out: boolean;
};

export type CaseEventDraft = {
  id: string;
  kind: CaseEventKind;
  move: RepairMove | 'create';
  fromState: RepairState | null;
  toState: RepairState;
  at: Instant;
  byRole: Role | 'system';
  forId?: string;
  facts: Record<string, unknown>;
};

export type Decision = {
  state: RepairState;
  /** Columns to set, `state` and `version` apart. */
  changes: Partial<Omit<RepairFacts, 'id' | 'state' | 'version'>>;
  event: CaseEventDraft;
  /** Free text of this step, kept apart from the event so that it can be erased. */
  text?: string;
  /** Set by create, and by amend where the description is put right. */
  description?: string;
  /** What was done, said at finish. */
  result?: string;
  /** Personal: sealed by the service; given by create and amend. */
  contact?: { name?: string; phone?: string };
  clocks: ClockCommand[];
  notices: Notice[];
  attachmentIds: string[];
  /** A drawing to store as an attachment of the event. */
  signature?: string;
  followUp?: 'make' | 'not-owed' | 'void';
};

/** Posts that never work for the centre: what is not theirs does not exist for them (404). */
const outsiders: readonly Role[] = ['contractor', 'resident', 'owners_committee', 'developer', 'rental_agency'];
export const isOutsider = (actor: RepairActor): boolean =>
  actor.isSystem !== true && actor.roles.every((role) => outsiders.includes(role));

const ownUnit = (actor: RepairActor, unitId: string | null): boolean =>
  unitId !== null && (actor.unitIds ?? []).includes(unitId);

type HatFacts = Pick<RepairFacts, 'department' | 'technicianId' | 'contractorId' | 'unitId' | 'makerId' | 'state'>;

/** Every hat with the post that gives it, likeliest first: the first that a move allows is `byRole` of its event. */
function hatsWithRoles(actor: RepairActor, repair: HatFacts, document: StandardDocument): [Hat, Role | 'system'][] {
  if (actor.isSystem) return [['system', 'system']];
  const worn: [Hat, Role | 'system'][] = [];
  const has = (role: Role) => actor.roles.includes(role);
  const staffRole = actor.roles.find((role) => !outsiders.includes(role));
  if (has('front_desk')) worn.push(['desk', 'front_desk']);
  if (actor.id !== null && repair.technicianId === actor.id && staffRole)
    worn.push(['tech', (['technician', 'duty_technician'] as const).find(has) ?? staffRole]);
  const firm = actor.firmAccountIds ?? [];
  const isMine =
    repair.contractorId !== null && (repair.contractorId === actor.id || firm.includes(repair.contractorId));
  if (isMine && has('contractor')) worn.push(['con', 'contractor']);
  // A category that another department keeps is its head's from the start; transfer only changes the department.
  const head = document.heads[repair.department];
  if (has(head)) {
    worn.push(['eng', head]);
    if (repair.contractorId !== null) worn.push(['con-head', head]);
  }
  if (has('cs_supervisor')) worn.push(['sup', 'cs_supervisor']);
  // The manager may what the supervisor may (spec/10).
  if (has('manager')) worn.push(['sup', 'manager']);
  if (has('duty_technician')) worn.push(['duty', 'duty_technician']);
  if (actor.id !== null && repair.makerId === actor.id) worn.push(['maker', staffRole ?? actor.roles[0] ?? 'resident']);
  if (has('resident') && ownUnit(actor, repair.unitId)) worn.push(['resident', 'resident']);
  return worn;
}

export const hatsOf = (actor: RepairActor, repair: HatFacts, document: StandardDocument): Hat[] =>
  hatsWithRoles(actor, repair, document).map(([hat]) => hat);

/** The post under which this actor makes a move; null: not among those who may, or not their order. */
export function actingRole(
  name: RepairMove,
  actor: RepairActor,
  repair: HatFacts,
  document: StandardDocument,
): { hat: Hat; role: Role | 'system'; hats: Hat[] } | null {
  const worn = hatsWithRoles(actor, repair, document);
  const found = worn.find(([hat]) => moves[name].by.includes(hat));
  if (!found) return null;
  const fitting = worn.filter(([hat]) => moves[name].by.includes(hat)).map(([hat]) => hat);
  return { hat: found[0], role: found[1], hats: fitting };
}

const creators: readonly [Role, Hat][] = [
  ['front_desk', 'desk'],
  ['duty_technician', 'duty'],
  ['butler', 'butler'],
  ['chief_butler', 'butler'],
  ['customer_assistant', 'butler'],
  ['cs_supervisor', 'sup'],
  ['manager', 'sup'],
  ['engineering_supervisor', 'eng'],
  ['order_supervisor', 'order'],
  ['environment_supervisor', 'environment'],
  ['technician', 'technician'],
  ['resident', 'resident'],
];

/** The post under which somebody records a repair; null: not among those who may. */
export function creatingRole(actor: RepairActor): Role | 'system' | null {
  if (actor.isSystem) return 'system';
  const found = creators.find(([role, hat]) => actor.roles.includes(role) && createBy.includes(hat));
  return found ? found[0] : null;
}
