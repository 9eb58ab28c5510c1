// Indicator 指标: a formula over facts, a target, a period. Its figure is nothing but its rows counted: those that count
// over all of them, so that whoever opens it finds what it was made of (spec/08, spec/11 Denominators).
import { z } from 'zod';
import { route } from '../../kernel/route.ts';

export const indicatorNames = [
  'repair-timeliness',
  'repair-arrival',
  'repair-rework',
  'minor-repairs-passed',
  'repair-follow-up',
  'household-visits',
  'satisfaction-rate',
  'satisfaction-index',
] as const;
export type IndicatorName = (typeof indicatorNames)[number];

const month = z.string().refine((text) => /^\d{4}-(0[1-9]|1[0-2])$/.test(text), {
  params: { code: 'not_a_month' },
});

/** One case behind a figure: in the denominator always, in the numerator when it counts. */
export type IndicatorRow = {
  caseId: string;
  code: string;
  kind: string;
  unit: string | null;
  level: string | null;
  category: string | null;
  /** The event by which it belongs to the month. */
  at: string;
  counts: boolean;
  /** 0–100, where the figure is the average of points instead of a share. */
  points?: number;
};

export const indicatorSchema = z.object({
  communityId: z.uuid(),
  name: z.enum(indicatorNames),
  month: z.string(),
  /** share: those that count ÷ all. points: the average of 0–100. */
  measure: z.enum(['share', 'points']),
  numerator: z.int(),
  denominator: z.int(),
  /** numerator ÷ denominator; null where nothing is there to divide by. */
  value: z.number().nullable(),
  /** Of the standard in force at the month's end; null: the standard sets none. */
  target: z.number().nullable(),
  comparison: z.enum(['at-least', 'at-most']),
  met: z.boolean().nullable(),
  /** From this day on nothing can change the figure any more. */
  finalOn: z.string(),
  isFinal: z.boolean(),
  rowsUrl: z.string(),
});
export type Indicator = z.infer<typeof indicatorSchema>;

export const indicatorListSchema = z.object({ month: z.string(), items: z.array(indicatorSchema) });

export const indicatorRowSchema = z.object({
  caseId: z.uuid(),
  code: z.string(),
  kind: z.string(),
  unit: z.string().nullable(),
  level: z.string().nullable(),
  category: z.string().nullable(),
  at: z.string(),
  counts: z.boolean(),
  points: z.int().optional(),
});

const communityParams = z.object({ communityId: z.uuid() });

export const indicatorRoutes = {
  listIndicators: route({
    method: 'GET',
    path: '/communities/{communityId}/indicators',
    summary: { zh: '一个月的指标：分子、分母、目标', en: 'Figures of a month: numerator, denominator, target' },
    permission: 'indicator.read',
    params: communityParams,
    query: z.strictObject({ month: month.optional() }),
    response: indicatorListSchema,
  }),
  listIndicatorRows: route({
    method: 'GET',
    path: '/communities/{communityId}/indicators/{name}/rows',
    summary: { zh: '一个指标由哪些事项算出', en: 'The cases that a figure was counted from' },
    permission: 'indicator.read',
    params: communityParams.extend({ name: z.enum(indicatorNames) }),
    query: z.strictObject({
      month: month.optional(),
      counts: z.enum(['true', 'false']).optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
      cursor: z.string().optional(),
    }),
    response: z.object({ items: z.array(indicatorRowSchema), nextCursor: z.string().nullable(), total: z.int() }),
  }),
  listIndicatorsEverywhere: route({
    method: 'GET',
    path: '/indicators',
    summary: { zh: '我可见的全部小区的指标', en: 'Figures of the communities I may see' },
    permission: null,
    query: z.strictObject({ month: month.optional() }),
    response: indicatorListSchema,
  }),
} as const;
