// Letters: the states of a reply (spec/10, the others) as one table, who may move it, and when two letters are the same one.
import { allowsFrom, type Moves } from '../../kernel/moves.ts';
import { type FieldFault, Refusal } from '../../kernel/refusal.ts';
import type { Day } from '../../kernel/time.ts';
import { checkOrder } from '../cases/case-move.rules.ts';
import { type ReplyMove, type ReplyState, type ReplyWay, replyMoves } from './letter.contract.ts';

export const replyMoveTable: Moves<ReplyMove, ReplyState, 'desk' | 'approver'> = {
  amend: { from: ['draft'], to: null, by: ['desk'] },
  // The number is taken here and nowhere else (CP8).
  approve: { from: ['draft'], to: 'approved', by: ['approver'] },
  // A way that failed is followed by the next.
  send: { from: ['approved', 'failed'], to: 'out', by: ['desk'] },
  deliver: { from: ['out'], to: 'delivered', by: ['desk'] },
  fail: { from: ['out'], to: 'failed', by: ['desk'] },
  // Voided the number stays used: the book has no gap.
  void: { from: ['draft', 'approved', 'failed'], to: 'void', by: ['desk'] },
};

export type ReplyAsk = {
  reply: {
    state: ReplyState;
    version: number /** Everybody who put words into it. */;
    writerIds: readonly string[];
    way: ReplyWay | null;
  };
  actor: { id: string; mayWrite: boolean; mayApprove: boolean };
};

const mayMove = (name: ReplyMove, { actor }: ReplyAsk): boolean =>
  replyMoveTable[name].by.some((hat) => (hat === 'desk' ? actor.mayWrite : actor.mayApprove));

function blocker(name: ReplyMove, { reply, actor }: ReplyAsk, way?: ReplyWay): Refusal | null {
  if (!allowsFrom(replyMoveTable[name], reply.state))
    return new Refusal('letter.move_not_allowed', { state: reply.state, move: name });
  // Nobody approves what they wrote.
  if (name === 'approve' && reply.writerIds.includes(actor.id)) return new Refusal('letter.own_request');
  if (name === 'send' && reply.state === 'failed' && way !== undefined && way === reply.way)
    return new Refusal('letter.same_way');
  return null;
}

export function decideReply(
  name: ReplyMove,
  ask: ReplyAsk,
  input: { version: number | undefined; way?: ReplyWay },
): ReplyState {
  checkOrder({
    mayMove: mayMove(name, ask),
    isOutsider: false,
    permission: name === 'approve' ? 'letter.approve' : 'letter.write',
    version: input.version,
    current: ask.reply.version,
  });
  const refusal = blocker(name, ask, input.way);
  if (refusal) throw refusal;
  const { to } = replyMoveTable[name];
  return to === null || to === 'by-facts' ? ask.reply.state : to;
}

export const allowedReplyMoves = (ask: ReplyAsk): { name: ReplyMove; allowed: boolean; reason?: string }[] =>
  replyMoves
    .filter((name) => mayMove(name, ask) && allowsFrom(replyMoveTable[name], ask.reply.state))
    .map((name) => {
      const refusal = blocker(name, ask);
      return refusal ? { name, allowed: false, reason: refusal.code } : { name, allowed: true };
    });

const plainText = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}]+/gu, '');

/** Same sender, date of letter and subject: the same letter, however it was spaced. */
export const sameLetterKey = (one: { sender: string; datedOn: Day; subject: string }): string =>
  [plainText(one.sender), one.datedOn, plainText(one.subject)].join('|');

export function documentFaults(one: { datedOn: Day; receivedOn: Day }, today: Day): FieldFault[] {
  const faults: FieldFault[] = [];
  if (one.receivedOn > today) faults.push({ path: 'receivedOn', code: 'in_the_future' });
  if (one.datedOn > one.receivedOn) faults.push({ path: 'datedOn', code: 'dated_after_received' });
  return faults;
}
