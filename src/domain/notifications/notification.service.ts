// Notifications 通知: who is told what, written in the transaction of the cause, sent by a job, read by one person.
import { createHash } from 'node:crypto';
import { canonical } from '../../kernel/canonical.ts';
import { newId } from '../../kernel/id.ts';
import { decodeCursor, type Page, pageOf } from '../../kernel/paging.ts';
import { badField, notFound } from '../../kernel/refusal.ts';
import { type Instant, parseInstant, plusMs } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import { listMyCommunities } from '../access/account.service.ts';
import { type Call, effect, systemCall } from '../access/call.ts';
import { rolesIn } from '../access/permission.rules.ts';
import type { Department, Role } from '../access/role.contract.ts';
import { record, recordMany } from '../audit/audit.service.ts';
import { presentFor } from '../clocks/ladder.rules.ts';
import { staffingOf } from '../clocks/staffing.service.ts';
import { policyOf } from '../standards/standard.service.ts';
import type { NoticeChannel, NoticeFacts, Notification, NotificationKind } from './notification.contract.ts';
import { dedupeName, mostAttempts, type Pressing, pressingOf, quietMsOf, retryAt } from './notification.rules.ts';
import {
  countMine,
  findMine,
  growDigests,
  insertNotifications,
  insertOutbox,
  listDisabled,
  listMine,
  lockDueOutbox,
  markAllRead,
  markRead,
  type NewOutboxRow,
  type OutboxRow,
  type ShownRow,
  settleOutbox,
} from './notification.store.ts';

/** A person, or everybody who holds a post in the community. */
export type Recipient = { staffId: string } | PostRecipient;
type PostRecipient = { role: Role; department?: Department };

export type Notice = {
  communityId: string;
  caseId?: string | null;
  kind: NotificationKind;
  facts: NoticeFacts;
  to: readonly Recipient[];
  channel: NoticeChannel;
  /** Leaves the house too, by mail, WeCom or webhook as set up (spec/12 Told to). */
  out?: boolean;
  /** Whether it waits for the morning out there; by its sound where left out. */
  pressing?: Pressing;
  /** What it is about, `<case id>:on-site`: nobody hears of one thing twice in 5 min. */
  thing: string;
  /** The minute repeats of major and critical complaints. */
  repeats?: boolean;
  /** When to send; now when left out. */
  dueAt?: Instant;
  now: Instant;
};

/**
 * Tells people in the caller's transaction: nothing is sent when that rolls back. Answers whom it will reach; empty
 * where all were told of this a moment ago, or nobody holds the post.
 */
export async function notify(tx: Tx, notice: Notice): Promise<string[]> {
  const ids = new Set<string>();
  const posts: PostRecipient[] = [];
  for (const recipient of notice.to)
    if ('staffId' in recipient) ids.add(recipient.staffId);
    else posts.push(recipient);
  for (const id of await holdersThere(tx, notice.communityId, posts, notice.dueAt ?? notice.now)) ids.add(id);
  return insertOutbox(
    tx,
    [...ids].map((recipientId) => outboxRow(notice, recipientId)),
  );
}

/**
 * A post is told where somebody is: the stand-in instead of who is absent by the roster, the next one up where nobody of the
 * post is there; as the ladders do (spec/11 Ladders). Somebody named is told by name, wherever they are.
 */
async function holdersThere(
  tx: Tx,
  communityId: string,
  posts: readonly PostRecipient[],
  at: Instant,
): Promise<string[]> {
  if (posts.length === 0) return [];
  const staffing = await staffingOf(tx, communityId, at);
  const isSomebodyAway = staffing.some((one) => one.absent);
  const line = isSomebodyAway ? (await policyOf(tx, communityId)).version.document.reportingLine : {};
  return posts.flatMap(({ role, department }) =>
    presentFor(role, department, line, staffing).map((one) => one.staffId),
  );
}

/** Many at once, to people by name; for the sweep. */
export type PersonalNotice = Omit<Notice, 'to'> & { recipientId: string };

export async function notifyMany(tx: Tx, notices: readonly PersonalNotice[]): Promise<void> {
  await insertOutbox(
    tx,
    notices.map((notice) => outboxRow(notice, notice.recipientId)),
  );
}

function outboxRow(notice: Omit<Notice, 'to'>, recipientId: string): NewOutboxRow {
  const dueAt = notice.dueAt ?? notice.now;
  const quietMs = quietMsOf(notice.repeats ?? false);
  const name = (at: Instant) => dedupeName(recipientId, notice.kind, notice.thing, at);
  return {
    communityId: notice.communityId,
    id: newId(),
    caseId: notice.caseId ?? null,
    kind: notice.kind,
    facts: notice.facts,
    recipientId,
    channel: notice.channel,
    isOut: notice.out ?? false,
    pressing: notice.pressing ?? pressingOf({ isLoud: notice.channel === 'loud' }),
    dueAt,
    dedupe: name(dueAt),
    quietFrom: name(plusMs(dueAt, -quietMs)),
    quietTo: name(plusMs(dueAt, quietMs)),
  };
}

/** What one person missed while the program stood still. */
export type Digest = {
  communityId: string;
  recipientId: string;
  steps: number;
  caseIds: readonly string[];
  until: Instant;
};

/** Long enough for a sweep of many batches to add to the same digest before it is sent. */
const gatherMs = 10_000;

/** One digest a person after a downtime (spec/11, 4): grows while it waits. */
export async function notifyDigests(tx: Tx, digests: readonly Digest[], now: Instant): Promise<void> {
  const grown = await growDigests(
    tx,
    'digest',
    digests.map((one) => ({ ...one, count: one.steps })),
  );
  const isGrown = (one: Digest) =>
    grown.some((known) => known.communityId === one.communityId && known.recipientId === one.recipientId);
  await notifyMany(
    tx,
    digests
      .filter((one) => !isGrown(one))
      .map(({ communityId, recipientId, steps, caseIds, until }) => ({
        communityId,
        recipientId,
        kind: 'digest',
        facts: { steps, caseIds: [...caseIds], until },
        channel: 'loud',
        out: true,
        // Told in full even where another was just sent: it names other cases.
        thing: `downtime:${newId()}`,
        dueAt: plusMs(now, gatherMs),
        now,
      })),
  );
}

/** Due times that moved with the calendar: of one person, in one case or many. */
export type Recount = { communityId: string; recipientId: string; clocks: number; caseIds: readonly string[] };

/**
 * One message a person, however many cases a recount goes through: it grows while it waits. Written where the clocks are
 * written, so that a program which dies in between has told of exactly what it counted.
 */
export async function notifyRecounts(tx: Tx, recounts: readonly Recount[], now: Instant): Promise<void> {
  const grown = await growDigests(
    tx,
    'recalculated',
    recounts.map((one) => ({ ...one, count: one.clocks, until: null })),
  );
  const isGrown = (one: Recount) =>
    grown.some((known) => known.communityId === one.communityId && known.recipientId === one.recipientId);
  await notifyMany(
    tx,
    recounts
      .filter((one) => !isGrown(one))
      .map(({ communityId, recipientId, clocks, caseIds }) => ({
        communityId,
        recipientId,
        kind: 'recalculated',
        facts: { clocks, caseIds: [...caseIds] },
        channel: 'bell',
        // Told in full even where another was just sent: it names other cases.
        thing: `calendar:${newId()}`,
        dueAt: plusMs(now, gatherMs),
        now,
      })),
  );
}

/** That a message is under the bell, and later that it was acknowledged: evidence on which clocks stop (spec/11). */
export type Arrival = {
  caseId: string;
  kind: NotificationKind;
  acknowledged: boolean;
  at: Instant;
  evidenceId: string;
};
export type OnArrival = (tx: Tx, call: Call, arrival: Arrival) => Promise<void>;
/** A message that just went under the bell; `name` says kind, thing and time, the same for all who are told of it. */
export type Told = {
  communityId: string;
  caseId: string | null;
  kind: NotificationKind;
  facts: NoticeFacts;
  recipientId: string;
  loud: boolean;
  out: boolean;
  pressing: Pressing;
  name: string;
  at: Instant;
};
/** What goes on from there to the outside; written in the same transaction as the bell. */
export type OnTold = (tx: Tx, house: House, told: readonly Told[], now: Instant) => Promise<void>;

const links: { arrival: OnArrival | null; told: OnTold | null } = { arrival: null, told: null };
export const onArrival = (link: OnArrival): void => {
  links.arrival = link;
};
export const onTold = (link: OnTold): void => {
  links.told = link;
};

async function arrived(
  tx: Tx,
  call: Call,
  row: { id: string; caseId: string | null; kind: string },
  acknowledged: boolean,
): Promise<void> {
  const { caseId, kind, id } = row;
  if (caseId && links.arrival)
    await links.arrival(tx, call, {
      caseId,
      kind: kind as NotificationKind,
      acknowledged,
      at: call.now,
      evidenceId: id,
    });
}

const sendBatch = 500;

/** Sends what is due in the app; answers how many went. One bad message never holds up the others. */
export async function sendOutbox(house: House): Promise<number> {
  const now = house.time.now();
  let sent = 0;
  for (;;) {
    let count: number;
    try {
      count = await sendRound(house, now, sendBatch);
    } catch (fault) {
      house.log.warn('outbox.round_failed', { code: fault instanceof Error ? fault.name : '' });
      sent += await sendOneByOne(house, now);
      break;
    }
    sent += count;
    if (count < sendBatch) break;
  }
  if (sent > 0) house.committed();
  return sent;
}

const sendRound = (house: House, now: Instant, limit: number): Promise<number> =>
  house.database.everywhere(async (tx) => {
    const rows = await lockDueOutbox(tx, now, limit);
    await deliver(house, tx, rows, now);
    return rows.length;
  });

/** After a failed round each message alone, so that the one at fault is found, put off, and in the end given up. */
async function sendOneByOne(house: House, now: Instant): Promise<number> {
  const due = await house.database.everywhere((tx) => lockDueOutbox(tx, now, sendBatch));
  let sent = 0;
  for (const row of due) {
    try {
      await house.database.write([row.communityId], (tx) => deliver(house, tx, [row], now));
      sent++;
    } catch (fault) {
      const attempts = row.attempts + 1;
      const isGivenUp = attempts >= mostAttempts;
      const errorCode = fault instanceof Error && 'code' in fault ? String(fault.code) : 'fault';
      await house.database.write([row.communityId], (tx) =>
        settleOutbox(tx, [
          {
            ...row,
            state: isGivenUp ? 'failed' : 'waiting',
            sentAt: null,
            dueAt: retryAt(now, attempts),
            attempts,
            errorCode,
            digest: null,
          },
        ]),
      );
      house.log.error('outbox.message_failed', { id: row.id, kind: row.kind, attempts, errorCode });
    }
  }
  return sent;
}

/** Puts messages under the bell; the feed then says so to the browsers of whom they are for. */
async function deliver(house: House, tx: Tx, rows: readonly OutboxRow[], now: Instant): Promise<void> {
  if (rows.length === 0) return;
  const gone = await listDisabled(
    tx,
    rows.map((row) => row.recipientId),
  );
  const settled = rows.map((row) => {
    const isDropped = gone.has(row.recipientId);
    return {
      ...row,
      state: isDropped ? ('dropped' as const) : ('sent' as const),
      sentAt: isDropped ? null : now,
      attempts: row.attempts + 1,
      errorCode: isDropped ? 'recipient_disabled' : null,
      digest: createHash('sha256')
        .update(canonical([row.kind, row.facts]))
        .digest(),
    };
  });
  const shown = rows
    .filter((row) => !gone.has(row.recipientId))
    .map((row) => ({ ...row, id: newId(), loud: row.channel === 'loud', at: now }));
  await insertNotifications(tx, shown);
  await recordMany(
    tx,
    now,
    shown.map((row) => ({ communityId: row.communityId, ...told('notification.sent', row) })),
  );
  await settleOutbox(tx, settled);
  await links.told?.(tx, house, shown.map(toldOf), now);
  // In one order of cases, so that two senders never wait for each other.
  for (const row of [...shown].sort((a, b) => ((a.caseId ?? '') < (b.caseId ?? '') ? -1 : 1)))
    await arrived(tx, systemCall(house, row.communityId, { id: '', organizationId: '' }, now), row, false);
}

const toldOf = (row: OutboxRow & { loud: boolean }): Told => ({
  communityId: row.communityId,
  caseId: row.caseId,
  kind: row.kind as NotificationKind,
  facts: row.facts as NoticeFacts,
  recipientId: row.recipientId,
  loud: row.loud,
  out: row.isOut,
  pressing: row.pressing,
  name: row.dedupe.slice(row.recipientId.length + 1),
  at: row.dueAt,
});

/** `recipientId` keeps it from everybody else's stream. */
const told = (action: string, row: { id: string | null; recipientId: string; caseId?: string | null }) => ({
  action,
  noun: 'notification',
  nounId: row.id,
  changed: {
    recipientId: [null, row.recipientId] as [unknown, unknown],
    ...(row.caseId ? { caseId: [null, row.caseId] as [unknown, unknown] } : {}),
  },
});

// ── reading ─────────────────────────────────────────────────────────────────────────────────────────

const myCommunities = (call: Call): Promise<string[]> =>
  call.house.database.read([], async (tx) => (await listMyCommunities(tx, call.actor)).map((one) => one.id));

const shape = (row: ShownRow): Notification => ({
  id: row.id,
  communityId: row.communityId,
  caseId: row.caseId,
  code: row.code,
  kind: row.kind as NotificationKind,
  facts: row.facts as NoticeFacts,
  loud: row.loud,
  at: row.at,
  read: row.readAt !== null,
  acknowledgedAt: row.acknowledgedAt,
});

export async function listMyNotifications(
  call: Call,
  query: { limit: number; cursor?: string; unread?: boolean; count?: boolean },
): Promise<Page<Notification>> {
  const mine = await myCommunities(call);
  const isUnreadOnly = query.unread ?? false;
  return call.house.database.read(mine, async (tx) => {
    const rows = await listMine(tx, mine, call.actor.accountId, {
      limit: query.limit + 1,
      after: query.cursor ? afterOf(query.cursor) : null,
      isUnreadOnly,
    });
    const page = pageOf(rows, query.limit, (row) => [row.at, row.id], shape);
    return query.count ? { ...page, total: await countMine(tx, mine, call.actor.accountId, isUnreadOnly) } : page;
  });
}

function afterOf(cursor: string): { at: Instant; id: string } {
  const [at, id] = decodeCursor(cursor, 2);
  if (typeof at !== 'string' || typeof id !== 'string' || parseInstant(at) === null || !/^[0-9a-f-]{36}$/.test(id))
    throw badField('cursor', 'not_a_cursor');
  return { at, id };
}

export async function markMine(call: Call, id: string, what: 'read' | 'acknowledge'): Promise<Notification> {
  const mine = await myCommunities(call);
  const { accountId } = call.actor;
  const found = await call.house.database.read(mine, (tx) => findMine(tx, mine, accountId, id));
  if (!found) throw notFound('notification');
  const there = { ...call, communityId: found.communityId, roles: rolesIn(call.actor, found.communityId) };
  await effect(there, id, async (tx) => {
    await markRead(tx, found, call.now, what === 'acknowledge');
    await record(tx, there, told(`notification.${what}`, found));
    if (what === 'acknowledge' && found.acknowledgedAt === null) await arrived(tx, there, found, true);
  });
  return call.house.database.read(mine, async (tx) => shape((await findMine(tx, mine, accountId, id)) ?? found));
}

/** Answers how many are left: loud ones wait for their acknowledgement. */
export async function markAllMine(call: Call): Promise<{ unread: number }> {
  const mine = await myCommunities(call);
  const { accountId } = call.actor;
  await effect(
    call,
    newId(),
    async (tx) => {
      for (const communityId of await markAllRead(tx, mine, accountId, call.now))
        await record(tx, { ...call, communityId }, told('notification.read', { id: null, recipientId: accountId }));
    },
    mine,
  );
  return { unread: await call.house.database.read(mine, (tx) => countMine(tx, mine, accountId, true)) };
}
