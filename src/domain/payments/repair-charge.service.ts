// RP11: what a repair costs is a charge of its household from the end of the work on; it is paid at the counter or put on the
// bill, and the order knows which.
import { badField, notFound, Refusal } from '../../kernel/refusal.ts';
import { dayOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Call, effect } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import { postCharges, reverseCharge } from '../charges/charge-posting.service.ts';
import { findCharges, listChargesOfUnit, type StandingCharge } from '../charges/posted-charge.store.ts';
import type { Settled } from '../ledger/allocation.rules.ts';
import { lockHouseholds } from '../ledger/ledger.service.ts';
import { listResidents } from '../places/unit.store.ts';
import { settleMoney } from '../repairs/repair.service.ts';
import type { ChargeRepair } from '../repairs/repair-money.service.ts';
import { itemOf } from './charge-item.service.ts';

/** Brings what is owed for an order to so much: what was not paid of it is undone, the rest charged. */
export const chargeForRepair: ChargeRepair = async (tx, call, { caseId, unitId, chargedFen }) => {
  const { communityId, now } = call;
  await lockHouseholds(tx, communityId, [unitId]);
  const standing = (await listChargesOfUnit(tx, communityId, unitId)).filter(
    (charge) => charge.caseId === caseId && charge.reversesId === null && !charge.isReversed,
  );
  let keptFen = 0;
  for (const charge of standing)
    if (charge.openFen === charge.amountFen) await reverseCharge(tx, call, charge.id);
    else keptFen += charge.amountFen;
  if (chargedFen <= keptFen) return;
  const itemId = await itemOf(tx, call, 'repair');
  const owner = (await listResidents(tx, communityId, [unitId], dayOf(now))).find((one) => one.relation === 'owner');
  await postCharges(tx, call, [
    {
      unitId,
      itemId,
      kind: 'repair',
      payer: { role: 'owner', partyId: owner?.partyId ?? null },
      month: null,
      dueOn: dayOf(now),
      amountFen: chargedFen - keptFen,
      detail: null,
      caseId,
    },
  ]);
};

/** Orders whose charges are settled whole by this payment. */
export async function settleRepairs(
  tx: Tx,
  call: Call,
  charges: readonly StandingCharge[],
  settles: readonly Settled[],
): Promise<void> {
  const paid = new Map(settles.map(({ chargeId, fen }) => [chargeId, fen]));
  const openAfter = new Map<string, number>();
  for (const { id, caseId, kind, openFen } of charges)
    if (caseId !== null && kind === 'repair')
      openAfter.set(caseId, (openAfter.get(caseId) ?? 0) + openFen - (paid.get(id) ?? 0));
  const touched = new Set(charges.flatMap(({ id, caseId }) => (paid.has(id) && caseId !== null ? [caseId] : [])));
  for (const [caseId, fen] of openAfter)
    if (fen === 0 && touched.has(caseId)) await settleMoney(tx, call, caseId, 'paid');
}

/** A payment was undone: what it had settled is open again. */
export async function reopenRepairs(tx: Tx, call: Call, chargeIds: readonly string[]): Promise<void> {
  for (const { caseId, kind } of await findCharges(tx, call.communityId, chargeIds))
    if (caseId !== null && kind === 'repair') await settleMoney(tx, call, caseId, 'open');
}

/** RP11: not paid at once, it stands on the household's next bill. */
export async function putOnBill(call: Call, chargeId: string): Promise<string> {
  return effect(call, chargeId, async (tx) => {
    const [charge] = await findCharges(tx, call.communityId, [chargeId]);
    if (!charge || charge.reversesId !== null) throw notFound('charge');
    if (charge.kind !== 'repair' || charge.caseId === null) throw badField('id', 'not_a_repair_charge');
    if (charge.openFen <= 0 || charge.isReversed) throw new Refusal('ledger.more_than_open', { openFen: 0 });
    await settleMoney(tx, call, charge.caseId, 'on-bill');
    await record(tx, call, { action: 'charge.put-on-bill', noun: 'charge', nounId: chargeId, changed: {} });
  });
}
