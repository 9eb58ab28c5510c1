// Letters: every state × move × hand from the table (spec/10), the writer's own approval, the next way, the same letter twice.
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../kernel/refusal.ts';
import { replyMoves, replyStates } from './letter.contract.ts';
import { allowedReplyMoves, decideReply, documentFaults, type ReplyAsk, sameLetterKey } from './letter.rules.ts';

const people = {
  desk: { id: 'desk', mayWrite: true, mayApprove: false },
  manager: { id: 'manager', mayWrite: true, mayApprove: true },
  auditor: { id: 'auditor', mayWrite: false, mayApprove: false },
};
const ask = (state: (typeof replyStates)[number], actor: ReplyAsk['actor']): ReplyAsk => ({
  reply: { state, version: 3, writerIds: ['desk'], way: 'letter-box' },
  actor,
});
const outcome = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (fault) {
    return fault instanceof Refusal ? fault.code : fault;
  }
};
/** spec/10: draft → approved (numbered) → out → delivered · failed (next way) · void. */
const ways: Record<string, string> = {
  'draft amend': 'draft',
  'draft approve': 'approved',
  'draft void': 'void',
  'approved send': 'out',
  'approved void': 'void',
  'out deliver': 'delivered',
  'out fail': 'failed',
  'failed send': 'out',
  'failed void': 'void',
};

describe('moving a reply on', () => {
  const cases = Object.keys(people).flatMap((who) =>
    replyStates.flatMap((state) => replyMoves.map((name) => [who as keyof typeof people, state, name] as const)),
  );
  it.each(cases)('%s, %s × %s', (who, state, name) => {
    const may = who === 'manager' || (who === 'desk' && name !== 'approve');
    const expected = may ? (ways[`${state} ${name}`] ?? 'letter.move_not_allowed') : 'forbidden';
    expect(outcome(() => decideReply(name, ask(state, people[who]), { version: 3, way: 'courier' }))).toBe(expected);
    const offered = allowedReplyMoves(ask(state, people[who])).some((move) => move.name === name && move.allowed);
    expect(offered).toBe(may && ways[`${state} ${name}`] !== undefined);
  });

  it('is never approved by somebody who wrote in it', () => {
    const own = {
      ...ask('draft', people.manager),
      reply: { ...ask('draft', people.manager).reply, writerIds: ['manager', 'desk'] },
    };
    expect(outcome(() => decideReply('approve', own, { version: 3 }))).toBe('letter.own_request');
    expect(allowedReplyMoves(own)).toContainEqual({ name: 'approve', allowed: false, reason: 'letter.own_request' });
  });

  it('goes another way after one failed, and asks the version before the state', () => {
    const send = (way: 'letter-box' | 'courier', version = 3) =>
      outcome(() => decideReply('send', ask('failed', people.desk), { version, way }));
    expect([send('letter-box'), send('courier'), send('courier', 2)]).toEqual([
      'letter.same_way',
      'out',
      'stale_version',
    ]);
  });
});

describe('a letter', () => {
  it('is the same with other spaces, widths and marks, another with another day', () => {
    const one = sameLetterKey({ sender: '陈 先生', datedOn: '2026-11-20', subject: '电梯困人，要求答复' });
    expect(sameLetterKey({ sender: '陈先生', datedOn: '2026-11-20', subject: '电梯困人, 要求答复。' })).toBe(one);
    expect(sameLetterKey({ sender: '陈先生', datedOn: '2026-11-21', subject: '电梯困人，要求答复' })).not.toBe(one);
    expect(sameLetterKey({ sender: '陈先生', datedOn: '2026-11-20', subject: '电梯困人' })).not.toBe(one);
  });

  it('is not received tomorrow, and not dated after it came', () => {
    const faults = (datedOn: string, receivedOn: string) =>
      documentFaults({ datedOn, receivedOn }, '2026-11-23').map((one) => `${one.path} ${one.code}`);
    expect(faults('2026-11-23', '2026-11-23')).toEqual([]);
    expect(faults('2026-11-20', '2026-11-24')).toEqual(['receivedOn in_the_future']);
    expect(faults('2026-11-22', '2026-11-21')).toEqual(['datedOn dated_after_received']);
  });
});
