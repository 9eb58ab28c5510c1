// The moves of an improvement 改进措施: who answers for it reports it done, somebody above looks whether it is.
import type { Moves } from '../../kernel/moves.ts';
import type { ImprovementMove, ImprovementState } from './improvement.contract.ts';

/** owner: it is theirs to do. leader: leads the centre and did not do it themselves. */
export const improvementHats = ['owner', 'leader'] as const;
export type ImprovementHat = (typeof improvementHats)[number];

export const moves: Moves<ImprovementMove, ImprovementState, ImprovementHat> = {
  complete: { from: ['open'], to: 'done', by: ['owner', 'leader'] },
  confirm: { from: ['done'], to: 'confirmed', by: ['leader'] },
  return: { from: ['done'], to: 'open', by: ['leader'] },
  drop: { from: ['open', 'done'], to: 'dropped', by: ['leader'] },
};
