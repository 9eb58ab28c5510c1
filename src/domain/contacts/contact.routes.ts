// Routes of the desk ledger.
import type { Handlers } from '../access/call.ts';
import type { contactRoutes } from './contact.contract.ts';
import { createContact, readContact, readContacts } from './contact.service.ts';

export const contactHandlers: Handlers<typeof contactRoutes> = {
  createContact: async (call, { body }) => readContact(call, await createContact(call, body)),
  listContacts: (call, { query }) => readContacts(call, query),
  getContact: (call, { params }) => readContact(call, params.id),
};
