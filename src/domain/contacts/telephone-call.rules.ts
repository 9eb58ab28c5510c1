// How often the telephone rang (FD2), and what an event of the telephone system does to a call.
import { type Instant, msBetween } from '../../kernel/time.ts';
import type { CallEventBody } from './telephone-call.contract.ts';

export type CallFacts = { rangAt: Instant; answeredAt: Instant | null; endedAt: Instant | null };

/** The first ring counts as one; each begun cycle is another. */
export const ringsBetween = (rangAt: Instant, until: Instant, ringSeconds: number): number =>
  Math.max(1, Math.floor(msBetween(rangAt, until) / (ringSeconds * 1000)) + 1);

/** Events come late, twice, or out of order: the first answer and the first end stand, nothing lies before the ring. */
export function afterEvent(call: CallFacts | null, event: CallEventBody['event'], at: Instant): CallFacts {
  const known = call ?? { rangAt: at, answeredAt: null, endedAt: null };
  const rangAt = event === 'ring' && at < known.rangAt ? at : known.rangAt;
  const notBefore = (instant: Instant): Instant => (instant < rangAt ? rangAt : instant);
  return {
    rangAt,
    answeredAt: known.answeredAt ?? (event === 'answer' ? notBefore(at) : null),
    endedAt: known.endedAt ?? (event === 'hang-up' ? notBefore(at) : null),
  };
}

/** Null while it rings. A caller who gave up heard that many rings and nobody. */
export function ringsOf(call: CallFacts, ringSeconds: number): number | null {
  const until = call.answeredAt ?? call.endedAt;
  return until === null ? null : ringsBetween(call.rangAt, until, ringSeconds);
}

/** Q: after the second ring, L: within the third. Too early startles, too late lets wait; a missed call is never in time. */
export function isInTime(call: CallFacts, rings: number | null, asked: { min: number; max: number }): boolean | null {
  if (rings === null) return null;
  return call.answeredAt !== null && rings >= asked.min && rings <= asked.max;
}
