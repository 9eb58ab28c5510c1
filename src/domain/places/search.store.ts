// SQL of search tokens: asked by `=` and by prefix only, each probe one index range with a ceiling.
import { sql, type Tx } from '../../platform/database/database.ts';
import type { Probe } from './search.rules.ts';

export type SearchNoun = 'unit' | 'party' | 'case';
export type Hit = { probe: number; noun: SearchNoun; nounId: string };

/** What each probe finds, at most `ceiling` each; `only` narrows to some ids (one's own households). */
export async function probeTokens(
  tx: Tx,
  communityId: string,
  asked: readonly { noun: SearchNoun; probe: Probe }[],
  ceiling: number,
  only: readonly string[] | null,
): Promise<Hit[]> {
  if (asked.length === 0) return [];
  const parts = asked.map(({ noun, probe }, index) => {
    const also = (probe.also ?? []).map(
      (
        token,
      ) => sql`and exists (select 1 from search_tokens o where o.community_id = ${communityId} and o.token = ${token}
        and o.noun = t.noun and o.noun_id = t.noun_id)`,
    );
    return sql`(select ${index}::int as probe, t.noun, t.noun_id from search_tokens t
      where t.community_id = ${communityId} and ${probe.match === 'equal' ? sql`t.token = ${probe.token}` : sql`t.token ^@ ${probe.token}`}
        and t.noun = ${noun} ${sql.join(also, sql` `)} ${only === null ? sql`` : sql`and t.noun_id = any(${only}::uuid[])`}
      limit ${ceiling})`;
  });
  const { rows } = await sql<Hit>`${sql.join(parts, sql` union all `)}`.execute(tx);
  return rows;
}

export async function deleteTokens(tx: Tx, communityId: string, noun: SearchNoun, ids: readonly string[]) {
  await sql`delete from search_tokens where community_id = ${communityId} and noun = ${noun} and noun_id = any(${ids}::uuid[])`.execute(
    tx,
  );
}

export async function insertTokens(
  tx: Tx,
  communityId: string,
  noun: SearchNoun,
  rows: readonly { id: string; token: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into search_tokens (community_id, token, noun, noun_id)
    select ${communityId}::uuid, token, ${noun}, id from unnest(${rows.map((row) => row.token)}::text[], ${rows.map((row) => row.id)}::uuid[]) as made(token, id)
    on conflict do nothing`.execute(tx);
}

/** Makes these the tokens of one noun: what is gone is deleted, what is new inserted, in one statement. */
export async function replaceTokens(
  tx: Tx,
  communityId: string,
  noun: SearchNoun,
  id: string,
  tokens: readonly string[],
): Promise<void> {
  await sql`
    with gone as (
      delete from search_tokens where community_id = ${communityId} and noun = ${noun} and noun_id = ${id} and token <> all(${tokens}::text[]))
    insert into search_tokens (community_id, token, noun, noun_id)
    select ${communityId}::uuid, token, ${noun}, ${id}::uuid from unnest(${tokens}::text[]) as made(token)
    on conflict do nothing`.execute(tx);
}
