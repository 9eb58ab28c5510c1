// What `verify` asks of the ledger 账: the same as `breachesOf` over whole books, asked as sums, so that years of it fit.
import type { Check } from '../../platform/checks.ts';
import { sql } from '../../platform/database/database.ts';

type Found = { communityId: string; what: string; id: string; fen: number };

export const booksBalance: Check = async function* (tx) {
  // Walls at the tables see to it; this is for books that were loaded or changed around them.
  const entries = await sql<Found>`
    select e.community_id, 'out_of_balance' as what, e.id, coalesce(sum(l.amount_fen), 0)::bigint as fen
    from ledger_entries e left join ledger_lines l on l.community_id = e.community_id and l.entry_id = e.id
    group by e.community_id, e.id
    having count(l.place) <> e.line_count or coalesce(sum(l.amount_fen), 0) <> 0
      or coalesce(sum(l.amount_fen) filter (where l.amount_fen > 0), 0) <> e.debit_fen
    order by 1, 3`.execute(tx);
  const below = await sql<Found>`
    select community_id, 'open_below_nothing' as what, charge_id as id, sum(amount_fen)::bigint as fen from ledger_lines
    where account = 'receivable' group by community_id, charge_id having sum(amount_fen) < 0
    union all
    select community_id, 'prepaid_below_nothing', unit_id, -sum(amount_fen)::bigint from ledger_lines
    where account = 'prepaid' group by community_id, unit_id having sum(amount_fen) > 0
    union all
    select community_id, 'held_below_nothing', deposit_id, -sum(amount_fen)::bigint from ledger_lines
    where account = 'deposit' group by community_id, deposit_id having sum(amount_fen) > 0
    order by 1, 2, 3`.execute(tx);
  const reversals = await sql<Found>`
    select r.community_id, case when count(*) over (partition by r.community_id, r.reverses_id) > 1 then 'reversed_twice'
      else 'reversal_differs' end as what, r.reverses_id as id, 0::bigint as fen
    from ledger_entries r
    where r.reverses_id is not null and (
      exists (select from ledger_entries o where o.community_id = r.community_id and o.reverses_id = r.reverses_id and o.id <> r.id)
      or exists (
        select from ledger_lines l where l.community_id = r.community_id and l.entry_id in (r.id, r.reverses_id)
        group by l.account, l.unit_id, l.charge_id, l.item_id, l.deposit_id, l.cashier_id having sum(l.amount_fen) <> 0))
    order by 1, 3`.execute(tx);
  for (const { communityId, what, id, fen } of [...entries.rows, ...below.rows, ...reversals.rows])
    yield { communityId, what, facts: { id, fen } };
};
