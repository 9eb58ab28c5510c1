import { describe, expect, it } from 'vitest';
import { type Community, type Person, useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';

const house = useHouse();

/** Two flats: Zhang San owns 1-1-101 with a car, Li Si rents 3-2-502. */
async function settled() {
  const community = await house.community();
  const desk = await house.person('front_desk', community);
  const flat = async (building: string, entrance: string, room: string) =>
    (await desk.post(`${community.path}/units`, { building, entrance, room, areaHundredthsM2: 9456 })).body;
  const [first, second] = [await flat('1栋', '1单元', '101室'), await flat('3', '2', '502')];
  const person = async (name: string, phone: string, unitId: string, relation: string) =>
    (await desk.post(`${community.path}/parties`, { name, phone, unitId, relation, identity: '110101190001010019' }))
      .body;
  const zhang = await person('张三', '138 0000 1234', first.id, 'owner');
  const li = await person('李四光', '12000005678', second.id, 'lessee');
  await desk.post(`${community.path}/units/${first.id}/vehicles`, { plate: '京a·12345', partyId: zhang.id });
  return { community, desk, first, second, zhang, li };
}

const find = async (person: Person, community: Community, q: string) =>
  (await person.get(`${community.path}/units?q=${encodeURIComponent(q)}`)).body.items as {
    id: string;
    label: string;
    matchedBy: string;
  }[];

/** An order on a unit that somebody is responsible for. */
async function order(community: Community, unitId: string, accountId: string, state = 'accepted') {
  const id = newId();
  await house.asOwner(`
    insert into cases (community_id, id, code, kind, state, unit_id, channel, responsible_id, standard_version_id, received_at, created_at)
    select '${community.id}', '${id}', 'BX-2026-${String(Math.floor(Math.random() * 1e6)).padStart(6, '0')}', 'repair', '${state}', '${unitId}', 'phone',
      '${accountId}', id, now(), now() from service_standards where community_id = '${community.id}' limit 1`);
  return id;
}

describe('finding a household', () => {
  it('finds it by room, name, pinyin, initials, phone, tail and plate while it is being typed', async () => {
    const { community, desk, first, second } = await settled();
    const asked: [string, string, string][] = [
      ['1栋101', first.id, 'room'],
      ['1-1-101', first.id, 'room'],
      ['101室', first.id, 'room'],
      ['张', first.id, 'name'],
      ['zhangsan', first.id, 'pinyin'],
      ['zs', first.id, 'initials'],
      ['1234', first.id, 'phone-tail'],
      ['13800001234', first.id, 'phone'],
      ['京A12345', first.id, 'plate'],
      ['四光', second.id, 'name'],
      ['lisi', second.id, 'pinyin'],
      ['3栋2单元502', second.id, 'room'],
    ];
    for (const [q, id, by] of asked) {
      const found = await find(desk, community, q);
      expect([q, found.map((one) => one.id)]).toEqual([q, [id]]);
      expect([q, found[0]?.matchedBy]).toEqual([q, by]);
    }
    expect(await find(desk, community, '王')).toEqual([]);
  });

  it('finds nothing of another community', async () => {
    const { community, first } = await settled();
    const other = await house.community('standard');
    const stranger = await house.person('front_desk', other);
    expect(await find(stranger, other, '张')).toEqual([]);
    expect((await stranger.get(`${community.path}/units?q=张`)).status).toBe(404);
    expect((await stranger.get(`${other.path}/units/${first.id}`)).status).toBe(404);
    expect((await stranger.get(`/search?q=${encodeURIComponent('张三')}`)).body.households).toEqual([]);
  });

  it('answers households, persons and pages by group, also over all my communities', async () => {
    const { community, desk, first, zhang } = await settled();
    const here = (await desk.get(`${community.path}/search?q=${encodeURIComponent('张')}`)).body;
    expect(here.households.map((one: { id: string }) => one.id)).toEqual([first.id]);
    expect(here.persons.map((one: { id: string }) => one.id)).toEqual([zhang.id]);
    expect((await desk.get('/search?q=zs')).body.households[0]).toMatchObject({ communityId: community.id });
    expect((await desk.get(`${community.path}/search?q=bx`)).body.pages).toEqual([{ page: 'repairs', title: '报修' }]);
    expect((await desk.get(`${community.path}/search?q=`)).status).toBe(422);
  });

  it('finds a case by its number without prefix, year or zeros', async () => {
    const { community, desk, first } = await settled();
    await order(community, first.id, desk.id);
    await house.asOwner(`update cases set code = 'BX-2026-000123' where community_id = '${community.id}'`);
    for (const q of ['123', '2026-123', 'bx123', 'BX-2026-000123']) {
      const { cases } = (await desk.get(`${community.path}/search?q=${q}`)).body;
      expect([q, cases.map((one: { code: string }) => one.code)]).toEqual([q, ['BX-2026-000123']]);
    }
  });

  it('forgets an old name and phone and knows the new ones', async () => {
    const { community, desk, first, zhang } = await settled();
    const changed = await desk.ask('PATCH', `${community.path}/parties/${zhang.id}`, {
      version: 1,
      name: '赵六',
      phone: '12000009999',
    });
    expect(changed.body).toMatchObject({ name: '赵六', phone: '120****9999', version: 2 });
    expect(await find(desk, community, '张')).toEqual([]);
    expect(await find(desk, community, '1234')).toEqual([]);
    expect((await find(desk, community, 'zhaoliu'))[0]?.id).toBe(first.id);
    const stale = await desk.ask('PATCH', `${community.path}/parties/${zhang.id}`, { version: 1, name: '钱七' });
    expect(stale.status).toBe(412);
  });

  it('pages through all units in the order of the buildings', async () => {
    const { community, desk } = await settled();
    await desk.post(`${community.path}/units`, { building: '10', entrance: '1', room: '101' });
    const one = (await desk.get(`${community.path}/units?limit=2&count=true`)).body;
    expect(one.items.map((unit: { label: string }) => unit.label)).toEqual(['1-1-101', '3-2-502']);
    expect(one.total).toBe(3);
    const two = (await desk.get(`${community.path}/units?limit=2&cursor=${one.nextCursor}`)).body;
    expect(two.items.map((unit: { label: string }) => unit.label)).toEqual(['10-1-101']);
    expect(two.nextCursor).toBeNull();
  });
});

describe('the household page', () => {
  it('shows people masked, vehicles, cases and former owners', async () => {
    const { community, desk, first, zhang, li } = await settled();
    await order(community, first.id, desk.id);
    const page = (await desk.get(`${community.path}/units/${first.id}`)).body;
    expect(page).toMatchObject({ label: '1-1-101', areaHundredthsM2: 9456 });
    expect(page.people).toMatchObject([{ name: '张三', phone: '138****1234', relation: 'owner' }]);
    expect(page.vehicles).toMatchObject([{ plate: '京A12345', partyId: zhang.id }]);
    expect(page.openCases).toHaveLength(1);
    expect(JSON.stringify(page)).not.toContain('13800001234');

    const sold = await desk.post(`${community.path}/units/${first.id}/change-owner`, {
      version: page.version,
      owners: [{ partyId: li.id, sharePercent: 100 }],
    });
    expect(sold.body.people).toMatchObject([{ name: '李四光', relation: 'owner', sharePercent: 100 }]);
    expect(sold.body.history).toMatchObject([{ name: '张三', relation: 'owner' }]);
    expect(sold.body.version).toBe(page.version + 1);
    // Who moved out is still found, as a person.
    const persons = (await desk.get(`${community.path}/parties?q=zhangsan`)).body.items;
    expect(persons).toMatchObject([{ id: zhang.id, units: [] }]);
    expect(await find(desk, community, '张')).toEqual([]);
  });

  it('keeps the owners’ shares within the whole and one relation of a kind', async () => {
    const { community, desk, first, zhang, li } = await settled();
    const path = `${community.path}/units/${first.id}/relations`;
    expect((await desk.post(path, { partyId: zhang.id, relation: 'owner' })).body.code).toBe('relation.exists');
    const both = await desk.post(path, { partyId: li.id, relation: 'owner', sharePercent: 60 });
    expect(both.status).toBe(201);
    const third = (await desk.post(`${community.path}/parties`, { name: '王五' })).body;
    const over = await desk.post(path, { partyId: third.id, relation: 'owner', sharePercent: 60 });
    expect([over.status, over.body.code]).toEqual([409, 'relation.share_over_100']);
    expect(over.body.title).toContain('120%');
  });

  it('names wrong fields: unknown unit, bad phone, a unit of another community', async () => {
    const { desk, community } = await settled();
    const other = await settled();
    const answer = await desk.post(`${community.path}/parties`, { name: '王五', phone: '1380000', identity: '12' });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([
      { path: 'phone', code: 'too_few_digits' },
      { path: 'identity', code: 'not_an_identity' },
    ]);
    const elsewhere = await desk.post(`${community.path}/parties`, {
      name: '王五',
      unitId: other.first.id,
      relation: 'owner',
    });
    expect(elsewhere.body.errors).toMatchObject([{ path: 'unitId', code: 'not_here' }]);
    expect(elsewhere.body.errors[0].message).toBe('房号：本小区没有这一项');
    const twice = await desk.post(`${community.path}/units`, { building: '1号楼', entrance: '一单元', room: '101' });
    expect([twice.status, twice.body.code]).toEqual([409, 'unit.exists']);
  });
});

describe('who sees what', () => {
  it('shows a technician and a contractor the households of own open orders only', async () => {
    const { community, first, second, zhang } = await settled();
    const technician = await house.person('technician', community);
    const contractor = await house.person('contractor', community);
    await order(community, first.id, technician.id);
    await order(community, first.id, contractor.id);
    expect((await technician.get(`${community.path}/units/${first.id}`)).status).toBe(200);
    expect((await technician.get(`${community.path}/units/${second.id}`)).status).toBe(403);
    expect((await contractor.get(`${community.path}/units/${second.id}`)).status).toBe(404);
    expect((await contractor.get(`${community.path}/parties/${zhang.id}`)).body).toMatchObject({ name: '张*' });
    expect((await contractor.get(`${community.path}/units/${first.id}`)).body.vehicles).toMatchObject([
      { plate: '京A***45' },
    ]);
    expect(await find(technician, community, '李')).toEqual([]);
    expect(await find(technician, community, '张')).toHaveLength(1);
    const all = (await technician.get(`${community.path}/units`)).body.items;
    expect(all.map((one: { id: string }) => one.id)).toEqual([first.id]);
  });

  it('closes a household to its technician an hour after the work is done', async () => {
    const { community, first } = await settled();
    const technician = await house.person('technician', community);
    const id = await order(community, first.id, technician.id, 'done');
    const done = (at: string) =>
      house.asOwner(`
        insert into case_events (community_id, id, case_id, seq, kind, move, from_state, to_state, at, recorded_at, source)
        values ('${community.id}', '${newId()}', '${id}', ${at.length}, 'move', 'finish', 'working', 'done', now() - interval '${at}', now(), 'phone')`);
    await done('61 minutes');
    expect((await technician.get(`${community.path}/units/${first.id}`)).status).toBe(403);
    await done('5 minutes');
    expect((await technician.get(`${community.path}/units/${first.id}`)).status).toBe(200);
  });

  it('shows a resident the own household and nothing else', async () => {
    const { community, first, second, zhang, li } = await settled();
    const resident = await house.person('resident', community);
    await house.asOwner(
      `insert into resident_accounts (community_id, id, account_id, party_id) values ('${community.id}', '${newId()}', '${resident.id}', '${zhang.id}')`,
    );
    expect((await resident.get(`${community.path}/units/${first.id}`)).body.people).toMatchObject([{ name: '张三' }]);
    expect((await resident.get(`${community.path}/units/${second.id}`)).status).toBe(404);
    expect((await resident.get(`${community.path}/parties/${li.id}`)).status).toBe(404);
  });

  it('lets the administrator and the auditor see no household', async () => {
    const { community, first } = await settled();
    for (const role of ['admin', 'auditor', 'hr_admin', 'cook'] as const) {
      const person = await house.person(role, community);
      expect((await person.get(`${community.path}/units/${first.id}`)).status).toBe(403);
      expect((await person.get(`${community.path}/units?q=zs`)).status).toBe(403);
    }
  });
});

describe('looking at a sealed field', () => {
  it('gives the value for ten minutes and writes down who, which and why', async () => {
    const { community, desk, zhang } = await settled();
    const path = `${community.path}/parties/${zhang.id}/reveal`;
    const answer = await desk.post(path, { field: 'phone', purpose: '回电确认上门时间' });
    expect(answer.body).toMatchObject({ field: 'phone', value: '13800001234' });
    expect(Date.parse(answer.body.until) - Date.now()).toBeGreaterThan(9 * 60_000);
    const looks = await house.asOwner(`select field, purpose, account_id from reveals where party_id = '${zhang.id}'`);
    expect(looks).toEqual([{ field: 'phone', purpose: '回电确认上门时间', account_id: desk.id }]);
    const log = await house.asOwner(
      `select changed from audit_log where action = 'party.revealed' and noun_id = '${zhang.id}'`,
    );
    expect(log).toHaveLength(1);
    expect(JSON.stringify(log)).not.toContain('13800001234');
    expect((await desk.post(path, { field: 'phone' })).status).toBe(422);
    expect((await desk.post(path, { field: 'email', purpose: '寄送账单' })).body.code).toBe('party.field_empty');
  });

  it('opens identity numbers to supervisor, manager and finance only', async () => {
    const { community, desk, zhang } = await settled();
    const path = `${community.path}/parties/${zhang.id}/reveal`;
    expect((await desk.post(path, { field: 'identity', purpose: '核对身份' })).status).toBe(403);
    const finance = await house.person('finance', community);
    expect((await finance.post(path, { field: 'identity', purpose: '核对身份' })).body.value).toBe(
      '110101190001010019',
    );
    expect((await finance.post(path, { field: 'phone', purpose: '核对身份' })).status).toBe(403);
  });

  it('opens to a contractor the phone of the own order and to nobody else’s', async () => {
    const { community, first, zhang, li } = await settled();
    const contractor = await house.person('contractor', community);
    await order(community, first.id, contractor.id);
    const look = (id: string) =>
      contractor.post(`${community.path}/parties/${id}/reveal`, { field: 'phone', purpose: '上门前联系' });
    expect((await look(zhang.id)).body.value).toBe('13800001234');
    expect((await look(li.id)).status).toBe(404);
  });

  it('stops after thirty looks in ten minutes', async () => {
    const { community, zhang } = await settled();
    const butler = await house.person('butler', community);
    const look = () =>
      butler.post(`${community.path}/parties/${zhang.id}/reveal`, { field: 'phone', purpose: '逐户通知' });
    for (let count = 0; count < 30; count++) expect((await look()).status).toBe(200);
    const stopped = await look();
    expect(stopped.status).toBe(429);
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('keeps no phone or identity number in the clear anywhere in the database', async () => {
    const { zhang } = await settled();
    const rows = await house.asOwner(`select row_to_json(p)::text as row from parties p where id = '${zhang.id}'`);
    const tokens = await house.asOwner(`select string_agg(token, ' ') as row from search_tokens`);
    const audit = await house.asOwner(`select string_agg(changed::text, ' ') as row from audit_log`);
    for (const { row } of [...rows, ...tokens, ...audit]) {
      expect(row).not.toContain('13800001234');
      expect(row).not.toContain('110101190001010019');
      expect(row).not.toMatch(/t:1234/);
    }
  });
});
