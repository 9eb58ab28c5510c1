// SQL of the outbox and of what people see under the bell.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { Pressing } from './notification.rules.ts';

export type OutboxRow = {
  communityId: string;
  id: string;
  caseId: string | null;
  kind: string;
  facts: Record<string, unknown>;
  recipientId: string;
  channel: string;
  isOut: boolean;
  pressing: Pressing;
  dedupe: string;
  dueAt: Instant;
  attempts: number;
};
export type NewOutboxRow = Omit<OutboxRow, 'attempts'> & {
  /** No other message of this name (but for its time) may stand between these two names. */
  quietFrom: string;
  quietTo: string;
};

/** Writes those whose like was not told within the quiet time; one statement for any number. */
export async function insertOutbox(tx: Tx, rows: readonly NewOutboxRow[]): Promise<string[]> {
  if (rows.length === 0) return [];
  const column = <Key extends keyof NewOutboxRow>(key: Key) => rows.map((row) => row[key]);
  const { rows: made } = await sql<{ recipientId: string }>`
    insert into outbox (community_id, id, case_id, kind, facts, recipient_id, channel, is_out, pressing, dedupe, due_at, state)
    select n.community_id, n.id, n.case_id, n.kind, n.facts::jsonb, n.recipient_id, n.channel, n.is_out, n.pressing, n.dedupe, n.due_at, 'waiting'
    from unnest(${column('communityId')}::uuid[], ${column('id')}::uuid[], ${column('caseId')}::uuid[], ${column('kind')}::text[],
      ${rows.map((row) => JSON.stringify(row.facts))}::text[], ${column('recipientId')}::uuid[], ${column('channel')}::text[],
      ${column('isOut')}::boolean[], ${column('pressing')}::text[], ${column('dedupe')}::text[], ${column('dueAt')}::timestamptz[], ${column('quietFrom')}::text[], ${column('quietTo')}::text[])
      as n(community_id, id, case_id, kind, facts, recipient_id, channel, is_out, pressing, dedupe, due_at, quiet_from, quiet_to)
    where not exists (select 1 from outbox o where o.community_id = n.community_id and o.dedupe > n.quiet_from and o.dedupe < n.quiet_to)
    on conflict (community_id, dedupe) do nothing
    returning recipient_id`.execute(tx);
  return made.map((row) => row.recipientId);
}

/** The kinds that gather while they wait, and the fact in which each counts. */
export type GatheringKind = 'digest' | 'recalculated';
const counterOf: Record<GatheringKind, string> = { digest: 'steps', recalculated: 'clocks' };

/** Adds to messages that still wait and are not being sent this moment; answers whose were found. */
export async function growDigests(
  tx: Tx,
  kind: GatheringKind,
  digests: readonly {
    communityId: string;
    recipientId: string;
    count: number;
    caseIds: readonly string[];
    until: Instant | null;
  }[],
): Promise<{ communityId: string; recipientId: string }[]> {
  if (digests.length === 0) return [];
  const { rows } = await sql<{ communityId: string; recipientId: string }>`
    update outbox o set facts = o.facts || jsonb_strip_nulls(jsonb_build_object('until', d.until)) || jsonb_build_object(
      ${counterOf[kind]}::text, (o.facts ->> ${counterOf[kind]})::int + d.count, 'caseIds', (select coalesce(jsonb_agg(distinct one.value), '[]') from jsonb_array_elements_text((o.facts -> 'caseIds') || d.case_ids) as one))
    from unnest(${digests.map((one) => one.communityId)}::uuid[], ${digests.map((one) => one.recipientId)}::uuid[],
      ${digests.map((one) => one.count)}::int[], ${digests.map((one) => JSON.stringify(one.caseIds))}::jsonb[],
      ${digests.map((one) => one.until)}::text[]) as d(community_id, recipient_id, count, case_ids, until)
    where (o.community_id, o.id) in (
        select w.community_id, w.id from outbox w where w.state = 'waiting' and w.kind = ${kind} for update skip locked)
      and o.community_id = d.community_id and o.recipient_id = d.recipient_id
    returning o.community_id, o.recipient_id`.execute(tx);
  return rows;
}

/** What is due to be sent, oldest first, locked so that two senders never send one message twice. */
export async function lockDueOutbox(tx: Tx, now: Instant, limit: number): Promise<OutboxRow[]> {
  const { rows } = await sql<OutboxRow>`
    select community_id, id, case_id, kind, facts, recipient_id, channel, is_out, pressing, dedupe, due_at, attempts from outbox
    where state = 'waiting' and due_at <= ${now} and channel_id is null
    order by due_at limit ${limit} for update skip locked`.execute(tx);
  return rows;
}

/** Messages that should have gone by now, of all communities. */
export async function countDueOutbox(tx: Tx, now: Instant): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    select count(*) as waiting from outbox where state = 'waiting' and due_at <= ${now} and channel_id is null`.execute(
    tx,
  );
  return rows[0]?.waiting ?? 0;
}

export async function listDisabled(tx: Tx, accountIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from accounts where id = any (${[...accountIds]}::uuid[]) and disabled_at is not null`.execute(tx);
  return new Set(rows.map((row) => row.id));
}

export async function settleOutbox(
  tx: Tx,
  rows: readonly {
    communityId: string;
    id: string;
    state: 'sent' | 'dropped' | 'failed' | 'waiting';
    sentAt: Instant | null;
    dueAt: Instant;
    attempts: number;
    errorCode: string | null;
    digest: Buffer | null;
  }[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    update outbox o set state = s.state, sent_at = s.sent_at, due_at = s.due_at, attempts = s.attempts, error_code = s.error_code, digest = s.digest
    from unnest(${rows.map((row) => row.communityId)}::uuid[], ${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.state)}::text[],
      ${rows.map((row) => row.sentAt)}::timestamptz[], ${rows.map((row) => row.dueAt)}::timestamptz[], ${rows.map((row) => row.attempts)}::int[],
      ${rows.map((row) => row.errorCode)}::text[], ${rows.map((row) => row.digest)}::bytea[])
      as s(community_id, id, state, sent_at, due_at, attempts, error_code, digest)
    where o.community_id = s.community_id and o.id = s.id`.execute(tx);
}

export type NotificationRow = {
  communityId: string;
  id: string;
  recipientId: string;
  caseId: string | null;
  kind: string;
  facts: Record<string, unknown>;
  loud: boolean;
  at: Instant;
  readAt: Instant | null;
  acknowledgedAt: Instant | null;
};

export async function insertNotifications(
  tx: Tx,
  rows: readonly Omit<NotificationRow, 'readAt' | 'acknowledgedAt'>[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into notifications (community_id, id, recipient_id, case_id, kind, facts, loud, at)
    select community_id, id, recipient_id, case_id, kind, facts::jsonb, loud, at
    from unnest(${rows.map((row) => row.communityId)}::uuid[], ${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.recipientId)}::uuid[],
      ${rows.map((row) => row.caseId)}::uuid[], ${rows.map((row) => row.kind)}::text[], ${rows.map((row) => JSON.stringify(row.facts))}::text[],
      ${rows.map((row) => row.loud)}::boolean[], ${rows.map((row) => row.at)}::timestamptz[])
      as n(community_id, id, recipient_id, case_id, kind, facts, loud, at)`.execute(tx);
}

export type ShownRow = NotificationRow & { code: string | null };

/** Mine over several communities, newest first: one index range a community, merged. */
export async function listMine(
  tx: Tx,
  communityIds: readonly string[],
  recipientId: string,
  query: { limit: number; after: { at: Instant; id: string } | null; isUnreadOnly: boolean },
): Promise<ShownRow[]> {
  const after = query.after ?? { at: 'infinity', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };
  const { rows } = await sql<ShownRow>`
    select n.*, c.code from unnest(${[...communityIds]}::uuid[]) as mine(id)
    cross join lateral (
      select * from notifications n where n.community_id = mine.id and n.recipient_id = ${recipientId}
        and (n.at, n.id) < (${after.at}::timestamptz, ${after.id}::uuid) and (not ${query.isUnreadOnly} or n.read_at is null)
      order by n.at desc, n.id desc limit ${query.limit}) n
    left join cases c on c.community_id = n.community_id and c.id = n.case_id
    order by n.at desc, n.id desc limit ${query.limit}`.execute(tx);
  return rows;
}

export async function countMine(
  tx: Tx,
  communityIds: readonly string[],
  recipientId: string,
  isUnreadOnly: boolean,
): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*)::bigint as total from unnest(${[...communityIds]}::uuid[]) as mine(id)
    join notifications n on n.community_id = mine.id and n.recipient_id = ${recipientId} and (not ${isUnreadOnly} or n.read_at is null)`.execute(
    tx,
  );
  return rows[0]?.total ?? 0;
}

export async function findMine(
  tx: Tx,
  communityIds: readonly string[],
  recipientId: string,
  id: string,
): Promise<ShownRow | undefined> {
  const { rows } = await sql<ShownRow>`
    select n.*, c.code from unnest(${[...communityIds]}::uuid[]) as mine(id)
    join notifications n on n.community_id = mine.id and n.id = ${id} and n.recipient_id = ${recipientId}
    left join cases c on c.community_id = n.community_id and c.id = n.case_id`.execute(tx);
  return rows[0];
}

/** The first time counts. */
export async function markRead(
  tx: Tx,
  row: Pick<NotificationRow, 'communityId' | 'id'>,
  at: Instant,
  isAcknowledged: boolean,
): Promise<void> {
  await sql`
    update notifications set read_at = coalesce(read_at, ${at}),
      acknowledged_at = case when ${isAcknowledged} then coalesce(acknowledged_at, ${at}) else acknowledged_at end
    where community_id = ${row.communityId} and id = ${row.id}`.execute(tx);
}

/** Answers the communities in which something was unread. A loud one stays until it is acknowledged. */
export async function markAllRead(
  tx: Tx,
  communityIds: readonly string[],
  recipientId: string,
  at: Instant,
): Promise<string[]> {
  const { rows } = await sql<{ communityId: string }>`
    update notifications set read_at = ${at}
    where community_id = any (${[...communityIds]}::uuid[]) and recipient_id = ${recipientId} and read_at is null
      and (not loud or acknowledged_at is not null)
    returning community_id`.execute(tx);
  return [...new Set(rows.map((row) => row.communityId))];
}
