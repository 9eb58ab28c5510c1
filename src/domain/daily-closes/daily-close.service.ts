// The daily close 日结 (MN8): the day's books, the count against them, the hand-over that posts differences and the money
// handed over, the seal. While a day is counted nothing comes into it; the drawer is held alone for that.
import { createHash } from 'node:crypto';
import { newId } from '../../kernel/id.ts';
import { sumFen } from '../../kernel/money.ts';
import { BadInput, badField, forbidden, notFound, Refusal, StaleVersion } from '../../kernel/refusal.ts';
import { atWallTime, type Day, dayOf, type Instant, plusDays, startOfDay } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Call, effect, readIn } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import { dayCode, takeNumber } from '../cases/number.store.ts';
import { closeDayOf } from '../ledger/close-day.rules.ts';
import { methods } from '../ledger/ledger.contract.ts';
import { postEntry } from '../ledger/ledger.service.ts';
import { lockDrawer, sumDrawer } from '../ledger/ledger.store.ts';
import { standardInForce } from '../standards/standard.service.ts';
import { type DailyCloseMove, dailyCloseMoves, type HandOver, type SealedClose } from './daily-close.contract.ts';
import {
  type CloseActor,
  type CloseFacts,
  closeBlocker,
  decideCloseMove,
  firstSeal,
  handOverEntries,
  judgeCount,
  sealOf,
} from './daily-close.rules.ts';
import {
  auditHead,
  type CloseRow,
  earliestOpen,
  findClose,
  handOverClose,
  insertClose,
  insertCloseEvent,
  lastSeal,
  listBlanks,
  listCloseRows,
  listOpenDays,
  listReceiptSpans,
  nameOf,
  readSignatures,
  recountClose,
  sealClose,
  sumTakings,
  writeSignature,
} from './daily-close.store.ts';
import type { BlankReceipts, Close, CreateClose, OneClose, Sheet } from './daily-close-view.contract.ts';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const actorOf = (call: Call): CloseActor => ({ id: call.actor.accountId, roles: call.roles });
/** Whoever reads their own only sees no other cashier's. */
function cashierAsked(call: Call, asked: string | undefined): string | undefined {
  if (call.breadth !== 'own') return asked;
  if (asked !== undefined && asked !== call.actor.accountId) throw forbidden('daily-close.read');
  return call.actor.accountId;
}

/** The time whose takings belong to a day. */
function spanOf(day: Day, cutoff: string | null): { from: Instant; until: Instant } {
  if (cutoff === null) return { from: startOfDay(day), until: startOfDay(plusDays(day, 1)) };
  return { from: atWallTime(plusDays(day, -1), cutoff), until: atWallTime(day, cutoff) };
}

const factsOf = (
  row: Pick<CloseRow, 'state' | 'cashierId'> | { state: 'open'; cashierId: string },
  hasEarlierOpen = false,
): CloseFacts => ({ state: row.state, cashierId: row.cashierId, hasEarlierOpen });

const person = (id: string, name: string | null) => ({ id, name: name ?? '' });

function shapeClose(call: Call, row: CloseRow): Close {
  const actor = actorOf(call);
  const sum = (of: (line: CloseRow['lines'][number]) => number) => sumFen(row.lines.map(of));
  return {
    id: row.id,
    code: row.code,
    cashier: person(row.cashierId, row.cashierName),
    day: row.day,
    state: row.state,
    lines: row.lines,
    cash: row.cash,
    slips: row.slips,
    blankReceipts: row.blankReceipts,
    receipts: row.receipts,
    bookFen: sum(({ bookFen }) => bookFen),
    countedFen: sum(({ countedFen }) => countedFen),
    differenceFen: sum(({ differenceFen }) => differenceFen),
    countedAt: row.countedAt,
    receivedBy: row.receivedBy === null ? null : person(row.receivedBy, row.receivedByName),
    handedOverAt: row.handedOverAt,
    slip: row.slipKind === null ? null : { kind: row.slipKind, number: row.slipNumber ?? '' },
    sealedBy: row.sealedBy === null ? null : person(row.sealedBy, row.sealedByName),
    sealedAt: row.sealedAt,
    sealNo: row.sealNo,
    seal: row.seal,
    version: row.version,
    moves: dailyCloseMoves.map((name) => {
      const refusal = closeBlocker(name, factsOf(row), actor);
      return refusal === null ? { name, allowed: true } : { name, allowed: false, reason: refusal.code };
    }),
  };
}

export const readCloses = (
  call: Call,
  query: { from?: Day | undefined; until?: Day | undefined; cashierId?: string | undefined },
) =>
  readIn(call, async (tx) => {
    const until = query.until ?? plusDays(dayOf(call.now), 1);
    const from = query.from ?? plusDays(until, -32);
    const cashierId = cashierAsked(call, query.cashierId);
    const rows = await listCloseRows(tx, call.communityId, { from, until, cashierId });
    const open = await listOpenDays(tx, call.communityId, cashierId);
    return {
      ...{ from, until },
      items: rows.map((row) => shapeClose(call, row)),
      open: open.map((one) => ({
        cashier: person(one.cashierId, one.cashierName),
        day: one.day,
        bookFen: one.bookFen,
      })),
    };
  });

export const readClose = (call: Call, id: string): Promise<OneClose> =>
  readIn(call, async (tx) => {
    const row = await findClose(tx, call.communityId, { id });
    if (!row || (call.breadth === 'own' && row.cashierId !== call.actor.accountId)) throw notFound('daily-close');
    const signatures = await readSignatures(tx, call.communityId, id);
    return {
      ...shapeClose(call, row),
      cashierSignature: signatures.get('cashier') ?? null,
      receiverSignature: signatures.get('receiver') ?? null,
    };
  });

export const readSheet = (
  call: Call,
  query: { day?: Day | undefined; cashierId?: string | undefined },
): Promise<Sheet> =>
  readIn(call, async (tx) => {
    const { communityId, now } = call;
    const { money } = (await standardInForce(tx, communityId)).document;
    const cutoff = money.cashCutoff.value;
    const cashierId = cashierAsked(call, query.cashierId) ?? call.actor.accountId;
    const name = await nameOf(tx, cashierId);
    if (name === undefined) throw badField('cashierId', 'unknown_cashier');
    const today = closeDayOf(now, { cutoff });
    const earlierOpen = await earliestOpen(tx, communityId, cashierId, query.day ?? today);
    // Without a day asked for: the one that has to be closed first.
    const day = query.day ?? earlierOpen ?? today;
    const close = await findClose(tx, communityId, { cashierId, day });
    const books = await booksOf(tx, communityId, cashierId, { day, close });
    const takings = await sumTakings(tx, communityId, cashierId, day);
    const receipts = await listReceiptSpans(tx, communityId, cashierId, { day, ...spanOf(day, cutoff) });
    const facts = factsOf(close ?? { state: 'open', cashierId }, earlierOpen !== null && earlierOpen < day);
    return {
      cashier: person(cashierId, name),
      ...{ day, cutoff, ...takings },
      books: methods.flatMap((method) => (books[method] ? [{ method, fen: books[method] }] : [])),
      receiptsFen: receipts.fen,
      receipts: receipts.spans,
      blankReceipts: await blanksOf(tx, communityId, cashierId),
      faces: money.cashFaces.value,
      earlierOpen: earlierOpen !== null && earlierOpen < day ? earlierOpen : null,
      close: close ? shapeClose(call, close) : null,
      mayCount: day <= dayOf(now) && closeBlocker('count', facts, actorOf(call)) === null,
    };
  });

/** What the drawer should hold: from the ledger while the day is open, as it was counted from then on. */
async function booksOf(
  tx: Tx,
  communityId: string,
  cashierId: string,
  { day, close }: { day: Day; close: CloseRow | undefined },
): Promise<Partial<Record<(typeof methods)[number], number>>> {
  if (close) return Object.fromEntries(close.lines.map(({ method, bookFen }) => [method, bookFen]));
  return sumDrawer(tx, communityId, cashierId, day);
}

async function blanksOf(tx: Tx, communityId: string, cashierId: string): Promise<BlankReceipts[]> {
  const books = await listBlanks(tx, communityId, cashierId);
  return books.map(({ bookId, series, next, to }) => ({ bookId, series, next, to }));
}

/** The custody list as it was said against the books in hand; each one that differs at its place. */
export function blanksJudged(said: CreateClose['blankReceipts'], inHand: readonly BlankReceipts[]): BlankReceipts[] {
  const faults = inHand.flatMap(({ bookId, next, to }) => {
    const place = said.findIndex((one) => one.bookId === bookId);
    const one = said[place];
    if (one && one.next === next && one.to === to) return [];
    const path = place < 0 ? 'blankReceipts' : `blankReceipts.${place}.next`;
    return [{ path, code: 'blank_receipts_differ', facts: { next, to } }];
  });
  said.forEach(({ bookId }, place) => {
    if (!inHand.some((one) => one.bookId === bookId))
      faults.push({ path: `blankReceipts.${place}.bookId`, code: 'blank_receipts_differ', facts: { next: 0, to: 0 } });
  });
  if (faults.length > 0) throw new BadInput(faults);
  return [...inHand];
}

/** MN8: counts one's own day. The drawer is held alone, so that no taking slips in between the sum and the count. */
export async function countDay(call: Call, { day, signature, version, ...count }: CreateClose): Promise<string> {
  return effect(call, newId(), async (tx, id) => {
    const { communityId, now } = call;
    const cashierId = call.actor.accountId;
    if (day > dayOf(now)) throw badField('day', 'day_ahead');
    await lockDrawer(tx, communityId, cashierId, true);
    const known = await findClose(tx, communityId, { cashierId, day }, true);
    const earlier = await earliestOpen(tx, communityId, cashierId, day);
    decideCloseMove('count', factsOf(known ?? { state: 'open', cashierId }, earlier !== null), actorOf(call));
    if (known && version !== known.version)
      throw version === undefined
        ? new Refusal('daily-close.counted_already', { code: known.code })
        : new StaleVersion(known.version);
    const { money } = (await standardInForce(tx, communityId)).document;
    const books = await sumDrawer(tx, communityId, cashierId, day);
    const lines = judgeCount({ ...count, signature }, books, money.cashFaces.value);
    const blankReceipts = blanksJudged(count.blankReceipts, await blanksOf(tx, communityId, cashierId));
    const span = spanOf(day, money.cashCutoff.value);
    const { spans: receipts } = await listReceiptSpans(tx, communityId, cashierId, { day, ...span });
    const counted = { ...{ cash: count.cash, slips: count.slips, lines, blankReceipts, receipts }, countedAt: now };
    const closeId = known?.id ?? id;
    if (known) await recountClose(tx, communityId, known.id, counted);
    else {
      const number = await takeNumber(tx, communityId, 'RJ', day);
      await insertClose(tx, communityId, { ...counted, id, cashierId, day, code: dayCode('RJ', day, number) });
    }
    await writeSignature(tx, communityId, closeId, 'cashier', signature);
    await noteMove(tx, call, closeId, 'count', {
      day: [null, day],
      countedFen: [known ? countedOf(known.lines) : null, countedOf(lines)],
    });
  }).then((id) => closeOfDay(call, id, day));
}

const countedOf = (lines: CloseRow['lines']): number => sumFen(lines.map(({ countedFen }) => countedFen));

/** A recount answers the close that was there before it. */
const closeOfDay = (call: Call, id: string, day: Day): Promise<string> =>
  readIn(call, async (tx) => {
    const own = await findClose(tx, call.communityId, { id });
    const known = own ?? (await findClose(tx, call.communityId, { cashierId: call.actor.accountId, day }));
    return known?.id ?? id;
  });

async function noteMove(
  tx: Tx,
  call: Call,
  closeId: string,
  move: DailyCloseMove,
  changed: Record<string, [unknown, unknown]>,
): Promise<void> {
  const event = { id: newId(), closeId, move, at: call.now, byId: call.actor.accountId };
  await insertCloseEvent(tx, call.communityId, event);
  await record(tx, call, { action: `daily-close.${move}`, noun: 'daily-close', nounId: closeId, changed });
}

async function lockedClose(tx: Tx, call: Call, id: string, version: number | undefined): Promise<CloseRow> {
  const row = await findClose(tx, call.communityId, { id }, true);
  if (!row) throw notFound('daily-close');
  const asked = version ?? call.ifMatch ?? undefined;
  if (asked !== undefined && asked !== row.version) throw new StaleVersion(row.version);
  return row;
}

/** Finance receives against a slip: differences are posted, then the money leaves the drawer, all in the day's close. */
export async function handOver(call: Call, id: string, { version, slip, signature }: HandOver): Promise<string> {
  return effect(call, id, async (tx) => {
    const { communityId, now } = call;
    // The drawer before the close, as the count does: else two could wait for each other.
    const found = await findClose(tx, communityId, { id });
    if (found) await lockDrawer(tx, communityId, found.cashierId, true);
    const row = await lockedClose(tx, call, id, version);
    decideCloseMove('hand-over', factsOf(row), actorOf(call));
    const entryIds: string[] = [];
    for (const entry of handOverEntries(row.cashierId, row.lines))
      entryIds.push(await postEntry(tx, call, entry, row.day));
    const receivedBy = call.actor.accountId;
    await handOverClose(tx, communityId, id, { receivedBy, at: now, slip, entryIds });
    await writeSignature(tx, communityId, id, 'receiver', signature);
    await noteMove(tx, call, id, 'hand-over', { state: [row.state, 'handed-over'], slip: [null, slip.number] });
  });
}

/** The day is closed for good: its seal is over all that was counted, signed and handed over, and the seal before it. */
export async function sealDay(call: Call, id: string, { version }: { version?: number | undefined }): Promise<string> {
  return effect(call, id, async (tx) => {
    const { communityId, now } = call;
    const row = await lockedClose(tx, call, id, version);
    decideCloseMove('seal', factsOf(row), actorOf(call));
    const before = await lastSeal(tx, communityId);
    const sealed: SealedClose = {
      ...{ code: row.code, communityId, cashierId: row.cashierId, day: row.day },
      lines: row.lines.map(({ method, bookFen, countedFen, reason }) => ({ method, bookFen, countedFen, reason })),
      receipts: row.receipts,
      countedById: row.cashierId,
      countedAt: row.countedAt,
      receivedById: row.receivedBy as string,
      handedOverAt: row.handedOverAt as string,
      slip: `${row.slipKind} ${row.slipNumber}`,
      sealedById: call.actor.accountId,
      sealedAt: now,
      auditHead: await auditHead(tx, communityId),
    };
    const seal = sealOf(before?.seal ?? firstSeal, sealed, sha256);
    await noteMove(tx, call, id, 'seal', { state: [row.state, 'sealed'], seal: [null, seal] });
    await sealClose(tx, communityId, id, { no: (before?.no ?? 0) + 1, seal, sealed });
  });
}
