// Routes of attachments.
import type { Handlers } from '../access/call.ts';
import type { attachmentRoutes } from './attachment.contract.ts';
import { readAttachment, uploadAttachment } from './attachment.service.ts';

export const attachmentHandlers: Handlers<typeof attachmentRoutes> = {
  uploadAttachment: (call, { uploads, body }) => uploadAttachment(call, uploads, body),
  getAttachment: (call, { params, query }) => readAttachment(call, params.id, query.size),
};
