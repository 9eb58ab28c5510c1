// Deliveries 对外消息: written beside the bell, carried out to the channel outside of any transaction, settled with the
// channel's health and the case's time line. Nothing is sent that was not claimed, and what was claimed is settled or,
// where the program died, comes again under the same id, by which the receiver can tell.
import { createHash, createHmac } from 'node:crypto';
import { newId } from '../../kernel/id.ts';
import { decodeCursor, type Page, pageOf } from '../../kernel/paging.ts';
import { badField, notFound, Refusal } from '../../kernel/refusal.ts';
import { type Instant, minuteMs, plusMs } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import { machineMs } from '../../platform/time-source.ts';
import { type Call, effect, readIn, systemCall } from '../access/call.ts';
import { record, recordMany } from '../audit/audit.service.ts';
import type { Told } from '../notifications/notification.service.ts';
import {
  type ClaimedRow,
  claimOutward,
  dropFailed,
  findOutward,
  hurryOutward,
  insertOutward,
  listOutward,
  type OutwardRow,
  reviveOutward,
  settleOutward,
} from '../notifications/outward.store.ts';
import { standardInForce } from '../standards/standard.service.ts';
import type { ChannelKind, Delivery } from './channel.contract.ts';
import {
  fanOut,
  isGivenUp,
  isHostAllowed,
  robotFaultOf,
  triedAgainAt,
  type Verdict,
  verdictOf,
  webhookFaultOf,
} from './channel.rules.ts';
import { type MailConfig, openConfig } from './channel.service.ts';
import {
  type ChannelRow,
  findChannelRow,
  findPlace,
  findSettings,
  listSubscribers,
  updateHealth,
} from './channel.store.ts';
import { type Message, mailSubject, mailText, messageInWords, robotText, testKind } from './message.words.ts';

/** What channels ask of the cases above them: where a case's page stands, and to write on its time line. */
export type DeliveryNote = {
  caseId: string;
  channelKind: ChannelKind;
  channelId: string;
  notice: string;
  /** The person a mail was for. */
  forId: string | null;
  isSent: boolean;
  errorCode: string | null;
};
type Links = {
  addressOf(communityCode: string, caseId: string, caseKind: string): string;
  note(tx: Tx, call: Call, note: DeliveryNote): Promise<void>;
};
const links: { cases: Links | null } = { cases: null };
export const linkDeliveries = (cases: Links): void => {
  links.cases = cases;
};

/** In the transaction that puts messages under the bell: one row for each channel that is to have one. */
export async function tellOutside(tx: Tx, _house: House, told: readonly Told[], now: Instant): Promise<void> {
  if (told.length === 0) return;
  const communityIds = [...new Set(told.map((one) => one.communityId))];
  const channels = await listSubscribers(tx, communityIds);
  if (channels.length === 0) return;
  const quiet = new Map<string, { from: string; to: string }>();
  for (const id of new Set(channels.map((one) => one.communityId)))
    quiet.set(id, (await standardInForce(tx, id)).document.quietHours);
  const drafts = fanOut(told, channels, (id) => quiet.get(id) ?? { from: '', to: '' }, now);
  await insertOutward(
    tx,
    drafts.map((draft) => ({ id: newId(), ...draft })),
  );
}

// ── sending ─────────────────────────────────────────────────────────────────────────────────────────

/** Longer than any attempt takes: a row whose sender died comes again after this. */
const claimedMs = 5 * minuteMs;

export type Attempt = {
  row: ClaimedRow;
  channel: ChannelRow;
  place: { code: string; name: string };
  settings: SettingsOf;
};
type SettingsOf = Awaited<ReturnType<typeof findSettings>>;

/** Takes the next message of a channel; undefined where there is none, or the channel is off or resting. */
export async function claimNext(
  tx: Tx,
  key: { communityId: string; channelId: string },
  now: Instant,
): Promise<Attempt | undefined> {
  const channel = await findChannelRow(tx, key.communityId, key.channelId);
  if (!channel?.isOn || (channel.resumesAt !== null && channel.resumesAt > now)) return undefined;
  const row = await claimOutward(tx, key, now, plusMs(now, claimedMs));
  return row && attemptOf(tx, row, channel);
}

const attemptOf = async (tx: Tx, row: ClaimedRow, channel: ChannelRow): Promise<Attempt> => ({
  row,
  channel,
  place: await findPlace(tx, row.communityId),
  settings: await findSettings(tx, row.communityId),
});

/** Sends one and writes down how it went. */
export async function carryOut(house: House, attempt: Attempt): Promise<Verdict> {
  const { row, channel } = attempt;
  if (row.kind !== testKind && isGivenUp(row.retriedAt ?? row.arisenAt, house.time.now()))
    return settle(house, attempt, row.previousErrorCode ?? 'too_late', 'never');
  let code: string | null;
  try {
    code = await send(house, attempt);
  } catch (fault) {
    // A channel that can't be opened or spoken to by our own fault is like one that can't be reached: others go on.
    house.log.error('delivery.fault', { id: row.id, channelId: channel.id }, fault);
    code = 'fault';
  }
  return settle(house, attempt, code, verdictOf(code));
}

function messageOf({ row, place, settings }: Attempt): Message {
  const isLinked = settings.linkBase !== null && row.caseId !== null && row.caseKind !== null && links.cases !== null;
  return {
    kind: row.kind as Message['kind'],
    facts: row.facts,
    code: row.code,
    arisenAt: row.arisenAt,
    place: place.name,
    link: isLinked
      ? `${settings.linkBase}${links.cases?.addressOf(place.code, row.caseId as string, row.caseKind as string)}`
      : null,
  };
}

async function send(house: House, attempt: Attempt): Promise<string | null> {
  const { channel, settings } = attempt;
  if (!isHostAllowed(channel.host, settings.allowedHosts)) return 'host_not_allowed';
  const message = messageOf(attempt);
  switch (channel.kind) {
    case 'mail':
      return sendByMail(house, attempt, message);
    case 'wecom':
      return sendByRobot(house, channel, message);
    case 'webhook':
      return sendByWebhook(house, attempt, message);
  }
}

async function sendByMail(house: House, { row, channel }: Attempt, message: Message): Promise<string | null> {
  const config = openConfig<MailConfig>(house, channel);
  const to = config.addresses[row.destinationId ?? ''];
  if (to === undefined) return 'destination_gone';
  const { port, security, username, password, from } = config;
  const answer = await house.outbound.sendMail({
    server: { host: channel.host, port, security, signIn: password === null ? null : { username, password } },
    from: { name: message.place, address: from },
    to,
    subject: mailSubject(message),
    text: mailText(message),
    messageId: `<${row.id}@${from.split('@')[1] ?? 'localhost'}>`,
  });
  return answer.ok ? null : answer.code;
}

async function sendByRobot(house: House, channel: ChannelRow, message: Message): Promise<string | null> {
  const { url } = openConfig<{ url: string }>(house, channel);
  const answer = await house.outbound.postHttp({
    url,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ msgtype: 'text', text: { content: robotText(message) } }),
  });
  return answer.ok ? robotFaultOf(answer.status, answer.text) : answer.code;
}

/** Signed as in the open "Standard Webhooks" scheme: id, time and body under HMAC-SHA-256; the id is the same each time. */
async function sendByWebhook(house: House, { row, channel, place }: Attempt, message: Message): Promise<string | null> {
  const { url, signingKey } = openConfig<{ url: string; signingKey: string }>(house, channel);
  const body = JSON.stringify({
    id: row.id,
    type: `notification.${row.kind}`,
    at: row.arisenAt,
    community: { id: row.communityId, code: place.code },
    case: row.caseId === null ? null : { id: row.caseId, code: row.code, kind: row.caseKind },
    text: messageInWords(message),
    link: message.link,
  });
  // Receivers hold this against their own clock, so it is the machine's, whatever a test clock says.
  const timestamp = String(Math.floor(machineMs() / 1000));
  const answer = await house.outbound.postHttp({
    url,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'webhook-id': row.id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signatureOf(signingKey, row.id, timestamp, body)}`,
    },
    body,
  });
  return answer.ok ? webhookFaultOf(answer.status) : answer.code;
}

/** `whsec_…` holds the key's bytes in base64, as that scheme has it; any other text is the key itself. */
export function signatureOf(signingKey: string, id: string, timestamp: string, body: string): string {
  const key = signingKey.startsWith('whsec_') ? Buffer.from(signingKey.slice(6), 'base64') : signingKey;
  return createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
}

async function settle(house: House, attempt: Attempt, code: string | null, verdict: Verdict): Promise<Verdict> {
  const write = (withNote: boolean) =>
    house.database.write([attempt.row.communityId], (tx) => settleIn(tx, house, attempt, code, verdict, withNote));
  try {
    await write(true);
  } catch (fault) {
    // It was sent: that must stand even where the time line can't be written.
    house.log.error('delivery.note_failed', { id: attempt.row.id }, fault);
    await write(false);
  }
  if (code !== null)
    house.log.warn('delivery.not_sent', {
      id: attempt.row.id,
      channelId: attempt.channel.id,
      code,
      attempts: attempt.row.attempts,
    });
  return verdict;
}

async function settleIn(
  tx: Tx,
  house: House,
  attempt: Attempt,
  code: string | null,
  verdict: Verdict,
  withNote: boolean,
): Promise<void> {
  const { row, channel } = attempt;
  const { communityId } = row;
  const now = house.time.now();
  const isTest = row.kind === testKind;
  // A test that fails tells the one who pressed it; when the channel is tried again stays as it was.
  const isNoNews = isTest && verdict !== 'sent';
  const failures = isNoNews ? channel.failures : verdict === 'down' ? channel.failures + 1 : 0;
  const state =
    verdict === 'sent' ? 'sent' : isTest ? ('dropped' as const) : verdict === 'never' ? ('failed' as const) : 'waiting';
  await settleOutward(tx, {
    communityId,
    id: row.id,
    state,
    dueAt: state === 'waiting' ? triedAgainAt(now, verdict === 'down' ? failures : row.attempts) : row.dueAt,
    sentAt: state === 'sent' ? now : null,
    errorCode: code,
    digest: createHash('sha256')
      .update(messageInWords(messageOf(attempt)))
      .digest(),
  });
  // A no to one message says nothing of the channel.
  if (verdict !== 'never')
    await updateHealth(tx, communityId, channel.id, {
      at: now,
      errorCode: code,
      failures,
      resumesAt: isNoNews ? channel.resumesAt : verdict === 'down' ? triedAgainAt(now, failures) : null,
    });
  if (verdict === 'sent' && channel.failures > 0) await hurryOutward(tx, communityId, channel.id, now);
  if (state === 'waiting') return;
  await recordMany(tx, now, [
    {
      communityId,
      action: `delivery.${state}`,
      noun: 'channel',
      nounId: channel.id,
      changed: { state: ['waiting', state] },
    },
  ]);
  if (!withNote || row.caseId === null || state === 'dropped') return;
  await links.cases?.note(tx, systemCall(house, communityId, { id: '', organizationId: '' }, now), {
    caseId: row.caseId,
    channelKind: channel.kind,
    channelId: channel.id,
    notice: row.kind,
    forId: row.recipientId,
    isSent: state === 'sent',
    errorCode: code,
  });
}

// ── by hand ─────────────────────────────────────────────────────────────────────────────────────────

const deliveryOf = (row: OutwardRow): Delivery => ({
  id: row.id,
  channelId: row.channelId,
  channelKind: row.channel as ChannelKind,
  kind: row.kind,
  facts: row.facts as Delivery['facts'],
  caseId: row.caseId,
  code: row.code,
  state: row.state as Delivery['state'],
  attempts: row.attempts,
  arisenAt: row.arisenAt,
  dueAt: row.dueAt,
  sentAt: row.sentAt,
  errorCode: row.errorCode,
});

/** One message to each address, now and once, also while the channel is off; answers how each went. */
export async function testChannel(call: Call, id: string): Promise<{ items: Delivery[] }> {
  const { house, communityId, now } = call;
  const attempts = await house.database.write([communityId], async (tx) => {
    const channel = await findChannelRow(tx, communityId, id);
    if (!channel) throw notFound('channel');
    const settings = await findSettings(tx, communityId);
    if (!isHostAllowed(channel.host, settings.allowedHosts))
      throw new Refusal('channel.host_not_allowed', { host: channel.host });
    const places = channel.kind === 'mail' ? channel.destinations : [{ id: null }];
    const rows = places.map((place) => ({
      communityId,
      id: newId(),
      channelId: id,
      channel: channel.kind,
      destinationId: place.id,
      recipientId: null,
      caseId: null,
      kind: testKind,
      facts: {},
      pressing: 'urgent' as const,
      dedupe: `${id}:${testKind}:${newId()}`,
      dueAt: now,
      arisenAt: now,
    }));
    await insertOutward(tx, rows);
    await record(tx, call, { action: 'channel.test', noun: 'channel', nounId: id });
    const claimed: Attempt[] = [];
    for (const row of rows) {
      // In the transaction that makes it, so that the timer never takes it first.
      const own = await claimOutward(tx, { communityId, channelId: id, id: row.id }, now, plusMs(now, claimedMs));
      if (own) claimed.push(await attemptOf(tx, own, channel));
    }
    return claimed;
  });
  await Promise.all(attempts.map((attempt) => carryOut(house, attempt)));
  house.committed();
  return readIn(call, async (tx) => {
    const items: Delivery[] = [];
    for (const { row } of attempts) {
      const now = await findOutward(tx, communityId, row.id);
      if (now) items.push(deliveryOf(now));
    }
    return { items };
  });
}

export async function readDeliveries(
  call: Call,
  query: { channelId?: string | undefined; state?: string | undefined; limit: number; cursor?: string | undefined },
): Promise<Page<Delivery>> {
  const beforeId = query.cursor === undefined ? null : decodeCursor(query.cursor, 1)[0];
  if (beforeId !== null && (typeof beforeId !== 'string' || !/^[0-9a-f-]{36}$/.test(beforeId)))
    throw badField('cursor', 'not_a_cursor');
  return readIn(call, async (tx) => {
    const rows = await listOutward(tx, call.communityId, {
      channelId: query.channelId ?? null,
      state: query.state ?? null,
      beforeId,
      limit: query.limit + 1,
    });
    return pageOf(rows, query.limit, (row) => [row.id], deliveryOf);
  });
}

/** An administrator's last word on a message that was given up. */
export async function decideDelivery(call: Call, id: string, what: 'retry' | 'drop'): Promise<Delivery> {
  const { communityId, now } = call;
  await effect(call, id, async (tx) => {
    const row = await findOutward(tx, communityId, id, true);
    if (!row) throw notFound('delivery');
    const channel = await findChannelRow(tx, communityId, row.channelId);
    const isOpen = what === 'retry' ? row.state === 'failed' && channel?.isOn === true : row.state === 'failed';
    if (!isOpen) throw new Refusal('channel.delivery_over', { state: row.state });
    if (what === 'retry') await reviveOutward(tx, communityId, id, now);
    else await dropFailed(tx, communityId, id);
    await record(tx, call, {
      action: `delivery.${what}`,
      noun: 'channel',
      nounId: row.channelId,
      changed: { state: [row.state, what === 'retry' ? 'waiting' : 'dropped'] },
    });
  });
  return readIn(call, async (tx) => {
    const row = await findOutward(tx, communityId, id);
    if (!row) throw notFound('delivery');
    return deliveryOf(row);
  });
}
