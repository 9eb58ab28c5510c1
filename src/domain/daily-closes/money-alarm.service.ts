// Alarms over money 资金报警 (MN6): looked for each minute, each told once to the posts that the standard names and to whom
// it is about; settled by somebody else with what was found.
import { newId } from '../../kernel/id.ts';
import { notFound, Refusal } from '../../kernel/refusal.ts';
import { dayOf, type Instant, plusMs } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import { accountNames } from '../access/account.service.ts';
import { type Call, effect, readIn } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import { listCashRows } from '../doorstep/doorstep.store.ts';
import { notify } from '../notifications/notification.service.ts';
import { numberSaid, receiptCode } from '../receipts/receipt.rules.ts';
import { listReceiptRows } from '../receipts/receipt.store.ts';
import type { StandardDocument } from '../standards/standard.contract.ts';
import { standardInForce } from '../standards/standard.service.ts';
import { listDrawers, listNotHandedOver } from './daily-close.store.ts';
import type { MoneyAlarm, ReceiptCheck } from './money-alarm.contract.ts';
import { alarmsOf, type MoneyFacts, type RaisedAlarm } from './money-alarm.rules.ts';
import {
  type AlarmRow,
  findIssuedRange,
  insertAlarm,
  listAlarmRows,
  listBlanksLeft,
  listCommunityIds,
  listSurpriseDifferences,
  listWithoutReceipt,
  settleAlarm,
} from './money-alarm.store.ts';

/** How far back a look goes for what happens at one moment; the program is never down for longer unseen. */
const lookBackMs = 7 * 24 * 3_600_000;

async function factsNow(tx: Tx, communityId: string, now: Instant): Promise<MoneyFacts> {
  const since = plusMs(now, -lookBackMs);
  const drawers = await listDrawers(tx, communityId);
  const carried = await listCashRows(tx, communityId, { isOnItsWay: true });
  return {
    drawers: drawers
      .filter(({ method }) => method === 'cash')
      .map(({ cashierId, fen }) => ({ cashierId, cashFen: fen })),
    notHandedOver: await listNotHandedOver(tx, communityId, dayOf(since)),
    carried: carried.map(({ id, collectorId, cashFen, dueAt }) => ({ id, collectorId, cashFen, dueAt })),
    blanks: await listBlanksLeft(tx, communityId),
    withoutReceipt: await listWithoutReceipt(tx, communityId, since),
    surprises: await listSurpriseDifferences(tx, communityId, since),
  };
}

/** One alarm, told once. */
async function raise(
  tx: Tx,
  { communityId, now }: { communityId: string; now: Instant },
  alarm: RaisedAlarm,
  money: StandardDocument['money'],
): Promise<boolean> {
  if (!(await insertAlarm(tx, communityId, { ...alarm, id: newId(), at: now }))) return false;
  const roles = money.alarmTold.value[alarm.kind] ?? [];
  await notify(tx, {
    communityId,
    caseId: null,
    kind: 'money-alarm',
    facts: { alarm: alarm.kind, ...alarm.facts },
    to: [...roles.map((role) => ({ role })), ...(alarm.aboutId === null ? [] : [{ staffId: alarm.aboutId }])],
    channel: alarm.kind === 'book-running-out' ? 'bell' : 'loud',
    out: alarm.kind !== 'book-running-out',
    thing: `money-alarm:${alarm.kind}:${alarm.subject}`,
    now,
  });
  return true;
}

/** Answers how many are new. */
export async function sweepMoney(house: House): Promise<number> {
  const now = house.time.now();
  let raised = 0;
  for (const communityId of await house.database.everywhere(listCommunityIds))
    raised += await house.database.write([communityId], async (tx) => {
      const { money } = (await standardInForce(tx, communityId)).document;
      const figures = {
        cashLimits: money.cashLimits.value,
        handInBy: money.handInBy.value,
        bookRunningOut: money.bookRunningOut.value,
      };
      let fresh = 0;
      for (const alarm of alarmsOf(await factsNow(tx, communityId, now), figures, now, dayOf(now)))
        if (await raise(tx, { communityId, now }, alarm, money)) fresh++;
      return fresh;
    });
  if (raised > 0) house.committed();
  return raised;
}

/** MN6: a receipt that somebody shows is looked up; one in no issued range is an alarm at once. */
export async function checkReceipt(call: Call, asked: string): Promise<ReceiptCheck> {
  const { series, number } = numberSaid(asked) ?? {};
  const said = series === undefined || number === undefined ? null : { series, number };
  const code = said ? receiptCode(said.series, said.number) : asked.toUpperCase();
  const known = await readIn(call, async (tx) => {
    if (!said) return null;
    const [receipt] = await listReceiptRows(tx, call.communityId, { ...said, limit: 1 });
    if (receipt) return { found: receipt.state, receiptId: receipt.id };
    return (await findIssuedRange(tx, call.communityId, said)) ? { found: 'blank' as const, receiptId: null } : null;
  });
  if (known) return { code, ...known };
  await effect(call, newId(), async (tx) => {
    const { money } = (await standardInForce(tx, call.communityId)).document;
    const isNew = await raise(
      tx,
      call,
      { kind: 'receipt-outside-range', subject: code, aboutId: null, facts: { code } },
      money,
    );
    if (isNew)
      await record(tx, call, { action: 'money-alarm.raise', noun: 'money-alarm', nounId: newId(), changed: {} });
  });
  return { code, found: 'outside', receiptId: null };
}

export async function settleMoneyAlarm(call: Call, id: string, note: string): Promise<string> {
  return effect(call, id, async (tx) => {
    const [row] = await listAlarmRows(tx, call.communityId, { id, lock: true });
    if (!row) throw notFound('money-alarm');
    if (row.settledAt !== null) throw new Refusal('money-alarm.settled_already');
    if (row.aboutId === call.actor.accountId) throw new Refusal('money-alarm.about_oneself');
    await settleAlarm(tx, call.communityId, id, { settledBy: call.actor.accountId, settledAt: call.now, note });
    await record(tx, call, {
      action: 'money-alarm.settle',
      noun: 'money-alarm',
      nounId: id,
      changed: { settledAt: [null, call.now] },
    });
  });
}

async function shape(tx: Tx, rows: readonly AlarmRow[]): Promise<MoneyAlarm[]> {
  const names = await accountNames(
    tx,
    rows.flatMap((row) => [row.aboutId, row.settledBy]),
  );
  const person = (id: string) => ({ id, name: names.get(id) ?? '' });
  return rows.map(({ aboutId, settledBy, settledAt, note, ...row }) => ({
    ...row,
    about: aboutId === null ? null : person(aboutId),
    settled:
      settledBy === null || settledAt === null ? null : { by: person(settledBy), at: settledAt, note: note ?? '' },
  }));
}

export const readMoneyAlarms = (call: Call) =>
  readIn(call, async (tx) => ({ items: await shape(tx, await listAlarmRows(tx, call.communityId)) }));

export const readMoneyAlarm = (call: Call, id: string): Promise<MoneyAlarm> =>
  readIn(call, async (tx) => {
    const [alarm] = await shape(tx, await listAlarmRows(tx, call.communityId, { id }));
    if (!alarm) throw notFound('money-alarm');
    return alarm;
  });
