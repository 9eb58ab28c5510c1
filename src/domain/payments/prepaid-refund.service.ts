// Money paid ahead that goes back 退预存款 (MN7): what is free is asked under the lock of the household, at the asking and
// again at the paying out; the voucher's number is the last thing taken.
import { capitalsOfFen } from '../../kernel/capitals.ts';
import { newId } from '../../kernel/id.ts';
import { pageById } from '../../kernel/paging.ts';
import { badField, notFound, Refusal, staleVersion } from '../../kernel/refusal.ts';
import type { Tx } from '../../platform/database/database.ts';
import { accountNames } from '../access/account.service.ts';
import { type Call, effect, readIn } from '../access/call.ts';
import { type ApprovalSubject, openApproval } from '../approvals/approval.service.ts';
import { record } from '../audit/audit.service.ts';
import { takeDayCode } from '../cases/number.store.ts';
import { balanceOf, closeDayFor, lockHouseholds, postEntry, standingFor } from '../ledger/ledger.service.ts';
import { lockDrawer, sumDrawer } from '../ledger/ledger.store.ts';
import { listUnitsByIds } from '../places/unit.store.ts';
import { namesOfHouse } from '../receipts/receipt.store.ts';
import type {
  AskPrepaidRefund,
  PayPrepaidRefund,
  PrepaidRefund,
  PrepaidRefundListQuery,
  PrepaidRefundState,
} from './prepaid-refund.contract.ts';
import { decideAsking, decidePaying, refundBlocker } from './prepaid-refund.rules.ts';
import {
  insertPrepaidRefund,
  listApprovedRefunds,
  listAskedRefunds,
  listPrepaidRefundRows,
  type PrepaidRefundRead,
  updatePrepaidRefund,
} from './prepaid-refund.store.ts';
import { payeeAndReason, prepaidRefundInWords } from './prepaid-refund.words.ts';

export async function askPrepaidRefund(call: Call, ask: AskPrepaidRefund): Promise<string> {
  return effect(call, newId(), async (tx, id) => {
    const { communityId, now } = call;
    const { unitId, amountFen, payee, reason } = ask;
    const [unit] = await listUnitsByIds(tx, communityId, [unitId]);
    if (!unit) throw badField('unitId', 'unknown_unit');
    await lockHouseholds(tx, communityId, [unitId]);
    decideAsking(amountFen, await balanceOf(tx, communityId, unitId));
    const live = await listPrepaidRefundRows(tx, communityId, { unitId, states: ['asked', 'approved'], limit: 1 });
    if (live.length > 0) throw new Refusal('approval.already_pending');
    const approvalId = await openApproval(tx, call, {
      kind: 'prepaid.refund',
      subjectId: id,
      facts: { unit: unit.label, amountFen },
      reason: payeeAndReason(payee, reason),
    });
    await insertPrepaidRefund(
      tx,
      communityId,
      {
        ...{
          id,
          unitId,
          amountFen,
          approvalId,
          askedBy: call.actor.accountId,
          askedAt: now,
          state: 'asked',
          version: 1,
        },
        ...{ approvedBy: null, code: null, method: null, paidBy: null, paidAt: null, entryId: null },
      },
      { payee, reason },
    );
    await note(tx, call, id, 'ask', { amountFen: [null, amountFen], unitId: [null, unitId] });
  });
}

const note = (tx: Tx, call: Call, id: string, move: string, changed: Record<string, [unknown, unknown]>) =>
  record(tx, call, { action: `prepaid-refund.${move}`, noun: 'prepaid-refund', nounId: id, changed });

/** The household before the refund, as every act on money does. */
async function locked(tx: Tx, call: Call, id: string, asked: number | undefined): Promise<PrepaidRefundRead> {
  const [known] = await listPrepaidRefundRows(tx, call.communityId, { id, limit: 1 });
  if (!known) throw notFound('prepaid-refund');
  await lockHouseholds(tx, call.communityId, [known.unitId]);
  const [row] = await listPrepaidRefundRows(tx, call.communityId, { id, limit: 1, lock: true });
  if (!row) throw notFound('prepaid-refund');
  const version = asked ?? call.ifMatch ?? undefined;
  if (version !== undefined && version !== row.version) throw staleVersion(row.version);
  return row;
}

const factsOf = (row: PrepaidRefundRead) => ({ state: row.state, approvedById: row.approvedBy });

export async function payPrepaidRefund(call: Call, id: string, ask: PayPrepaidRefund): Promise<string> {
  return effect(call, id, async (tx) => {
    const { communityId, now } = call;
    const cashierId = call.actor.accountId;
    const row = await locked(tx, call, id, ask.version);
    // Alone, so that two refunds don't give the same notes.
    await lockDrawer(tx, communityId, cashierId, true);
    const day = await closeDayFor(tx, call, cashierId);
    const drawer = await sumDrawer(tx, communityId, cashierId, day.closeOn);
    const entry = decidePaying(
      {
        ...factsOf(row),
        ...{ unitId: row.unitId, amountFen: row.amountFen, isDayClosed: day.isDayClosed },
        balanceFen: await balanceOf(tx, communityId, row.unitId),
        drawerCashFen: drawer.cash ?? 0,
      },
      { method: ask.method, cashierId },
      await standingFor(tx, communityId, { unitIds: [row.unitId] }),
    );
    const entryId = await postEntry(tx, call, entry, day.closeOn);
    await note(tx, call, id, 'pay', { state: [row.state, 'paid'] });
    const code = await takeDayCode(tx, communityId, 'TK', now);
    await updatePrepaidRefund(tx, communityId, row, {
      ...{ state: 'paid', code, method: ask.method, paidBy: cashierId, paidAt: now, entryId },
    });
  });
}

export async function dropPrepaidRefund(call: Call, id: string, version: number | undefined): Promise<string> {
  return effect(call, id, async (tx) => {
    const row = await locked(tx, call, id, version);
    const refusal = refundBlocker('drop', factsOf(row), call.actor.accountId);
    if (refusal) throw refusal;
    await moveTo(tx, call, row, 'dropped', {});
  });
}

async function moveTo(
  tx: Tx,
  call: Call,
  row: PrepaidRefundRead,
  state: PrepaidRefundState,
  more: { approvedBy?: string | null },
): Promise<void> {
  await updatePrepaidRefund(tx, call.communityId, row, { state, ...more });
  await note(tx, call, row.id, state, { state: [row.state, state] });
}

export const prepaidRefundApprovals: ApprovalSubject = {
  kind: 'prepaid.refund',
  describe: (facts) => ({ ...prepaidRefundInWords(facts), page: null }),
  ended: async (tx, call, ended) => {
    const [row] = await listPrepaidRefundRows(tx, call.communityId, { id: ended.subjectId, limit: 1, lock: true });
    if (row?.state !== 'asked') return;
    const isApproved = ended.outcome === 'approved';
    await moveTo(tx, call, row, isApproved ? 'approved' : 'refused', { approvedBy: isApproved ? ended.byId : null });
  },
  listWaiting: listAskedRefunds,
  listMoved: listApprovedRefunds,
};

async function shape(tx: Tx, call: Call, rows: readonly PrepaidRefundRead[]): Promise<PrepaidRefund[]> {
  const house = await namesOfHouse(tx, call.communityId);
  const names = await accountNames(
    tx,
    rows.flatMap((row) => [row.askedBy, row.approvedBy, row.paidBy]),
  );
  const person = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? '' });
  const isFinance = call.roles.includes('finance');
  return rows.map((row) => ({
    ...house,
    ...{ id: row.id, unitId: row.unitId, unit: row.unitLabel, state: row.state, amountFen: row.amountFen },
    amountInCapitals: capitalsOfFen(row.amountFen),
    ...{ payee: row.payee ?? '', reason: row.reason ?? '', approvalId: row.approvalId, askedAt: row.askedAt },
    askedBy: { id: row.askedBy, name: names.get(row.askedBy) ?? '' },
    approvedBy: person(row.approvedBy),
    ...{ code: row.code, method: row.method, paidAt: row.paidAt, version: row.version },
    paidBy: person(row.paidBy),
    moves: !isFinance
      ? []
      : (['pay', 'drop'] as const).map((name) => {
          const refusal = refundBlocker(name, factsOf(row), call.actor.accountId);
          return refusal ? { name, allowed: false, reason: refusal.code } : { name, allowed: true };
        }),
  }));
}

export const readPrepaidRefund = (call: Call, id: string): Promise<PrepaidRefund> =>
  readIn(call, async (tx) => {
    const [refund] = await shape(tx, call, await listPrepaidRefundRows(tx, call.communityId, { id, limit: 1 }));
    if (!refund) throw notFound('prepaid-refund');
    return refund;
  });

export const readPrepaidRefunds = (call: Call, query: PrepaidRefundListQuery) =>
  readIn(call, (tx) =>
    pageById(
      query,
      (from) =>
        listPrepaidRefundRows(tx, call.communityId, {
          unitId: query.unitId,
          ...(query.state === undefined ? {} : { states: [query.state] }),
          ...from,
        }),
      (rows) => shape(tx, call, rows),
    ),
  );
