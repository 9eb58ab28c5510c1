// What of the month's analysis lies open, as it stands in the address; and months counted on and back.
import { textCodec } from '../../../ui/addressState.ts';
import type { Rate } from '../follow-up-analysis.contract.ts';

export const monthCodecs = {
  month: textCodec(),
  /** A rate whose cases are shown: `repair.on-time`; `step.4` for a step of satisfaction. */
  show: textCodec(),
};

export const isMonth = (text: string): boolean => /^\d{4}-(0[1-9]|1[0-2])$/.test(text);

export function plusMonths(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const months = year * 12 + number - 1 + by;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
}

export const rateKey = (rate: Pick<Rate, 'what' | 'name'>): string => `${rate.what}.${rate.name}`;

/** Those counted, and those that are not: the second is what somebody may still mend. */
export function casesOfRate(rate: Rate): { counted: Rate['counted']; others: Rate['of'] } {
  const counted = new Set(rate.counted.map((one) => one.id));
  return { counted: rate.counted, others: rate.of.filter((one) => !counted.has(one.id)) };
}

/** Kinds of which there is something to say this month. */
export function subjectsWithRates(rates: readonly Rate[]): Rate['what'][] {
  return [...new Set(rates.filter((rate) => rate.denominator > 0 || rate.target !== null).map((rate) => rate.what))];
}
