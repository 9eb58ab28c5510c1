// Routes of charge items, prices, terms of single units and the charging settings.
import type { Handlers } from '../access/call.ts';
import type { chargeItemRoutes } from './charge-item.contract.ts';
import {
  addPriceVersion,
  amendChargeItem,
  amendChargingSettings,
  createChargeItem,
  createChargeTerm,
  endChargeTerm,
  listChargeItems,
  listChargeTerms,
  readChargingSettings,
  removeChargeTerm,
  removePriceVersion,
} from './charge-item.service.ts';

export const chargeItemHandlers: Handlers<typeof chargeItemRoutes> = {
  listChargeItems,
  createChargeItem,
  amendChargeItem,
  addPriceVersion,
  removePriceVersion,
  listChargeTerms,
  createChargeTerm,
  endChargeTerm,
  removeChargeTerm,
  readChargingSettings,
  amendChargingSettings,
};
