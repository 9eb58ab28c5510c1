import { describe, expect, it } from 'vitest';
import { type Community, type Person, useHouse } from '../../../tests/house.ts';
import { LiveClient } from '../../../tests/live.ts';
import { newId } from '../../kernel/id.ts';
import { msOf, plusMinutes, plusMs } from '../../kernel/time.ts';
import { notify, sendOutbox } from '../notifications/notification.service.ts';
import { sweepClocks } from './escalation.jobs.ts';

type Item = { id: string; kind: string; code: string; caseId: string; read: boolean; facts: Record<string, unknown> };

describe('promises that run out, and who hears of it', () => {
  const house = useHouse({ startAt: '2026-11-23T01:00:00.000Z' });

  async function unitIn(community: Community): Promise<string> {
    const [building, unit] = [newId(), newId()];
    await house.asOwner(`
      insert into buildings (community_id, id, name) values ('${community.id}', '${building}', '1');
      insert into units (community_id, id, building_id, entrance, room, label) values ('${community.id}', '${unit}', '${building}', '1', '101', '1-1-101')`);
    return unit;
  }
  async function centre() {
    const community = await house.community();
    return {
      community,
      unitId: await unitIn(community),
      desk: await house.person('front_desk', community),
      tech: await house.person('technician', community),
      supervisor: await house.person('cs_supervisor', community),
      engineer: await house.person('engineering_supervisor', community),
      manager: await house.person('manager', community),
    };
  }
  async function repair(desk: Person, community: Community, unitId: string) {
    const made = await desk.post(`${community.path}/repairs`, {
      unitId,
      category: 'water',
      urgency: 'emergency',
      description: '水管爆裂',
      channel: 'phone',
      contact: { name: '陈先生', phone: '13800001234' },
      readBack: true,
    });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    return made.body as { id: string; code: string };
  }
  const later = (minutes: number) => house.house.time.moveTo(plusMinutes(house.house.time.now(), minutes));
  const steps = (community: Community) =>
    house.asOwner(`select facts ->> 'clockId' as clock, facts ->> 'step' as step, at, recorded_at from case_events
      where community_id = '${community.id}' and kind = 'clock' order by at`);
  const taken = (community: Community) =>
    house.asOwner(`select id as clock, one ->> 'step' as step from clocks, jsonb_array_elements(steps) as one
      where community_id = '${community.id}'`);
  const bell = async (person: Person): Promise<Item[]> => (await person.get('/notifications')).body.items;
  const once = (rows: { clock: string; step: string }[]) => rows.map((row) => `${row.clock} ${row.step}`).sort();

  it('rings with the technician sent, and telling is met when that is acknowledged', async () => {
    const { community, unitId, desk, tech, manager } = await centre();
    const live = await new LiveClient(tech, community).start();
    const others = await new LiveClient(manager, community).start();
    const { id, code } = await repair(desk, community, unitId);
    const sent = await desk.post(`${community.path}/repairs/${id}/dispatch`, { version: 1, technicianId: tech.id });
    expect(sent.status).toBe(200);
    await house.tick();
    const [item] = (await tech.get('/notifications?unread=true&count=true')).body.items;
    expect(item).toMatchObject({ kind: 'assigned', code, caseId: id, loud: true, read: false, acknowledgedAt: null });
    await live.until(() =>
      live.changes().some((change) => change.noun === 'notification' && change.nounId === item.id),
    );
    expect(others.changes().some((change) => change.nounId === item.id)).toBe(false);
    expect((await desk.post(`/notifications/${item.id}/acknowledge`)).status).toBe(404);
    const answer = await tech.post(`/notifications/${item.id}/acknowledge`);
    expect(answer.body).toMatchObject({ id: item.id, read: true });
    expect(answer.body.acknowledgedAt).not.toBeNull();
    const seen = await desk.get(`${community.path}/repairs/${id}`);
    // The first was for the department; the dispatch made it a new one for the technician.
    const told = seen.body.clocks.filter((clock: { kind: string }) => clock.kind === 'notify');
    expect(told.map((clock: { state: string }) => clock.state)).toEqual(['void', 'met']);
    expect(seen.body.timeline.map((entry: { action: string }) => entry.action)).toContain('acknowledged');
    await live.stop();
    await others.stop();
  });

  it('tells nobody twice of one thing in five minutes, but for minute repeats', async () => {
    const { community, desk } = await centre();
    const start = house.house.time.now();
    const tell = (atMinutes: number, repeats = false) =>
      house.house.database.write([community.id], (tx) =>
        notify(tx, {
          communityId: community.id,
          kind: 'message',
          facts: {},
          to: [{ role: 'front_desk' }, { staffId: desk.id }],
          channel: 'bell',
          thing: repeats ? 'again' : 'once',
          repeats,
          dueAt: plusMinutes(start, atMinutes),
          now: start,
        }),
      );
    expect(await tell(0)).toEqual([desk.id]);
    expect(await tell(0)).toEqual([]);
    expect(await tell(4.9)).toEqual([]);
    expect(await tell(5.1)).toEqual([desk.id]);
    expect(await tell(0, true)).toEqual([desk.id]);
    expect(await tell(0.5, true)).toEqual([]);
    expect(await tell(1, true)).toEqual([desk.id]);
  });

  it('sends nothing of what was rolled back, and drops what is for a disabled account', async () => {
    const { community, desk, tech } = await centre();
    const now = house.house.time.now();
    const notice = { communityId: community.id, kind: 'message', facts: {}, channel: 'bell', thing: 'x', now } as const;
    await expect(
      house.house.database.write([community.id], async (tx) => {
        await notify(tx, { ...notice, to: [{ staffId: desk.id }] });
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    await house.house.database.write([community.id], (tx) => notify(tx, { ...notice, to: [{ staffId: tech.id }] }));
    await house.asOwner(`update accounts set disabled_at = now() where id = '${tech.id}'`);
    await sendOutbox(house.house);
    expect(await bell(desk)).toEqual([]);
    const rows = await house.asOwner(`select state, error_code from outbox where community_id = '${community.id}'`);
    expect(rows).toEqual([{ state: 'dropped', error_code: 'recipient_disabled' }]);
  });

  it('pages my notifications, newest first, and leaves loud ones unread until acknowledged', async () => {
    const { community, desk } = await centre();
    const now = house.house.time.now();
    for (let index = 0; index < 5; index++)
      await house.house.database.write([community.id], (tx) =>
        notify(tx, {
          communityId: community.id,
          kind: 'message',
          facts: { index },
          to: [{ staffId: desk.id }],
          channel: index === 0 ? 'loud' : 'bell',
          thing: `t${index}`,
          now,
        }),
      );
    await sendOutbox(house.house);
    const first = (await desk.get('/notifications?limit=3&count=true')).body;
    expect(first.total).toBe(5);
    const rest = (await desk.get(`/notifications?limit=3&cursor=${first.nextCursor}`)).body;
    expect(new Set([...first.items, ...rest.items].map((item: Item) => item.id)).size).toBe(5);
    expect(rest.nextCursor).toBeNull();
    expect((await desk.post('/notifications/read-all')).body).toEqual({ unread: 1 });
    const [loud] = (await desk.get('/notifications?unread=true')).body.items;
    expect(loud.facts.index).toBe(0);
  });

  it('takes each step once with its own time, however many sweep at once', async () => {
    const { community, unitId, desk, engineer } = await centre();
    for (let index = 0; index < 8; index++) await repair(desk, community, unitId);
    later(5.5);
    const sweeps = await Promise.all([1, 2, 3, 4].map(() => sweepClocks(house.house, 3)));
    expect(sweeps.some((count) => count > 0)).toBe(true);
    await sweepClocks(house.house);
    const rows = await steps(community);
    // The department was not told within 5 min: owner and superior, one step for each repair.
    expect(rows.length).toBe(8);
    expect(once(rows)).toEqual(once(await taken(community)));
    expect(new Set(once(rows)).size).toBe(8);
    for (const row of rows) expect(row.recorded_at >= row.at).toBe(true);
    expect(await sweepClocks(house.house)).toBe(0);
    await sendOutbox(house.house);
    expect((await bell(desk)).filter((item) => item.kind === 'overdue').length).toBe(8);
    expect((await bell(engineer)).length).toBeGreaterThan(0);
    const [seq] =
      await house.asOwner(`select bool_and(c.event_seq = (select max(seq) from case_events e where e.case_id = c.id)) as even
      from cases c where community_id = '${community.id}'`);
    expect(seq.even).toBe(true);
  });

  it('takes each step once when the sweep is killed fifty times on its way', async () => {
    const { community, unitId, desk } = await centre();
    for (let index = 0; index < 6; index++) await repair(desk, community, unitId);
    let killed = 0;
    for (let round = 0; round < 50; round++) {
      later(1);
      const sweep = sweepClocks(house.house, 4).catch(() => killed++);
      await new Promise((resolve) => setTimeout(resolve, round % 12));
      await house.house.database.pool
        .query(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and usename = current_user`,
        )
        .catch(() => undefined);
      await sweep;
    }
    await sweepClocks(house.house);
    expect(killed).toBeGreaterThan(5);
    const rows = await steps(community);
    expect(rows.length).toBeGreaterThan(6);
    expect(new Set(once(rows)).size).toBe(rows.length);
    expect(once(rows)).toEqual(once(await taken(community)));
  });

  it('after a downtime records every step at its own time and sends each person one digest', async () => {
    const { community, unitId, desk, manager } = await centre();
    for (let index = 0; index < 5; index++) await repair(desk, community, unitId);
    const before = house.house.time.now();
    later(180);
    await sweepClocks(house.house, 2);
    later(1);
    await sendOutbox(house.house);
    const rows = await steps(community);
    expect(rows.length).toBeGreaterThan(15);
    for (const row of rows) {
      const at = new Date(row.at).getTime();
      expect(at - msOf(before)).toBeLessThan(180 * 60_000);
      expect(new Date(row.recorded_at).getTime()).toBeGreaterThanOrEqual(at);
    }
    for (const person of [desk, manager]) {
      const items = (await bell(person)).filter((item) => item.kind !== 'case-logged');
      expect(items.map((item) => item.kind)).toEqual(['digest']);
      expect((items[0]?.facts.caseIds as string[] | undefined)?.length).toBe(5);
    }
  });

  it('moves the test clock forward only, and for staff only', async () => {
    const { community, desk } = await centre();
    const present = (await desk.get('/clock')).body;
    expect(present.isMovable).toBe(true);
    const to = plusMs(present.now, 3_600_000);
    const moved = await desk.post('/clock', { to });
    expect(msOf(moved.body.now) - msOf(to)).toBeLessThan(5_000);
    expect((await desk.post('/clock', { to: present.now })).body.code).toBe('clock.forward_only');
    const resident = await house.person('resident', community);
    expect((await resident.post('/clock', { to: plusMs(to, 60_000) })).status).toBe(403);
  });
});
