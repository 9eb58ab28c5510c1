// Recording a repair 登记报修: what is refused, which flags it gets, and which promises begin (RP1–RP7).
import { BadInput, type FieldFault, forbidden, notFound } from '../../kernel/refusal.ts';
import { hourMs, type Instant, plusMs } from '../../kernel/time.ts';
import type { Role } from '../access/role.contract.ts';
import type { Channel } from '../cases/case.contract.ts';
import { findRule, stopClocks } from '../cases/case-clocks.rules.ts';
import type { ClockCommand, ClockFact } from '../clocks/clock.contract.ts';
import type { StandardDocument, StandardVersion } from '../standards/standard.contract.ts';
import type { Warranty } from '../warranties/warranty.contract.ts';
import type { CreateRepairBody } from './repair.contract.ts';
import { startClock, startWork } from './repair-clocks.rules.ts';
import {
  creatingRole,
  type Decision,
  isOutsider,
  type Notice,
  type RepairActor,
  type RepairFacts,
} from './repair-facts.rules.ts';

/** What only the database knows about a repair that is about to be recorded. */
export type CreateContext = {
  repairId: string;
  eventId: string;
  /** The unit is one of this community; ignored for a place. */
  unitKnown: boolean;
  /** Warranty of the unit or part on the day of the report; `contractorId` is an account, where the contractor has one. */
  warranty: { contractorId: string | null; colleagueIds?: readonly string[] } | null;
  /** The register's verdict itself, to be kept with the repair; left out: not asked. */
  verdict?: Warranty | null;
  /** The item named stands on the price list of the day; ignored where none is named. */
  priceItemKnown: boolean;
  /** Earlier repairs of the same unit and category within the standard's window (RP14). */
  sameFaultsBefore: number;
};

/** A report is typed in at most this long after it came in (the interface's own bound). */
const lateEntryHours = 24;

/** Channels with the customer at the other end: a date noted in that talk is agreed by it (RP3). */
const customerChannels: readonly Channel[] = [
  'phone',
  'counter',
  'visit',
  'online',
  'wechat',
  'hotline',
  'sms',
  'email',
];

export function decideCreate(
  context: CreateContext,
  input: CreateRepairBody,
  standard: StandardVersion,
  actor: RepairActor,
  now: Instant,
): Decision {
  const { document } = standard;
  const byRole = creatingRole(actor);
  if (byRole === null) throw isOutsider(actor) ? notFound('repair') : forbidden('repair.create');
  if (byRole === 'resident' && (input.unitId === undefined || !(actor.unitIds ?? []).includes(input.unitId)))
    throw notFound('unit');

  const category = document.repair.categories.find((each) => each.code === input.category);
  const faults = createFaults(context, input, category !== undefined, now);
  if (faults.length > 0 || !category) throw new BadInput(faults);

  const isDraft = input.draft === true;
  const agreedWithConsent =
    input.agreedAt !== undefined && (input.consent !== undefined || customerChannels.includes(input.channel));
  const repeated = document.repair.repeatedFault.value.count;
  const facts: RepairFacts = {
    id: context.repairId,
    state: isDraft ? 'draft' : 'logged',
    version: 1,
    unitId: input.unitId ?? null,
    place: input.place ?? null,
    category: category.code,
    urgency: input.urgency,
    channel: input.channel,
    department: category.department,
    receivedAt: input.receivedAt ?? now,
    createdAt: now,
    loggedAt: isDraft ? null : now,
    lastStateAt: now,
    makerId: actor.id,
    // Reported by the resident: nobody of the centre has taken it yet, the desk on duty does (spec/10).
    firstContactId: byRole === 'resident' ? null : actor.id,
    responsibleId: null,
    technicianId: null,
    contractorId: null,
    contractorFirmId: null,
    appointmentAt: input.appointmentAt ?? null,
    agreedAt: input.agreedAt ?? null,
    agreedWithConsent,
    priceItemId: input.priceItemId ?? null,
    unlisted: input.unlisted === true,
    hurry: input.hurry === true,
    consentAt: null,
    // What the builder left over is a warranty case whatever the unit's dates say (RP3, RP7).
    underWarranty: context.warranty !== null || input.urgency === 'major',
    part: input.part ?? null,
    warranty: context.verdict ?? null,
    readBack: input.readBack === true,
    repeatedFault: input.unitId !== undefined && context.sameFaultsBefore + 1 >= repeated,
    reclassed: false,
    doorBreach: false,
    reworkCount: 0,
    quote: null,
    quotedFrom: null,
    pausedFrom: null,
    pauseReason: null,
    pauseUntil: null,
    materials: [],
    chargedFen: 0,
    settlement: 'none',
    followUp: 'none',
    satisfied: null,
    finishedAt: null,
    signedAt: null,
    returnedAt: null,
    confirmedAt: null,
    closedAt: null,
  };
  const { id: _id, state, version: _version, ...columns } = facts;
  const fillIn = startClock(document, findRule(document, 'fill-in'), facts, {
    at: facts.receivedAt,
    owner: { staffId: actor.id, role: byRole === 'system' ? 'front_desk' : byRole },
  });
  return {
    state,
    changes: columns,
    event: {
      id: context.eventId,
      kind: 'move',
      move: 'create',
      fromState: null,
      toState: state,
      at: now,
      byRole,
      facts: {
        urgency: facts.urgency,
        category: facts.category,
        channel: facts.channel,
        receivedAt: facts.receivedAt,
        readBack: facts.readBack,
        // Wished by the customer in this very talk: they know of it.
        ...(facts.appointmentAt
          ? { appointmentAt: facts.appointmentAt, customerTold: customerChannels.includes(input.channel) }
          : {}),
        ...(facts.underWarranty ? { underWarranty: true } : {}),
        ...(facts.agreedAt ? { agreedAt: facts.agreedAt, consent: agreedWithConsent } : {}),
        ...(input.consent ? { consentHow: input.consent.how } : {}),
      },
    },
    ...(input.consent ? { text: input.consent.by } : {}),
    description: input.description,
    ...(input.contact ? { contact: input.contact } : {}),
    clocks: isDraft
      ? fillIn
      : [
          ...fillIn,
          ...fillIn.flatMap((start): ClockCommand[] =>
            start.do === 'start'
              ? [{ do: 'stop', kind: 'fill-in', key: '', at: now, evidenceId: context.eventId }]
              : [],
          ),
          ...promisesFrom(document, facts, now, context.eventId),
        ],
    notices: isDraft ? [] : loggedNotices(document, facts, contractorsOf(context)),
    attachmentIds: input.attachmentIds ?? [],
  };
}

function createFaults(
  context: CreateContext,
  input: CreateRepairBody,
  categoryKnown: boolean,
  now: Instant,
): FieldFault[] {
  const faults: FieldFault[] = [];
  const fault = (path: string, code: string) => faults.push({ path, code });
  if (input.unitId === undefined && input.place === undefined) fault('unitId', 'unit_or_place_required');
  if (input.unitId !== undefined && input.place !== undefined) fault('place', 'unit_or_place_only');
  if (input.unitId !== undefined && !context.unitKnown) fault('unitId', 'unknown_unit');
  if (!categoryKnown) fault('category', 'unknown_category');
  if (input.priceItemId !== undefined && !context.priceItemKnown) fault('priceItemId', 'unknown_price_item');
  if (input.priceItemId !== undefined && input.unlisted === true) fault('unlisted', 'listed_item_named');
  if (input.hurry === true && input.unlisted === true) fault('hurry', 'only_for_listed');
  faults.push(...dateFaults(input, now));
  if (input.receivedAt !== undefined && input.receivedAt > now) fault('receivedAt', 'in_the_future');
  if (input.receivedAt !== undefined && input.receivedAt < plusMs(now, -lateEntryHours * hourMs))
    fault('receivedAt', 'too_old');
  return faults;
}

/** Appointment and agreed date lie ahead, and nothing is promised to be finished before somebody is to come. */
export function dateFaults(
  dates: { appointmentAt?: Instant | null; agreedAt?: Instant | null },
  now: Instant,
  kept: { appointmentAt: Instant | null; agreedAt: Instant | null } = { appointmentAt: null, agreedAt: null },
): FieldFault[] {
  const faults: FieldFault[] = [];
  if (dates.appointmentAt != null && dates.appointmentAt < now)
    faults.push({ path: 'appointmentAt', code: 'in_the_past' });
  if (dates.agreedAt != null && dates.agreedAt <= now) faults.push({ path: 'agreedAt', code: 'in_the_past' });
  const appointmentAt = dates.appointmentAt ?? kept.appointmentAt;
  const agreedAt = dates.agreedAt ?? kept.agreedAt;
  if (appointmentAt !== null && agreedAt !== null && agreedAt < appointmentAt && faults.length === 0)
    faults.push({ path: dates.agreedAt == null ? 'appointmentAt' : 'agreedAt', code: 'agreed_before_appointment' });
  return faults;
}

/** The clocks that begin once the order is filled in (create, and `log` of a draft). */
export function promisesFrom(
  document: StandardDocument,
  facts: RepairFacts,
  at: Instant,
  eventId: string,
): ClockCommand[] {
  return [
    ...startClock(document, findRule(document, 'notify'), facts, { at }),
    ...(facts.underWarranty ? startClock(document, findRule(document, 'contractor-told'), facts, { at }) : []),
    ...(facts.unlisted
      ? startClock(document, findRule(document, 'assess'), facts, { at })
      : startWork(document, facts, { from: facts.receivedAt, at, consentId: eventId, withOnSite: true })),
  ];
}

/** A draft becomes an order: what create would have started. */
export function logDraft(
  document: StandardDocument,
  facts: RepairFacts,
  clocks: readonly ClockFact[],
  at: Instant,
  eventId: string,
): ClockCommand[] {
  return [...stopClocks(clocks, 'fill-in', at, eventId), ...promisesFrom(document, facts, at, eventId)];
}

/** The department is told to fetch the order (RP2), the warranty contractor of the fault (RP7). */
export function loggedNotices(
  document: StandardDocument,
  facts: RepairFacts,
  contractorIds: readonly string[],
): Notice[] {
  const head: Role = document.heads[facts.department];
  return [
    { to: { role: head }, kind: 'repair.logged', loud: true, out: false },
    ...(facts.underWarranty ? tellContractor(contractorIds) : []),
  ];
}

export const tellContractor = (accountIds: readonly string[]): Notice[] =>
  accountIds.map((staffId) => ({ to: { staffId }, kind: 'repair.contractor-to-tell', loud: true, out: true }));

const contractorsOf = ({ warranty }: CreateContext): string[] =>
  warranty === null || warranty.contractorId === null
    ? []
    : [...new Set([warranty.contractorId, ...(warranty.colleagueIds ?? [])])];
