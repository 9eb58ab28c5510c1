// The desk's first page and the wall: what is next, whose it is, and numbers that are the cases' own.
import { describe, expect, it } from 'vitest';
import { type Community, type Person, useHouse } from '../../../tests/house.ts';
import { plusMinutes } from '../../kernel/time.ts';

describe('the desk', () => {
  // Friday 20 November 2026, 10:00 in Shanghai.
  const house = useHouse({ startAt: '2026-11-20T02:00:00.000Z' });
  const log = async (desk: Person, community: Community, urgency = 'ordinary') => {
    const made = await desk.post(`${community.path}/repairs`, {
      place: '地下车库',
      category: 'public-area',
      urgency,
      description: '灯不亮，电话 13800001234',
      channel: 'phone',
      readBack: true,
    });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    return { path: `${community.path}/repairs/${made.body.id}`, id: made.body.id as string };
  };

  it('counts what is open, overdue, mine, nobody’s and left from yesterday, within what each may see', async () => {
    const community = await house.community();
    const desk = await house.person('front_desk', community, '林小满');
    const desk2 = await house.person('front_desk', community, '何雨晴');
    const tech = await house.person('technician', community, '周海涛');
    const old = await log(desk, community);
    const second = await log(desk2, community);
    await desk.post(`${old.path}/dispatch`, { version: 1, technicianId: tech.id });
    const ended = await log(desk, community);
    const cancelled = await desk.post(`${ended.path}/cancel`, { version: 1, reason: '业主说好了', by: 'customer' });
    expect(cancelled.body.state).toBe('cancelled');
    // The next day, 09:00: the two of yesterday are overdue, a third is new.
    house.house.time.moveTo('2026-11-21T01:00:00.000Z');
    await log(desk, community, 'emergency');
    const counts = async (person: Person) => (await person.get(`${community.path}/desk`)).body.counts;
    const all = { open: 3, overdue: 2, unassigned: 2, receivedToday: 1 };
    expect(await counts(desk)).toEqual({ ...all, mine: 2 });
    expect(await counts(desk2)).toEqual({ ...all, mine: 1 });
    // A technician sees the own order only; what came today is a number of the house.
    expect(await counts(tech)).toEqual({ open: 1, overdue: 1, mine: 1, unassigned: 0, receivedToday: 1 });
    const shown = (await desk.get(`${community.path}/desk`)).body;
    expect([shown.next.case.id, shown.yesterday.total]).toEqual([second.id, 2]);
    const wall = await desk.get(`${community.path}/wall`);
    expect(wall.body).toMatchObject({ open: 3, overdue: 2, receivedToday: 1, endedToday: 0 });
    // PR4: neither name nor telephone nor what was said.
    expect(JSON.stringify(wall.body)).not.toMatch(/林小满|周海涛|13800001234|灯不亮/);
    house.house.time.moveTo(plusMinutes('2026-11-21T01:00:00.000Z', 20));
    expect((await counts(desk)).overdue).toBe(3);
  });
});
