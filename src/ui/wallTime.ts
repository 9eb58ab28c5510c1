// Times of a form: what stands in a `datetime-local` field is Shanghai wall time, whatever the computer's own zone.
import { dayOf, type Instant, wallTimeOf } from '../kernel/time.ts';

export const wallField = (at: Instant | null): string =>
  at === null ? '' : `${dayOf(at)}T${wallTimeOf(at).slice(0, 5)}`;

/** undefined where nothing was entered. */
export const instantOfField = (text: string): Instant | undefined =>
  text === '' ? undefined : new Date(`${text.slice(0, 16)}:00+08:00`).toISOString();

/** `11-23 14:03`, with the year when it isn't this one. */
export function briefMoment(at: Instant, now: Instant): string {
  const day = dayOf(at);
  return `${day.slice(0, 4) === dayOf(now).slice(0, 4) ? day.slice(5) : day} ${wallTimeOf(at).slice(0, 5)}`;
}
