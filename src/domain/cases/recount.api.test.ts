import { describe, expect, it } from 'vitest';
import { useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';
import { plusMinutes } from '../../kernel/time.ts';
import { clocksFoldAnew } from '../clocks/clock-check.service.ts';
import { policyOf } from '../standards/standard.service.ts';
import { recountAll } from './recount.jobs.ts';

const day = (name: string, date: string, isOffDay: boolean) => ({ name, date, isOffDay });
/** An announcement in the shape of the published lists. The clock below stops for three working days over New Year. */
const table = {
  $schema: 'ignored',
  year: 2027,
  papers: ['https://www.gov.cn/example.htm'],
  days: [
    day('元旦', '2027-01-01', true),
    day('元旦', '2027-01-02', true),
    day('元旦', '2027-01-03', true),
    day('元旦', '2027-01-04', true),
    day('元旦', '2027-01-09', false),
  ],
};

describe('a year whose holidays are announced late (spec/12 Unannounced year)', () => {
  const house = useHouse({ startAt: '2026-12-31T01:00:00.000Z' });

  it('is provisional until its table is loaded, which counts running clocks anew and tells each keeper once', async () => {
    const community = await house.community();
    const [desk, tech, manager] = [
      await house.person('front_desk', community),
      await house.person('technician', community),
      await house.person('manager', community),
    ];
    const [building, unitId] = [newId(), newId()];
    await house.asOwner(`
      insert into buildings (community_id, id, name) values ('${community.id}', '${building}', '1');
      insert into units (community_id, id, building_id, entrance, room, label) values ('${community.id}', '${unitId}', '${building}', '1', '101', '1-1-101')`);
    const ids: string[] = [];
    for (let count = 0; count < 2; count++) {
      const made = await desk.post(`${community.path}/repairs`, {
        unitId,
        category: 'water',
        urgency: 'ordinary',
        description: '水管滴水',
        channel: 'phone',
        contact: { name: '陈先生', phone: '13800001234' },
        readBack: true,
      });
      expect(made.status, JSON.stringify(made.body)).toBe(201);
      ids.push(made.body.id);
    }
    // A promise of working days over New Year on each case, begun as a move would begin it.
    await house.house.database.write([community.id], async (tx) => {
      const policy = await policyOf(tx, community.id);
      const { applyClockCommands } = await import('../clocks/clock.service.ts');
      for (const caseId of ids)
        await applyClockCommands(
          tx,
          { communityId: community.id, caseId, recordedAt: house.house.time.now() },
          policy,
          [
            {
              do: 'start',
              kind: 'waiting',
              at: house.house.time.now(),
              limit: { workingDays: 2 },
              chargedTo: 'centre',
              ladder: 'days',
              owner: { staffId: tech.id, role: 'technician' },
            },
          ],
          false,
        );
    });
    const waiting = async () => {
      const seen = await desk.get(`${community.path}/repairs/${ids[0]}`);
      return seen.body.clocks.find((clock: { kind: string }) => clock.kind === 'waiting');
    };
    const years = async () => (await desk.get(`${community.path}/holidays`)).body;
    expect((await years()).missing).toEqual([2027]);
    // Weekends and the first of January only: Mon 4 and Tue 5 January.
    expect(await waiting()).toMatchObject({ dueAt: '2027-01-05T10:00:00.000Z', provisional: true });

    expect((await desk.post(`${community.path}/holidays`, table)).status).toBe(403);
    const empty = await manager.post(`${community.path}/holidays`, { ...table, days: [] });
    expect([empty.status, empty.body.errors[0].path]).toEqual([422, 'days']);
    const wrong = await manager.post(`${community.path}/holidays`, {
      ...table,
      days: [day('元旦', '2027-01-01', true), day('元旦', '2027-01-01', true), day('春节', '2026-02-01', true)],
    });
    expect(wrong.body.errors.map((one: { path: string; code: string }) => [one.path, one.code])).toEqual([
      ['days.1.date', 'day_twice'],
      ['days.2.date', 'other_year'],
    ]);
    // Stopped half way, as by a crash: what was counted is told of, what was not is not.
    await house.asOwner(`
      create function stop_half_way() returns trigger language plpgsql as $$ begin
        if new.type = 'recalculated' and exists (
          select 1 from clock_events e join clocks c on c.community_id = e.community_id and c.id = e.clock_id
          join clocks mine on mine.community_id = new.community_id and mine.id = new.clock_id
          where e.type = 'recalculated' and c.case_id <> mine.case_id) then raise exception 'stopped half way'; end if;
        return new;
      end $$;
      create trigger stop_half_way before insert on clock_events for each row execute function stop_half_way()`);
    const outbox = async () =>
      (
        await house.asOwner(`select (facts ->> 'clocks')::int as clocks, facts -> 'caseIds' as ids, recipient_id from outbox
          where kind = 'recalculated' and state = 'waiting' and recipient_id = '${tech.id}'`)
      ).map((row) => [row.clocks, row.ids.length]);
    expect((await manager.post(`${community.path}/holidays`, table)).status).toBe(500);
    expect(await outbox()).toEqual([[1, 1]]);
    await house.asOwner('drop trigger stop_half_way on clock_events; drop function stop_half_way()');

    const loaded = await manager.post(`${community.path}/holidays`, table);
    expect(await outbox()).toEqual([[2, 2]]);
    expect(loaded.status, JSON.stringify(loaded.body)).toBe(200);
    expect(loaded.body.recounted).toBeGreaterThanOrEqual(1);
    expect((await years()).missing).toEqual([]);

    const after = await waiting();
    expect(after).toMatchObject({ dueAt: '2027-01-06T10:00:00.000Z', provisional: false });
    expect(after.why.map((part: { code: string }) => part.code)).toContain('recalculated');
    house.house.time.moveTo(plusMinutes(house.house.time.now(), 1));
    await house.tick();
    const digests = (await tech.get('/notifications')).body.items.filter(
      (one: { kind: string }) => one.kind === 'recalculated',
    );
    expect(digests).toHaveLength(1);
    expect(digests[0].facts).toMatchObject({ clocks: 2 });
    expect(digests[0].facts.caseIds.toSorted()).toEqual(ids.toSorted());

    // Run again it finds none, and every clock still folds to what its row says.
    expect(await recountAll(house.house)).toBe(0);
    const breaches: unknown[] = [];
    await house.house.database.everywhere(async (tx) => {
      for await (const breach of clocksFoldAnew(policyOf)(tx, house.house)) breaches.push(breach);
    });
    expect(breaches).toEqual([]);
    const audited = await house.asOwner(`select action from audit_log where action = 'holidays.loaded'`);
    expect(audited).toHaveLength(2);
  });

  it('counts anew by a day that the community rules for itself, and by its being taken back', async () => {
    house.house.time.moveTo('2027-03-01T01:00:00.000Z');
    const community = await house.community();
    const [desk, manager] = [await house.person('front_desk', community), await house.person('manager', community)];
    const made = await desk.post(`${community.path}/repairs`, {
      place: '中心花园',
      category: 'public-area',
      urgency: 'major',
      description: '路灯不亮',
      channel: 'patrol',
    });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    const path = `${community.path}/calendar-exceptions`;
    const day = { day: '2027-03-02', kind: 'off', name: '公司司庆' };
    expect((await desk.post(path, day)).status).toBe(403);
    const past = await manager.post(path, { ...day, day: '2027-02-26' });
    expect([past.status, past.body.errors[0].path]).toEqual([422, 'day']);
    const added = await manager.post(path, day);
    expect(added.status, JSON.stringify(added.body)).toBe(201);
    expect(added.body.recounted).toBeGreaterThan(0);
    const twice = await manager.post(path, { ...day, kind: 'work' });
    expect([twice.status, twice.body.code]).toEqual([409, 'calendar.day_entered']);
    expect((await desk.get(path)).body.items).toEqual([{ id: added.body.id, ...day }]);
    expect(await recountAll(house.house)).toBe(0);
    const removed = await manager.post(`${path}/${added.body.id}/remove`);
    expect([removed.status, removed.body.recounted]).toEqual([200, added.body.recounted]);
    expect((await manager.post(`${path}/${added.body.id}/remove`)).status).toBe(404);
    const kept = await manager.post(path, day);
    house.house.time.moveTo('2027-03-03T01:00:00.000Z');
    expect((await manager.post(`${path}/${kept.body.id}/remove`)).body.code).toBe('calendar.day_is_over');
  });
});
