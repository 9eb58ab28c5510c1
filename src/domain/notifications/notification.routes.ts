// Routes of notifications.
import type { Handlers } from '../access/call.ts';
import type { notificationRoutes } from './notification.contract.ts';
import { listMyNotifications, markAllMine, markMine } from './notification.service.ts';

export const notificationHandlers: Handlers<typeof notificationRoutes> = {
  listNotifications: (call, { query }) => listMyNotifications(call, query),
  readNotification: (call, { params }) => markMine(call, params.id, 'read'),
  acknowledgeNotification: (call, { params }) => markMine(call, params.id, 'acknowledge'),
  readAllNotifications: (call) => markAllMine(call),
};
