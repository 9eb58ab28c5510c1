// SQL of what may be about the same event: open complaints that share rare words with a text, and those of its building.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { ComplaintState, Severity } from './complaint-shapes.contract.ts';
import { commonAt, type SiblingFacts } from './complaint-siblings.rules.ts';

export type SiblingRow = SiblingFacts & {
  id: string;
  code: string;
  state: ComplaintState;
  severity: Severity;
  unit: string | null;
  body: string | null;
  receivedAt: Instant;
  groupId: string | null;
  raisings: number;
  people: number;
  anonymous: boolean;
  againstStaffId: string | null;
  department: string | null;
  firstContactId: string | null;
};

/** How many cases hold each word, counted as far as it tells something. */
export async function countHolders(
  tx: Tx,
  communityId: string,
  words: readonly string[],
): Promise<{ token: string; holders: number }[]> {
  const { rows } = await sql<{ token: string; holders: number }>`
    select w.token, (select count(*) from (
        select 1 from search_tokens s
        where s.community_id = ${communityId} and s.noun = 'case' and s.token = w.token collate "C" limit ${commonAt}) few)::int as holders
    from unnest(${[...words]}::text[]) w(token)`.execute(tx);
  return rows;
}

export async function countComplaintsUpTo(tx: Tx, communityId: string, most: number): Promise<number> {
  const { rows } = await sql<{ complaints: number }>`
    select count(*)::int as complaints from (
      select 1 from cases c where c.community_id = ${communityId} and c.kind = 'complaint' limit ${most}) few`.execute(
    tx,
  );
  return rows[0]?.complaints ?? 0;
}

/** The rarest words find the candidates, as many as are held by so many cases together: what they find is all read. */
const mostHoldersRead = 1_500;
const wordsAsked = 24;
const mostByWords = 60;
const mostOfBuilding = 60;
/** A household that complains more often is found by its words. */
const mostOfUnit = 4;

/** The rarest words first; a word that is common finds everybody and so nobody. */
function askedOf(holders: ReadonlyMap<string, number>): string[] {
  const asked: string[] = [];
  let read = 0;
  const rarestFirst = [...holders]
    .filter(([, count]) => count > 0 && count < commonAt)
    .sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1));
  for (const [token, count] of rarestFirst.slice(0, wordsAsked)) {
    read += count;
    if (read > mostHoldersRead && asked.length > 0) break;
    asked.push(token);
  }
  return asked;
}

/** Open complaints of the hours around it, by their rare words and by its building; merged ones apart. */
export async function listSiblingCandidates(
  tx: Tx,
  communityId: string,
  about: {
    from: Instant;
    until: Instant;
    buildingId: string | null;
    holders: ReadonlyMap<string, number>;
    exceptId: string | null;
    exceptGroupId: string | null;
  },
): Promise<SiblingRow[]> {
  const within = sql`c.community_id = ${communityId} and c.kind = 'complaint' and c.ended_at is null
      and c.received_at >= ${about.from} and c.received_at <= ${about.until}`;
  const columns = sql`c.id, c.code, c.state, c.level, c.unit_id, c.place, c.received_at, c.first_contact_id, c.summary_text_id`;
  const textOf = (id: ReturnType<typeof sql>) =>
    sql`(select t.body from case_texts t where t.community_id = ${communityId} and t.id = ${id})`;
  // Each that holds the words is looked up by its id: a join would rather read everything open. What a row has beside it is
  // asked for by row, because planning a join of eight takes longer than the rows.
  const { rows } = await sql<SiblingRow & { demand: string | null }>`
    with by_words as materialized (
      select s.noun_id as id, count(*) as shared from search_tokens s
      where s.community_id = ${communityId} and s.noun = 'case' and s.token = any (${askedOf(about.holders)}::text[])
      group by s.noun_id
    ), found as materialized (
      (select c.* from by_words w cross join lateral (select ${columns} from cases c where ${within} and c.id = w.id limit 1) c
       order by w.shared desc, c.received_at desc limit ${mostByWords})
      union
      (select c.* from units u cross join lateral (
         select ${columns} from cases c
         where ${within} and c.unit_id = u.id order by c.received_at desc limit ${mostOfUnit}) c
       where u.community_id = ${communityId} and u.building_id = ${about.buildingId}::uuid
       order by c.received_at desc limit ${mostOfBuilding})
    )
    select f.id, f.code, f.state, f.level as severity, u.label as unit, u.building_id, f.place, p.against,
      coalesce(p.occurred_at, f.received_at) as at, f.received_at, ${textOf(sql`f.summary_text_id`)} as body,
      ${textOf(sql`p.demand_text_id`)} as demand, p.group_id, p.raisings, p.people,
      p.anonymous, p.against_staff_id, p.department, f.first_contact_id
    from found f
    join complaints p on p.community_id = ${communityId} and p.id = f.id
    left join units u on u.community_id = ${communityId} and u.id = f.unit_id
    where p.merged_into_id is null
      and p.id is distinct from ${about.exceptId}::uuid
      and (${about.exceptGroupId}::uuid is null or p.group_id is distinct from ${about.exceptGroupId}::uuid)`.execute(
    tx,
  );
  return rows.map(({ demand, ...row }) => ({
    ...row,
    text: [row.body, demand].filter((one) => one !== null).join(' '),
  }));
}

export const buildingOfUnit = async (tx: Tx, communityId: string, unitId: string | null): Promise<string | null> =>
  unitId === null
    ? null
    : ((
        await tx
          .selectFrom('units')
          .select('buildingId')
          .where('communityId', '=', communityId)
          .where('id', '=', unitId)
          .executeTakeFirst()
      )?.buildingId ?? null);
