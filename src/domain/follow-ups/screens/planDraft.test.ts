// A plan while it is made: who gets what, and what is sent.
import { describe, expect, it } from 'vitest';
import type { PlanProposal } from '../follow-up-plan.contract.ts';
import { isOwnWork, itemsOf, loadsOf, planOf } from './planDraft.ts';

const item = (id: string, caller: string | null, why: PlanProposal['items'][number]['why'], handler = 'tech') => ({
  id,
  code: `HF-${id}`,
  caseId: `case-${id}`,
  caseCode: `BX-${id}`,
  unit: null,
  place: null,
  dueAt: null,
  handlers: [{ id: handler, name: handler }],
  caller: caller === null ? null : { id: caller, name: caller },
  why,
});
const proposal: PlanProposal = {
  items: [item('1', 'lin', 'spread'), item('2', 'wei', 'named', 'lin'), item('3', null, 'nobody')],
  callers: [
    { id: 'lin', name: 'lin', role: 'front_desk', away: false, named: 0, proposed: 1 },
    { id: 'wei', name: 'wei', role: 'front_desk', away: false, named: 4, proposed: 0 },
  ],
};

describe('the plan', () => {
  it('takes the proposal as it is: what has none and what keeps its name is not sent', () => {
    expect(planOf(proposal.items, {})).toEqual([{ id: '1', callerId: 'lin' }]);
    expect(planOf(proposal.items, { 2: 'lin' })).toEqual([
      { id: '1', callerId: 'lin' },
      { id: '2', callerId: 'lin' },
    ]);
  });
  it('takes a name back only where there was one', () => {
    expect(planOf(proposal.items, { 1: '', 2: '' })).toEqual([{ id: '2', callerId: null }]);
  });
  it('keeps to the chosen rows', () => {
    expect(itemsOf(proposal, ['3', 'gone']).map((one) => one.id)).toEqual(['3']);
    expect(itemsOf(proposal, [])).toHaveLength(3);
  });
  it('knows who did the work', () => {
    expect(isOwnWork(proposal.items[1] as never, 'lin')).toBe(true);
    expect(isOwnWork(proposal.items[0] as never, 'lin')).toBe(false);
  });
  it('counts what each would have: a line that moves leaves one and comes to another', () => {
    const loads = (changes: Record<string, string>) =>
      loadsOf(proposal.callers, proposal.items, changes).map((one) => [one.caller.id, one.named, one.added]);
    expect(loads({})).toEqual([
      ['wei', 4, 0],
      ['lin', 0, 1],
    ]);
    expect(loads({ 2: 'lin', 3: 'lin' })).toEqual([
      ['lin', 0, 3],
      ['wei', 3, 0],
    ]);
  });
});
