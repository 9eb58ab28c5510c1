// SQL of old matters: filed in batches, each statement a whole batch, without clocks: a record of the past must not ring.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { OldCase } from './hotline.contract.ts';

export type OldCaseRow = OldCase & { id: string; textId: string; eventId: string; replyId: string; code: string };

export type OldCasePlace = {
  communityId: string;
  importId: string | null;
  accountId: string | null;
  byRole: string | null;
  now: Instant;
  standardVersionId: string;
  requestId: string;
};

export async function insertOldCases(tx: Tx, place: OldCasePlace, rows: readonly OldCaseRow[]): Promise<void> {
  if (rows.length === 0) return;
  const { communityId, importId, accountId, byRole, now, standardVersionId, requestId } = place;
  const column = <Value>(read: (row: OldCaseRow) => Value) => rows.map(read);
  const answered = rows.filter((row) => row.reply !== null);
  await sql`insert into case_texts (community_id, id, case_id, body)
    select ${communityId}::uuid, * from unnest(
      ${[...column((row) => row.textId), ...answered.map((row) => row.replyId)]}::uuid[],
      ${[...column((row) => row.id), ...answered.map((row) => row.id)]}::uuid[],
      ${[...column((row) => row.text), ...answered.map((row) => row.reply)]}::text[])`.execute(tx);
  // One event: what came in and what was answered are both of the past, and a case of one event can be taken back.
  await sql`insert into case_events (community_id, id, case_id, seq, kind, move, to_state, at, recorded_at, by_id, by_role, source, facts, text_id, request_id)
    select ${communityId}::uuid, e.id, e.case_id, 1, 'move', 'create', 'closed', e.at, ${now}::timestamptz, ${accountId}::uuid, ${byRole}, 'system',
           jsonb_strip_nulls(jsonb_build_object('imported', true, 'importId', ${importId}::text)), e.text_id, ${requestId}
    from unnest(${column((row) => row.eventId)}::uuid[], ${column((row) => row.id)}::uuid[], ${column((row) => row.receivedAt)}::timestamptz[],
      ${column((row) => (row.reply === null ? null : row.replyId))}::uuid[]) as e(id, case_id, at, text_id)`.execute(
    tx,
  );
  const complaints = rows.filter((row) => row.kind === 'complaint');
  await sql`insert into complaints (community_id, id, anonymous, answer_text_id, resolved_at, told_at, closed_at, last_state_at, follow_up)
    select ${communityId}::uuid, p.id, p.anonymous, p.answer_id, p.at, case when p.answer_id is not null then p.at end, p.at, p.at, 'not-owed'
    from unnest(${complaints.map((row) => row.id)}::uuid[], ${complaints.map((row) => row.origin.anonymous === true)}::boolean[],
      ${complaints.map((row) => (row.reply === null ? null : row.replyId))}::uuid[], ${complaints.map((row) => row.receivedAt)}::timestamptz[])
      as p(id, anonymous, answer_id, at)`.execute(tx);
  await sql`insert into case_sources (community_id, source_key, case_id)
    select ${communityId}::uuid, * from unnest(${column((row) => row.sourceKey)}::text[], ${column((row) => row.id)}::uuid[])`.execute(
    tx,
  );
  await sql`insert into case_origins (community_id, case_id, source, original_kind, original_channel, anonymous, transfers)
    select ${communityId}::uuid, * from unnest(${column((row) => row.id)}::uuid[], ${column((row) => row.origin.source)}::text[],
      ${column((row) => row.origin.kind)}::text[], ${column((row) => row.origin.channel)}::text[],
      ${column((row) => row.origin.anonymous)}::boolean[], ${column((row) => row.origin.transfers)}::int[])`.execute(
    tx,
  );
  await sql`insert into cases (community_id, id, code, kind, state, summary_text_id, level, department, channel, flags, contact_name,
      standard_version_id, received_at, created_at, ended_at, import_id, event_seq, origin_source, origin_kind)
    select ${communityId}::uuid, c.id, c.code, c.kind, 'closed', c.text_id, case when c.kind = 'complaint' then 'ordinary' end, 'customer-service', c.channel,
           case when c.anonymous then array['imported', 'anonymous'] else array['imported'] end, c.contact_name,
           ${standardVersionId}::uuid, c.at, ${now}::timestamptz, c.at, ${importId}::uuid, 1, c.source, coalesce(c.original_kind, '')
    from unnest(${column((row) => row.id)}::uuid[], ${column((row) => row.code)}::text[], ${column((row) => row.kind)}::text[],
      ${column((row) => row.textId)}::uuid[], ${column((row) => row.channel)}::text[], ${column((row) => row.origin.anonymous === true)}::boolean[],
      ${column((row) => row.contactName)}::text[], ${column((row) => row.receivedAt)}::timestamptz[],
      ${column((row) => row.origin.source)}::text[], ${column((row) => row.origin.kind)}::text[])
      as c(id, code, kind, text_id, channel, anonymous, contact_name, at, source, original_kind)`.execute(tx);
}

/** The last of a run of numbers of a series in a year. */
export async function takeNumbers(
  tx: Tx,
  communityId: string,
  series: string,
  year: string,
  count: number,
): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    insert into counters (community_id, series, period, last) values (${communityId}, ${series}, ${year}, ${count})
    on conflict (community_id, series, period) do update set last = counters.last + ${count} returning last`.execute(
    tx,
  );
  return Number(rows[0]?.last);
}

/** What is kept of a source by its original names, to be held against the file. */
export async function countOrigins(
  tx: Tx,
  communityId: string,
  source: 'hotline' | 'list',
): Promise<
  {
    kind: string | null;
    channel: string | null;
    anonymous: boolean | null;
    cases: number;
    handed: number;
    transfers: number;
  }[]
> {
  const { rows } = await sql<{
    kind: string | null;
    channel: string | null;
    anonymous: boolean | null;
    cases: number;
    handed: number;
    transfers: number;
  }>`select original_kind as kind, original_channel as channel, anonymous, count(*)::int as cases,
      count(*) filter (where transfers > 0)::int as handed, coalesce(sum(transfers), 0)::int as transfers
    from case_origins where community_id = ${communityId} and source = ${source} group by 1, 2, 3`.execute(tx);
  return rows;
}

export type OriginRow = {
  source: 'hotline' | 'list';
  kind: string | null;
  channel: string | null;
  anonymous: boolean | null;
  transfers: number | null;
  sourceKey: string;
};

export async function findOrigin(tx: Tx, communityId: string, caseId: string): Promise<OriginRow | undefined> {
  const { rows } = await sql<OriginRow>`
    select o.source, o.original_kind as kind, o.original_channel as channel, o.anonymous, o.transfers, s.source_key
    from case_origins o join case_sources s on s.community_id = o.community_id and s.case_id = o.case_id
    where o.community_id = ${communityId} and o.case_id = ${caseId}::uuid limit 1`.execute(tx);
  return rows[0];
}
