// When and which day. An Instant is an ISO 8601 string in UTC with milliseconds
// (2026-11-22T06:03:41.000Z): the same on the wire, in a rule and as a database parameter, and two
// of them compare with `<`. A Day (2026-11-22) and a Month (2026-11) are calendar words, Shanghai.

export type Instant = string;
export type Day = string;
export type Month = string;

/** Shanghai has had no summer time since 1991; the product keeps no record that old. */
export const shanghaiOffsetMs = 8 * 3_600_000;
export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

export const instantOf = (ms: number): Instant => new Date(ms).toISOString();
export const msOf = (instant: Instant): number => Date.parse(instant);
export const plusMs = (instant: Instant, ms: number): Instant => instantOf(msOf(instant) + ms);
export const plusMinutes = (instant: Instant, minutes: number): Instant => plusMs(instant, minutes * minuteMs);
export const msBetween = (from: Instant, to: Instant): number => msOf(to) - msOf(from);
export const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);
export const earlier = (a: Instant, b: Instant): Instant => (a < b ? a : b);

/** Any ISO 8601 instant with an offset → our form; null when it is none. */
export function parseInstant(text: string): Instant | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : instantOf(ms);
}

/** The Shanghai calendar day on which an instant falls. */
export const dayOf = (instant: Instant): Day => instantOf(msOf(instant) + shanghaiOffsetMs).slice(0, 10);
export const monthOf = (instant: Instant): Month => dayOf(instant).slice(0, 7);
/** Shanghai wall time `HH:MM:SS` of an instant. */
export const wallTimeOf = (instant: Instant): string => instantOf(msOf(instant) + shanghaiOffsetMs).slice(11, 19);

/** 24:00 of the day before = 00:00 Shanghai of this day. */
export const startOfDay = (day: Day): Instant => instantOf(Date.parse(`${day}T00:00:00Z`) - shanghaiOffsetMs);
/** A wall time `HH:MM` or `HH:MM:SS` on a Shanghai day. `24:00` is the end of the day. */
export function atWallTime(day: Day, time: string): Instant {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return plusMs(startOfDay(day), ((hours * 60 + minutes) * 60 + seconds) * 1000);
}

export const plusDays = (day: Day, days: number): Day =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
/** 1 Monday … 7 Sunday. */
export const weekdayOf = (day: Day): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
export const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && plusDays(text, 0) === text;
export const daysBetween = (from: Day, to: Day): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
