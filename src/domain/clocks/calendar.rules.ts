// Working calendar 日历: which days are worked and which minutes are open. Round the clock (R) every
// minute is open; office hours (O) are the desk's intervals on working days. A span of years costs as
// much as one of minutes: years are counted once and kept, nothing walks through minutes.
import { atWallTime, type Day, dayMs, dayOf, type Instant, instantOf, msOf, plusDays } from '../../kernel/time.ts';
import type { CalendarException, HolidayYear } from './calendar.contract.ts';
import type { CalendarCode } from './clock.contract.ts';

export type SameDayRule = { endsAt: string; lateAfter: string; nextDayAt: string };
export type CalendarInput = {
  years: readonly HolidayYear[];
  exceptions?: readonly CalendarException[];
  /** Opening intervals of the desk on a working day, wall time `HH:MM`, in order, not touching. */
  deskHours: readonly (readonly [string, string])[];
  sameDay: SameDayRule;
};
export type OpenInterval = { from: Instant; to: Instant };
export type DayKind = { working: boolean; name: string | null; provisional: boolean };

export type Calendar = {
  /** Digest of all that the calendar counts by: equal content, equal version. */
  version: string;
  sameDay: SameDayRule;
  isWorkingDay: (day: Day) => boolean;
  /** What the day is, with the name of the holiday, moved workday or exception that made it so. */
  dayKind: (day: Day) => DayKind;
  /** True while the year of this day or instant has no announced table (spec/12 Unannounced year). */
  provisional: (when: Day | Instant) => boolean;
  /** Opening intervals in office hours; none on a day off. */
  openIntervals: (day: Day) => OpenInterval[];
  /** The n-th working day after `day` (n ≥ 1); 0: the day itself, or the next working one. */
  workingDayAfter: (day: Day, n: number) => Day;
  /** Working days after `from` up to and including `to`. */
  workingDaysBetween: (from: Day, to: Day) => number;
  /** Closing time of a working day; of a day off its wall time all the same. */
  closingOf: (day: Day) => Instant;
  /** The instant itself where it is open, else the next opening. At closing time the desk is closed. */
  nextOpen: (from: Instant, calendar: CalendarCode) => Instant;
  /** The first instant with `ms` of open time behind it since `from`; ending exactly at closing is closing. */
  addOpen: (from: Instant, ms: number, calendar: CalendarCode) => Instant;
  /** Open milliseconds between two instants; 0 when `to` is not after `from`. */
  openMsBetween: (from: Instant, to: Instant, calendar: CalendarCode) => number;
};

/**
 * Off by date alone under the State Council's rule on festivals (2 May since the amendment in force on 1 January 2025).
 * Spring Festival, Qingming, Dragon Boat and Mid-Autumn follow moon and sun: they wait for the announcement, and
 * until then a due time that falls on them is shown as provisional.
 */
const fixedStatutory = (year: number): string[] =>
  year >= 2025 ? ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'] : ['01-01', '05-01', '10-01', '10-02', '10-03'];
/** Working days are ranked from this year's first on, backwards too; any year would do. */
const zeroYear = 2023;

const numberOf = (day: Day): number => Date.parse(`${day}T00:00:00Z`) / dayMs;
const dayAt = (number: number): Day => instantOf(number * dayMs).slice(0, 10);
const yearOf = (day: Day): number => Number(day.slice(0, 4));
/** 1 January 1970 was a Thursday. */
const isWeekend = (number: number): boolean => (number + 3) % 7 >= 5;

function wallMs(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

/** FNV-1a over the text twice with different seeds: 16 hex digits, enough to tell calendars apart. */
export function digestOf(text: string): string {
  const fold = (seed: number): string => {
    let hash = seed;
    for (let index = 0; index < text.length; index++) {
      hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
    }
    return hash.toString(16).padStart(8, '0');
  };
  return fold(0x811c9dc5) + fold(0x9747b28c);
}

type YearTable = { working: number[]; rank: Map<number, number>; before: number };

export function makeCalendar(input: CalendarInput): Calendar {
  const announced = new Set(input.years.map((year) => year.year));
  const special = new Map<number, { working: boolean; name: string }>();
  for (const year of input.years) {
    for (const [name, from, to] of year.off) {
      for (let day = numberOf(from); day <= numberOf(to); day++) special.set(day, { working: false, name });
    }
    for (const day of year.work) special.set(numberOf(day), { working: true, name: '' });
  }
  for (const { day, kind, name } of input.exceptions ?? []) {
    special.set(numberOf(day), { working: kind === 'work', name });
  }

  const hours = input.deskHours.map(([from, to]) => ({ from: wallMs(from), to: wallMs(to) }));
  const openMsPerDay = hours.reduce((sum, { from, to }) => sum + to - from, 0);
  const firstOpening = hours[0];
  const lastClosing = hours.at(-1);
  if (firstOpening === undefined || lastClosing === undefined || openMsPerDay <= 0) {
    throw new Error('a calendar needs opening hours');
  }
  const opensAt = firstOpening.from;
  const closesAt = lastClosing.to;

  const isWorking = (number: number): boolean => {
    const known = special.get(number);
    if (known !== undefined) return known.working;
    if (isWeekend(number)) return false;
    const day = dayAt(number);
    return announced.has(yearOf(day)) || !fixedStatutory(yearOf(day)).includes(day.slice(5));
  };

  const tables = new Map<number, YearTable>();
  /** A year's working days, and how many lie between the zero year's first day and this year's. Counted once. */
  function tableOf(year: number): YearTable {
    const known = tables.get(year);
    if (known !== undefined) return known;
    if (year === zeroYear) return countYear(year, () => 0);
    if (year < zeroYear) return countYear(year, (count) => tableOf(year + 1).before - count);
    const last = tableOf(year - 1);
    return countYear(year, () => last.before + last.working.length);
  }
  function countYear(year: number, beforeOf: (count: number) => number): YearTable {
    const first = numberOf(`${year}-01-01`);
    const end = numberOf(`${year + 1}-01-01`);
    const working: number[] = [];
    const rank = new Map<number, number>();
    for (let number = first; number < end; number++) {
      rank.set(number, working.length);
      if (isWorking(number)) working.push(number);
    }
    const table = { working, rank, before: beforeOf(working.length) };
    tables.set(year, table);
    return table;
  }
  /** Rank of a day among the working days: how many lie before it. */
  const workingBefore = (number: number): number => {
    const table = tableOf(yearOf(dayAt(number)));
    return table.before + (table.rank.get(number) ?? 0);
  };
  /** The working day with `index` working days before it; `near` is a day not after it. */
  function workingDayAt(index: number, near: number): number {
    for (let year = yearOf(dayAt(near)); ; year++) {
      const table = tableOf(year);
      const found = table.working[index - table.before];
      if (found !== undefined) return found;
    }
  }

  const offsetOf = (instant: Instant): { number: number; ms: number } => {
    const number = numberOf(dayOf(instant));
    return { number, ms: msOf(instant) - msOf(atWallTime(dayAt(number), '00:00')) };
  };
  const at = (number: number, ms: number): Instant => instantOf(msOf(atWallTime(dayAt(number), '00:00')) + ms);
  const openWithin = (ms: number): number =>
    hours.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(ms, to) - from), 0);
  /** Open milliseconds since the zero year: a span is the difference of two of these. */
  function openSince(instant: Instant): number {
    const { number, ms } = offsetOf(instant);
    return workingBefore(number) * openMsPerDay + (isWorking(number) ? openWithin(ms) : 0);
  }
  /** Wall offset at which `open` ms (0 < open ≤ a day's) have passed since midnight. */
  function wallAfterOpen(open: number): number {
    let left = open;
    for (const { from, to } of hours) {
      if (left <= to - from) return from + left;
      left -= to - from;
    }
    return closesAt;
  }

  function nextOpen(from: Instant, calendar: CalendarCode): Instant {
    if (calendar === 'R') return from;
    const { number, ms } = offsetOf(from);
    if (isWorking(number)) {
      const interval = hours.find(({ to }) => ms < to);
      if (interval !== undefined) return at(number, Math.max(ms, interval.from));
    }
    return at(workingDayAt(workingBefore(number + 1), number + 1), opensAt);
  }

  function addOpen(from: Instant, ms: number, calendar: CalendarCode): Instant {
    if (calendar === 'R') return instantOf(msOf(from) + ms);
    if (ms <= 0) return nextOpen(from, calendar);
    const target = openSince(from) + ms;
    // Ending exactly at closing is closing, not next morning: the day on which the last millisecond passes.
    const index = Math.floor((target - 1) / openMsPerDay);
    return at(workingDayAt(index, numberOf(dayOf(from))), wallAfterOpen(target - index * openMsPerDay));
  }

  const provisional = (when: Day | Instant): boolean => !announced.has(yearOf(when.length === 10 ? when : dayOf(when)));

  return {
    version: digestOf(JSON.stringify([input.years, input.exceptions ?? [], input.deskHours, input.sameDay])),
    sameDay: input.sameDay,
    isWorkingDay: (day) => isWorking(numberOf(day)),
    dayKind: (day) => ({
      working: isWorking(numberOf(day)),
      name: special.get(numberOf(day))?.name || null,
      provisional: provisional(day),
    }),
    provisional,
    openIntervals: (day) =>
      isWorking(numberOf(day))
        ? hours.map(({ from, to }) => ({ from: at(numberOf(day), from), to: at(numberOf(day), to) }))
        : [],
    workingDayAfter: (day, n) =>
      n <= 0
        ? dayAt(workingDayAt(workingBefore(numberOf(day)), numberOf(day)))
        : dayAt(workingDayAt(workingBefore(numberOf(plusDays(day, 1))) + n - 1, numberOf(day))),
    workingDaysBetween: (from, to) => workingBefore(numberOf(to) + 1) - workingBefore(numberOf(from) + 1),
    closingOf: (day) => at(numberOf(day), closesAt),
    nextOpen,
    addOpen,
    openMsBetween: (from, to, calendar) => {
      if (to <= from) return 0;
      return calendar === 'R' ? msOf(to) - msOf(from) : openSince(to) - openSince(from);
    },
  };
}
