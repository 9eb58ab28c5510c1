// Routes of billing runs.
import type { Handlers } from '../access/call.ts';
import type { billingRunRoutes } from './billing-run.contract.ts';
import {
  abandonBillingRun,
  approveBillingRun,
  createBillingRun,
  listBillingRuns,
  listRunLines,
  postBillingRun,
  readBillingRun,
  submitBillingRun,
} from './billing-run.service.ts';

export const billingRunHandlers: Handlers<typeof billingRunRoutes> = {
  listBillingRuns,
  createBillingRun,
  readBillingRun,
  listRunLines,
  submitBillingRun,
  approveBillingRun,
  postBillingRun,
  abandonBillingRun,
};
