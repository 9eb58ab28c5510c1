// Price lists over HTTP: published to everybody, written by engineering, approved by the general manager, and a quote
// that keeps to the list of its day (RP5).
import { describe, expect, it } from 'vitest';
import { type Community, useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';
import { dayMs, dayOf, plusDays } from '../../kernel/time.ts';
import type { PriceItem } from './price-list.contract.ts';

describe('price lists', () => {
  const house = useHouse({ startAt: '2026-11-26T01:00:00.000Z' });
  const centre = async () => {
    const community = await house.community();
    const [eng, gm, desk, tech, resident] = await Promise.all([
      house.person('engineering_supervisor', community),
      house.person('general_manager', community),
      house.person('front_desk', community),
      house.person('technician', community),
      house.person('resident', community),
    ]);
    return { community, lists: `${community.path}/price-lists`, eng, gm, desk, tech, resident };
  };
  const items = async (person: { get(path: string): Promise<{ body: any }> }, community: Community, on?: string) =>
    (await person.get(`${community.path}/price-list${on ? `?on=${on}` : ''}`)).body.items as PriceItem[];
  const dearer = (list: PriceItem[], fen = 9900) =>
    list.map((item, index) => (index === 0 ? { ...item, unitPriceFen: fen } : item));

  it('publishes the list in force to residents too, its versions to staff only', async () => {
    const { community, lists, resident, desk } = await centre();
    expect((await items(resident, community)).length).toBeGreaterThan(20);
    expect((await resident.get(lists)).status).toBe(403);
    expect((await desk.get(lists)).body.items.map((one: any) => one.phase)).toEqual(['in-force']);
  });

  it('goes from draft to approved by two hands, and counts from its day', async () => {
    const { community, lists, eng, gm, desk } = await centre();
    const next = dearer(await items(desk, community));
    const made = await eng.post(lists, { items: next, note: '人工涨价' });
    expect(made.status).toBe(201);
    expect(made.body.changes).toHaveLength(1);
    const id = made.body.id;
    expect((await desk.post(lists, { items: next })).status).toBe(403);
    expect((await gm.post(`${lists}/${id}/submit`, { version: 1 })).status).toBe(403);
    expect((await eng.post(lists, { items: next })).body.code).toBe('price-list.open_version');
    expect((await eng.post(`${lists}/${id}/approve`, { version: 1, inForceOn: '2026-12-01' })).status).toBe(403);
    expect((await eng.post(`${lists}/${id}/submit`, { version: 1 })).body.phase).toBe('submitted');
    expect((await gm.post(`${lists}/${id}/return`, { version: 2, remark: '太贵' })).body.remark).toBe('太贵');
    const amended = await eng.post(`${lists}/${id}/amend`, { version: 3, items: dearer(next, 5500), note: '' });
    expect(amended.body.changes[0].isFen).toBe(5500);
    await eng.post(`${lists}/${id}/submit`, { version: 4 });
    const past = await gm.post(`${lists}/${id}/approve`, { version: 5, inForceOn: '2026-11-25' });
    expect([past.status, past.body.errors[0].path]).toEqual([422, 'inForceOn']);
    const today = dayOf(house.house.time.now());
    const approved = await gm.post(`${lists}/${id}/approve`, { version: 5, inForceOn: plusDays(today, 1) });
    expect(approved.body.phase).toBe('waiting');
    expect((await items(desk, community))[0]?.unitPriceFen).not.toBe(5500);
    expect((await items(desk, community, plusDays(today, 1)))[0]?.unitPriceFen).toBe(5500);
    house.house.time.moveTo(new Date(Date.parse(house.house.time.now()) + dayMs).toISOString());
    const phases = (await desk.get(lists)).body.items.map((one: any) => one.phase);
    expect(phases).toEqual(['in-force', 'replaced']);
  });

  it('names every faulty line, and nothing is written', async () => {
    const { community, lists, eng, desk } = await centre();
    const next = await items(desk, community);
    const bad = next.map((item, index) =>
      index === 1 ? { ...item, code: next[0]?.code ?? '', category: 'moon' } : item,
    );
    const answer = await eng.post(lists, { items: bad });
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map((one: any) => one.path)).toEqual(['items.1.code', 'items.1.category']);
    expect(answer.body.errors[0].message).toContain('第 2 行');
    expect((await desk.get(lists)).body.items).toHaveLength(1);
  });

  it('lets a repair name its item, and a quote charge no other price than the list of its day', async () => {
    const { community, eng, desk, tech } = await centre();
    const list = await items(desk, community);
    const item = list.find((one) => one.isPaid) as PriceItem;
    const body = {
      place: '1 栋大堂',
      category: 'water',
      urgency: 'ordinary',
      description: '龙头滴水',
      channel: 'phone',
    };
    const unknown = await desk.post(`${community.path}/repairs`, { ...body, priceItemId: newId() });
    expect([unknown.status, unknown.body.errors[0].code]).toEqual([422, 'unknown_price_item']);
    const made = await desk.post(`${community.path}/repairs`, { ...body, priceItemId: item.id });
    expect(made.body.priceItem).toMatchObject({ code: item.code, unitPriceFen: item.unitPriceFen });
    const path = `${community.path}/repairs/${made.body.id}`;
    await desk.post(`${path}/dispatch`, { version: 1, technicianId: tech.id });
    await tech.post(`${path}/accept`, { version: 2 });
    await tech.post(`${path}/arrive`, { version: 3 });
    const quote = (unitPriceFen: number) =>
      tech.post(`${path}/quote`, {
        version: 4,
        amountFen: unitPriceFen * 2,
        lines: [{ name: item.name, quantity: 2, unitPriceFen, priceItemId: item.id }],
      });
    expect((await quote(item.unitPriceFen + 1)).body.code).toBe('repair.not_list_price');
    const quoted = await quote(item.unitPriceFen);
    expect([quoted.status, quoted.body.state]).toEqual([200, 'quoted']);
    const amended = await eng.post(`${path}/amend`, { version: 5, priceItemId: newId() });
    expect([amended.status, amended.body.errors[0].code]).toEqual([422, 'unknown_price_item']);
  });
});
