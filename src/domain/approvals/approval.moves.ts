// The states of an approval 审批 (spec/10, the others) as one table: server, buttons and the complete test read it.
import type { Moves } from '../../kernel/moves.ts';
import type { ApprovalMove, ApprovalState } from './approval.contract.ts';

export const approvalMoveTable: Moves<ApprovalMove, ApprovalState, 'decider' | 'asker' | 'system'> = {
  // The last step's yes is the whole's; before that the next step opens.
  approve: { from: ['pending'], to: 'by-facts', by: ['decider'] },
  reject: { from: ['pending'], to: 'rejected', by: ['decider'] },
  // To the asker, which ends it, or to an earlier step, which opens that one anew.
  return: { from: ['pending'], to: 'by-facts', by: ['decider'] },
  withdraw: { from: ['pending'], to: 'withdrawn', by: ['asker'] },
  lapse: { from: ['pending'], to: 'lapsed', by: ['system'] },
};
