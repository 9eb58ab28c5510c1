// MN7: a wrong payment is undone by an opposite entry. Asked for by finance, approved by another, done by finance; its receipt
// goes with it, and what it had settled is open again.
import { newId } from '../../kernel/id.ts';
import { notFound, Refusal, staleVersion } from '../../kernel/refusal.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Call, effect } from '../access/call.ts';
import { type ApprovalSubject, openApproval } from '../approvals/approval.service.ts';
import { record } from '../audit/audit.service.ts';
import type { EntryLine } from '../ledger/ledger.contract.ts';
import { closeDayFor, lockHouseholds, postEntry, standingFor } from '../ledger/ledger.service.ts';
import { findEntry } from '../ledger/ledger.store.ts';
import { listUnitsByIds } from '../places/unit.store.ts';
import { receiptsOf, reverseReceiptOf } from '../receipts/receipt.service.ts';
import type { ReversePayment } from './payment.contract.ts';
import { decideReversal, reversalBlocker } from './payment.rules.ts';
import {
  findReversal,
  insertReversal,
  listApprovedReversals,
  listAskedReversals,
  listPaymentRows,
  listReversals,
  lockPayment,
  type PaymentRead,
  updateReversal,
} from './payment.store.ts';
import { reversalInWords } from './payment.words.ts';
import { reopenRepairs } from './repair-charge.service.ts';

export async function reversePayment(call: Call, id: string, ask: ReversePayment): Promise<string> {
  return effect(call, id, async (tx) => {
    await lockPayment(tx, id);
    const [payment] = await listPaymentRows(tx, call.communityId, { ids: [id], limit: 1 });
    if (!payment) throw notFound('payment');
    const version = ask.version ?? call.ifMatch ?? undefined;
    const current = payment.isReversed ? 2 : 1;
    if (version !== undefined && version !== current) throw staleVersion(current);
    if (ask.approvalId === undefined) await askReversal(tx, call, payment, ask.reason);
    else await doReversal(tx, call, payment, ask.approvalId, ask.reason);
  });
}

async function askReversal(tx: Tx, call: Call, payment: PaymentRead, reason: string): Promise<void> {
  const { communityId, now } = call;
  const refusal = reversalBlocker(payment.isReversed ? 'reversed' : 'posted', call.roles);
  if (refusal) throw refusal;
  const [last] = await listReversals(tx, communityId, [payment.id]);
  if (last && last.state !== 'refused') throw new Refusal('approval.already_pending');
  const receipt = (await receiptsOf(tx, call, [payment.id])).get(payment.id);
  const [unit] = await listUnitsByIds(tx, communityId, [payment.unitId]);
  const id = newId();
  const approvalId = await openApproval(tx, call, {
    kind: 'payment.reverse',
    subjectId: id,
    facts: { receipt: receipt?.code ?? '', amountFen: payment.amountFen, unit: unit?.label ?? '' },
    reason,
  });
  await insertReversal(tx, communityId, {
    id,
    paymentId: payment.id,
    approvalId,
    askedBy: call.actor.accountId,
    askedAt: now,
    state: 'asked',
    approvedBy: null,
    doneBy: null,
    doneAt: null,
    entryId: null,
    reason,
  });
  await record(tx, call, {
    action: 'payment.ask-reversal',
    noun: 'payment',
    nounId: payment.id,
    changed: { reversalId: [null, id] },
  });
}

async function doReversal(tx: Tx, call: Call, payment: PaymentRead, approvalId: string, reason: string): Promise<void> {
  const { communityId, now } = call;
  const [last] = await listReversals(tx, communityId, [payment.id]);
  const isApproved = last?.approvalId === approvalId && (last.state === 'approved' || last.state === 'done');
  const entry = await findEntry(tx, communityId, payment.entryId);
  if (!entry) throw notFound('ledger-entry');
  const { lines } = entry;
  const idsOf = (pick: (line: EntryLine) => string | null) => [...new Set(lines.flatMap((line) => pick(line) ?? []))];
  const chargeIds = idsOf(({ chargeId }) => chargeId);
  await lockHouseholds(
    tx,
    communityId,
    idsOf(({ unitId }) => unitId),
  );
  const standing = await standingFor(tx, communityId, { chargeIds, unitIds: idsOf(({ unitId }) => unitId) });
  const day = await closeDayFor(tx, call, payment.cashierId);
  const opposite = decideReversal(
    {
      state: payment.isReversed ? 'reversed' : 'posted',
      entry: { ...entry, id: payment.entryId },
      approvedById: isApproved ? (last?.approvedBy ?? null) : null,
      isDayClosed: day.isDayClosed,
    },
    { id: call.actor.accountId, roles: call.roles },
    standing,
  );
  const entryId = await postEntry(tx, call, opposite, day.closeOn);
  await updateReversal(tx, communityId, last?.id ?? '', {
    state: 'done',
    doneBy: call.actor.accountId,
    doneAt: now,
    entryId,
  });
  await reverseReceiptOf(tx, call, payment.id, { isApproved, reason });
  await reopenRepairs(tx, call, chargeIds);
  await record(tx, call, {
    action: 'payment.reverse',
    noun: 'payment',
    nounId: payment.id,
    changed: { state: ['posted', 'reversed'] },
  });
}

export const reversalApprovals: ApprovalSubject = {
  kind: 'payment.reverse',
  describe: (facts) => ({ ...reversalInWords(facts), page: null }),
  ended: async (tx, call, ended) => {
    const reversal = await findReversal(tx, call.communityId, ended.subjectId);
    if (reversal?.state !== 'asked') return;
    const state = ended.outcome === 'approved' ? 'approved' : 'refused';
    await updateReversal(tx, call.communityId, reversal.id, {
      state,
      approvedBy: ended.outcome === 'approved' ? ended.byId : null,
    });
    await record(tx, call, {
      action: `payment.reversal-${state}`,
      noun: 'payment',
      nounId: reversal.paymentId,
      changed: { reversal: ['asked', state] },
    });
  },
  listWaiting: listAskedReversals,
  listMoved: listApprovedReversals,
};
