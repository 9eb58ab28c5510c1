// Working calendar 日历: the announced holidays 节假日 with their moved workdays 调休, and what an organization adds.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';

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

/** Days as published lists have them: each day off and each weekend worked instead, by name. */
export const holidayDaySchema = z.object({
  name: z.string().trim().min(1).max(20),
  date: daySchema,
  isOffDay: z.boolean(),
});
export type HolidayDay = z.infer<typeof holidayDaySchema>;

/** A year as it is loaded. Other keys of a published file are left aside; an empty list is no announcement. */
export const holidayYearBodySchema = z.object({
  year: z.int().min(2023).max(2200),
  papers: z.array(z.string().max(300)).max(10).default([]),
  days: z.array(holidayDaySchema).min(1).max(80),
});
export type HolidayYearBody = z.infer<typeof holidayYearBodySchema>;

const knownYearSchema = holidayYearSchema.extend({
  /** null: it came with the product. */
  loadedAt: z.iso.datetime().nullable(),
});

/** A day of the community's own, as it is entered and shown. */
export const ownDayBodySchema = z.strictObject({
  day: daySchema,
  kind: z.enum(['off', 'work']),
  name: z.string().trim().min(1).max(40),
});
export const ownDaySchema = calendarExceptionSchema.extend({ id: z.uuid() });
export type OwnDay = z.infer<typeof ownDaySchema>;
const ownDays = '/communities/{communityId}/calendar-exceptions';

export const calendarRoutes = {
  listOwnDays: route({
    method: 'GET',
    path: ownDays,
    summary: {
      zh: '本小区另行规定的上班日和休息日',
      en: "The community's own days off and days worked; they win over the announced ones",
    },
    permission: 'standard.read',
    response: z.object({ items: z.array(ownDaySchema), nextCursor: z.null() }),
  }),
  addOwnDay: route({
    method: 'POST',
    path: ownDays,
    summary: { zh: '另行规定一天，正在计时的时限按它重算', en: 'Enter a day; running clocks are counted anew by it' },
    permission: 'holiday.write',
    body: ownDayBodySchema,
    response: ownDaySchema.extend({ recounted: z.int() }),
    status: 201,
    errors: ['calendar.day_entered'],
  }),
  removeOwnDay: route({
    method: 'POST',
    path: `${ownDays}/{id}/remove`,
    summary: { zh: '撤掉另行规定的一天', en: 'Take such a day back' },
    permission: 'holiday.write',
    response: z.object({ id: z.uuid(), recounted: z.int() }),
    status: 200,
    errors: ['not_found', 'calendar.day_is_over'],
  }),
  listHolidayYears: route({
    method: 'GET',
    path: '/communities/{communityId}/holidays',
    summary: {
      zh: '已公布的放假安排；没有的年份按暂定计算',
      en: 'Announced holiday tables; other years are provisional',
    },
    permission: 'standard.read',
    response: z.object({
      items: z.array(knownYearSchema),
      /** Years within reach of a promise made now that have no table. */
      missing: z.array(z.int()),
      nextCursor: z.null(),
    }),
  }),
  loadHolidayYear: route({
    method: 'POST',
    path: '/communities/{communityId}/holidays',
    summary: {
      zh: '载入一年的放假安排，正在计时的时限按它重算',
      en: 'Load the holiday table of a year; running clocks are counted anew by it',
    },
    permission: 'holiday.write',
    body: holidayYearBodySchema,
    response: z.object({ year: z.int(), recounted: z.int() }),
    status: 200,
  }),
} as const;
