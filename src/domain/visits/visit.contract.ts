// Household visit 上门拜访 on the wire: the appointment, the record, the review, and the overview of a month by person
// (FU7).
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { parseInstant } from '../../kernel/time.ts';
import { roleSchema } from '../access/role.contract.ts';
import { improvementBodySchema, improvementSchema } from '../improvements/improvement.contract.ts';

const text = (max: number) => z.string().trim().min(1).max(max);
const instant = z
  .string()
  .refine((value) => parseInstant(value) !== null, { params: { code: 'not_an_instant' } })
  .transform((value) => parseInstant(value) as string);
const month = z.string().refine((value) => /^\d{4}-(0[1-9]|1[0-2])$/.test(value), { params: { code: 'not_a_month' } });

export const visitStates = ['appointed', 'recorded', 'reviewed', 'missed', 'cancelled'] as const;
export type VisitState = (typeof visitStates)[number];
export const visitMoves = ['reschedule', 'record', 'miss', 'cancel', 'review', 'return'] as const;
export type VisitMove = (typeof visitMoves)[number];
export const metWith = ['owner', 'family', 'lessee', 'other'] as const;
export type MetWith = (typeof metWith)[number];

const person = z.object({ id: z.uuid(), name: z.string() });

export const visitSchema = z.object({
  id: z.uuid(),
  communityId: z.uuid(),
  unit: z.object({ id: z.uuid(), label: z.string(), building: z.string() }),
  visitor: person,
  /** The appointment. */
  at: z.string(),
  purpose: z.string().nullable(),
  /** Arranged as an interview 访谈 (luxury). */
  isInterview: z.boolean(),
  state: z.enum(visitStates),
  /** The hour of the appointment is over and nothing was recorded. */
  isLate: z.boolean(),
  madeBy: person,
  madeAt: z.string(),
  result: z
    .object({
      heldAt: z.string(),
      met: z.enum(metWith),
      said: z.string(),
      opinions: z.string().nullable(),
      recordedAt: z.string(),
    })
    .nullable(),
  /** Why it was missed or cancelled. */
  reason: z.string().nullable(),
  review: z.object({ by: person, at: z.string(), comment: z.string().nullable() }).nullable(),
  /** What the reviewer sent it back for. */
  remark: z.string().nullable(),
  improvements: z.array(improvementSchema),
  moves: z.array(z.object({ name: z.enum(visitMoves), allowed: z.boolean(), reason: z.string().optional() })),
  version: z.int(),
});
export type Visit = z.infer<typeof visitSchema>;

export const visitBodySchema = z.strictObject({
  unitId: z.uuid(),
  at: instant,
  /** Left out: the one who enters it. */
  visitorId: z.uuid().optional(),
  purpose: text(500).nullish(),
  isInterview: z.boolean().default(false),
});
export type VisitBody = z.output<typeof visitBodySchema>;

export const recordBodySchema = z.strictObject({
  version: z.int().positive().optional(),
  heldAt: instant,
  met: z.enum(metWith),
  said: text(4000),
  opinions: text(4000).nullish(),
  improvements: z.array(improvementBodySchema).max(10).default([]),
});
export type RecordBody = z.output<typeof recordBodySchema>;

export const visitRefusals = ['visit.move_not_allowed', 'visit.not_yours', 'visit.already_appointed'] as const;

/** What somebody owes in a month, and how far they are. */
export const visitDutySchema = z.object({
  person: person.extend({ roles: z.array(roleSchema) }),
  /** Different households with a recorded visit. */
  households: z.int(),
  visits: z.int(),
  /** Households appointed for the rest of the month that have no visit yet. */
  ahead: z.int(),
  missing: z.int(),
});
export type VisitDuty = z.infer<typeof visitDutySchema>;

const communityParams = z.object({ communityId: z.uuid() });
const oneParams = communityParams.extend({ id: z.uuid() });
const visits = '/communities/{communityId}/visits';
const version = z.int().positive().optional();

const moved = {
  permission: 'visit.move',
  params: oneParams,
  response: visitSchema,
  status: 200,
  errors: ['not_found', 'stale_version', ...visitRefusals],
  staleShows: 'readVisit',
} as const;

export const visitRoutes = {
  listVisits: route({
    method: 'GET',
    path: visits,
    summary: { zh: '上门拜访，按约定时间排列', en: 'Household visits by their appointment' },
    permission: 'visit.read',
    params: communityParams,
    query: z.strictObject({
      /** Of the appointment. */
      month: month.optional(),
      state: z.enum(visitStates).optional(),
      /** `me`, or an account. */
      visitor: z.union([z.literal('me'), z.uuid()]).optional(),
      unitId: z.uuid().optional(),
      building: text(40).optional(),
      late: z.enum(['true', 'false']).optional(),
      sort: z.enum(['at', '-at']).default('-at'),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: z.string().max(500).optional(),
    }),
    response: z.object({ items: z.array(visitSchema), nextCursor: z.string().nullable() }),
  }),
  readVisit: route({
    method: 'GET',
    path: `${visits}/{id}`,
    summary: { zh: '一次上门拜访', en: 'One household visit' },
    permission: 'visit.read',
    params: oneParams,
    response: visitSchema,
    errors: ['not_found'],
  }),
  readVisitMonth: route({
    method: 'GET',
    path: '/communities/{communityId}/visit-months/{month}',
    summary: { zh: '一个月里每人应拜访、已拜访、还差几户', en: 'A month: what each person owes, did and lacks' },
    permission: 'visit.read',
    params: communityParams.extend({ month }),
    response: z.object({
      month: z.string(),
      perPerson: z.int(),
      interviews: z.boolean(),
      items: z.array(visitDutySchema),
    }),
  }),
  createVisit: route({
    method: 'POST',
    path: visits,
    summary: { zh: '约定一次上门拜访', en: 'Make an appointment for a visit' },
    permission: 'visit.move',
    params: communityParams,
    body: visitBodySchema,
    response: visitSchema,
    status: 201,
    needsKey: true,
    errors: ['visit.already_appointed', 'visit.not_yours'],
  }),
  rescheduleVisit: route({
    ...moved,
    method: 'POST',
    path: `${visits}/{id}/reschedule`,
    summary: { zh: '改约', en: 'Another time' },
    body: z.strictObject({ version, at: instant }),
  }),
  recordVisit: route({
    ...moved,
    method: 'POST',
    path: `${visits}/{id}/record`,
    summary: { zh: '填写拜访记录，连同改进措施', en: 'Write the record, with improvements' },
    body: recordBodySchema,
  }),
  missVisit: route({
    ...moved,
    method: 'POST',
    path: `${visits}/{id}/miss`,
    summary: { zh: '没有见到住户', en: 'Nobody was met' },
    body: z.strictObject({ version, reason: text(500) }),
  }),
  cancelVisit: route({
    ...moved,
    method: 'POST',
    path: `${visits}/{id}/cancel`,
    summary: { zh: '取消约定', en: 'Cancel the appointment' },
    body: z.strictObject({ version, reason: text(500) }),
  }),
  reviewVisit: route({
    ...moved,
    method: 'POST',
    path: `${visits}/{id}/review`,
    summary: { zh: '审阅拜访记录', en: 'Review the record' },
    body: z.strictObject({ version, comment: text(1000).nullish() }),
  }),
  returnVisit: route({
    ...moved,
    method: 'POST',
    path: `${visits}/{id}/return`,
    summary: { zh: '退回补充', en: 'Send the record back' },
    body: z.strictObject({ version, remark: text(1000) }),
  }),
} as const;
