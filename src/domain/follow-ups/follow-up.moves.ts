// The moves of a follow-up 回访 (spec/10): from where, to where, by whom. It drives the server's check, the buttons and the
// complete test of state × move × hat.
import type { Moves } from '../../kernel/moves.ts';
import type { FollowUpMove, FollowUpState } from './follow-up.contract.ts';

/** caller: a post that calls and no hand in the work. reviewer: high enough for this record, and not who made the call. */
export const followUpHats = ['caller', 'reviewer', 'system'] as const;
export type FollowUpHat = (typeof followUpHats)[number];

export const moves: Moves<FollowUpMove, FollowUpState, FollowUpHat> = {
  make: { from: [], to: 'by-facts', by: ['system'] },
  'make-unfinished': { from: [], to: 'visit-due', by: ['system'] },
  attempt: { from: ['due', 'visit-due'], to: null, by: ['caller'] },
  'to-door': { from: ['due'], to: 'visit-due', by: ['system'] },
  record: { from: ['due', 'visit-due'], to: 'recorded', by: ['caller'] },
  review: { from: ['recorded'], to: 'reviewed', by: ['reviewer'] },
  return: { from: ['recorded'], to: 'due', by: ['reviewer'] },
  void: { from: ['due', 'visit-due'], to: 'void', by: ['system'] },
};
