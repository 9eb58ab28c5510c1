// Deposits 押金 (MN10): taken with a receipt, held, kept in part with a reason and photos, given back to whoever paid once what
// was promised for them is done.
import { newId } from '../../kernel/id.ts';
import { fenFault } from '../../kernel/money.ts';
import { pageById } from '../../kernel/paging.ts';
import { badField, notFound, Refusal, staleVersion } from '../../kernel/refusal.ts';
import { dayOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Call, effect, reachOf, readIn } from '../access/call.ts';
import { attachAll } from '../attachments/attachment.service.ts';
import { record } from '../audit/audit.service.ts';
import { chargeKindWords } from '../charges/charge.words.ts';
import { formulaNames } from '../charges/formula.words.ts';
import { findCharges } from '../charges/posted-charge.store.ts';
import { depositTakeEntry } from '../ledger/entry.rules.ts';
import type { Entry } from '../ledger/ledger.contract.ts';
import { balanceOf, closeDayFor, lockHouseholds, postEntry, standingFor } from '../ledger/ledger.service.ts';
import { listResidents, listUnitsByIds } from '../places/unit.store.ts';
import { bookFor, receiptsOf, writeReceipt } from '../receipts/receipt.service.ts';
import { standardInForce } from '../standards/standard.service.ts';
import { itemOf } from './charge-item.service.ts';
import {
  type DeductDeposit,
  type Deposit,
  type DepositListQuery,
  type Obligation,
  obligationsOf,
  type RefundDeposit,
  type TakeDeposit,
} from './deposit.contract.ts';
import {
  type DepositRead,
  insertDeposit,
  insertDepositEvent,
  listDepositEvents,
  listDepositRows,
  raiseDeposit,
  sumHeld,
} from './deposit.store.ts';
import { mayCollect } from './payment.rules.ts';
import { receiptLine } from './receipt-line.rules.ts';
import { decideDeduction, decideDepositRefund } from './waiver-deposit.rules.ts';

function checkAmount(fen: number): void {
  const fault = fenFault(fen);
  if (fault !== null) throw badField('amountFen', fault);
}

export async function takeDeposit(call: Call, ask: TakeDeposit): Promise<string> {
  return effect(call, newId(), async (tx, id) => {
    const { communityId, now } = call;
    const cashierId = call.actor.accountId;
    checkAmount(ask.amountFen);
    const [unit] = await listUnitsByIds(tx, communityId, [ask.unitId]);
    if (!unit) throw badField('unitId', 'unknown_unit');
    const { money } = (await standardInForce(tx, communityId)).document;
    if (!mayCollect(money.collectors.value, ask.kind, call.roles))
      throw new Refusal('payment.not_collector', { kinds: [ask.kind] }, 403);
    const people = await listResidents(tx, communityId, [ask.unitId], dayOf(now));
    const payer = people.find((one) =>
      ask.payerId === undefined ? one.relation === 'owner' : one.partyId === ask.payerId,
    );
    // It goes back to its payer and to nobody else (MN10), so somebody has to be known.
    if (!payer) throw badField('payerId', ask.payerId === undefined ? 'required' : 'unknown_payer');
    const day = await closeDayFor(tx, call, cashierId);
    if (day.isDayClosed) throw new Refusal('payment.day_closed');
    const book = await bookFor(tx, communityId, cashierId, 'counter');
    const itemId = await itemOf(tx, call, ask.kind);
    await lockHouseholds(tx, communityId, [ask.unitId]);
    const entry = depositTakeEntry({ unitId: ask.unitId, depositId: id, itemId }, ask.amountFen, {
      method: ask.method,
      cashierId,
    });
    const entryId = await postEntry(tx, call, entry, day.closeOn);
    const { unitId, kind, amountFen, method, note } = ask;
    await insertDeposit(tx, communityId, {
      ...{ id, unitId, itemId, kind, entryId, amountFen, method, cashierId, note },
      payerId: payer.partyId,
      takenAt: now,
      obligations: [...obligationsOf[kind]],
      version: 1,
    });
    await record(tx, call, {
      action: 'deposit.take',
      noun: 'deposit',
      nounId: id,
      changed: { amountFen: [null, amountFen], unitId: [null, unitId] },
    });
    const charge = chargeKindWords[kind];
    const line = { unit: unit.label, charge, month: null, amountFen, paidFen: amountFen, detail: null };
    await writeReceipt(
      tx,
      call,
      {
        kind: 'deposit',
        sourceId: id,
        cashierId,
        usedAt: 'counter',
        lines: [receiptLine(line, formulaNames)],
        methods: [method],
        payer: payer.name,
      },
      book,
    );
  });
}

/** What keeps it from going back: what was not met, and what the household owes. */
async function obligationsOpen(tx: Tx, communityId: string, row: DepositRead): Promise<Deposit['obligationsOpen']> {
  const met = new Set((await listDepositEvents(tx, communityId, [row.id])).map((one) => one.obligation));
  const owed = (await balanceOf(tx, communityId, row.unitId)) > 0;
  return [...row.obligations.filter((one) => !met.has(one)), ...(owed ? (['charges-open'] as const) : [])];
}

async function locked(tx: Tx, call: Call, id: string, asked: number | undefined): Promise<DepositRead> {
  const [known] = await listDepositRows(tx, call.communityId, { id, limit: 1 });
  if (!known) throw notFound('deposit');
  await lockHouseholds(tx, call.communityId, [known.unitId]);
  const [row] = await listDepositRows(tx, call.communityId, { id, limit: 1, lock: true });
  if (!row) throw notFound('deposit');
  const version = asked ?? call.ifMatch ?? undefined;
  if (version !== undefined && version !== row.version) throw staleVersion(row.version);
  return row;
}

export async function meetObligation(
  call: Call,
  id: string,
  body: { obligation: Obligation; reason: string },
): Promise<string> {
  return effect(call, id, async (tx) => {
    const row = await locked(tx, call, id, undefined);
    if (!row.obligations.includes(body.obligation)) throw badField('obligation', 'not_promised');
    if (!(await obligationsOpen(tx, call.communityId, row)).includes(body.obligation)) return;
    await happened(tx, call, row, { action: 'meet', obligation: body.obligation, reason: body.reason });
  });
}

export async function deductDeposit(call: Call, id: string, ask: DeductDeposit): Promise<string> {
  return effect(call, id, async (tx) => {
    const { communityId } = call;
    checkAmount(ask.amountFen);
    const row = await locked(tx, call, id, ask.version);
    const [charge] = ask.chargeId === undefined ? [] : await findCharges(tx, communityId, [ask.chargeId]);
    if (ask.chargeId !== undefined && (!charge || charge.unitId !== row.unitId))
      throw badField('chargeId', 'unknown_charge');
    const standing = await standingFor(tx, communityId, {
      depositIds: [id],
      ...(charge ? { chargeIds: [charge.id] } : {}),
    });
    const { unitId, itemId } = row;
    const settles = charge ? { unitId: charge.unitId, chargeId: charge.id, itemId: charge.itemId } : null;
    const entry = decideDeduction(
      {
        deposit: { unitId, depositId: id, itemId },
        amountFen: ask.amountFen,
        reason: ask.reason,
        photoIds: ask.photoIds,
        settles,
      },
      standing,
    );
    const eventId = await happened(tx, call, row, {
      action: 'deduct',
      entry,
      amountFen: ask.amountFen,
      reason: ask.reason,
    });
    await attachAll(tx, call, ask.photoIds, 'deposit-event', eventId);
  });
}

export async function refundDeposit(call: Call, id: string, ask: RefundDeposit): Promise<string> {
  return effect(call, id, async (tx) => {
    const { communityId } = call;
    const cashierId = call.actor.accountId;
    checkAmount(ask.amountFen);
    const row = await locked(tx, call, id, ask.version);
    const entry = decideDepositRefund(
      {
        deposit: { unitId: row.unitId, depositId: id, itemId: row.itemId },
        amountFen: ask.amountFen,
        payeeId: ask.payeeId,
        method: ask.method,
        cashierId,
      },
      { payerId: row.payerId ?? '', obligationsOpen: await obligationsOpen(tx, communityId, row) },
      await standingFor(tx, communityId, { depositIds: [id] }),
    );
    const day = await closeDayFor(tx, call, cashierId);
    if (day.isDayClosed) throw new Refusal('payment.day_closed');
    await happened(tx, call, row, { action: 'refund', entry, amountFen: ask.amountFen, reason: ask.reason });
  });
}

type Happening = {
  action: 'meet' | 'deduct' | 'refund';
  obligation?: Obligation;
  entry?: Entry;
  amountFen?: number;
  reason: string;
};
async function happened(tx: Tx, call: Call, row: DepositRead, what: Happening): Promise<string> {
  const { communityId, now } = call;
  const id = newId();
  const entryId = what.entry ? await postEntry(tx, call, what.entry) : null;
  await insertDepositEvent(tx, communityId, {
    id,
    depositId: row.id,
    action: what.action,
    obligation: what.obligation ?? null,
    entryId,
    amountFen: what.amountFen ?? null,
    at: now,
    byId: call.actor.accountId,
    reason: what.reason,
  });
  await raiseDeposit(tx, communityId, row.id, row.version + 1);
  await record(tx, call, {
    action: `deposit.${what.action}`,
    noun: 'deposit',
    nounId: row.id,
    changed: { heldFen: [row.heldFen, row.heldFen - (what.amountFen ?? 0)] },
  });
  return id;
}

async function shape(tx: Tx, call: Call, rows: readonly DepositRead[]): Promise<Deposit[]> {
  const { communityId } = call;
  const ids = rows.map((row) => row.id);
  const events = await listDepositEvents(tx, communityId, ids);
  const receipts = await receiptsOf(tx, call, ids);
  const shaped: Deposit[] = [];
  for (const row of rows) {
    const receipt = receipts.get(row.id);
    // No money without a receipt: one that is missing is a fault of ours.
    if (!receipt) throw new Error(`deposit ${row.id} has no receipt`);
    shaped.push({
      id: row.id,
      unitId: row.unitId,
      unit: row.unitLabel,
      kind: row.kind,
      payer: row.payerId === null ? null : { id: row.payerId, name: row.payerName ?? '' },
      amountFen: row.amountFen,
      heldFen: row.heldFen,
      method: row.method,
      cashier: { id: row.cashierId, name: row.cashierName },
      takenAt: row.takenAt,
      note: row.note,
      obligationsOpen: await obligationsOpen(tx, communityId, row),
      events: events
        .filter((one) => one.depositId === row.id)
        .map(({ id, action, obligation, amountFen, at, byId, byName, reason }) => ({
          ...{ id, action, obligation, amountFen, at, reason },
          by: { id: byId, name: byName },
        })),
      receipt,
      version: row.version,
    });
  }
  return shaped;
}

export const readDeposit = (call: Call, id: string): Promise<Deposit> =>
  readIn(call, async (tx) => {
    const [deposit] = await shape(tx, call, await listDepositRows(tx, call.communityId, { id, limit: 1 }));
    if (!deposit) throw notFound('deposit');
    return deposit;
  });

export const readDeposits = (call: Call, query: DepositListQuery) =>
  readIn(call, async (tx) => {
    const page = await pageById(
      query,
      (from) =>
        listDepositRows(tx, call.communityId, {
          unitId: query.unitId,
          isHeld: query.held === 'true',
          ...from,
        }),
      (rows) => shape(tx, call, rows),
    );
    return { ...page, heldFen: await sumHeld(tx, call.communityId, query.unitId) };
  });

/** Photos of a deduction are seen by whoever may look at the money. */
export const mayReadDeposit = async (_tx: Tx, call: Call, _id: string): Promise<boolean> =>
  reachOf(call, 'payment.read') !== null;
