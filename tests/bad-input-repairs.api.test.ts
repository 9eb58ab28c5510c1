// Bad input of the work itself: each refused in Chinese by its name, with nothing changed.
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type Answer, type Community, type Person, useHouse } from './house.ts';

const house = useHouse();
const chinese = /[一-鿿]/;

const sheet = async (ink: boolean, background = { r: 0, g: 0, b: 0, alpha: 0 }): Promise<string> => {
  const line = { create: { width: 30, height: 2, channels: 3 as const, background: '#000' } };
  const picture = sharp({ create: { width: 60, height: 30, channels: 4, background } });
  const bytes = await (ink ? picture.composite([{ input: line, left: 10, top: 14 }]) : picture).png().toBuffer();
  return `data:image/png;base64,${bytes.toString('base64')}`;
};

async function centre() {
  const community = await house.community();
  const [desk, tech, other] = await Promise.all([
    house.person('front_desk', community, '林小满'),
    house.person('technician', community, '周海涛'),
    house.person('technician', community, '吴师傅'),
  ]);
  return { community, desk, tech, other };
}

/** An order brought as far as these moves by the technician it was sent to. */
async function order(
  { community, desk, tech }: { community: Community; desk: Person; tech: Person },
  ...moves: [string, object?][]
): Promise<{ path: string; version: number }> {
  const made = await desk.post(`${community.path}/repairs`, {
    place: '1 栋大堂',
    category: 'water',
    urgency: 'ordinary',
    description: '龙头滴水',
    channel: 'phone',
  });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const path = `${community.path}/repairs/${made.body.id}`;
  let { version } = (await desk.post(`${path}/dispatch`, { version: 1, technicianId: tech.id })).body;
  for (const [move, body] of moves) {
    const answer = await tech.post(`${path}/${move}`, { version, ...body });
    expect(answer.status, `${move}: ${JSON.stringify(answer.body)}`).toBe(200);
    version = answer.body.version;
  }
  return { path, version };
}
const refusal = (answer: Answer): [number, string] => {
  expect(answer.body.title).toMatch(chinese);
  return [answer.status, answer.body.code];
};

describe('work with something wrong in it', () => {
  it('takes no quote after the work, and no charge that was not agreed', async () => {
    const all = await centre();
    const finish = { result: '换了垫圈', materials: [] };
    const { path, version } = await order(all, ['accept'], ['arrive'], ['finish', finish]);
    const lines = [{ name: '换水龙头', quantity: 1, unitPriceFen: 26_000 }];
    expect(refusal(await all.tech.post(`${path}/quote`, { version, amountFen: 26_000, lines }))).toEqual([
      409,
      'repair.move_not_allowed',
    ]);
    const unquoted = await order(all, ['accept'], ['arrive']);
    const charged = await all.tech.post(`${unquoted.path}/finish`, {
      version: unquoted.version,
      result: '换了水龙头',
      materials: [{ name: '水龙头', quantity: 1, unitPriceFen: 26_000 }],
    });
    expect(refusal(charged)).toEqual([409, 'repair.quote_missing']);
    expect((await all.desk.get(unquoted.path)).body).toMatchObject({ state: 'on-site', version: unquoted.version });
  });

  it('lets nobody finish an order of another', async () => {
    const all = await centre();
    const { path, version } = await order(all, ['accept'], ['arrive']);
    const answer = await all.other.post(`${path}/finish`, { version, result: '做完了', materials: [] });
    expect(answer.status).toBe(403);
    expect((await all.desk.get(path)).body).toMatchObject({ state: 'on-site', version });
  });

  it('takes no signature from an empty sheet, clear or white', async () => {
    const all = await centre();
    const finish = { result: '换了垫圈', materials: [] };
    const { path, version } = await order(all, ['accept'], ['arrive'], ['finish', finish]);
    const sign = async (signature: string) =>
      all.tech.post(`${path}/sign`, { version, signature, satisfied: true, signer: 'reporter' });
    for (const blank of [await sheet(false), await sheet(false, { r: 255, g: 255, b: 255, alpha: 1 })]) {
      const answer = await sign(blank);
      expect([answer.status, answer.body.errors.map((one: any) => [one.path, one.code])]).toEqual([
        422,
        [['signature', 'nothing_drawn']],
      ]);
      expect(answer.body.errors[0].message).toMatch(chinese);
    }
    expect((await all.desk.get(path)).body.state).toBe('done');
    expect((await sign(await sheet(true))).body.state).toBe('signed');
  });
});
