// The day whose close 日结 a taking falls into (MN8): decided when the entry is posted and kept with it.
import { type Day, dayOf, type Instant, plusDays, wallTimeOf } from '../../kernel/time.ts';

/** From the standard (09): until when takings belong to the day's close; null: any sum the same calendar day. */
export type CutoffRule = { cutoff: string | null };

/** After the cut-off it is the next day's, while the receipt keeps its own date. */
export function closeDayOf(at: Instant, { cutoff }: CutoffRule): Day {
  const day = dayOf(at);
  return cutoff !== null && wallTimeOf(at) > `${cutoff}:00` ? plusDays(day, 1) : day;
}
