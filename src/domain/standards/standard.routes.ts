// Routes of the service standard.
import type { Handlers } from '../access/call.ts';
import { readStandard, readStandards } from './standard.service.ts';
import type { standardRoutes } from './standard-view.contract.ts';

export const standardHandlers: Handlers<typeof standardRoutes> = {
  getStandard: (call) => readStandard(call),
  listStandards: (call) => readStandards(call),
  getStandardVersion: (call, { params }) => readStandard(call, params.id),
};
