// SQL of imported cases: written in batches, each statement a whole batch.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';

export type ImportedCase = {
  id: string;
  textId: string;
  eventId: string;
  sourceKey: string;
  number: number;
  receivedAt: Instant;
  contactName: string | null;
  body: string;
};

export type ImportPlace = {
  communityId: string;
  importId: string;
  accountId: string;
  byRole: string | null;
  now: Instant;
  year: string;
  standardVersionId: string;
  requestId: string;
};

export async function findSourceKeys(tx: Tx, communityId: string, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const { rows } = await sql<{ sourceKey: string }>`
    select source_key from case_sources where community_id = ${communityId} and source_key = any (${[...keys]}::text[])`.execute(
    tx,
  );
  return new Set(rows.map((row) => row.sourceKey));
}

/** The last of a run of numbers of the year's repairs. */
export async function takeNumbers(tx: Tx, communityId: string, year: string, count: number): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    insert into counters (community_id, series, period, last) values (${communityId}, 'BX', ${year}, ${count})
    on conflict (community_id, series, period) do update set last = counters.last + ${count} returning last`.execute(
    tx,
  );
  return rows[0]?.last as number;
}

/**
 * Old messages come in as filed cases without clocks: the list says neither what was promised nor whether it was kept,
 * and a record of the past must not ring.
 */
export async function insertImportedCases(tx: Tx, place: ImportPlace, rows: readonly ImportedCase[]): Promise<void> {
  if (rows.length === 0) return;
  const { communityId, importId, accountId, byRole, now, year, standardVersionId, requestId } = place;
  const column = <Key extends keyof ImportedCase>(key: Key) => rows.map((row) => row[key]);
  await sql`insert into case_texts (community_id, id, case_id, body)
    select ${communityId}::uuid, * from unnest(${column('textId')}::uuid[], ${column('id')}::uuid[], ${column('body')}::text[])`.execute(
    tx,
  );
  await sql`insert into case_events (community_id, id, case_id, seq, kind, move, to_state, at, recorded_at, by_id, by_role, source, facts, request_id)
    select ${communityId}::uuid, e.id, e.case_id, 1, 'move', 'create', 'closed', e.at, ${now}::timestamptz, ${accountId}::uuid, ${byRole}, 'system',
           jsonb_build_object('imported', true, 'importId', ${importId}::text), ${requestId}
    from unnest(${column('eventId')}::uuid[], ${column('id')}::uuid[], ${column('receivedAt')}::timestamptz[]) as e(id, case_id, at)`.execute(
    tx,
  );
  await sql`insert into repairs (community_id, id, last_state_at, closed_at, follow_up)
    select ${communityId}::uuid, r.id, r.at, r.at, 'not-owed' from unnest(${column('id')}::uuid[], ${column('receivedAt')}::timestamptz[]) as r(id, at)`.execute(
    tx,
  );
  await sql`insert into case_sources (community_id, source_key, case_id)
    select ${communityId}::uuid, * from unnest(${column('sourceKey')}::text[], ${column('id')}::uuid[])`.execute(tx);
  await sql`insert into cases (community_id, id, code, kind, state, place, summary_text_id, level, category, department, channel, flags, contact_name,
      standard_version_id, received_at, created_at, ended_at, import_id, event_seq)
    select ${communityId}::uuid, c.id, 'BX-' || ${year} || '-' || lpad(c.number::text, greatest(6, length(c.number::text)), '0'), 'repair', 'closed', null, c.text_id,
           'ordinary', 'other', 'engineering', 'other', '{imported}', c.contact_name, ${standardVersionId}::uuid, c.at, ${now}::timestamptz, c.at, ${importId}::uuid, 1
    from unnest(${column('id')}::uuid[], ${column('textId')}::uuid[], ${column('number')}::bigint[], ${column('contactName')}::text[], ${column('receivedAt')}::timestamptz[])
      as c(id, text_id, number, contact_name, at)`.execute(tx);
}

export async function insertCaseTokens(
  tx: Tx,
  communityId: string,
  tokens: readonly { id: string; token: string }[],
): Promise<void> {
  if (tokens.length === 0) return;
  await sql`insert into search_tokens (community_id, token, noun, noun_id)
    select ${communityId}::uuid, t.token, 'case', t.id from unnest(${tokens.map((one) => one.token)}::text[], ${tokens.map((one) => one.id)}::uuid[]) as t(token, id)
    on conflict do nothing`.execute(tx);
}
