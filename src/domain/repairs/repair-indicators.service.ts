// The figures of the repairs 报修指标, handed to the indicators in the wiring.

import type { Month } from '../../kernel/time.ts';
import { later, plusDays } from '../../kernel/time.ts';
import type { IndicatorName, IndicatorRow } from '../indicators/indicator.contract.ts';
import { type Comparison, checkedOn, firstDayOf, monthAfter, spanOf } from '../indicators/indicator.rules.ts';
import type { IndicatorSource } from '../indicators/indicator.service.ts';
import type { StandardDocument } from '../standards/standard.contract.ts';
import { arrivedRows, type FinishedOrder, passedRows, reworkedRows, timelyRows } from './repair-indicators.rules.ts';
import { listFinishedOrders } from './repair-indicators.store.ts';

const checked = (month: Month, { indicators }: StandardDocument) =>
  checkedOn(month, indicators.monthCheckedByDay.value);
/** What is sent back after the month's end counts for the month as long as the window is open. */
const windowOver = (month: Month, document: StandardDocument) =>
  later(checked(month, document), plusDays(firstDayOf(monthAfter(month)), document.repair.reworkWithinDays.value));

const source = (
  name: IndicatorName,
  comparison: Comparison,
  target: (document: StandardDocument) => number | null,
  finalOn: IndicatorSource['finalOn'],
  rows: (orders: readonly FinishedOrder[]) => IndicatorRow[],
): IndicatorSource => ({
  name,
  comparison,
  target,
  finalOn,
  rows: async (tx, communityId, month, document) =>
    rows(await listFinishedOrders(tx, communityId, spanOf(month), document.repair.reworkWithinDays.value)),
});

export const repairIndicators: readonly IndicatorSource[] = [
  source('repair-timeliness', 'at-least', ({ repair }) => repair.targets.timeliness.value, checked, timelyRows),
  source('repair-arrival', 'at-least', () => null, checked, arrivedRows),
  source('repair-rework', 'at-most', ({ repair }) => repair.targets.rework.value, windowOver, reworkedRows),
  source(
    'minor-repairs-passed',
    'at-least',
    ({ repair }) => repair.targets.minorPassedAtFirst.value,
    windowOver,
    passedRows,
  ),
];
