// What `verify` asks of follow-ups 回访: every draw done again gives the same place, and no place of a month is missing.
import { type Breach, type Check, checkPage } from '../../platform/checks.ts';
import { sql } from '../../platform/database/database.ts';
import { permutationOf } from './follow-up-sample.rules.ts';

type Drawn = {
  communityId: string;
  id: string;
  code: string;
  state: string;
  sampleSeed: string;
  sampleGroup: number;
  samplePosition: number;
  samplePlace: number;
  sampleOwed: number;
  sampleOf: number;
  monthSeed: string | null;
};

const breach = (communityId: string, what: string, facts: Breach['facts']): Breach => ({ communityId, what, facts });

export const samplesDrawAnew: Check = async function* (tx) {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await sql<Drawn>`
      select f.community_id, f.id, f.code, f.state, f.sample_seed, f.sample_group, f.sample_position, f.sample_place, f.sample_owed, f.sample_of,
             s.seed as month_seed
      from follow_ups f left join follow_up_samples s on s.community_id = f.community_id and s.what = f.what and s.month = f.month
      where f.sample_seed is not null and f.id > ${after}::uuid order by f.id limit ${checkPage}`.execute(tx);
    for (const row of rows) {
      const { communityId, code, sampleSeed, sampleGroup, samplePosition, samplePlace, sampleOwed, sampleOf } = row;
      const place = permutationOf(sampleSeed, sampleGroup, sampleOf)[samplePosition] ?? null;
      if (place !== samplePlace || sampleSeed !== row.monthSeed)
        yield breach(communityId, 'draw_differs', { code, found: samplePlace, expected: place });
      else if ((row.state === 'not-owed') !== place >= sampleOwed)
        yield breach(communityId, 'draw_not_kept', { code, state: row.state, place, owed: sampleOwed });
    }
    const last = rows.at(-1);
    if (!last || rows.length < checkPage) break;
    after = last.id;
  }
  const { rows } = await sql<{ communityId: string; what: string; month: string; drawn: number; kept: number }>`
    select s.community_id, s.what, s.month, s.drawn, count(f.id)::int as kept
    from follow_up_samples s
    left join follow_ups f on f.community_id = s.community_id and f.what = s.what and f.month = s.month and f.sample_seed = s.seed
    group by s.community_id, s.what, s.month, s.drawn having count(f.id) <> s.drawn order by s.month`.execute(tx);
  for (const { communityId, what, month, drawn, kept } of rows)
    yield breach(communityId, 'draws_missing', { subject: what, month, drawn, kept });
};
