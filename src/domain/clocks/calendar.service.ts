// Working calendars 日历 as this process knows them: made once by content, kept in the database before the first clock
// names one, so that an ended clock keeps the verdict of the calendar of its day.
import { readFileSync } from 'node:fs';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import {
  type CalendarException,
  type HolidayYear,
  holidaysFileSchema,
  holidayYearSchema,
  type OwnDay,
} from './calendar.contract.ts';
import { type Calendar, type CalendarInput, makeCalendar } from './calendar.rules.ts';
import { findCalendarContent, keepCalendar, listCalendarExceptions, listLoadedYears } from './calendar.store.ts';

const byVersion = new Map<string, Calendar>();
const byContent = new Map<string, Calendar>();
const contents = new Map<string, CalendarInput>();
let holidays: CalendarInput['years'] | undefined;

/** Reads the holiday tables that ship with the product. */
export function loadHolidays(file: string): void {
  holidays = holidaysFileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).years;
  byContent.clear();
}

export type KnownYear = HolidayYear & { loadedAt: Instant | null };

/** The years there is a table of: those that ship, and those the organization loaded, which win. */
export async function knownYears(tx: Tx, communityId: string): Promise<KnownYear[]> {
  if (!holidays) throw new Error('the holiday tables were not loaded');
  const years = new Map(holidays.map((year): [number, KnownYear] => [year.year, { ...year, loadedAt: null }]));
  for (const { year, content, loadedAt } of await listLoadedYears(tx, communityId))
    years.set(year, { ...holidayYearSchema.parse(content), loadedAt });
  return [...years.values()].sort((a, b) => a.year - b.year);
}

/** The community's own days, by date. */
export const findOwnDays = async (tx: Tx, communityId: string): Promise<OwnDay[]> =>
  (await listCalendarExceptions(tx, communityId)).map(({ id, onDay, works, reason }) => ({
    id,
    day: onDay,
    kind: works ? 'work' : 'off',
    name: reason,
  }));

/** The calendar of these hours with a community's own exceptions. */
export async function communityCalendar(
  tx: Tx,
  communityId: string,
  hours: Pick<CalendarInput, 'deskHours' | 'sameDay'>,
): Promise<Calendar> {
  const exceptions = (await findOwnDays(tx, communityId)).map(({ id: _id, ...day }): CalendarException => day);
  const years = (await knownYears(tx, communityId)).map(({ loadedAt: _loadedAt, ...year }) => year);
  const key = JSON.stringify([years, exceptions, hours]);
  const known = byContent.get(key);
  if (known) return known;
  const content: CalendarInput = { years, exceptions, ...hours };
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

/** Every calendar that these clocks' events name: a fold passes through each of them in turn. */
export const calendarsNamed = (events: ReadonlyMap<string, readonly object[]>): string[] =>
  [...events.values()]
    .flat()
    .flatMap((event) =>
      'calendarVersion' in event && typeof event.calendarVersion === 'string' ? [event.calendarVersion] : [],
    );

/** Calendars that older clocks name and this process has not met. */
export async function loadCalendars(tx: Tx, versions: readonly string[]): Promise<void> {
  for (const version of new Set(versions)) {
    if (byVersion.has(version)) continue;
    const content = await findCalendarContent(tx, version);
    if (content) byVersion.set(version, makeCalendar(content as CalendarInput));
  }
}
