// Routes of the desk ledger, its daily review, and of calls that a telephone system tells.
import type { Handlers } from '../access/call.ts';
import type { contactRoutes } from './contact.contract.ts';
import { createContact, readContact, readContacts } from './contact.service.ts';
import type { ledgerReviewRoutes } from './ledger-review.contract.ts';
import { readLedgerDay, reviewLedger } from './ledger-review.service.ts';
import type { telephoneCallRoutes } from './telephone-call.contract.ts';
import { readCalls, readToldCall, tellCall } from './telephone-call.service.ts';

export const contactHandlers: Handlers<typeof contactRoutes> = {
  createContact: async (call, { body }) => readContact(call, await createContact(call, body)),
  listContacts: (call, { query }) => readContacts(call, query),
  getContact: (call, { params }) => readContact(call, params.id),
};

export const ledgerReviewHandlers: Handlers<typeof ledgerReviewRoutes> = {
  getLedgerDay: (call, { params }) => readLedgerDay(call, params.day),
  reviewLedger: async (call, { params, body }) => {
    await reviewLedger(call, params.day, body.remark);
    return readLedgerDay(call, params.day);
  },
};

export const telephoneCallHandlers: Handlers<typeof telephoneCallRoutes> = {
  tellCall: async (call, { body }) => readToldCall(call, await tellCall(call, body), body.callId),
  listCalls: (call, { query }) => readCalls(call, query),
};
