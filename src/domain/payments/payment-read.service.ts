// Payments 收款 as the interface shows them, and what is due of a household as the counter shows it.
import { pageById } from '../../kernel/paging.ts';
import { notFound } from '../../kernel/refusal.ts';
import { dayOf, plusDays, startOfDay } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { accountNames } from '../access/account.service.ts';
import { type Call, readIn } from '../access/call.ts';
import { openChargesOf } from '../charges/charge-posting.service.ts';
import { postedInWords } from '../charges/charge-view.service.ts';
import { lateFeeOfWords } from '../charges/late-fee.words.ts';
import { findCharges } from '../charges/posted-charge.store.ts';
import { isInHand } from '../ledger/balance.rules.ts';
import type { EntryLine, Method } from '../ledger/ledger.contract.ts';
import { balanceOf, standingFor } from '../ledger/ledger.service.ts';
import { listLines, sumBalances } from '../ledger/ledger.store.ts';
import { findUnit, listResidents, listUnitsByIds, listUnitsOfParty } from '../places/unit.store.ts';
import { receiptCode } from '../receipts/receipt.rules.ts';
import { receiptsOf } from '../receipts/receipt.service.ts';
import { listBooksInHand } from '../receipts/receipt-book.store.ts';
import { standardInForce } from '../standards/standard.service.ts';
import { chargeNamesOf } from './charge-item.service.ts';
import type { Due, Payment, PaymentListQuery } from './payment.contract.ts';
import { mayCollect, reversalBlocker } from './payment.rules.ts';
import { listPaymentRows, listReversals, type PaymentRead, type ReversalRow, sumOfDay } from './payment.store.ts';

/** Cash counts without the change that was given back. */
function partsOf(lines: readonly EntryLine[]): { method: Method; amountFen: number }[] {
  const sums = new Map<Method, number>();
  for (const { account, amountFen } of lines)
    if (isInHand(account)) sums.set(account as Method, (sums.get(account as Method) ?? 0) + amountFen);
  return [...sums].map(([method, amountFen]) => ({ method, amountFen }));
}

async function shape(tx: Tx, call: Call, rows: readonly PaymentRead[]): Promise<Payment[]> {
  const { communityId } = call;
  const ids = rows.map((row) => row.id);
  const lines = await listLines(
    tx,
    communityId,
    rows.map((row) => row.entryId),
  );
  const settled = lines.filter((line) => line.account === 'receivable');
  const [charges, receipts, reversals, balances] = await Promise.all([
    findCharges(
      tx,
      communityId,
      settled.flatMap(({ chargeId }) => chargeId ?? []),
    ),
    receiptsOf(tx, call, ids),
    listReversals(tx, communityId, ids),
    sumBalances(
      tx,
      communityId,
      rows.map((row) => row.unitId),
    ),
  ]);
  const unitIds = [...rows.map((row) => row.unitId), ...settled.flatMap(({ unitId }) => unitId ?? [])];
  const units = new Map((await listUnitsByIds(tx, communityId, [...new Set(unitIds)])).map((unit) => [unit.id, unit]));
  const nameOf = await chargeNamesOf(tx, communityId, charges);
  const names = await accountNames(
    tx,
    reversals.flatMap((one) => [one.askedBy, one.approvedBy, one.doneBy]),
  );
  const labelOf = (unitId: string | null) => units.get(unitId ?? '')?.label ?? '';
  return rows.map((row) => {
    const receipt = receipts.get(row.id);
    // No money without a receipt: one that is missing is a fault of ours.
    if (!receipt) throw new Error(`payment ${row.id} has no receipt`);
    const own = lines.filter((line) => line.entryId === row.entryId);
    const parts = partsOf(own);
    const reversal = reversals.find((one) => one.paymentId === row.id) ?? null;
    const refusal = reversalBlocker(row.isReversed ? 'reversed' : 'posted', call.roles);
    return {
      id: row.id,
      unitId: row.unitId,
      unit: labelOf(row.unitId),
      state: row.isReversed ? 'reversed' : 'posted',
      amountFen: row.amountFen,
      method: parts[0]?.method ?? 'cash',
      parts,
      tenderedFen: row.tenderedFen,
      changeFen: row.changeFen,
      prepaidFen: row.prepaidFen,
      settles: own.flatMap((line) => {
        const charge = charges.find(({ id }) => id === line.chargeId);
        if (!charge || line.account !== 'receivable') return [];
        const { id: chargeId, unitId, month } = charge;
        return [{ chargeId, unitId, unit: labelOf(unitId), charge: nameOf(charge), month, amountFen: -line.amountFen }];
      }),
      balanceFen: balances.get(row.unitId) ?? 0,
      takenAt: row.takenAt,
      cashier: { id: row.cashierId, name: row.cashierName },
      at: row.at,
      note: row.note ?? '',
      receipt,
      reversal: reversal && reversalShape(reversal, (id) => names.get(id) ?? ''),
      version: row.isReversed ? 2 : 1,
      moves:
        refusal?.code === 'forbidden'
          ? []
          : [refusal ? { name: 'reverse', allowed: false, reason: refusal.code } : { name: 'reverse', allowed: true }],
    };
  });
}

function reversalShape(row: ReversalRow, nameOf: (id: string) => string): Payment['reversal'] {
  const person = (id: string | null) => (id === null ? null : { id, name: nameOf(id) });
  return {
    id: row.id,
    state: row.state,
    approvalId: row.approvalId,
    reason: row.reason,
    askedBy: { id: row.askedBy, name: nameOf(row.askedBy) },
    approvedBy: person(row.approvedBy),
    doneBy: person(row.doneBy),
    doneAt: row.doneAt,
  };
}

export const readPayment = (call: Call, id: string): Promise<Payment> =>
  readIn(call, async (tx) => {
    const [payment] = await shape(tx, call, await listPaymentRows(tx, call.communityId, { ids: [id], limit: 1 }));
    if (!payment) throw notFound('payment');
    return payment;
  });

export const readPayments = (call: Call, query: PaymentListQuery) =>
  readIn(call, (tx) =>
    pageById(
      query,
      (from) =>
        listPaymentRows(tx, call.communityId, {
          unitId: query.unitId,
          cashierId: query.cashierId,
          ...from,
        }),
      (rows) => shape(tx, call, rows),
    ),
  );

/** MN5: all that the counter needs before it takes anything. */
export const readDue = (call: Call, unitId: string): Promise<Due> =>
  readIn(call, async (tx) => {
    const { communityId, now } = call;
    const today = dayOf(now);
    const cashierId = call.actor.accountId;
    const unit = await findUnit(tx, communityId, unitId);
    if (!unit) throw notFound('unit');
    const people = await listResidents(tx, communityId, [unitId], today);
    const payers = people.filter(({ relation }) => relation === 'owner' || relation === 'lessee');
    const otherIds = new Set<string>();
    for (const { partyId } of payers.slice(0, 4))
      for (const id of await listUnitsOfParty(tx, communityId, partyId, today)) otherIds.add(id);
    otherIds.delete(unitId);
    const others = [...otherIds].slice(0, 20);
    const { money } = (await standardInForce(tx, communityId)).document;
    const [charges, balanceFen, standing, balances, books, day] = await Promise.all([
      openChargesOf(tx, communityId, [unitId, ...others]),
      balanceOf(tx, communityId, unitId),
      standingFor(tx, communityId, { unitIds: [unitId] }),
      sumBalances(tx, communityId, others),
      listBooksInHand(tx, communityId, cashierId),
      sumOfDay(tx, communityId, cashierId, startOfDay(today), startOfDay(plusDays(today, 1))),
    ]);
    const labels = new Map((await listUnitsByIds(tx, communityId, others)).map((one) => [one.id, one.label]));
    const nameOf = await chargeNamesOf(tx, communityId, charges);
    const counter = books.filter((book) => book.usedAt === 'counter').sort((a, b) => a.from - b.from);
    const book = counter.find(({ state }) => state === 'in-use') ?? counter[0];
    return {
      unitId,
      unit: unit.label,
      state: unit.state,
      areaHundredthsM2: unit.areaHundredthsM2,
      people: people.map(({ partyId, name, relation }) => ({ partyId, name, relation })),
      otherUnits: others.map((id) => ({
        unitId: id,
        unit: labels.get(id) ?? '',
        balanceFen: balances.get(id) ?? 0,
      })),
      balanceFen,
      prepaidFen: standing.prepaidFen(unitId),
      charges: charges.map((charge) => ({
        chargeId: charge.id,
        unitId: charge.unitId,
        unit: charge.unitId === unitId ? unit.label : (labels.get(charge.unitId) ?? ''),
        kind: charge.kind,
        charge: nameOf(charge),
        month: charge.month,
        dueOn: charge.dueOn,
        how: postedInWords(charge),
        lateFeeOf: charge.lateFee === null ? null : lateFeeOfWords(charge.lateFee),
        amountFen: charge.amountFen,
        paidFen: charge.amountFen - charge.openFen,
        openFen: charge.openFen,
        caseId: charge.caseId,
        mayTake: mayCollect(money.collectors.value, charge.kind, call.roles),
      })),
      book: book
        ? { series: book.series, nextCode: receiptCode(book.series, book.next), left: book.to - book.next + 1 }
        : null,
      today: day,
    };
  });
