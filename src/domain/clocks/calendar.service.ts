// Working calendars 日历 as this process knows them: made once by content, kept in the database before the first clock
// names one, so that an ended clock keeps the verdict of the calendar of its day.
import { readFileSync } from 'node:fs';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type CalendarException, holidaysFileSchema } from './calendar.contract.ts';
import { type Calendar, type CalendarInput, makeCalendar } from './calendar.rules.ts';
import { findCalendarContent, keepCalendar, listCalendarExceptions } from './calendar.store.ts';

const byVersion = new Map<string, Calendar>();
const byContent = new Map<string, Calendar>();
const contents = new Map<string, CalendarInput>();
let holidays: CalendarInput['years'] | undefined;

/** Reads the holiday tables that ship with the product. */
export function loadHolidays(file: string): void {
  holidays = holidaysFileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).years;
  byContent.clear();
}

/** The calendar of these hours with a community's own exceptions. */
export async function communityCalendar(
  tx: Tx,
  communityId: string,
  hours: Pick<CalendarInput, 'deskHours' | 'sameDay'>,
): Promise<Calendar> {
  if (!holidays) throw new Error('the holiday tables were not loaded');
  const exceptions: CalendarException[] = (await listCalendarExceptions(tx, communityId)).map((row) => ({
    day: row.onDay,
    kind: row.works ? 'work' : 'off',
    name: row.reason,
  }));
  const key = JSON.stringify([exceptions, hours]);
  const known = byContent.get(key);
  if (known) return known;
  const content: CalendarInput = { years: holidays, exceptions, ...hours };
  const made = makeCalendar(content);
  byContent.set(key, made);
  byVersion.set(made.version, made);
  contents.set(made.version, content);
  return made;
}

/** A calendar by the version that a clock names; null until `loadCalendars` has met it. */
export const knownCalendar = (version: string): Calendar | null => byVersion.get(version) ?? null;

/** Keeps what a calendar counts by; in the caller's transaction, so that a rollback asks again. */
export async function rememberCalendar(tx: Tx, calendar: Calendar, at: Instant): Promise<void> {
  const content = contents.get(calendar.version);
  if (content && !(await findCalendarContent(tx, calendar.version)))
    await keepCalendar(tx, calendar.version, content, at);
}

/** Calendars that older clocks name and this process has not met. */
export async function loadCalendars(tx: Tx, versions: readonly string[]): Promise<void> {
  for (const version of new Set(versions)) {
    if (byVersion.has(version)) continue;
    const content = await findCalendarContent(tx, version);
    if (content) byVersion.set(version, makeCalendar(content as CalendarInput));
  }
}
