// Routes of household visits.
import type { Handlers } from '../access/call.ts';
import type { visitRoutes } from './visit.contract.ts';
import {
  cancelVisit,
  createVisit,
  listVisits,
  missVisit,
  readVisit,
  readVisitMonth,
  recordVisit,
  rescheduleVisit,
  returnVisit,
  reviewVisit,
} from './visit.service.ts';

export const visitHandlers: Handlers<typeof visitRoutes> = {
  listVisits,
  readVisit,
  readVisitMonth,
  createVisit,
  rescheduleVisit,
  recordVisit,
  missVisit,
  cancelVisit,
  reviewVisit,
  returnVisit,
};
