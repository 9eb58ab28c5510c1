// SQL of notification channels 通知渠道 and their settings.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { ChannelGroup, ChannelKind } from './channel.contract.ts';
import type { Subscriber } from './channel.rules.ts';

export type ChannelRow = {
  communityId: string;
  id: string;
  kind: ChannelKind;
  name: string;
  isOn: boolean;
  groups: ChannelGroup[];
  host: string;
  destinations: { id: string; staffId: string | null }[];
  sealed: Buffer;
  lastSentAt: Instant | null;
  lastFailedAt: Instant | null;
  lastErrorCode: string | null;
  failures: number;
  resumesAt: Instant | null;
  version: number;
};

export async function listChannelRows(tx: Tx, communityId: string): Promise<ChannelRow[]> {
  const { rows } = await sql<ChannelRow>`
    select * from channels where community_id = ${communityId} and removed_at is null order by id`.execute(tx);
  return rows;
}

export async function findChannelRow(
  tx: Tx,
  communityId: string,
  id: string,
  isLocked = false,
): Promise<ChannelRow | undefined> {
  const { rows } = await sql<ChannelRow>`
    select * from channels where community_id = ${communityId} and id = ${id} and removed_at is null
    ${isLocked ? sql`for update` : sql``}`.execute(tx);
  return rows[0];
}

/** The channels that are switched on in these communities. */
export async function listSubscribers(tx: Tx, communityIds: readonly string[]): Promise<Subscriber[]> {
  const { rows } = await sql<Subscriber>`
    select community_id, id, kind, groups, destinations from channels
    where community_id = any (${[...communityIds]}::uuid[]) and is_on order by id`.execute(tx);
  return rows;
}

/** Of all communities, switched on and not resting. */
export async function listOpenChannels(tx: Tx, now: Instant): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from channels where is_on and (resumes_at is null or resumes_at <= ${now})`.execute(tx);
  return rows.map((row) => row.id);
}

export async function insertChannel(
  tx: Tx,
  row: Pick<ChannelRow, 'communityId' | 'id' | 'kind' | 'name' | 'groups' | 'host' | 'destinations' | 'sealed'> & {
    createdBy: string;
    createdAt: Instant;
  },
): Promise<void> {
  await sql`
    insert into channels (community_id, id, kind, name, groups, host, destinations, sealed, created_by, created_at)
    values (${row.communityId}, ${row.id}, ${row.kind}, ${row.name}, ${row.groups}::text[], ${row.host}, ${JSON.stringify(row.destinations)},
      ${row.sealed}, ${row.createdBy}, ${row.createdAt})`.execute(tx);
}

/** A changed channel is tried at once: what kept it away may be mended. */
export async function updateChannel(
  tx: Tx,
  row: Pick<ChannelRow, 'communityId' | 'id' | 'name' | 'groups' | 'host' | 'destinations' | 'sealed'>,
): Promise<void> {
  await sql`
    update channels set name = ${row.name}, groups = ${row.groups}::text[], host = ${row.host},
      destinations = ${JSON.stringify(row.destinations)}, sealed = ${row.sealed}, failures = 0, resumes_at = null, version = version + 1
    where community_id = ${row.communityId} and id = ${row.id}`.execute(tx);
}

export async function updateSwitch(tx: Tx, communityId: string, id: string, isOn: boolean): Promise<void> {
  await sql`
    update channels set is_on = ${isOn}, failures = 0, resumes_at = null, version = version + 1
    where community_id = ${communityId} and id = ${id}`.execute(tx);
}

/** The row stays for what it sent; what was sealed goes. */
export async function markRemoved(tx: Tx, communityId: string, id: string, at: Instant): Promise<void> {
  await sql`
    update channels set is_on = false, removed_at = ${at}, sealed = null, destinations = '[]', version = version + 1
    where community_id = ${communityId} and id = ${id}`.execute(tx);
}

/** How an attempt went; `resumesAt` leaves the whole channel alone until then. */
export async function updateHealth(
  tx: Tx,
  communityId: string,
  id: string,
  health: { at: Instant; errorCode: string | null; failures: number; resumesAt: Instant | null },
): Promise<void> {
  const { at, errorCode } = health;
  await sql`
    update channels set failures = ${health.failures}, resumes_at = ${health.resumesAt}, last_error_code = ${errorCode},
      last_sent_at = case when ${errorCode === null} then ${at}::timestamptz else last_sent_at end,
      last_failed_at = case when ${errorCode === null} then last_failed_at else ${at}::timestamptz end
    where community_id = ${communityId} and id = ${id}`.execute(tx);
}

export type SettingsRow = { allowedHosts: string[]; linkBase: string | null; version: number };

/** Version 0: nobody has entered any. */
export async function findSettings(tx: Tx, communityId: string, isLocked = false): Promise<SettingsRow> {
  const { rows } = await sql<SettingsRow>`
    select allowed_hosts, link_base, version from channel_settings where community_id = ${communityId}
    ${isLocked ? sql`for update` : sql``}`.execute(tx);
  return rows[0] ?? { allowedHosts: [], linkBase: null, version: 0 };
}

export async function saveSettings(
  tx: Tx,
  communityId: string,
  row: Pick<SettingsRow, 'allowedHosts' | 'linkBase'>,
): Promise<void> {
  await sql`
    insert into channel_settings (community_id, allowed_hosts, link_base) values (${communityId}, ${row.allowedHosts}::text[], ${row.linkBase})
    on conflict (community_id) do update set allowed_hosts = excluded.allowed_hosts, link_base = excluded.link_base,
      version = channel_settings.version + 1`.execute(tx);
}

export type PlaceRow = { code: string; name: string };
export async function findPlace(tx: Tx, communityId: string): Promise<PlaceRow> {
  return tx.selectFrom('communities').select(['code', 'name']).where('id', '=', communityId).executeTakeFirstOrThrow();
}
