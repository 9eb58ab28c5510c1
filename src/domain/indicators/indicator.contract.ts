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
  'complaints-handled',
  'complaint-timeliness',
  'complaint-answered',
  'complaint-follow-up',
  'valid-complaints',
  'household-visits',
  'satisfaction-rate',
  'satisfaction-index',
] as const;
export type IndicatorName = (typeof indicatorNames)[number];

/** `below`: the target itself is too much already (V: valid complaints < 2 %). */
export const comparisons = ['at-least', 'at-most', 'below'] as const;
export type Comparison = (typeof comparisons)[number];

export const measures = ['share', 'points'] as const;
export type Measure = (typeof measures)[number];

/** By what a figure is taken apart: where it lay, in whose area, what it was, when in the week it came. */
export const groupings = ['building', 'butler', 'department', 'level', 'category', 'cause', 'hour'] as const;
export type Grouping = (typeof groupings)[number];
/** The group of those that have nothing there: no building, no butler, no cause. */
export const noGroup = 'none';

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
  /** Why it came to it, where the kind knows that. */
  cause?: string | null;
  /** 0–100, where the figure is the average of points instead of a share. */
  points?: number;
  /** Where it lay, of what is no case and so has no place that could be looked up. */
  place?: { buildingId: string; butlerIds: string[] };
};

/** The row with where it lay and in whose area when it was counted. */
export type PlacedRow = Omit<IndicatorRow, 'cause' | 'place'> & {
  cause: string | null;
  department: string | null;
  unitId: string | null;
  buildingId: string | null;
  butlerIds: string[];
};

export const indicatorSchema = z.object({
  communityId: z.uuid(),
  name: z.enum(indicatorNames),
  month: z.string(),
  /** share: those that count ÷ all. points: the average of 0–100. */
  measure: z.enum(measures),
  numerator: z.int(),
  denominator: z.int(),
  /** numerator ÷ denominator; null where nothing is there to divide by. */
  value: z.number().nullable(),
  /** Of the standard in force at the month's end; null: the standard sets none. */
  target: z.number().nullable(),
  comparison: z.enum(comparisons),
  met: z.boolean().nullable(),
  /** What is divided by: its own rows, or the households of the community. */
  per: z.enum(['rows', 'households']),
  formulaVersion: z.int(),
  /** From this day on nothing can change the figure any more. */
  finalOn: z.string(),
  isFinal: z.boolean(),
  /** Since when the figure and its rows stand as they are; null: still counted anew. */
  frozenAt: z.string().nullable(),
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
  cause: z.string().nullable(),
  department: z.string().nullable(),
  building: z.string().nullable(),
  /** Of the area; several share one. */
  butlers: z.array(z.string()),
});
export type IndicatorRowShown = z.infer<typeof indicatorRowSchema>;

export const indicatorGroupSchema = z.object({
  /** `none` for those without one; `1-09` is Monday from nine. */
  key: z.string(),
  /** A building's or butlers' names; null where the key is a code that the reader has words for. */
  label: z.string().nullable(),
  numerator: z.int(),
  denominator: z.int(),
  value: z.number().nullable(),
  met: z.boolean().nullable(),
  /** How many rows it opens to. */
  rows: z.int(),
  rowsUrl: z.string(),
});
export type IndicatorGroup = z.infer<typeof indicatorGroupSchema>;
export const indicatorGroupsSchema = z.object({
  name: z.enum(indicatorNames),
  month: z.string(),
  by: z.enum(groupings),
  items: z.array(indicatorGroupSchema),
});
export type IndicatorGroups = z.infer<typeof indicatorGroupsSchema>;

export const trendMonths = 12;
export const indicatorTrendSchema = z.object({
  name: z.enum(indicatorNames),
  items: z.array(
    indicatorSchema.pick({
      month: true,
      numerator: true,
      denominator: true,
      value: true,
      target: true,
      comparison: true,
      met: true,
      isFinal: true,
      frozenAt: true,
      rowsUrl: true,
    }),
  ),
});
export type IndicatorTrend = z.infer<typeof indicatorTrendSchema>;

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
      /** One group only; `key` as the groups answered it. */
      by: z.enum(groupings).optional(),
      key: z.string().min(1).max(800).optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
      cursor: z.string().optional(),
    }),
    response: z.object({ items: z.array(indicatorRowSchema), nextCursor: z.string().nullable(), total: z.int() }),
  }),
  listIndicatorGroups: route({
    method: 'GET',
    path: '/communities/{communityId}/indicators/{name}/groups',
    summary: { zh: '一个指标按楼栋、管家、部门、级别等分组', en: 'A figure by building, butler, department, level …' },
    permission: 'indicator.read',
    params: communityParams.extend({ name: z.enum(indicatorNames) }),
    query: z.strictObject({ month: month.optional(), by: z.enum(groupings) }),
    response: indicatorGroupsSchema,
  }),
  readIndicatorTrend: route({
    method: 'GET',
    path: '/communities/{communityId}/indicators/{name}/trend',
    summary: { zh: '一个指标最近十二个月的走势', en: 'A figure over twelve months up to the one asked' },
    permission: 'indicator.read',
    params: communityParams.extend({ name: z.enum(indicatorNames) }),
    query: z.strictObject({ month: month.optional() }),
    response: indicatorTrendSchema,
  }),
  exportIndicators: route({
    method: 'GET',
    path: '/communities/{communityId}/indicators/export',
    summary: { zh: '导出一个月的指标、分组与事项（xlsx）', en: 'A month of figures, groups and rows as a workbook' },
    permission: 'indicator.read',
    params: communityParams,
    query: z.strictObject({ month: month.optional() }),
    response: z.unknown(),
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
