// Finding cases by the words of their texts at the same cost whatever a word is worth: by the rarest word where few cases
// hold it, else along the order of the list, asking each case for its words, since then the page is soon full.
import { sql, type Tx } from '../../platform/database/database.ts';

/** Above this many cases a word tells little, and reading them all costs more than looking as one goes. */
const fewCases = 2_000;

export type WordsPlan = { rarest: string; others: readonly string[]; isCommon: boolean };

/** null: there is nothing to look for. */
export async function planWords(tx: Tx, communityId: string, words: readonly string[]): Promise<WordsPlan | null> {
  if (words.length === 0) return null;
  const { rows } = await sql<{ token: string; cases: number }>`
    select w.token, (select count(*) from (
        select 1 from search_tokens s
        where s.community_id = ${communityId} and s.noun = 'case' and s.token = w.token collate "C" limit ${fewCases + 1}) few) as cases
    from unnest(${[...words]}::text[]) w(token)
    order by 2, 1`.execute(tx);
  const [first, ...rest] = rows;
  if (!first) return null;
  return { rarest: first.token, others: rest.map((row) => row.token), isCommon: first.cases > fewCases };
}

const holds = (communityId: string, token: string, caseId: ReturnType<typeof sql.ref>) =>
  sql`exists (select 1 from search_tokens h
      where h.community_id = ${communityId} and h.noun = 'case' and h.token = ${token} and h.noun_id = ${caseId})`;

/** The ids of the cases that hold all words, from the rarest one's. */
export const idsByWords = (communityId: string, { rarest, others }: WordsPlan) => sql`
    select s.noun_id from search_tokens s
    where ${sql.join(
      [
        sql`s.community_id = ${communityId} and s.noun = 'case' and s.token = ${rarest}`,
        ...others.map((token) => holds(communityId, token, sql.ref('s.noun_id'))),
      ],
      sql` and `,
    )}`;

/** That the case `c` holds all words. */
export const holdsWords = (communityId: string, { rarest, others }: WordsPlan) =>
  sql`(${sql.join(
    [rarest, ...others].map((token) => holds(communityId, token, sql.ref('c.id'))),
    sql` and `,
  )})`;
