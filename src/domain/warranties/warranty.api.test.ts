// The warranty register over HTTP: firms and terms kept, wrong input named, and the verdict with its words.
import { describe, expect, it } from 'vitest';
import { type Community, type Person, useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';

const startAt = '2026-11-26T02:00:00.000Z';

describe('the warranty register', () => {
  const house = useHouse({ startAt });

  async function unitIn(
    community: Community,
    deliveredOn: string | null,
  ): Promise<{ unitId: string; buildingId: string }> {
    const [buildingId, unitId] = [newId(), newId()];
    await house.asOwner(`
      insert into buildings (community_id, id, name) values ('${community.id}', '${buildingId}', '3栋');
      insert into units (community_id, id, building_id, entrance, room, label, delivered_on)
      values ('${community.id}', '${unitId}', '${buildingId}', '1', '101', '3-1-101', ${deliveredOn ? `'${deliveredOn}'` : 'null'})`);
    return { unitId, buildingId };
  }

  const firm = (name = '固盾防水') => ({
    name,
    trades: ['walls-roof', 'doors-windows'],
    activeFrom: '2024-01-01',
    people: [{ name: '秦师傅', duty: '项目经理', phone: '13800001234' }],
  });

  async function opened() {
    const community = await house.community();
    const engineer = await house.person('engineering_supervisor', community, '刘建国');
    const desk = await house.person('front_desk', community, '林小满');
    return { community, engineer, desk };
  }

  const enter = async (who: Person, community: Community, body: object = firm()): Promise<string> => {
    const made = await who.post(`${community.path}/contractors`, body);
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    return made.body.id;
  };
  const faultsOf = (answer: { body: { errors?: { path: string; code: string; message: string }[] } }) =>
    (answer.body.errors ?? []).map(({ path, code }) => `${path} ${code}`);

  it('keeps a firm with its people, phones masked, shown on demand and logged', async () => {
    const { community, engineer, desk } = await opened();
    const id = await enter(engineer, community);
    const [seen] = (await desk.get(`${community.path}/contractors`)).body.items;
    expect(seen).toMatchObject({
      name: '固盾防水',
      isActive: true,
      people: [{ name: '秦师傅', phone: '138****1234' }],
    });
    const reveal = `${community.path}/contractors/${id}/people/${seen.people[0].id}/reveal`;
    expect((await desk.post(reveal, { purpose: '约上门时间' })).body.value).toContain('13800001234');
    expect((await (await house.person('cook', community)).post(reveal, { purpose: '好奇' })).status).toBe(403);
    const looks = await house.asOwner(`select purpose from contractor_reveals where community_id = '${community.id}'`);
    expect(looks).toEqual([{ purpose: '约上门时间' }]);
    expect(JSON.stringify(await house.asOwner(`select * from contractor_people`))).not.toContain('13800001234');
  });

  it('keeps who left and what was not said again, and refuses a stale or nameless change', async () => {
    const { community, engineer, desk } = await opened();
    const id = await enter(engineer, community);
    const [seen] = (await desk.get(`${community.path}/contractors`)).body.items;
    const path = `${community.path}/contractors/${id}/amend`;
    expect((await desk.post(path, { version: 1, note: '…' })).status).toBe(403);
    expect((await engineer.post(path, { note: '…' })).status).toBe(422);
    expect((await engineer.post(path, { version: 9, note: '…' })).status).toBe(412);
    const changed = await engineer.post(path, {
      version: 1,
      activeUntil: '2026-11-25',
      people: [
        { id: seen.people[0].id, name: '秦工' },
        { name: '小何', phone: '010-12345678' },
      ],
    });
    expect(changed.body).toMatchObject({
      isActive: false,
      version: 2,
      people: [{ name: '秦工', duty: '项目经理', phone: '138****1234' }, { name: '小何' }],
    });
    const left = await engineer.post(path, { version: 2, people: [{ name: '小何' }] });
    expect(left.body.people).toHaveLength(1);
    expect((await house.asOwner(`select id from contractor_people where contractor_id = '${id}'`)).length).toBe(3);
  });

  it('names each wrong field of a firm in Chinese', async () => {
    const { community, engineer } = await opened();
    await enter(engineer, community);
    const stranger = await house.person('front_desk', community);
    const wrong = await engineer.post(`${community.path}/contractors`, {
      ...firm(),
      trades: ['walls-roof', 'magic'],
      people: [
        { name: '甲', phone: '138abc' },
        { name: '乙', accountId: stranger.id },
      ],
    });
    expect(wrong.status).toBe(422);
    expect(faultsOf(wrong).sort()).toEqual([
      'name name_taken',
      'people.0.phone has_letters',
      'people.1.accountId not_a_contractor_account',
      'trades.1 unknown_category',
    ]);
    expect(wrong.body.errors.every((one: { message: string }) => /[一-鿿]/.test(one.message))).toBe(true);
    const before = await engineer.post(`${community.path}/contractors`, {
      ...firm('宏业建设'),
      activeUntil: '2023-12-31',
    });
    expect(faultsOf(before)).toEqual(['activeUntil end_before_start']);
    const account = await house.person('contractor', community);
    await enter(engineer, community, { ...firm('甲方'), people: [{ name: '甲', accountId: account.id }] });
    const twice = await engineer.post(`${community.path}/contractors`, {
      ...firm('乙方'),
      people: [{ name: '乙', accountId: account.id }],
    });
    expect(faultsOf(twice)).toEqual(['people.0.accountId account_of_another_firm']);
  });

  it('refuses what overlaps, ends before it starts, is unknown or is another community’s', async () => {
    const { community, engineer, desk } = await opened();
    const { unitId, buildingId } = await unitIn(community, '2024-02-29');
    const contractorId = await enter(engineer, community);
    const path = `${community.path}/warranty-terms`;
    const term = { category: 'walls-roof', part: '屋面防水', months: 60, contractorId };
    expect((await engineer.post(path, term)).status).toBe(201);
    const elsewhere = await opened();
    const foreign = await enter(elsewhere.engineer, elsewhere.community);
    const cases: [object, string | number][] = [
      [term, 'part term_exists'],
      [{ ...term, part: '外墙', category: 'magic' }, 'category unknown_category'],
      [{ ...term, part: '外墙', untilOn: '2027-01-01' }, 'months months_or_last_day'],
      [{ ...term, part: '外墙', months: undefined }, 'months months_or_last_day'],
      [{ ...term, part: '外墙', months: 0 }, 'months too_small'],
      [
        { ...term, part: '外墙', months: undefined, untilOn: '2025-01-01', startsOn: '2025-01-02' },
        'untilOn end_before_start',
      ],
      [{ ...term, part: '外墙', months: undefined, untilOn: '2025-02-30' }, 'untilOn not_a_day'],
      [{ ...term, part: '外墙', buildingId, unitId }, 'unitId building_or_unit'],
      [{ ...term, part: '外墙', covers: 'common', unitId }, 'unitId common_has_no_unit'],
      [{ ...term, part: '外墙', unitId: newId() }, 'unitId unknown_unit'],
      [{ ...term, part: '外墙', buildingId: newId() }, 'buildingId unknown_building'],
      [{ ...term, part: '外墙', contractorId: foreign }, 404],
      [{ ...term, part: '外墙', contractorId: newId() }, 404],
    ];
    for (const [body, expected] of cases) {
      const answer = await engineer.post(path, body);
      if (typeof expected === 'number') expect(answer.status, JSON.stringify(body)).toBe(expected);
      else expect(faultsOf(answer), JSON.stringify(body)).toContain(expected);
    }
    expect((await desk.post(path, { ...term, part: '外墙' })).status).toBe(403);
    expect((await desk.get(path)).body.items).toHaveLength(1);
    // The same part of one unit alone is no overlap: the narrower term counts there.
    expect((await engineer.post(path, { ...term, unitId, months: 72 })).status).toBe(201);
  });

  it('lets one firm follow another from a day on and keeps both', async () => {
    const { community, engineer, desk } = await opened();
    const { unitId } = await unitIn(community, '2024-03-15');
    const first = await enter(engineer, community, firm('宏业建设'));
    const second = await enter(engineer, community, { ...firm(), activeFrom: '2026-06-01' });
    const term = await engineer.post(`${community.path}/warranty-terms`, {
      category: 'walls-roof',
      months: 60,
      contractorId: first,
    });
    const path = `${community.path}/warranty-terms/${term.body.id}/change-contractor`;
    const change = (body: object) => engineer.post(path, { version: 1, contractorId: second, ...body });
    expect(faultsOf(await change({ fromOn: '2026-05-31' }))).toEqual(['fromOn contractor_not_active']);
    expect(faultsOf(await change({ fromOn: '2026-06-01', contractorId: first }))).toEqual([
      'contractorId same_contractor',
    ]);
    expect((await change({ fromOn: '2026-06-01', version: 2 })).status).toBe(412);
    const changed = await change({ fromOn: '2026-06-01' });
    expect(changed.body.keepers.map((one: { contractor: { name: string } }) => one.contractor.name)).toEqual([
      '固盾防水',
      '宏业建设',
    ]);
    const ask = async (on: string) =>
      (await desk.get(`${community.path}/warranty?unitId=${unitId}&category=walls-roof&on=${on}`)).body;
    expect(await ask('2026-05-31')).toMatchObject({ isUnder: true, contractor: { name: '宏业建设' } });
    expect(await ask('2026-06-01')).toMatchObject({
      contractor: { name: '固盾防水' },
      contractorBefore: { name: '宏业建设' },
      contractorFrom: '2026-06-01',
    });
    expect(await ask('2029-03-15')).toMatchObject({ isUnder: true, lastDay: '2029-03-15' });
    expect(await ask('2029-03-16')).toMatchObject({ isUnder: false, reason: 'expired', contractor: null });
  });

  it('judges a common place by its building’s delivery, and a unit without a day not at all', async () => {
    const { community, engineer, desk } = await opened();
    const { unitId, buildingId } = await unitIn(community, null);
    const contractorId = await enter(engineer, community);
    for (const covers of ['units', 'common'])
      await engineer.post(`${community.path}/warranty-terms`, {
        covers,
        category: 'walls-roof',
        months: 24,
        contractorId,
      });
    const ask = async (where: string) =>
      (await desk.get(`${community.path}/warranty?${where}&category=walls-roof`)).body;
    expect(await ask(`unitId=${unitId}`)).toMatchObject({ isUnder: false, reason: 'no-delivery-day' });
    expect(await ask('place=3栋大堂')).toMatchObject({ reason: 'no-delivery-day', building: '3栋' });
    const deliver = `${community.path}/building-deliveries/${buildingId}/amend`;
    expect((await desk.post(deliver, { deliveredOn: '2025-01-10' })).status).toBe(403);
    expect((await engineer.post(deliver, { deliveredOn: '2025-13-10' })).status).toBe(422);
    await engineer.post(deliver, { deliveredOn: '2025-01-10' });
    expect(await ask('place=3栋大堂')).toMatchObject({ isUnder: true, lastDay: '2027-01-10', building: '3栋' });
    expect(await ask('place=中心花园')).toMatchObject({ isUnder: false, building: null });
    const [row] = (await desk.get(`${community.path}/building-deliveries`)).body.items;
    expect(row).toMatchObject({ name: '3栋', deliveredOn: '2025-01-10', units: 1, unitsWithoutDay: 1 });
    for (const [where, code] of [
      [`unitId=${unitId}&place=大堂&category=water`, 422],
      ['category=water', 422],
      [`unitId=${unitId}&category=magic`, 422],
      [`unitId=${newId()}&category=water`, 404],
    ])
      expect((await desk.get(`${community.path}/warranty?${where}`)).status).toBe(code);
  });

  it('shows on a household what still runs there', async () => {
    const { community, engineer, desk } = await opened();
    const { unitId } = await unitIn(community, '2024-12-31');
    const contractorId = await enter(engineer, community);
    for (const [category, part, months] of [
      ['walls-roof', '屋面防水', 60],
      ['water', undefined, 24],
      ['heating', undefined, 12],
    ])
      await engineer.post(`${community.path}/warranty-terms`, { category, part, months, contractorId });
    const household = await desk.get(`${community.path}/units/${unitId}`);
    expect(household.body.warranties).toMatchObject([
      { category: 'water', part: null, untilOn: '2026-12-31', contractor: '固盾防水' },
      { category: 'walls-roof', part: '屋面防水', untilOn: '2029-12-31' },
    ]);
    const [term] = (await desk.get(`${community.path}/warranty-terms`)).body.items.filter(
      (one: { category: string }) => one.category === 'water',
    );
    expect((await engineer.post(`${community.path}/warranty-terms/${term.id}/remove`, { version: 1 })).status).toBe(
      200,
    );
    expect((await desk.get(`${community.path}/units/${unitId}`)).body.warranties).toHaveLength(1);
  });
});
