// SQL of the board: cases of every kind, newest due first, a page at a time at the same cost whatever the depth.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import { type CaseReach, inReach } from './case.store.ts';
import { holdsWords, idsByWords, type WordsPlan } from './case-words.store.ts';

export type BoardFilter = {
  kind?: string | undefined;
  states?: readonly string[] | undefined;
  openOnly: boolean;
  overdueAt?: Instant | undefined;
  /** An account, or null for cases nobody has yet. */
  responsibleId?: string | null | undefined;
  unitId?: string | undefined;
  /** Old cases: where they came from, what they were called there. */
  origin?: { source: string; kind: string | null } | undefined;
  /** Responsible or first contact. */
  mineId?: string | undefined;
  receivedBefore?: Instant | undefined;
  /** Cases that a typed query may mean: by number, by room, by words. */
  found?: { codes: readonly string[]; rooms: readonly string[]; words: WordsPlan | null } | undefined;
};

export type BoardSort = 'due' | 'newest' | 'oldest';

export type BoardRecord = {
  communityId: string;
  id: string;
  code: string;
  kind: string;
  state: string;
  unitId: string | null;
  unit: string | null;
  place: string | null;
  body: string | null;
  category: string | null;
  level: string | null;
  responsibleId: string | null;
  responsibleName: string | null;
  nextDueAt: Instant | null;
  nextClockKind: string | null;
  receivedAt: Instant;
  flags: string[];
  dueKey: string;
};

const dueKey = sql`coalesce(c.next_due_at, 'infinity'::timestamptz)`;

function conditions(communityId: string, filter: BoardFilter, reach: CaseReach) {
  const parts = [sql`c.community_id = ${communityId}`];
  if (reach.breadth !== 'community') parts.push(inReach(reach));
  if (filter.kind) parts.push(sql`c.kind = ${filter.kind}`);
  if (filter.states && filter.states.length === 1) parts.push(sql`c.state = ${filter.states[0]}`);
  else if (filter.states && filter.states.length > 1) parts.push(sql`c.state = any (${[...filter.states]}::text[])`);
  if (filter.openOnly) parts.push(sql`c.ended_at is null`);
  if (filter.overdueAt) parts.push(sql`c.ended_at is null and ${dueKey} < ${filter.overdueAt}::timestamptz`);
  if (filter.responsibleId === null) parts.push(sql`c.responsible_id is null`);
  else if (filter.responsibleId) parts.push(sql`c.responsible_id = ${filter.responsibleId}`);
  if (filter.mineId) parts.push(sql`(c.responsible_id = ${filter.mineId} or c.first_contact_id = ${filter.mineId})`);
  if (filter.receivedBefore) parts.push(sql`c.received_at < ${filter.receivedBefore}`);
  if (filter.unitId) parts.push(sql`c.unit_id = ${filter.unitId}`);
  if (filter.origin) {
    parts.push(sql`c.origin_source is not null and c.origin_source = ${filter.origin.source}`);
    if (filter.origin.kind !== null) parts.push(sql`c.origin_kind = ${filter.origin.kind}`);
  }
  if (filter.found) parts.push(foundBy(communityId, filter.found));
  return sql.join(parts, sql` and `);
}

/** By number, by room (exact or as its beginning), or by all the words; each way by an index of its own. */
function foundBy(communityId: string, found: NonNullable<BoardFilter['found']>) {
  const { codes, rooms, words } = found;
  const ways = [
    sql`select f.id from cases f where f.community_id = ${communityId} and f.code = any (${[...codes]}::text[])`,
  ];
  if (rooms.length > 0)
    ways.push(sql`
      select f.id from cases f where f.community_id = ${communityId} and f.unit_id in (
        select noun_id from search_tokens
        where community_id = ${communityId} and noun = 'unit' and token = any (${[...rooms]}::text[]))`);
  if (words && !words.isCommon) ways.push(idsByWords(communityId, words));
  const known = sql`c.id in (${sql.join(ways, sql` union `)})`;
  return words?.isCommon ? sql`(${known} or ${holdsWords(communityId, words)})` : known;
}

export async function listBoard(
  tx: Tx,
  communityId: string,
  filter: BoardFilter,
  reach: CaseReach,
  page: { sort: BoardSort; limit: number; after: { key: string; id: string } | null },
): Promise<BoardRecord[]> {
  const { sort, limit, after } = page;
  const order =
    sort === 'due'
      ? sql`${dueKey}, c.id`
      : sort === 'newest'
        ? sql`c.received_at desc, c.id desc`
        : sql`c.received_at, c.id`;
  const place = after
    ? sort === 'due'
      ? sql`and (${dueKey}, c.id) > (${after.key}::timestamptz, ${after.id}::uuid)`
      : sort === 'newest'
        ? sql`and (c.received_at, c.id) < (${after.key}::timestamptz, ${after.id}::uuid)`
        : sql`and (c.received_at, c.id) > (${after.key}::timestamptz, ${after.id}::uuid)`
    : sql``;
  // The page is cut first; rooms, words and names are looked up for its rows only.
  const outer =
    sort === 'due'
      ? sql`coalesce(p.next_due_at, 'infinity'::timestamptz), p.id`
      : sort === 'newest'
        ? sql`p.received_at desc, p.id desc`
        : sql`p.received_at, p.id`;
  const { rows } = await sql<BoardRecord>`
    select p.community_id, p.id, p.code, p.kind, p.state, p.unit_id, u.label as unit, p.place, left(t.body, 200) as body, p.category, p.level, p.responsible_id,
           a.name as responsible_name, p.next_due_at, p.next_clock_kind, p.received_at, p.flags,
           coalesce(p.next_due_at, 'infinity'::timestamptz)::text as due_key
    from (select c.* from cases c where ${conditions(communityId, filter, reach)} ${place} order by ${order} limit ${limit}) p
    left join units u on u.community_id = p.community_id and u.id = p.unit_id
    left join case_texts t on t.community_id = p.community_id and t.id = p.summary_text_id
    left join accounts a on a.id = p.responsible_id
    order by ${outer}`.execute(tx);
  return rows;
}

/** Exact; asked for only with `count=true`. */
export async function countBoard(tx: Tx, communityId: string, filter: BoardFilter, reach: CaseReach): Promise<number> {
  const { rows } = await sql<{
    cases: number;
  }>`select count(*) as cases from cases c where ${conditions(communityId, filter, reach)}`.execute(tx);
  return rows[0]?.cases ?? 0;
}

export type StateCount = { kind: string; state: string; cases: number };

/** Kept counts and what was not folded into them yet: the cost does not grow with the cases. */
export async function countStates(tx: Tx, communityId: string, kind?: string): Promise<StateCount[]> {
  const { rows } = await sql<StateCount>`
    select kind, state, sum(cases)::bigint as cases from (
      select kind, state, cases from case_counts where community_id = ${communityId}
      union all select kind, state, delta from case_count_deltas where community_id = ${communityId}
    ) both_of where ${kind ?? null}::text is null or kind = ${kind ?? null}
    group by kind, state having sum(cases) <> 0 order by kind, state`.execute(tx);
  return rows;
}

/** From name to name along their index: the cost is that of the names, not of the old cases. */
export async function listOriginNames(tx: Tx, communityId: string): Promise<{ source: string; kind: string }[]> {
  const { rows } = await sql<{ source: string; kind: string }>`
    with recursive names as (
      (select c.origin_source as source, c.origin_kind as kind from cases c
       where c.community_id = ${communityId} and c.origin_source is not null order by c.origin_source, c.origin_kind limit 1)
      union all
      select next.* from names cross join lateral (
        select c.origin_source, c.origin_kind from cases c
        where c.community_id = ${communityId} and c.origin_source is not null
          and (c.origin_source, c.origin_kind) > (names.source, names.kind)
        order by c.origin_source, c.origin_kind limit 1) next
    ) select source, kind from names`.execute(tx);
  return rows;
}

export async function countStatesInReach(
  tx: Tx,
  communityId: string,
  reach: CaseReach,
  kind?: string,
): Promise<StateCount[]> {
  const { rows } = await sql<StateCount>`
    select c.kind, c.state, count(*) as cases from cases c
    where ${conditions(communityId, { kind, openOnly: false }, reach)} group by c.kind, c.state order by c.kind, c.state`.execute(
    tx,
  );
  return rows;
}

/** Folds deltas into the counts; answers how many it folded. */
export async function foldCounts(tx: Tx): Promise<number> {
  const { rows } = await sql<{ folded: number }>`
    with taken as (delete from case_count_deltas returning community_id, kind, state, delta),
         sums as (select community_id, kind, state, sum(delta)::bigint as delta from taken group by 1, 2, 3),
         kept as (insert into case_counts (community_id, kind, state, cases) select community_id, kind, state, delta from sums
                  on conflict (community_id, kind, state) do update set cases = case_counts.cases + excluded.cases returning 1)
    select count(*)::bigint as folded from taken`.execute(tx);
  return rows[0]?.folded ?? 0;
}
