// What a repair tells people, and under which kind it stands in their bell.
import type { NotificationKind } from '../notifications/notification.contract.ts';
import type { Notice } from './repair-facts.rules.ts';

export const notificationKindOf = {
  'repair.logged': 'case-logged',
  'repair.dispatched': 'assigned',
  'repair.withdrawn': 'withdrawn',
  'repair.handed-back': 'hand-back',
  'repair.transferred': 'transferred',
  'repair.rework': 'rework',
  'repair.contractor-to-tell': 'contractor-to-tell',
} as const satisfies Record<Notice['kind'], NotificationKind>;

/** The notice behind a bell entry; null where it is none of a repair's. */
export const repairNoticeOf = (kind: NotificationKind): Notice['kind'] | null =>
  (Object.keys(notificationKindOf) as Notice['kind'][]).find((notice) => notificationKindOf[notice] === kind) ?? null;
