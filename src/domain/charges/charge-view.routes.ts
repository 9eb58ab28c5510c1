// Routes of posted charges.
import type { Handlers } from '../access/call.ts';
import type { chargeRoutes } from './charge-view.contract.ts';
import { listUnitCharges, readCharge } from './charge-view.service.ts';

export const chargeHandlers: Handlers<typeof chargeRoutes> = { listUnitCharges, readCharge };
