// Both presets as shipped, people, one complaint and the clocks folded as the store would, for the tests of this slice.
import luxuryPreset from '../../../standards/luxury.json' with { type: 'json' };
import standardPreset from '../../../standards/standard.json' with { type: 'json' };
import { BadInput, Refusal } from '../../kernel/refusal.ts';
import { plusMinutes } from '../../kernel/time.ts';
import type { Role } from '../access/role.contract.ts';
import { announcedYears, wall } from '../clocks/calendar.fixture.ts';
import { makeCalendar } from '../clocks/calendar.rules.ts';
import type { ClockCommand, ClockEvent, ClockFact, ClockKind } from '../clocks/clock.contract.ts';
import { type FoldedClock, foldClock } from '../clocks/clock.rules.ts';
import { dueAt } from '../clocks/limit.rules.ts';
import { type StandardVersion, standardDocumentSchema } from '../standards/standard.contract.ts';
import type { ComplaintActor, ComplaintContext, ComplaintDecision, ComplaintFacts } from './complaint-facts.rules.ts';
import type { GroupMember } from './complaint-group.rules.ts';
import { type CreateComplaintContext, decideRecord } from './complaint-intake.rules.ts';
import { decideComplaint } from './complaint-moves.rules.ts';
import { nothingStated } from './complaint-severity.rules.ts';
import { type ComplaintMove, complaintMoveBodies, createComplaintBodySchema } from './complaint-shapes.contract.ts';

const versionOf = (preset: unknown): StandardVersion => ({
  id: '018f0000-0000-7000-8000-000000000099',
  version: 1,
  inForceOn: '2026-01-01',
  document: standardDocumentSchema.parse(preset),
});
export const luxury = versionOf(luxuryPreset);
export const standard = versionOf(standardPreset);
export { wall };

/** The announced calendar with the desk's usual hours. */
const { desk: deskHours, sameDay } = luxury.document.hours;
export const calendar = makeCalendar({ years: announcedYears, exceptions: [], deskHours, sameDay });
export const dueOf: ComplaintContext['dueOf'] = (limit, from) => dueAt(limit, from, calendar);

/** A Monday afternoon. */
export const now = wall('2026-11-23 14:30');

const id = (tail: number) => `018f0000-0000-7000-8000-${String(tail).padStart(12, '0')}`;
export const ids = {
  complaint: id(1),
  other: id(2),
  third: id(3),
  unit: id(101),
  otherUnit: id(102),
  group: id(200),
  taker: id(301),
  otherDesk: id(302),
  technician: id(303),
  named: id(304),
  butler: id(305),
};
export const person = (role: Role, personId: string = role, change: Partial<ComplaintActor> = {}): ComplaintActor => ({
  id: personId,
  roles: [role],
  ...change,
});
/** Who took it, at the desk. */
export const taker = person('front_desk', ids.taker);
export const supervisor = person('cs_supervisor');
export const manager = person('manager');
export const generalManager = person('general_manager');
/** Head of the department in charge. */
export const engineer = person('engineering_supervisor');

export const complaint = (change: Partial<ComplaintFacts> = {}): ComplaintFacts => ({
  id: ids.complaint,
  state: 'recorded',
  version: 4,
  unitId: ids.unit,
  place: 'the lobby of building 3',
  channel: 'phone',
  anonymous: false,
  hasContact: true,
  personKey: ids.unit,
  against: 'engineering',
  againstStaffId: null,
  receivedAt: now,
  createdAt: now,
  occurredAt: null,
  hasAccount: true,
  hasDemand: true,
  hasReplyReason: true,
  replyAt: null,
  stated: nothingStated,
  liability: 'company',
  severity: 'ordinary',
  proposedSeverity: 'ordinary',
  rule: 'ordinary.other',
  validity: 'undecided',
  mishandledAt: null,
  loweringTo: null,
  wishedAt: null,
  agreedAt: null,
  agreedWithConsent: false,
  groupId: null,
  raisings: 1,
  people: 1,
  failures: 0,
  firstContactId: ids.taker,
  forwardedTo: null,
  takenOverAt: null,
  inChargeId: null,
  department: null,
  handlerId: null,
  waitUntil: null,
  resolvedAt: null,
  toldAt: null,
  signed: false,
  closedAt: null,
  mergedIntoId: null,
  followUp: 'none',
  lastStateAt: now,
  ...change,
});

/** A complaint as it stands in a state, with the engineers from `sent` on. */
export const standing = (state: ComplaintFacts['state'], change: Partial<ComplaintFacts> = {}): ComplaintFacts => {
  const isSent = !['recorded', 'classified'].includes(state);
  const isResolved = ['resolved', 'customer-told', 'closed'].includes(state);
  const isTold = ['customer-told', 'closed'].includes(state);
  return complaint({
    state,
    ...(isSent ? { department: 'engineering', handlerId: ids.named } : {}),
    ...(isResolved ? { resolvedAt: now } : {}),
    ...(isTold ? { toldAt: now, followUp: 'reviewed' } : {}),
    ...(state === 'closed' ? { closedAt: now } : {}),
    ...change,
  });
};

/** Another complaint of the group, made an hour before, by somebody of its own. */
export const memberLike = (memberId: string, change: Partial<GroupMember> = {}): GroupMember => ({
  id: memberId,
  personKey: memberId,
  receivedAt: plusMinutes(now, -60),
  resolvedAt: null,
  isMerged: false,
  liability: 'company',
  stated: nothingStated,
  ...change,
});
export const membersLike = (count: number): GroupMember[] =>
  Array.from({ length: count }, (_, index) => memberLike(`m${index}`));

export const context = (change: Partial<ComplaintContext> = {}): ComplaintContext => ({
  eventId: 'event',
  dueOf,
  person: { id: ids.named, roles: ['technician'], active: true },
  sameEvent: { id: ids.other, groupId: ids.group },
  mergeInto: { id: ids.other, state: 'recorded' },
  group: [],
  ...change,
});

export type Try = {
  complaint: ComplaintFacts;
  actor: ComplaintActor;
  clocks?: readonly ClockFact[];
  input?: Record<string, unknown>;
  with?: StandardVersion;
  context?: Partial<ComplaintContext>;
  at?: string;
};
/** Parses the body as the route would, with the version it was read at. */
export const move = (name: ComplaintMove, asked: Try): ComplaintDecision =>
  decideComplaint(name, {
    complaint: asked.complaint,
    clocks: asked.clocks ?? [],
    input: complaintMoveBodies[name].parse({ version: asked.complaint.version, ...asked.input }) as never,
    standard: asked.with ?? luxury,
    actor: asked.actor,
    context: context(asked.context),
    now: asked.at ?? now,
  });

export const record = (
  body: Record<string, unknown> = {},
  options: {
    actor?: ComplaintActor;
    with?: StandardVersion;
    context?: Partial<CreateComplaintContext>;
    at?: string;
  } = {},
): ComplaintDecision =>
  decideRecord(
    {
      complaintId: ids.complaint,
      eventId: 'event',
      dueOf,
      unitKnown: true,
      personKey: (body.unitId as string | undefined) ?? null,
      ...options.context,
    },
    createComplaintBodySchema.parse({ channel: 'phone', ...body }),
    options.with ?? luxury,
    options.actor ?? taker,
    options.at ?? now,
  );

/** The complaint after a decision. */
export const afterMove = (before: ComplaintFacts, decision: ComplaintDecision): ComplaintFacts => ({
  ...before,
  ...decision.changes,
  state: decision.state,
});

/** What came of it, in one word: the new state, a refusal's code, or the field and its fault. */
export const outcome = (attempt: () => { state: string }): string => {
  try {
    return attempt().state;
  } catch (error) {
    if (error instanceof Refusal) return error.status === 409 ? error.code : String(error.status);
    if (error instanceof BadInput) return error.message;
    throw error;
  }
};

export const inShort = (commands: readonly ClockCommand[]): string[] =>
  commands.map((each) => [each.do, each.kind, each.key].filter((part) => part !== '' && part !== undefined).join(' '));

export const running = (kind: ClockKind, key = '', startedAt = now): ClockFact => ({
  kind,
  key,
  state: 'running',
  startedAt,
  dueAt: null,
});

// ── clocks as the store keeps them ──────────────────────────────────────────────────────────────────

type Kept = { kind: ClockKind; key: string; events: ClockEvent[] };
export type Clocks = Kept[];
const foldOf = (clock: Kept, at?: string): FoldedClock => foldClock(clock.events, calendar, at);
const isOpen = (clock: Kept) => ['running', 'paused'].includes(foldOf(clock).state);

/** Carries commands out on clocks kept as events, as the service does. */
export function carryOut(clocks: Clocks, commands: readonly ClockCommand[]): Clocks {
  const kept = clocks.map((clock) => ({ ...clock, events: [...clock.events] }));
  for (const command of commands) {
    const { kind, key = '', at } = command;
    const open = kept.find((clock) => clock.kind === kind && clock.key === key && isOpen(clock));
    if (command.do === 'start') {
      open?.events.push({ type: 'void', at, recordedAt: at, seq: open.events.length, reason: 'replaced' });
      const { limit, ladder, chargedTo, owner } = command;
      const base = { at, recordedAt: at };
      kept.push({
        kind,
        key,
        events: [
          { ...base, seq: 0, type: 'start', limit, ladder, chargedTo, policyVersion: 'v' },
          { ...base, seq: 1, type: 'assign', owner },
        ],
      });
    } else if (open) {
      const { do: type, kind: _kind, key: _key, ...rest } = command;
      open.events.push({ ...rest, type, recordedAt: at, seq: open.events.length } as ClockEvent);
    }
  }
  return kept;
}

/** The newest clock of a kind, folded; throws where there is none. */
export function clockOf(clocks: Clocks, kind: ClockKind, key = '', at?: string): FoldedClock {
  const clock = clocks.findLast((one) => one.kind === kind && one.key === key);
  if (!clock) throw new Error(`no clock ${kind} ${key}`);
  return foldOf(clock, at);
}

export const factsOf = (clocks: Clocks): ClockFact[] =>
  clocks.map((clock) => {
    const { state, startedAt, dueAt: due } = foldOf(clock);
    return { kind: clock.kind, key: clock.key, state, startedAt, dueAt: due };
  });

/** Plays moves one after another on one complaint, with its clocks. */
export class Play {
  constructor(
    public facts: ComplaintFacts,
    public clocks: Clocks,
    readonly standard: StandardVersion,
  ) {}

  static record(body: Record<string, unknown>, at: string, version: StandardVersion): Play {
    const decision = record(
      { unitId: ids.unit, contact: { name: 'x', phone: '13800001234' }, ...body },
      {
        at,
        with: version,
      },
    );
    const facts = afterMove(complaint({ createdAt: at, receivedAt: at, lastStateAt: at }), decision);
    return new Play(facts, carryOut([], decision.clocks), version);
  }

  make(
    name: ComplaintMove,
    actor: ComplaintActor,
    at: string,
    input: Record<string, unknown> = {},
    change: Partial<ComplaintContext> = {},
  ): ComplaintDecision {
    const decision = move(name, {
      complaint: this.facts,
      actor,
      clocks: factsOf(this.clocks),
      input,
      with: this.standard,
      context: change,
      at,
    });
    this.apply(decision);
    return decision;
  }

  apply(decision: Pick<ComplaintDecision, 'changes' | 'clocks'> & { state?: ComplaintFacts['state'] }): void {
    this.facts = { ...this.facts, ...decision.changes, ...(decision.state ? { state: decision.state } : {}) };
    this.clocks = carryOut(this.clocks, decision.clocks);
  }

  clock(kind: ClockKind, key = '', at?: string): FoldedClock {
    return clockOf(this.clocks, kind, key, at);
  }

  get openFacts(): ClockFact[] {
    return factsOf(this.clocks);
  }
}
