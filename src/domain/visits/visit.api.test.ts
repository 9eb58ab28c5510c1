// Household visits over HTTP: appointed, recorded, reviewed; what leads to improvements; a person's month and its warning;
// every state × move × person.
import { describe, expect, it, vi } from 'vitest';
import { type Community, faultsOf, type Person, useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';
import { warnOfImprovements } from '../improvements/improvement.service.ts';
import { visitMoves, visitStates } from './visit.contract.ts';
import { warnOfVisits } from './visit.jobs.ts';
import { moves } from './visit.moves.ts';

vi.setConfig({ testTimeout: 60_000 });
const startAt = '2026-11-16T02:00:00.000Z';
const house = useHouse({ startAt });
const moveTo = (at: string) => house.house.time.moveTo(at);

async function unitsIn(community: Community, count: number): Promise<string[]> {
  const buildingId = newId();
  const ids = Array.from({ length: count }, () => newId());
  await house.asOwner(`
    insert into buildings (community_id, id, name) values ('${community.id}', '${buildingId}', '3栋');
    insert into units (community_id, id, building_id, entrance, room, label)
    values ${ids.map((id, n) => `('${community.id}', '${id}', '${buildingId}', '1', '${101 + n}', '3-1-${101 + n}')`).join(',')}`);
  return ids;
}

async function opened(units = 1) {
  const community = await house.community();
  const [butler, other, supervisor, manager] = await Promise.all([
    house.person('butler', community, '何欣'),
    house.person('butler', community, '林小满'),
    house.person('cs_supervisor', community, '苏文'),
    house.person('manager', community, '程远'),
  ]);
  return { community, butler, other, supervisor, manager, units: await unitsIn(community, units) };
}
const at = '2026-11-18T02:00:00.000Z';
// Time only moves forward: each test begins where the one before it ended.
const now = () => house.house.time.now();
const pathOf = (community: Community, id = '', name = '') =>
  `${community.path}/visits${id === '' ? '' : `/${id}`}${name === '' ? '' : `/${name}`}`;
const written = { met: 'owner', said: '家里两位老人，出门不便', opinions: '北门的灯太暗' };
const appoint = async (person: Person, community: Community, body: object): Promise<any> => {
  const made = await person.post(pathOf(community), body);
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return made.body;
};
describe('every state × move × person', () => {
  it('answers as the table says', async () => {
    const { community, butler, other, supervisor, manager } = await opened();
    const [gm, desk, engineer, technician, auditor] = await Promise.all(
      (['general_manager', 'front_desk', 'engineering_supervisor', 'technician', 'auditor'] as const).map((role) =>
        house.person(role, community),
      ),
    );
    type Hats = readonly ('visitor' | 'arranger' | 'reviewer')[];
    // Hats, whether the record is in sight, and whether the permission opens the route.
    const people: [string, Person, Hats, boolean, boolean][] = [
      ['visitor', butler, ['visitor'], true, true],
      ['another butler', other, [], false, true],
      ['supervisor', supervisor, ['arranger', 'reviewer'], true, true],
      ['manager', manager, ['arranger', 'reviewer'], true, true],
      ['general manager', gm as Person, ['arranger', 'reviewer'], true, true],
      ['desk', desk as Person, [], true, true],
      ['engineer', engineer as Person, [], false, true],
      ['technician', technician as Person, [], false, false],
      ['auditor', auditor as Person, [], true, false],
    ];
    const bodies: Record<string, object> = {
      reschedule: { at: '2026-11-20T02:00:00.000Z' },
      record: { ...written, heldAt: now() },
      miss: { reason: '家中无人' },
      cancel: { reason: '住户出差' },
      review: {},
      return: { remark: '请补充' },
    };
    const cases = visitStates.flatMap((state) =>
      visitMoves.flatMap((move) => people.map((person) => ({ state, move, person, id: newId() }))),
    );
    const units = await unitsInMany(community, cases.length);
    await house.asOwner(
      `insert into household_visits (community_id, id, unit_id, visitor_id, at, state, made_by, made_at, held_at, met, said, reason, reviewed_at, reviewed_by)
       values ${cases
         .map(({ state, id }, n) => {
           const isHeld = state === 'recorded' || state === 'reviewed';
           const isOff = state === 'missed' || state === 'cancelled';
           const text = (on: boolean, value: string) => (on ? `'${value}'` : 'null');
           return `('${community.id}', '${id}', '${units[n]}', '${butler.id}', '${at}', '${state}', '${butler.id}', '${startAt}', ${text(isHeld, startAt)}, ${text(isHeld, 'owner')}, ${text(isHeld, '谈话')}, ${text(isOff, '原因')}, ${text(state === 'reviewed', startAt)}, ${text(state === 'reviewed', manager.id)})`;
         })
         .join(',')}`,
    );
    const wrong: string[] = [];
    for (const { state, move, person, id } of cases) {
      const [name, who, hats, sees, mayAsk] = person;
      const answer = await who.post(pathOf(community, id, move), { version: 1, ...bodies[move] });
      const table = moves[move];
      const expected = !mayAsk
        ? 403
        : !sees
          ? 404
          : !hats.some((hat) => table.by.includes(hat))
            ? 403
            : table.from.includes(state)
              ? 200
              : 409;
      if (answer.status !== expected) wrong.push(`${state} ${move} ${name}: ${answer.status}, expected ${expected}`);
      if (answer.status === 200 && answer.body.state !== (table.to ?? state))
        wrong.push(`${state} ${move} ${name} became ${answer.body.state}`);
    }
    expect(wrong).toEqual([]);
    expect(cases).toHaveLength(270);
  });

  async function unitsInMany(community: Community, count: number): Promise<string[]> {
    const buildingId = newId();
    const ids = Array.from({ length: count }, () => newId());
    await house.asOwner(`
      insert into buildings (community_id, id, name) values ('${community.id}', '${buildingId}', '9栋');
      insert into units (community_id, id, building_id, entrance, room, label)
      values ${ids.map((id, n) => `('${community.id}', '${id}', '${buildingId}', '1', '${n}', '9-1-${n}')`).join(',')}`);
    return ids;
  }
});

describe('a household visit (FU7)', () => {
  it('names each wrong field in Chinese, keeps one open appointment a household, and does a resend once', async () => {
    const { community, butler, supervisor, other, units } = await opened();
    const wrong = await butler.post(pathOf(community), { unitId: newId(), at: '2026-11-15T02:00:00.000Z' });
    expect([wrong.status, faultsOf(wrong)]).toEqual([422, ['at day_gone', 'unitId unknown_unit']]);
    expect(faultsOf(await butler.post(pathOf(community), { unitId: 'x', at: '明天' })).sort()).toEqual([
      'at not_an_instant',
      'unitId wrong_format',
    ]);
    const technician = await house.person('technician', community);
    const outside = await supervisor.post(pathOf(community), { unitId: units[0], at, visitorId: technician.id });
    expect(faultsOf(outside)).toEqual(['visitorId visits_nobody']);
    expect((await technician.post(pathOf(community), { unitId: units[0], at })).status).toBe(403);
    expect((await butler.post(pathOf(community), { unitId: units[0], at, visitorId: other.id })).body.code).toBe(
      'visit.not_yours',
    );
    const key = { 'idempotency-key': newId() };
    const body = { unitId: units[0], at };
    const [first, resent] = [
      await butler.post(pathOf(community), body, key),
      await butler.post(pathOf(community), body, key),
    ];
    expect(resent.body.id).toBe(first.body.id);
    const twice = await butler.post(pathOf(community), body);
    expect([twice.status, twice.body.code]).toEqual([409, 'visit.already_appointed']);
    const path = pathOf(community, first.body.id, 'record');
    const bad = await butler.post(path, {
      ...written,
      version: 1,
      heldAt: '2026-11-17T03:00:00.000Z',
      improvements: [{ text: '装灯', ownerId: newId(), dueOn: '2026-11-01' }],
    });
    expect(faultsOf(bad).sort()).toEqual([
      'heldAt in_the_future',
      'improvements.0.dueOn day_gone',
      'improvements.0.ownerId not_staff_here',
    ]);
    expect(faultsOf(await butler.post(path, { version: 1, heldAt: now(), met: 'owner', said: ' ' }))).toEqual([
      'said required',
    ]);
    expect((await butler.post(path, { ...written, heldAt: now(), version: 7 })).status).toBe(412);
  });

  it('is seen by those who lead, its people and the butler of the area, and in no other community', async () => {
    const { community, butler, other, manager, units } = await opened();
    const visit = await appoint(manager, community, { unitId: units[0], at });
    const seenBy = async (person: Person) => (await person.get(pathOf(community, visit.id))).status;
    expect([await seenBy(manager), await seenBy(butler)]).toEqual([200, 404]);
    await house.asOwner(
      `insert into staff_areas (community_id, id, account_id, unit_id) values ('${community.id}', '${newId()}', '${butler.id}', '${units[0]}')`,
    );
    expect([await seenBy(butler), await seenBy(other)]).toEqual([200, 404]);
    expect((await other.get(pathOf(community))).body.items).toEqual([]);
    const elsewhere = await house.community();
    const stranger = await house.person('manager', elsewhere);
    expect((await stranger.get(pathOf(elsewhere, visit.id))).status).toBe(404);
    expect((await stranger.get(pathOf(community, visit.id))).status).toBe(404);
  });

  it('lists by month, person, state and lateness, page by page', async () => {
    const { community, butler, supervisor, units } = await opened(3);
    for (const [index, unitId] of units.entries())
      await appoint(supervisor, community, {
        unitId,
        at: `2026-1${index === 2 ? 2 : 1}-17T0${index + 1}:00:00.000Z`,
        visitorId: butler.id,
      });
    const asked = async (query: string) => (await supervisor.get(`${pathOf(community)}?${query}`)).body;
    expect((await asked('month=2026-11')).items).toHaveLength(2);
    expect((await asked(`visitor=${butler.id}&state=appointed`)).items).toHaveLength(3);
    expect((await asked('visitor=me')).items).toEqual([]);
    const first = await asked('sort=at&limit=2');
    expect(first.items.map((one: any) => one.unit.label)).toEqual(['3-1-101', '3-1-102']);
    expect((await asked(`sort=at&limit=2&cursor=${first.nextCursor}`)).items.map((one: any) => one.unit.label)).toEqual(
      ['3-1-103'],
    );
    moveTo('2026-11-17T03:00:00.000Z');
    expect((await asked('late=true')).items).toHaveLength(2);
    expect((await supervisor.get(`${pathOf(community)}?month=2026-13`)).status).toBe(422);
  });
});

describe('the month of each person (FU7: five households)', () => {
  it('counts households, warns who is short in time and once, and is a figure with its rows', async () => {
    const { community, butler, supervisor, units } = await opened(6);
    for (const unitId of units.slice(0, 5)) {
      const { id } = await appoint(butler, community, { unitId, at });
      expect(
        (await butler.post(pathOf(community, id, 'record'), { ...written, heldAt: now(), version: 1 })).status,
      ).toBe(200);
    }
    await appoint(supervisor, community, { unitId: units[5], at });
    const month = (await supervisor.get(`${community.path}/visit-months/2026-11`)).body;
    expect(month.perPerson).toBe(5);
    const lineOf = (name: string) => month.items.find((one: any) => one.person.name === name);
    expect(lineOf('何欣')).toMatchObject({ households: 5, visits: 5, missing: 0 });
    expect(lineOf('苏文')).toMatchObject({ households: 0, ahead: 1, missing: 5 });
    expect((await butler.get(`${community.path}/visit-months/2026-11`)).body.items).toHaveLength(1);
    expect((await butler.get(`${community.path}/visit-months/2027-01`)).status).toBe(422);

    moveTo('2026-11-19T02:00:00.000Z');
    const toldOf = async () => {
      await warnOfVisits(house.house);
      await house.tick();
      const rows = await house.asOwner(
        `select a.name, o.kind, o.facts->>'missing' as missing from outbox o join accounts a on a.id = o.recipient_id
         where o.community_id = '${community.id}' and o.kind like 'visits-short%' order by o.kind, a.name`,
      );
      return rows.map((row) => `${row.kind} ${row.name} ${row.missing ?? ''}`.trim());
    };
    expect(await toldOf()).toEqual([]);
    moveTo('2026-11-20T02:00:00.000Z');
    const first = await toldOf();
    expect(first).toHaveLength(4);
    expect(first).not.toContain('visits-short 何欣 0');
    expect(first.at(-1)).toBe('visits-short-team 苏文');
    expect(await toldOf()).toHaveLength(4);
    moveTo('2026-11-27T02:00:00.000Z');
    expect(await toldOf()).toHaveLength(8);

    const figures = (await supervisor.get(`${community.path}/indicators?month=2026-11`)).body.items;
    expect(figures.find((one: any) => one.name === 'household-visits')).toMatchObject({
      numerator: 1,
      denominator: 4,
      target: 1,
      met: false,
      finalOn: '2026-12-03',
    });
    const rows = (await supervisor.get(`${community.path}/indicators/household-visits/rows?month=2026-11&counts=true`))
      .body;
    expect(rows.items).toMatchObject([{ code: '何欣', unit: '5 / 5', counts: true }]);
  });
});

describe('a visit from the appointment to the last improvement', () => {
  it('is agreed, recorded with improvements, reviewed, and its improvements are tracked to the end', async () => {
    const { community, butler, supervisor, manager, units } = await opened();
    moveTo('2026-12-16T02:00:00.000Z');
    const visit = await appoint(butler, community, {
      unitId: units[0],
      at: '2026-12-18T02:00:00.000Z',
      purpose: '季度走访',
    });
    expect(visit).toMatchObject({
      state: 'appointed',
      unit: { label: '3-1-101', building: '3栋' },
      visitor: { name: '何欣' },
      isLate: false,
      version: 1,
    });
    moveTo('2026-12-18T04:00:00.000Z');
    expect((await butler.get(pathOf(community, visit.id))).body.isLate).toBe(true);
    const recorded = await butler.post(pathOf(community, visit.id, 'record'), {
      ...written,
      heldAt: '2026-12-18T02:20:00.000Z',
      version: 1,
      improvements: [{ text: '北门加装路灯', ownerId: supervisor.id, dueOn: '2026-12-25' }],
    });
    expect(recorded.status, JSON.stringify(recorded.body)).toBe(200);
    expect(recorded.body).toMatchObject({
      state: 'recorded',
      result: { met: 'owner', opinions: '北门的灯太暗' },
      improvements: [{ text: '北门加装路灯', owner: { name: '苏文' }, dueOn: '2026-12-25', state: 'open' }],
    });
    const returned = await supervisor.post(pathOf(community, visit.id, 'return'), { version: 2, remark: '请写明时间' });
    expect(returned.body).toMatchObject({ state: 'appointed', remark: '请写明时间', result: { said: written.said } });
    const again = await butler.post(pathOf(community, visit.id, 'record'), {
      ...written,
      heldAt: '2026-12-18T02:20:00.000Z',
      version: 3,
    });
    expect(again.body).toMatchObject({ state: 'recorded', remark: null });
    expect(
      (await supervisor.post(pathOf(community, visit.id, 'review'), { version: 4, comment: '已阅' })).body,
    ).toMatchObject({
      state: 'reviewed',
      review: { by: { name: '苏文' }, comment: '已阅' },
    });

    const improvement = recorded.body.improvements[0];
    const path = `${community.path}/improvements/${improvement.id}`;
    await house.tick();
    const heard = async (who: Person) => (await who.get('/notifications')).body.items.map((one: any) => one.kind);
    expect(await heard(supervisor)).toContain('improvement-given');
    // Warned once, two days before (the standard's figure).
    moveTo('2026-12-22T02:00:00.000Z');
    expect(await warnOfImprovements(house.house)).toBe(0);
    moveTo('2026-12-23T02:00:00.000Z');
    expect(await warnOfImprovements(house.house)).toBe(1);
    expect(await warnOfImprovements(house.house)).toBe(0);
    expect((await butler.post(`${path}/complete`, { version: 1, result: '灯已亮' })).status).toBe(403);
    const done = await supervisor.post(`${path}/complete`, { version: 1, result: '装了四盏灯' });
    expect(done.body).toMatchObject({ state: 'done', done: { by: { name: '苏文' }, result: '装了四盏灯' } });
    expect((await supervisor.post(`${path}/confirm`, { version: 2 })).body.code).toBe('improvement.not_yours');
    const back = await manager.post(`${path}/return`, { version: 2, remark: '还有一盏不亮', dueOn: '2026-12-22' });
    expect(faultsOf(back)).toEqual(['dueOn day_gone']);
    const open = await manager.post(`${path}/return`, { version: 2, remark: '还有一盏不亮', dueOn: '2026-12-30' });
    expect(open.body).toMatchObject({ state: 'open', dueOn: '2026-12-30', remark: '还有一盏不亮' });
    moveTo('2027-01-01T02:00:00.000Z');
    const late = await manager.get(`${community.path}/improvements?overdue=true`);
    expect(late.body.items).toMatchObject([{ id: improvement.id, isOverdue: true }]);
    await supervisor.post(`${path}/complete`, { version: 3, result: '全部亮了' });
    expect((await manager.post(`${path}/confirm`, { version: 4 })).body).toMatchObject({
      state: 'confirmed',
      settled: { by: { name: '程远' } },
    });
  });
});
