// A fee notice from a household's charges (MN3): this month's by payer, what is open from before, and the one sum to pay.
import { capitalsOfFen } from '../../kernel/capitals.ts';
import { sumFen } from '../../kernel/money.ts';
import { type Day, daysBetween, type Month } from '../../kernel/time.ts';
import type { ChargeView } from './charge-view.contract.ts';
import type { FeeNotice } from './fee-notice.contract.ts';

const lineOf =
  (today: Day) =>
  ({ id, item, month, dueOn, explanation, amountFen, openFen }: ChargeView): FeeNotice['lines'][number] => ({
    chargeId: id,
    item: item.name,
    ...{ month, dueOn, explanation, amountFen, openFen },
    overdueDays: openFen > 0 && dueOn < today ? daysBetween(dueOn, today) : 0,
  });

/** One notice for each who pays; undone charges are none of it, charges of later months neither. */
export function noticesOf(charges: readonly ChargeView[], month: Month, today: Day): FeeNotice[] {
  const standing = charges.filter(
    (charge) => charge.amountFen > 0 && !charge.isReversed && (charge.month === null || charge.month <= month),
  );
  const payers = new Map<string, ChargeView[]>();
  for (const charge of standing) {
    const key = `${charge.unit.id} ${charge.payer.role} ${charge.payer.partyId ?? '-'}`;
    payers.set(key, [...(payers.get(key) ?? []), charge]);
  }
  return [...payers.values()].flatMap((own): FeeNotice[] => {
    const now = own.filter((charge) => charge.month === month);
    const earlier = own
      .filter((charge) => charge.month !== month && charge.openFen > 0)
      .sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
    const [first] = now.length > 0 ? now : earlier;
    if (first === undefined) return [];
    const openNow = sumFen(now.map(({ openFen }) => openFen));
    const earlierFen = sumFen(earlier.map(({ openFen }) => openFen));
    const toPayFen = openNow + earlierFen;
    return [
      {
        unit: first.unit,
        payer: first.payer,
        payerName: first.payerName,
        month,
        lines: now.map(lineOf(today)),
        earlier: earlier.map(lineOf(today)),
        amountFen: sumFen(now.map(({ amountFen }) => amountFen)),
        earlierFen,
        toPayFen,
        toPayInCapitals: toPayFen === 0 ? '' : capitalsOfFen(toPayFen),
        dueOn: now.map(({ dueOn }) => dueOn).sort()[0] ?? first.dueOn,
      },
    ];
  });
}
