// Service standard 服务标准: one versioned document per community that holds every threshold, limit,
// rate and chain (spec/00). No such number stands in code. † of the spec is `ours: true` here.
import { z } from 'zod';
import { departmentSchema, roleSchema } from '../access/role.contract.ts';
import {
  chargePartySchema,
  clockKindSchema,
  ladderCodeSchema,
  ladderStepSchema,
  limitSchema,
} from '../clocks/clock.contract.ts';

/** Where a figure comes from: manual and rule number (`RP3`, `C2.6`), and whether it is our own choice. */
export const sourceSchema = z.object({
  rule: z.string(),
  manual: z.string().optional(),
  ours: z.boolean().default(false),
});

/** Who keeps a promise where it is no fixed post; `owner` then names the post that stands in. */
export const ownerKinds = [
  'taker',
  'first-contact',
  'department-head',
  'who-paused',
  'who-set-it',
  'addressee',
  'named',
  'step-role',
] as const;

/**
 * A promise of spec/11. `kind` + `variant` is unique: '' where there is one; on-site and complete of a repair
 * `emergency`, `major`, `ordinary`, on-site also `appointment`, `hurry`; call-back `after-hand-back`; answer `enquiry`,
 * `complaint`; respond `ordinary` … `critical`; complete of a complaint `complaint-ordinary` … `complaint-critical`;
 * follow-up as `followUps[].what`; review `repair`, `other`. `limit: null`: this preset has no such clock.
 * `startsFrom`: which fact the limit runs from, `startsFromWhen` for an item not on the price list or an appointment.
 * `owner`: the first does, the last answers. `appointmentLeadMinutes` only for on-site/appointment (RP4).
 */
export const clockRuleSchema = z.object({
  kind: clockKindSchema,
  variant: z.string().default(''),
  limit: limitSchema.nullable(),
  wished: limitSchema.optional(),
  startsFrom: z.string(),
  startsFromWhen: z.partialRecord(z.enum(['unlisted', 'appointment']), z.string()).optional(),
  stopsOn: z.string(),
  owner: z.array(roleSchema).min(1),
  ownerIs: z.enum(ownerKinds).optional(),
  ladder: ladderCodeSchema,
  /** A rule with exceptions: a later date needs a reason and a next answer (CP3, V). */
  soft: z.boolean().default(false),
  /** What lets a customer's date replace the limit: the wish alone, consent on record, or nothing (09 B1, B4). */
  customerDate: z.enum(['wish', 'consent', 'off']).optional(),
  /** The farthest that `{at}` may be set (waiting by reason: `repair.pauses`). */
  maxWorkingDays: z.int().positive().optional(),
  appointmentLeadMinutes: z.int().min(0).optional(),
  source: sourceSchema,
});
export type ClockRule = z.infer<typeof clockRuleSchema>;

export const pauseReasonSchema = z.enum(['parts', 'customer', 'contractor', 'access']);
export type PauseReason = z.infer<typeof pauseReasonSchema>;

export const urgencySchema = z.enum(['emergency', 'major', 'ordinary']);
export const severitySchema = z.enum(['ordinary', 'serious', 'major', 'critical']);

/** Kinds of emergency (MG8); each has its card. */
export const emergencyCategories = ['fire', 'lift', 'storm', 'crime', 'injury', 'gas', 'flooding', 'other'] as const;

/** What is asked about afterwards: the rows of FU1, and so of `followUps`. */
export const followUpSubjects = ['repair', 'major-critical-event', 'complaint', 'service', 'event', 'other'] as const;
export type FollowUpSubject = (typeof followUpSubjects)[number];

const figure = <T extends z.ZodType>(value: T) => z.object({ value, source: sourceSchema });

export const emergencyCardSchema = z.object({
  code: z.enum(emergencyCategories),
  department: departmentSchema,
  levelAtLeast: severitySchema,
  steps: z.array(z.string()).min(1),
  phones: z.array(z.object({ name: z.string(), number: z.string() })),
  source: sourceSchema,
});
export type EmergencyCard = z.infer<typeof emergencyCardSchema>;

/** Alarms over money 资金报警 (MN6). */
export const moneyAlarmKinds = [
  'receipt-outside-range',
  'amount-without-receipt',
  'cash-above-limit',
  'carried-above-limit',
  'carried-late',
  'not-handed-in',
  'book-running-out',
  'surprise-difference',
] as const;
export type MoneyAlarmKind = (typeof moneyAlarmKinds)[number];

/** What needs somebody else's yes before it takes effect; each has its chain of posts. */
export const approvalKinds = [
  'standard',
  'price-list',
  'complaint.lower',
  'payment.reverse',
  'prepaid.refund',
  'waiver',
] as const;
export const approvalKindSchema = z.enum(approvalKinds);
export type ApprovalKind = z.infer<typeof approvalKindSchema>;

export const standardDocumentSchema = z.object({
  schema: z.literal(1),
  preset: z.enum(['standard', 'luxury']),
  hours: z.object({
    /** Opening intervals of the desk on a working day, wall time. */
    desk: z.array(z.tuple([z.string(), z.string()])).min(1),
    sameDay: z.object({ endsAt: z.string(), lateAfter: z.string(), nextDayAt: z.string() }),
    source: sourceSchema,
    /** The service line, and who keeps the desk's watch outside its hours. */
    line: figure(z.array(z.tuple([z.string(), z.string()])).min(1)),
    dutyPost: figure(z.object({ night: roleSchema, noon: roleSchema, holidays: roleSchema })),
  }),
  /** Shown beside the standard: the rules of service and what C puts above all (spec/00). */
  principles: z.array(z.object({ code: z.string(), text: z.string(), source: sourceSchema })),
  clocks: z.array(clockRuleSchema),
  ladders: z.record(ladderCodeSchema, z.array(ladderStepSchema.extend({ source: sourceSchema }))),
  /** Direct superior of each post; escalation climbs it (spec/00 Roles, spec/11 Ladders). */
  reportingLine: z.partialRecord(roleSchema, roleSchema),
  reportingLineSource: sourceSchema,
  /** Head of each department. */
  heads: z.record(departmentSchema, roleSchema),
  desk: z.object({
    rings: figure(z.object({ min: z.int(), max: z.int() })),
    /** How long one ring and its silence last, so that a telephone system's instants can be counted in rings. */
    ringSeconds: figure(z.int().positive()),
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
    requiredBeforeDispatch: figure(z.record(urgencySchema, z.array(z.enum(['agreedAt', 'appointmentAt'])))),
    /** RP5: the list is published; an item not on it is judged by the head of the department concerned. */
    priceList: figure(
      z.object({ published: z.boolean(), unlistedJudgedBy: z.literal('department-head'), consentNeeded: z.boolean() }),
    ),
    priceToldBefore: figure(z.boolean()),
    /** RP2: copies of the order, and whose each is. */
    orderCopies: figure(z.array(z.enum(['stub', 'repair', 'customer']))),
    reclassNeedsReason: figure(z.boolean()),
    /** RP11: who may take the money; never the technician alone. */
    moneyTakenBy: figure(z.array(roleSchema)),
    loadShownToDesk: figure(z.boolean()),
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
      /** Shares 0 to 1; null: this preset's manuals name none. */
      timeliness: figure(z.number()),
      rework: figure(z.number().nullable()),
      minorPassedAtFirst: figure(z.number().nullable()),
    }),
  }),
  complaint: z.object({
    /** CP2: lower bounds of each level; the highest that fires wins. Fen, counts. */
    thresholds: z.object({
      critical: figure(z.object({ lossFen: z.int(), people: z.int(), deaths: z.int() })),
      major: figure(
        z.object({
          lossFen: z.int(),
          promisedRaisings: z.int(),
          graveInjury: z.boolean(),
          mediaDays: z.int(),
          mediaOutlets: z.int(),
        }),
      ),
      serious: figure(
        z.object({ lossFen: z.int(), raisings: z.int(), slightInjury: z.boolean(), mediaReports: z.int() }),
      ),
    }),
    /** ≥ 10 raisings of what was not promised stay at this level unless another rule fires. */
    unpromisedRaisingsStay: figure(severitySchema),
    mishandledRaisesBy: figure(z.int()),
    /** CP9: raise at each n-th failure; null is off. */
    raiseAtEachFailures: figure(z.int().nullable()),
    reopenWithinDays: figure(z.int()),
    /** Whoever has to take a major or critical one over hears of it again so often until then (spec/12 Told to). */
    repeatMinutes: figure(z.int().positive()),
    reasonAndReplyAtIntake: figure(z.array(severitySchema)),
    handledTarget: figure(z.number()),
    /** Answered within the answer clock ÷ those that have one; valid complaints ÷ households stay below. */
    answeredTarget: figure(z.number()),
    validBelow: figure(z.number()),
    closedBy: figure(z.record(severitySchema, roleSchema)),
    /**
     * How another complaint comes to be shown as one about the same event: points out of 100 for building, place, what it
     * is about and words in common; `farShare` of them is lost at the far end of `withinHours`. Only ever a proposal.
     */
    sameEvent: figure(
      z.object({
        withinHours: z.number().positive(),
        buildingPoints: z.number().min(0),
        placePoints: z.number().min(0),
        againstPoints: z.number().min(0),
        wordPoints: z.number().min(0),
        /** From this likeness of words on, 0 to 1, all their points are given. */
        fullWordsAt: z.number().positive().max(1),
        farShare: z.number().min(0).max(1),
        proposeAtPoints: z.number().min(0),
        atMost: z.int().positive(),
      }),
    ),
    monthlyExportDay: figure(z.int()),
  }),
  followUp: z.object({
    /** Added to a share when sampling, so that the month's floor holds; 0.1 is ten in a hundred. */
    samplingRoom: figure(z.number().min(0).max(1)),
    sampleOfEach: figure(z.int().positive()),
    questions: figure(z.array(z.string())),
    satisfactionSteps: figure(z.int()),
    notReached: figure(z.object({ tries: z.int(), days: z.int(), atDoor: z.int() })),
    /** FU3, both readings of the sentence. */
    doorVisitUnfinished: figure(z.object({ on: z.boolean(), afterDays: z.int() })),
    doorVisitNotDone: figure(z.object({ on: z.boolean(), afterDays: z.int() })),
    reviewedBy: figure(z.enum(['per-record', 'weekly-batch'])),
    notAcceptableTells: figure(z.array(roleSchema)),
    sameComplaintRunning: figure(z.object({ count: z.int(), days: z.int() })),
    sameRepair: figure(z.object({ count: z.int(), days: z.int() })),
    exportByDay: figure(z.int()),
    keptYears: figure(z.int()),
    householdVisits: figure(
      z.object({ perPersonPerMonth: z.int(), roles: z.array(roleSchema), interviews: z.boolean() }),
    ),
    /** FU7: who is short is told when so many days of the month are left. */
    visitWarning: figure(z.object({ daysBeforeMonthEnd: z.array(z.int().positive()) })),
    /** FU7, FU8: who owes an improvement is told so many days before its due day. */
    improvementWarning: figure(z.object({ daysBefore: z.int().min(0) })),
    /** FU8: of the five steps, from which on a household counts as satisfied. */
    surveyScale: figure(z.object({ satisfiedFrom: z.int().min(1).max(5) })),
    survey: figure(z.object({ everyMonths: z.int(), satisfiedRate: z.number(), index: z.int() })),
  }),
  emergency: z.object({
    /** MG8: what to do and whom to call; the least level of what happened; who is told beside the posts of the level. */
    cards: z.array(emergencyCardSchema).min(1),
    /** Posts told of one at once, loud and outward too; those of `repeats` again every `repeatMinutes` until taken over. */
    told: figure(z.record(severitySchema, z.array(roleSchema).min(1))),
    repeats: figure(z.array(severitySchema)),
    repeatMinutes: figure(z.int().positive()),
    takenOverBy: figure(z.record(severitySchema, roleSchema)),
    reviewedBy: figure(z.record(severitySchema, roleSchema)),
    reopenWithinDays: figure(z.int().positive()),
    /** How long before the telling a measure may lie that was written down afterwards. */
    notedWithinHours: figure(z.int().positive()),
    /** MG16: years from the day it is filed. */
    keptYears: figure(z.int().positive()),
  }),
  indicators: z.object({
    /** MG1: the supervisor's check of a month's base data is due on this day of the next. */
    monthCheckedByDay: figure(z.int()),
    collectionRate: figure(z.array(z.object({ level: z.enum(['department', 'post', 'all-fees']), share: z.number() }))),
  }),
  followUps: z.array(
    z.object({
      what: z.enum(followUpSubjects),
      share: z.number().min(0).max(1).nullable(),
      due: limitSchema.nullable(),
      wished: limitSchema.optional(),
      startsFrom: z.string(),
      callers: z.array(roleSchema),
      answersFor: roleSchema.nullable(),
      channel: z.enum(['in-person', 'phone']),
      signature: z.boolean(),
      /** Paid services: half-way or end, or both. */
      mode: z.enum(['any', 'all']).optional(),
      /** Who arranges it; callers never handled the case (FU1). */
      arranger: roleSchema.optional(),
      source: sourceSchema,
    }),
  ),
  /** Late fees, who takes which money, when it is handed in. Kinds of charge by their code; `other` for the rest. */
  money: z.object({
    /** Millionths a day of what is owed, from the day after the grace period, to so many hundredths of the charge. */
    lateFee: figure(
      z.object({ graceDays: z.int().min(0), dailyPerMillion: z.int().min(0), capPercent: z.int().min(0).max(100) }),
    ),
    /** A charge that differs so much from last month's is shown before a billing run is approved. */
    billingFarPercent: figure(z.int().positive()),
    readings: figure(z.object({ farTimes: z.int().min(2), littleThousandths: z.int().min(0) })),
    collectors: figure(z.record(z.string(), z.array(roleSchema).min(1))),
    receiptBooks: figure(z.object({ mostNumbers: z.int().positive(), mostBooksInHand: z.int().positive() })),
    /** Takings after it go into the next close; null: all of a calendar day. */
    cashCutoff: figure(z.string().nullable()),
    cashFaces: figure(z.array(z.int().positive()).min(1)),
    /** MN5a: cash taken at a door is handed in so long after the first of it. */
    doorstepHandIn: figure(limitSchema),
    /** MN6: more cash than that in a drawer, or on its way from doors, is an alarm. */
    cashLimits: figure(z.object({ drawerFen: z.int().positive(), carriedFen: z.int().positive() })),
    /** Wall time of the day by which finance has signed for its takings. */
    handInBy: figure(z.string()),
    /** So many blanks left, in all books of one use, are an alarm. */
    bookRunningOut: figure(z.int().min(0)),
    /** Posts that hear of an alarm, beside whom it is about. */
    alarmTold: figure(z.record(z.enum(moneyAlarmKinds), z.array(roleSchema).min(1))),
    waiverApprovedBy: figure(z.array(z.enum(['developer-leader', 'general_manager'])).min(1)),
  }),
  quietHours: z.object({ from: z.string(), to: z.string(), source: sourceSchema }),
  /** What was done without a signal is taken this long after, from a clock that is ahead by so much (spec/12 Offline). */
  offline: z.object({
    reportedWithinHours: figure(z.int().positive()),
    clockAheadMinutes: figure(z.int().min(0)),
  }),
  /** Chains of approval: the posts in their order, and after how many days nobody waits any more. */
  approvals: z.record(
    approvalKindSchema,
    z.object({ steps: figure(z.array(roleSchema).min(1)), termCalendarDays: figure(z.int().positive()) }),
  ),
});
export type StandardDocument = z.infer<typeof standardDocumentSchema>;

/** A version in force: what cases keep (`standardVersionId`). */
export type StandardVersion = { id: string; version: number; inForceOn: string; document: StandardDocument };
