// Every limit of both presets as people reckon it by hand: right before a long holiday, in it, into the lunch break of a
// moved workday, and out of a lunch break. A clock rule with a limit that nobody has reckoned fails here.
import { describe, expect, it, test } from 'vitest';
import luxuryPreset from '../../../standards/luxury.json' with { type: 'json' };
import standardPreset from '../../../standards/standard.json' with { type: 'json' };
import { plusMinutes } from '../../kernel/time.ts';
import { announcedYears, wall } from '../clocks/calendar.fixture.ts';
import { makeCalendar } from '../clocks/calendar.rules.ts';
import type { ClockEvent, Limit } from '../clocks/clock.contract.ts';
import { foldClock } from '../clocks/clock.rules.ts';
import { standardDocumentSchema } from './standard.contract.ts';

/** Wednesday before National Day (off 1–7 October) · within it · Saturday worked instead · a Monday's lunch break. */
const starts = ['2026-09-30 17:50', '2026-10-03 11:00', '2026-10-10 11:50', '2026-11-23 12:30'] as const;

/** What each limit comes to for those starts; round-the-clock ones add up without a calendar. */
const reckoned: Record<string, readonly [string, string, string, string] | 'round the clock' | 'no date yet'> = {
  'R minutes': 'round the clock',
  'R hours': 'round the clock',
  at: 'no date yet',
  'O 5 minutes': ['2026-09-30 17:55', '2026-10-08 08:05', '2026-10-10 11:55', '2026-11-23 14:05'],
  'O 10 minutes': ['2026-09-30 18:00', '2026-10-08 08:10', '2026-10-10 12:00', '2026-11-23 14:10'],
  'O 30 minutes': ['2026-10-08 08:20', '2026-10-08 08:30', '2026-10-10 14:20', '2026-11-23 14:30'],
  '1 working days': ['2026-10-08 18:00', '2026-10-08 18:00', '2026-10-12 18:00', '2026-11-24 18:00'],
  '2 working days': ['2026-10-09 18:00', '2026-10-09 18:00', '2026-10-13 18:00', '2026-11-25 18:00'],
  '3 working days': ['2026-10-10 18:00', '2026-10-10 18:00', '2026-10-14 18:00', '2026-11-26 18:00'],
  '5 working days': ['2026-10-13 18:00', '2026-10-13 18:00', '2026-10-16 18:00', '2026-11-30 18:00'],
  '15 working days': ['2026-10-27 18:00', '2026-10-27 18:00', '2026-10-30 18:00', '2026-12-14 18:00'],
  '5 calendar days': ['2026-10-06 00:00', '2026-10-09 00:00', '2026-10-16 00:00', '2026-11-29 00:00'],
  '7 calendar days': ['2026-10-08 00:00', '2026-10-11 00:00', '2026-10-18 00:00', '2026-12-01 00:00'],
  'same day': ['2026-09-30 21:00', '2026-10-03 21:00', '2026-10-10 21:00', '2026-11-23 21:00'],
  'weekday 1 18:00': ['2026-10-08 18:00', '2026-10-08 18:00', '2026-10-12 18:00', '2026-11-30 18:00'],
};

function nameOf(limit: Limit): string {
  if ('minutes' in limit) return limit.calendar === 'R' ? 'R minutes' : `O ${limit.minutes} minutes`;
  if ('hours' in limit) return limit.calendar === 'R' ? 'R hours' : `O ${limit.hours * 60} minutes`;
  if ('workingDays' in limit) return `${limit.workingDays} working days`;
  if ('calendarDays' in limit) return `${limit.calendarDays} calendar days`;
  if ('sameDay' in limit) return 'same day';
  if ('weekday' in limit) return `weekday ${limit.weekday} ${limit.time}`;
  return 'at';
}
const minutesOf = (limit: Limit): number =>
  'minutes' in limit ? limit.minutes : 'hours' in limit ? limit.hours * 60 : Number.NaN;

describe.each([
  ['luxury', standardDocumentSchema.parse(luxuryPreset)],
  ['standard', standardDocumentSchema.parse(standardPreset)],
])('every promise of the %s preset', (_preset, { clocks, hours }) => {
  const { desk: deskHours, sameDay } = hours;
  const calendar = makeCalendar({ years: announcedYears, exceptions: [], deskHours, sameDay });
  const limits = clocks.flatMap((rule) => {
    const name = [rule.kind, rule.variant].filter((part) => part !== '').join('/');
    return [
      ...(rule.limit ? [{ name, limit: rule.limit, rule }] : []),
      ...(rule.wished ? [{ name: `${name}, as wished`, limit: rule.wished, rule }] : []),
    ];
  });

  it('has been reckoned by hand', () => {
    expect(limits.filter(({ limit }) => !(nameOf(limit) in reckoned)).map(({ name }) => name)).toEqual([]);
    expect(limits.length).toBeGreaterThan(20);
  });

  test.each(limits)('$name', ({ limit, rule }) => {
    const expected = reckoned[nameOf(limit)];
    starts.forEach((start, index) => {
      const at = wall(start);
      const begin: ClockEvent = {
        type: 'start',
        at,
        recordedAt: at,
        seq: 0,
        limit,
        policyVersion: 'v',
        chargedTo: 'centre',
        ladder: rule.ladder,
      };
      const due =
        expected === 'no date yet'
          ? null
          : expected === 'round the clock'
            ? plusMinutes(at, minutesOf(limit))
            : wall(expected?.[index] ?? '');
      expect(foldClock([begin], calendar).dueAt, `from ${start}`).toBe(due);
    });
  });
});
