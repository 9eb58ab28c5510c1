// The announced calendar with the desk's usual hours, for the tests of this slice.
import { readFileSync } from 'node:fs';
import { type CalendarException, holidaysFileSchema } from './calendar.contract.ts';
import { makeCalendar } from './calendar.rules.ts';

const file = new URL('../../../standards/holidays.json', import.meta.url);
export const announcedYears = holidaysFileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).years;

export const testCalendar = (exceptions: CalendarException[] = []) =>
  makeCalendar({
    years: announcedYears,
    exceptions,
    deskHours: [
      ['08:00', '12:00'],
      ['14:00', '18:00'],
    ],
    sameDay: { endsAt: '21:00', lateAfter: '20:00', nextDayAt: '10:00' },
  });

/** `2026-11-23 14:00` or with seconds, Shanghai → instant. */
export const wall = (text: string): string =>
  new Date(`${text.replace(' ', 'T')}${text.length === 16 ? ':00' : ''}+08:00`).toISOString();
