// To which channels 通知渠道 a message goes, when it is tried again, and when it is given up (spec/12 Told to, Outbox).
import { hourMs, type Instant, msBetween, plusMs } from '../../kernel/time.ts';
import type { NoticeFacts, NotificationKind } from '../notifications/notification.contract.ts';
import { leavesAt, type Pressing } from '../notifications/notification.rules.ts';
import type { ChannelGroup, ChannelKind } from './channel.contract.ts';

/** What goes under the bell of one person, as `Told` has it. */
export type BellMessage = {
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
export type Subscriber = {
  communityId: string;
  id: string;
  kind: ChannelKind;
  groups: readonly ChannelGroup[];
  destinations: readonly { id: string; staffId: string | null }[];
};
export type OutwardDraft = {
  communityId: string;
  channelId: string;
  channel: ChannelKind;
  destinationId: string | null;
  recipientId: string | null;
  caseId: string | null;
  kind: NotificationKind;
  facts: NoticeFacts;
  pressing: Pressing;
  dedupe: string;
  dueAt: Instant;
  arisenAt: Instant;
};

export const groupsOf = (message: { loud: boolean; out: boolean }): ChannelGroup[] => [
  message.loud ? 'loud' : 'quiet',
  ...(message.out ? (['out'] as const) : []),
];

/** Each counts something of one person's own: said to a group only that there is something. */
const gathers: ReadonlySet<NotificationKind> = new Set(['digest', 'recalculated']);

/**
 * The name of one thing told to several: an owner hears that a time is over, the superior at the same minute that it
 * was passed up, and a group hears it once. Digests of one standstill are one thing.
 */
function sharedName({ kind, name, at }: BellMessage): string {
  if (gathers.has(kind)) return `${kind}@${at}`;
  return kind === 'escalated' ? `overdue${name.slice(kind.length)}` : name;
}

/** One row a thing, channel and address: never two, however many people are told or rounds it takes. */
export function fanOut(
  messages: readonly BellMessage[],
  channels: readonly Subscriber[],
  quietHours: (communityId: string) => { from: string; to: string },
  now: Instant,
): OutwardDraft[] {
  const drafts = new Map<string, OutwardDraft>();
  // Where two messages are one thing to a group, the owner's own comes first.
  const inOrder = [...messages].sort((a, b) => Number(a.kind === 'escalated') - Number(b.kind === 'escalated'));
  for (const message of inOrder) {
    const groups = groupsOf(message);
    for (const channel of channels) {
      if (channel.communityId !== message.communityId || !channel.groups.some((group) => groups.includes(group)))
        continue;
      const places = channel.kind === 'mail' ? channel.destinations : [{ id: null, staffId: null }];
      for (const { id, staffId } of places) {
        if (staffId !== null && staffId !== message.recipientId) continue;
        const thing = staffId === null ? sharedName(message) : message.name;
        const dedupe = `${channel.id}:${id ?? 'all'}:${thing}`;
        if (drafts.has(dedupe)) continue;
        const { communityId, caseId, kind, pressing } = message;
        drafts.set(dedupe, {
          communityId,
          channelId: channel.id,
          channel: channel.kind,
          destinationId: id,
          recipientId: staffId,
          caseId,
          kind,
          facts: staffId === null && gathers.has(kind) ? {} : message.facts,
          pressing,
          dedupe,
          dueAt: leavesAt(now, pressing, quietHours(communityId)),
          arisenAt: message.at,
        });
      }
    }
  }
  return [...drafts.values()];
}

const firstGapMs = 30_000;
const longestGapMs = hourMs;
/** 30 s, 1 min, 2 min … an hour: for a message, and for a whole channel that can't be reached. */
export const gapMsOf = (failures: number): number =>
  Math.min(longestGapMs, firstGapMs * 2 ** Math.max(0, failures - 1));
export const triedAgainAt = (now: Instant, failures: number): Instant => plusMs(now, gapMsOf(failures));

/** A week-end without the Internet is bridged; what is older nobody acts on any more. */
const keptMs = 72 * hourMs;
export const isGivenUp = (dueFirst: Instant, now: Instant): boolean => msBetween(dueFirst, now) > keptMs;

/** `later`: this message again; `down`: nothing gets through, the channel rests; `never`: the receiver said no to this one. */
export type Verdict = 'sent' | 'later' | 'down' | 'never';

/** How an attempt counts. What an administrator can mend (a password, a certificate, a host) is worth trying again. */
export function verdictOf(code: string | null): Verdict {
  if (code === null) return 'sent';
  if (['recipient_refused', 'message_refused', 'destination_gone'].includes(code)) return 'never';
  return code === 'busy' || code === 'bad_answer' ? 'later' : 'down';
}

/** What the status of a webhook's answer says; null: taken. */
export function webhookFaultOf(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  if (status === 401 || status === 403) return 'sign_in_refused';
  if (status === 408 || status === 425 || status === 429 || status >= 500) return 'busy';
  // 404 and 405: the address is wrong, which can be mended; the rest is a no to this message.
  return status === 404 || status === 405 ? 'bad_answer' : 'message_refused';
}

/** The robot answers 200 with a code of its own (developer.work.weixin.qq.com/document/path/90313). */
export function robotFaultOf(status: number, answer: string): string | null {
  if (status !== 200) return webhookFaultOf(status) ?? 'bad_answer';
  let code: unknown;
  try {
    code = (JSON.parse(answer) as { errcode?: unknown } | null)?.errcode;
  } catch {
    return 'bad_answer';
  }
  if (code === 0) return null;
  if (code === 45009 || code === -1) return 'busy';
  if (code === 93000 || code === 93004 || code === 93008) return 'sign_in_refused';
  return typeof code === 'number' ? 'message_refused' : 'bad_answer';
}

/** An address is reached by its host alone: on the list, or not at all. */
export const isHostAllowed = (host: string, allowed: readonly string[]): boolean => allowed.includes(bareHost(host));
export const bareHost = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
