// An order as it stands once the waiting acts have gone through: what the page shows without a signal. The server decides.
import { allowsFrom } from '../../../../kernel/moves.ts';
import type { QueuedAct } from '../../../../ui/offlineStore.ts';
import type { RepairAnswer, RepairMove, RepairState } from '../../repair.contract.ts';
import { moves } from '../../repair.moves.ts';

/** What a technician may do, as far as the state table goes. */
const technicianMoves = (Object.keys(moves) as RepairMove[]).filter((name) => moves[name].by.includes('tech'));

export function withWaiting(repair: RepairAnswer, acts: readonly QueuedAct[]): RepairAnswer {
  const waiting = acts.filter((act) => act.caseId === repair.id && act.refusal === undefined && act.action in moves);
  if (waiting.length === 0) return repair;
  let { state, result } = repair;
  let pausedFrom = (repair.timeline.findLast((entry) => entry.action === 'pause')?.fromState ??
    'accepted') as RepairState;
  for (const act of waiting) {
    const name = act.action as RepairMove;
    if (name === 'pause') pausedFrom = state;
    if (typeof act.body.result === 'string') result = act.body.result;
    const { to } = moves[name];
    state = name === 'resume' ? pausedFrom : to === null || to === 'by-facts' ? state : to;
  }
  return {
    ...repair,
    state,
    result,
    moves: technicianMoves.filter((name) => allowsFrom(moves[name], state)).map((name) => ({ name, allowed: true })),
  };
}
