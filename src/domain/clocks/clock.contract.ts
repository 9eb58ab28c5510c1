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

/** How a due time is found from a start (spec/11). `at: null` is a due time that is not set yet. */
export const limitSchema = z.union([
  z.strictObject({ minutes: z.number().positive(), calendar: calendarCodeSchema }),
  z.strictObject({ hours: z.number().positive(), calendar: calendarCodeSchema }),
  z.strictObject({ workingDays: z.int().positive() }),
  z.strictObject({ calendarDays: z.int().positive() }),
  z.strictObject({ sameDay: z.literal(true) }),
  z.strictObject({ weekday: z.int().min(1).max(7), time: z.string() }),
  z.strictObject({ at: z.iso.datetime().nullable() }),
]);
export type Limit = z.infer<typeof limitSchema>;

/** Who an interval of a clock is charged to; each minute to exactly one. */
export const chargePartySchema = z.enum(['customer', 'centre', 'department', 'contractor']);
export type ChargeParty = z.infer<typeof chargePartySchema>;

export const ladderCodeSchema = z.enum(['minutes', 'hours', 'days']);
export type LadderCode = z.infer<typeof ladderCodeSchema>;

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
    /** Set on a rise of level: the due time is never later than promised, and never before at + this limit. */
    rise: z.object({ responseLimit: limitSchema.nullable() }).optional(),
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
      rise?: { responseLimit: Limit | null };
    }
  | { do: 'stop'; kind: ClockKind; key?: string; at: string; evidenceId: string }
  | { do: 'void'; kind: ClockKind; key?: string; at: string; reason: string };

/** One clock of a case as rules read it back. */
export type ClockFact = { kind: ClockKind; key: string; state: ClockState; startedAt: string; dueAt: string | null };
