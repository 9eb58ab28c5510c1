// Routes of follow-ups: each move answers the follow-up as it stands afterwards.
import type { Handlers } from '../access/call.ts';
import { followUpRoutes as ownRoutes } from './follow-up.contract.ts';
import { attemptFollowUp, recordFollowUp, returnFollowUp, reviewFollowUp } from './follow-up.service.ts';
import { followUpAnalysisRoutes } from './follow-up-analysis.contract.ts';
import { readFollowUpShares } from './follow-up-month.service.ts';
import { followUpPlanRoutes } from './follow-up-plan.contract.ts';
import { planFollowUps, proposePlan, reviewFollowUps } from './follow-up-plan.service.ts';
import { acknowledgeMonth, exportFollowUpMonth, handOverMonth, readFollowUpMonth } from './follow-up-report.service.ts';
import { readFollowUp, readFollowUps, readFollowUpsEverywhere } from './follow-up-view.service.ts';

export const followUpRoutes = { ...ownRoutes, ...followUpPlanRoutes, ...followUpAnalysisRoutes } as const;

export const followUpHandlers: Handlers<typeof followUpRoutes> = {
  listFollowUps: (call, { query }) => readFollowUps(call, query),
  listFollowUpsEverywhere: (call, { query }) => readFollowUpsEverywhere(call, query),
  getFollowUp: (call, { params }) => readFollowUp(call, params.id),
  attemptFollowUp: async (call, { params, body }) =>
    readFollowUp(call, await attemptFollowUp(call, params.id, body), true),
  recordFollowUp: async (call, { params, body }) =>
    readFollowUp(call, await recordFollowUp(call, params.id, body), true),
  reviewFollowUp: async (call, { params, body }) =>
    readFollowUp(call, await reviewFollowUp(call, params.id, body), true),
  returnFollowUp: async (call, { params, body }) =>
    readFollowUp(call, await returnFollowUp(call, params.id, body), true),
  proposeFollowUpPlan: (call, { query }) => proposePlan(call, query),
  planFollowUps: (call, { body }) => planFollowUps(call, body),
  reviewFollowUps: (call, { body }) => reviewFollowUps(call, body),
  readFollowUpMonth: (call, { query }) => readFollowUpMonth(call, query.month),
  handOverFollowUpMonth: (call, { body }) => handOverMonth(call, body.month),
  acknowledgeFollowUpMonth: (call, { body }) => acknowledgeMonth(call, body.month),
  readFollowUpShares: (call) => readFollowUpShares(call),
  exportFollowUpMonth: (call, { query }) => exportFollowUpMonth(call, query.month),
};
