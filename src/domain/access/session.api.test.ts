import { describe, expect, it } from 'vitest';
import { useHouse } from '../../../tests/house.ts';

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
});
