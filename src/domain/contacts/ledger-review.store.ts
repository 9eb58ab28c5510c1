// SQL of the supervisor's daily look at the ledger.
import type { Day, Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { LedgerReview } from './ledger-review.contract.ts';

export async function countLines(
  tx: Tx,
  communityId: string,
  span: { from: Instant; until: Instant },
): Promise<{ lines: number; undone: number }> {
  const { rows } = await sql<{ lines: number; undone: number }>`
    select count(*) as lines, count(*) filter (where state in ('open', 'call-back', 'message')) as undone
    from contacts where community_id = ${communityId} and created_at >= ${span.from} and created_at < ${span.until}`.execute(
    tx,
  );
  return rows[0] ?? { lines: 0, undone: 0 };
}

export async function listReviews(tx: Tx, communityId: string, day: Day): Promise<LedgerReview[]> {
  const { rows } = await sql<{
    id: string;
    day: Day;
    lines: number;
    undone: number;
    remark: string;
    byId: string;
    byName: string;
    at: Instant;
  }>`
    select r.id, r.day, r.lines, r.undone, r.remark, r.reviewed_by as by_id, a.name as by_name, r.reviewed_at as at
    from ledger_reviews r join accounts a on a.id = r.reviewed_by
    where r.community_id = ${communityId} and r.day = ${day} order by r.reviewed_at desc limit 20`.execute(tx);
  return rows.map(({ byId, byName, ...row }) => ({ ...row, by: { id: byId, name: byName } }));
}

/** Shanghai days from `from` up to before `until` that have lines and no review. */
export async function listNotReviewed(tx: Tx, communityId: string, from: Day, until: Day): Promise<Day[]> {
  const { rows } = await sql<{ day: Day }>`
    select d.day::date as day from generate_series(${from}::date, ${until}::date - 1, interval '1 day') d(day)
    where exists (select 1 from contacts c where c.community_id = ${communityId}
        and c.created_at >= d.day::timestamp at time zone 'Asia/Shanghai' and c.created_at < (d.day + interval '1 day')::timestamp at time zone 'Asia/Shanghai')
      and not exists (select 1 from ledger_reviews r where r.community_id = ${communityId} and r.day = d.day::date)
    order by 1 desc`.execute(tx);
  return rows.map((row) => row.day);
}
