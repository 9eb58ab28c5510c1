// The moves of a household visit 上门拜访 (FU7): from where, to where, by whom.
import type { Moves } from '../../kernel/moves.ts';
import type { VisitMove, VisitState } from './visit.contract.ts';

/** visitor: it is theirs. arranger: leads and arranges for others. reviewer: leads and was not the visitor. */
export const visitHats = ['visitor', 'arranger', 'reviewer'] as const;
export type VisitHat = (typeof visitHats)[number];

export const moves: Moves<VisitMove, VisitState, VisitHat> = {
  reschedule: { from: ['appointed'], to: null, by: ['visitor', 'arranger'] },
  // Only who stood at the door can say what was said there.
  record: { from: ['appointed'], to: 'recorded', by: ['visitor'] },
  miss: { from: ['appointed'], to: 'missed', by: ['visitor'] },
  cancel: { from: ['appointed'], to: 'cancelled', by: ['visitor', 'arranger'] },
  review: { from: ['recorded'], to: 'reviewed', by: ['reviewer'] },
  return: { from: ['recorded'], to: 'appointed', by: ['reviewer'] },
};
