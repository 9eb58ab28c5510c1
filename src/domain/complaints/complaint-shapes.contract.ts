// Complaint 投诉 in full: its states, moves and facts on the wire (spec/10, CP1–CP10), one body for each move, and every
// code that it refuses with.
import { z } from 'zod';
import { departmentSchema, roleSchema } from '../access/role.contract.ts';
import {
  attachmentIdsSchema,
  caseAnswerSchema,
  caseKindSchema,
  channelSchema,
  consentSchema,
  contactInputSchema,
  instantInputSchema,
  personSchema,
  textInput,
} from '../cases/case.contract.ts';
import { severitySchema } from '../standards/standard.contract.ts';

export const complaintStates = [
  'recorded',
  'classified',
  'sent',
  'in-progress',
  'waiting',
  'resolved',
  'customer-told',
  'closed',
] as const;
export const complaintStateSchema = z.enum(complaintStates);
export type ComplaintState = (typeof complaintStates)[number];

export const complaintMoves = [
  'amend',
  'forward',
  'take-over',
  'classify',
  'raise',
  'mishandled',
  'lower',
  'respond',
  'send',
  'accept',
  'transfer',
  'wait',
  'resume',
  'resolve',
  'tell-customer',
  'close',
  'reopen',
  'invalidate',
  'validate',
  'link',
  'unlink',
  'merge',
] as const;
export const complaintMoveSchema = z.enum(complaintMoves);
export type ComplaintMove = (typeof complaintMoves)[number];

/** Lowest first: a level is compared by its place here. */
export const severities = severitySchema.options;
export type Severity = z.infer<typeof severitySchema>;

export const validities = ['undecided', 'valid', 'invalid'] as const;
export type Validity = (typeof validities)[number];
/** Who caused a loss: it counts where the company or the developer did (CP2). */
export const liabilities = ['company', 'developer', 'other'] as const;
export type Liability = (typeof liabilities)[number];
export const injuries = ['none', 'slight', 'grave'] as const;
export type Injury = (typeof injuries)[number];
/** Who or what the complaint is about. */
export const againsts = [
  'customer-service',
  'engineering',
  'order',
  'environment',
  'finance',
  'hr',
  'company',
  'other',
] as const;
export type Against = (typeof againsts)[number];
/** How an answer or an explanation reached the customer: `live` is still on the line or at the desk. */
export const answerHows = ['live', 'call', 'visit', 'message', 'letter', 'posted'] as const;
export const answerHowSchema = z.enum(answerHows);
export type AnswerHow = (typeof answerHows)[number];
/** Why it came to the complaint, chosen at `resolve`. */
export const complaintCauses = [
  'facilities',
  'workmanship',
  'late',
  'attitude',
  'not-informed',
  'promise-not-kept',
  'charges',
  'rules',
  'neighbours',
  'builder',
  'outside',
  'misunderstanding',
  'other',
] as const;

/**
 * Which rule of CP2 a level rests on: the level, then the fact. `ordinary.other` where none fires, `*.mishandled` after
 * that decision, `*.unpromised` for what was raised ten times and more without having been promised.
 */
export const severityFacts = [
  'loss',
  'people',
  'death',
  'promise',
  'injury',
  'media',
  'raisings',
  'unpromised',
  'mishandled',
  'other',
] as const;
export type SeverityFact = (typeof severityFacts)[number];
export const severityRuleSchema = z.templateLiteral([severitySchema, '.', z.enum(severityFacts)]);
export type SeverityRule = z.infer<typeof severityRuleSchema>;

/** Where it came from, besides a customer: what one found not acceptable when asked (FU4). */
export const complaintSources = ['follow-up'] as const;
export type ComplaintSource = (typeof complaintSources)[number];

export const complaintFlags = [
  'anonymous',
  'unreachable',
  'invalid',
  'raised',
  'lowering-asked',
  'unsigned',
  'from-follow-up',
] as const;
export type ComplaintFlag = (typeof complaintFlags)[number];

/** Refusals (409) of this noun. */
export const complaintRefusals = [
  'complaint.move_not_allowed',
  'complaint.not_classified',
  'complaint.facts_missing',
  'complaint.level_below',
  'complaint.no_higher_level',
  'complaint.no_lower_level',
  'complaint.lowering_asked',
  'complaint.nothing_to_forward',
  'complaint.already_forwarded',
  'complaint.already_taken_over',
  'complaint.consent_missing',
  'complaint.same_department',
  'complaint.reopen_too_late',
  'complaint.follow_up_open',
  'complaint.call_backs_open',
  'complaint.already_decided',
  'complaint.not_in_a_group',
  'complaint.already_in_the_group',
] as const;
export type ComplaintRefusal = (typeof complaintRefusals)[number];

// ── bodies ──────────────────────────────────────────────────────────────────────────────────────────

const text = textInput(10_000);
const reason = textInput(2000);
const count = z.int().min(0).max(1_000_000);

/** What is stated of the event; a fact left out is not known, which is not the same as none. */
export const statedFactsSchema = z.strictObject({
  lossFen: z.int().min(0).max(100_000_000_000).optional(),
  /** How many complain together, the one who says so among them. */
  peopleCount: z.int().min(1).max(100_000).optional(),
  /** Whether somebody died, or how many. */
  death: z.union([z.boolean(), count]).optional(),
  injury: z.enum(injuries).optional(),
  /** Negative reports on the event, the days they fell on, and the media they stood in. */
  mediaReports: count.optional(),
  mediaDays: count.optional(),
  mediaOutlets: count.optional(),
  /** A promised or contracted service that was not delivered or was plainly wrong. */
  unfulfilledPromise: z.boolean().optional(),
});
export type StatedFactsInput = z.infer<typeof statedFactsSchema>;

/** Level, unit and phone suffice: the critical limit is one minute, the story is typed afterwards (CP1). */
export const createComplaintBodySchema = z.strictObject({
  unitId: z.uuid().optional(),
  anonymous: z.boolean().optional(),
  channel: channelSchema,
  severity: severitySchema.optional(),
  /** When the talk began, where it is typed in later: ≤ now and ≥ −24 h. The limits run from the first save (CP3). */
  receivedAt: instantInputSchema.optional(),
  occurredAt: instantInputSchema.optional(),
  place: textInput(200).optional(),
  against: z.enum(againsts).optional(),
  againstStaffId: z.uuid().optional(),
  account: text.optional(),
  demand: text.optional(),
  /** Why it takes time, and when the customer will hear: told to him at intake (CP6). */
  replyReason: reason.optional(),
  replyAt: instantInputSchema.optional(),
  wishedAt: instantInputSchema.optional(),
  agreedAt: instantInputSchema.optional(),
  /** Where the date was not agreed in this very talk; without it a channel with a customer at the other end counts. */
  consent: consentSchema.optional(),
  contact: contactInputSchema.optional(),
  facts: statedFactsSchema.optional(),
  /** A complaint about the same event: both are of one group from now on. */
  sameEventAs: z.uuid().optional(),
  attachmentIds: attachmentIdsSchema.optional(),
});
export type CreateComplaintBody = z.infer<typeof createComplaintBodySchema>;

/** What every move takes. `version` or If-Match is asked unless the move was made without a signal (`happenedAt`). */
const moveBase = {
  version: z.int().positive().optional(),
  happenedAt: instantInputSchema.optional(),
  note: textInput(2000).optional(),
  attachmentIds: attachmentIdsSchema.optional(),
};
/** PNG drawn on the form; at most 500 kB. */
const signatureSchema = z
  .string()
  .max(700_000)
  .regex(/^data:image\/png;base64,iVBORw0KGgo[A-Za-z0-9+/]+={0,2}$/);

export const complaintMoveBodies = {
  amend: z.strictObject({
    ...moveBase,
    unitId: z.uuid().optional(),
    occurredAt: instantInputSchema.optional(),
    place: textInput(200).optional(),
    against: z.enum(againsts).optional(),
    againstStaffId: z.uuid().optional(),
    account: text.optional(),
    demand: text.optional(),
    replyReason: reason.optional(),
    replyAt: instantInputSchema.optional(),
    wishedAt: instantInputSchema.optional(),
    agreedAt: instantInputSchema.optional(),
    consent: consentSchema.optional(),
    contact: contactInputSchema.optional(),
    facts: statedFactsSchema.optional(),
    /** The supervisor's, with a reason (CP2). */
    liability: z.enum(liabilities).optional(),
    reason: reason.optional(),
  }),
  forward: z.strictObject({ ...moveBase }),
  /** Left out: the one who takes it over is in charge himself. */
  'take-over': z.strictObject({ ...moveBase, inChargeId: z.uuid().optional() }),
  /** Left out: the level as it stands is confirmed. */
  classify: z.strictObject({
    ...moveBase,
    severity: severitySchema.optional(),
    validity: z.enum(['valid', 'invalid']).optional(),
    reason: reason.optional(),
    explained: answerHowSchema.optional(),
  }),
  raise: z.strictObject({ ...moveBase, severity: severitySchema, reason }),
  mishandled: z.strictObject({ ...moveBase, reason }),
  lower: z.strictObject({ ...moveBase, severity: severitySchema, reason }),
  respond: z.strictObject({ ...moveBase, how: answerHowSchema, answer: text }),
  send: z.strictObject({
    ...moveBase,
    department: departmentSchema,
    /** The responsible person, named before handling starts (CP4). */
    responsibleId: z.uuid().optional(),
  }),
  accept: z.strictObject({ ...moveBase }),
  transfer: z.strictObject({ ...moveBase, department: departmentSchema, responsibleId: z.uuid().optional(), reason }),
  wait: z.strictObject({
    ...moveBase,
    /** The next answer's date. */
    until: instantInputSchema,
    reason,
    /** How it was explained to the customer; a photo or a letter may stand in attachmentIds besides. */
    explained: answerHowSchema,
    consent: consentSchema.optional(),
  }),
  resume: z.strictObject({ ...moveBase }),
  resolve: z.strictObject({ ...moveBase, result: text, cause: z.enum(complaintCauses) }),
  'tell-customer': z.strictObject({
    ...moveBase,
    how: answerHowSchema,
    answer: text,
    /** What the customer says to it, written on the form (CP5). */
    opinion: text.optional(),
    satisfied: z.boolean().optional(),
    /** A drawing, or a photo of the paper in attachmentIds; in person one of them, or why there is none. */
    signature: signatureSchema.optional(),
    unsignedReason: reason.optional(),
  }),
  close: z.strictObject({ ...moveBase }),
  reopen: z.strictObject({ ...moveBase, reason }),
  invalidate: z.strictObject({ ...moveBase, reason, explained: answerHowSchema.optional() }),
  validate: z.strictObject({ ...moveBase, reason, explained: answerHowSchema.optional() }),
  link: z.strictObject({ ...moveBase, sameEventAs: z.uuid() }),
  unlink: z.strictObject({ ...moveBase }),
  merge: z.strictObject({ ...moveBase, intoId: z.uuid() }),
} as const satisfies Record<ComplaintMove, z.ZodType>;
export type ComplaintMoveBody<Name extends ComplaintMove> = z.infer<(typeof complaintMoveBodies)[Name]>;

// ── the answer ──────────────────────────────────────────────────────────────────────────────────────

/**
 * `department` of the case is the one in charge, before it is sent the customer service that keeps it. Of an anonymous one
 * taker and minute are masked by reader (complaint-sight).
 */
export const complaintAnswerSchema = caseAnswerSchema.extend({
  kind: z.literal('complaint'),
  state: complaintStateSchema,
  severity: severitySchema,
  proposedSeverity: severitySchema,
  /** The rule of the proposal that fired, and all that would have. */
  rule: severityRuleSchema,
  firedRules: z.array(severityRuleSchema),
  validity: z.enum(validities),
  liability: z.enum(liabilities),
  facts: statedFactsSchema,
  anonymous: z.boolean(),
  /** Masked: `138****1234` (PR1). */
  contact: z.object({ name: z.string().nullable(), phone: z.string().nullable() }),
  against: z.enum(againsts).nullable(),
  againstStaff: personSchema.nullable(),
  occurredAt: z.string().nullable(),
  account: z.string().nullable(),
  demand: z.string().nullable(),
  replyReason: z.string().nullable(),
  replyAt: z.string().nullable(),
  wishedAt: z.string().nullable(),
  agreedAt: z.string().nullable(),
  /** null: a customer's own; else what was asked about. */
  source: z.enum(complaintSources).nullable(),
  about: z.object({ id: z.uuid(), code: z.string(), kind: caseKindSchema }).nullable(),
  /** Of the same event: how often it was raised while unsolved, by how many people, and the others' numbers. */
  group: z
    .object({
      id: z.uuid(),
      raisings: z.int(),
      people: z.int(),
      /** People of the event who still wait to hear how it ended. */
      callBacksOpen: z.int(),
      others: z.array(
        z.object({ id: z.uuid(), code: z.string(), state: complaintStateSchema, severity: severitySchema }),
      ),
    })
    .nullable(),
  failures: z.int(),
  takenOverAt: z.string().nullable(),
  inCharge: personSchema.nullable(),
  forwardedTo: roleSchema.nullable(),
  /** A lower level that waits for approval, and who may give it: never the one who asks. */
  loweringTo: severitySchema.nullable(),
  lowering: z
    .object({
      to: severitySchema,
      askedAt: z.string(),
      askedBy: personSchema.nullable(),
      reason: z.string().nullable(),
      approver: roleSchema,
      /** Whether the caller may decide it. */
      mayDecide: z.boolean(),
    })
    .nullable(),
  waitUntil: z.string().nullable(),
  resolvedAt: z.string().nullable(),
  result: z.string().nullable(),
  cause: z.enum(complaintCauses).nullable(),
  toldAt: z.string().nullable(),
  /** What the customer was told at the end. */
  answer: z.string().nullable(),
  signed: z.boolean(),
  opinion: z.string().nullable(),
  satisfied: z.boolean().nullable(),
  mergedInto: z.object({ id: z.uuid(), code: z.string() }).nullable(),
  attachmentIds: z.array(z.uuid()),
});
export type ComplaintAnswer = z.infer<typeof complaintAnswerSchema>;
