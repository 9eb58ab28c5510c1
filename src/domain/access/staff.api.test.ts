import { describe, expect, it } from 'vitest';
import { testPassword, useHouse } from '../../../tests/house.ts';

const house = useHouse();
const name = () => `w${Math.random().toString(36).slice(2, 12)}`;

describe('communities and staff', () => {
  it('lists the communities that I may see with their standard, and no other', async () => {
    const [a, b] = [await house.community('luxury'), await house.community('standard')];
    const desk = await house.person('front_desk', a);
    const { items } = (await desk.get('/communities')).body;
    expect(items).toEqual([{ id: a.id, code: a.code, name: `小区${a.code}`, standard: 'luxury' }]);
    expect((await desk.get(`${b.path}/staff`)).status).toBe(404);
  });

  it('lists staff by role with the open orders that wait for each', async () => {
    const community = await house.community();
    const desk = await house.person('front_desk', community);
    const technician = await house.person(['technician', 'duty_technician'], community, '周师傅');
    await house.person('contractor', community, '外包');
    await house.asOwner(`
      insert into cases (community_id, id, code, kind, state, channel, responsible_id, standard_version_id, received_at, created_at)
      select '${community.id}', gen_random_uuid(), 'BX-2026-' || n, 'repair', 'accepted', 'phone', '${technician.id}', id, now(), now()
      from service_standards, generate_series(1, 2) n where community_id = '${community.id}'`);
    const { items } = (await desk.get(`${community.path}/staff?role=technician`)).body;
    expect(items).toMatchObject([
      { id: technician.id, name: '周师傅', roles: ['duty_technician', 'technician'], load: 2 },
    ]);
    const all = (await desk.get(`${community.path}/staff`)).body.items.map((one: { name: string }) => one.name);
    expect(all).not.toContain('外包');
    expect((await desk.get(`${community.path}/staff?role=contractor`)).body.items).toHaveLength(1);
  });
});

describe('keeping accounts', () => {
  it('lets the administrator make an account that signs in, and disabling ends its sessions at once', async () => {
    const community = await house.community();
    const admin = await house.person('admin', community);
    const username = name();
    const made = await admin.post('/accounts', {
      username,
      name: '新员工',
      password: testPassword,
      grants: [{ role: 'front_desk', communityId: community.id }],
    });
    expect(made.status).toBe(201);
    expect(made.body.grants).toMatchObject([{ role: 'front_desk', communityId: community.id }]);
    expect(JSON.stringify(made.body)).not.toContain('argon2');
    const again = await admin.post('/accounts', { username, name: '重名', password: testPassword });
    expect([again.status, again.body.code, again.body.title]).toEqual([
      409,
      'account.username_taken',
      '这个用户名已被使用',
    ]);

    const clerk = await house.person('front_desk', community);
    expect((await clerk.get('/me')).status).toBe(200);
    expect((await admin.post(`/accounts/${clerk.id}/disable`)).body.disabledAt).not.toBeNull();
    expect((await clerk.get('/me')).status).toBe(401);
    await expect(clerk.signIn()).rejects.toThrow('401');
    await admin.post(`/accounts/${clerk.id}/enable`);
    expect((await (await clerk.signIn()).get('/me')).status).toBe(200);
    expect((await admin.post(`/accounts/${admin.id}/disable`)).body.code).toBe('account.not_oneself');
  });

  it('lets a manager give and take posts below his own in his own community, never to himself', async () => {
    const [a, b] = [await house.community(), await house.community()];
    const manager = await house.person('manager', a);
    const clerk = await house.person('front_desk', a);
    const give = (id: string, role: string, communityId: string | null) =>
      manager.post(`/accounts/${id}/grants`, { role, communityId });
    const given = await give(clerk.id, 'butler', a.id);
    expect(given.status).toBe(201);
    expect((await give(clerk.id, 'butler', a.id)).body.code).toBe('role.held_already');
    for (const [id, role, where] of [
      [clerk.id, 'manager', a.id],
      [clerk.id, 'butler', b.id],
      [clerk.id, 'butler', null],
      [manager.id, 'butler', a.id],
    ] as const)
      expect([role, where, (await give(id, role, where)).status]).toEqual([role, where, 403]);
    const grant = given.body.grants.find((one: { role: string }) => one.role === 'butler');
    const ended = await manager.post(`/accounts/${clerk.id}/grants/${grant.id}/end`);
    expect(ended.body.grants.map((one: { role: string }) => one.role)).toEqual(['front_desk']);
    expect((await manager.post('/accounts', { username: name(), name: 'x', password: testPassword })).status).toBe(403);
    expect((await clerk.get('/accounts')).status).toBe(403);
  });

  it('sets the area of a butler from places of this community only', async () => {
    const [a, b] = [await house.community(), await house.community()];
    const manager = await house.person(['manager', 'front_desk'], a);
    const stranger = await house.person('front_desk', b);
    const butler = await house.person('butler', a);
    const unit = (await manager.post(`${a.path}/units`, { building: '1', room: '101' })).body;
    const elsewhere = (await stranger.post(`${b.path}/units`, { building: '1', room: '101' })).body;
    const path = `${a.path}/staff/${butler.id}/area`;
    const set = (unitIds: string[]) => manager.ask('PUT', path, { buildingIds: [], unitIds });
    expect((await set([unit.id])).body).toEqual({ buildingIds: [], unitIds: [unit.id] });
    expect((await set([elsewhere.id])).body.errors).toMatchObject([{ path: 'unitIds', code: 'not_here' }]);
    expect((await manager.get(path)).body.unitIds).toEqual([unit.id]);
  });
});
