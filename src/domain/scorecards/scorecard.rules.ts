// Scorecard 维保单位考核: a firm's month in figures, each the count of a list of orders, so that every figure opens to
// exactly the cases it counts.

import { addCharged, type Charged, nothingCharged, sumCharged } from '../clocks/charge.rules.ts';
import type { ClockKind, ClockState } from '../clocks/clock.contract.ts';
import { satisfiedFrom } from '../follow-ups/follow-up-month.rules.ts';

export type Kept = 'kept' | 'late' | null;

export type OrderFact = {
  contractorId: string;
  told: Kept;
  arrived: Kept;
  finished: Kept;
  isFinished: boolean;
  /** Sent back for rework after this firm had finished it. */
  reworks: number;
  /** Minutes of the promise to finish, by whose time they were. */
  minutes: Charged;
  satisfied: boolean | null;
  followUpSatisfaction: number | null;
};

/** What opens to a list: the whole of a figure, and the part that went wrong. */
export const figures = [
  'orders',
  'told',
  'told-late',
  'arrived',
  'arrived-late',
  'finished',
  'finished-late',
  'done',
  'rework',
  'charged',
  'asked',
  'not-satisfied',
  'followed-up',
  'followed-up-low',
] as const;
export type Figure = (typeof figures)[number];

const counts: Record<Figure, (order: OrderFact) => boolean> = {
  orders: () => true,
  told: (order) => order.told !== null,
  'told-late': (order) => order.told === 'late',
  arrived: (order) => order.arrived !== null,
  'arrived-late': (order) => order.arrived === 'late',
  finished: (order) => order.finished !== null,
  'finished-late': (order) => order.finished === 'late',
  done: (order) => order.isFinished,
  rework: (order) => order.reworks > 0,
  charged: (order) => order.minutes.contractor > 0,
  asked: (order) => order.satisfied !== null,
  'not-satisfied': (order) => order.satisfied === false,
  'followed-up': (order) => order.followUpSatisfaction !== null,
  'followed-up-low': (order) => order.followUpSatisfaction !== null && order.followUpSatisfaction < satisfiedFrom,
};

export const isCounted = (figure: Figure, order: OrderFact): boolean => counts[figure](order);

export type Card = Record<Figure, number> & { minutes: Charged; totalMinutes: number };

export function cardOf(orders: readonly OrderFact[]): Card {
  const counted = Object.fromEntries(
    figures.map((figure) => [figure, orders.filter((order) => isCounted(figure, order)).length]),
  ) as Record<Figure, number>;
  const minutes = orders.reduce((sum, order) => addCharged(sum, order.minutes), nothingCharged);
  return { ...counted, minutes, totalMinutes: sumCharged(minutes) };
}

export type ClockSeen = { kind: ClockKind; state: ClockState; overdueFrom: string | null };

/**
 * Whether a promise was kept, over all clocks of its kind (an order done anew promises anew): late once is late, and one
 * still running past its time is late already; one that has not ended yet decides nothing.
 */
export function keptOf(clocks: readonly ClockSeen[], kind: ClockKind, now: string): Kept {
  const own = clocks.filter((clock) => clock.kind === kind);
  const isLate = (clock: ClockSeen) =>
    clock.state === 'missed' ||
    ((clock.state === 'running' || clock.state === 'paused') && clock.overdueFrom !== null && clock.overdueFrom < now);
  if (own.some(isLate)) return 'late';
  return own.some((clock) => clock.state === 'met') ? 'kept' : null;
}
