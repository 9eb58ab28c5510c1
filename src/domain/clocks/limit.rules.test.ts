import { describe, expect, test } from 'vitest';
import { testCalendar, wall } from './calendar.fixture.ts';
import type { Limit } from './clock.contract.ts';
import { dueAt } from './limit.rules.ts';

const calendar = testCalendar([{ day: '2026-11-25', kind: 'off', name: '司庆' }]);
const R = (minutes: number): Limit => ({ minutes, calendar: 'R' });
const O = (minutes: number): Limit => ({ minutes, calendar: 'O' });
const monday: Limit = { weekday: 1, time: '18:00' };

describe('a limit is due', () => {
  const rows: [string, Limit, string, string | null][] = [
    ['round the clock, to the second', R(15), '2026-11-22 13:48:41', '2026-11-22 14:03:41'],
    ['round the clock over midnight', { hours: 24, calendar: 'R' }, '2026-11-22 23:00', '2026-11-23 23:00'],
    ['within the morning', O(30), '2026-11-23 09:00', '2026-11-23 09:30'],
    ['over the lunch break', O(30), '2026-11-23 11:45', '2026-11-23 14:15'],
    ['exactly at lunch: closing, not reopening', O(30), '2026-11-23 11:30', '2026-11-23 12:00'],
    ['exactly at closing, not next morning', O(30), '2026-11-23 17:30', '2026-11-23 18:00'],
    ['over night', { hours: 2, calendar: 'O' }, '2026-11-23 16:30', '2026-11-24 08:30'],
    ['started at closing: next opening', O(10), '2026-11-23 18:00', '2026-11-24 08:10'],
    ['started at lunch', O(10), '2026-11-23 12:30', '2026-11-23 14:10'],
    ['started before opening', O(10), '2026-11-23 06:00', '2026-11-23 08:10'],
    ['over a weekend', O(30), '2026-11-20 17:45', '2026-11-23 08:15'],
    ['over the organization’s own day off', O(30), '2026-11-24 17:45', '2026-11-26 08:15'],
    ['over Spring Festival into a working day', O(30), '2026-02-14 17:45', '2026-02-24 08:15'],
    ['on a moved workday, a Saturday', O(30), '2026-02-28 09:00', '2026-02-28 09:30'],
    ['two hundred office hours', { hours: 200, calendar: 'O' }, '2026-01-05 08:00', '2026-02-06 18:00'],
    ['one working day after a Friday', { workingDays: 1 }, '2026-11-20 17:00', '2026-11-23 18:00'],
    ['two working days counted past a moved Saturday', { workingDays: 2 }, '2026-02-26 09:00', '2026-02-28 18:00'],
    ['one working day from a Saturday', { workingDays: 1 }, '2026-11-21 09:00', '2026-11-23 18:00'],
    ['one working day over National Day', { workingDays: 1 }, '2026-09-30 19:00', '2026-10-08 18:00'],
    ['two working days over the own day off', { workingDays: 2 }, '2026-11-23 09:00', '2026-11-26 18:00'],
    ['five calendar days to 24:00', { calendarDays: 5 }, '2026-11-22 13:00', '2026-11-28 00:00'],
    ['same day', { sameDay: true }, '2026-11-22 13:00', '2026-11-22 21:00'],
    ['same day at 20:00 sharp', { sameDay: true }, '2026-11-22 20:00', '2026-11-22 21:00'],
    ['same day after 20:00', { sameDay: true }, '2026-11-22 20:00:01', '2026-11-23 10:00'],
    ['next Monday from a Sunday', monday, '2026-11-22 09:00', '2026-11-23 18:00'],
    ['next Monday from a Monday', monday, '2026-11-23 09:00', '2026-11-30 18:00'],
    ['next Monday in Spring Festival', monday, '2026-02-14 09:00', '2026-02-24 18:00'],
    ['an instant', { at: wall('2026-11-24 10:00') }, '2026-11-22 09:00', '2026-11-24 10:00'],
    ['a date that is not set yet', { at: null }, '2026-11-22 09:00', null],
    ['an unannounced year: 1 January off', { workingDays: 1 }, '2026-12-31 09:00', '2027-01-04 18:00'],
    ['an unannounced year: 1 and 2 May off', { workingDays: 1 }, '2028-04-28 09:00', '2028-05-03 18:00'],
    ['before 2025 the 2nd of May is worked', { workingDays: 1 }, '2019-04-30 09:00', '2019-05-02 18:00'],
  ];
  test.each(rows)('%s', (_name, limit, start, due) => {
    expect(dueAt(limit, wall(start), calendar)).toBe(due === null ? null : wall(due));
  });
});

describe('the working calendar', () => {
  test.each([
    ['2023-01-28', true],
    ['2023-10-06', false],
    ['2024-09-14', true],
    ['2024-04-07', true],
    ['2025-05-05', false],
    ['2025-10-08', false],
    ['2025-10-11', true],
    ['2026-01-02', false],
    ['2026-01-04', true],
    ['2026-11-25', false],
    ['2027-02-08', true],
    ['2027-10-01', false],
  ])('%s is worked: %s', (day, worked) => {
    expect(calendar.isWorkingDay(day)).toBe(worked);
  });
  test('counts the working days of the announced years as published', () => {
    const days = [2023, 2024, 2025, 2026].map((y) => testCalendar().workingDaysBetween(`${y - 1}-12-31`, `${y}-12-31`));
    expect(days).toEqual([249, 251, 248, 248]);
  });
  test('marks a day of an unannounced year as provisional, and none of an announced one', () => {
    expect([calendar.provisional('2026-12-31'), calendar.provisional('2027-01-01')]).toEqual([false, true]);
    expect(calendar.provisional(wall('2027-01-01 00:00'))).toBe(true);
  });
  test('has another version when an exception is added', () => {
    expect(calendar.version).not.toBe(testCalendar().version);
    expect(testCalendar().version).toBe(testCalendar().version);
  });
  test('counts open time over years at once, and backwards not at all', () => {
    expect(calendar.openMsBetween(wall('2023-01-01 00:00'), wall('2024-01-01 00:00'), 'O')).toBe(249 * 8 * 3_600_000);
    expect(calendar.openMsBetween(wall('2024-01-01 00:00'), wall('2023-01-01 00:00'), 'O')).toBe(0);
    expect(calendar.openIntervals('2026-11-23')).toEqual([
      { from: wall('2026-11-23 08:00'), to: wall('2026-11-23 12:00') },
      { from: wall('2026-11-23 14:00'), to: wall('2026-11-23 18:00') },
    ]);
  });
});
