// Routes of money paid ahead that goes back 退预存款.
import type { Handlers } from '../access/call.ts';
import type { prepaidRefundRoutes } from './prepaid-refund.contract.ts';
import {
  askPrepaidRefund,
  dropPrepaidRefund,
  payPrepaidRefund,
  readPrepaidRefund,
  readPrepaidRefunds,
} from './prepaid-refund.service.ts';

export const prepaidRefundHandlers: Handlers<typeof prepaidRefundRoutes> = {
  askPrepaidRefund: async (call, { body }) => readPrepaidRefund(call, await askPrepaidRefund(call, body)),
  listPrepaidRefunds: (call, { query }) => readPrepaidRefunds(call, query),
  getPrepaidRefund: (call, { params }) => readPrepaidRefund(call, params.id),
  payPrepaidRefund: async (call, { params, body }) =>
    readPrepaidRefund(call, await payPrepaidRefund(call, params.id, body)),
  dropPrepaidRefund: async (call, { params, body }) =>
    readPrepaidRefund(call, await dropPrepaidRefund(call, params.id, body.version)),
};
