// The figure of household visits 上门拜访完成率 (FU7), handed to the indicators in the wiring: of those who owe visits in a
// month, who visited as many households as the standard asks of each.
import { listPostHolders } from '../access/account.service.ts';
import { checkedOn, spanOf } from '../indicators/indicator.rules.ts';
import type { IndicatorSource } from '../indicators/indicator-month.service.ts';
import { dutiesOf, lastVisits } from './visit.rules.ts';
import { listMonthFacts } from './visit.store.ts';

/** The duty is each person's: all of them. */
const everybody = 1;

export const visitIndicators: readonly IndicatorSource[] = [
  {
    name: 'household-visits',
    formulaVersion: 1,
    comparison: 'at-least',
    target: () => everybody,
    finalOn: (_tx, _communityId, month, document) => checkedOn(month, document.indicators.monthCheckedByDay.value),
    rows: async (tx, communityId, month, document) => {
      const rule = document.followUp.householdVisits.value;
      const span = spanOf(month);
      const { held, ahead } = await listMonthFacts(tx, communityId, span);
      const last = lastVisits(held);
      return dutiesOf(month, rule, await listPostHolders(tx, communityId), held, ahead).map((duty) => ({
        caseId: duty.person.id,
        code: duty.person.name,
        kind: 'visits-of-person',
        unit: `${duty.households} / ${rule.perPersonPerMonth}`,
        level: null,
        category: null,
        at: last.get(duty.person.id) ?? span.from,
        counts: duty.missing === 0,
      }));
    },
  },
];
