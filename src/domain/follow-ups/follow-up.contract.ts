// Follow-up 回访: asking the customer afterwards how it was (FU0–FU6). States, moves and answers on the wire; planning and
// the month's analysis stand in contracts of their own.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import {
  attachmentIdsSchema,
  caseKindSchema,
  instantInputSchema,
  moveAnswerSchema,
  personSchema,
  textInput,
} from '../cases/case.contract.ts';
import { signatureSchema } from '../repairs/repair.contract.ts';
import { followUpSubjects } from '../standards/standard.contract.ts';

export const followUpStates = ['due', 'visit-due', 'recorded', 'reviewed', 'not-owed', 'void'] as const;
export const followUpStateSchema = z.enum(followUpStates);
export type FollowUpState = (typeof followUpStates)[number];
/** Somebody still has to ask the customer. */
export const openFollowUpStates = ['due', 'visit-due'] as const satisfies readonly FollowUpState[];

export const followUpMoves = [
  'make',
  'make-unfinished',
  'attempt',
  'to-door',
  'record',
  'review',
  'return',
  'void',
] as const;
export type FollowUpMove = (typeof followUpMoves)[number];
/** Those that a person makes; the program makes the others. */
export const personalMoves = ['attempt', 'record', 'review', 'return'] as const satisfies readonly FollowUpMove[];
export type PersonalMove = (typeof personalMoves)[number];

/** finished: the work is done; unfinished: it is not, three days after the report (FU3), counted in no rate. */
export const followUpKinds = ['finished', 'unfinished'] as const;
export type FollowUpKind = (typeof followUpKinds)[number];

export const attemptOutcomes = ['no-answer', 'busy', 'wrong-number', 'later'] as const;
export type AttemptOutcome = (typeof attemptOutcomes)[number];
export const verdicts = ['acceptable', 'not-acceptable', 'not-reached'] as const;
export type Verdict = (typeof verdicts)[number];
/** How the customer was asked (FU2). */
export const followUpChannels = ['in-person', 'phone', 'message'] as const;
export type FollowUpChannel = (typeof followUpChannels)[number];

/** Refusals of this noun: those that say "not you" are 403, the others 409. */
export const followUpRefusals = [
  'follow-up.move_not_allowed',
  'follow-up.own_work',
  'follow-up.own_call',
  'follow-up.higher_review_needed',
  'follow-up.not_enough_tries',
  'follow-up.signature_missing',
  'follow-up.reason_missing',
  'follow-up.review_one_by_one',
  'follow-up.acted_on',
] as const;
export type FollowUpRefusal = (typeof followUpRefusals)[number];

// ── bodies ──────────────────────────────────────────────────────────────────────────────────────────

/** Five steps (ours): 1 very poor … 5 very good. */
export const stepSchema = z.int().min(1).max(5);

export const attemptBodySchema = z.strictObject({
  outcome: z.enum(attemptOutcomes),
  /** Somebody stood at the door, instead of a call. */
  atDoor: z.boolean().default(false),
  nextAt: instantInputSchema.optional(),
  note: textInput(2000).optional(),
  attachmentIds: attachmentIdsSchema.optional(),
  /** Device time of what was done without a signal (FU6). */
  happenedAt: instantInputSchema.optional(),
});
export type AttemptBody = z.infer<typeof attemptBodySchema>;

export const recordBodySchema = z.strictObject({
  version: z.int().positive().optional(),
  verdict: z.enum(verdicts),
  /** The five questions (FU2). The first three are asked unless the customer was not reached. */
  quality: stepSchema.optional(),
  effect: stepSchema.optional(),
  satisfaction: stepSchema.optional(),
  /** Needed where it is not acceptable: it is what the complaint says. */
  lacking: textInput(5000).optional(),
  suggestions: textInput(5000).optional(),
  /** Left out: in person where it is signed, else as the standard has it. */
  channel: z.enum(followUpChannels).optional(),
  /** Why not in person and signed, where the standard has it so. */
  reason: textInput(2000).optional(),
  /** PNG drawn on the device; a photo of the signed slip in attachmentIds will do. */
  signature: signatureSchema.optional(),
  attachmentIds: attachmentIdsSchema.optional(),
  happenedAt: instantInputSchema.optional(),
});
export type RecordBody = z.infer<typeof recordBodySchema>;

const dayInput = z.string().regex(/^\d{4}-\d\d-\d\d$/);
/** FU0: what was found ends in a proposal with an owner and a date. */
export const improvementInputSchema = z.strictObject({ text: textInput(2000), ownerId: z.uuid(), on: dayInput });
export const reviewBodySchema = z.strictObject({
  version: z.int().positive().optional(),
  comment: textInput(2000),
  improvement: improvementInputSchema.optional(),
});
export type ReviewBody = z.infer<typeof reviewBodySchema>;
export const returnBodySchema = z.strictObject({ version: z.int().positive().optional(), remark: textInput(2000) });
export type ReturnBody = z.infer<typeof returnBodySchema>;

// ── answers ─────────────────────────────────────────────────────────────────────────────────────────

export const attemptSchema = z.object({
  id: z.uuid(),
  at: z.string(),
  recordedAt: z.string(),
  by: personSchema,
  outcome: z.enum(attemptOutcomes),
  atDoor: z.boolean(),
  nextAt: z.string().nullable(),
  note: z.string().nullable(),
});
export type Attempt = z.infer<typeof attemptSchema>;

const triesSchema = z.object({ tries: z.int(), days: z.int(), atDoor: z.int() });

export const followUpSchema = z.object({
  id: z.uuid(),
  communityId: z.uuid(),
  /** `HF-2026-000123`. */
  code: z.string(),
  caseId: z.uuid(),
  caseCode: z.string(),
  caseKind: caseKindSchema,
  what: z.enum(followUpSubjects),
  kind: z.enum(followUpKinds),
  state: followUpStateSchema,
  version: z.int(),
  /** The month in which it was finished: its rate counts here. */
  month: z.string(),
  unitId: z.uuid().nullable(),
  unit: z.string().nullable(),
  place: z.string().nullable(),
  /** Of the case: what was asked for, phone numbers in it masked. */
  summary: z.string(),
  category: z.string().nullable(),
  contact: z.object({ name: z.string().nullable(), phone: z.string().nullable() }),
  /** Who had a hand in the work: they may not follow it up. */
  handlers: z.array(personSchema),
  /** Named by the plan (FU0). */
  caller: personSchema.nullable(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  dueAt: z.string().nullable(),
  wishedAt: z.string().nullable(),
  /** Due of the visit at the door (FU3). */
  visitDueAt: z.string().nullable(),
  reviewDueAt: z.string().nullable(),
  /** Its open clock is past due. */
  overdue: z.boolean(),
  attempts: z.array(attemptSchema),
  nextTryAt: z.string().nullable(),
  result: z
    .object({
      verdict: z.enum(verdicts),
      quality: z.int().nullable(),
      effect: z.int().nullable(),
      satisfaction: z.int().nullable(),
      lacking: z.string().nullable(),
      suggestions: z.string().nullable(),
      channel: z.enum(followUpChannels).nullable(),
      reason: z.string().nullable(),
      signed: z.boolean(),
      at: z.string(),
      recordedAt: z.string(),
      by: personSchema,
      attachmentIds: z.array(z.uuid()),
    })
    .nullable(),
  review: z
    .object({
      at: z.string(),
      by: personSchema,
      comment: z.string(),
      improvement: z.object({ text: z.string(), owner: personSchema, on: z.string() }).nullable(),
    })
    .nullable(),
  /** The reviewer's remark where it was sent back. */
  returned: z.object({ at: z.string(), by: personSchema, remark: z.string() }).nullable(),
  /** Opened because it was not acceptable (FU4). */
  complaint: z.object({ id: z.uuid(), code: z.string() }).nullable(),
  /** What the standard asks of a record, and what of the tries is there. */
  asks: z.object({
    channel: z.enum(['in-person', 'phone']),
    signature: z.boolean(),
    notReached: triesSchema,
    made: triesSchema,
    reviewedBy: z.enum(['per-record', 'weekly-batch']),
  }),
  /** How it was drawn: `place` and `seed` are kept and shown once the month is closed. null: every one is owed. */
  sample: z
    .object({
      group: z.int(),
      position: z.int(),
      owed: z.int(),
      of: z.int(),
      share: z.number().nullable(),
      place: z.int().nullable(),
      seed: z.string().nullable(),
    })
    .nullable(),
  /** The last day of its keeping (FU5). */
  keptUntil: z.string(),
  /** The caller's moves, refused ones with the code that pressing would answer. */
  moves: z.array(moveAnswerSchema),
});
export type FollowUp = z.infer<typeof followUpSchema>;

const wordsSchema = z
  .string()
  .max(200)
  .transform((text) => text.split(',').filter((word) => word !== ''));
const switchSchema = z.enum(['true', 'false']).transform((word) => word === 'true');
export const monthInputSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

/** due: what is due first; route: building by building for the way on foot (FU6); newest. */
export const followUpSorts = ['due', 'route', 'newest'] as const;

export const followUpQuerySchema = z.strictObject({
  dueBefore: instantInputSchema.optional(),
  /** One or more states, with commas; `open` stands for due and visit-due. Left out: all but not-owed and void. */
  state: wordsSchema.pipe(z.array(z.enum([...followUpStates, 'open']))).optional(),
  /** An account id, `me`, or `none`. */
  caller: z.union([z.uuid(), z.enum(['me', 'none'])]).optional(),
  /** Of those left, the ones whose record waits for me. */
  toReview: switchSchema.optional(),
  caseId: z.uuid().optional(),
  kind: z.enum(followUpKinds).optional(),
  verdict: z.enum(verdicts).optional(),
  month: monthInputSchema.optional(),
  sort: z.enum(followUpSorts).default('due'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
  count: switchSchema.optional(),
});
export type FollowUpQuery = z.infer<typeof followUpQuerySchema>;

export const followUpListSchema = z.object({
  items: z.array(followUpSchema),
  nextCursor: z.string().nullable(),
  total: z.int().optional(),
});
export type FollowUpList = z.infer<typeof followUpListSchema>;

// ── routes ──────────────────────────────────────────────────────────────────────────────────────────

const communityParams = z.object({ communityId: z.uuid() });
const followUpParams = communityParams.extend({ id: z.uuid() });

export const followUpRoutes = {
  listFollowUps: route({
    method: 'GET',
    path: '/communities/{communityId}/follow-ups',
    summary: { zh: '回访：按到期', en: 'Follow-ups by what is due first' },
    permission: 'follow-up.read',
    params: communityParams,
    query: followUpQuerySchema,
    response: followUpListSchema,
  }),
  listFollowUpsEverywhere: route({
    method: 'GET',
    path: '/follow-ups',
    summary: { zh: '我可见的全部小区的回访', en: 'Follow-ups over the communities I may see' },
    permission: null,
    query: followUpQuerySchema,
    response: followUpListSchema,
  }),
  getFollowUp: route({
    method: 'GET',
    path: '/communities/{communityId}/follow-ups/{id}',
    summary: { zh: '一次回访', en: 'A follow-up with its attempts, record and moves' },
    permission: 'follow-up.read',
    params: followUpParams,
    response: followUpSchema,
  }),
  attemptFollowUp: route({
    method: 'POST',
    path: '/communities/{communityId}/follow-ups/{id}/attempt',
    summary: { zh: '回访未成，记一次', en: 'Note a try that did not reach the customer' },
    permission: 'follow-up.call',
    params: followUpParams,
    body: attemptBodySchema,
    response: followUpSchema,
    errors: ['follow-up.move_not_allowed', 'follow-up.own_work'],
  }),
  recordFollowUp: route({
    method: 'POST',
    path: '/communities/{communityId}/follow-ups/{id}/record',
    summary: { zh: '记录回访结果', en: 'Record what the customer said' },
    permission: 'follow-up.call',
    params: followUpParams,
    body: recordBodySchema,
    response: followUpSchema,
    errors: [
      'follow-up.move_not_allowed',
      'follow-up.own_work',
      'follow-up.not_enough_tries',
      'follow-up.signature_missing',
      'follow-up.reason_missing',
    ],
  }),
  reviewFollowUp: route({
    method: 'POST',
    path: '/communities/{communityId}/follow-ups/{id}/review',
    summary: { zh: '审阅回访记录', en: 'Review a record and comment on it' },
    permission: 'follow-up.review',
    params: followUpParams,
    body: reviewBodySchema,
    response: followUpSchema,
    errors: ['follow-up.move_not_allowed', 'follow-up.own_call', 'follow-up.higher_review_needed'],
  }),
  returnFollowUp: route({
    method: 'POST',
    path: '/communities/{communityId}/follow-ups/{id}/return',
    summary: { zh: '退回重访', en: 'Send a record back to be asked again' },
    permission: 'follow-up.review',
    params: followUpParams,
    body: returnBodySchema,
    response: followUpSchema,
    errors: [
      'follow-up.move_not_allowed',
      'follow-up.own_call',
      'follow-up.higher_review_needed',
      'follow-up.acted_on',
    ],
  }),
} as const;
