// Routes of deposits 押金 and waivers 减免.
import type { Handlers } from '../access/call.ts';
import type { depositRoutes } from './deposit.contract.ts';
import {
  deductDeposit,
  meetObligation,
  readDeposit,
  readDeposits,
  refundDeposit,
  takeDeposit,
} from './deposit.service.ts';
import { askWaiver, readWaiver, readWaivers } from './waiver.service.ts';

export const depositHandlers: Handlers<typeof depositRoutes> = {
  takeDeposit: async (call, { body }) => readDeposit(call, await takeDeposit(call, body)),
  listDeposits: (call, { query }) => readDeposits(call, query),
  getDeposit: (call, { params }) => readDeposit(call, params.id),
  meetObligation: async (call, { params, body }) => readDeposit(call, await meetObligation(call, params.id, body)),
  deductDeposit: async (call, { params, body }) => readDeposit(call, await deductDeposit(call, params.id, body)),
  refundDeposit: async (call, { params, body }) => readDeposit(call, await refundDeposit(call, params.id, body)),
  askWaiver: async (call, { body }) => readWaiver(call, await askWaiver(call, body)),
  listWaivers: (call, { query }) => readWaivers(call, query),
};
