// Contact 来电来访: a line in the desk ledger 前台工作台账; every call, visit or letter gets one when it comes in (FD1).
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import {
  caseKindSchema,
  channelSchema,
  instantInputSchema,
  personSchema,
  phoneInputSchema,
  textInput,
} from '../cases/case.contract.ts';
import { enquiryKinds } from '../enquiries/enquiry.contract.ts';

/** What came of it at the desk: answered on the spot, a case, a promised call back, a message for somebody, still open. */
export const contactOutcomes = ['answered', 'case', 'call-back', 'message', 'open'] as const;
export const contactOutcomeSchema = z.enum(contactOutcomes);
export const contactStates = ['open', 'answered', 'case', 'call-back', 'message', 'done', 'read'] as const;
export const contactStateSchema = z.enum(contactStates);

export const createContactBodySchema = z.strictObject({
  channel: channelSchema,
  callerName: textInput(60).optional(),
  callerPhone: phoneInputSchema.optional(),
  unitId: z.uuid().optional(),
  request: textInput(10_000),
  outcome: contactOutcomeSchema,
  /** The case this line led to (`case`), or is about (`call-back`, `message`). */
  caseId: z.uuid().optional(),
  /** What it becomes where the desk could not answer at once and no case is named. */
  kind: z.enum(enquiryKinds).optional(),
  /** When the call back was promised for; left out: as soon as the standard says (FD3). */
  callBackAt: instantInputSchema.optional(),
  /** For whom the message was left (FD4). */
  messageToId: z.uuid().optional(),
  /** The ringing call that this line is about: its rings are measured (FD2). */
  telephoneCallId: z.uuid().optional(),
  readBack: z.boolean().optional(),
  /** When the talk began; now when left out. */
  startedAt: instantInputSchema.optional(),
});
export type CreateContactBody = z.infer<typeof createContactBodySchema>;

export const contactSchema = z.object({
  id: z.uuid(),
  communityId: z.uuid(),
  code: z.string(),
  channel: channelSchema,
  callerName: z.string().nullable(),
  /** Masked: `138****1234`. */
  callerPhone: z.string().nullable(),
  unitId: z.uuid().nullable(),
  unit: z.string().nullable(),
  request: z.string(),
  outcome: contactOutcomeSchema,
  state: contactStateSchema,
  caseId: z.uuid().nullable(),
  caseCode: z.string().nullable(),
  caseKind: caseKindSchema.nullable(),
  takenBy: personSchema,
  readBack: z.boolean(),
  startedAt: z.string(),
  createdAt: z.string(),
  version: z.int(),
});
export type Contact = z.infer<typeof contactSchema>;

const switchSchema = z.enum(['true', 'false']).transform((word) => word === 'true');
const communityParams = z.object({ communityId: z.uuid() });

export const contactRoutes = {
  createContact: route({
    method: 'POST',
    path: '/communities/{communityId}/contacts',
    summary: { zh: '登记一次来电、来访或来信', en: 'Record a call, visit or letter' },
    permission: 'contact.write',
    params: communityParams,
    body: createContactBodySchema,
    response: contactSchema,
    status: 201,
  }),
  listContacts: route({
    method: 'GET',
    path: '/communities/{communityId}/contacts',
    summary: { zh: '前台工作台账', en: 'The desk ledger' },
    permission: 'contact.read',
    params: communityParams,
    query: z.strictObject({
      state: contactStateSchema.optional(),
      /** Only lines that still owe something: left open, a call back or a message not yet settled. */
      owing: switchSchema.optional(),
      unit: z.uuid().optional(),
      day: z.iso.date().optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: z.string().max(500).optional(),
    }),
    response: z.object({ items: z.array(contactSchema), nextCursor: z.string().nullable() }),
  }),
  getContact: route({
    method: 'GET',
    path: '/communities/{communityId}/contacts/{id}',
    summary: { zh: '台账中的一行', en: 'A line of the desk ledger' },
    permission: 'contact.read',
    params: communityParams.extend({ id: z.uuid() }),
    response: contactSchema,
  }),
} as const;
