// The month of follow-ups 月度回访分析 (FU1, FU5): rates with what they are made of, what failed, what comes again and again.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { personSchema } from '../cases/case.contract.ts';
import { followUpSubjects } from '../standards/standard.contract.ts';
import { monthInputSchema, verdicts } from './follow-up.contract.ts';

const communityParams = z.object({ communityId: z.uuid() });

/** A case by the number people quote. */
export const caseRefSchema = z.object({ id: z.uuid(), code: z.string() });
export type CaseRef = z.infer<typeof caseRefSchema>;

/**
 * followed-up: reached ÷ finished in the month. acceptable, satisfied (4 or 5 of 5): of those reached. not-reached,
 * on-time: of those that were owed.
 */
export const rateNames = ['followed-up', 'acceptable', 'satisfied', 'not-reached', 'on-time'] as const;
export type RateName = (typeof rateNames)[number];
export const rateSchema = z.object({
  name: z.enum(rateNames),
  what: z.enum(followUpSubjects),
  numerator: z.int(),
  denominator: z.int(),
  /** null: nothing to divide by. */
  value: z.number().nullable(),
  /** The floor of the standard; null: none is set, which is not 0. */
  target: z.number().nullable(),
  met: z.boolean().nullable(),
  /** The cases behind both numbers. */
  counted: z.array(caseRefSchema),
  of: z.array(caseRefSchema),
});
export type Rate = z.infer<typeof rateSchema>;

/**
 * Whether the month's floor can still be met (FU1). met: reached already; on-track: some may still be missed; all-needed:
 * the standard wants every one; tight: exactly those left are needed; lost: too few are left; unset: no share is set.
 */
export const shareOutlooks = ['unset', 'met', 'on-track', 'all-needed', 'tight', 'lost'] as const;
export type ShareOutlook = (typeof shareOutlooks)[number];
export const shareSchema = z.object({
  month: z.string(),
  what: z.enum(followUpSubjects),
  share: z.number().nullable(),
  finished: z.int(),
  followedUp: z.int(),
  /** Due, still to be made, or sent back. */
  stillOpen: z.int(),
  /** How many more are needed; null where no share is set. */
  needed: z.int().nullable(),
  outlook: z.enum(shareOutlooks),
  /** tight or lost. */
  warn: z.boolean(),
});
export type Share = z.infer<typeof shareSchema>;

const failedSchema = z.object({
  followUpId: z.uuid(),
  code: z.string(),
  case: caseRefSchema,
  unit: z.string().nullable(),
  category: z.string().nullable(),
  verdict: z.enum(verdicts),
  satisfaction: z.int().nullable(),
  lacking: z.string().nullable(),
  at: z.string(),
  complaint: caseRefSchema.nullable(),
});

const repeatedSchema = z.object({
  unitId: z.uuid(),
  unit: z.string(),
  category: z.string(),
  count: z.int(),
  cases: z.array(caseRefSchema),
});

const repeatedReworkSchema = z.object({
  case: caseRefSchema,
  unit: z.string().nullable(),
  category: z.string().nullable(),
  count: z.int(),
});

const signedSchema = z.object({ at: z.string(), by: personSchema });
/** FU5: handed over by the supervisor by this day, then acknowledged by the manager; from then on the content is that day's. */
export const handOverSchema = z.object({
  dueOn: z.string(),
  handed: signedSchema.nullable(),
  acknowledged: signedSchema.nullable(),
});
export type HandOver = z.infer<typeof handOverSchema>;

export const monthAnalysisSchema = z.object({
  month: z.string(),
  /** The rate may still change: the month stays open until its last due date (FU5). */
  isOpen: z.boolean(),
  closesAt: z.string(),
  /** To be exported by this day of the next month. */
  exportBy: z.string(),
  /** The last day of its keeping. */
  keptUntil: z.string(),
  rates: z.array(rateSchema),
  shares: z.array(shareSchema),
  /** How many gave each step of satisfaction, 1 to 5. */
  satisfaction: z.array(z.object({ step: z.int(), count: z.int(), cases: z.array(caseRefSchema) })),
  failed: z.array(failedSchema),
  notReached: z.array(failedSchema),
  /** The same repair of a household as often as the standard names, within its days. */
  sameRepair: z.object({ count: z.int(), days: z.int(), items: z.array(repeatedSchema) }),
  /** Done over again in the month (RP14). */
  reworked: z.array(repeatedReworkSchema),
  /** The same matter complained about so often running. */
  sameComplaint: z.object({ count: z.int(), days: z.int(), items: z.array(repeatedSchema) }),
  /** How the sample was drawn; the seed is told once the month is closed. */
  samples: z.array(
    z.object({
      what: z.enum(followUpSubjects),
      drawn: z.int(),
      owed: z.int(),
      seed: z.string().nullable(),
    }),
  ),
  handOver: handOverSchema,
});
export type MonthAnalysis = z.infer<typeof monthAnalysisSchema>;

export const reportRefusals = [
  'follow-up.month_running',
  'follow-up.report_handed',
  'follow-up.report_not_handed',
  'follow-up.report_acknowledged',
  'follow-up.own_report',
] as const;
export type ReportRefusal = (typeof reportRefusals)[number];

export const followUpAnalysisRoutes = {
  readFollowUpMonth: route({
    method: 'GET',
    path: '/communities/{communityId}/follow-ups/analysis',
    summary: { zh: '月度回访分析', en: "The month's analysis of follow-ups" },
    permission: 'follow-up.analysis',
    params: communityParams,
    query: z.strictObject({ month: monthInputSchema }),
    response: monthAnalysisSchema,
  }),
  handOverFollowUpMonth: route({
    method: 'POST',
    path: '/communities/{communityId}/follow-ups/analysis/hand-over',
    summary: {
      zh: '客服主管交出回访月报',
      en: 'The supervisor hands the report over; its content stands from then on',
    },
    permission: 'follow-up.hand-over-month',
    params: communityParams,
    body: z.strictObject({ month: monthInputSchema }),
    response: monthAnalysisSchema,
    status: 200,
    errors: reportRefusals,
  }),
  acknowledgeFollowUpMonth: route({
    method: 'POST',
    path: '/communities/{communityId}/follow-ups/analysis/acknowledge',
    summary: { zh: '管理处经理签收回访月报', en: 'The manager acknowledges the report' },
    permission: 'follow-up.acknowledge-month',
    params: communityParams,
    body: z.strictObject({ month: monthInputSchema }),
    response: monthAnalysisSchema,
    status: 200,
    errors: reportRefusals,
  }),
  readFollowUpShares: route({
    method: 'GET',
    path: '/communities/{communityId}/follow-ups/shares',
    summary: { zh: '本月回访率还能不能达到', en: 'Whether the floors of the open months can still be met' },
    permission: 'follow-up.read',
    params: communityParams,
    response: z.object({ items: z.array(shareSchema) }),
  }),
  exportFollowUpMonth: route({
    method: 'GET',
    path: '/communities/{communityId}/follow-ups/export',
    summary: { zh: '导出当月回访清单和分析', en: "The month's list and analysis, .xlsx" },
    permission: 'follow-up.analysis',
    params: communityParams,
    query: z.strictObject({ month: monthInputSchema }),
    response: z.any(),
  }),
} as const;
