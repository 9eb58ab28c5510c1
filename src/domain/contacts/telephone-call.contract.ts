// Calls as a telephone system tells them 来电事件: ring, answer, hang up (FD2). They open the household at the desk and
// measure the rings; without them nothing about ringing is claimed.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { instantInputSchema, phoneInputSchema, textInput } from '../cases/case.contract.ts';

export const callEvents = ['ring', 'answer', 'hang-up'] as const;

export const callEventBodySchema = z.strictObject({
  /** As the telephone system names the call; the same for all its events. */
  callId: textInput(100),
  event: z.enum(callEvents),
  /** When it happened; now when left out. */
  at: instantInputSchema.optional(),
  /** The caller's number, where it is shown. */
  from: phoneInputSchema.optional(),
});
export type CallEventBody = z.infer<typeof callEventBodySchema>;

export const telephoneCallSchema = z.object({
  id: z.uuid(),
  communityId: z.uuid(),
  /** Masked: `138****1234`. */
  from: z.string().nullable(),
  unitId: z.uuid().nullable(),
  unit: z.string().nullable(),
  rangAt: z.string(),
  answeredAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  /** Rings until it was answered, or until the caller gave up; null while it rings. */
  rings: z.int().nullable(),
  /** Answered within the rings that the standard asks for; null while it rings. */
  isInTime: z.boolean().nullable(),
  /** The line of the ledger about it. */
  contactId: z.uuid().nullable(),
});
export type TelephoneCall = z.infer<typeof telephoneCallSchema>;

const communityParams = z.object({ communityId: z.uuid() });

export const telephoneCallRoutes = {
  tellCall: route({
    method: 'POST',
    path: '/communities/{communityId}/telephone-calls',
    summary: { zh: '电话系统上报：振铃、接听、挂断', en: 'A telephone system tells: ring, answer, hang-up' },
    permission: 'telephone.write',
    params: communityParams,
    body: callEventBodySchema,
    response: telephoneCallSchema,
    status: 201,
  }),
  listCalls: route({
    method: 'GET',
    path: '/communities/{communityId}/telephone-calls',
    summary: { zh: '来电：正在响的，或某一天的', en: 'Calls: those that ring now, or a day’s' },
    permission: 'contact.read',
    params: communityParams,
    query: z.strictObject({
      ringing: z.enum(['true', 'false']).optional(),
      day: z.iso.date().optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    response: z.object({
      items: z.array(telephoneCallSchema),
      nextCursor: z.null(),
      /** Of the day asked for: answered in time ÷ all that ended ringing. */
      answeredInTime: z.int(),
      answered: z.int(),
      missed: z.int(),
    }),
  }),
} as const;
