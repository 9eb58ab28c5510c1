// The follow-up rates of repairs 维修回访率 (FU5, RP17) and of complaints 投诉处理回访率 (CP13), handed to the indicators in
// the wiring: followed up ÷ finished or handled in the month, wherever the follow-up falls. The cases are those that
// timeliness counts, so that both have one denominator.
import { dayOf, later } from '../../kernel/time.ts';
import { complaintRows } from '../complaints/complaint-indicators.rules.ts';
import { handledComplaints } from '../complaints/complaint-indicators.service.ts';
import { checkedOn, spanOf } from '../indicators/indicator.rules.ts';
import type { IndicatorSource } from '../indicators/indicator-month.service.ts';
import { rowsOf } from '../repairs/repair-indicators.rules.ts';
import { finishedRepairs } from '../repairs/repair-indicators.service.ts';
import { followUpRule } from '../standards/standard.rules.ts';
import { lastDueOfMonths, listReachedCases } from './follow-up-month.store.ts';

/** The month stays open until its last due date; the supervisor's check is never before it (FU5, MG1). */
const lastDue: IndicatorSource['finalOn'] = async (tx, communityId, month, document) => {
  const checked = checkedOn(month, document.indicators.monthCheckedByDay.value);
  const due = (await lastDueOfMonths(tx, communityId, [month])).get(month);
  return due === undefined ? checked : later(checked, dayOf(due));
};

export const followUpIndicators: readonly IndicatorSource[] = [
  {
    name: 'repair-follow-up',
    formulaVersion: 1,
    comparison: 'at-least',
    target: (document) => followUpRule(document, 'repair')?.share ?? null,
    finalOn: lastDue,
    rows: async (tx, communityId, month, document) => {
      const reached = await listReachedCases(tx, communityId, ['repair'], month);
      const orders = await finishedRepairs(tx, communityId, spanOf(month), document);
      return rowsOf(orders, (order) => reached.has(order.caseId));
    },
  },
  {
    name: 'complaint-follow-up',
    formulaVersion: 1,
    comparison: 'at-least',
    target: (document) => followUpRule(document, 'complaint')?.share ?? null,
    finalOn: lastDue,
    rows: async (tx, communityId, month) => {
      const reached = await listReachedCases(tx, communityId, ['complaint', 'major-critical-event'], month);
      return complaintRows(await handledComplaints(tx, communityId, month), (one) => reached.has(one.caseId));
    },
  },
];
