// Approval 审批 on the wire: what waits for whose yes, what was said step by step, and the moves of whoever asks.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { isDay } from '../../kernel/time.ts';
import { roleSchema } from '../access/role.contract.ts';
import { clockStateSchema, whyPartSchema } from '../clocks/clock.contract.ts';
import { approvalKindSchema } from '../standards/standard.contract.ts';

export const approvalStates = ['pending', 'approved', 'rejected', 'returned', 'withdrawn', 'lapsed'] as const;
export const approvalStateSchema = z.enum(approvalStates);
export type ApprovalState = (typeof approvalStates)[number];

export const approvalMoves = ['approve', 'reject', 'return', 'withdraw', 'lapse'] as const;
export type ApprovalMove = (typeof approvalMoves)[number];
/** Those that people make; a lapse is the program's. */
export type PersonalMove = Exclude<ApprovalMove, 'lapse'>;

export const approvalActions = ['ask', 'open-step', ...approvalMoves, 'escalated', 'recalculated'] as const;
export type ApprovalAction = (typeof approvalActions)[number];

export const approvalRefusals = [
  'approval.move_not_allowed',
  'approval.not_your_step',
  'approval.own_request',
  'approval.same_person',
  'approval.lapsed',
  'approval.nobody_to_decide',
  'approval.already_pending',
] as const;

const personSchema = z.object({ id: z.uuid(), name: z.string() });
const day = z.string().refine(isDay, { params: { code: 'not_a_day' } });

export const deciderSchema = personSchema.extend({
  /** In their own post, for somebody absent, or because nobody of the post is there. */
  via: z.enum(['self', 'stand-in', 'next-up']),
  forId: z.uuid().nullable(),
});

export const approvalClockSchema = z.object({
  kind: z.literal('approve'),
  step: z.int(),
  state: clockStateSchema,
  startedAt: z.string(),
  dueAt: z.string().nullable(),
  overdueFrom: z.string().nullable(),
  stoppedAt: z.string().nullable(),
  spentMinutes: z.int(),
  overMinutes: z.int(),
  policyVersion: z.string(),
  why: z.array(whyPartSchema),
});

export const approvalSchema = z.object({
  id: z.uuid(),
  communityId: z.uuid(),
  code: z.string(),
  kind: approvalKindSchema,
  subjectId: z.uuid(),
  caseId: z.uuid().nullable(),
  state: approvalStateSchema,
  /** What is asked for, in words, and where it can be read in full. */
  title: z.string(),
  lines: z.array(z.string()),
  page: z.string().nullable(),
  /** An approval of this kind may name the day from which it counts. */
  takesDay: z.boolean(),
  reason: z.string().nullable(),
  /** Null: kept from this reader, since it would tell who took an anonymous case. */
  askedBy: personSchema.nullable(),
  askedAt: z.string(),
  expiresAt: z.string(),
  decidedAt: z.string().nullable(),
  /** The chain: whose yes each step needs, and how far it is. */
  steps: z.array(z.object({ step: z.int(), role: roleSchema, state: z.enum(['done', 'open', 'ahead']) })),
  step: z.int(),
  /** The post that has the duty now; not the step's own where nobody else holds that. */
  dutyRole: roleSchema,
  deciders: z.array(deciderSchema),
  dueAt: z.string().nullable(),
  overdueFrom: z.string().nullable(),
  stepOpenedAt: z.string(),
  isMine: z.object({ toDecide: z.boolean(), asked: z.boolean(), decided: z.boolean() }),
  clocks: z.array(approvalClockSchema),
  timeline: z.array(
    z.object({
      id: z.uuid(),
      at: z.string(),
      action: z.enum(approvalActions),
      step: z.int(),
      role: roleSchema.nullable(),
      by: personSchema.nullable(),
      for: personSchema.nullable(),
      told: z.array(z.string()),
      remark: z.string().nullable(),
      toStep: z.int().nullable(),
    }),
  ),
  moves: z.array(
    z.object({
      name: z.enum(['approve', 'reject', 'return', 'withdraw']),
      allowed: z.boolean(),
      reason: z.string().optional(),
    }),
  ),
  version: z.int(),
});
export type Approval = z.infer<typeof approvalSchema>;

const switchSchema = z.enum(['true', 'false']).transform((word) => word === 'true');
export const approvalQuerySchema = z.strictObject({
  state: approvalStateSchema.optional(),
  kind: approvalKindSchema.optional(),
  /** Whose: mine to decide, asked by me, decided by me; left out: all that I may see. */
  mine: z.enum(['to-decide', 'asked', 'decided']).optional(),
  caseId: z.uuid().optional(),
  subjectId: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
  count: switchSchema.optional(),
});
export type ApprovalQuery = z.output<typeof approvalQuerySchema>;

const listSchema = z.object({
  items: z.array(approvalSchema),
  nextCursor: z.string().nullable(),
  total: z.int().optional(),
});
export type ApprovalList = z.infer<typeof listSchema>;

const communityParams = z.object({ communityId: z.uuid() });
const approvalParams = communityParams.extend({ id: z.uuid() });
const versionField = { version: z.int().positive().optional() };
const remark = z.string().trim().max(1000);
const mustRemark = z.string().trim().min(1).max(1000);

const moveRoute = <const Name extends PersonalMove, Body extends z.ZodType>(
  name: Name,
  zh: string,
  en: string,
  body: Body,
) =>
  route({
    method: 'POST',
    path: `/communities/{communityId}/approvals/{id}/${name}`,
    summary: { zh, en },
    permission: 'approval.decide',
    params: approvalParams,
    body,
    response: approvalSchema,
    errors: [
      'stale_version',
      'approval.move_not_allowed',
      'approval.not_your_step',
      'approval.own_request',
      'approval.same_person',
      'approval.lapsed',
    ],
    staleShows: 'getApproval',
  });

export const approvalRoutes = {
  listApprovals: route({
    method: 'GET',
    path: '/communities/{communityId}/approvals',
    summary: { zh: '审批：待我审批、我提交的、已办的', en: 'Approvals: mine to decide, asked by me, decided' },
    permission: 'approval.read',
    params: communityParams,
    query: approvalQuerySchema,
    response: listSchema,
  }),
  listApprovalsEverywhere: route({
    method: 'GET',
    path: '/approvals',
    summary: { zh: '我能看到的所有小区的审批', en: 'Approvals over the communities I may see' },
    permission: null,
    query: approvalQuerySchema,
    response: listSchema,
  }),
  getApproval: route({
    method: 'GET',
    path: '/communities/{communityId}/approvals/{id}',
    summary: { zh: '一项审批：内容、经过、时限、可用操作', en: 'One approval with time line, clock and moves' },
    permission: 'approval.read',
    params: approvalParams,
    response: approvalSchema,
  }),
  approveApproval: moveRoute(
    'approve',
    '同意',
    'Approve the open step',
    z.strictObject({ ...versionField, remark: remark.optional(), inForceOn: day.optional() }),
  ),
  rejectApproval: moveRoute('reject', '不同意', 'Reject', z.strictObject({ ...versionField, remark: mustRemark })),
  returnApproval: moveRoute(
    'return',
    '退回：给提交人，或退到前面一步',
    'Return to the asker (step 0) or to an earlier step',
    z.strictObject({ ...versionField, remark: mustRemark, toStep: z.int().min(0).default(0) }),
  ),
  withdrawApproval: moveRoute(
    'withdraw',
    '撤回（提交人）',
    'Withdraw by the asker',
    z.strictObject({ ...versionField, remark: remark.optional() }),
  ),
} as const;
