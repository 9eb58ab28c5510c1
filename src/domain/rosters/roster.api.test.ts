import { describe, expect, it } from 'vitest';
import { type Community, type Person, useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';
import { plusMinutes } from '../../kernel/time.ts';

describe('who is there', () => {
  // Monday 23 November 2026, 09:00 in Shanghai.
  const house = useHouse({ startAt: '2026-11-23T01:00:00.000Z' });
  const now = () => house.house.time.now();
  const inMinutes = (count: number) => plusMinutes(now(), count);
  const later = (minutes: number) => house.house.time.moveTo(inMinutes(minutes));

  async function centre() {
    const community = await house.community();
    return {
      community,
      desk: await house.person('front_desk', community, '林小满'),
      tech: await house.person('technician', community, '周海涛'),
      other: await house.person('technician', community, '李国强'),
      duty: await house.person('duty_technician', community, '高夜'),
      engineer: await house.person('engineering_supervisor', community, '韩工'),
      manager: await house.person('manager', community, '沈经理'),
    };
  }
  async function repair(desk: Person, community: Community) {
    const made = await desk.post(`${community.path}/repairs`, {
      place: '地下车库',
      category: 'public-area',
      urgency: 'emergency',
      description: '水管爆裂',
      channel: 'phone',
      readBack: true,
    });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    return made.body as { id: string; version: number };
  }
  const absence = (by: Person, community: Community, body: Record<string, unknown>) =>
    by.post(`${community.path}/absences`, { reason: 'leave', from: inMinutes(-1), ...body });
  const toldOf = async (community: Community): Promise<string[][]> =>
    (
      await house.asOwner(`select facts -> 'told' as told from case_events
        where community_id = '${community.id}' and kind = 'clock' and facts ->> 'clock' = 'on-site' order by at, seq`)
    ).map((row) => row.told);

  it('sends a step of the ladder to the stand-in, and to the next one up where there is none (spec/11 Ladders)', async () => {
    const one = await centre();
    const { id } = await repair(one.desk, one.community);
    await one.desk.post(`${one.community.path}/repairs/${id}/dispatch`, { version: 1, technicianId: one.tech.id });
    const entered = await absence(one.engineer, one.community, { staffId: one.tech.id, standInId: one.other.id });
    expect(entered.status, JSON.stringify(entered.body)).toBe(201);
    later(31);
    await house.tick();
    const told = (await toldOf(one.community)).flat();
    expect(told).toContain(one.other.id);
    expect(told).not.toContain(one.tech.id);

    // Without a stand-in: the technician's superior hears it as the next one up.
    const two = await centre();
    const second = await repair(two.desk, two.community);
    await two.desk.post(`${two.community.path}/repairs/${second.id}/dispatch`, {
      version: 1,
      technicianId: two.tech.id,
    });
    await absence(two.engineer, two.community, { staffId: two.tech.id });
    later(31);
    await house.tick();
    const [first] = await toldOf(two.community);
    expect(first).toEqual([two.engineer.id]);

    // Back again, the next promise that runs out is theirs.
    const three = await centre();
    const third = await repair(three.desk, three.community);
    await three.desk.post(`${three.community.path}/repairs/${third.id}/dispatch`, {
      version: 1,
      technicianId: three.tech.id,
    });
    const away = await absence(three.engineer, three.community, { staffId: three.tech.id });
    later(1);
    const back = await three.engineer.post(`${three.community.path}/absences/${away.body.id}/end`, {
      version: away.body.version,
    });
    expect(back.status).toBe(200);
    expect(back.body.until <= now()).toBe(true);
    later(31);
    await house.tick();
    expect((await toldOf(three.community)).flat()).toContain(three.tech.id);
  });

  it('sends a message to a post to the stand-in, and to the next one up where nobody of the post is there', async () => {
    const { community, desk, engineer, other, manager } = await centre();
    const heard = async (person: Person): Promise<string[]> =>
      (await person.get('/notifications')).body.items
        .filter((one: { communityId: string }) => one.communityId === community.id)
        .map((one: { kind: string }) => one.kind);
    await repair(desk, community);
    await house.tick();
    expect(await heard(engineer)).toEqual(['case-logged']);

    const entered = await absence(manager, community, {
      staffId: engineer.id,
      standInId: other.id,
      until: inMinutes(60),
    });
    expect(entered.status, JSON.stringify(entered.body)).toBe(201);
    await repair(desk, community);
    await house.tick();
    expect(await heard(engineer)).toEqual(['case-logged']);
    expect(await heard(other)).toEqual(['case-logged']);
    expect(await heard(manager)).toEqual([]);

    // The stand-in away as well: the engineer's superior hears it.
    await absence(manager, community, { staffId: other.id, until: inMinutes(60) });
    await repair(desk, community);
    await house.tick();
    expect([await heard(engineer), await heard(other)]).toEqual([['case-logged'], ['case-logged']]);
    expect(await heard(manager)).toEqual(['case-logged']);

    later(61);
    await repair(desk, community);
    await house.tick();
    expect((await heard(engineer)).filter((kind) => kind === 'case-logged')).toHaveLength(2);
  });

  it('refuses an order for somebody who is away, says until when, and shows it in the staff list', async () => {
    const { community, desk, tech, other, engineer } = await centre();
    const until = '2026-12-23T11:00:00.000Z';
    await absence(engineer, community, { staffId: tech.id, standInId: other.id, until });
    const { id } = await repair(desk, community);
    const path = `${community.path}/repairs/${id}/dispatch`;
    const refused = await desk.post(path, { version: 1, technicianId: tech.id });
    expect([refused.status, refused.body.code]).toEqual([409, 'repair.assignee_not_active']);
    expect(refused.body.facts).toMatchObject({ why: 'away', until, standInId: other.id });
    expect(refused.body.title).toContain('12月23日 19:00');
    const staff = (await desk.get(`${community.path}/staff?role=technician`)).body.items;
    expect(staff.find((one: { id: string }) => one.id === tech.id)).toMatchObject({
      isAbsent: true,
      standIn: { id: other.id, name: '李国强' },
    });
    expect(staff.find((one: { id: string }) => one.id === other.id)).toMatchObject({ isAbsent: false, standIn: null });
    expect((await desk.post(path, { version: 1, technicianId: other.id })).status).toBe(200);
  });

  it('lets the duty technician send himself on shift only (spec/10 dispatch)', async () => {
    const { community, desk, duty, engineer } = await centre();
    const send = async () => {
      const { id, version } = await repair(desk, community);
      return duty.post(`${community.path}/repairs/${id}/dispatch`, { version, technicianId: duty.id });
    };
    // No roster for today: everybody of the post is on duty.
    expect((await send()).status).toBe(200);
    const night = await engineer.post(`${community.path}/shifts`, {
      staffId: duty.id,
      role: 'duty_technician',
      from: '2026-11-23T18:00:00+08:00',
      until: '2026-11-24T08:00:00+08:00',
    });
    expect(night.status, JSON.stringify(night.body)).toBe(201);
    expect(night.body.from).toBe('2026-11-23T10:00:00.000Z');
    const off = await send();
    expect([off.status, off.body.code]).toEqual([409, 'repair.not_on_shift']);
    house.house.time.moveTo('2026-11-23T10:00:00.000Z');
    expect((await send()).status).toBe(200);
    const gone = await engineer.post(`${community.path}/shifts/${night.body.id}/remove`, { version: 1 });
    expect(gone.status).toBe(200);
    expect((await engineer.post(`${community.path}/shifts/${night.body.id}/remove`)).body.code).toBe(
      'roster.ended_already',
    );
  });

  it('is entered by those who lead, for their own people, and says what is wrong by field', async () => {
    const { community, desk, tech, other, engineer, manager } = await centre();
    expect((await absence(desk, community, { staffId: tech.id })).status).toBe(403);
    const notOurs = await absence(engineer, community, { staffId: desk.id });
    expect([notOurs.status, notOurs.body.code]).toEqual([403, 'roster.not_your_people']);
    expect((await absence(manager, community, { staffId: desk.id })).status).toBe(201);

    const backwards = await absence(manager, community, { staffId: tech.id, until: inMinutes(-5) });
    expect([backwards.status, backwards.body.errors[0].path]).toEqual([422, 'until']);
    const stranger = await absence(manager, community, { staffId: tech.id, standInId: newId() });
    expect([stranger.status, stranger.body.errors[0].path]).toEqual([422, 'standInId']);
    await absence(manager, community, { staffId: other.id, from: inMinutes(60), reason: 'sick' });
    const both = await absence(manager, community, { staffId: tech.id, standInId: other.id });
    expect(both.body.errors[0]).toMatchObject({ path: 'standInId', code: 'stand_in_is_away' });
    expect(both.body.errors[0].message).toContain('另选一人');
    const twice = await absence(manager, community, { staffId: other.id, from: inMinutes(90) });
    expect([twice.status, twice.body.code]).toEqual([409, 'roster.absence_overlaps']);
    const shift = await manager.post(`${community.path}/shifts`, {
      staffId: other.id,
      role: 'technician',
      from: inMinutes(90),
      until: inMinutes(100),
    });
    expect([shift.status, shift.body.code]).toEqual([409, 'roster.is_absent']);

    const range = `?from=${now()}&until=${inMinutes(1440)}`;
    const seenBy = async (person: Person) =>
      (await person.get(`${community.path}/absences${range}`)).body.items.find(
        (one: { staff: { id: string } }) => one.staff.id === other.id,
      );
    // Why somebody is away is nobody's business but the keepers' and their own.
    expect([(await seenBy(manager)).reason, (await seenBy(other)).reason, (await seenBy(desk)).reason]).toEqual([
      'sick',
      'sick',
      null,
    ]);
    const stale = await manager.post(`${community.path}/absences/${(await seenBy(manager)).id}/end`, { version: 7 });
    expect(stale.status).toBe(412);
    const audited = await house.asOwner(
      `select changed::text from audit_log where community_id = '${community.id}' and noun = 'absence'`,
    );
    expect(audited).toHaveLength(2);
    expect(JSON.stringify(audited)).not.toContain('sick');
  });

  it('says when a stand-in has gone away later', async () => {
    const { community, tech, other, engineer } = await centre();
    const first = await absence(engineer, community, { staffId: tech.id, standInId: other.id, until: inMinutes(600) });
    expect(first.body.standInIsAway).toBe(false);
    await absence(engineer, community, { staffId: other.id, from: inMinutes(60), until: inMinutes(120) });
    const list = await engineer.get(`${community.path}/absences?from=${now()}&until=${inMinutes(30)}`);
    expect(list.body.items).toHaveLength(1);
    expect(list.body.items[0].standInIsAway).toBe(true);
  });
});
