// Collection at the door 上门收费 (MN5a): by appointment, and the cash carried from there is a promise of the same day.
import { fenFault } from '../../kernel/money.ts';
import { allowsFrom, type Moves } from '../../kernel/moves.ts';
import { BadInput, Refusal } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/time.ts';
import type { CollectionMove, CollectionState, HandIn } from './doorstep.contract.ts';

export const collectionMoveTable: Moves<CollectionMove, CollectionState, 'staff' | 'payment'> = {
  reschedule: { from: ['appointed'], to: null, by: ['staff'] },
  collect: { from: ['appointed'], to: 'collected', by: ['payment'] },
  miss: { from: ['appointed'], to: 'missed', by: ['staff'] },
  cancel: { from: ['appointed'], to: 'cancelled', by: ['staff'] },
};

export function decideCollectionMove(name: CollectionMove, state: CollectionState): void {
  if (!allowsFrom(collectionMoveTable[name], state))
    throw new Refusal('doorstep.move_not_allowed', { state, move: name });
}

/** An appointment lies ahead; one that is under way may still be written down a little late. */
export function appointmentFault(at: Instant, now: Instant): string | null {
  return at < now ? 'in_the_past' : null;
}

export const isLateCollection = (one: { state: CollectionState; at: Instant }, now: Instant): boolean =>
  one.state === 'appointed' && one.at < now;

/** The promise is missed from the moment after its due time, and stays so when the cash comes later. */
export const isLateCash = (cash: { dueAt: Instant; handedInAt: Instant | null }, now: Instant): boolean =>
  (cash.handedInAt ?? now) > cash.dueAt;

export type CashFacts = { collectorId: string; cashFen: number; handedInAt: Instant | null };

/** Why this person may not receive it; null: they may. */
export function handInBlocker(cash: CashFacts, receiverId: string): Refusal | null {
  if (cash.handedInAt !== null) return new Refusal('doorstep.handed_in_already');
  return cash.collectorId === receiverId ? new Refusal('doorstep.own_cash') : null;
}

/** Counted by another than the collector; what differs is named. */
export function decideHandIn(cash: CashFacts, receiverId: string, { countedFen, reason }: HandIn): void {
  const refusal = handInBlocker(cash, receiverId);
  if (refusal) throw refusal;
  const fault = fenFault(countedFen);
  if (fault !== null && fault !== 'amount_zero') throw new BadInput([{ path: 'countedFen', code: fault }]);
  if (countedFen !== cash.cashFen && reason === '')
    throw new BadInput([{ path: 'reason', code: 'cash_differs', facts: { cashFen: cash.cashFen } }]);
}
