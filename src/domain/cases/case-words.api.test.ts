// Words of a case are found the same whether few cases hold them or most: by the rarest word, or along the list.
import { describe, expect, it } from 'vitest';
import { type Community, type Person, useHouse } from '../../../tests/house.ts';
import { textTokens } from '../places/search.rules.ts';

describe('cases by their words', () => {
  const house = useHouse();
  const log = async (desk: Person, community: Community, description: string): Promise<string> => {
    const made = await desk.post(`${community.path}/repairs`, {
      place: '地下车库',
      category: 'public-area',
      urgency: 'ordinary',
      description,
      channel: 'phone',
      readBack: true,
    });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    return made.body.code;
  };
  const board = async (desk: Person, community: Community, q: string): Promise<string[]> => {
    const { body } = await desk.get(`${community.path}/cases?q=${encodeURIComponent(q)}&sort=oldest&count=true`);
    expect(body.total).toBe(body.items.length);
    return body.items.map((one: { code: string }) => one.code);
  };
  const omnibox = async (desk: Person, q: string): Promise<string[]> =>
    (await desk.get(`/search?q=${encodeURIComponent(q)}`)).body.cases.map((one: { code: string }) => one.code);

  it('finds the same cases when a word has become common', async () => {
    const community = await house.community();
    const desk = await house.person('front_desk', community);
    const leak = await log(desk, community, '水管漏水，地面积水');
    const lamp = await log(desk, community, '车库照明灯不亮');
    const both = await log(desk, community, '水管漏水，照明灯也不亮');
    const expected = async () => {
      expect(await board(desk, community, '漏水')).toEqual([leak, both]);
      expect(await board(desk, community, '照明灯')).toEqual([lamp, both]);
      expect(await board(desk, community, '漏水照明灯')).toEqual([]);
      expect(await board(desk, community, '漏水 照明灯')).toEqual([both]);
      expect(await board(desk, community, lamp.slice(-6))).toEqual([lamp]);
      expect((await omnibox(desk, '漏水')).sort()).toEqual([leak, both].sort());
      expect(await omnibox(desk, lamp)).toEqual([lamp]);
    };
    await expected();
    // Two thousand and one other cases hold each word of the first; their rows do not matter here.
    for (const token of textTokens('漏水', 8))
      await house.asOwner(`
        insert into search_tokens (community_id, token, noun, noun_id)
        select '${community.id}', '${token}', 'case', gen_random_uuid() from generate_series(1, 2001)`);
    await expected();
    for (const token of textTokens('照明灯', 8))
      await house.asOwner(`
        insert into search_tokens (community_id, token, noun, noun_id)
        select '${community.id}', '${token}', 'case', gen_random_uuid() from generate_series(1, 2001)`);
    await expected();
  });
});
