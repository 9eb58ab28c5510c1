// Service standard 服务标准: one versioned document per community that holds every threshold, limit,
// rate and chain (spec/00). No such number stands in code. † of the spec is `ours: true` here.
import { z } from 'zod';
import { departmentSchema, roleSchema } from '../access/role.contract.ts';
import { chargePartySchema, clockKindSchema, ladderCodeSchema, limitSchema } from '../clocks/clock.contract.ts';

/** Where a figure comes from: manual and rule number (`RP3`, `C2.6`), and whether it is our own choice. */
export const sourceSchema = z.object({
  rule: z.string(),
  manual: z.string().optional(),
  ours: z.boolean().default(false),
});

/**
 * A promise of spec/11. `kind` + `variant` (`emergency`, `major`, `ordinary`, `appointment`, `hurry`, `after-hand-back`,
 * `serious`, `critical` …; '' where there is one) is unique. `limit: null`: this preset has no such clock.
 * `startsFrom`: which fact the limit runs from; `appointmentLeadMinutes` only for on-site/appointment (RP4).
 */
export const clockRuleSchema = z.object({
  kind: clockKindSchema,
  variant: z.string().default(''),
  limit: limitSchema.nullable(),
  wished: limitSchema.optional(),
  startsFrom: z.string(),
  stopsOn: z.string(),
  owner: z.array(roleSchema).min(1),
  ladder: ladderCodeSchema,
  soft: z.boolean().default(false),
  appointmentLeadMinutes: z.int().min(0).optional(),
  source: sourceSchema,
});
export type ClockRule = z.infer<typeof clockRuleSchema>;

/** A step of a ladder: `at` counts from due (`percent` of the promised time before it, or minutes / hours / working days after). */
export const ladderStepSchema = z.object({
  when: z.union([
    z.object({ percent: z.number().positive().max(100) }),
    z.object({ afterMinutes: z.number().min(0) }),
    z.object({ afterWorkingDays: z.int().min(0) }),
    z.object({ lastDayAt: z.string() }),
  ]),
  /** `owner`, `superior` (of the owner, by the reporting line) or a post. */
  tell: z.array(z.union([z.enum(['owner', 'superior']), roleSchema])).min(1),
  acknowledgeWithinMinutes: z.number().positive().optional(),
});
export type LadderStep = z.infer<typeof ladderStepSchema>;

export const pauseReasonSchema = z.enum(['parts', 'customer', 'contractor', 'access']);
export type PauseReason = z.infer<typeof pauseReasonSchema>;

const figure = <T extends z.ZodType>(value: T) => z.object({ value, source: sourceSchema });

export const standardDocumentSchema = z.object({
  schema: z.literal(1),
  preset: z.enum(['standard', 'luxury']),
  hours: z.object({
    /** Opening intervals of the desk on a working day, wall time. */
    desk: z.array(z.tuple([z.string(), z.string()])).min(1),
    sameDay: z.object({ endsAt: z.string(), lateAfter: z.string(), nextDayAt: z.string() }),
    source: sourceSchema,
  }),
  clocks: z.array(clockRuleSchema),
  ladders: z.record(ladderCodeSchema, z.array(ladderStepSchema)),
  /** Direct superior of each post; escalation climbs it (spec/00 Roles, spec/11 Ladders). */
  reportingLine: z.partialRecord(roleSchema, roleSchema),
  /** Head of each department. */
  heads: z.record(departmentSchema, roleSchema),
  desk: z.object({
    rings: figure(z.object({ min: z.int(), max: z.int() })),
    greeting: figure(z.string()),
    language: figure(z.string()),
  }),
  repair: z.object({
    categories: z.array(
      z.object({ code: z.string(), name: z.string(), department: departmentSchema, photosAtFinish: z.boolean() }),
    ),
    repeatedFault: figure(z.object({ count: z.int(), days: z.int() })),
    reworkWithinDays: figure(z.int()),
    /** Facts without which `dispatch` is refused, per urgency: `agreedAt`, `appointmentAt`. */
    requiredBeforeDispatch: figure(
      z.record(z.enum(['emergency', 'major', 'ordinary']), z.array(z.enum(['agreedAt', 'appointmentAt']))),
    ),
    pauses: z.record(
      pauseReasonSchema,
      z.object({
        pausesComplete: z.boolean(),
        needsConsent: z.boolean(),
        chargedTo: chargePartySchema,
        maxWorkingDays: z.int().positive(),
        needsEvidence: z.boolean(),
        source: sourceSchema,
      }),
    ),
    targets: z.object({
      timeliness: figure(z.number()),
      rework: figure(z.number()),
    }),
  }),
  followUps: z.array(
    z.object({
      what: z.string(),
      share: z.number().min(0).max(1).nullable(),
      due: limitSchema.nullable(),
      wished: limitSchema.optional(),
      startsFrom: z.string(),
      callers: z.array(roleSchema),
      answersFor: roleSchema.nullable(),
      channel: z.enum(['in-person', 'phone']),
      signature: z.boolean(),
      source: sourceSchema,
    }),
  ),
  quietHours: z.object({ from: z.string(), to: z.string(), source: sourceSchema }),
});
export type StandardDocument = z.infer<typeof standardDocumentSchema>;

/** A version in force: what cases keep (`standardVersionId`). */
export type StandardVersion = { id: string; version: number; inForceOn: string; document: StandardDocument };
