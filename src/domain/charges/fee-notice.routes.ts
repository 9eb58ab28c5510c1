// Routes of fee notices.
import type { Handlers } from '../access/call.ts';
import type { feeNoticeRoutes } from './fee-notice.contract.ts';
import { exportFeeNotices, listFeeNotices, sendFeeNotices } from './fee-notice.service.ts';

export const feeNoticeHandlers: Handlers<typeof feeNoticeRoutes> = {
  listFeeNotices,
  exportFeeNotices,
  sendFeeNotices,
};
