import { describe, expect, it } from 'vitest';
import { useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';
import { countWords } from './complaint-rarity.service.ts';
import { commonAt, pairsOf } from './complaint-siblings.rules.ts';

describe('while a complaint is typed in', () => {
  const house = useHouse();

  it('shows open ones of the same event by their rare words, of this community only (CP2)', async () => {
    const [here, elsewhere] = [await house.community(), await house.community()];
    const desk = await house.person(['front_desk'], here);
    await house.person(['cs_supervisor'], here);
    const foreign = await house.person(['front_desk'], elsewhere);
    await house.person(['cs_supervisor'], elsewhere);
    const report = (person: typeof desk, path: string, account: string) =>
      person.post(
        `${path}/complaints`,
        { channel: 'phone', account, contact: { name: '王建国', phone: '19900001234' } },
        { 'idempotency-key': newId() },
      );
    const pump = await report(desk, here.path, '地下泵房整夜轰鸣，三号楼低层住户无法入睡');
    expect(pump.status, JSON.stringify(pump.body)).toBe(201);
    for (const account of ['电梯停运没人来修', '小区大门口的灯坏了', '快递堆在大堂没人管'])
      expect((await report(desk, here.path, account)).status).toBe(201);
    await report(foreign, elsewhere.path, '地下泵房整夜轰鸣，三号楼低层住户无法入睡');

    const ask = async (text: string) =>
      (await desk.post(`${here.path}/complaints/siblings`, { text })).body.items as { id: string; because: string[] }[];
    const found = await ask('泵房整夜轰鸣，我家在三号楼低层，无法入睡');
    expect(found).toEqual([expect.objectContaining({ id: pump.body.id, because: ['words'] })]);
    expect(await ask('车位被外来车辆占了')).toEqual([]);
    const own = await desk.get(`${here.path}/complaints/${pump.body.id}/siblings`);
    expect(own.body.items).toEqual([]);
  });

  it('counts what is common only once in a while, and in each community for itself', async () => {
    const [here, elsewhere] = [await house.community(), await house.community()];
    const word = pairsOf('泵房')[Symbol.iterator]().next().value as string;
    const hold = (community: { id: string }, cases: number) =>
      house.asOwner(`insert into search_tokens (community_id, token, noun, noun_id)
        select '${community.id}', '${word}', 'case', gen_random_uuid() from generate_series(1, ${cases})`);
    const holders = (community: { id: string }) =>
      house.house.database.read([community.id], async (tx) => {
        const counted = await countWords(tx, community.id, [word, 'b:没人']);
        return [counted.holders.get(word), counted.holders.get('b:没人'), counted.complaints];
      });
    await hold(here, commonAt + 20);
    await hold(elsewhere, 3);
    expect(await holders(here)).toEqual([commonAt, 0, 0]);
    await house.asOwner(`delete from search_tokens where community_id = '${here.id}'`);
    expect(await holders(here)).toEqual([commonAt, 0, 0]);
    expect(await holders(elsewhere)).toEqual([3, 0, 0]);
    await hold(elsewhere, 4);
    expect(await holders(elsewhere)).toEqual([7, 0, 0]);
  });
});
