// Routes of the indicators.
import type { Handlers } from '../access/call.ts';
import type { IndicatorName, indicatorRoutes } from './indicator.contract.ts';
import { readIndicatorRows, readIndicators, readIndicatorsEverywhere } from './indicator.service.ts';

export const indicatorHandlers: Handlers<typeof indicatorRoutes> = {
  listIndicators: (call, { query }) => readIndicators(call, query.month),
  listIndicatorRows: (call, { params, query }) => readIndicatorRows(call, params.name as IndicatorName, query),
  listIndicatorsEverywhere: (call, { query }) => readIndicatorsEverywhere(call, query.month),
};
