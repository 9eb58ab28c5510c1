// What a rule about an emergency 突发事件 is told, and which hats somebody wears towards it.
import type { Instant } from '../../kernel/time.ts';
import type { Department, Role } from '../access/role.contract.ts';
import type { ClockCommand, ClockFact } from '../clocks/clock.contract.ts';
import type { NotificationKind } from '../notifications/notification.contract.ts';
import type { StandardDocument } from '../standards/standard.contract.ts';
import type {
  EmergencyCategory,
  EmergencyCause,
  EmergencyFlag,
  EmergencyLevelFact,
  EmergencyMove,
  EmergencyState,
  emergencyFollowUps,
  Severity,
} from './emergency.contract.ts';
import type { EmergencyHat } from './emergency.moves.ts';
import { deciderOf, type Harm, reviewerOf } from './emergency-level.rules.ts';

/** One emergency as its rules see it; personal values and free text are not here. */
export type EmergencyFacts = {
  id: string;
  state: EmergencyState;
  version: number;
  category: EmergencyCategory;
  severity: Severity;
  proposedSeverity: Severity;
  levelFact: EmergencyLevelFact;
  department: Department;
  harm: Harm;
  receivedAt: Instant;
  occurredAt: Instant;
  firstContactId: string | null;
  inChargeId: string | null;
  takenOverAt: Instant | null;
  takenOverBy: string | null;
  sentIds: readonly string[];
  cause: EmergencyCause | null;
  resolvedAt: Instant | null;
  reviewedAt: Instant | null;
  endedAt: Instant | null;
  reopenings: number;
  followUp: (typeof emergencyFollowUps)[number];
};

export type EmergencyActor = {
  id: string | null;
  roles: readonly Role[];
  isSystem?: boolean;
  /** Posts of those for whom the roster has this person stand in. */
  standsInFor?: readonly Role[];
};
export const systemActor: EmergencyActor = { id: null, roles: [], isSystem: true };

export type EmergencyAsk = {
  emergency: EmergencyFacts;
  clocks: readonly ClockFact[];
  document: StandardDocument;
  actor: EmergencyActor;
  eventId: string;
  now: Instant;
};

/** Posts in the order in which an emergency goes up. */
const line = ['cs_supervisor', 'manager', 'general_manager'] as const satisfies readonly Role[];
const levelOf = (roles: readonly Role[]): number =>
  Math.max(0, ...roles.map((role) => (line as readonly Role[]).indexOf(role) + 1));

/** Every hat with the post that gives it, likeliest first: the first that a move allows is `byRole` of its event. */
function hatsWithRoles(
  actor: EmergencyActor,
  emergency: Pick<EmergencyFacts, 'severity' | 'firstContactId' | 'inChargeId' | 'sentIds'>,
  document: StandardDocument,
): [EmergencyHat, Role | 'system'][] {
  if (actor.isSystem) return [['system', 'system']];
  const [first] = actor.roles;
  if (first === undefined || actor.id === null) return [];
  const worn: [EmergencyHat, Role][] = [];
  const has = (role: Role) => actor.roles.includes(role);
  const level = levelOf([...actor.roles, ...(actor.standsInFor ?? [])]);
  const own = line[levelOf(actor.roles) - 1] ?? first;
  if (emergency.firstContactId === actor.id) worn.push(['taker', first]);
  // Who keeps the desk's watch at night is at the desk.
  const { night, noon, holidays } = document.hours.dutyPost.value;
  const desk = (['front_desk', night, noon, holidays] as const).find(has);
  if (desk) worn.push(['desk', desk]);
  const head = Object.values(document.heads).find(has);
  if (head) worn.push(['head', head]);
  if (emergency.sentIds.includes(actor.id)) worn.push(['sent', first]);
  if (emergency.inChargeId === actor.id) worn.push(['charge', first]);
  const isAbove = (needed: Role) => level >= Math.max(1, levelOf([needed]));
  if (levelOf(actor.roles) > 0) worn.push(['sup', own]);
  if (isAbove(deciderOf(document, emergency.severity))) worn.push(['decider', own]);
  if (isAbove(reviewerOf(document, emergency.severity))) worn.push(['judge', own]);
  return worn;
}

export const hatsOf = (...ask: Parameters<typeof hatsWithRoles>): EmergencyHat[] =>
  hatsWithRoles(...ask).map(([hat]) => hat);

/** The post under which this actor makes a move; null: not among those who may. */
export function actingRole(
  by: readonly EmergencyHat[],
  ...ask: Parameters<typeof hatsWithRoles>
): Role | 'system' | null {
  return hatsWithRoles(...ask).find(([hat]) => by.includes(hat))?.[1] ?? null;
}

export type EmergencyNotice = {
  kind: Extract<
    NotificationKind,
    'emergency-reported' | 'emergency-raised' | 'emergency-sent' | 'emergency-resolved' | 'emergency-reopened'
  >;
  to: readonly ({ role: Role } | { staffId: string })[];
  loud: boolean;
  /** Leaves the house too, whatever the hour. */
  out: boolean;
  /** Again each minute until it is taken over. */
  repeats: boolean;
};

/** One line of the time line. */
export type EmergencyStep = {
  at: Instant;
  forId?: string;
  facts: Record<string, unknown>;
  text?: string;
};

export type EmergencyDecision = {
  move: EmergencyMove | 'create';
  state: EmergencyState;
  byRole: Role | 'system';
  changes: Partial<Omit<EmergencyFacts, 'id' | 'state' | 'version'>>;
  /** As a rule one; one for each person who is sent. */
  steps: EmergencyStep[];
  clocks: ClockCommand[];
  notices: EmergencyNotice[];
  followUp: 'make' | 'void' | null;
  /** A line added: it raises no version, nobody's form is thrown out by it. */
  isAppend: boolean;
};

export function flagsOf(facts: Pick<EmergencyFacts, 'takenOverAt' | 'cause' | 'reopenings'>): EmergencyFlag[] {
  return [
    ...(facts.takenOverAt === null ? [] : (['taken-over'] as const)),
    ...(facts.cause === 'false-alarm' ? (['false-alarm'] as const) : []),
    ...(facts.reopenings > 0 ? (['reopened'] as const) : []),
  ];
}
