// Routes of holiday tables. Loading one counts running clocks anew before it answers, so that the answer can say how many.
import { BadInput } from '../../kernel/refusal.ts';
import { dayOf } from '../../kernel/time.ts';
import type { House } from '../../platform/house.ts';
import { effect, type Handlers, readIn } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import type { calendarRoutes } from './calendar.contract.ts';
import { knownYears } from './calendar.service.ts';
import { saveLoadedYear } from './calendar.store.ts';
import { holidayFaults, holidayYearOf } from './holiday.rules.ts';

/** `recount` stands above clocks (it needs the standard and the cases); handed over in the wiring. */
export const calendarHandlers = (recount: (house: House) => Promise<number>): Handlers<typeof calendarRoutes> => ({
  listHolidayYears: (call) =>
    readIn(call, async (tx) => {
      const items = await knownYears(tx, call.communityId);
      const thisYear = Number(dayOf(call.now).slice(0, 4));
      const missing = [thisYear, thisYear + 1].filter((year) => !items.some((one) => one.year === year));
      return { items, missing, nextCursor: null };
    }),
  loadHolidayYear: async (call, { body }) => {
    const faults = holidayFaults(body);
    if (faults.length > 0) throw new BadInput(faults);
    await effect(call, call.actor.organizationId, async (tx) => {
      await saveLoadedYear(tx, {
        organizationId: call.actor.organizationId,
        year: body.year,
        content: holidayYearOf(body),
        loadedBy: call.actor.accountId,
        loadedAt: call.now,
      });
      await record(tx, call, {
        action: 'holidays.loaded',
        noun: 'organization',
        nounId: call.actor.organizationId,
        changed: { year: [null, body.year], days: [null, body.days.length] },
      });
    });
    return { year: body.year, recounted: await recount(call.house) };
  },
});
