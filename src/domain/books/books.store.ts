// SQL of the books 账簿: a month of entries page by page, sums by account and by item.
import type { Day, Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { Account } from '../ledger/ledger.contract.ts';

export type Span = { from: Day; before: Day };
export type EntryHead = { id: string; on: Day; kind: string; reversesId: string | null };
export type EntryLineRow = {
  entryId: string;
  account: Account;
  amountFen: number;
  unit: string | null;
  itemId: string | null;
  chargeKind: string | null;
};

/** A page of entries in the order of the books; nothing posted after `until` joins while one reads. */
export async function listEntryHeads(
  tx: Tx,
  communityId: string,
  { from, before }: Span,
  { after, until, limit }: { after: EntryHead | null; until: Instant; limit: number },
): Promise<EntryHead[]> {
  const { rows } = await sql<EntryHead>`
    select id, posted_on as on, kind, reverses_id from ledger_entries
    where community_id = ${communityId} and posted_on >= ${from} and posted_on < ${before} and posted_at <= ${until}
      ${after === null ? sql`` : sql`and (posted_on, id) > (${after.on}::date, ${after.id}::uuid)`}
    order by posted_on, id limit ${limit}`.execute(tx);
  return rows;
}

export async function listEntryLines(tx: Tx, communityId: string, ids: readonly string[]): Promise<EntryLineRow[]> {
  const { rows } = await sql<EntryLineRow>`
    select l.entry_id, l.account, l.amount_fen, u.label as unit, l.item_id, c.kind as charge_kind
    from ledger_lines l
    left join units u on u.community_id = l.community_id and u.id = l.unit_id
    left join charges c on c.community_id = l.community_id and c.id = l.charge_id
    where l.community_id = ${communityId} and l.entry_id = any (${[...ids]}::uuid[]) order by l.entry_id, l.place`.execute(
    tx,
  );
  return rows;
}

/**
 * What stood before the month is what stands now without what came since: the lines alone are read through once, and by their
 * day only those from the month on, which is little for the months that people look at.
 */
export async function sumAccountsOfMonth(
  tx: Tx,
  communityId: string,
  { from, before }: Span,
): Promise<{ account: Account; openingFen: number; debitFen: number; creditFen: number }[]> {
  const { rows } = await sql<{ account: Account; openingFen: number; debitFen: number; creditFen: number }>`
    with total as (
      select account, sum(amount_fen) as fen, count(*) as lines from ledger_lines where community_id = ${communityId} group by account
    ), since as (
      select l.account, sum(l.amount_fen) as fen, count(*) filter (where e.posted_on >= ${before}) as later,
        sum(l.amount_fen) filter (where e.posted_on < ${before} and l.amount_fen > 0) as debit_fen,
        -sum(l.amount_fen) filter (where e.posted_on < ${before} and l.amount_fen < 0) as credit_fen
      from ledger_entries e join ledger_lines l on l.community_id = e.community_id and l.entry_id = e.id
      where e.community_id = ${communityId} and e.posted_on >= ${from} group by l.account
    )
    select t.account, (t.fen - coalesce(s.fen, 0))::bigint as opening_fen,
      coalesce(s.debit_fen, 0)::bigint as debit_fen, coalesce(s.credit_fen, 0)::bigint as credit_fen
    from total t left join since s on s.account = t.account
    where t.lines > coalesce(s.later, 0) order by t.account`.execute(tx);
  return rows;
}

export type ItemSums = {
  itemId: string;
  kind: string;
  chargedFen: number;
  settledFen: number;
  waivedFen: number;
  openFen: number;
};

/** By item: charged, settled and waived in the month, and what is open at its end. A reversal counts against what it undoes. */
export async function sumItemsOfMonth(tx: Tx, communityId: string, { from, before }: Span): Promise<ItemSums[]> {
  const { rows } = await sql<ItemSums>`
    with total as (
      select item_id, sum(amount_fen) as fen, count(*) as lines from ledger_lines
      where community_id = ${communityId} and account = 'receivable' group by item_id
    ), since as (
      select l.item_id, count(*) filter (where e.posted_on >= ${before}) as later,
        sum(l.amount_fen) filter (where e.posted_on >= ${before}) as later_fen,
        sum(l.amount_fen) filter (where e.posted_on < ${before} and coalesce(o.kind, e.kind) in ('charge', 'change')) as charged_fen,
        -sum(l.amount_fen) filter (where e.posted_on < ${before} and coalesce(o.kind, e.kind) in ('payment', 'prepaid-use', 'deposit-deduct')) as settled_fen,
        -sum(l.amount_fen) filter (where e.posted_on < ${before} and coalesce(o.kind, e.kind) = 'waiver') as waived_fen
      from ledger_entries e
      join ledger_lines l on l.community_id = e.community_id and l.entry_id = e.id and l.account = 'receivable'
      left join ledger_entries o on o.community_id = e.community_id and o.id = e.reverses_id
      where e.community_id = ${communityId} and e.posted_on >= ${from} group by l.item_id
    )
    select t.item_id,
      coalesce(i.kind, (select c.kind from charges c where c.community_id = ${communityId} and c.item_id = t.item_id limit 1)) as kind,
      coalesce(s.charged_fen, 0)::bigint as charged_fen, coalesce(s.settled_fen, 0)::bigint as settled_fen,
      coalesce(s.waived_fen, 0)::bigint as waived_fen, (t.fen - coalesce(s.later_fen, 0))::bigint as open_fen
    from total t left join since s on s.item_id = t.item_id
    left join charge_items i on i.community_id = ${communityId} and i.id = t.item_id
    where t.lines > coalesce(s.later, 0) order by t.item_id`.execute(tx);
  return rows;
}

export async function countEntries(tx: Tx, communityId: string, { from, before }: Span): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ledger_entries
    where community_id = ${communityId} and posted_on >= ${from} and posted_on < ${before}`.execute(tx);
  return rows[0]?.count ?? 0;
}

export async function communityName(tx: Tx, communityId: string): Promise<string> {
  const row = await tx.selectFrom('communities').select('name').where('id', '=', communityId).executeTakeFirst();
  return row?.name ?? '';
}
