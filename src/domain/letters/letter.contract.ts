// Letters 收文与复函 (CP8): a line of the incoming documents register 公司收文登记簿 and the numbered reply to it, on the wire.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { isDay } from '../../kernel/time.ts';
import { attachmentIdsSchema, contactInputSchema, personSchema, textInput } from '../cases/case.contract.ts';

const day = z.string().refine(isDay, { params: { code: 'not_a_day' } });

export const documentKinds = ['complaint', 'enquiry', 'suggestion', 'official', 'other'] as const;
export type DocumentKind = (typeof documentKinds)[number];
export const replyStates = ['draft', 'approved', 'out', 'delivered', 'failed', 'void'] as const;
export type ReplyState = (typeof replyStates)[number];
export const replyMoves = ['amend', 'approve', 'send', 'deliver', 'fail', 'void'] as const;
export type ReplyMove = (typeof replyMoves)[number];
/** How a reply is brought to its addressee; after one failed the next is taken. */
export const replyWays = ['handed-over', 'letter-box', 'registered-mail', 'courier', 'posted'] as const;
export type ReplyWay = (typeof replyWays)[number];

export const letterRefusals = [
  'letter.entered_already',
  'letter.case_is_anonymous',
  'letter.move_not_allowed',
  'letter.own_request',
  'letter.same_way',
  'letter.not_a_complaint',
] as const;

export const replySchema = z.object({
  id: z.uuid(),
  documentId: z.uuid(),
  /** `HN-2026-000001`, from its approval on. */
  code: z.string().nullable(),
  state: z.enum(replyStates),
  addressee: z.string(),
  subject: z.string(),
  body: z.string(),
  way: z.enum(replyWays).nullable(),
  writtenBy: personSchema,
  createdAt: z.string(),
  approvedBy: personSchema.nullable(),
  approvedAt: z.string().nullable(),
  version: z.int(),
  events: z.array(
    z.object({
      move: z.enum(['draft', ...replyMoves]),
      state: z.enum(replyStates),
      at: z.string(),
      by: personSchema,
      way: z.enum(replyWays).nullable(),
      note: z.string(),
    }),
  ),
  moves: z.array(z.object({ name: z.enum(replyMoves), allowed: z.boolean(), reason: z.string().optional() })),
});
export type Reply = z.infer<typeof replySchema>;

const documentRowSchema = z.object({
  id: z.uuid(),
  /** `SW-2026-000001`, gapless in its year. */
  code: z.string(),
  kind: z.enum(documentKinds),
  sender: z.string(),
  datedOn: z.string(),
  receivedOn: z.string(),
  subject: z.string(),
  caseId: z.uuid(),
  caseCode: z.string(),
  caseKind: z.string(),
  enteredBy: personSchema,
  enteredAt: z.string(),
  /** Of the latest reply; null: nobody has answered in writing. */
  reply: z.object({ code: z.string().nullable(), state: z.enum(replyStates) }).nullable(),
});
export type DocumentRow = z.infer<typeof documentRowSchema>;
export const documentSchema = documentRowSchema.extend({
  summary: z.string(),
  attachmentIds: z.array(z.uuid()),
  replies: z.array(replySchema),
});
export type IncomingDocument = z.infer<typeof documentSchema>;

export const enterDocumentBodySchema = z.strictObject({
  kind: z.enum(documentKinds).default('complaint'),
  sender: textInput(60),
  datedOn: day,
  receivedOn: day,
  subject: textInput(200),
  summary: textInput(5000),
  unitId: z.uuid().optional(),
  phone: contactInputSchema.shape.phone,
  /** The number of the case it belongs to; without it a complaint is opened with channel letter. */
  caseCode: textInput(40).optional(),
  attachmentIds: attachmentIdsSchema.default([]),
});
export type EnterDocumentBody = z.infer<typeof enterDocumentBodySchema>;

export const replyBodySchema = z.strictObject({
  addressee: textInput(60),
  subject: textInput(200),
  body: textInput(10_000),
});
export type ReplyBody = z.infer<typeof replyBodySchema>;

/** That the delivered letter told the complaint's end, and what the customer said to it. */
export const toldByLetterSchema = z.strictObject({
  opinion: textInput(1000).optional(),
  satisfied: z.boolean().optional(),
});
export type ToldByLetter = z.infer<typeof toldByLetterSchema>;

export const documentListQuerySchema = z.strictObject({
  q: z.string().trim().max(100).optional(),
  kind: z.enum(documentKinds).optional(),
  /** `none` stands for those nobody has answered yet. */
  reply: z.union([z.enum(replyStates), z.literal('none')]).optional(),
  caseId: z.uuid().optional(),
  /** Letters of the cases of one household. */
  unitId: z.uuid().optional(),
  from: day.optional(),
  until: day.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
export type DocumentListQuery = z.infer<typeof documentListQuerySchema>;

const communityParams = z.object({ communityId: z.uuid() });
const oneParams = communityParams.extend({ id: z.uuid() });
const version = { version: z.int().positive().optional() };

const moveRoute = <const Name extends ReplyMove, Body extends z.ZodType>(
  name: Name,
  zh: string,
  en: string,
  permission: 'letter.write' | 'letter.approve',
  body: Body,
  moreErrors: readonly (typeof letterRefusals)[number][] = [],
) =>
  route({
    method: 'POST',
    path: `/communities/{communityId}/reply-letters/{id}/${name}`,
    summary: { zh, en },
    permission,
    params: oneParams,
    body,
    response: replySchema,
    errors: ['stale_version', 'letter.move_not_allowed', 'letter.own_request', 'letter.same_way', ...moreErrors],
    staleShows: 'getReply',
  });

export const letterRoutes = {
  enterDocument: route({
    method: 'POST',
    path: '/communities/{communityId}/incoming-documents',
    summary: { zh: '登记收文', en: 'Enter an incoming document' },
    permission: 'letter.write',
    params: communityParams,
    body: enterDocumentBodySchema,
    response: documentSchema,
    status: 201,
    needsKey: true,
    errors: ['letter.entered_already', 'letter.case_is_anonymous'],
  }),
  listDocuments: route({
    method: 'GET',
    path: '/communities/{communityId}/incoming-documents',
    summary: { zh: '公司收文登记簿，新的在前', en: 'The incoming documents register, newest first' },
    permission: 'letter.read',
    params: communityParams,
    query: documentListQuerySchema,
    response: z.object({ items: z.array(documentRowSchema), nextCursor: z.string().nullable() }),
  }),
  getDocument: route({
    method: 'GET',
    path: '/communities/{communityId}/incoming-documents/{id}',
    summary: { zh: '一件收文与其复函', en: 'An incoming document with its replies' },
    permission: 'letter.read',
    params: oneParams,
    response: documentSchema,
  }),
  draftReply: route({
    method: 'POST',
    path: '/communities/{communityId}/incoming-documents/{id}/replies',
    summary: { zh: '起草复函', en: 'Draft a reply' },
    permission: 'letter.write',
    params: oneParams,
    body: replyBodySchema,
    response: replySchema,
    status: 201,
    needsKey: true,
  }),
  getReply: route({
    method: 'GET',
    path: '/communities/{communityId}/reply-letters/{id}',
    summary: { zh: '一件复函', en: 'A reply with its steps and moves' },
    permission: 'letter.read',
    params: oneParams,
    response: replySchema,
  }),
  exportReply: route({
    method: 'GET',
    path: '/communities/{communityId}/reply-letters/{id}/docx',
    summary: { zh: '复函 Word 文件', en: 'The reply as .docx' },
    permission: 'letter.read',
    params: oneParams,
    response: z.unknown(),
  }),
  amendReply: moveRoute('amend', '修改草稿', 'Amend the draft', 'letter.write', replyBodySchema.extend(version)),
  approveReply: moveRoute('approve', '批准并编号', 'Approve and number', 'letter.approve', z.strictObject(version)),
  sendReply: moveRoute(
    'send',
    '送出',
    'Send it out',
    'letter.write',
    z.strictObject({ ...version, way: z.enum(replyWays) }),
  ),
  deliverReply: moveRoute(
    'deliver',
    '送达',
    'It was delivered; note says to whom or by which slip',
    'letter.write',
    z.strictObject({
      ...version,
      note: textInput(500),
      /** The slip, or who signed for it. */
      attachmentIds: attachmentIdsSchema.optional(),
      tellCustomer: toldByLetterSchema.optional(),
    }),
    ['letter.not_a_complaint'],
  ),
  failReply: moveRoute(
    'fail',
    '未送达',
    'It could not be delivered',
    'letter.write',
    z.strictObject({ ...version, note: textInput(500) }),
  ),
  voidReply: moveRoute(
    'void',
    '作废',
    'Void it; its number stays used',
    'letter.write',
    z.strictObject({ ...version, note: textInput(500) }),
  ),
} as const;
