// Posting to the ledger 入账: the one way by which an entry comes into the books, its opposite, and what stands there now.
// The caller holds the transaction, has locked the units that an act touches and records its own audit row.
import { newId } from '../../kernel/id.ts';
import { notFound, Refusal } from '../../kernel/refusal.ts';
import { type Day, dayOf, type Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';
import { standardInForce } from '../standards/standard.service.ts';
import { closeDayOf } from './close-day.rules.ts';
import { reversalEntry, type Standing } from './entry.rules.ts';
import type { Entry } from './ledger.contract.ts';
import {
  AlreadyReversed,
  type EntryRow,
  findEntry,
  insertEntries,
  insertEntryLines,
  insertEntryRows,
  lockDrawer,
  lockUnits,
  sumBalances,
  sumHeld,
  sumOpen,
  sumPrepaid,
} from './ledger.store.ts';

/** What an entry needs of the request that brings it. */
export type Posting = Pick<Call, 'communityId' | 'now'> & { actor: Pick<Call['actor'], 'accountId'> };

/** Whether a cashier's day is counted or sealed: the daily close tells. */
export type DayGate = (tx: Tx, communityId: string, cashierId: string, closeOn: Day) => Promise<boolean>;
let isClosed: DayGate = async () => false;
export function linkDayGate(gate: DayGate): void {
  isClosed = gate;
}

/** The day whose close a taking of now falls into, and whether nothing may come into it any more (MN8). */
export async function closeDayFor(
  tx: Tx,
  { communityId, now }: Pick<Posting, 'communityId' | 'now'>,
  cashierId: string,
): Promise<{ closeOn: Day; isDayClosed: boolean }> {
  const cutoff = (await standardInForce(tx, communityId)).document.money.cashCutoff.value;
  const closeOn = closeDayOf(now, { cutoff });
  await lockDrawer(tx, communityId, cashierId, false);
  return { closeOn, isDayClosed: await isClosed(tx, communityId, cashierId, closeOn) };
}

/** Locks the units whose money an act touches; whatever is read after it holds until the commit. */
export const lockHouseholds = lockUnits;

/** What stands now for these; units are to be locked before. */
export async function standingFor(
  tx: Tx,
  communityId: string,
  { chargeIds = [], unitIds = [], depositIds = [] }: Partial<Record<'chargeIds' | 'unitIds' | 'depositIds', string[]>>,
): Promise<Standing> {
  const open = await sumOpen(tx, communityId, chargeIds);
  const prepaid = await sumPrepaid(tx, communityId, unitIds);
  const held = await sumHeld(tx, communityId, depositIds);
  return {
    openFen: (id) => open.get(id) ?? 0,
    prepaidFen: (id) => prepaid.get(id) ?? 0,
    heldFen: (id) => held.get(id) ?? 0,
  };
}

/** Open charges less what is paid ahead; above zero: owed. */
export async function balanceOf(tx: Tx, communityId: string, unitId: string): Promise<number> {
  return (await sumBalances(tx, communityId, [unitId])).get(unitId) ?? 0;
}

/** The one cashier whose drawer an entry touches. */
function cashierOf({ kind, lines }: Entry): string | null {
  const ids = [...new Set(lines.flatMap(({ cashierId }) => cashierId ?? []))];
  if (ids.length > 1) throw new RangeError(`an entry of kind ${kind} over the drawers of ${ids.length} cashiers`);
  return ids[0] ?? null;
}

async function rowOf(tx: Tx, posting: Posting, entry: Entry, closeOn?: Day): Promise<EntryRow> {
  const cashierId = cashierOf(entry);
  const day = cashierId === null ? null : await openDay(tx, posting, cashierId, closeOn);
  return bareRow(posting, entry, { cashierId, closeOn: day });
}

async function openDay(tx: Tx, posting: Posting, cashierId: string, closeOn: Day | undefined): Promise<Day> {
  if (closeOn !== undefined) return closeOn;
  const found = await closeDayFor(tx, posting, cashierId);
  if (found.isDayClosed) throw new Refusal('ledger.day_closed', { day: found.closeOn });
  return found.closeOn;
}

const bareRow = (
  { now, actor }: { now: Instant; actor: { accountId: string } },
  { kind, reversesId }: Entry,
  drawer: Pick<EntryRow, 'cashierId' | 'closeOn'>,
): EntryRow => ({
  id: newId(),
  kind,
  postedAt: now,
  postedOn: dayOf(now),
  ...drawer,
  postedBy: actor.accountId,
  reversesId,
});

/** `closeOn`: only the daily close itself says which day it posts into. Answers the entry's id. */
export async function postEntry(tx: Tx, posting: Posting, entry: Entry, closeOn?: Day): Promise<string> {
  const row = await rowOf(tx, posting, entry, closeOn);
  try {
    await insertEntries(tx, posting.communityId, [{ ...row, lines: entry.lines }]);
  } catch (fault) {
    if (fault instanceof AlreadyReversed) throw new Refusal('ledger.already_reversed');
    throw fault;
  }
  return row.id;
}

/** Many entries that touch no drawer, with rows between that name them: a billing run's charges. */
export async function postEntriesWith(
  tx: Tx,
  posting: Posting,
  entries: readonly Entry[],
  between: (entryIds: readonly string[]) => Promise<void>,
): Promise<string[]> {
  const rows = entries.map((entry) => {
    if (cashierOf(entry) !== null) throw new RangeError(`an entry of kind ${entry.kind} touches a drawer`);
    return { ...bareRow(posting, entry, { cashierId: null, closeOn: null }), lines: entry.lines };
  });
  const ids = rows.map(({ id }) => id);
  // Sent one behind the other and awaited together: the next is made ready while the database takes in the one before.
  await Promise.all([
    insertEntryRows(tx, posting.communityId, rows),
    between(ids),
    insertEntryLines(tx, posting.communityId, rows),
  ]);
  return ids;
}

/** MN7: posts the opposite of an entry into the open day, once. Answers the opposite's id. */
export async function reverseEntry(tx: Tx, posting: Posting, entryId: string): Promise<string> {
  return postEntry(tx, posting, await oppositeOf(tx, posting.communityId, entryId));
}

/** The opposite of an entry over what stands now, its units locked; refused where it was undone or used since. */
export async function oppositeOf(tx: Tx, communityId: string, entryId: string): Promise<Entry> {
  const before = await findEntry(tx, communityId, entryId);
  if (!before) throw notFound('ledger-entry');
  const idsOf = (of: (line: Entry['lines'][number]) => string | null) => [
    ...new Set(before.lines.flatMap((line) => of(line) ?? [])),
  ];
  const unitIds = idsOf(({ unitId }) => unitId);
  await lockUnits(tx, communityId, unitIds);
  const standing = await standingFor(tx, communityId, {
    chargeIds: idsOf(({ chargeId }) => chargeId),
    unitIds,
    depositIds: idsOf(({ depositId }) => depositId),
  });
  // Asked again under the lock: a twin may have come first.
  const entry = (await findEntry(tx, communityId, entryId)) ?? before;
  return reversalEntry(entry, entry.isReversed, standing);
}
