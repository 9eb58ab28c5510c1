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
  const { rows } = await sql<SiblingRow>`
    with by_words as materialized (
      select s.noun_id as id, count(*) as shared from search_tokens s
      where s.community_id = ${communityId} and s.noun = 'case' and s.token = any (${askedOf(about.holders)}::text[])
      group by s.noun_id
    ), found as (
      (select w.id from by_words w join cases c on c.community_id = ${communityId} and c.id = w.id
       where ${within} order by w.shared desc, c.received_at desc limit ${mostByWords})
      union
      (select n.id from units u cross join lateral (
         select c.id, c.received_at from cases c
         where ${within} and c.unit_id = u.id order by c.received_at desc limit ${mostOfUnit}) n
       where u.community_id = ${communityId} and u.building_id = ${about.buildingId}::uuid
       order by n.received_at desc limit ${mostOfBuilding})
    )
    select p.id, c.code, c.state, c.level as severity, u.label as unit, u.building_id, c.place, p.against,
      coalesce(p.occurred_at, c.received_at) as at, c.received_at, t.body,
      concat_ws(' ', t.body, d.body) as text, p.group_id, p.raisings, p.people,
      p.anonymous, p.against_staff_id, p.department, c.first_contact_id
    from found f
    join cases c on c.community_id = ${communityId} and c.id = f.id
    join complaints p on p.community_id = c.community_id and p.id = c.id
    left join units u on u.community_id = c.community_id and u.id = c.unit_id
    left join case_texts t on t.community_id = c.community_id and t.id = c.summary_text_id
    left join case_texts d on d.community_id = p.community_id and d.id = p.demand_text_id
    where p.merged_into_id is null
      and p.id is distinct from ${about.exceptId}::uuid
      and (${about.exceptGroupId}::uuid is null or p.group_id is distinct from ${about.exceptGroupId}::uuid)`.execute(
    tx,
  );
  return rows;
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
