// Routes of holiday tables. Loading one counts running clocks anew before it answers, so that the answer can say how many.
import { newId } from '../../kernel/id.ts';
import { BadInput, badField, notFound, Refusal } from '../../kernel/refusal.ts';
import { dayOf } from '../../kernel/time.ts';
import type { House } from '../../platform/house.ts';
import { effect, type Handlers, readIn } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import type { calendarRoutes } from './calendar.contract.ts';
import { findOwnDays, knownYears } from './calendar.service.ts';
import { deleteCalendarException, insertCalendarException, saveLoadedYear } from './calendar.store.ts';
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
  listOwnDays: (call) =>
    readIn(call, async (tx) => ({ items: await findOwnDays(tx, call.communityId), nextCursor: null })),
  addOwnDay: async (call, { body }) => {
    // What is over was judged by the calendar of its day; a day entered afterwards would judge it again.
    if (body.day < dayOf(call.now)) throw badField('day', 'day_is_over');
    const id = await effect(call, newId(), async (tx, made) => {
      const { communityId } = call;
      const row = { communityId, id: made, onDay: body.day, works: body.kind === 'work', reason: body.name };
      if (!(await insertCalendarException(tx, row))) throw new Refusal('calendar.day_entered', { day: body.day });
      await record(tx, call, {
        action: 'calendar.day_added',
        noun: 'calendar',
        nounId: made,
        changed: { day: [null, body.day], kind: [null, body.kind] },
      });
    });
    return { id, ...body, recounted: await recount(call.house) };
  },
  removeOwnDay: async (call, { params }) => {
    await effect(call, params.id, async (tx) => {
      const known = (await findOwnDays(tx, call.communityId)).find((one) => one.id === params.id);
      if (!known) throw notFound('calendar');
      if (known.day < dayOf(call.now)) throw new Refusal('calendar.day_is_over', { day: known.day });
      await deleteCalendarException(tx, call.communityId, params.id);
      await record(tx, call, {
        action: 'calendar.day_removed',
        noun: 'calendar',
        nounId: params.id,
        changed: { day: [known.day, null], kind: [known.kind, null] },
      });
    });
    return { id: params.id, recounted: await recount(call.house) };
  },
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
