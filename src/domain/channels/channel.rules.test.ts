import { describe, expect, it } from 'vitest';
import { notificationKinds } from '../notifications/notification.contract.ts';
import { pressingOf } from '../notifications/notification.rules.ts';
import {
  type BellMessage,
  fanOut,
  gapMsOf,
  isGivenUp,
  isHostAllowed,
  robotFaultOf,
  type Subscriber,
  verdictOf,
  webhookFaultOf,
} from './channel.rules.ts';
import { mailSubject, mailText, messageInWords, robotText } from './message.words.ts';

const quiet = () => ({ from: '22:00', to: '07:00' });
const noon = '2026-11-23T04:00:00.000Z';
/** 23:30 in Shanghai. */
const night = '2026-11-23T15:30:00.000Z';
const morning = '2026-11-23T23:00:00.000Z';

const message = (changed: Partial<BellMessage> = {}): BellMessage => ({
  communityId: 'A',
  caseId: 'case',
  kind: 'overdue',
  facts: { clock: 'on-site' },
  recipientId: 'tech',
  loud: true,
  out: true,
  pressing: 'urgent',
  name: `${changed.kind ?? 'overdue'}:clock@${noon}`,
  at: noon,
  ...changed,
});
const channel = (changed: Partial<Subscriber> = {}): Subscriber => ({
  communityId: 'A',
  id: 'robot',
  kind: 'wecom',
  groups: ['out'],
  destinations: [],
  ...changed,
});

describe('which message goes where', () => {
  it.each([
    ['a quiet one to who takes quiet ones', { loud: false, out: false }, ['quiet'], 1],
    ['a quiet one not to who takes loud ones', { loud: false, out: false }, ['loud', 'out'], 0],
    ['a loud one to who takes loud ones', { loud: true, out: false }, ['loud'], 1],
    ['a loud one that stays inside not to who takes what goes out', { loud: true, out: false }, ['out'], 0],
    ['one that goes out once, though both groups match', { loud: true, out: true }, ['loud', 'out'], 1],
    ['another community nothing', { communityId: 'B' }, ['quiet', 'loud', 'out'], 0],
  ] as const)('%s', (_name, changed, groups, count) => {
    expect(fanOut([message(changed)], [channel({ groups })], quiet, noon)).toHaveLength(count);
  });

  it('says one thing to a group once, however many are told', () => {
    const told = [message({ recipientId: 'eng', kind: 'escalated' }), message(), message({ recipientId: 'tech2' })];
    const drafts = fanOut(told, [channel()], quiet, noon);
    expect(drafts.map((one) => one.kind)).toEqual(['overdue']);
    // A second round with the others of the same thing makes the same name, which the outbox takes once.
    const [again] = fanOut([message({ recipientId: 'mgr', kind: 'escalated' })], [channel()], quiet, noon);
    expect(again?.dedupe).toBe(drafts[0]?.dedupe);
  });

  it('writes to a person only what that person is told, to a shared address all of it', () => {
    const mail = channel({
      id: 'mail',
      kind: 'mail',
      destinations: [
        { id: 'd-tech', staffId: 'tech' },
        { id: 'd-all', staffId: null },
      ],
    });
    const told = [message(), message({ recipientId: 'eng', kind: 'escalated' })];
    const drafts = fanOut(told, [mail], quiet, noon);
    expect(drafts.map((one) => [one.destinationId, one.recipientId, one.kind])).toEqual([
      ['d-tech', 'tech', 'overdue'],
      ['d-all', null, 'overdue'],
    ]);
  });

  it('tells a group of a standstill once, without anybody`s own count', () => {
    const digest = (recipientId: string, steps: number) =>
      message({ kind: 'digest', recipientId, facts: { steps }, name: `digest:downtime:${recipientId}@${noon}` });
    const drafts = fanOut([digest('a', 3), digest('b', 5)], [channel()], quiet, noon);
    expect(drafts.map((one) => one.facts)).toEqual([{}]);
  });

  it.each([
    ['ordinary at night waits for the morning', 'ordinary', night, morning],
    ['urgent at night goes at once', 'urgent', night, night],
    ['ordinary by day goes at once', 'ordinary', noon, noon],
  ] as const)('%s', (_name, pressing, now, dueAt) => {
    expect(fanOut([message({ pressing })], [channel()], quiet, now)[0]?.dueAt).toBe(dueAt);
  });

  it.each([
    ['a loud message about no case', { isLoud: true }, 'urgent'],
    ['a quiet message about no case', { isLoud: false }, 'ordinary'],
    ['an emergency', { isLoud: true, level: 'emergency' }, 'urgent'],
    ['a serious complaint on a ladder of days', { isLoud: false, level: 'serious', isOfDays: true }, 'urgent'],
    ['an ordinary case, though loud', { isLoud: true, level: 'ordinary' }, 'ordinary'],
    ['a ladder of days', { isLoud: true, isOfDays: true }, 'ordinary'],
  ] as const)('%s is pressing or not (spec/12 Told to)', (_name, facts, pressing) => {
    expect(pressingOf(facts)).toBe(pressing);
  });
});

describe('trying again', () => {
  it('comes back later and later, at most an hour apart', () => {
    expect([1, 2, 3, 7, 8, 100].map(gapMsOf)).toEqual([30_000, 60_000, 120_000, 1_920_000, 3_600_000, 3_600_000]);
  });
  it('gives up after three days', () => {
    expect(isGivenUp('2026-11-20T04:00:00.000Z', noon)).toBe(false);
    expect(isGivenUp('2026-11-20T03:59:59.999Z', noon)).toBe(true);
  });
  it.each([
    [null, 'sent'],
    ['recipient_refused', 'never'],
    ['message_refused', 'never'],
    ['destination_gone', 'never'],
    ['busy', 'later'],
    ['bad_answer', 'later'],
    ['timed_out', 'down'],
    ['bad_certificate', 'down'],
    ['sign_in_refused', 'down'],
    ['host_not_allowed', 'down'],
    ['redirected', 'down'],
  ] as const)('%s counts as %s', (code, verdict) => {
    expect(verdictOf(code)).toBe(verdict);
  });
  it.each([
    [200, null],
    [204, null],
    [400, 'message_refused'],
    [401, 'sign_in_refused'],
    [404, 'bad_answer'],
    [410, 'message_refused'],
    [429, 'busy'],
    [503, 'busy'],
  ])('a webhook that answers %i', (status, code) => {
    expect(webhookFaultOf(status)).toBe(code);
  });
  it.each([
    [200, '{"errcode":0,"errmsg":"ok"}', null],
    [200, '{"errcode":45009}', 'busy'],
    [200, '{"errcode":93000}', 'sign_in_refused'],
    [200, '{"errcode":40058}', 'message_refused'],
    [200, '<html>', 'bad_answer'],
    [200, 'null', 'bad_answer'],
    [502, '', 'busy'],
    [204, '', 'bad_answer'],
  ])('a robot that answers %i %s', (status, answer, code) => {
    expect(robotFaultOf(status, answer)).toBe(code);
  });
  it('allows a host by its whole name only', () => {
    const allowed = ['qyapi.weixin.qq.com', '::1'];
    expect(isHostAllowed('QYAPI.weixin.qq.com.', allowed)).toBe(true);
    expect(isHostAllowed('[::1]', allowed)).toBe(true);
    for (const host of ['weixin.qq.com', 'x.qyapi.weixin.qq.com', 'qyapi.weixin.qq.com.evil.cn', ''])
      expect(isHostAllowed(host, allowed)).toBe(false);
  });
});

describe('what is said outside', () => {
  const one = {
    kind: 'overdue' as const,
    facts: { clock: 'on-site', dueAt: '2026-11-23T06:30:00.000Z' },
    code: 'BX-2026-000123',
    arisenAt: '2026-11-23T06:30:00.000Z',
    place: '澜悦华庭',
    link: 'https://gj.example.cn/c/LYHT/repairs/1',
  };
  it('is the number, the promise and its time, with the link', () => {
    expect(mailSubject(one)).toBe('【澜悦华庭】BX-2026-000123 到场已超时（11月23日 14:30 到时），请马上处理');
    expect(mailText(one)).toContain('打开：https://gj.example.cn/c/LYHT/repairs/1');
    expect(robotText(one)).toContain('11月23日 14:30');
    expect(mailText({ ...one, link: null })).not.toContain('打开');
  });
  it('has a sentence for every kind, and addresses nobody', () => {
    for (const kind of notificationKinds) {
      const said = messageInWords({ kind, facts: {}, code: null });
      expect(said.length, kind).toBeGreaterThan(1);
      expect(said, kind).not.toMatch(/您|undefined|null/);
    }
  });
});
