// When money paid ahead may go back 退预存款 (MN7): what is free of it, who may pay it out, and that the drawer has it.
import { fenFault } from '../../kernel/money.ts';
import { allowsFrom, type Moves } from '../../kernel/moves.ts';
import { BadInput, Refusal } from '../../kernel/refusal.ts';
import { refundEntry, type Standing } from '../ledger/entry.rules.ts';
import type { Entry, Method } from '../ledger/ledger.contract.ts';
import type { PrepaidRefundMove, PrepaidRefundState } from './prepaid-refund.contract.ts';

export const prepaidRefundMoveTable: Moves<PrepaidRefundMove, PrepaidRefundState, 'finance' | 'approval'> = {
  approve: { from: ['asked'], to: 'approved', by: ['approval'] },
  refuse: { from: ['asked'], to: 'refused', by: ['approval'] },
  drop: { from: ['approved'], to: 'dropped', by: ['finance'] },
  pay: { from: ['approved'], to: 'paid', by: ['finance'] },
};

/** What may go back: `balanceFen` is what is open less what is paid ahead, so only what no open charge waits for. */
export const freeFen = (balanceFen: number): number => Math.max(0, -balanceFen);

/** What is wrong with asking for so much; null: it may be asked. */
export function decideAsking(amountFen: number, balanceFen: number): void {
  const fault = fenFault(amountFen);
  if (fault !== null) throw new BadInput([{ path: 'amountFen', code: fault }]);
  refuseMore(amountFen, balanceFen);
}

function refuseMore(amountFen: number, balanceFen: number): void {
  const free = freeFen(balanceFen);
  if (amountFen > free) throw new Refusal('prepaid-refund.more_than_free', { freeFen: free, askedFen: amountFen });
}

type Facts = { state: PrepaidRefundState; approvedById: string | null };

/** Why this person may not move it so; null: they may. */
export function refundBlocker(name: 'pay' | 'drop', facts: Facts, actorId: string): Refusal | null {
  if (!allowsFrom(prepaidRefundMoveTable[name], facts.state))
    return new Refusal('prepaid-refund.move_not_allowed', { state: facts.state, move: name });
  if (name === 'pay' && facts.approvedById === actorId) return new Refusal('prepaid-refund.own_approval');
  return null;
}

export type PayingFacts = Facts & {
  unitId: string;
  amountFen: number;
  /** Locked: asked again, because what was free may have been used since. */
  balanceFen: number;
  /** Cash in the drawer of whoever pays it out. */
  drawerCashFen: number;
  isDayClosed: boolean;
};

/** The entry of the paying out, from the drawer of whoever does it. */
export function decidePaying(
  facts: PayingFacts,
  { method, cashierId }: { method: Method; cashierId: string },
  standing: Standing,
): Entry {
  const refusal = refundBlocker('pay', facts, cashierId);
  if (refusal) throw refusal;
  if (facts.isDayClosed) throw new Refusal('payment.day_closed');
  refuseMore(facts.amountFen, facts.balanceFen);
  if (method === 'cash' && facts.amountFen > facts.drawerCashFen)
    throw new Refusal('prepaid-refund.drawer_short', { cashFen: Math.max(0, facts.drawerCashFen) });
  return refundEntry(facts.unitId, facts.amountFen, { method, cashierId }, standing);
}
