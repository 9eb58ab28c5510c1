// Enquiry 咨询 and suggestion 建议: what somebody asked or proposed and the desk could not answer on the spot. States and
// moves on the wire; one noun for both kinds, since nothing but their name and number differs.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import {
  caseAnswerSchema,
  channelSchema,
  contactInputSchema,
  instantInputSchema,
  textInput,
} from '../cases/case.contract.ts';

export const enquiryKinds = ['enquiry', 'suggestion'] as const;
export type EnquiryKind = (typeof enquiryKinds)[number];
export const enquiryStates = ['open', 'answered', 'closed'] as const;
export const enquiryStateSchema = z.enum(enquiryStates);
export type EnquiryState = (typeof enquiryStates)[number];
export const enquiryMoves = ['answer', 'assign', 'close', 'reopen'] as const;
export type EnquiryMove = (typeof enquiryMoves)[number];

export const enquiryRefusals = ['enquiry.move_not_allowed', 'enquiry.promise_open', 'enquiry.reopen_too_late'] as const;

export const answerHows = ['call', 'in-person', 'message'] as const;

export const createEnquiryBodySchema = z.strictObject({
  kind: z.enum(enquiryKinds).default('enquiry'),
  unitId: z.uuid().optional(),
  place: textInput(200).optional(),
  contact: contactInputSchema.optional(),
  description: textInput(10_000),
  channel: channelSchema,
  receivedAt: instantInputSchema.optional(),
});
export type CreateEnquiryBody = z.infer<typeof createEnquiryBodySchema>;

const moveBase = { version: z.int().positive().optional() };
export const enquiryMoveBodies = {
  answer: z.strictObject({ ...moveBase, text: textInput(5000), how: z.enum(answerHows) }),
  /** To a colleague, who is told at once and has to say that it was read (FD4). */
  assign: z.strictObject({ ...moveBase, toId: z.uuid(), text: textInput(2000) }),
  close: z.strictObject({ ...moveBase }),
  reopen: z.strictObject({ ...moveBase, reason: textInput(2000) }),
} as const satisfies Record<EnquiryMove, z.ZodType>;
export type EnquiryMoveBody<Name extends EnquiryMove> = z.infer<(typeof enquiryMoveBodies)[Name]>;

export const enquiryAnswerSchema = caseAnswerSchema.extend({
  kind: z.enum(enquiryKinds),
  state: enquiryStateSchema,
  description: z.string(),
  /** Masked: `138****1234` (PR1). */
  contact: z.object({ name: z.string().nullable(), phone: z.string().nullable() }),
});
export type EnquiryAnswer = z.infer<typeof enquiryAnswerSchema>;

const communityParams = z.object({ communityId: z.uuid() });
const enquiryParams = communityParams.extend({ id: z.uuid() });

const moveRoute = <const Name extends EnquiryMove>(name: Name, zh: string, en: string) =>
  route({
    method: 'POST',
    path: `/communities/{communityId}/enquiries/{id}/${name}`,
    summary: { zh, en },
    permission: 'enquiry.move',
    params: enquiryParams,
    body: enquiryMoveBodies[name],
    response: enquiryAnswerSchema,
    errors: ['stale_version', ...enquiryRefusals],
    staleShows: 'getEnquiry',
  });

export const enquiryRoutes = {
  createEnquiry: route({
    method: 'POST',
    path: '/communities/{communityId}/enquiries',
    summary: { zh: '登记咨询或建议', en: 'Record an enquiry or a suggestion' },
    permission: 'contact.write',
    params: communityParams,
    body: createEnquiryBodySchema,
    response: enquiryAnswerSchema,
    status: 201,
    needsKey: true,
  }),
  getEnquiry: route({
    method: 'GET',
    path: '/communities/{communityId}/enquiries/{id}',
    summary: { zh: '一件咨询或建议', en: 'An enquiry or suggestion with clocks, time line and moves' },
    permission: 'case.read',
    params: enquiryParams,
    response: enquiryAnswerSchema,
  }),
  answerEnquiry: moveRoute('answer', '答复', 'Answer'),
  assignEnquiry: moveRoute('assign', '转给同事', 'Hand to a colleague'),
  closeEnquiry: moveRoute('close', '归档', 'Close'),
  reopenEnquiry: moveRoute('reopen', '重新打开', 'Reopen'),
} as const;
