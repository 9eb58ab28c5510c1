// SQL of the outbox for what leaves the house: one row a message, channel and address. Nothing is sent inside a
// transaction: a row is claimed for a while, sent, and settled; who dies in between leaves it to the next round.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { Pressing } from './notification.rules.ts';

export type NewOutwardRow = {
  communityId: string;
  id: string;
  channelId: string;
  channel: string;
  destinationId: string | null;
  recipientId: string | null;
  caseId: string | null;
  kind: string;
  facts: object;
  pressing: Pressing;
  dedupe: string;
  dueAt: Instant;
  arisenAt: Instant;
};

/** What was written before under the same name is left as it is. */
export async function insertOutward(tx: Tx, rows: readonly NewOutwardRow[]): Promise<void> {
  if (rows.length === 0) return;
  const column = <Key extends keyof NewOutwardRow>(key: Key) => rows.map((row) => row[key]);
  await sql`
    insert into outbox (community_id, id, channel_id, channel, destination_id, recipient_id, case_id, kind, facts, is_out, pressing, dedupe, due_at, arisen_at, state)
    select community_id, id, channel_id, channel, destination_id, recipient_id, case_id, kind, facts::jsonb, true, pressing, dedupe, due_at, arisen_at, 'waiting'
    from unnest(${column('communityId')}::uuid[], ${column('id')}::uuid[], ${column('channelId')}::uuid[], ${column('channel')}::text[],
      ${column('destinationId')}::uuid[], ${column('recipientId')}::uuid[], ${column('caseId')}::uuid[], ${column('kind')}::text[],
      ${rows.map((row) => JSON.stringify(row.facts))}::text[], ${column('pressing')}::text[], ${column('dedupe')}::text[],
      ${column('dueAt')}::timestamptz[], ${column('arisenAt')}::timestamptz[])
      as n(community_id, id, channel_id, channel, destination_id, recipient_id, case_id, kind, facts, pressing, dedupe, due_at, arisen_at)
    on conflict (community_id, dedupe) do nothing`.execute(tx);
}

export type OutwardRow = {
  communityId: string;
  id: string;
  channelId: string;
  channel: string;
  destinationId: string | null;
  recipientId: string | null;
  caseId: string | null;
  code: string | null;
  caseKind: string | null;
  kind: string;
  facts: Record<string, unknown>;
  state: string;
  attempts: number;
  arisenAt: Instant;
  /** When an administrator asked for it once more. */
  retriedAt: Instant | null;
  dueAt: Instant;
  sentAt: Instant | null;
  errorCode: string | null;
};

const shown = sql`o.community_id, o.id, o.channel_id, o.channel, o.destination_id, o.recipient_id, o.case_id, c.code, c.kind as case_kind,
  o.kind, o.facts, o.state, o.attempts, o.arisen_at, o.retried_at, o.due_at, o.sent_at, o.error_code`;

/** Of these channels those with something to send now. */
export async function listDueChannels(
  tx: Tx,
  channelIds: readonly string[],
  now: Instant,
): Promise<{ communityId: string; channelId: string }[]> {
  const { rows } = await sql<{ communityId: string; channelId: string }>`
    select distinct community_id, channel_id from outbox
    where state = 'waiting' and channel_id is not null and due_at <= ${now} and channel_id = any (${[...channelIds]}::uuid[])`.execute(
    tx,
  );
  return rows;
}

/** What it failed with the last time; cleared while it is being sent, so that nobody hurries it a second time. */
export type ClaimedRow = OutwardRow & { previousErrorCode: string | null };

/** The oldest that is due in this channel, put off until `until` so that no other sender takes it meanwhile. */
export async function claimOutward(
  tx: Tx,
  key: { communityId: string; channelId: string; id?: string },
  now: Instant,
  until: Instant,
): Promise<ClaimedRow | undefined> {
  const { rows } = await sql<ClaimedRow>`
    with next as (
      select community_id, id, error_code from outbox
      where community_id = ${key.communityId} and channel_id = ${key.channelId} and state = 'waiting' and due_at <= ${now}
        and (${key.id ?? null}::uuid is null or id = ${key.id ?? null}::uuid)
      order by due_at, id limit 1 for update skip locked
    ), o as (
      update outbox set due_at = ${until}, attempts = attempts + 1, error_code = null from next
      where outbox.community_id = next.community_id and outbox.id = next.id returning outbox.*
    )
    select ${shown}, next.error_code as previous_error_code
    from o join next on next.id = o.id left join cases c on c.community_id = o.community_id and c.id = o.case_id`.execute(
    tx,
  );
  return rows[0];
}

export async function settleOutward(
  tx: Tx,
  row: {
    communityId: string;
    id: string;
    state: 'waiting' | 'sent' | 'failed' | 'dropped';
    dueAt: Instant;
    sentAt: Instant | null;
    errorCode: string | null;
    digest: Buffer | null;
  },
): Promise<void> {
  await sql`
    update outbox set state = ${row.state}, due_at = ${row.dueAt}, sent_at = ${row.sentAt}, error_code = ${row.errorCode},
      digest = coalesce(${row.digest}, digest)
    where community_id = ${row.communityId} and id = ${row.id} and (state = 'waiting' or ${row.state} = 'sent')`.execute(
    tx,
  );
}

/** What waits for this channel will not be sent. */
export async function dropOutward(tx: Tx, communityId: string, channelId: string, errorCode: string): Promise<void> {
  await sql`
    update outbox set state = 'dropped', error_code = ${errorCode}
    where community_id = ${communityId} and channel_id = ${channelId} and state = 'waiting'`.execute(tx);
}

/** Mended: those that failed an attempt already need not wait for their turn; those held for the morning do. */
export async function hurryOutward(tx: Tx, communityId: string, channelId: string, now: Instant): Promise<void> {
  await sql`
    update outbox set due_at = ${now}
    where community_id = ${communityId} and channel_id = ${channelId} and state = 'waiting' and attempts > 0 and error_code is not null
      and due_at > ${now}`.execute(tx);
}

export async function countOutward(
  tx: Tx,
  communityId: string,
): Promise<Map<string, { waiting: number; failed: number }>> {
  const { rows } = await sql<{ channelId: string; waiting: number; failed: number }>`
    select channel_id, count(*) filter (where state = 'waiting') as waiting, count(*) filter (where state = 'failed') as failed
    from outbox where community_id = ${communityId} and channel_id is not null and state in ('waiting', 'failed')
    group by channel_id`.execute(tx);
  return new Map(rows.map(({ channelId, ...counts }) => [channelId, counts]));
}

/** Of one community, newest first by id. */
export async function listOutward(
  tx: Tx,
  communityId: string,
  query: { channelId: string | null; state: string | null; beforeId: string | null; limit: number },
): Promise<OutwardRow[]> {
  const { rows } = await sql<OutwardRow>`
    select ${shown} from outbox o left join cases c on c.community_id = o.community_id and c.id = o.case_id
    where o.community_id = ${communityId} and o.channel_id is not null
      and (${query.channelId}::uuid is null or o.channel_id = ${query.channelId}::uuid)
      and (${query.state}::text is null or o.state = ${query.state}::text)
      and (${query.beforeId}::uuid is null or o.id < ${query.beforeId}::uuid)
    order by o.id desc limit ${query.limit}`.execute(tx);
  return rows;
}

export async function findOutward(
  tx: Tx,
  communityId: string,
  id: string,
  isLocked = false,
): Promise<OutwardRow | undefined> {
  const { rows } = await sql<OutwardRow>`
    select ${shown} from outbox o left join cases c on c.community_id = o.community_id and c.id = o.case_id
    where o.community_id = ${communityId} and o.id = ${id} and o.channel_id is not null
    ${isLocked ? sql`for update of o` : sql``}`.execute(tx);
  return rows[0];
}

/** Somebody decided that what had failed stays unsent. */
export async function dropFailed(tx: Tx, communityId: string, id: string): Promise<void> {
  await sql`
    update outbox set state = 'dropped' where community_id = ${communityId} and id = ${id} and state = 'failed'`.execute(
    tx,
  );
}

/** Once more from the start: its age counts from now. */
export async function reviveOutward(tx: Tx, communityId: string, id: string, now: Instant): Promise<void> {
  await sql`
    update outbox set state = 'waiting', due_at = ${now}, retried_at = ${now}, error_code = null
    where community_id = ${communityId} and id = ${id}`.execute(tx);
}
