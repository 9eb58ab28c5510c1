// The moves of an emergency 突发事件 (MG8): from where, to where, by whom. It drives the server's check, the buttons and the
// complete test of state × move × hat.
import type { Moves } from '../../kernel/moves.ts';
import type { EmergencyMove, EmergencyState } from './emergency.contract.ts';

/**
 * taker: who recorded it · desk: front desk and the post on night duty · head: of a department · sent: somebody sent
 * there · charge: who leads on the spot · sup: supervisor, manager, general manager · decider: whose it is to take over
 * at this level, and those above · judge: who looks back on it at this level, and those above.
 */
export const emergencyHats = ['taker', 'desk', 'head', 'sent', 'charge', 'sup', 'decider', 'judge', 'system'] as const;
export type EmergencyHat = (typeof emergencyHats)[number];

const onTheSpot = ['taker', 'desk', 'head', 'sent', 'charge', 'sup'] as const;

export const moves: Moves<EmergencyMove, EmergencyState, EmergencyHat> = {
  amend: { from: ['reported', 'handling', 'resolved'], to: null, by: ['taker', 'desk', 'charge', 'sup'] },
  'take-over': { from: ['reported', 'handling'], to: 'handling', by: ['decider'] },
  deploy: { from: ['reported', 'handling'], to: 'handling', by: ['taker', 'desk', 'head', 'charge', 'sup'] },
  measure: { from: ['reported', 'handling'], to: 'handling', by: onTheSpot },
  raise: { from: ['reported', 'handling', 'resolved'], to: null, by: onTheSpot },
  lower: { from: ['reported', 'handling', 'resolved'], to: null, by: ['decider'] },
  resolve: { from: ['handling'], to: 'resolved', by: ['head', 'charge', 'sup'] },
  review: { from: ['resolved'], to: null, by: ['judge'] },
  reopen: { from: ['resolved', 'closed'], to: 'handling', by: ['sup'] },
  dismiss: { from: ['reported', 'handling'], to: 'closed', by: ['sup'] },
  close: { from: ['resolved'], to: 'closed', by: ['system'] },
};
