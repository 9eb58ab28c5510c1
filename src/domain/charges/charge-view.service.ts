// Posted charges as they are read: with what is open, how each came about and why it differs from the one before.
import { notFound } from '../../kernel/refusal.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Call, type InputOf, readIn } from '../access/call.ts';
import { lastDetailsOf } from './billing-run.service.ts';
import { listPartyNames } from './billing-run.store.ts';
import { chargeInWords, differenceInWords } from './charge.words.ts';
import { differenceOf } from './charge-difference.rules.ts';
import { isOfCommunity, listItemRows } from './charge-item.store.ts';
import type { ChargeView, chargeRoutes } from './charge-view.contract.ts';
import { formulaNames } from './formula.words.ts';
import { lateFeeInWords, lateFeeOfWords } from './late-fee.words.ts';
import { paidElsewhereInWords } from './payment-history.words.ts';
import { findCharges, listChargesOfUnit, listUnitLabels, type StandingCharge } from './posted-charge.store.ts';

type Input<Name extends keyof typeof chargeRoutes> = InputOf<(typeof chargeRoutes)[Name]>;

/** How a posted charge came about; nothing to say of what was charged once. */
export function postedInWords({ detail, lateFee, history, kind }: StandingCharge): string[] {
  if (detail !== null) return chargeInWords(detail, kind, formulaNames);
  if (lateFee !== null) return lateFeeInWords(lateFee);
  return history === null ? [] : paidElsewhereInWords(history);
}

/** Of one household or of many: each charge with its words. */
export async function shownCharges(
  tx: Tx,
  communityId: string,
  charges: readonly StandingCharge[],
): Promise<ChargeView[]> {
  if (charges.length === 0) return [];
  const items = new Map((await listItemRows(tx, communityId)).map((item) => [item.id, item]));
  const labels = await listUnitLabels(
    tx,
    communityId,
    charges.map(({ unitId }) => unitId),
  );
  const names = await listPartyNames(
    tx,
    communityId,
    charges.flatMap(({ payerId }) => payerId ?? []),
  );
  const lasts = new Map<string, Awaited<ReturnType<typeof lastDetailsOf>>>();
  for (const month of new Set(charges.flatMap(({ month, detail }) => (month && detail ? [month] : []))))
    lasts.set(
      month,
      await lastDetailsOf(
        tx,
        communityId,
        month,
        charges.filter((one) => one.month === month && one.detail !== null),
        items,
      ),
    );
  return charges.map((charge) => {
    const { detail, lateFee, payerRole, payerId } = charge;
    const kind = charge.kind;
    const payer = { role: payerRole, partyId: payerId };
    const last = charge.month === null ? null : (lasts.get(charge.month)?.(charge) ?? null);
    const isShared = (detail?.shares.length ?? 0) > 1;
    return {
      id: charge.id,
      communityId,
      unit: { id: charge.unitId, label: labels.get(charge.unitId) ?? '' },
      item: { id: charge.itemId, name: items.get(charge.itemId)?.name ?? '', kind },
      month: charge.month,
      dueOn: charge.dueOn,
      payer,
      payerName: payerId === null ? '' : (names.get(payerId) ?? ''),
      amountFen: charge.amountFen,
      openFen: charge.openFen,
      isReversed: charge.isReversed,
      explanation: postedInWords(charge),
      lateFeeOf: lateFee === null ? null : { chargeId: lateFee.of.chargeId, what: lateFeeOfWords(lateFee) },
      difference:
        detail === null
          ? ''
          : differenceInWords(differenceOf(last, detail, formulaNames, isShared ? payer : null), kind),
      billingRunId: charge.billingRunId,
      postedAt: charge.postedAt,
    };
  });
}

export const listUnitCharges = (call: Call, { params, query }: Input<'listUnitCharges'>) =>
  readIn(call, async (tx) => {
    if (!(await isOfCommunity(tx, call.communityId, 'units', params.id))) throw notFound('unit');
    const all = await listChargesOfUnit(tx, call.communityId, params.id);
    const shown = query.open === 'true' ? all.filter(({ openFen }) => openFen !== 0) : all;
    return {
      items: await shownCharges(tx, call.communityId, shown.slice(0, 200)),
      openFen: all.reduce((sum, { openFen }) => sum + openFen, 0),
      nextCursor: null,
    };
  });

export const readCharge = (call: Call, { params }: Input<'readCharge'>): Promise<ChargeView> =>
  readIn(call, async (tx) => {
    const [shown] = await shownCharges(tx, call.communityId, await findCharges(tx, call.communityId, [params.id]));
    if (!shown) throw notFound('charge');
    return shown;
  });
