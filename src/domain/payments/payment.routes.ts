// Routes of payments 收款.
import type { Handlers } from '../access/call.ts';
import type { paymentRoutes } from './payment.contract.ts';
import { takePayment } from './payment.service.ts';
import { readDue, readPayment, readPayments } from './payment-read.service.ts';
import { reversePayment } from './payment-reversal.service.ts';
import { putOnBill } from './repair-charge.service.ts';

export const paymentHandlers: Handlers<typeof paymentRoutes> = {
  createPayment: async (call, { body }) => readPayment(call, await takePayment(call, body)),
  listPayments: (call, { query }) => readPayments(call, query),
  getPayment: (call, { params }) => readPayment(call, params.id),
  reversePayment: async (call, { params, body }) => readPayment(call, await reversePayment(call, params.id, body)),
  putChargeOnBill: async (call, { params }) => ({ chargeId: await putOnBill(call, params.id) }),
  getDue: (call, { params }) => readDue(call, params.id),
};
