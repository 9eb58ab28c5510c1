// The figures of the repairs 报修指标, handed to the indicators in the wiring.

import { type Instant, later, type Month, plusDays } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Comparison, IndicatorName, IndicatorRow } from '../indicators/indicator.contract.ts';
import { checkedOn, firstDayOf, monthAfter, spanOf } from '../indicators/indicator.rules.ts';
import type { IndicatorSource } from '../indicators/indicator-month.service.ts';
import type { StandardDocument } from '../standards/standard.contract.ts';
import { arrivedRows, type FinishedOrder, passedRows, reworkedRows, timelyRows } from './repair-indicators.rules.ts';
import { listFinishedOrders } from './repair-indicators.store.ts';

type FinalOn = IndicatorSource['finalOn'];
const checked = (_tx: Tx, _communityId: string, month: Month, { indicators }: StandardDocument) =>
  checkedOn(month, indicators.monthCheckedByDay.value);
/** What is sent back after the month's end counts for the month as long as the window is open. */
const windowOver: FinalOn = (tx, communityId, month, document) =>
  later(
    checked(tx, communityId, month, document),
    plusDays(firstDayOf(monthAfter(month)), document.repair.reworkWithinDays.value),
  );

/** What every figure of repairs counts from. */
export const finishedRepairs = (
  tx: Tx,
  communityId: string,
  span: { from: Instant; until: Instant },
  document: StandardDocument,
): Promise<FinishedOrder[]> => listFinishedOrders(tx, communityId, span, document.repair.reworkWithinDays.value);

const source = (
  name: IndicatorName,
  comparison: Comparison,
  target: (document: StandardDocument) => number | null,
  finalOn: FinalOn,
  rows: (orders: readonly FinishedOrder[]) => IndicatorRow[],
): IndicatorSource => ({
  name,
  formulaVersion: 1,
  comparison,
  target,
  finalOn,
  rows: async (tx, communityId, month, document) =>
    rows(await finishedRepairs(tx, communityId, spanOf(month), document)),
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
