// How a demo's households pay: by the quarter, or half a year or a year ahead; some have stopped, so that arrears of every age
// are there. Everything follows from the seed.
import type { Day, Month } from '../../kernel/time.ts';
import type { Method } from '../ledger/ledger.contract.ts';
import type { Random } from './seeded-random.rules.ts';

export type Habit = {
  /** Every so many months; six and twelve pay ahead as well. */
  every: 1 | 3 | 6 | 12;
  /** The month of the first time. */
  first: number;
  method: Method;
  /** So many months before the end it paid for the last time; 0: it still pays. */
  stopped: number;
};

/** Older than any demo: nothing was ever paid. */
const never = 1_000;
const paysAheadFrom = 6;

export function habitOf(random: Random): Habit {
  const every = random.weighted<Habit['every']>([
    [1, 6],
    [3, 40],
    [6, 30],
    [12, 24],
  ]);
  return {
    every,
    first: random.between(0, Math.min(every, 3) - 1),
    method: random.weighted<Method>([
      ['online', 45],
      ['card', 25],
      ['transfer', 15],
      ['cash', 15],
    ]),
    stopped: random.weighted([
      [0, 86],
      [2, 4],
      [4, 3],
      [8, 3],
      [never, 4],
    ]),
  };
}

/** Whether it comes in the month at this place of so many. */
export const comesIn = (habit: Habit, place: number, months: number): boolean =>
  months - 1 - place >= habit.stopped && place >= habit.first && (place - habit.first) % habit.every === 0;

/** What is laid on the counter: what is owed, the months ahead, in cash a round sum; 0: nothing to pay. */
export function amountOf(habit: Habit, owedFen: number, monthFen: number): number {
  const aheadFen = habit.every >= paysAheadFrom ? (habit.every - 1) * monthFen : 0;
  const fen = owedFen + aheadFen;
  if (fen <= 0) return 0;
  return habit.method === 'cash' ? Math.ceil(fen / yuan) * yuan : fen;
}
const yuan = 100;

/** The days of a month on which the counter of the demo takes money, all before today. */
export const counterDays = (month: Month, today: Day): Day[] =>
  ['05', '12', '19', '26'].map((day) => `${month}-${day}` as Day).filter((day) => day < today);

/** A sum in notes and coins, the largest first. */
export function inFaces(fen: number, faces: readonly number[]): { faceFen: number; pieces: number }[] {
  let left = fen;
  return [...faces]
    .sort((a, b) => b - a)
    .map((faceFen) => {
      const pieces = Math.floor(left / faceFen);
      left -= pieces * faceFen;
      return { faceFen, pieces };
    });
}
