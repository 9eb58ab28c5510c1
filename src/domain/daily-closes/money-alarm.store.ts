// SQL of alarms over money 资金报警: what is asked of the books each minute, and the alarms themselves.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { MoneyAlarmKind } from '../standards/standard.contract.ts';
import type { MoneyFacts, RaisedAlarm } from './money-alarm.rules.ts';

export const listCommunityIds = async (tx: Tx): Promise<string[]> =>
  (await tx.selectFrom('communities').select('id').orderBy('id').execute()).map((row) => row.id);

export async function listBlanksLeft(tx: Tx, communityId: string): Promise<MoneyFacts['blanks'][number][]> {
  const { rows } = await sql<MoneyFacts['blanks'][number]>`
    select holder_id, used_at, (array_agg(id order by from_number desc))[1] as last_book_id,
      sum(to_number - next_number + 1)::int as "left"
    from receipt_books where community_id = ${communityId} and state in ('issued', 'in-use') group by holder_id, used_at`.execute(
    tx,
  );
  return rows;
}

/** Since a time: walls keep it from happening, this sees it where they were gone around. */
export async function listWithoutReceipt(
  tx: Tx,
  communityId: string,
  since: Instant,
): Promise<MoneyFacts['withoutReceipt'][number][]> {
  const { rows } = await sql<MoneyFacts['withoutReceipt'][number]>`
    select p.id, p.cashier_id, p.amount_fen from payments p where p.community_id = ${communityId} and p.at >= ${since}
      and not exists (select from receipts r where r.community_id = p.community_id and r.source_id = p.id)
    union all
    select d.id, d.cashier_id, d.amount_fen from deposits d where d.community_id = ${communityId} and d.taken_at >= ${since}
      and not exists (select from receipts r where r.community_id = d.community_id and r.source_id = d.id)`.execute(tx);
  return rows;
}

export async function listSurpriseDifferences(
  tx: Tx,
  communityId: string,
  since: Instant,
): Promise<MoneyFacts['surprises'][number][]> {
  const { rows } = await sql<MoneyFacts['surprises'][number]>`
    select s.id, s.cashier_id, sum((line ->> 'differenceFen')::bigint)::bigint as difference_fen
    from surprise_counts s cross join jsonb_array_elements(s.lines) as l(line)
    where s.community_id = ${communityId} and s.at >= ${since}
    group by s.id, s.cashier_id having bool_or((line ->> 'differenceFen')::bigint <> 0)`.execute(tx);
  return rows;
}

/** Answers whether it is new: one thing is one alarm. */
export async function insertAlarm(
  tx: Tx,
  communityId: string,
  alarm: RaisedAlarm & { id: string; at: Instant },
): Promise<boolean> {
  const { rows } = await sql`
    insert into money_alarms (community_id, id, kind, subject, about_id, facts, at)
    values (${communityId}, ${alarm.id}, ${alarm.kind}, ${alarm.subject}, ${alarm.aboutId}, ${JSON.stringify(alarm.facts)}, ${alarm.at})
    on conflict (community_id, kind, subject) do nothing returning id`.execute(tx);
  return rows.length === 1;
}

export type AlarmRow = {
  id: string;
  kind: MoneyAlarmKind;
  aboutId: string | null;
  facts: Record<string, string | number | null>;
  at: Instant;
  settledBy: string | null;
  settledAt: Instant | null;
  note: string | null;
};

export async function listAlarmRows(
  tx: Tx,
  communityId: string,
  filter: { id?: string; lock?: boolean } = {},
): Promise<AlarmRow[]> {
  const { rows } = await sql<AlarmRow>`
    select id, kind, about_id, facts, at, settled_by, settled_at, note from money_alarms
    where community_id = ${communityId} ${filter.id === undefined ? sql`` : sql`and id = ${filter.id}`}
    order by (settled_at is not null), at desc, id desc limit 100 ${filter.lock ? sql`for update` : sql``}`.execute(tx);
  return rows;
}

export async function settleAlarm(
  tx: Tx,
  communityId: string,
  id: string,
  settled: { settledBy: string; settledAt: Instant; note: string },
): Promise<void> {
  await tx
    .updateTable('moneyAlarms')
    .set(settled)
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .execute();
}

export async function findIssuedRange(
  tx: Tx,
  communityId: string,
  { series, number }: { series: string; number: number },
): Promise<boolean> {
  const { rows } = await sql`
    select from receipt_books where community_id = ${communityId} and series = ${series} and from_number <= ${number} and to_number >= ${number}`.execute(
    tx,
  );
  return rows.length > 0;
}
