// Channels 通知渠道: made, changed, switched and removed by an administrator. What is secret is sealed as it comes in and
// opened only for sending.
import { newId } from '../../kernel/id.ts';
import { badField, notFound, Refusal, staleVersion } from '../../kernel/refusal.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import { listPostHolders } from '../access/account.service.ts';
import { type Call, effect, readIn } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import { countOutward, dropOutward, hurryOutward } from '../notifications/outward.store.ts';
import type { AmendChannelBody, Channel, ChannelBody, ChannelSettings } from './channel.contract.ts';
import { bareHost, isHostAllowed } from './channel.rules.ts';
import {
  type ChannelRow,
  findChannelRow,
  findSettings,
  insertChannel,
  listChannelRows,
  markRemoved,
  saveSettings,
  updateChannel,
  updateSwitch,
} from './channel.store.ts';

/** What is sealed of a channel. */
export type MailConfig = {
  port: number;
  security: 'tls' | 'starttls' | 'none';
  username: string;
  password: string | null;
  from: string;
  addresses: Record<string, string>;
};
export type ChannelConfig = MailConfig | { url: string } | { url: string; signingKey: string };

const contextOf = (row: { communityId: string; id: string }): string => `channel:${row.communityId}:${row.id}`;
const seal = (house: House, row: { communityId: string; id: string }, config: ChannelConfig): Buffer =>
  house.secrets.seal(JSON.stringify(config), contextOf(row));
/** The kind says which; a caller that knows it names the type. */
export const openConfig = <Config extends ChannelConfig>(house: House, row: ChannelRow): Config =>
  JSON.parse(house.secrets.open(row.sealed, contextOf(row))) as Config;

// ── reading ─────────────────────────────────────────────────────────────────────────────────────────

export async function readChannels(
  call: Call,
): Promise<{ items: Channel[]; settings: ChannelSettings; nextCursor: null }> {
  return readIn(call, async (tx) => {
    const settings = await findSettings(tx, call.communityId);
    const counts = await countOutward(tx, call.communityId);
    const rows = await listChannelRows(tx, call.communityId);
    return { items: rows.map((row) => shape(call.house, row, settings, counts)), settings, nextCursor: null };
  });
}

export async function readChannel(call: Call, id: string): Promise<Channel> {
  return readIn(call, async (tx) => {
    const row = await findChannelRow(tx, call.communityId, id);
    if (!row) throw notFound('channel');
    return shape(call.house, row, await findSettings(tx, call.communityId), await countOutward(tx, call.communityId));
  });
}

function shape(
  house: House,
  row: ChannelRow,
  settings: { allowedHosts: string[] },
  counts: Awaited<ReturnType<typeof countOutward>>,
): Channel {
  const { id, kind, name, isOn, groups, host, lastSentAt, lastFailedAt, lastErrorCode, resumesAt, version } = row;
  return {
    id,
    kind,
    name,
    isOn,
    groups,
    host,
    isHostAllowed: isHostAllowed(host, settings.allowedHosts),
    mail: kind === 'mail' ? mailShape(openConfig<MailConfig>(house, row), row) : null,
    waiting: counts.get(id)?.waiting ?? 0,
    failed: counts.get(id)?.failed ?? 0,
    lastSentAt,
    lastFailedAt,
    lastErrorCode,
    resumesAt,
    version,
  };
}

/** Field by field: what isn't named here stays sealed. */
const mailShape = (config: MailConfig, row: ChannelRow): Channel['mail'] => ({
  port: config.port,
  security: config.security,
  username: config.username,
  from: config.from,
  isPasswordSet: config.password !== null,
  destinations: row.destinations.map(({ id, staffId }) => ({ id, staffId, address: config.addresses[id] ?? '' })),
});

// ── writing ─────────────────────────────────────────────────────────────────────────────────────────

type Draft = { host: string; destinations: ChannelRow['destinations']; config: ChannelConfig };

const hostOfUrl = (url: string): string => bareHost(new URL(url).hostname);

/** Plain text would show what is sent, and the password, to everybody on the way. */
function requireEncryption(call: Call, body: ChannelBody | AmendChannelBody): void {
  if (call.house.outbound.mayBePlain) return;
  if (body.kind === 'mail' && body.security === 'none') throw badField('security', 'not_encrypted');
  if (body.kind !== 'mail' && body.url !== undefined && !body.url.startsWith('https:'))
    throw badField('url', 'not_encrypted');
}

async function requireStaff(tx: Tx, call: Call, body: ChannelBody | AmendChannelBody): Promise<void> {
  if (body.kind !== 'mail') return;
  const holders = new Set((await listPostHolders(tx, call.communityId)).map((one) => one.accountId));
  const index = body.destinations.findIndex(({ staffId }) => staffId !== null && !holders.has(staffId));
  if (index >= 0) throw badField(`destinations.${index}.staffId`, 'unknown_person');
}

function requireAllowed(host: string, settings: { allowedHosts: readonly string[] }): void {
  if (!isHostAllowed(host, settings.allowedHosts)) throw new Refusal('channel.host_not_allowed', { host });
}

type MailBody = Extract<AmendChannelBody, { kind: 'mail' }>;

function mailDraft(body: MailBody, before: { row: ChannelRow; config: MailConfig } | null): Draft {
  const known = new Set(before?.row.destinations.map((one) => one.id));
  const destinations = body.destinations.map(({ id, staffId, address }) => ({
    id: id !== undefined && known.delete(id) ? id : newId(),
    staffId,
    address,
  }));
  const host = bareHost(body.host);
  // A password goes only to the server it was entered for: whoever changes where it goes enters it anew.
  const isElsewhere =
    before !== null &&
    (host !== before.row.host ||
      body.port !== before.config.port ||
      body.security !== before.config.security ||
      body.username !== before.config.username);
  if (isElsewhere && body.username !== '' && before.config.password !== null && body.password === undefined)
    throw badField('password', 'secret_again');
  const password = body.password ?? before?.config.password ?? null;
  if (body.username !== '' && password === null) throw badField('password', 'required');
  const { port, security, username, from } = body;
  return {
    host,
    destinations: destinations.map(({ id, staffId }) => ({ id, staffId })),
    config: {
      port,
      security,
      username,
      from,
      password: username === '' ? null : password,
      addresses: Object.fromEntries(destinations.map(({ id, address }) => [id, address])),
    },
  };
}

function draftOf(body: ChannelBody | AmendChannelBody, house: House, before: ChannelRow | null): Draft {
  if (body.kind === 'mail')
    return mailDraft(body, before && { row: before, config: openConfig<MailConfig>(house, before) });
  const known = before && openConfig<{ url: string; signingKey?: string }>(house, before);
  const url = body.url ?? known?.url;
  if (url === undefined) throw badField('url', 'required');
  if (body.kind === 'wecom') return { host: hostOfUrl(url), destinations: [], config: { url } };
  const signingKey = body.signingKey ?? known?.signingKey;
  if (signingKey === undefined) throw badField('signingKey', 'required');
  return { host: hostOfUrl(url), destinations: [], config: { url, signingKey } };
}

export async function createChannel(call: Call, body: ChannelBody): Promise<string> {
  requireEncryption(call, body);
  return effect(call, newId(), async (tx, id) => {
    const { communityId } = call;
    const draft = draftOf(body, call.house, null);
    requireAllowed(draft.host, await findSettings(tx, communityId));
    await requireStaff(tx, call, body);
    await insertChannel(tx, {
      communityId,
      id,
      kind: body.kind,
      name: body.name,
      groups: body.groups,
      host: draft.host,
      destinations: draft.destinations,
      sealed: seal(call.house, { communityId, id }, draft.config),
      createdBy: call.actor.accountId,
      createdAt: call.now,
    });
    await record(tx, call, {
      action: 'channel.create',
      noun: 'channel',
      nounId: id,
      changed: { kind: [null, body.kind], host: [null, draft.host], groups: [null, body.groups] },
    });
  });
}

export async function amendChannel(call: Call, id: string, body: AmendChannelBody): Promise<string> {
  requireEncryption(call, body);
  return effect(call, id, async (tx) => {
    const row = await getForUpdate(tx, call, id, body.version);
    if (row.kind !== body.kind) throw badField('kind', 'fixed');
    const draft = draftOf(body, call.house, row);
    requireAllowed(draft.host, await findSettings(tx, call.communityId));
    await requireStaff(tx, call, body);
    const sealed = seal(call.house, row, draft.config);
    await updateChannel(tx, { ...row, name: body.name, groups: body.groups, ...draft, sealed });
    await hurryOutward(tx, call.communityId, id, call.now);
    await record(tx, call, {
      action: 'channel.amend',
      noun: 'channel',
      nounId: id,
      changed: { host: [row.host, draft.host], groups: [row.groups, body.groups] },
    });
  });
}

export async function switchChannel(call: Call, id: string, body: { isOn: boolean; version?: number | undefined }) {
  return effect(call, id, async (tx) => {
    const row = await getForUpdate(tx, call, id, body.version);
    if (body.isOn) requireAllowed(row.host, await findSettings(tx, call.communityId));
    await updateSwitch(tx, call.communityId, id, body.isOn);
    if (!body.isOn) await dropOutward(tx, call.communityId, id, 'channel_off');
    await record(tx, call, {
      action: 'channel.switch',
      noun: 'channel',
      nounId: id,
      changed: { isOn: [row.isOn, body.isOn] },
    });
  });
}

export async function removeChannel(call: Call, id: string, body: { version?: number | undefined }): Promise<string> {
  return effect(call, id, async (tx) => {
    await getForUpdate(tx, call, id, body.version);
    await markRemoved(tx, call.communityId, id, call.now);
    await dropOutward(tx, call.communityId, id, 'channel_off');
    await record(tx, call, { action: 'channel.remove', noun: 'channel', nounId: id });
  });
}

async function getForUpdate(tx: Tx, call: Call, id: string, version: number | undefined): Promise<ChannelRow> {
  const row = await findChannelRow(tx, call.communityId, id, true);
  if (!row) throw notFound('channel');
  const wanted = version ?? call.ifMatch;
  if (typeof wanted === 'number' && wanted !== row.version) throw staleVersion(row.version);
  return row;
}

export async function amendChannelSettings(
  call: Call,
  body: { allowedHosts: string[]; linkBase: string | null; version?: number | undefined },
): Promise<ChannelSettings> {
  const allowedHosts = [...new Set(body.allowedHosts.map(bareHost))];
  await effect(call, call.communityId, async (tx) => {
    const known = await findSettings(tx, call.communityId, true);
    if (body.version !== undefined && body.version !== known.version) throw staleVersion(known.version);
    const inUse = (await listChannelRows(tx, call.communityId)).find(
      (row) => row.isOn && !isHostAllowed(row.host, allowedHosts),
    );
    if (inUse) throw new Refusal('channel.host_in_use', { host: inUse.host });
    const linkBase = body.linkBase?.replace(/[?#].*$/, '').replace(/\/+$/, '') ?? null;
    await saveSettings(tx, call.communityId, { allowedHosts, linkBase });
    await record(tx, call, {
      action: 'channel.settings',
      noun: 'community',
      nounId: call.communityId,
      changed: { allowedHosts: [known.allowedHosts, allowedHosts], linkBase: [known.linkBase, linkBase] },
    });
  });
  return readIn(call, (tx) => findSettings(tx, call.communityId));
}
