// A year's holidays 节假日 as loaded, checked and brought into the shape that calendars count by.
import type { FieldFault } from '../../kernel/refusal.ts';
import { plusDays } from '../../kernel/time.ts';
import type { HolidayDay, HolidayYear, HolidayYearBody } from './calendar.contract.ts';

const isWeekend = (day: string): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

/** What is wrong with the list, each with its place: a day of another year, one named twice, a moved day that is none. */
export function holidayFaults(body: HolidayYearBody): FieldFault[] {
  const seen = new Set<string>();
  return body.days.flatMap(({ date, isOffDay }, index): FieldFault[] => {
    const path = `days.${index}.date`;
    if (seen.has(date)) return [{ path, code: 'day_twice' }];
    seen.add(date);
    const year = Number(date.slice(0, 4));
    // New Year's holiday may begin in the last days of the year before.
    if (year !== body.year && !(year === body.year - 1 && date.slice(5) >= '12-25'))
      return [{ path, code: 'other_year' }];
    return !isOffDay && !isWeekend(date) ? [{ path, code: 'not_a_weekend' }] : [];
  });
}

/** Spans of days off that follow each other under one name, and the weekends worked instead. */
export function holidayYearOf(body: HolidayYearBody): HolidayYear {
  const inOrder = [...body.days].sort((a, b) => a.date.localeCompare(b.date));
  const off: HolidayYear['off'] = [];
  for (const { name, date } of inOrder.filter((day: HolidayDay) => day.isOffDay)) {
    const last = off.at(-1);
    if (last && last[0] === name && plusDays(last[2], 1) === date) last[2] = date;
    else off.push([name, date, date]);
  }
  return {
    year: body.year,
    announced: true,
    source: body.papers.join(' '),
    off,
    work: inOrder.filter((day) => !day.isOffDay).map((day) => day.date),
  };
}
