// Routes of meters, readings and what is shared out.
import type { Handlers } from '../access/call.ts';
import type { meterRoutes } from './meter.contract.ts';
import {
  createMeter,
  createReading,
  exchangeMeter,
  listMeters,
  readPublicUse,
  removeReading,
} from './meter.service.ts';

export const meterHandlers: Handlers<typeof meterRoutes> = {
  listMeters,
  createMeter,
  exchangeMeter,
  createReading,
  removeReading,
  readPublicUse,
};
