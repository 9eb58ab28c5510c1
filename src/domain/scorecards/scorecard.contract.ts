// Scorecards of contractors 维保单位考核 on the wire: one card a firm and month, each figure with the list behind it.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { chargePartySchema } from '../clocks/clock.contract.ts';
import { figures } from './scorecard.rules.ts';

const month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/);
const minutesSchema = z.record(chargePartySchema, z.int());
const firmSchema = z.object({ id: z.uuid(), name: z.string() });

export const scorecardSchema = z.object({
  contractor: firmSchema,
  month: z.string(),
  /** Orders behind each figure. */
  figures: z.record(z.enum(figures), z.int()),
  minutes: minutesSchema,
  totalMinutes: z.int(),
});
export type Scorecard = z.infer<typeof scorecardSchema>;

const kept = z.enum(['kept', 'late']).nullable();
export const scorecardCaseSchema = z.object({
  id: z.uuid(),
  code: z.string(),
  state: z.string(),
  unit: z.string().nullable(),
  place: z.string().nullable(),
  category: z.string().nullable(),
  receivedAt: z.string(),
  told: kept,
  arrived: kept,
  finished: kept,
  reworks: z.int(),
  minutes: minutesSchema,
  /** Said when signing. */
  satisfied: z.boolean().nullable(),
  /** One to five, said when followed up; the lowest where asked more than once. */
  followUpSatisfaction: z.int().nullable(),
});
export type ScorecardCase = z.infer<typeof scorecardCaseSchema>;

const communityParams = z.object({ communityId: z.uuid() });
const base = '/communities/{communityId}/contractor-scorecards';

export const scorecardRoutes = {
  listScorecards: route({
    method: 'GET',
    path: base,
    summary: { zh: '各维保单位某月考核', en: 'Scorecards of all contractors for a month' },
    permission: 'scorecard.read',
    params: communityParams,
    query: z.object({ month }),
    response: z.object({ items: z.array(scorecardSchema), nextCursor: z.null() }),
  }),
  listScorecardCases: route({
    method: 'GET',
    path: `${base}/{id}/cases`,
    summary: { zh: '考核数字背后的派工单', en: 'The orders behind one figure' },
    permission: 'scorecard.read',
    params: communityParams.extend({ id: z.uuid() }),
    query: z.object({ month, figure: z.enum(figures).default('orders') }),
    response: z.object({ items: z.array(scorecardCaseSchema), nextCursor: z.null() }),
    errors: ['not_found'],
  }),
} as const;
