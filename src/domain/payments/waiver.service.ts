// Waivers 减免 (MN11): asked for with the written approval scanned, granted by the post that the standard names, and then an
// entry of their own beside the charge; head-office finance is told.

import { newId } from '../../kernel/id.ts';
import { fenFault } from '../../kernel/money.ts';
import { pageById } from '../../kernel/paging.ts';
import { badField, notFound, Refusal } from '../../kernel/refusal.ts';
import type { Tx } from '../../platform/database/database.ts';
import { accountNames, listPostHolders } from '../access/account.service.ts';
import { type Call, effect, reachOf, readIn } from '../access/call.ts';
import { type ApprovalSubject, openApproval } from '../approvals/approval.service.ts';
import { attachAll } from '../attachments/attachment.service.ts';
import { record } from '../audit/audit.service.ts';
import { findCharges } from '../charges/posted-charge.store.ts';
import { lockHouseholds, postEntry, standingFor } from '../ledger/ledger.service.ts';
import { notify } from '../notifications/notification.service.ts';
import { listUnitsByIds } from '../places/unit.store.ts';
import { standardInForce } from '../standards/standard.service.ts';
import { chargeNamesOf } from './charge-item.service.ts';
import type { AskWaiver, Waiver, WaiverListQuery } from './deposit.contract.ts';
import {
  insertWaiver,
  listAskedWaivers,
  listGrantedWaivers,
  listWaiverRows,
  updateWaiver,
  type WaiverRow,
} from './deposit.store.ts';
import { waiverInWords } from './payment.words.ts';
import { decideWaiver } from './waiver-deposit.rules.ts';

export async function askWaiver(call: Call, ask: AskWaiver): Promise<string> {
  return effect(call, newId(), async (tx, id) => {
    const { communityId, now } = call;
    const fault = fenFault(ask.amountFen);
    if (fault !== null) throw badField('amountFen', fault);
    const [charge] = await findCharges(tx, communityId, [ask.chargeId]);
    if (!charge || charge.reversesId !== null) throw badField('chargeId', 'unknown_charge');
    if (ask.amountFen > charge.openFen)
      throw new Refusal('ledger.more_than_open', { openFen: charge.openFen, askedFen: ask.amountFen });
    if (ask.attachmentIds.length === 0) throw new Refusal('waiver.paper_missing');
    const [unit] = await listUnitsByIds(tx, communityId, [charge.unitId]);
    const nameOf = await chargeNamesOf(tx, communityId, [charge]);
    await openApproval(tx, call, {
      kind: 'waiver',
      subjectId: id,
      facts: {
        unit: unit?.label ?? '',
        charge: nameOf(charge),
        month: charge.month ?? '',
        amountFen: ask.amountFen,
        openFen: charge.openFen,
      },
      reason: ask.reason,
    });
    await insertWaiver(tx, communityId, {
      id,
      chargeId: charge.id,
      unitId: charge.unitId,
      amountFen: ask.amountFen,
      reason: ask.reason,
      attachmentIds: [...ask.attachmentIds],
      askedBy: call.actor.accountId,
      askedAt: now,
      state: 'asked',
      decidedBy: null,
      decidedAt: null,
      entryId: null,
    });
    await attachAll(tx, call, ask.attachmentIds, 'waiver', id);
    await record(tx, call, {
      action: 'waiver.ask',
      noun: 'waiver',
      nounId: id,
      changed: { amountFen: [null, ask.amountFen] },
    });
  });
}

/** The post in which somebody said yes: one of those that the standard lets waive, else the first they hold. */
async function postOf(tx: Tx, communityId: string, accountId: string, wanted: readonly string[]): Promise<string> {
  const held = (await listPostHolders(tx, communityId)).filter((one) => one.accountId === accountId);
  return held.find((one) => wanted.includes(one.role))?.role ?? held[0]?.role ?? '';
}

async function grant(tx: Tx, call: Call, row: WaiverRow, byId: string): Promise<void> {
  const { communityId, now } = call;
  const [charge] = await findCharges(tx, communityId, [row.chargeId]);
  if (!charge) throw notFound('charge');
  await lockHouseholds(tx, communityId, [row.unitId]);
  const { money } = (await standardInForce(tx, communityId)).document;
  const approvedBy = money.waiverApprovedBy.value;
  const { entry } = decideWaiver(
    {
      charge: { unitId: charge.unitId, chargeId: charge.id, itemId: charge.itemId },
      amountFen: row.amountFen,
      reason: row.reason,
      askedById: row.askedBy,
    },
    { byId, byPost: await postOf(tx, communityId, byId, approvedBy), attachmentIds: row.attachmentIds },
    approvedBy,
    await standingFor(tx, communityId, { chargeIds: [charge.id] }),
  );
  const entryId = await postEntry(tx, call, entry);
  await updateWaiver(tx, communityId, row.id, { state: 'granted', decidedBy: byId, decidedAt: now, entryId });
  const [unit] = await listUnitsByIds(tx, communityId, [row.unitId]);
  await notify(tx, {
    communityId,
    caseId: null,
    kind: 'waiver-granted',
    facts: { unit: unit?.label ?? '', amountFen: row.amountFen },
    to: [{ role: 'head_office' }, { role: 'finance' }],
    channel: 'bell',
    thing: row.id,
    now,
  });
}

export const waiverApprovals: ApprovalSubject = {
  kind: 'waiver',
  describe: (facts) => ({ ...waiverInWords(facts), page: null }),
  ended: async (tx, call, ended) => {
    const [row] = await listWaiverRows(tx, call.communityId, { id: ended.subjectId, limit: 1, lock: true });
    if (row?.state !== 'asked') return;
    if (ended.outcome === 'approved' && ended.byId !== null) await grant(tx, call, row, ended.byId);
    else
      await updateWaiver(tx, call.communityId, row.id, {
        state: 'refused',
        decidedBy: ended.byId,
        decidedAt: call.now,
        entryId: null,
      });
    await record(tx, call, {
      action: `waiver.${ended.outcome}`,
      noun: 'waiver',
      nounId: row.id,
      changed: { state: ['asked', ended.outcome === 'approved' ? 'granted' : 'refused'] },
    });
  },
  listWaiting: listAskedWaivers,
  listMoved: listGrantedWaivers,
};

async function shape(
  tx: Tx,
  call: Call,
  rows: readonly (WaiverRow & { approvalId: string | null })[],
): Promise<Waiver[]> {
  const { communityId } = call;
  const charges = await findCharges(
    tx,
    communityId,
    rows.map((row) => row.chargeId),
  );
  const nameOf = await chargeNamesOf(tx, communityId, charges);
  const units = await listUnitsByIds(
    tx,
    communityId,
    rows.map((row) => row.unitId),
  );
  const names = await accountNames(
    tx,
    rows.flatMap((row) => [row.askedBy, row.decidedBy]),
  );
  return rows.map(({ entryId: _entry, ...row }) => {
    const charge = charges.find(({ id }) => id === row.chargeId);
    return {
      ...row,
      unit: units.find(({ id }) => id === row.unitId)?.label ?? '',
      charge: charge ? nameOf(charge) : '',
      month: charge?.month ?? null,
      askedBy: { id: row.askedBy, name: names.get(row.askedBy) ?? '' },
      decidedBy: row.decidedBy === null ? null : { id: row.decidedBy, name: names.get(row.decidedBy) ?? '' },
    };
  });
}

export const readWaiver = (call: Call, id: string): Promise<Waiver> =>
  readIn(call, async (tx) => {
    const [waiver] = await shape(tx, call, await listWaiverRows(tx, call.communityId, { id, limit: 1 }));
    if (!waiver) throw notFound('waiver');
    return waiver;
  });

export const readWaivers = (call: Call, query: WaiverListQuery) =>
  readIn(call, (tx) =>
    pageById(
      query,
      (from) =>
        listWaiverRows(tx, call.communityId, {
          unitId: query.unitId,
          ...from,
        }),
      (rows) => shape(tx, call, rows),
    ),
  );

/** The written approval is seen by whoever may look at the money. */
export const mayReadWaiver = async (_tx: Tx, call: Call, _id: string): Promise<boolean> =>
  reachOf(call, 'payment.read') !== null;
