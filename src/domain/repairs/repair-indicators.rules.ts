// Which repairs of a month count for which figure (spec/08; spec/11 Denominators). An order belongs to the month in which
// it was finished; finished twice in one month, after a rework, it is still one order and late if either was late.
import type { IndicatorRow } from '../indicators/indicator.contract.ts';

export type FinishedOrder = Omit<IndicatorRow, 'counts'> & {
  /** Clocks of this month's work; `none`: nothing was promised that could be kept. */
  complete: 'met' | 'missed' | 'none';
  onSite: 'met' | 'missed' | 'none';
  /** Sent back within the standard's window after a finish of this month (RP3, 返修). */
  isReworked: boolean;
  /** The first finish of the order's life falls into this month. */
  isFirstFinish: boolean;
  /** What the customer said at the first signature, if nothing was sent back before it. */
  acceptedAtFirst: boolean;
};

/** The orders as rows of a figure, those that count told by what they are. */
export const rowsOf = (orders: readonly FinishedOrder[], counts: (order: FinishedOrder) => boolean): IndicatorRow[] =>
  orders.map((order) => {
    const { caseId, code, kind, unit, level, category, at } = order;
    return { caseId, code, kind, unit, level, category, at, counts: counts(order) };
  });

/** RP3: finished within the limit or by the agreed date ÷ finished, over all kinds together. */
export const timelyRows = (orders: readonly FinishedOrder[]): IndicatorRow[] =>
  rowsOf(orders, (order) => order.complete === 'met');

/** Beside it: of those with a promise to be there, those where every such promise was kept. */
export const arrivedRows = (orders: readonly FinishedOrder[]): IndicatorRow[] =>
  rowsOf(
    orders.filter((order) => order.onSite !== 'none'),
    (order) => order.onSite === 'met',
  );

/** RP3: sent back ÷ finished. */
export const reworkedRows = (orders: readonly FinishedOrder[]): IndicatorRow[] =>
  rowsOf(orders, (order) => order.isReworked);

/** RP3, C: minor repairs accepted at the first signature ÷ minor repairs, each in the month of its first finish. */
export const passedRows = (orders: readonly FinishedOrder[]): IndicatorRow[] =>
  rowsOf(
    orders.filter((order) => order.level === 'ordinary' && order.isFirstFinish),
    (order) => order.acceptedAtFirst,
  );
