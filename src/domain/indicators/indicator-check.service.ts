// What `verify` asks of frozen months 已定月份: each still comes to the rows that it was written down with.
import type { Check } from '../../platform/checks.ts';
import { sql } from '../../platform/database/database.ts';

type Differing = {
  communityId: string;
  name: string;
  month: string;
  numerator: number;
  denominator: number;
  counted: number;
  rows: number;
};

export const frozenMonthsAddUp: Check = async function* (tx) {
  const { rows } = await sql<Differing>`
    select m.community_id, m.name, m.month, m.numerator, m.denominator,
      coalesce(sum(coalesce(r.points, r.counts::int)), 0)::int as counted, count(r.case_id)::int as rows
    from indicator_months m
    left join indicator_month_rows r on r.community_id = m.community_id and r.name = m.name and r.month = m.month
    group by m.community_id, m.name, m.month
    having m.numerator <> coalesce(sum(coalesce(r.points, r.counts::int)), 0)
      or m.denominator <> coalesce((m.base ->> 'total')::int, count(r.case_id)::int)
    order by m.community_id, m.name, m.month`.execute(tx);
  for (const { communityId, ...facts } of rows) yield { communityId, what: 'frozen_month_differs', facts };
};
