// SQL of the ledger 账: entries and their lines are added, read and summed, never changed.
import type { Day, Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { Account, Entry, EntryKind, EntryLine, Method } from './ledger.contract.ts';

export type EntryRow = {
  id: string;
  kind: EntryKind;
  postedAt: Instant;
  postedOn: Day;
  /** The cashier whose drawer is touched and the day whose close it falls into; both or neither. */
  cashierId: string | null;
  closeOn: Day | null;
  postedBy: string;
  reversesId: string | null;
};

/**
 * Whatever an act on a household's money asks, nobody else changes until the commit: the units are locked in one order.
 * Row locks and no advisory ones, because a billing run locks a whole community.
 */
export async function lockUnits(tx: Tx, communityId: string, unitIds: readonly string[]): Promise<void> {
  if (unitIds.length === 0) return;
  await sql`select id from units where community_id = ${communityId} and id = any (${[...new Set(unitIds)]}::uuid[])
    order by id for no key update`.execute(tx);
}

/** A cashier's acts and the count of the drawer keep apart: acts share the lock, a close holds it alone. */
export async function lockDrawer(tx: Tx, communityId: string, cashierId: string, alone: boolean): Promise<void> {
  const key = sql`hashtextextended(${`drawer:${communityId}:${cashierId}`}, 0)`;
  await (alone ? sql`select pg_advisory_xact_lock(${key})` : sql`select pg_advisory_xact_lock_shared(${key})`).execute(
    tx,
  );
}

export async function insertEntries(
  tx: Tx,
  communityId: string,
  entries: readonly (EntryRow & { lines: readonly EntryLine[] })[],
): Promise<void> {
  await insertEntryRows(tx, communityId, entries);
  await insertEntryLines(tx, communityId, entries);
}

/** Entries first, then the charges that name them, then the lines that name the charges. */
export async function insertEntryRows(
  tx: Tx,
  communityId: string,
  entries: readonly (EntryRow & { lines: readonly EntryLine[] })[],
): Promise<void> {
  const column = <Key extends keyof EntryRow>(key: Key) => entries.map((entry) => entry[key]);
  const { rows: inserted } = await sql<{ id: string }>`
    insert into ledger_entries (community_id, id, kind, posted_at, posted_on, cashier_id, close_on, posted_by, reverses_id, line_count, debit_fen)
    select ${communityId}::uuid, * from unnest(${column('id')}::uuid[], ${column('kind')}::text[], ${column('postedAt')}::timestamptz[],
      ${column('postedOn')}::date[], ${column('cashierId')}::uuid[], ${column('closeOn')}::date[], ${column('postedBy')}::uuid[],
      ${column('reversesId')}::uuid[], ${entries.map(({ lines }) => lines.length)}::int[],
      ${entries.map(({ lines }) => lines.reduce((sum, one) => sum + Math.max(0, one.amountFen), 0))}::bigint[])
    on conflict (community_id, reverses_id) do nothing returning id`.execute(tx);
  if (inserted.length < entries.length) throw new AlreadyReversed();
}

/** Somebody else undid the entry first: said by the unique key, told as a refusal by the service. */
export class AlreadyReversed extends Error {}

export async function insertEntryLines(
  tx: Tx,
  communityId: string,
  entries: readonly { id: string; lines: readonly EntryLine[] }[],
): Promise<void> {
  const rows = entries.flatMap(({ id, lines }) => lines.map((line, place) => ({ ...line, entryId: id, place })));
  const column = <Key extends keyof (typeof rows)[number]>(key: Key) => rows.map((row) => row[key]);
  await sql`
    insert into ledger_lines (community_id, entry_id, place, account, amount_fen, unit_id, charge_id, item_id, deposit_id, cashier_id)
    select ${communityId}::uuid, * from unnest(${column('entryId')}::uuid[], ${column('place')}::int[], ${column('account')}::text[],
      ${column('amountFen')}::bigint[], ${column('unitId')}::uuid[], ${column('chargeId')}::uuid[], ${column('itemId')}::uuid[],
      ${column('depositId')}::uuid[], ${column('cashierId')}::uuid[])`.execute(tx);
}

export async function listLines(
  tx: Tx,
  communityId: string,
  entryIds: readonly string[],
): Promise<(EntryLine & { entryId: string })[]> {
  const { rows } = await sql<EntryLine & { entryId: string }>`
    select entry_id, account, amount_fen, unit_id, charge_id, item_id, deposit_id, cashier_id from ledger_lines
    where community_id = ${communityId} and entry_id = any (${[...entryIds]}::uuid[]) order by entry_id, place`.execute(
    tx,
  );
  return rows;
}

export async function findEntry(
  tx: Tx,
  communityId: string,
  id: string,
): Promise<(EntryRow & Entry & { isReversed: boolean }) | undefined> {
  const { rows } = await sql<EntryRow & { isReversed: boolean }>`
    select e.id, e.kind, e.posted_at, e.posted_on, e.cashier_id, e.close_on, e.posted_by, e.reverses_id,
      exists (select from ledger_entries r where r.community_id = e.community_id and r.reverses_id = e.id) as is_reversed
    from ledger_entries e where e.community_id = ${communityId} and e.id = ${id}`.execute(tx);
  const row = rows[0];
  if (!row) return undefined;
  const lines = await listLines(tx, communityId, [id]);
  return { ...row, lines: lines.map(({ entryId: _, ...line }) => line) };
}

type Summed = { id: string; fen: number };
const sumsOf = (rows: readonly Summed[]): Map<string, number> => new Map(rows.map(({ id, fen }) => [id, fen]));

/** What is still open of each charge. */
export async function sumOpen(tx: Tx, communityId: string, chargeIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<Summed>`
    select charge_id as id, sum(amount_fen)::bigint as fen from ledger_lines
    where community_id = ${communityId} and account = 'receivable' and charge_id = any (${[...chargeIds]}::uuid[])
    group by charge_id`.execute(tx);
  return sumsOf(rows);
}

/** What each unit has paid ahead. */
export async function sumPrepaid(
  tx: Tx,
  communityId: string,
  unitIds: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<Summed>`
    select unit_id as id, -sum(amount_fen)::bigint as fen from ledger_lines
    where community_id = ${communityId} and account = 'prepaid' and unit_id = any (${[...unitIds]}::uuid[])
    group by unit_id`.execute(tx);
  return sumsOf(rows);
}

/** What is held of each deposit. */
export async function sumHeld(
  tx: Tx,
  communityId: string,
  depositIds: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<Summed>`
    select deposit_id as id, -sum(amount_fen)::bigint as fen from ledger_lines
    where community_id = ${communityId} and account = 'deposit' and deposit_id = any (${[...depositIds]}::uuid[])
    group by deposit_id`.execute(tx);
  return sumsOf(rows);
}

/** What each unit owes: open charges less what it paid ahead. A unit without lines owes nothing and is left out. */
export async function sumBalances(
  tx: Tx,
  communityId: string,
  unitIds: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<Summed>`
    select unit_id as id, sum(amount_fen)::bigint as fen from ledger_lines
    where community_id = ${communityId} and unit_id = any (${[...unitIds]}::uuid[]) and account in ('receivable', 'prepaid')
    group by unit_id`.execute(tx);
  return sumsOf(rows);
}

/** Open charges by unit, as the ledger knows them: id and what is open. */
export async function listOpen(
  tx: Tx,
  communityId: string,
  unitIds: readonly string[],
): Promise<{ unitId: string; chargeId: string; openFen: number }[]> {
  const { rows } = await sql<{ unitId: string; chargeId: string; openFen: number }>`
    select unit_id, charge_id, sum(amount_fen)::bigint as open_fen from ledger_lines
    where community_id = ${communityId} and unit_id = any (${[...unitIds]}::uuid[]) and account = 'receivable'
    group by unit_id, charge_id having sum(amount_fen) > 0`.execute(tx);
  return rows;
}

/** What a cashier's drawer holds in each way of paying: of one close, or of all up to it. */
export async function sumDrawer(
  tx: Tx,
  communityId: string,
  cashierId: string,
  closeOn: Day,
): Promise<Partial<Record<Method, number>>> {
  const { rows } = await sql<{ account: Method; fen: number }>`
    select l.account, sum(l.amount_fen)::bigint as fen
    from ledger_entries e join ledger_lines l on l.community_id = e.community_id and l.entry_id = e.id
    where e.community_id = ${communityId} and e.cashier_id = ${cashierId} and e.close_on = ${closeOn}
      and l.account in ('cash', 'card', 'transfer', 'cheque', 'bank-collection', 'online')
    group by l.account having sum(l.amount_fen) <> 0`.execute(tx);
  return Object.fromEntries(rows.map(({ account, fen }) => [account, fen]));
}

/** Sums of all accounts up to and with a day: the trial balance 试算平衡. */
export async function sumAccounts(tx: Tx, communityId: string, until: Day): Promise<Map<Account, number>> {
  const { rows } = await sql<{ account: Account; fen: number }>`
    select l.account, sum(l.amount_fen)::bigint as fen
    from ledger_entries e join ledger_lines l on l.community_id = e.community_id and l.entry_id = e.id
    where e.community_id = ${communityId} and e.posted_on <= ${until} group by l.account`.execute(tx);
  return new Map(rows.map(({ account, fen }) => [account, fen]));
}
