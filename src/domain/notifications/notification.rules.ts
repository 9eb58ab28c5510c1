// When a message may be told again, when a failed one is tried again, and which wait for the morning (spec/12 Told to).
import { atWallTime, dayOf, type Instant, minuteMs, plusDays, plusMs, wallTimeOf } from '../../kernel/time.ts';

/** Nobody hears of one thing twice within this time; minute repeats (major, critical) come just under a minute apart. */
export const quietMsOf = (repeats: boolean): number => (repeats ? 55_000 : 5 * minuteMs);

/**
 * The name under which a message stands in the outbox: whom, what about, when. Two messages about one thing to one
 * person differ only in the time at the end, which has one width, so that a range of names is a range of times.
 */
export const dedupeName = (recipientId: string, kind: string, thing: string, at: Instant): string =>
  `${recipientId}:${kind}:${thing}@${at}`;

/** 5 s, 10 s, 20 s … at most 10 min apart; given up after these many tries, about an hour. */
export const mostAttempts = 12;
export function retryAt(now: Instant, attempts: number): Instant {
  return plusMs(now, Math.min(10 * minuteMs, 5_000 * 2 ** (attempts - 1)));
}

/** How pressing a message is: ordinary ones and days-ladders wait for the morning on channels that leave the house. */
export type Pressing = 'ordinary' | 'urgent';

/**
 * Serious ones, emergencies and what is critical never wait; ladders of days and ordinary cases do (spec/12 Told to). A
 * message about no case is as pressing as its sound.
 */
export function pressingOf(facts: { isLoud: boolean; level?: string | null; isOfDays?: boolean }): Pressing {
  const { isLoud, level = null, isOfDays = false } = facts;
  if (level !== null && level !== 'ordinary') return 'urgent';
  if (level === 'ordinary' || isOfDays) return 'ordinary';
  return isLoud ? 'urgent' : 'ordinary';
}

/** When a message may leave the house by mail, WeCom or webhook; the bell in the app never waits. */
export function leavesAt(now: Instant, pressing: Pressing, quiet: { from: string; to: string }): Instant {
  if (pressing === 'urgent') return now;
  const time = wallTimeOf(now).slice(0, 5);
  const today = dayOf(now);
  const isOverMidnight = quiet.from > quiet.to;
  if (isOverMidnight && time >= quiet.from) return atWallTime(plusDays(today, 1), quiet.to);
  const isQuiet = isOverMidnight ? time < quiet.to : time >= quiet.from && time < quiet.to;
  return isQuiet ? atWallTime(today, quiet.to) : now;
}
