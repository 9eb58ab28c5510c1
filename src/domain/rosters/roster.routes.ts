// Routes of rosters.
import type { Handlers } from '../access/call.ts';
import type { rosterRoutes } from './roster.contract.ts';
import {
  createAbsence,
  createShift,
  endAbsence,
  listAbsences,
  listShifts,
  readAbsence,
  readShift,
  removeShift,
} from './roster.service.ts';

export const rosterHandlers: Handlers<typeof rosterRoutes> = {
  listAbsences,
  readAbsence,
  createAbsence,
  endAbsence,
  listShifts,
  readShift,
  createShift,
  removeShift,
};
