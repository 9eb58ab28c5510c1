// Payments 收款 (MN5): what is due of a household is locked, settled, entered in the books and given its receipt, all or
// nothing; the receipt's number is the last thing taken.
import { newId } from '../../kernel/id.ts';
import { badField } from '../../kernel/refusal.ts';
import { dayOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Call, effect } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import { openChargesOf } from '../charges/charge-posting.service.ts';
import { formulaNames } from '../charges/formula.words.ts';
import { findCharges, type StandingCharge } from '../charges/posted-charge.store.ts';
import type { Settled } from '../ledger/allocation.rules.ts';
import { balanceOf, closeDayFor, lockHouseholds, postEntry } from '../ledger/ledger.service.ts';
import { listResidents, listUnitsByIds } from '../places/unit.store.ts';
import type { ReceiptLine } from '../receipts/receipt.contract.ts';
import { bookFor, writeReceipt } from '../receipts/receipt.service.ts';
import { standardInForce } from '../standards/standard.service.ts';
import { chargeNamesOf } from './charge-item.service.ts';
import type { CreatePayment } from './payment.contract.ts';
import { decidePayment } from './payment.rules.ts';
import { insertPayment } from './payment.store.ts';
import { receiptLineWords } from './payment.words.ts';
import { receiptLine } from './receipt-line.rules.ts';
import { settleRepairs } from './repair-charge.service.ts';

/** What happens where money is taken at a door: the slice of its appointments tells, and refuses without one. */
export type AtDoor = (
  tx: Tx,
  call: Call,
  taken: { paymentId: string; unitIds: readonly string[]; cashFen: number },
) => Promise<void>;
let atDoor: AtDoor = async () => {};
export const linkDoorstep = (work: AtDoor): void => {
  atDoor = work;
};

export async function takePayment(call: Call, ask: CreatePayment): Promise<string> {
  return effect(call, newId(), async (tx, id) => {
    const { communityId, now } = call;
    const cashierId = call.actor.accountId;
    const chosenIds = [...new Set((ask.allocations ?? []).map((one) => one.chargeId))];
    const chosen = chosenIds.length === 0 ? [] : await findCharges(tx, communityId, chosenIds);
    const unitIds = [...new Set([ask.unitId, ...chosen.map((charge) => charge.unitId)])];
    const units = new Map((await listUnitsByIds(tx, communityId, unitIds)).map((unit) => [unit.id, unit]));
    if (!units.has(ask.unitId)) throw badField('unitId', 'unknown_unit');
    // From here to the commit nobody else changes what these units owe.
    await lockHouseholds(tx, communityId, unitIds);
    const [{ money }, day, open, balanceFen] = await Promise.all([
      standardInForce(tx, communityId).then((version) => version.document),
      closeDayFor(tx, call, cashierId),
      openChargesOf(tx, communityId, unitIds),
      balanceOf(tx, communityId, ask.unitId),
    ]);
    const charges = [...open, ...settledOf(chosen, open)];
    const decided = decidePayment(ask, {
      charges,
      balanceFen,
      cashier: { id: cashierId, roles: call.roles },
      collectors: money.collectors.value,
      isDayClosed: day.isDayClosed,
    });
    const [book, payer] = await Promise.all([
      bookFor(tx, communityId, cashierId, ask.takenAt),
      payerOf(tx, call, ask, paidCharges(decided.settles, charges)),
    ]);
    // The day was asked for above, under the drawer's lock.
    const entryId = await postEntry(tx, call, decided.entry, day.closeOn);
    await insertPayment(
      tx,
      communityId,
      {
        id,
        entryId,
        unitId: ask.unitId,
        payerId: payer.id,
        amountFen: ask.amountFen,
        prepaidFen: decided.prepaidFen,
        tenderedFen: ask.tenderedFen ?? null,
        changeFen: decided.changeFen,
        takenAt: ask.takenAt,
        cashierId,
        at: now,
      },
      ask.note,
    );
    if (ask.takenAt === 'doorstep') {
      const cashFen = decided.parts.find(({ method }) => method === 'cash')?.fen ?? 0;
      await atDoor(tx, call, { paymentId: id, unitIds, cashFen });
    }
    await settleRepairs(tx, call, charges, decided.settles);
    await record(tx, call, {
      action: 'payment.take',
      noun: 'payment',
      nounId: id,
      changed: { amountFen: [null, ask.amountFen], unitId: [null, ask.unitId] },
    });
    const lines = await linesOf(tx, communityId, decided.settles, charges, (unitId) => units.get(unitId)?.label ?? '');
    const prepaid = prepaidLine(units.get(ask.unitId)?.label ?? '', decided.prepaidFen);
    const receipt = {
      kind: 'payment' as const,
      sourceId: id,
      cashierId,
      usedAt: ask.takenAt,
      lines: [...lines, ...prepaid],
      methods: decided.parts.map(({ method }) => method),
      payer: payer.name,
    };
    await writeReceipt(tx, call, receipt, book);
  });
}

/** What was chosen and is not open any more: told as paid, not as unknown. */
const settledOf = (chosen: readonly StandingCharge[], open: readonly { id: string }[]) =>
  chosen
    .filter((charge) => charge.reversesId === null && !open.some(({ id }) => id === charge.id))
    .map((charge) => ({ ...charge, chargeId: charge.id, openFen: 0 }));

const paidCharges = (settles: readonly Settled[], charges: readonly StandingCharge[]): StandingCharge[] =>
  settles.flatMap(({ chargeId }) => charges.find(({ id }) => id === chargeId) ?? []);

/** As the receipt names them: who was said to pay, else whoever the charges are owed by, else the unit's owners. */
async function payerOf(
  tx: Tx,
  call: Call,
  ask: CreatePayment,
  paid: readonly StandingCharge[],
): Promise<{ id: string | null; name: string }> {
  if (ask.payerName !== undefined) return { id: null, name: ask.payerName };
  const people = await listResidents(tx, call.communityId, [ask.unitId], dayOf(call.now));
  const owing = new Set(paid.map((charge) => charge.payerId));
  const owers = people.filter((one) => owing.has(one.partyId));
  const owners = owers.length > 0 ? owers : people.filter((one) => one.relation === 'owner');
  const names = [...new Set(owners.map((one) => one.name))];
  return { id: owners[0]?.partyId ?? null, name: names.slice(0, 3).join('、') };
}

async function linesOf(
  tx: Tx,
  communityId: string,
  settles: readonly Settled[],
  charges: readonly StandingCharge[],
  labelOf: (unitId: string) => string,
): Promise<ReceiptLine[]> {
  const paid = paidCharges(settles, charges);
  const nameOf = await chargeNamesOf(tx, communityId, paid);
  return paid.map((charge, place) =>
    receiptLine(
      {
        unit: labelOf(charge.unitId),
        charge: nameOf(charge),
        month: charge.month,
        amountFen: charge.amountFen,
        paidFen: settles[place]?.fen ?? 0,
        detail: charge.detail,
      },
      formulaNames,
    ),
  );
}

const prepaidLine = (unit: string, fen: number): ReceiptLine[] =>
  fen === 0
    ? []
    : [
        receiptLine(
          { unit, charge: receiptLineWords.prepaid, month: null, amountFen: fen, paidFen: fen, detail: null },
          formulaNames,
        ),
      ];
