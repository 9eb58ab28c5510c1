// What a benchmark gets and what it answers. A row is one figure with its floor of the same run and its budget
// (design: ratios, never bare times, because machines differ).
import type { Ground } from './ground.ts';

export type Row = {
  what: string;
  /** The figure that is judged, with its unit in the name: `throughput ratio`, `p50 over floor, ms`. */
  measure: string;
  value: number;
  /** The budget as a person reads it: `≥ 0.5`; absent: only told. */
  budget?: string;
  isMet?: boolean;
  /** The plain figures behind the value. */
  detail: Record<string, number | string>;
};

export type Context = {
  ground: Ground;
  /** Sizes that are asked for only on demand: a million rows. */
  large: boolean;
  /** Other options of the command line. */
  options: ReadonlyMap<string, string>;
  report(row: Row): void;
  say(line: string): void;
};

export type Bench = { run(context: Context): Promise<void> };

export const atMost = (value: number, most: number, unit = '') => ({
  value,
  budget: `≤ ${most}${unit}`,
  isMet: value <= most,
});
export const atLeast = (value: number, least: number, unit = '') => ({
  value,
  budget: `≥ ${least}${unit}`,
  isMet: value >= least,
});
