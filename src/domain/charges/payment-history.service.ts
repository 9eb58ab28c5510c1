// Takes payments in that were taken elsewhere, before the change-over 缴费历史: each line becomes paid charges of its months,
// against an opening account; no income, no money in a drawer and no receipt of ours. The same file again adds nothing; an
// import is taken back whole, by opposite entries.
import { newId } from '../../kernel/id.ts';
import { dayOf } from '../../kernel/time.ts';
import { type Check, checkPage } from '../../platform/checks.ts';
import type { Tx } from '../../platform/database/database.ts';
import { sql } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';
import { makeEntry, openingEntries } from '../ledger/entry.rules.ts';
import { lockHouseholds, postEntriesWith, reverseEntry } from '../ledger/ledger.service.ts';
import type { ImportOutcome, ImportReader } from '../places/import-run.service.ts';
import { listHolders } from './billing-facts.store.ts';
import { findUnitIds, listItemRows } from './charge-item.store.ts';
import { reverseCharge, undoneBefore } from './charge-posting.service.ts';
import {
  type HistoryDraft,
  type HistoryRejection,
  historyColumns,
  partsOf,
  startHistoryMapping,
} from './payment-history.rules.ts';
import {
  historyKey,
  insertHistories,
  listChargedMonths,
  listHistoryKeys,
  listStandingHistories,
  markTakenBack,
} from './payment-history.store.ts';
import { historyRejectionWords } from './payment-history.words.ts';
import { insertCharges } from './posted-charge.store.ts';

const linesAtOnce = 200;

export const readPaymentHistory: ImportReader = async (tx, call, order, rows, onProgress) => {
  const mapping = startHistoryMapping(dayOf(call.now));
  const drafts: HistoryDraft[] = [];
  const rejected: HistoryRejection[] = [];
  let [rowsRead, wrongRows] = [0, 0];
  for await (const row of rows) {
    rowsRead++;
    const taken = mapping.take(row);
    if (taken.draft !== null) drafts.push(taken.draft);
    rejected.push(...taken.rejected);
    if (taken.rejected.length > 0) wrongRows++;
    await onProgress(rowsRead);
  }
  rejected.push(...mapping.finish());
  let [payments, charges, unchanged] = [0, 0, 0];
  for (let from = 0; from < drafts.length; from += linesAtOnce) {
    const done = await takeIn(tx, call, order.id, drafts.slice(from, from + linesAtOnce));
    payments += done.payments;
    charges += done.charges;
    unchanged += done.unchanged;
    rejected.push(...done.rejected);
  }
  return {
    rows: drafts.length + wrongRows,
    rowsRead,
    written: payments,
    rejected: rejected.map((one) => ({ ...one, expected: historyRejectionWords[one.code], isPersonal: false })),
    summary: { created: { 'payment-history': payments, charge: charges }, changed: {}, unchanged },
  } satisfies ImportOutcome;
};

type Line = HistoryDraft & { id: string; unitId: string; itemId: string };

async function takeIn(tx: Tx, call: Call, importId: string, drafts: readonly HistoryDraft[]) {
  const { communityId, now } = call;
  const items = new Map((await listItemRows(tx, communityId)).map((item) => [item.name, item]));
  const units = await findUnitIds(
    tx,
    communityId,
    drafts.map(({ unit }) => unit),
  );
  const unitIds = [...new Set(units.values())];
  await lockHouseholds(tx, communityId, unitIds);
  const known = await listHistoryKeys(tx, communityId, unitIds);
  const charged = await listChargedMonths(tx, communityId, unitIds);
  const rejected: HistoryRejection[] = [];
  const lines: Line[] = [];
  let unchanged = 0;
  for (const draft of drafts) {
    const no = (column: string, code: HistoryRejection['code'], read: string) =>
      rejected.push({ sheet: draft.sheet, row: draft.row, column, code, read });
    const unitId = units.get(draft.unit);
    const itemId = items.get(draft.item)?.id;
    if (unitId === undefined) no(historyColumns.unit, 'unknown_unit', draft.unit);
    if (itemId === undefined) no(historyColumns.item, 'unknown_item', draft.item);
    if (unitId === undefined || itemId === undefined) continue;
    const line = { ...draft, unitId, itemId, id: newId() };
    const months = partsOf(line).flatMap(({ month }) => (month === null ? [] : [`${unitId} ${itemId} ${month}`]));
    if (known.has(historyKey(line))) unchanged++;
    else if (months.some((month) => charged.has(month))) no(historyColumns.from, 'already_billed', draft.from);
    else {
      known.add(historyKey(line));
      for (const month of months) charged.add(month);
      lines.push(line);
    }
  }
  return { payments: lines.length, charges: await postLines(tx, call, importId, lines, now), unchanged, rejected };
}

async function postLines(tx: Tx, call: Call, importId: string, lines: readonly Line[], now: string): Promise<number> {
  if (lines.length === 0) return 0;
  const { communityId } = call;
  const items = new Map((await listItemRows(tx, communityId)).map((item) => [item.id, item]));
  const holders = await listHolders(
    tx,
    communityId,
    lines.map(({ unitId }) => unitId),
  );
  const ownerOf = (unitId: string, day: string): string | null => {
    const owners = holders.filter((one) => one.unitId === unitId && one.relation === 'owner');
    const then = owners.findLast(({ from, until }) => from <= day && (until === null || until >= day));
    return (then ?? owners[0])?.partyId ?? null;
  };
  const charges = lines.flatMap((line) =>
    partsOf(line).map(({ month, fen }) => {
      const { unitId, itemId } = line;
      const item = items.get(itemId);
      const dueOn = month === null ? line.from : `${month}-${String(item?.dueDay ?? 28).padStart(2, '0')}`;
      return {
        ...{ id: newId(), unitId, itemId, kind: item?.kind ?? ('other' as const), month, dueOn, amountFen: fen },
        ...{ payerRole: 'owner' as const, payerId: ownerOf(unitId, line.from), detail: null, lateFee: null },
        ...{ ofChargeId: null, caseId: null, billingRunId: null, historyId: line.id, reversesId: null, postedAt: now },
      };
    }),
  );
  const undone = await undoneBefore(
    tx,
    communityId,
    charges.map((one) => ({ ...one, payer: { role: one.payerRole, partyId: one.payerId } })),
  );
  const opened = charges.map((charge) => openingEntries({ ...charge, chargeId: charge.id }));
  const settled = lines.map((line) =>
    makeEntry(
      'opening',
      opened.flatMap((entry, place) => (charges[place]?.historyId === line.id ? entry.settled : [])),
    ),
  );
  const entries = [...opened.map(({ charged }) => charged), ...settled];
  // Sent one behind the other, ahead of the lines that name them.
  await postEntriesWith(tx, call, entries, async (ids) => {
    const histories = lines.map(({ sheet: _sheet, row: _row, unit: _unit, item: _item, ...line }, place) => ({
      ...{ ...line, importId, postedAt: now },
      settleEntryId: ids[charges.length + place] as string,
    }));
    const kept = charges.map((charge, place) => ({
      ...charge,
      nth: (undone[place] ?? 0) + 1,
      entryId: ids[place] as string,
    }));
    await Promise.all([insertHistories(tx, communityId, histories), insertCharges(tx, communityId, kept)]);
  });
  return charges.length;
}

/** The payment is undone first, then what it had settled. */
export async function takeHistoryBack(tx: Tx, call: Call, importId: string): Promise<void> {
  const { communityId, now } = call;
  for (const { settleEntryId, chargeIds } of await listStandingHistories(tx, communityId, importId)) {
    await reverseEntry(tx, call, settleEntryId);
    for (const chargeId of chargeIds) await reverseCharge(tx, call, chargeId);
  }
  await markTakenBack(tx, communityId, importId, now);
}

/** What `verify` asks of them: what was paid there is what its charges sum to, nothing of it open; taken back, nothing stands. */
export const historiesStand: Check = async function* (tx) {
  const { rows } = await sql<{
    communityId: string;
    id: string;
    paidFen: number;
    standingFen: number;
    openFen: number;
  }>`
    select h.community_id, h.id, h.paid_fen, coalesce(s.standing, 0)::bigint as standing_fen, coalesce(s.open, 0)::bigint as open_fen
    from payment_histories h left join lateral (
      select sum(c.amount_fen) as standing, sum((select sum(l.amount_fen) from ledger_lines l where l.community_id = c.community_id
        and l.account = 'receivable' and l.charge_id = c.id)) as open
      from charges c where c.community_id = h.community_id and c.history_id = h.id) s on true
    where coalesce(s.open, 0) <> 0 or coalesce(s.standing, 0) <> case when h.taken_back_at is null then h.paid_fen else 0 end
    order by 1, 2 limit ${checkPage}`.execute(tx);
  for (const { communityId, id, paidFen, standingFen, openFen } of rows)
    yield { communityId, what: 'history_differs', facts: { id, paidFen, standingFen, openFen } };
};

/** The opening account is only passed through. */
export const openingIsSettled: Check = async function* (tx) {
  const { rows } = await sql<{ communityId: string; fen: number }>`
    select community_id, sum(amount_fen)::bigint as fen from ledger_lines where account = 'opening'
    group by community_id having sum(amount_fen) <> 0`.execute(tx);
  for (const { communityId, fen } of rows) yield { communityId, what: 'opening_not_settled', facts: { fen } };
};
