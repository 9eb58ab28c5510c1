// Routes of the price list.
import type { Call, Handlers } from '../access/call.ts';
import type { PriceListMove, priceListRoutes } from './price-list.contract.ts';
import {
  createPriceList,
  movePriceList,
  type PriceListInput,
  readPriceList,
  readPriceLists,
  readPriceListVersion,
} from './price-list.service.ts';

const moveBy =
  (name: PriceListMove) =>
  async (call: Call, { params, body }: { params: { id: string }; body: PriceListInput }) =>
    readPriceListVersion(call, await movePriceList(call, params.id, name, body));

export const priceListHandlers: Handlers<typeof priceListRoutes> = {
  getPriceList: (call, { query }) => readPriceList(call, query.on),
  listPriceLists: (call) => readPriceLists(call),
  getPriceListVersion: (call, { params }) => readPriceListVersion(call, params.id),
  createPriceList: async (call, { body }) => readPriceListVersion(call, await createPriceList(call, body)),
  amendPriceList: moveBy('amend'),
  submitPriceList: moveBy('submit'),
  withdrawPriceList: moveBy('withdraw'),
  dropPriceList: moveBy('drop'),
  approvePriceList: moveBy('approve'),
  returnPriceList: moveBy('return'),
};
