// Attachment 附件: a photo or document, taken in by what it is and not by what it is called (spec/12 Attachments).
import { z } from 'zod';
import { route } from '../../kernel/route.ts';

export const attachmentStates = ['received', 'ready', 'refused', 'attached', 'erased'] as const;

export const attachmentSchema = z.object({
  id: z.uuid(),
  state: z.enum(attachmentStates),
  mediaType: z.string(),
  bytes: z.int(),
  width: z.int().nullable(),
  height: z.int().nullable(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

export const attachmentRoutes = {
  uploadAttachment: route({
    method: 'POST',
    path: '/communities/{communityId}/attachments',
    summary: { zh: '上传照片或文件', en: 'Upload a photo or document: fields file, purpose?, id?' },
    permission: 'attachment.write',
    multipart: true,
    body: z.strictObject({
      purpose: z.string().trim().max(40).optional(),
      /** Made on the device, so that what was done without a signal can name its photos. */
      id: z.uuid().optional(),
    }),
    response: attachmentSchema,
    status: 201,
    errors: [
      'attachment.not_what_it_says',
      'attachment.heic',
      'attachment.unreadable',
      'attachment.too_many_pixels',
      'attachment.id_taken',
    ],
  }),
  getAttachment: route({
    method: 'GET',
    path: '/communities/{communityId}/attachments/{id}',
    summary: { zh: '查看附件', en: 'The bytes of an attachment; size=thumb for a small picture' },
    permission: null,
    query: z.strictObject({ size: z.enum(['full', 'thumb']).default('full') }),
    response: z.unknown(),
  }),
};
