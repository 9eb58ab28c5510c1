// When money paid ahead may go back (MN7): each line one case.
import { describe, expect, it } from 'vitest';
import { allowsFrom } from '../../kernel/moves.ts';
import { BadInput, Refusal } from '../../kernel/refusal.ts';
import type { Standing } from '../ledger/entry.rules.ts';
import { prepaidRefundMoves, prepaidRefundStates } from './prepaid-refund.contract.ts';
import {
  decideAsking,
  decidePaying,
  freeFen,
  type PayingFacts,
  prepaidRefundMoveTable,
} from './prepaid-refund.rules.ts';

const said = (act: () => unknown): string => {
  try {
    act();
    return 'yes';
  } catch (caught) {
    if (caught instanceof Refusal) return `${caught.code} ${JSON.stringify(caught.facts)}`;
    if (caught instanceof BadInput) return caught.faults.map(({ path, code }) => `${path} ${code}`).join();
    throw caught;
  }
};

describe('MN7: money paid ahead that goes back', () => {
  it.each([
    [-10_000, 10_000],
    [0, 0],
    [3_000, 0],
  ])('at a balance of %i fen %i are free', (balanceFen, free) => expect(freeFen(balanceFen)).toBe(free));

  it.each([
    ['all of it', 10_000, -10_000, 'yes'],
    ['a fen more than is free', 10_001, -10_000, 'prepaid-refund.more_than_free {"freeFen":10000,"askedFen":10001}'],
    ['while charges wait for it', 1, 500, 'prepaid-refund.more_than_free {"freeFen":0,"askedFen":1}'],
    ['nothing', 0, -10_000, 'amountFen amount_zero'],
    ['less than nothing', -1, -10_000, 'amountFen amount_negative'],
    ['parts of a fen', 100.5, -10_000, 'amountFen amount_parts_of_fen'],
    ['a million million', 1_000_000_000_000, -10_000, 'amountFen amount_too_large'],
  ])('asking for %s', (_name, amountFen, balanceFen, answer) =>
    expect(said(() => decideAsking(amountFen, balanceFen))).toBe(answer),
  );

  it('knows for each state and move whether it may be', () => {
    const table = prepaidRefundStates.map((state) =>
      prepaidRefundMoves.filter((move) => allowsFrom(prepaidRefundMoveTable[move], state)).join(' '),
    );
    expect(Object.fromEntries(prepaidRefundStates.map((state, at) => [state, table[at]]))).toEqual({
      asked: 'approve refuse',
      approved: 'drop pay',
      refused: '',
      dropped: '',
      paid: '',
    });
  });

  const facts: PayingFacts = {
    ...{ state: 'approved', approvedById: 'manager', unitId: 'unit', amountFen: 10_000, balanceFen: -10_000 },
    ...{ drawerCashFen: 10_000, isDayClosed: false },
  };
  const standing: Standing = { openFen: () => 0, prepaidFen: () => 10_000, heldFen: () => 0 };
  it.each<[string, Partial<PayingFacts>, 'cash' | 'transfer', string]>([
    ['is done once approved', {}, 'cash', 'yes'],
    [
      'waits for the approval',
      { state: 'asked' },
      'cash',
      'prepaid-refund.move_not_allowed {"state":"asked","move":"pay"}',
    ],
    ['is done once', { state: 'paid' }, 'cash', 'prepaid-refund.move_not_allowed {"state":"paid","move":"pay"}'],
    ['is never by whoever approved it', { approvedById: 'finance' }, 'cash', 'prepaid-refund.own_approval {}'],
    ['never comes into a closed day', { isDayClosed: true }, 'cash', 'payment.day_closed {}'],
    [
      'asks again what is free',
      { balanceFen: -9_999 },
      'cash',
      'prepaid-refund.more_than_free {"freeFen":9999,"askedFen":10000}',
    ],
    [
      'gives no cash that is not in the drawer',
      { drawerCashFen: 9_999 },
      'cash',
      'prepaid-refund.drawer_short {"cashFen":9999}',
    ],
    ['goes by transfer with an empty drawer', { drawerCashFen: 0 }, 'transfer', 'yes'],
  ])('the paying out %s', (_name, over, method, answer) =>
    expect(said(() => decidePaying({ ...facts, ...over }, { method, cashierId: 'finance' }, standing))).toBe(answer),
  );

  it('is the entry that takes from what was paid ahead and from the drawer', () => {
    const { lines } = decidePaying(facts, { method: 'cash', cashierId: 'finance' }, standing);
    expect(lines.map(({ account, amountFen, unitId, cashierId }) => [account, amountFen, unitId, cashierId])).toEqual([
      ['prepaid', 10_000, 'unit', null],
      ['cash', -10_000, null, 'finance'],
    ]);
  });
});
