// What `verify` asks of closed days 日结 (MN8): the chain of seals is whole, each seal's text is the close as it stands, and
// the ledger of a sealed day is what was counted then.
import type { Check } from '../../platform/checks.ts';
import { sql } from '../../platform/database/database.ts';
import type { SealedClose } from './daily-close.contract.ts';
import { brokenSeal } from './daily-close.rules.ts';
import { sha256 } from './daily-close.service.ts';

type Sealed = { communityId: string; code: string; sealNo: number; seal: string; sealed: SealedClose };
type Differing = { communityId: string; code: string; what: string };

export const closedDaysHold: Check = async function* (tx) {
  const { rows } = await sql<Sealed>`
    select community_id, code, seal_no, seal, sealed from daily_closes where seal_no is not null order by community_id, seal_no`.execute(
    tx,
  );
  const chains = new Map<string, Sealed[]>();
  for (const row of rows) chains.set(row.communityId, [...(chains.get(row.communityId) ?? []), row]);
  for (const [communityId, chain] of chains) {
    const place = brokenSeal(
      chain.map(({ sealed, seal }) => ({ close: sealed, seal })),
      sha256,
    );
    const broken = place === null ? undefined : chain[place];
    if (broken) yield { communityId, what: 'seal_broken', facts: { code: broken.code } };
    const gap = chain.find(({ sealNo }, index) => sealNo !== index + 1);
    if (gap) yield { communityId, what: 'seal_gap', facts: { code: gap.code } };
  }
  // The close against its own seal, and the ledger against the close: what was taken, named as a difference, handed over.
  const differing = await sql<Differing>`
    select c.community_id, c.code, 'close_differs' as what from daily_closes c
    where c.state = 'sealed' and (c.sealed ->> 'code', c.sealed ->> 'day', c.sealed ->> 'cashierId', c.sealed -> 'receipts',
        c.sealed ->> 'receivedById', c.sealed ->> 'sealedById')
      is distinct from (c.code, c.day::text, c.cashier_id::text, c.receipts, c.received_by::text, c.sealed_by::text)
    union all
    select c.community_id, c.code, 'close_differs' from daily_closes c
    where c.state = 'sealed' and c.sealed -> 'lines' is distinct from (
      select coalesce(jsonb_agg(line - 'differenceFen' order by place), '[]') from jsonb_array_elements(c.lines) with ordinality as l(line, place))
    union all
    select c.community_id, c.code, 'closed_day_changed' from daily_closes c
    where c.state = 'sealed' and exists (
      select from (
        select l.account, sum(l.amount_fen) filter (where not e.id = any (c.entry_ids)) as taken, sum(l.amount_fen) as rest
        from ledger_entries e join ledger_lines l on l.community_id = e.community_id and l.entry_id = e.id
          and l.account in ('cash', 'card', 'transfer', 'cheque', 'bank-collection', 'online')
        where e.community_id = c.community_id and e.cashier_id = c.cashier_id and e.close_on = c.day
        group by l.account) books
      full join (select line ->> 'method' as account, (line ->> 'bookFen')::bigint as book from jsonb_array_elements(c.lines) as l(line)) counted
        on counted.account = books.account
      where coalesce(books.taken, 0) <> coalesce(counted.book, 0) or coalesce(books.rest, 0) <> 0)
    order by 1, 2`.execute(tx);
  for (const { communityId, code, what } of differing.rows) yield { communityId, what, facts: { code } };
};
