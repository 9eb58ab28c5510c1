// SQL of the sweep over cases: many at once, so that ten thousand due steps cost a few statements.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';

export type LockedCase = {
  communityId: string;
  id: string;
  code: string;
  kind: string;
  level: string | null;
  flags: string[];
  eventSeq: number;
};

/** Locks those nobody is working on; the others are due again in the next round. */
export async function lockFreeCases(
  tx: Tx,
  keys: readonly { communityId: string; caseId: string }[],
): Promise<LockedCase[]> {
  const { rows } = await sql<LockedCase>`
    select c.community_id, c.id, c.code, c.kind, c.level, c.flags, c.event_seq
    from unnest(${keys.map((key) => key.communityId)}::uuid[], ${keys.map((key) => key.caseId)}::uuid[]) as due(community_id, id)
    join cases c on c.community_id = due.community_id and c.id = due.id
    for update of c skip locked`.execute(tx);
  return rows;
}

export type EscalationRow = {
  communityId: string;
  id: string;
  caseId: string;
  seq: number;
  at: Instant;
  recordedAt: Instant;
  forId: string | null;
  facts: object;
};

export async function insertEscalations(tx: Tx, rows: readonly EscalationRow[]): Promise<void> {
  await sql`
    insert into case_events (community_id, id, case_id, seq, kind, at, recorded_at, for_id, source, facts)
    select community_id, id, case_id, seq, 'clock', at, recorded_at, for_id, 'system', facts::jsonb
    from unnest(${rows.map((row) => row.communityId)}::uuid[], ${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.caseId)}::uuid[],
      ${rows.map((row) => row.seq)}::int[], ${rows.map((row) => row.at)}::timestamptz[], ${rows.map((row) => row.recordedAt)}::timestamptz[],
      ${rows.map((row) => row.forId)}::uuid[], ${rows.map((row) => JSON.stringify(row.facts))}::text[])
      as e(community_id, id, case_id, seq, at, recorded_at, for_id, facts)`.execute(tx);
}

/** The count of events goes on; the version stays, because a step is an append. */
export async function updateEventCounts(tx: Tx, cases: readonly LockedCase[]): Promise<void> {
  await sql`
    update cases c set event_seq = s.event_seq
    from unnest(${cases.map((one) => one.communityId)}::uuid[], ${cases.map((one) => one.id)}::uuid[], ${cases.map((one) => one.eventSeq)}::int[])
      as s(community_id, id, event_seq)
    where c.community_id = s.community_id and c.id = s.id`.execute(tx);
}
