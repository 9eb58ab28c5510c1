// Emergencies 突发事件 over real HTTP: told in the night, taken over, measures, over, followed up, looked back on, filed.
import { beforeAll, describe, expect, it } from 'vitest';
import { changeFigures } from '../../../tests/figures.ts';
import { type Answer, type Community, type Person, useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';
import { plusMinutes } from '../../kernel/time.ts';

type Shown = Answer['body'];

// Monday 23 November 2026, 01:10 in Shanghai.
const house = useHouse({ startAt: '2026-11-22T17:10:00.000Z' });
const later = (minutes: number) => house.house.time.moveTo(plusMinutes(house.house.time.now(), minutes));

async function centre(preset: 'luxury' | 'standard' = 'luxury') {
  const community = await house.community(preset);
  const [buildingId, unitId] = [newId(), newId()];
  await house.asOwner(`
    insert into buildings (community_id, id, name) values ('${community.id}', '${buildingId}', '3');
    insert into units (community_id, id, building_id, entrance, room, label) values
      ('${community.id}', '${unitId}', '${buildingId}', '1', '502', '3-1-502')`);
  const [duty, desk, supervisor, manager, gm, order, guard, cook] = await Promise.all([
    house.person('duty_technician', community, '夜班'),
    house.person('front_desk', community, '前台'),
    house.person('cs_supervisor', community, '主管'),
    house.person('manager', community, '经理'),
    house.person('general_manager', community, '总经理'),
    house.person('order_supervisor', community, '秩序主管'),
    house.person('environment_assistant', community, '保洁领班'),
    house.person('cook', community, '厨师'),
  ]);
  return { community, unitId, duty, desk, supervisor, manager, gm, order, guard, cook };
}
type Centre = Awaited<ReturnType<typeof centre>>;

const pathOf = (community: Community, id: string, rest = '') => `${community.path}/emergencies/${id}${rest}`;
async function reported(by: Person, community: Community, body: Record<string, unknown> = {}): Promise<Shown> {
  const made = await by.post(`${community.path}/emergencies`, {
    category: 'fire',
    place: '3栋地下车库B区',
    channel: 'phone',
    ...body,
  });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return made.body;
}
async function move(community: Community, id: string, name: string, by: Person, body: Record<string, unknown> = {}) {
  const shown = (await by.get(pathOf(community, id))).body;
  const isAppend = name === 'measure' || name === 'deploy';
  const answer = await by.post(pathOf(community, id, `/${name}`), {
    ...(isAppend ? {} : { version: shown.version ?? 1 }),
    ...body,
  });
  return answer;
}
const bell = async (person: Person): Promise<Shown[]> => (await person.get('/notifications?limit=200')).body.items;
const told = async (person: Person, kind: string) => (await bell(person)).filter((one) => one.kind === kind);

/** From the telling to the end of the work. */
async function toResolved({ community, duty, gm, order }: Centre, body: Record<string, unknown> = {}): Promise<Shown> {
  const made = await reported(duty, community, body);
  await move(community, made.id, 'take-over', gm, { inChargeId: order.id });
  await move(community, made.id, 'measure', duty, { text: '切断B区电源，电梯迫降' });
  const done = await move(community, made.id, 'resolve', order, { cause: 'equipment', result: '明火扑灭，无人受伤' });
  expect(done.status, JSON.stringify(done.body)).toBe(200);
  return done.body;
}

let shared: Centre;
beforeAll(async () => {
  shared = await centre();
});

describe('reported', () => {
  it('by the night post on what and where alone; the general manager hears of it at once and each minute (MG8)', async () => {
    const { community, duty, gm, manager, order, cook } = await centre();
    const made = await reported(duty, community);
    expect(made).toMatchObject({
      kind: 'emergency',
      state: 'reported',
      severity: 'major',
      proposedSeverity: 'major',
      levelFact: 'category',
      department: 'order',
      place: '3栋地下车库B区',
      description: null,
      followUp: 'none',
      takenOverByRole: 'general_manager',
      firstContact: { id: duty.id },
    });
    expect(made.code).toMatch(/^TF-2026-00000\d$/);
    expect(made.clocks).toMatchObject([{ kind: 'respond', dueAt: plusMinutes(made.createdAt, 5) }]);
    await house.tick();
    for (const one of [gm, manager, order]) expect(await told(one, 'emergency-reported')).toHaveLength(1);
    expect(await told(cook, 'emergency-reported')).toHaveLength(0);
    for (let minute = 0; minute < 3; minute++) {
      later(1);
      await house.tick();
    }
    expect(await told(gm, 'emergency-waits')).toHaveLength(3);
    expect(await told(manager, 'emergency-waits')).toHaveLength(0);
    const taken = await move(community, made.id, 'take-over', gm);
    expect(taken.body).toMatchObject({ state: 'handling', inCharge: { id: gm.id }, flags: ['taken-over'] });
    expect(taken.body.clocks[0]).toMatchObject({ state: 'met' });
    later(2);
    await house.tick();
    expect(await told(gm, 'emergency-waits')).toHaveLength(3);
  });

  it('is said again as often as the standard has it', async () => {
    const own = await centre();
    await changeFigures(house, own.community, own, [{ path: 'emergency/repeatMinutes/value', value: 2 }]);
    await reported(own.duty, own.community);
    const heard: number[] = [];
    for (let minute = 1; minute <= 5; minute++) {
      later(1);
      await house.tick();
      heard.push((await told(own.gm, 'emergency-waits')).length);
    }
    expect(heard).toEqual([0, 1, 1, 2, 2]);
  });

  it('a critical one has one minute in the luxury preset, none in the standard one', async () => {
    const made = await reported(shared.duty, shared.community, { harm: { deaths: 1 } });
    expect(made.severity).toBe('critical');
    expect(made.clocks).toMatchObject([{ dueAt: plusMinutes(made.createdAt, 1) }]);
    const plain = await centre('standard');
    expect((await reported(plain.desk, plain.community, { harm: { deaths: 1 } })).clocks).toEqual([]);
  });

  it('with what was done before anybody could write, each at its own time', async () => {
    const { community, duty } = shared;
    const now = house.house.time.now();
    const made = await reported(duty, community, {
      unitId: shared.unitId,
      contact: { name: '陈女士', phone: '13800001234' },
      description: '厨房起火，电话 13800001234',
      measures: [
        { text: '派人到大门引路', at: plusMinutes(now, -2) },
        { text: '报警', called: 'fire-brigade', at: plusMinutes(now, -6) },
      ],
    });
    expect(made.state).toBe('handling');
    const measures = made.timeline.filter((one: Shown) => one.action === 'measure');
    expect(measures.map((one: Shown) => [one.at, one.facts.called ?? null])).toEqual([
      [plusMinutes(now, -6), 'fire-brigade'],
      [plusMinutes(now, -2), null],
    ]);
    expect(made).toMatchObject({ unit: '3-1-502', contact: { name: '陈女士', phone: '138****1234' } });
    expect(JSON.stringify(made)).not.toContain('13800001234');
  });

  it('names the field that is wrong, and a resend records nothing twice', async () => {
    const { community, desk } = shared;
    const path = `${community.path}/emergencies`;
    const bad = await desk.post(path, { category: 'fire', channel: 'phone', severity: 'ordinary' });
    expect([bad.status, bad.body.errors.map((one: Shown) => one.path)]).toEqual([422, ['place', 'severity']]);
    expect(bad.body.errors[1].message).toBe('级别：不能低于事实所定的级别');
    const unknown = await desk.post(path, { category: 'fire', place: '大堂', channel: 'phone', complaintId: newId() });
    expect(unknown.body.errors).toMatchObject([{ path: 'complaintId', code: 'unknown_case' }]);
    const key = { 'idempotency-key': newId() };
    const body = { category: 'lift', place: '2栋1号梯', channel: 'phone' };
    const [first, second] = [await desk.post(path, body, key), await desk.post(path, body, key)];
    expect(second.body.id).toBe(first.body.id);
  });
});

describe('measures and people', () => {
  it('whoever is sent is told, may read it and note what was done; others may not', async () => {
    const { community, duty, order, guard, cook } = await centre();
    const made = await reported(duty, community);
    expect((await guard.get(pathOf(community, made.id))).status).toBe(403);
    const sent = await move(community, made.id, 'deploy', order, {
      staffIds: [guard.id],
      task: '守住3栋一层，引导住户从南门撤离',
    });
    expect(sent.body).toMatchObject({
      state: 'handling',
      deployed: [{ person: { id: guard.id }, task: '守住3栋一层，引导住户从南门撤离' }],
    });
    await house.tick();
    expect(await told(guard, 'emergency-sent')).toHaveLength(1);
    const noted = await guard.post(pathOf(community, made.id, '/measure'), { text: '已撤出 12 人' });
    expect([noted.status, noted.body.timeline.at(-1).text]).toEqual([200, '已撤出 12 人']);
    expect((await cook.post(pathOf(community, made.id, '/measure'), { text: 'x' })).status).toBe(403);
    expect((await cook.get(pathOf(community, made.id))).status).toBe(403);
  });

  it('two who write at the same time both count; one who decides on what he did not see is stopped', async () => {
    const { community, duty, order, gm } = shared;
    const made = await reported(duty, community);
    await move(community, made.id, 'measure', duty, { text: '一' });
    await move(community, made.id, 'measure', order, { text: '二' });
    expect((await move(community, made.id, 'take-over', gm)).status).toBe(200);
    const stale = await gm.post(pathOf(community, made.id, '/raise'), {
      version: 1,
      severity: 'critical',
      reason: 'x',
    });
    expect(stale.status).toBe(412);
    expect(stale.body.current.id).toBe(made.id);
  });

  it('facts that come to light lift the level, and the posts of the new one hear of it', async () => {
    const { community, duty, gm } = await centre();
    const made = await reported(duty, community, { category: 'lift', place: '2栋1号梯' });
    expect(made.severity).toBe('serious');
    await house.tick();
    expect(await told(gm, 'emergency-reported')).toHaveLength(0);
    const worse = await move(community, made.id, 'amend', duty, { harm: { people: 3, injury: 'grave' } });
    expect(worse.body).toMatchObject({ severity: 'major', levelFact: 'injury', harm: { people: 3, injury: 'grave' } });
    await house.tick();
    expect(await told(gm, 'emergency-raised')).toHaveLength(1);
    later(1);
    await house.tick();
    expect(await told(gm, 'emergency-waits')).toHaveLength(1);
  });

  it('every refused move says why, in Chinese', async () => {
    const { community, duty, supervisor, gm } = shared;
    const made = await reported(duty, community);
    const early = await move(community, made.id, 'resolve', supervisor, { cause: 'nature', result: 'x' });
    expect([early.status, early.body.code]).toEqual([409, 'emergency.move_not_allowed']);
    expect(early.body.title).toMatch(/[一-鿿]/);
    const low = await move(community, made.id, 'lower', gm, { severity: 'ordinary', reason: 'x' });
    expect(low.body.code).toBe('emergency.below_facts');
    expect((await move(community, made.id, 'take-over', supervisor)).status).toBe(403);
  });
});

describe('afterwards', () => {
  it('owes a follow-up within one working day by whom the manager names; reviewed twice it is filed (FU1)', async () => {
    const all = await centre();
    const { community, duty, desk, manager, gm, order, guard } = all;
    const done = await toResolved(all, { unitId: all.unitId, place: undefined });
    expect(done).toMatchObject({
      state: 'resolved',
      followUp: 'due',
      followUpWhat: 'major-critical-event',
      keptUntil: null,
    });
    const [due] = (await manager.get(`${community.path}/follow-ups?caseId=${done.id}`)).body.items;
    expect(due).toMatchObject({ what: 'major-critical-event', state: 'due', caseKind: 'emergency' });
    // Finished in the small hours of Monday: to the end of Tuesday's office hours.
    expect(due.dueAt).toBe('2026-11-24T10:00:00.000Z');
    // Whoever led, or noted a measure, had a hand in it.
    expect(due.handlers.map((one: Shown) => one.id).sort()).toEqual([order.id, duty.id].sort());
    // Until somebody is named it is the manager's, who has to name one; the supervisor may not.
    const clock = done.clocks.find((one: Shown) => one.kind === 'follow-up');
    expect(clock.owner.role).toBe('manager');
    const plan = (by: Person, callerId: string) =>
      by.post(`${community.path}/follow-ups/plan`, { items: [{ id: due.id, callerId }] });
    const refused = await plan(all.supervisor, desk.id);
    expect(refused.body.errors).toMatchObject([{ path: 'items.0.callerId', code: 'named_above' }]);
    const proposed = (await all.supervisor.get(`${community.path}/follow-ups/plan-proposal?limit=50`)).body.items;
    expect(proposed).toMatchObject([{ id: due.id, caller: null, why: 'named-above' }]);
    expect((await plan(manager, guard.id)).status).toBe(422);
    expect((await plan(manager, desk.id)).status).toBe(200);
    const [named] = (await manager.get(`${community.path}/follow-ups?caseId=${done.id}`)).body.items;
    const record = await desk.post(`${community.path}/follow-ups/${due.id}/record`, {
      version: named.version,
      verdict: 'acceptable',
      quality: 5,
      effect: 4,
      satisfaction: 5,
      channel: 'phone',
      reason: '住户在外地',
    });
    expect(record.status, JSON.stringify(record.body)).toBe(200);
    const back = await move(community, done.id, 'review', manager, { text: '出门口堆物，已责成清理' });
    expect(back.body).toMatchObject({ state: 'resolved', review: { by: { id: manager.id } } });
    const reviewed = await gm.post(`${community.path}/follow-ups/${due.id}/review`, {
      version: record.body.version,
      comment: '已核实',
    });
    expect(reviewed.status).toBe(200);
    const filed = (await gm.get(pathOf(community, done.id))).body;
    expect(filed).toMatchObject({ state: 'closed', followUp: 'reviewed', keptUntil: '2029-11-23' });
    expect(filed.timeline.at(-1)).toMatchObject({ action: 'close', byRole: 'system' });
  });

  it('one that is not accepted is a complaint, linked to it; the fire itself is not lit again (FU4)', async () => {
    const all = await centre();
    const { community, desk, manager, gm } = all;
    const done = await toResolved(all, { unitId: all.unitId });
    const [due] = (await manager.get(`${community.path}/follow-ups?caseId=${done.id}`)).body.items;
    const record = await desk.post(`${community.path}/follow-ups/${due.id}/record`, {
      version: due.version,
      verdict: 'not-acceptable',
      quality: 2,
      effect: 2,
      satisfaction: 1,
      lacking: '没有人通知我们撤离',
      channel: 'phone',
      reason: '住户在外地',
    });
    expect(record.status, JSON.stringify(record.body)).toBe(200);
    const shown = (await gm.get(pathOf(community, done.id))).body;
    expect(shown).toMatchObject({ state: 'resolved', complaint: { id: record.body.complaint.id } });
    const of = await gm.get(`${community.path}/cases/${record.body.complaint.id}/emergencies`);
    expect(of.body.items).toMatchObject([{ id: done.id, category: 'fire', severity: 'major' }]);
  });

  it('taken up again it owes the follow-up anew; a false alarm owes none', async () => {
    const all = await centre();
    const { community, manager, supervisor, duty, order } = all;
    const done = await toResolved(all);
    expect((await move(community, done.id, 'reopen', supervisor, { reason: '复燃' })).body).toMatchObject({
      state: 'handling',
      followUp: 'none',
      result: null,
      flags: ['taken-over', 'reopened'],
    });
    const [gone] = (await manager.get(`${community.path}/follow-ups?caseId=${done.id}`)).body.items;
    expect(gone.state).toBe('void');
    const again = await move(community, done.id, 'resolve', order, { cause: 'equipment', result: '彻底扑灭' });
    expect(again.body.followUp).toBe('due');
    const alarm = await reported(duty, community);
    const false_ = await move(community, alarm.id, 'dismiss', supervisor, { reason: '住户烧烤的烟' });
    expect(false_.body).toMatchObject({
      state: 'closed',
      cause: 'false-alarm',
      followUp: 'none',
      flags: ['false-alarm'],
    });
  });

  it('a serious one is among the "others": shown as unset where no share is set (FU1)', async () => {
    const all = await centre();
    const { community, duty, supervisor, manager } = all;
    const made = await reported(duty, community, {
      category: 'lift',
      place: '2栋1号梯',
      contact: { phone: '13800005678' },
    });
    await move(community, made.id, 'measure', duty, { text: '联系维保', called: 'lift-firm' });
    const done = await move(community, made.id, 'resolve', supervisor, { cause: 'equipment', result: '三人救出' });
    expect(done.body).toMatchObject({ followUp: 'due', followUpWhat: 'other' });
    const shares = (await manager.get(`${community.path}/follow-ups/shares`)).body.items;
    expect(shares.find((one: Shown) => one.what === 'other')).toMatchObject({
      share: null,
      outlook: 'unset',
      finished: 1,
    });
  });
});

describe('among all cases', () => {
  it('stands on the board, the desk, the household’s page and in the search; on the wall without a word of it (PR4)', async () => {
    const { community, unitId, desk } = await centre();
    const made = await reported(desk, community, {
      unitId,
      place: undefined,
      description: '陈女士家厨房起火',
      contact: { name: '陈女士', phone: '13800001234' },
    });
    const board = await desk.get(`${community.path}/cases?kind=emergency&count=true`);
    expect(board.body).toMatchObject({ total: 1, items: [{ id: made.id, level: 'major', category: 'fire' }] });
    expect((await desk.get(`${community.path}/desk`)).body.mine[0].id).toBe(made.id);
    const household = await desk.get(`${community.path}/units/${unitId}`);
    expect(JSON.stringify(household.body)).toContain(made.code);
    const found = await desk.get(`${community.path}/cases?q=${encodeURIComponent(made.code)}`);
    expect(found.body.items[0].id).toBe(made.id);
    const wall = (await desk.get(`${community.path}/wall`)).body;
    expect(wall.next).toMatchObject([{ code: made.code, kind: 'emergency', level: 'major', building: '3' }]);
    expect(JSON.stringify(wall)).not.toMatch(/陈女士|13800001234|厨房|502室|-502/);
  });

  it('is another community’s secret', async () => {
    const made = await reported(shared.duty, shared.community);
    const elsewhere = await centre();
    expect((await elsewhere.gm.get(pathOf(elsewhere.community, made.id))).status).toBe(404);
    expect((await elsewhere.gm.get(pathOf(shared.community, made.id))).status).toBe(404);
  });
});
