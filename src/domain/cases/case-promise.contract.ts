// Promises made at the desk about any case: to call back 回电 (FD3), and a message left for a colleague 留言 with its
// receipt (FD4).
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { instantInputSchema, textInput, timelineEntrySchema } from './case.contract.ts';

export const promiseRefusals = ['case.ended', 'case.no_message'] as const;

const caseParams = z.object({ communityId: z.uuid(), id: z.uuid() });

export const casePromiseRoutes = {
  promiseCallBack: route({
    method: 'POST',
    path: '/communities/{communityId}/cases/{id}/call-back',
    summary: { zh: '答应客户回电，时限开始计', en: 'Promise the customer a call back; its clock starts' },
    permission: 'contact.write',
    params: caseParams,
    /** When it was promised for; left out: as soon as the standard says. */
    body: z.strictObject({ at: instantInputSchema.optional(), text: textInput(2000).optional() }),
    response: timelineEntrySchema,
    status: 201,
    errors: ['case.ended'],
  }),
  leaveMessage: route({
    method: 'POST',
    path: '/communities/{communityId}/cases/{id}/message',
    summary: { zh: '给同事留言，对方须签收', en: 'Leave a message for a colleague, to be acknowledged' },
    permission: 'contact.write',
    params: caseParams,
    body: z.strictObject({ toId: z.uuid(), text: textInput(2000) }),
    response: timelineEntrySchema,
    status: 201,
    errors: ['case.ended'],
  }),
  readMessage: route({
    method: 'POST',
    path: '/communities/{communityId}/cases/{id}/message-read',
    summary: { zh: '签收给我的留言', en: 'Acknowledge the messages left for me on this case' },
    permission: 'contact.write',
    params: caseParams,
    body: z.strictObject({}),
    response: timelineEntrySchema,
    status: 201,
    errors: ['case.no_message'],
  }),
} as const;
