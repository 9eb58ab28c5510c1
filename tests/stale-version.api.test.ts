// Somebody changed it meanwhile: 412 carries the thing as it stands now, word for word what its GET shows the asker.
import { expect, it } from 'vitest';
import { enquiryRoutes } from '../src/domain/enquiries/enquiry.contract.ts';
import { letterRoutes } from '../src/domain/letters/letter.contract.ts';
import { partyRoutes } from '../src/domain/parties/party.contract.ts';
import { unitRoutes } from '../src/domain/places/unit.contract.ts';
import { priceListRoutes } from '../src/domain/price-lists/price-list.contract.ts';
import { repairRoutes } from '../src/domain/repairs/repair.routes.ts';
import { rosterRoutes } from '../src/domain/rosters/roster.contract.ts';
import type { RouteContract } from '../src/kernel/route.ts';
import { plusMinutes } from '../src/kernel/time.ts';
import { useHouse } from './house.ts';

const house = useHouse({ startAt: '2026-11-26T01:00:00.000Z' });

async function centre() {
  const community = await house.community();
  const desk = await house.person('front_desk', community, '林小满');
  const unit = (await desk.post(`${community.path}/units`, { building: '3', entrance: '1', room: '502' })).body;
  const party = (await desk.post(`${community.path}/parties`, { name: '张小明', kind: 'person', phone: '12000001234' }))
    .body;
  const made = await desk.post(`${community.path}/repairs`, {
    unitId: unit.id,
    category: 'water',
    urgency: 'ordinary',
    description: '厨房水龙头滴水',
    channel: 'phone',
    contact: { name: '张小明', phone: '12000001234' },
  });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return { community, desk, unit, party, repair: made.body };
}

it.each(['repair', 'unit', 'party', 'enquiry', 'price list', 'absence', 'shift', 'reply letter'])(
  'a stale change of a %s answers 412 with what the GET shows',
  async (noun) => {
    const { community, desk, unit, party, repair } = await centre();
    const manager = await house.person('manager', community, '沈经理');
    const tech = await house.person('technician', community, '周海涛');
    const at = house.house.time.now();
    const stale = { version: 99 };
    const cases: Record<
      string,
      () => Promise<{ by: typeof desk; get: string; method?: string; at: string; body: object }>
    > = {
      repair: async () => {
        const get = `${community.path}/repairs/${repair.id}`;
        return { by: desk, get, at: `${get}/dispatch`, body: { ...stale, technicianId: tech.id } };
      },
      unit: async () => {
        const get = `${community.path}/units/${unit.id}`;
        return { by: desk, get, method: 'PATCH', at: get, body: { ...stale, areaHundredthsM2: 9000 } };
      },
      party: async () => {
        const get = `${community.path}/parties/${party.id}`;
        return { by: desk, get, method: 'PATCH', at: get, body: { ...stale, name: '钱七' } };
      },
      enquiry: async () => {
        const body = { kind: 'enquiry', channel: 'phone', description: '装修押金怎么退' };
        const made = await desk.post(`${community.path}/enquiries`, body);
        const get = `${community.path}/enquiries/${made.body.id}`;
        return { by: desk, get, at: `${get}/assign`, body: { ...stale, toId: manager.id, text: '请处理' } };
      },
      'price list': async () => {
        const eng = await house.person('engineering_supervisor', community);
        const { items } = (await eng.get(`${community.path}/price-list`)).body;
        const dearer = items.map((item: object, index: number) =>
          index === 0 ? { ...item, unitPriceFen: 9900 } : item,
        );
        const made = await eng.post(`${community.path}/price-lists`, { items: dearer, note: '人工涨价' });
        const get = `${community.path}/price-lists/${made.body.id}`;
        return { by: eng, get, at: `${get}/submit`, body: stale };
      },
      absence: async () => {
        const body = { staffId: tech.id, reason: 'leave', from: at, until: plusMinutes(at, 60) };
        const made = await manager.post(`${community.path}/absences`, body);
        const get = `${community.path}/absences/${made.body.id}`;
        return { by: manager, get, at: `${get}/end`, body: stale };
      },
      'reply letter': async () => {
        const made = await desk.post(`${community.path}/incoming-documents`, {
          sender: '陈先生',
          datedOn: '2026-11-20',
          receivedOn: '2026-11-23',
          subject: '电梯困人',
          summary: '电梯困人四十分钟',
        });
        const written = { addressee: '陈先生', subject: '答复', body: '来信收悉。' };
        const reply = await desk.post(`${community.path}/incoming-documents/${made.body.id}/replies`, written);
        const get = `${community.path}/reply-letters/${reply.body.id}`;
        return { by: desk, get, at: `${get}/amend`, body: { ...stale, ...written } };
      },
      shift: async () => {
        const duty = await house.person('duty_technician', community, '高夜');
        const body = { staffId: duty.id, role: 'duty_technician', from: at, until: plusMinutes(at, 60) };
        const made = await manager.post(`${community.path}/shifts`, body);
        const get = `${community.path}/shifts/${made.body.id}`;
        return { by: manager, get, at: `${get}/remove`, body: stale };
      },
    };
    const one = await (cases[noun] as NonNullable<(typeof cases)[string]>)();
    const now = await one.by.get(one.get);
    expect(now.status, JSON.stringify(now.body)).toBe(200);
    const refused = await one.by.ask(one.method ?? 'POST', one.at, one.body);
    expect([refused.status, refused.body.code]).toEqual([412, 'stale_version']);
    expect(refused.body.current).toEqual(now.body);
    expect(refused.headers.get('etag')).toBe(`"${now.body.version}"`);
  },
);

it('is masked for the asker, and shows nothing to whom the GET would refuse', async () => {
  const { community, desk, repair, party } = await centre();
  const refused = await desk.post(`${community.path}/repairs/${repair.id}/cancel`, { version: 9, reason: '客户取消' });
  expect(refused.body.current.contact.phone).toBe('120****1234');
  const changed = await desk.ask('PATCH', `${community.path}/parties/${party.id}`, { version: 9, name: '钱七' });
  expect(changed.body.current.phone).toBe('120****1234');
  expect(JSON.stringify([refused.body, changed.body])).not.toContain('12000001234');

  // Another's order: the technician may make moves, but not read this one.
  const other = await house.person('technician', community, '吴师傅');
  const path = `${community.path}/repairs/${repair.id}`;
  expect((await other.get(path)).status).toBe(403);
  const theirs = await other.post(`${path}/accept`, { version: 9 });
  expect(theirs.body).not.toHaveProperty('current');
});

it('is named by every route that takes a version', () => {
  const slices: Record<string, RouteContract>[] = [
    repairRoutes,
    enquiryRoutes,
    priceListRoutes,
    letterRoutes,
    partyRoutes,
    unitRoutes,
    rosterRoutes,
  ];
  const silent = slices.flatMap((routes) =>
    Object.entries(routes)
      .filter(([, { body }]) => body !== undefined && 'shape' in body && 'version' in (body.shape as object))
      .filter(([, { staleShows }]) => staleShows === undefined || routes[staleShows]?.method !== 'GET')
      .map(([name]) => name),
  );
  expect(silent).toEqual([]);
});
