// Complaints 投诉 moved on: the supervisor says what was done, then closes it (spec/10, its plain part).
import { allowsBy, allowsFrom, type Moves } from '../../kernel/moves.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Role } from '../access/role.contract.ts';
import type { MoveAnswer } from '../cases/case.contract.ts';
import { checkOrder } from '../cases/case-move.rules.ts';
import { type ComplaintMove, type ComplaintState, complaintMoves } from './complaint.contract.ts';

/** The manager may what the supervisor may. */
export const complaintMoveTable: Moves<ComplaintMove, ComplaintState, Role> = {
  resolve: { from: ['recorded'], to: 'resolved', by: ['cs_supervisor', 'manager', 'general_manager'] },
  close: { from: ['resolved'], to: 'closed', by: ['cs_supervisor', 'manager', 'general_manager'] },
};

export type ComplaintAsk = {
  state: ComplaintState;
  version: number;
  actor: { roles: readonly Role[]; isOutsider: boolean };
};

const refusalOf = (name: ComplaintMove, ask: ComplaintAsk): Refusal | null =>
  allowsFrom(complaintMoveTable[name], ask.state)
    ? null
    : new Refusal('complaint.move_not_allowed', { state: ask.state, move: name });

export function decideComplaintMove(
  name: ComplaintMove,
  ask: ComplaintAsk,
  version: number | undefined,
): ComplaintState {
  checkOrder({
    mayMove: allowsBy(complaintMoveTable[name], ask.actor.roles),
    isOutsider: ask.actor.isOutsider,
    permission: `complaint.${name}`,
    version,
    current: ask.version,
  });
  const refusal = refusalOf(name, ask);
  if (refusal) throw refusal;
  return complaintMoveTable[name].to as ComplaintState;
}

export const allowedComplaintMoves = (ask: ComplaintAsk): MoveAnswer[] =>
  complaintMoves
    .filter((name) => allowsBy(complaintMoveTable[name], ask.actor.roles))
    .map((name): MoveAnswer => {
      const refusal = refusalOf(name, ask);
      return refusal ? { name, allowed: false, reason: refusal.code } : { name, allowed: true };
    })
    .sort((a, b) => Number(b.allowed) - Number(a.allowed));
