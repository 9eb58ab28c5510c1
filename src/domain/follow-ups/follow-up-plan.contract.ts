// The plan of follow-ups 回访计划 (FU0): due ones given to named callers, and the supervisor's weekly batch (RP18).
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { instantInputSchema, personSchema, textInput } from '../cases/case.contract.ts';
import { followUpRefusals } from './follow-up.contract.ts';

const communityParams = z.object({ communityId: z.uuid() });

/**
 * Why somebody is proposed: named already; fewest of those of the post; nobody of the post is left who did not do the
 * work, so the next superior; nobody at all.
 */
export const proposalReasons = ['named', 'spread', 'next-superior', 'named-above', 'nobody'] as const;
export type ProposalReason = (typeof proposalReasons)[number];

export const planProposalSchema = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      code: z.string(),
      caseId: z.uuid(),
      caseCode: z.string(),
      unit: z.string().nullable(),
      place: z.string().nullable(),
      dueAt: z.string().nullable(),
      handlers: z.array(personSchema),
      caller: personSchema.nullable(),
      why: z.enum(proposalReasons),
    }),
  ),
  /** Everybody who may be named, with what they have now and what the proposal would make of it. */
  callers: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      role: z.string(),
      away: z.boolean(),
      named: z.int(),
      proposed: z.int(),
    }),
  ),
});
export type PlanProposal = z.infer<typeof planProposalSchema>;

export const planBodySchema = z.strictObject({
  /** All of them or none: each fault names its item. `callerId: null` takes a name back. */
  items: z
    .array(z.strictObject({ id: z.uuid(), callerId: z.uuid().nullable() }))
    .min(1)
    .max(500),
});
export type PlanBody = z.infer<typeof planBodySchema>;

export const reviewBatchBodySchema = z.strictObject({
  ids: z.array(z.uuid()).min(1).max(500),
  comment: textInput(2000),
});
export type ReviewBatchBody = z.infer<typeof reviewBatchBodySchema>;

export const reviewBatchSchema = z.object({
  reviewed: z.array(z.object({ id: z.uuid(), code: z.string() })),
  /** Those that this reviewer may not, or that are no longer recorded: the others are reviewed all the same. */
  refused: z.array(z.object({ id: z.uuid(), code: z.string().nullable(), reason: z.string() })),
});
export type ReviewBatch = z.infer<typeof reviewBatchSchema>;

export const followUpPlanRoutes = {
  proposeFollowUpPlan: route({
    method: 'GET',
    path: '/communities/{communityId}/follow-ups/plan-proposal',
    summary: { zh: '回访计划建议：平均分派', en: 'A proposal that spreads what is due evenly' },
    permission: 'follow-up.plan',
    params: communityParams,
    query: z.strictObject({
      dueBefore: instantInputSchema.optional(),
      /** Also those that have a name already are spread anew. */
      anew: z
        .enum(['true', 'false'])
        .transform((word) => word === 'true')
        .optional(),
      limit: z.coerce.number().int().min(1).max(500).default(200),
    }),
    response: planProposalSchema,
  }),
  planFollowUps: route({
    method: 'POST',
    path: '/communities/{communityId}/follow-ups/plan',
    summary: { zh: '安排回访人', en: 'Name the callers of many follow-ups' },
    permission: 'follow-up.plan',
    params: communityParams,
    body: planBodySchema,
    response: z.object({ planned: z.int() }),
    errors: ['follow-up.move_not_allowed'],
  }),
  reviewFollowUps: route({
    method: 'POST',
    path: '/communities/{communityId}/follow-ups/review-batch',
    summary: { zh: '每周批量审阅', en: 'Review many records at once, where the standard has a weekly batch' },
    permission: 'follow-up.review',
    params: communityParams,
    body: reviewBatchBodySchema,
    response: reviewBatchSchema,
    errors: followUpRefusals,
  }),
} as const;
