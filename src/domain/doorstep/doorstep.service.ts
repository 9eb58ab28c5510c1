// Collection at the door 上门收费 (MN5a): appointed for a collector who holds a book for it; a payment at the door ends the
// appointment, its cash is carried under a promise until somebody else has counted it.
import { newId } from '../../kernel/id.ts';
import { badField, notFound, Refusal, staleVersion } from '../../kernel/refusal.ts';
import { type Day, dayOf, type Instant, plusDays, startOfDay } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { accountNames } from '../access/account.service.ts';
import { type Call, effect, reachOf, readIn } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import { dueAt } from '../clocks/limit.rules.ts';
import { balanceOf } from '../ledger/ledger.service.ts';
import { listUnitsByIds } from '../places/unit.store.ts';
import { listBooksInHand } from '../receipts/receipt-book.store.ts';
import { policyOf } from '../standards/standard.service.ts';
import type { Arrange, Carried, Collection, HandIn } from './doorstep.contract.ts';
import {
  appointmentFault,
  decideCollectionMove,
  decideHandIn,
  handInBlocker,
  isLateCash,
  isLateCollection,
} from './doorstep.rules.ts';
import {
  type CashRow,
  type CollectionRead,
  carryCash,
  insertCollection,
  listCashRows,
  listCollectionRows,
  receiveCash,
  updateCollection,
} from './doorstep.store.ts';

const note = (tx: Tx, call: Call, id: string, move: string, changed: Record<string, [unknown, unknown]>) =>
  record(tx, call, { action: `doorstep.${move}`, noun: 'doorstep-collection', nounId: id, changed });

export async function arrangeCollection(call: Call, ask: Arrange): Promise<string> {
  return effect(call, newId(), async (tx, id) => {
    const { communityId, now } = call;
    const collectorId = ask.collectorId ?? call.actor.accountId;
    const [unit] = await listUnitsByIds(tx, communityId, [ask.unitId]);
    if (!unit) throw badField('unitId', 'unknown_unit');
    const fault = appointmentFault(ask.at, now);
    if (fault !== null) throw badField('at', fault);
    const books = await listBooksInHand(tx, communityId, collectorId);
    if (!books.some(({ usedAt }) => usedAt === 'doorstep')) throw badField('collectorId', 'no_doorstep_book');
    const live = await listCollectionRows(tx, communityId, { unitIds: [ask.unitId], state: 'appointed', lock: true });
    if (live.length > 0) throw new Refusal('doorstep.already_appointed');
    await insertCollection(tx, communityId, {
      ...{ id, unitId: ask.unitId, collectorId, at: ask.at, note: ask.note, state: 'appointed', version: 1 },
      ...{ paymentId: null, reason: null, madeBy: call.actor.accountId, madeAt: now, endedAt: null },
    });
    await note(tx, call, id, 'arrange', { at: [null, ask.at], unitId: [null, ask.unitId] });
  });
}

async function locked(tx: Tx, call: Call, id: string, asked: number | undefined): Promise<CollectionRead> {
  const [row] = await listCollectionRows(tx, call.communityId, { id, lock: true });
  if (!row) throw notFound('doorstep-collection');
  const version = asked ?? call.ifMatch ?? undefined;
  if (version !== undefined && version !== row.version) throw staleVersion(row.version);
  return row;
}

export async function rescheduleCollection(
  call: Call,
  id: string,
  { at, version }: { at: Instant; version?: number | undefined },
): Promise<string> {
  return effect(call, id, async (tx) => {
    const row = await locked(tx, call, id, version);
    decideCollectionMove('reschedule', row.state);
    const fault = appointmentFault(at, call.now);
    if (fault !== null) throw badField('at', fault);
    await updateCollection(tx, call.communityId, row, { at });
    await note(tx, call, id, 'reschedule', { at: [row.at, at] });
  });
}

export async function endCollection(
  call: Call,
  id: string,
  { name, reason, version }: { name: 'miss' | 'cancel'; reason: string; version?: number | undefined },
): Promise<string> {
  return effect(call, id, async (tx) => {
    const row = await locked(tx, call, id, version);
    decideCollectionMove(name, row.state);
    const state = name === 'miss' ? 'missed' : 'cancelled';
    await updateCollection(tx, call.communityId, row, { state, reason, endedAt: call.now });
    await note(tx, call, id, name, { state: [row.state, state] });
  });
}

/** For payments: money is taken at a door only where it was appointed with whoever takes it. */
export async function collectAtDoor(
  tx: Tx,
  call: Call,
  taken: { paymentId: string; unitIds: readonly string[]; cashFen: number },
): Promise<void> {
  const { communityId, now } = call;
  const collectorId = call.actor.accountId;
  const live = await listCollectionRows(tx, communityId, { unitIds: taken.unitIds, state: 'appointed', lock: true });
  const row = live.find((one) => one.collectorId === collectorId);
  if (!row) throw new Refusal('doorstep.no_appointment');
  decideCollectionMove('collect', row.state);
  await updateCollection(tx, communityId, row, { state: 'collected', paymentId: taken.paymentId, endedAt: now });
  await note(tx, call, row.id, 'collect', { paymentId: [null, taken.paymentId] });
  if (taken.cashFen <= 0) return;
  const policy = await policyOf(tx, communityId);
  const due = dueAt(policy.version.document.money.doorstepHandIn.value, now, policy.calendar);
  await carryCash(tx, communityId, {
    ...{ id: newId(), collectorId, cashFen: taken.cashFen, since: now },
    dueAt: due ?? now,
  });
}

export async function handInCash(call: Call, id: string, ask: HandIn): Promise<string> {
  return effect(call, id, async (tx) => {
    const { communityId, now } = call;
    const [row] = await listCashRows(tx, communityId, { id, lock: true });
    if (!row) throw notFound('doorstep-cash');
    decideHandIn(row, call.actor.accountId, ask);
    await receiveCash(tx, communityId, id, {
      ...{ receivedBy: call.actor.accountId, handedInAt: now, countedFen: ask.countedFen },
      reason: ask.reason === '' ? null : ask.reason,
    });
    await record(tx, call, {
      action: 'doorstep.hand-in',
      noun: 'doorstep-cash',
      nounId: id,
      changed: { countedFen: [row.cashFen, ask.countedFen] },
    });
  });
}

async function shape(tx: Tx, call: Call, rows: readonly CollectionRead[]): Promise<Collection[]> {
  const names = await accountNames(
    tx,
    rows.flatMap((row) => [row.collectorId, row.madeBy]),
  );
  const person = (id: string) => ({ id, name: names.get(id) ?? '' });
  const mayMove = reachOf(call, 'doorstep.write') !== null;
  const shaped: Collection[] = [];
  for (const row of rows)
    shaped.push({
      ...{ id: row.id, unitId: row.unitId, unit: row.unitLabel, at: row.at, note: row.note, state: row.state },
      ...{ paymentId: row.paymentId, reason: row.reason, version: row.version },
      ...{ collector: person(row.collectorId), madeBy: person(row.madeBy) },
      isLate: isLateCollection(row, call.now),
      balanceFen: await balanceOf(tx, call.communityId, row.unitId),
      moves: mayMove && row.state === 'appointed' ? ['reschedule', 'miss', 'cancel'] : [],
    });
  return shaped;
}

export const readCollection = (call: Call, id: string): Promise<Collection> =>
  readIn(call, async (tx) => {
    const [one] = await shape(tx, call, await listCollectionRows(tx, call.communityId, { id }));
    if (!one) throw notFound('doorstep-collection');
    return one;
  });

/** A week back, two ahead where nothing else is asked. */
export const readCollections = (
  call: Call,
  query: { from?: Day | undefined; until?: Day | undefined; unitId?: string | undefined },
) =>
  readIn(call, async (tx) => {
    const today = dayOf(call.now);
    const [from, until] = [query.from ?? plusDays(today, -7), query.until ?? plusDays(today, 14)];
    const rows = await listCollectionRows(tx, call.communityId, {
      ...{ from: startOfDay(from), until: startOfDay(plusDays(until, 1)) },
      ...(query.unitId === undefined ? {} : { unitIds: [query.unitId] }),
    });
    return { from, until, items: await shape(tx, call, rows) };
  });

async function shapeCash(tx: Tx, call: Call, rows: readonly CashRow[]): Promise<Carried[]> {
  const names = await accountNames(
    tx,
    rows.flatMap((row) => [row.collectorId, row.receivedBy]),
  );
  const person = (id: string) => ({ id, name: names.get(id) ?? '' });
  const mayReceive = reachOf(call, 'doorstep.receive') !== null;
  return rows.map(({ collectorId, receivedBy, ...row }) => ({
    ...row,
    collector: person(collectorId),
    receivedBy: receivedBy === null ? null : person(receivedBy),
    isLate: isLateCash(row, call.now),
    mayReceive: mayReceive && handInBlocker({ ...row, collectorId }, call.actor.accountId) === null,
  }));
}

export const readCarried = (call: Call) =>
  readIn(call, async (tx) => ({ items: await shapeCash(tx, call, await listCashRows(tx, call.communityId)) }));

export const readCash = (call: Call, id: string): Promise<Carried> =>
  readIn(call, async (tx) => {
    const [one] = await shapeCash(tx, call, await listCashRows(tx, call.communityId, { id }));
    if (!one) throw notFound('doorstep-cash');
    return one;
  });
