// SQL of the weekly receipt detail 收款明细周报: receipts of a span with what became of them, and their sums.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { Method } from '../ledger/ledger.contract.ts';
import type { ReceiptKind, ReceiptLine, ReceiptState } from '../receipts/receipt.contract.ts';

export type Span = { from: Instant; until: Instant };
export type DetailRow = {
  id: string;
  series: string;
  number: number;
  kind: ReceiptKind;
  state: ReceiptState;
  issuedAt: Instant;
  lines: ReceiptLine[];
  payer: string | null;
  methods: Method[];
  cashierName: string;
  amountFen: number;
  reason: string | null;
};

/** In the order of their books: a number that is missing would show. */
export async function listDetailRows(
  tx: Tx,
  communityId: string,
  { from, until }: Span,
  { after, limit }: { after: { series: string; number: number } | null; limit: number },
): Promise<DetailRow[]> {
  const { rows } = await sql<DetailRow>`
    select r.id, r.series, r.number, r.kind,
      case e.action when 'void' then 'voided' when 'reverse' then 'reversed' else 'issued' end as state,
      r.issued_at, r.lines, t.payer, r.methods, a.name as cashier_name, r.amount_fen, t.reason
    from receipts r join accounts a on a.id = r.cashier_id
    left join receipt_texts t on t.community_id = r.community_id and t.receipt_id = r.id
    left join receipt_events e on e.community_id = r.community_id and e.receipt_id = r.id and e.action in ('void', 'reverse')
    where r.community_id = ${communityId} and r.issued_at >= ${from} and r.issued_at < ${until}
      ${after === null ? sql`` : sql`and (r.series, r.number) > (${after.series}, ${after.number}::int)`}
    order by r.series, r.number limit ${limit}`.execute(tx);
  return rows;
}

type Sum = { name: string; count: number; fen: number };

export async function sumDetail(
  tx: Tx,
  communityId: string,
  { from, until }: Span,
): Promise<{
  states: { state: ReceiptState; count: number; fen: number }[];
  byItem: Sum[];
  byCashier: Sum[];
  byMethod: { method: Method; fen: number }[];
}> {
  const own = sql`
    own as (
      select r.id, r.source_id, r.lines, r.amount_fen, r.cashier_id,
        case e.action when 'void' then 'voided' when 'reverse' then 'reversed' else 'issued' end as state
      from receipts r
      left join receipt_events e on e.community_id = r.community_id and e.receipt_id = r.id and e.action in ('void', 'reverse')
      where r.community_id = ${communityId} and r.issued_at >= ${from} and r.issued_at < ${until})`;
  const states = await sql<{ state: ReceiptState; count: number; fen: number }>`
    with ${own} select state, count(*)::int as count, sum(amount_fen)::bigint as fen from own group by state`.execute(
    tx,
  );
  const byItem = await sql<Sum>`
    with ${own} select line ->> 'charge' as name, count(*)::int as count, sum((line ->> 'amountFen')::bigint)::bigint as fen
    from own cross join jsonb_array_elements(own.lines) as l(line) where own.state = 'issued'
    group by 1 order by fen desc, name`.execute(tx);
  const byCashier = await sql<Sum>`
    with ${own} select a.name, count(*)::int as count, sum(own.amount_fen)::bigint as fen
    from own join accounts a on a.id = own.cashier_id where own.state = 'issued' group by a.id, a.name order by fen desc, a.name`.execute(
    tx,
  );
  const byMethod = await sql<{ method: Method; fen: number }>`
    with ${own}, taken as (
      select p.id, p.entry_id from payments p where p.community_id = ${communityId} and p.id in (select source_id from own where state = 'issued')
      union all
      select d.id, d.entry_id from deposits d where d.community_id = ${communityId} and d.id in (select source_id from own where state = 'issued'))
    select l.account as method, sum(l.amount_fen)::bigint as fen
    from taken join ledger_lines l on l.community_id = ${communityId} and l.entry_id = taken.entry_id
      and l.account in ('cash', 'card', 'transfer', 'cheque', 'bank-collection', 'online')
    group by 1 order by fen desc`.execute(tx);
  return { states: states.rows, byItem: byItem.rows, byCashier: byCashier.rows, byMethod: byMethod.rows };
}
