// An order under warranty (RP7): told within the five minutes, signed for on arrival, each minute one party's, and the
// contractor's account sees its own firm's orders and nothing else.
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type Community, type Person, useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';

const startAt = '2026-11-26T02:00:00.000Z';

describe('an order under warranty (luxury preset)', () => {
  const house = useHouse({ startAt });

  async function town(): Promise<{
    community: Community;
    unitId: string;
    desk: Person;
    engineer: Person;
    tech: Person;
    contractor: Person;
    colleague: Person;
    firmId: string;
  }> {
    const community = await house.community();
    const [building, unitId] = [newId(), newId()];
    await house.asOwner(`
      insert into buildings (community_id, id, name) values ('${community.id}', '${building}', '3栋');
      insert into units (community_id, id, building_id, entrance, room, label, delivered_on)
      values ('${community.id}', '${unitId}', '${building}', '1', '101', '3-1-101', '2025-11-26')`);
    const desk = await house.person('front_desk', community, '林小满');
    const engineer = await house.person('engineering_supervisor', community, '刘建国');
    const contractor = await house.person('contractor', community, '固盾秦师傅');
    const colleague = await house.person('contractor', community, '固盾小何');
    const firm = await engineer.post(`${community.path}/contractors`, {
      name: '固盾防水',
      trades: ['walls-roof'],
      activeFrom: '2024-01-01',
      people: [
        { name: '秦师傅', phone: '13800001234', accountId: contractor.id },
        { name: '小何', accountId: colleague.id },
      ],
    });
    await engineer.post(`${community.path}/warranty-terms`, {
      category: 'walls-roof',
      part: '屋面防水',
      months: 12,
      contractorId: firm.body.id,
    });
    const tech = await house.person('technician', community, '周海涛');
    return { community, unitId, desk, engineer, tech, contractor, colleague, firmId: firm.body.id };
  }

  const leak = (unitId: string, change: object = {}) => ({
    unitId,
    category: 'walls-roof',
    urgency: 'ordinary',
    description: '主卧顶面渗水',
    channel: 'phone',
    contact: { name: '陈先生', phone: '13800005678' },
    readBack: true,
    ...change,
  });
  const clockOf = (body: { clocks: { kind: string }[] }, kind: string) => body.clocks.find((one) => one.kind === kind);

  it('is told to the firm by a delivered message within the five minutes, with its why on the case', async () => {
    const { community, unitId, desk, contractor, colleague } = await town();
    const made = await desk.post(`${community.path}/repairs`, leak(unitId));
    expect(made.body).toMatchObject({
      underWarranty: true,
      part: null,
      warranty: {
        isUnder: true,
        part: '屋面防水',
        months: 12,
        countsFrom: '2025-11-26',
        lastDay: '2026-11-26',
        contractor: { name: '固盾防水' },
      },
      contractorTold: null,
    });
    expect(clockOf(made.body, 'contractor-told')).toMatchObject({ state: 'running' });
    await house.tick();
    const seen = await desk.get(`${community.path}/repairs/${made.body.id}`);
    expect(clockOf(seen.body, 'contractor-told')).toMatchObject({ state: 'met' });
    expect(seen.body.contractorTold).toMatchObject({ how: 'message' });
    for (const one of [contractor, colleague])
      expect((await one.get('/notifications')).body.items[0]).toMatchObject({ kind: 'contractor-to-tell' });
  });

  it('on the day after the last day is nobody’s but ours', async () => {
    const { community, unitId, desk } = await town();
    await house.asOwner(`update units set delivered_on = '2025-11-25' where id = '${unitId}'`);
    const made = await desk.post(`${community.path}/repairs`, leak(unitId));
    expect(made.body).toMatchObject({ underWarranty: false, warranty: { reason: 'expired', lastDay: '2026-11-25' } });
    expect(clockOf(made.body, 'contractor-told')).toBeUndefined();
  });

  it('is judged by the day of the report where it is typed in after midnight', async () => {
    const { community, unitId, desk } = await town();
    await house.asOwner(`update units set delivered_on = '2025-11-25' where id = '${unitId}'`);
    const made = await desk.post(`${community.path}/repairs`, leak(unitId, { receivedAt: '2026-11-25T15:59:59.000Z' }));
    expect(made.body).toMatchObject({ underWarranty: true });
  });

  it('is told by the order itself where the register named nobody, and by a noted call', async () => {
    const { community, unitId, desk, firmId } = await town();
    const major = { category: 'water', urgency: 'major', agreedAt: '2026-12-20T02:00:00.000Z' };
    const made = await desk.post(`${community.path}/repairs`, leak(unitId, major));
    expect(made.body).toMatchObject({ underWarranty: true, warranty: { reason: 'no-term', contractor: null } });
    await house.tick();
    const path = `${community.path}/repairs/${made.body.id}`;
    expect(clockOf((await desk.get(path)).body, 'contractor-told')).toMatchObject({ state: 'running' });
    const sent = await desk.post(`${path}/dispatch`, { version: 1, contractorId: firmId });
    expect(sent.body).toMatchObject({ contractor: { name: '固盾秦师傅' }, contractorFirm: { name: '固盾防水' } });
    await house.tick();
    expect(clockOf((await desk.get(path)).body, 'contractor-told')).toMatchObject({ state: 'met' });

    const second = await desk.post(`${community.path}/repairs`, leak(unitId, major));
    await desk.post(`${community.path}/cases/${second.body.id}/notes`, {
      kind: 'call',
      to: 'contractor',
      direction: 'out',
      text: '已电话告知',
    });
    const seen = await desk.get(`${community.path}/repairs/${second.body.id}`);
    expect(clockOf(seen.body, 'contractor-told')).toMatchObject({ state: 'met' });
    expect(seen.body.contractorTold).toMatchObject({ how: 'call' });
  });

  it('is judged anew where category or part is put right, and the promise to tell begins or ends with it', async () => {
    const { community, unitId, desk } = await town();
    const made = await desk.post(`${community.path}/repairs`, leak(unitId, { category: 'water' }));
    expect(made.body.underWarranty).toBe(false);
    const path = `${community.path}/repairs/${made.body.id}`;
    const changed = await desk.post(`${path}/amend`, { version: 1, category: 'walls-roof', part: '屋面防水' });
    expect(changed.body).toMatchObject({ underWarranty: true, part: '屋面防水' });
    expect(clockOf(changed.body, 'contractor-told')).toMatchObject({ state: 'running' });
    const back = await desk.post(`${path}/amend`, { version: changed.body.version, part: '踢脚线' });
    expect(back.body).toMatchObject({ underWarranty: false, warranty: { reason: 'no-term' } });
    expect(clockOf(back.body, 'contractor-told')).toMatchObject({ state: 'void' });
  });

  it('shows whether the customer knows of the appointment', async () => {
    const { community, unitId, desk } = await town();
    const made = await desk.post(`${community.path}/repairs`, leak(unitId));
    expect(made.body.appointmentTold).toBeNull();
    const path = `${community.path}/repairs/${made.body.id}`;
    const set = await desk.post(`${path}/amend`, { version: 1, appointmentAt: '2026-11-27T02:00:00.000Z' });
    expect(set.body.appointmentTold).toBe(false);
    await desk.post(`${community.path}/cases/${made.body.id}/notes`, {
      kind: 'call',
      to: 'customer',
      direction: 'out',
      text: '已告知明天上午十点',
    });
    expect((await desk.get(path)).body.appointmentTold).toBe(true);
    const moved = await desk.post(`${path}/amend`, {
      version: set.body.version,
      appointmentAt: '2026-11-27T03:00:00.000Z',
      customerTold: true,
    });
    expect(moved.body.appointmentTold).toBe(true);
  });

  it('goes the whole way in the firm’s hands: either account, signed for on arrival, each minute one party’s', async () => {
    const { community, unitId, desk, engineer, contractor, colleague, firmId } = await town();
    const made = await desk.post(`${community.path}/repairs`, leak(unitId));
    const path = `${community.path}/repairs/${made.body.id}`;
    expect((await contractor.get(path)).status).toBe(404);
    const sent = await desk.post(`${path}/dispatch`, { version: 1, contractorId: firmId });
    let version = sent.body.version;
    const moved = async (who: Person, name: string, body: object = {}) => {
      const answer = await who.post(`${path}/${name}`, { version, ...body });
      expect(answer.status, `${name}: ${JSON.stringify(answer.body)}`).toBe(200);
      version = answer.body.version;
      return answer.body;
    };
    await moved(colleague, 'accept');
    expect((await desk.post(`${path}/contractor-signature`, { signature: drawn })).status).toBe(409);
    const arrived = await moved(contractor, 'arrive', { signature: drawn });
    expect(arrived.contractorSigned).toMatchObject({ by: { name: '固盾秦师傅' } });
    await moved(contractor, 'finish', { result: '重做防水层', materials: [] });
    await moved(contractor, 'sign', { signature: drawn, satisfied: true });
    await moved(colleague, 'return-voucher');
    expect((await contractor.post(`${path}/confirm`, { version })).status).toBe(404);
    const seen = await desk.get(path);
    for (const clock of seen.body.clocks) {
      const sum = (charged: Record<string, number>) => Object.values(charged).reduce((total, one) => total + one, 0);
      expect(sum(clock.spentMinutesBy)).toBe(clock.spentMinutes);
    }
    await moved(engineer, 'confirm');
  });

  it('may be signed for later, by a photo or a drawing, and by nobody who has no part in it', async () => {
    const { community, unitId, desk, engineer, tech, contractor, firmId } = await town();
    const made = await desk.post(`${community.path}/repairs`, leak(unitId));
    const path = `${community.path}/repairs/${made.body.id}`;
    await desk.post(`${path}/dispatch`, { version: 1, contractorId: firmId });
    await contractor.post(`${path}/accept`, { version: 2 });
    const arrived = await contractor.post(`${path}/arrive`, { version: 3 });
    expect(arrived.body.contractorSigned).toBeNull();
    const sign = `${path}/contractor-signature`;
    expect((await desk.post(sign, {})).status).toBe(422);
    expect((await desk.post(sign, { signature: 'data:image/png;base64,xx' })).status).toBe(422);
    expect((await tech.post(sign, { signature: drawn })).status).toBe(403);
    const signed = await engineer.post(sign, { signature: drawn });
    expect(signed.body.contractorSigned).toMatchObject({ by: { name: '刘建国' } });
    expect(signed.body.version).toBe(arrived.body.version);
  });

  it('refuses a signature where our own people went, and a firm nobody can sign in for', async () => {
    const { community, unitId, desk, engineer, tech } = await town();
    const made = await desk.post(`${community.path}/repairs`, leak(unitId, { category: 'water' }));
    const path = `${community.path}/repairs/${made.body.id}`;
    const mute = await engineer.post(`${community.path}/contractors`, {
      name: '只有电话',
      trades: ['water'],
      activeFrom: '2024-01-01',
    });
    const refused = await desk.post(`${path}/dispatch`, { version: 1, contractorId: mute.body.id });
    expect(refused.body.errors).toEqual([
      { path: 'contractorId', code: 'contractor_without_account', message: expect.stringContaining('账号') },
    ]);
    await desk.post(`${path}/dispatch`, { version: 1, technicianId: tech.id });
    await tech.post(`${path}/accept`, { version: 2 });
    const wrong = await tech.post(`${path}/arrive`, { version: 3, signature: drawn });
    expect(wrong.body.errors?.[0]).toMatchObject({ path: 'signature', code: 'only_for_contractor' });
  });

  it('shows a contractor its own order without what the house says inside, and no other', async () => {
    const { community, unitId, desk, engineer, contractor, firmId } = await town();
    const own = await desk.post(`${community.path}/repairs`, leak(unitId));
    const path = `${community.path}/repairs/${own.body.id}`;
    await desk.post(`${path}/dispatch`, { version: 1, contractorId: firmId });
    await desk.post(`${community.path}/cases/${own.body.id}/notes`, { kind: 'note', text: '内部密语：此单位常拖延' });
    await desk.post(`${community.path}/cases/${own.body.id}/notes`, {
      kind: 'call',
      to: 'customer',
      direction: 'out',
      text: '内部密语：客户要投诉',
    });
    await contractor.post(`${community.path}/cases/${own.body.id}/notes`, { kind: 'note', text: '材料明天到' });
    const other = await desk.post(
      `${community.path}/repairs`,
      leak(unitId, { description: '内部密语：别家的单', contact: { name: '密语先生', phone: '13800009999' } }),
    );
    const rival = await house.person('contractor', community, '别家');
    await engineer.post(`${community.path}/contractors`, {
      name: '密语竞争对手',
      trades: ['water'],
      activeFrom: '2024-01-01',
      people: [{ name: '密语联系人', accountId: rival.id }],
    });
    await desk.post(`${community.path}/repairs/${other.body.id}/dispatch`, { version: 1, contractorId: rival.id });

    const seen = (await contractor.get(path)).body;
    expect(seen.contact).toEqual({ name: '陈**', phone: '138****5678' });
    expect(seen.firstContact).toBeNull();
    expect(seen.timeline.map((one: { action: string }) => one.action)).toEqual(['create', 'dispatch', 'note']);
    expect(seen.clocks.map((one: { kind: string }) => one.kind).sort()).toEqual(['complete', 'on-site']);

    // Every route there is, asked by the contractor about what is not theirs.
    const ids: Record<string, string> = { communityId: community.id, id: other.body.id, caseId: other.body.id };
    const open = new Set<string>();
    for (const { method, url } of house.server.routes) {
      if (!url.startsWith('/api/v1/')) continue;
      const filled = url.slice('/api/v1'.length).replaceAll(/:(\w+)/g, (_, name: string) => ids[name] ?? other.body.id);
      if (/events$|^\/session|^\/setup/.test(filled)) continue;
      const answer =
        method === 'GET'
          ? await contractor.get(filled)
          : await contractor.ask(method, filled, method === 'POST' ? { version: 2 } : undefined, {
              'idempotency-key': newId(),
            });
      expect(JSON.stringify(answer.body), `${method} ${filled}`).not.toContain('密语');
      if (answer.status < 300) open.add(`${method} ${url.slice('/api/v1'.length)}`);
      else if (/repairs\/:id/.test(url) && answer.status !== 422) expect(answer.status, `${method} ${url}`).toBe(404);
    }
    expect([...open].sort()).toEqual([
      'GET /approvals',
      'GET /cases',
      'GET /clock',
      'GET /clocks',
      'GET /communities',
      'GET /communities/:communityId/buildings',
      'GET /communities/:communityId/cases',
      'GET /communities/:communityId/cases/counts',
      // None: the names of origins are for who reads the whole community.
      'GET /communities/:communityId/cases/origins',
      'GET /communities/:communityId/clocks',
      'GET /communities/:communityId/complaints',
      'GET /communities/:communityId/desk',
      'GET /communities/:communityId/parties',
      'GET /communities/:communityId/price-list',
      'GET /communities/:communityId/units',
      // Over the communities in which one may: none, so nothing.
      'GET /follow-ups',
      'GET /indicators',
      'GET /me',
      'GET /notifications',
      'GET /openapi.json',
      'POST /me/second-factor',
      'POST /notifications/read-all',
    ]);
    // Its own list holds its own order alone, and the promises that it keeps.
    for (const nothing of ['/follow-ups', '/indicators'])
      expect((await contractor.get(nothing)).body.items).toEqual([]);
    const list = await contractor.get(`${community.path}/cases`);
    expect(list.body.items.map((one: { id: string }) => one.id)).toEqual([own.body.id]);
    const clocks = await contractor.get(`${community.path}/clocks`);
    expect(new Set(clocks.body.items.map((one: { caseId: string }) => one.caseId))).toEqual(new Set([own.body.id]));
    expect(clocks.body.items.some((one: { kind: string }) => one.kind === 'notify')).toBe(false);
  });
});

/** A small drawn line as PNG. */
const drawn = `data:image/png;base64,${(
  await sharp({ create: { width: 40, height: 20, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
    .composite([{ input: { create: { width: 30, height: 2, channels: 4, background: '#000' } }, left: 5, top: 9 }])
    .png()
    .toBuffer()
).toString('base64')}`;
