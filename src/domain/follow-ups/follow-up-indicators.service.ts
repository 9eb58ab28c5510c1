// The follow-up rate of repairs 维修回访率 (FU5, RP17), handed to the indicators in the wiring: followed up ÷ finished in the
// month, wherever the follow-up falls. The orders are those that timeliness counts, so that both have one denominator.
import { dayOf, later } from '../../kernel/time.ts';
import { checkedOn, spanOf } from '../indicators/indicator.rules.ts';
import type { IndicatorSource } from '../indicators/indicator.service.ts';
import { rowsOf } from '../repairs/repair-indicators.rules.ts';
import { finishedRepairs } from '../repairs/repair-indicators.service.ts';
import { followUpRule } from '../standards/standard.rules.ts';
import { lastDueOfMonths, listReachedCases } from './follow-up-month.store.ts';

export const followUpIndicators: readonly IndicatorSource[] = [
  {
    name: 'repair-follow-up',
    comparison: 'at-least',
    target: (document) => followUpRule(document, 'repair')?.share ?? null,
    // The month stays open until its last due date; the supervisor's check is never before it (FU5, MG1).
    finalOn: async (tx, communityId, month, document) => {
      const checked = checkedOn(month, document.indicators.monthCheckedByDay.value);
      const due = (await lastDueOfMonths(tx, communityId, [month])).get(month);
      return due === undefined ? checked : later(checked, dayOf(due));
    },
    rows: async (tx, communityId, month, document) => {
      const reached = await listReachedCases(tx, communityId, 'repair', month);
      const orders = await finishedRepairs(tx, communityId, spanOf(month), document);
      return rowsOf(orders, (order) => reached.has(order.caseId));
    },
  },
];
