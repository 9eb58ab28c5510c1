// Routes of the daily close 日结, custody and surprise counts.
import type { Handlers } from '../access/call.ts';
import { countBySurprise, readCustody, readSurprise, readSurprises } from './custody.service.ts';
import { countDay, handOver, readClose, readCloses, readSheet, sealDay } from './daily-close.service.ts';
import type { dailyCloseRoutes } from './daily-close-view.contract.ts';

export const dailyCloseHandlers: Handlers<typeof dailyCloseRoutes> = {
  listCloses: (call, { query }) => readCloses(call, query),
  getSheet: (call, { query }) => readSheet(call, query),
  createClose: async (call, { body }) => readClose(call, await countDay(call, body)),
  getClose: (call, { params }) => readClose(call, params.id),
  handOver: async (call, { params, body }) => readClose(call, await handOver(call, params.id, body)),
  seal: async (call, { params, body }) => readClose(call, await sealDay(call, params.id, body)),
  getCustody: (call) => readCustody(call),
  createSurprise: async (call, { body }) => readSurprise(call, await countBySurprise(call, body)),
  listSurprises: (call) => readSurprises(call),
};
