// Routes of enquiries and suggestions.
import type { Call, Handlers } from '../access/call.ts';
import type { EnquiryMove, enquiryRoutes } from './enquiry.contract.ts';
import { createEnquiry, type EnquiryInput, moveEnquiry, readEnquiry } from './enquiry.service.ts';

const moveBy =
  (name: EnquiryMove) =>
  async (call: Call, { params, body }: { params: { id: string }; body: EnquiryInput }) =>
    readEnquiry(call, await moveEnquiry(call, name, params.id, body), true);

export const enquiryHandlers: Handlers<typeof enquiryRoutes> = {
  createEnquiry: async (call, { body }) => readEnquiry(call, await createEnquiry(call, body)),
  getEnquiry: (call, { params }) => readEnquiry(call, params.id),
  answerEnquiry: moveBy('answer'),
  assignEnquiry: moveBy('assign'),
  closeEnquiry: moveBy('close'),
  reopenEnquiry: moveBy('reopen'),
};
