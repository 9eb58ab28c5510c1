// Complaint 投诉: its routes — recording, reading, one path for each move, what looks like the same event, whom of a group
// to call back, and the answer to who asked for a lower level. Shapes and bodies stand in complaint-shapes.
import { z } from 'zod';
import { type RouteContract, route } from '../../kernel/route.ts';
import {
  attachmentIdsSchema,
  boardRowSchema,
  instantInputSchema,
  personSchema,
  textInput,
} from '../cases/case.contract.ts';
import { severitySchema } from '../standards/standard.contract.ts';
import {
  againsts,
  answerHowSchema,
  type ComplaintMove,
  type ComplaintRefusal,
  complaintAnswerSchema,
  complaintMoveBodies,
  complaintStateSchema,
  createComplaintBodySchema,
  severityRuleSchema,
  validities,
} from './complaint-shapes.contract.ts';

// ── the list ────────────────────────────────────────────────────────────────────────────────────────

const switchSchema = z.enum(['true', 'false']).transform((word) => word === 'true');

/** What a row of the board knows, and what only complaints have. Of an anonymous one the time is masked by reader. */
export const complaintRowSchema = boardRowSchema.extend({
  state: complaintStateSchema,
  severity: severitySchema,
  proposedSeverity: severitySchema,
  rule: severityRuleSchema,
  validity: z.enum(validities),
  anonymous: z.boolean(),
  against: z.enum(againsts).nullable(),
  department: z.string(),
  groupId: z.uuid().nullable(),
  raisings: z.int(),
  people: z.int(),
  failures: z.int(),
  takenOverAt: z.string().nullable(),
});
export type ComplaintRow = z.infer<typeof complaintRowSchema>;

export const complaintListQuerySchema = z.strictObject({
  /** `open` stands for all that are not closed. */
  state: z.union([complaintStateSchema, z.literal('open')]).optional(),
  severity: severitySchema.optional(),
  validity: z.enum(validities).optional(),
  against: z.enum(againsts).optional(),
  anonymous: switchSchema.optional(),
  /** Wait for somebody to take them over. */
  notTakenOver: switchSchema.optional(),
  groupId: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
export type ComplaintListQuery = z.infer<typeof complaintListQuerySchema>;

// ── the same event ──────────────────────────────────────────────────────────────────────────────────

/** Why another complaint looks like the same event. */
export const siblingReasons = ['building', 'place', 'against', 'words'] as const;
export const siblingSchema = z.object({
  id: z.uuid(),
  code: z.string(),
  state: complaintStateSchema,
  severity: severitySchema,
  unit: z.string().nullable(),
  place: z.string().nullable(),
  /** The first words of the account, telephone numbers masked. */
  summary: z.string(),
  receivedAt: z.string(),
  groupId: z.uuid().nullable(),
  raisings: z.int(),
  people: z.int(),
  points: z.int(),
  because: z.array(z.enum(siblingReasons)),
});
export type Sibling = z.infer<typeof siblingSchema>;
export const siblingListSchema = z.object({ items: z.array(siblingSchema) });

/** Asked while the form is typed; in a body because an account does not belong into an address. */
export const siblingQueryBodySchema = z.strictObject({
  unitId: z.uuid().optional(),
  place: textInput(200).optional(),
  against: z.enum(againsts).optional(),
  text: textInput(10_000).optional(),
  at: instantInputSchema.optional(),
});
export type SiblingQueryBody = z.infer<typeof siblingQueryBodySchema>;

/** Somebody of the group who waits to hear how it ended. */
export const callBackSchema = z.object({
  id: z.uuid(),
  /** The complaint in which they said so. */
  complaint: z.object({ id: z.uuid(), code: z.string(), state: complaintStateSchema }),
  unitId: z.uuid().nullable(),
  unit: z.string().nullable(),
  contact: z.object({ name: z.string().nullable(), phone: z.string().nullable() }),
  /** Since when: the first of the event was resolved. */
  since: z.string(),
  calledAt: z.string().nullable(),
  calledBy: personSchema.nullable(),
  how: answerHowSchema.nullable(),
});
export type CallBack = z.infer<typeof callBackSchema>;
export const callBackListSchema = z.object({ items: z.array(callBackSchema), open: z.int() });
export type CallBackList = z.infer<typeof callBackListSchema>;

export const calledBodySchema = z.strictObject({
  how: answerHowSchema,
  /** What was said. */
  answer: textInput(2000),
  attachmentIds: attachmentIdsSchema.optional(),
});
export type CalledBody = z.infer<typeof calledBodySchema>;

// ── a lower level ───────────────────────────────────────────────────────────────────────────────────

export const loweringBodySchema = z.strictObject({
  version: z.int().positive().optional(),
  remark: textInput(2000).optional(),
});
export type LoweringBody = z.infer<typeof loweringBodySchema>;
export const loweringRefusalBodySchema = z.strictObject({
  version: z.int().positive().optional(),
  remark: textInput(2000),
});
export type LoweringRefusalBody = z.infer<typeof loweringRefusalBodySchema>;

/** Refusals of what is no move. */
export const complaintDeskRefusals = [
  'complaint.no_lowering_asked',
  'complaint.own_request',
  'complaint.already_called',
] as const;
export type ComplaintDeskRefusal = (typeof complaintDeskRefusals)[number];

// ── routes ──────────────────────────────────────────────────────────────────────────────────────────

/** Whose a lowering is, and how long, the approval says. */
const loweringDecisionErrors = [
  'complaint.no_lowering_asked',
  'complaint.own_request',
  'approval.not_your_step',
  'approval.own_request',
  'approval.lapsed',
  'stale_version',
] as const;

const communityParams = z.object({ communityId: z.uuid() });
const complaintParams = communityParams.extend({ id: z.uuid() });

export const complaintRoutes = {
  createComplaint: route({
    method: 'POST',
    path: '/communities/{communityId}/complaints',
    summary: { zh: '登记投诉', en: 'Record a complaint' },
    permission: 'complaint.record',
    params: communityParams,
    body: createComplaintBodySchema,
    response: complaintAnswerSchema,
    status: 201,
    needsKey: true,
  }),
  listComplaints: route({
    method: 'GET',
    path: '/communities/{communityId}/complaints',
    summary: { zh: '投诉列表，新的在前', en: 'Complaints, newest first' },
    permission: 'case.read',
    params: communityParams,
    query: complaintListQuerySchema,
    response: z.object({ items: z.array(complaintRowSchema), nextCursor: z.string().nullable() }),
  }),
  getComplaint: route({
    method: 'GET',
    path: '/communities/{communityId}/complaints/{id}',
    summary: { zh: '一件投诉：时限、经过与可用操作', en: 'A complaint with its clocks, time line and moves' },
    permission: 'case.read',
    params: complaintParams,
    response: complaintAnswerSchema,
  }),
  findSiblings: route({
    method: 'POST',
    path: '/communities/{communityId}/complaints/siblings',
    summary: { zh: '登记时查找疑似同一事件的投诉', en: 'Complaints that look like the event being typed in' },
    permission: 'complaint.record',
    params: communityParams,
    body: siblingQueryBodySchema,
    response: siblingListSchema,
    ignoresKey: true,
  }),
  listSiblings: route({
    method: 'GET',
    path: '/communities/{communityId}/complaints/{id}/siblings',
    summary: { zh: '疑似同一事件的投诉', en: 'Complaints that look like the same event' },
    permission: 'case.read',
    params: complaintParams,
    response: siblingListSchema,
  }),
  listCallBacks: route({
    method: 'GET',
    path: '/communities/{communityId}/complaints/{id}/call-backs',
    summary: { zh: '同一事件中还要回复的客户', en: 'Whom of the group to call back' },
    permission: 'case.read',
    params: complaintParams,
    response: callBackListSchema,
  }),
  markCalled: route({
    method: 'POST',
    path: '/communities/{communityId}/complaints/{id}/call-backs/{callBackId}/called',
    summary: { zh: '记下已回复这位客户', en: 'Note that this customer was told' },
    permission: 'complaint.move',
    params: complaintParams.extend({ callBackId: z.uuid() }),
    body: calledBodySchema,
    response: callBackListSchema,
    errors: ['complaint.already_called'],
  }),
  approveLowering: route({
    method: 'POST',
    path: '/communities/{communityId}/complaints/{id}/lowering/approve',
    summary: { zh: '批准降级', en: 'Approve the lower level' },
    permission: 'complaint.judge',
    params: complaintParams,
    body: loweringBodySchema,
    response: complaintAnswerSchema,
    errors: loweringDecisionErrors,
    staleShows: 'getComplaint',
  }),
  rejectLowering: route({
    method: 'POST',
    path: '/communities/{communityId}/complaints/{id}/lowering/reject',
    summary: { zh: '不批准降级', en: 'Reject the lower level' },
    permission: 'complaint.judge',
    params: complaintParams,
    body: loweringRefusalBodySchema,
    response: complaintAnswerSchema,
    errors: loweringDecisionErrors,
    staleShows: 'getComplaint',
  }),
} as const;

const moveRoute = <const Name extends ComplaintMove>(
  name: Name,
  zh: string,
  en: string,
  errors: readonly (ComplaintRefusal | 'approval.nobody_to_decide')[] = [],
) =>
  route({
    method: 'POST',
    path: `/communities/{communityId}/complaints/{id}/${name}`,
    summary: { zh, en },
    permission: 'complaint.move',
    params: complaintParams,
    body: complaintMoveBodies[name],
    response: complaintAnswerSchema,
    errors: ['complaint.move_not_allowed', 'stale_version', ...errors],
    staleShows: 'getComplaint',
  });

/** One path a move (spec/10). */
export const complaintMoveRoutes = {
  amend: moveRoute('amend', '补充更改', 'Amend', ['complaint.consent_missing']),
  forward: moveRoute('forward', '转呈', 'Pass the form upward', [
    'complaint.nothing_to_forward',
    'complaint.already_forwarded',
  ]),
  'take-over': moveRoute('take-over', '接手', 'Take it over', ['complaint.already_taken_over']),
  classify: moveRoute('classify', '定级', 'Confirm or raise the level', ['complaint.level_below']),
  raise: moveRoute('raise', '升级', 'Raise the level', ['complaint.no_higher_level']),
  mishandled: moveRoute('mishandled', '认定处理不当', 'Find it mishandled', ['complaint.no_higher_level']),
  lower: moveRoute('lower', '申请降级', 'Ask for a lower level', [
    'complaint.no_lower_level',
    'complaint.lowering_asked',
    'approval.nobody_to_decide',
  ]),
  respond: moveRoute('respond', '答复客户', 'Answer the customer'),
  send: moveRoute('send', '送达部门', 'Send the form to a department', [
    'complaint.not_classified',
    'complaint.facts_missing',
  ]),
  accept: moveRoute('accept', '签收', 'Sign for the form'),
  transfer: moveRoute('transfer', '转部门', 'Transfer to another department', ['complaint.same_department']),
  wait: moveRoute('wait', '约定下次答复', 'Set the date of the next answer'),
  resume: moveRoute('resume', '继续处理', 'Go on'),
  resolve: moveRoute('resolve', '处理完毕', 'Say what was done'),
  'tell-customer': moveRoute('tell-customer', '告知客户结果', 'Tell the customer how it ended'),
  close: moveRoute('close', '归档', 'File it', ['complaint.follow_up_open', 'complaint.call_backs_open']),
  reopen: moveRoute('reopen', '重新打开', 'Reopen', ['complaint.reopen_too_late']),
  invalidate: moveRoute('invalidate', '认定无效', 'Find it invalid', ['complaint.already_decided']),
  validate: moveRoute('validate', '认定有效', 'Find it valid', ['complaint.already_decided']),
  link: moveRoute('link', '并入同一事件', 'Link to the same event', ['complaint.already_in_the_group']),
  unlink: moveRoute('unlink', '移出同一事件', 'Take out of the same event', ['complaint.not_in_a_group']),
  merge: moveRoute('merge', '重复登记合并', 'The same entry made twice'),
} as const satisfies Record<ComplaintMove, RouteContract>;
