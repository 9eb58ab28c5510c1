// Notification 通知: what a person sees under the bell, and that a loud one was acknowledged (spec/12 Told to).
import { z } from 'zod';
import { route } from '../../kernel/route.ts';

/** What can be told; each has its words. */
export const notificationKinds = [
  'case-logged',
  'assigned',
  'withdrawn',
  'transferred',
  'contractor-to-tell',
  'due-soon',
  'overdue',
  'escalated',
  'digest',
  'recalculated',
  'hand-back',
  'agreed',
  'rework',
  'message',
  'reminder',
  'offline-refused',
  'import-done',
  'import-failed',
  'backup-failed',
  // Told by earlier releases; approvals tell of every kind now.
  'complaint-lowering-asked',
  'complaint-lowered',
  'complaint-not-lowered',
  'price-list-submitted',
  'price-list-approved',
  'price-list-returned',
  'approval-asked',
  'approval-decided',
  'not-acceptable',
  'follow-up-returned',
  'follow-ups-planned',
  'follow-up-share',
  'visit-appointed',
  'visit-returned',
  'visits-short',
  'visits-short-team',
  'improvement-given',
  'improvement-due',
  'improvement-returned',
  'follow-up-report',
  'complaint-recorded',
  'complaint-raised',
  'complaint-waits',
  'complaint-forwarded',
  'complaint-sent',
  'complaint-resolved',
  'complaint-reopened',
  'emergency-reported',
  'emergency-raised',
  'emergency-waits',
  'emergency-sent',
  'emergency-resolved',
  'emergency-reopened',
  'letter-entered',
  'waiver-granted',
  'money-alarm',
  'reply-drafted',
  'fee-notice',
] as const;
export const notificationKindSchema = z.enum(notificationKinds);
export type NotificationKind = z.infer<typeof notificationKindSchema>;

/** Codes, ids, numbers and instants, never a personal value: rendered by whoever shows it, with the rights of that day. */
export const noticeFactsSchema = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]),
);
export type NoticeFacts = z.infer<typeof noticeFactsSchema>;

/** bell: in the app; loud: bell with sound and acknowledgement. */
export type NoticeChannel = 'bell' | 'loud';

export const notificationSchema = z.object({
  id: z.uuid(),
  communityId: z.uuid(),
  caseId: z.uuid().nullable(),
  /** The number of the case that people quote. */
  code: z.string().nullable(),
  kind: notificationKindSchema,
  facts: noticeFactsSchema,
  loud: z.boolean(),
  at: z.string(),
  read: z.boolean(),
  acknowledgedAt: z.string().nullable(),
});
export type Notification = z.infer<typeof notificationSchema>;

const switchSchema = z.enum(['true', 'false']).transform((word) => word === 'true');

export const notificationRoutes = {
  listNotifications: route({
    method: 'GET',
    path: '/notifications',
    summary: { zh: '我的通知，新的在前', en: 'My notifications over my communities, newest first' },
    permission: null,
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: z.string().max(500).optional(),
      unread: switchSchema.optional(),
      count: switchSchema.optional(),
    }),
    response: z.object({
      items: z.array(notificationSchema),
      nextCursor: z.string().nullable(),
      total: z.int().optional(),
    }),
  }),
  readNotification: route({
    method: 'POST',
    path: '/notifications/{id}/read',
    summary: { zh: '标为已读', en: 'Mark one as read' },
    permission: null,
    response: notificationSchema,
  }),
  acknowledgeNotification: route({
    method: 'POST',
    path: '/notifications/{id}/acknowledge',
    summary: { zh: '确认收到', en: 'Acknowledge one' },
    permission: null,
    response: notificationSchema,
  }),
  readAllNotifications: route({
    method: 'POST',
    path: '/notifications/read-all',
    summary: { zh: '全部标为已读', en: 'Mark all of mine as read' },
    permission: null,
    response: z.object({ unread: z.int() }),
  }),
};
