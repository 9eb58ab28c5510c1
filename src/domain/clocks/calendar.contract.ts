// Working calendar 日历: the announced holidays 节假日 with their moved workdays 调休, and what an organization adds.
import { z } from 'zod';

const daySchema = z.iso.date();

/** One year as the State Council announced it: off from–to (name, first, last), and the weekends worked instead. */
export const holidayYearSchema = z.object({
  year: z.int(),
  announced: z.literal(true),
  source: z.string(),
  off: z.array(z.tuple([z.string(), daySchema, daySchema])),
  work: z.array(daySchema),
});
export type HolidayYear = z.infer<typeof holidayYearSchema>;

export const holidaysFileSchema = z.object({ schema: z.literal(1), years: z.array(holidayYearSchema) });

/** The organization's own: wins over weekends and over the announced days. */
export const calendarExceptionSchema = z.object({ day: daySchema, kind: z.enum(['off', 'work']), name: z.string() });
export type CalendarException = z.infer<typeof calendarExceptionSchema>;
