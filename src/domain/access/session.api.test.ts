import { describe, expect, it } from 'vitest';
import { Person, useHouse } from '../../../tests/house.ts';

describe('signing in', () => {
  const house = useHouse();

  it('answers who I am with the communities I may see and no other', async () => {
    const [a, b] = [await house.community(), await house.community('standard')];
    const desk = await house.person('front_desk', a);
    const me = await desk.get('/me');
    expect(me.status).toBe(200);
    expect(me.body.communities.map((one: { id: string }) => one.id)).toEqual([a.id]);
    expect(me.body.communities[0].roles).toEqual(['front_desk']);
    expect(JSON.stringify(me.body)).not.toContain(b.id);
  });

  it('brakes guessing after five wrong passwords, also for the right one', async () => {
    const desk = await house.person('front_desk', await house.community());
    for (let tries = 0; tries < 5; tries++) await expect(desk.signIn('wrong')).rejects.toThrow('401');
    await expect(desk.signIn()).rejects.toThrow('429');
  });

  it('answers an unknown name as it answers a wrong password, and hashes for both', async () => {
    const desk = await house.person('front_desk', await house.community());
    const nobody = Object.assign(Object.create(Object.getPrototypeOf(desk)), desk, { username: 'nobody-of-this-name' });
    const timed = async (person: typeof desk) => {
      const from = performance.now();
      await expect(person.signIn('wrong wrong wrong')).rejects.toThrow(
        /sign-in answered 401.*session\.wrong_credentials/s,
      );
      return performance.now() - from;
    };
    const known = [await timed(desk), await timed(desk), await timed(desk)].sort((a, b) => a - b)[1] as number;
    const unknown = [await timed(nobody), await timed(nobody), await timed(nobody)].sort((a, b) => a - b)[1] as number;
    // Without a hash of its own an unknown name would answer in a tenth of the time.
    expect(unknown / known).toBeGreaterThan(0.3);
  });

  it('opens nothing but the change while the password is one that somebody else chose', async () => {
    const community = await house.community();
    const admin = await house.person('admin', null);
    const given = 'k7mp-x2qd-9vhr';
    const username = `new${community.code.toLowerCase()}`;
    const made = await admin.post('/accounts', {
      username,
      name: '新来的',
      password: given,
      grants: [{ role: 'front_desk', communityId: community.id }],
    });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    const desk = await new Person(house, made.body.id, username).signIn(given);
    expect((await desk.get('/me')).body.mustChangePassword).toBe(true);
    for (const path of [`${community.path}/cases`, '/communities', '/notifications']) {
      const refused = await desk.get(path);
      expect([refused.status, refused.body.code], path).toEqual([403, 'password_change_required']);
    }
    expect((await desk.post('/me/second-factor')).body.code).toBe('password_change_required');

    const change = (newPassword: string) => desk.post('/me/password', { currentPassword: given, newPassword });
    expect((await change('short')).body.errors[0]).toMatchObject({ path: 'newPassword' });
    expect((await change('password123456')).body.errors[0]).toMatchObject({ path: 'newPassword', code: 'too_common' });
    expect((await change(given)).body.errors[0]).toMatchObject({ path: 'newPassword', code: 'same_as_before' });
    const changed = await change('three herons by the pond');
    expect(changed.status).toBe(204);
    // A new token: the one from before opens nothing any more.
    expect(changed.headers.getSetCookie()).toHaveLength(1);
    expect((await desk.get('/me')).status).toBe(401);
    await desk.signIn('three herons by the pond');
    expect((await desk.get('/me')).body.mustChangePassword).toBe(false);
    expect((await desk.get(`${community.path}/cases`)).status).toBe(200);
  });

  it('signs out everywhere, and a disabled account is out at once', async () => {
    const community = await house.community();
    const desk = await house.person('front_desk', community);
    const phone = await new Person(house, desk.id, desk.username).signIn();
    expect((await desk.ask('DELETE', '/sessions')).status).toBe(204);
    expect((await desk.get('/me')).status).toBe(401);
    expect((await phone.get('/me')).status).toBe(401);

    await phone.signIn();
    const admin = await house.person('admin', null);
    expect((await admin.post(`/accounts/${desk.id}/disable`)).status).toBe(200);
    expect((await phone.get('/me')).status).toBe(401);
    await expect(phone.signIn()).rejects.toThrow('401');
  });

  it('gives a new token at each sign-in', async () => {
    const desk = await house.person('front_desk', await house.community());
    const before = desk.cookieHeader;
    await desk.signIn();
    expect(desk.cookieHeader).not.toBe(before);
  });
});
