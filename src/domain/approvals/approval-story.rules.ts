// The story of an approval 审批 told again from its events: what the row must say then, and what nobody may have done in it
// (spec/10: steps in order, never the asker, never twice the same person).
import type { Instant } from '../../kernel/time.ts';
import type { Role } from '../access/role.contract.ts';
import type { ApprovalAction, ApprovalState } from './approval.contract.ts';
import { standingYeses } from './approval.rules.ts';

export type StoryEvent = {
  action: ApprovalAction;
  step: number;
  at: Instant;
  byId: string | null;
  facts: { role?: Role; dutyRole?: Role; toStep?: number };
};
export type ToldRow = {
  state: ApprovalState;
  step: number;
  dutyRole: Role;
  stepOpenedAt: Instant;
  decidedAt: Instant | null;
  askedBy: string;
  askedAt: Instant;
  barredIds: readonly string[];
};
export type StoryFault = {
  what: 'decided_by_asker' | 'decided_twice' | 'step_out_of_order' | 'column_differs';
  /** The column that the events do not give; empty for what somebody did. */
  column: string;
};

const told = ['state', 'step', 'dutyRole', 'stepOpenedAt', 'decidedAt', 'askedBy', 'askedAt'] as const;
const did = (what: StoryFault['what']): StoryFault => ({ what, column: '' });

export function faultsInStory(row: ToldRow, events: readonly StoryEvent[], chain: readonly Role[]): StoryFault[] {
  const faults: StoryFault[] = [];
  const anew: Partial<ToldRow> = { decidedAt: null };
  const end = (state: ApprovalState, at: Instant) => Object.assign(anew, { state, decidedAt: at });
  for (const [index, event] of events.entries()) {
    const { action, at, byId, step, facts } = event;
    const before = standingYeses(events.slice(0, index).map(withStep));
    const isDecision = action === 'approve' || action === 'reject' || action === 'return';
    if (isDecision && (byId === anew.askedBy || row.barredIds.includes(byId ?? '')))
      faults.push(did('decided_by_asker'));
    if (action === 'approve' && before.some((yes) => yes.byId === byId)) faults.push(did('decided_twice'));
    if (isDecision && (anew.state !== 'pending' || step !== anew.step)) faults.push(did('step_out_of_order'));
    if (action === 'ask') Object.assign(anew, { state: 'pending', askedBy: byId, askedAt: at });
    if (action === 'open-step') {
      // The first one, the next after a yes, or the one it was returned to.
      const last = events[index - 1];
      const next = last?.action === 'approve' ? last.step + 1 : last?.action === 'return' ? last.facts.toStep : 1;
      if (step !== next) faults.push(did('step_out_of_order'));
      Object.assign(anew, { step, dutyRole: facts.dutyRole, stepOpenedAt: at });
    }
    // The last step's yes is the whole's.
    if (action === 'approve' && step === chain.length) end('approved', at);
    if (action === 'return' && (facts.toStep ?? 0) === 0) end('returned', at);
    if (action === 'reject') end('rejected', at);
    if (action === 'withdraw') end('withdrawn', at);
    if (action === 'lapse') end('lapsed', at);
  }
  for (const column of told) if (anew[column] !== row[column]) faults.push({ what: 'column_differs', column });
  return faults;
}

const withStep = ({ action, step, byId, facts }: StoryEvent) => ({ action, step, byId, toStep: facts.toStep ?? null });
