// Clock 时限: the words of spec/11 that rules, store, server and browser share.
import { z } from 'zod';
import { departmentSchema, roleSchema } from '../access/role.contract.ts';

export const clockKinds = [
  'fill-in',
  'notify',
  'contractor-told',
  'assess',
  'on-site',
  'complete',
  'waiting',
  'voucher',
  'call-back',
  'message',
  'answer',
  'respond',
  'form-forwarded',
  'sent',
  'tell-customer',
  'next-answer',
  'follow-up',
  'visit',
  'review',
  'approve',
  'subject-request',
] as const;
export const clockKindSchema = z.enum(clockKinds);
export type ClockKind = z.infer<typeof clockKindSchema>;

export const clockStates = ['running', 'paused', 'met', 'missed', 'void'] as const;
export const clockStateSchema = z.enum(clockStates);
export type ClockState = z.infer<typeof clockStateSchema>;

/** R round the clock, O the preset's office hours on working days. */
export const calendarCodeSchema = z.enum(['R', 'O']);
export type CalendarCode = z.infer<typeof calendarCodeSchema>;

const minutesLimitSchema = z.strictObject({ minutes: z.number().positive(), calendar: calendarCodeSchema });
/**
 * How a due time is found from a start (spec/11). `at: null` is a due time that is not set yet; with `dateWithin`
 * the missing date is itself overdue after that time (complaint, critical).
 */
export const limitSchema = z.union([
  minutesLimitSchema,
  z.strictObject({ hours: z.number().positive(), calendar: calendarCodeSchema }),
  z.strictObject({ workingDays: z.int().positive() }),
  z.strictObject({ calendarDays: z.int().positive() }),
  z.strictObject({ sameDay: z.literal(true) }),
  z.strictObject({ weekday: z.int().min(1).max(7), time: z.string() }),
  z.strictObject({ at: z.iso.datetime().nullable(), dateWithin: minutesLimitSchema.optional() }),
]);
export type Limit = z.infer<typeof limitSchema>;

/** Who an interval of a clock is charged to; each minute to exactly one. */
export const chargePartySchema = z.enum(['customer', 'centre', 'department', 'contractor']);
export type ChargeParty = z.infer<typeof chargePartySchema>;

export const ladderCodeSchema = z.enum(['minutes', 'hours', 'days']);
export type LadderCode = z.infer<typeof ladderCodeSchema>;

/** A step of a ladder: `percent` of the promised time, a wall time of the last day, or time after due. */
export const ladderStepSchema = z.object({
  when: z.union([
    z.object({ percent: z.number().positive().max(100) }),
    z.object({ afterMinutes: z.number().min(0) }),
    z.object({ afterWorkingDays: z.int().min(0) }),
    z.object({ lastDayAt: z.string() }),
  ]),
  /** `owner`, `superior` (of the owner, by the reporting line) or a post. */
  tell: z.array(z.union([z.enum(['owner', 'superior']), roleSchema])).min(1),
  /** bell in-app, loud bell with sound and acknowledgement, out mail and the like (spec/12 Told to). */
  channels: z.array(z.enum(['bell', 'loud', 'out'])).default(['loud', 'out']),
  acknowledgeWithinMinutes: z.number().positive().optional(),
});
export type LadderStep = z.infer<typeof ladderStepSchema>;
export type LadderTarget = LadderStep['tell'][number];

/** Who keeps the promise: one person, or every holder of a post (optionally of a department). */
export const ownerSchema = z.object({
  staffId: z.uuid().nullable(),
  role: roleSchema,
  department: departmentSchema.optional(),
});
export type Owner = z.infer<typeof ownerSchema>;

const base = { at: z.iso.datetime(), recordedAt: z.iso.datetime(), seq: z.int() };
/** An event of a clock; `at` is when it happened, `recordedAt` when we heard; the fold sorts by `at`, then `seq`. */
export const clockEventSchema = z.discriminatedUnion('type', [
  z.object({
    ...base,
    type: z.literal('start'),
    limit: limitSchema,
    policyVersion: z.string(),
    /** Rule number behind the limit (`RP3`), for "why this time". */
    rule: z.string().optional(),
    /** The working calendar that this clock counts by, until a `recalculated` names another. */
    calendarVersion: z.string().optional(),
    wishedLimit: limitSchema.optional(),
    chargedTo: chargePartySchema,
    ladder: ladderCodeSchema,
  }),
  z.object({ ...base, type: z.literal('pause'), reason: z.string(), chargedTo: chargePartySchema }),
  z.object({ ...base, type: z.literal('resume') }),
  z.object({ ...base, type: z.literal('charge'), chargedTo: chargePartySchema }),
  z.object({ ...base, type: z.literal('assign'), owner: ownerSchema }),
  z.object({ ...base, type: z.literal('agree'), dueAt: z.iso.datetime(), consentId: z.string() }),
  z.object({
    ...base,
    type: z.literal('rebase'),
    limit: limitSchema,
    reason: z.string(),
    rule: z.string().optional(),
    /** Set on a rise of level: the due time is never later than promised, and never before at + this limit. */
    rise: z.object({ responseLimit: limitSchema.nullable() }).optional(),
    /** On any other change: a due time that would lie before the change becomes at + this limit. */
    responseLimit: limitSchema.optional(),
  }),
  z.object({ ...base, type: z.literal('recalculated'), calendarVersion: z.string() }),
  z.object({ ...base, type: z.literal('stop'), evidenceId: z.string() }),
  z.object({ ...base, type: z.literal('void'), reason: z.string() }),
]);
export type ClockEvent = z.infer<typeof clockEventSchema>;

/**
 * What a rule asks of the clocks of one case; `clock.service` carries it out in the same transaction.
 * `start` on a kind that runs is refused by the service; the rule voids first. `key` tells two clocks of
 * one kind apart where a case may have several at once (waiting, call-back, message); default ''.
 */
export type ClockCommand =
  | {
      do: 'start';
      kind: ClockKind;
      key?: string;
      at: string;
      limit: Limit;
      ladder: LadderCode;
      owner: Owner;
      chargedTo: ChargeParty;
      wishedLimit?: Limit;
      rule?: string;
    }
  | { do: 'pause'; kind: ClockKind; key?: string; at: string; reason: string; chargedTo: ChargeParty }
  | { do: 'resume'; kind: ClockKind; key?: string; at: string }
  | { do: 'charge'; kind: ClockKind; key?: string; at: string; chargedTo: ChargeParty }
  | { do: 'assign'; kind: ClockKind; key?: string; at: string; owner: Owner }
  | { do: 'agree'; kind: ClockKind; key?: string; at: string; dueAt: string; consentId: string }
  | {
      do: 'rebase';
      kind: ClockKind;
      key?: string;
      at: string;
      limit: Limit;
      reason: string;
      rule?: string;
      rise?: { responseLimit: Limit | null };
      responseLimit?: Limit;
    }
  | { do: 'stop'; kind: ClockKind; key?: string; at: string; evidenceId: string }
  | { do: 'void'; kind: ClockKind; key?: string; at: string; reason: string };

const when = z.iso.datetime();
/** "Why this time": codes and facts in the order in which they bear on the due time; `clock.words` makes sentences. */
export const whyPartSchema = z.discriminatedUnion('code', [
  z.object({
    code: z.literal('started'),
    at: when,
    limit: limitSchema,
    rule: z.string().nullable(),
    policyVersion: z.string(),
  }),
  z.object({ code: z.literal('counts-from-opening'), at: when }),
  z.object({ code: z.literal('not-paused') }),
  z.object({
    code: z.literal('paused'),
    from: when,
    until: when.nullable(),
    reason: z.string(),
    chargedTo: chargePartySchema,
    /** False: after due, or against a date that pauses don't move. */
    moves: z.boolean(),
  }),
  z.object({ code: z.literal('agreed'), at: when, dueAt: when, consentId: z.string() }),
  z.object({
    code: z.literal('rebased'),
    at: when,
    limit: limitSchema,
    rule: z.string().nullable(),
    reason: z.string(),
    rise: z.boolean(),
    /** kept: the earlier promise or the agreed date binds; response: change + response limit; limit: the new limit. */
    binds: z.enum(['limit', 'response', 'kept']),
  }),
  z.object({ code: z.literal('recalculated'), at: when, calendarVersion: z.string() }),
  z.object({ code: z.literal('provisional'), year: z.int() }),
  z.object({ code: z.literal('date-missing'), dueAt: when.nullable() }),
  z.object({ code: z.literal('due'), at: when }),
  z.object({
    code: z.literal('step'),
    at: when,
    targets: z.array(z.union([z.enum(['owner', 'superior']), roleSchema])),
    /** Set once taken: the people told, empty when each had been told before. */
    told: z.array(z.string()).optional(),
    evidenceLate: z.boolean().default(false),
  }),
  z.object({ code: z.literal('stopped'), at: when, recordedAt: when, met: z.boolean(), overMinutes: z.int() }),
  z.object({ code: z.literal('voided'), at: when, reason: z.string(), missed: z.boolean() }),
]);
export type WhyPart = z.infer<typeof whyPartSchema>;

/** One clock of a case as rules read it back. */
export type ClockFact = { kind: ClockKind; key: string; state: ClockState; startedAt: string; dueAt: string | null };
