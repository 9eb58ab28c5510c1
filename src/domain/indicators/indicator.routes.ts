// Routes of the indicators.
import type { Handlers } from '../access/call.ts';
import type { IndicatorName, indicatorRoutes } from './indicator.contract.ts';
import {
  readIndicatorGroups,
  readIndicatorRows,
  readIndicators,
  readIndicatorsEverywhere,
  readIndicatorTrend,
} from './indicator.service.ts';
import { exportIndicators } from './indicator-export.service.ts';

export const indicatorHandlers: Handlers<typeof indicatorRoutes> = {
  listIndicators: (call, { query }) => readIndicators(call, query.month),
  listIndicatorRows: (call, { params, query }) => readIndicatorRows(call, params.name as IndicatorName, query),
  listIndicatorGroups: (call, { params, query }) => readIndicatorGroups(call, params.name as IndicatorName, query),
  readIndicatorTrend: (call, { params, query }) => readIndicatorTrend(call, params.name as IndicatorName, query.month),
  exportIndicators: (call, { query }) => exportIndicators(call, query.month),
  listIndicatorsEverywhere: (call, { query }) => readIndicatorsEverywhere(call, query.month),
};
