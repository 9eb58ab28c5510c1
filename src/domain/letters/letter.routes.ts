// Routes of letters: the incoming documents register and its replies.
import type { Call, Handlers } from '../access/call.ts';
import type { letterRoutes, ReplyMove } from './letter.contract.ts';
import {
  draftReply,
  enterDocument,
  exportReply,
  moveReply,
  type ReplyInput,
  readDocument,
  readDocuments,
  readReply,
} from './letter.service.ts';

const moveBy =
  (name: ReplyMove) =>
  async (call: Call, { params, body }: { params: { id: string }; body: ReplyInput }) =>
    readReply(call, await moveReply(call, params.id, name, body));

export const letterHandlers: Handlers<typeof letterRoutes> = {
  enterDocument: async (call, { body }) => readDocument(call, await enterDocument(call, body)),
  listDocuments: (call, { query }) => readDocuments(call, query),
  getDocument: (call, { params }) => readDocument(call, params.id),
  draftReply: async (call, { params, body }) => readReply(call, await draftReply(call, params.id, body)),
  getReply: (call, { params }) => readReply(call, params.id),
  exportReply: (call, { params }) => exportReply(call, params.id),
  amendReply: moveBy('amend'),
  approveReply: moveBy('approve'),
  sendReply: moveBy('send'),
  deliverReply: moveBy('deliver'),
  failReply: moveBy('fail'),
  voidReply: moveBy('void'),
};
