import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type Community, type Person, useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';

describe('a repair from call to signature (luxury preset)', () => {
  const house = useHouse();

  /** One building with one delivered unit, put there directly: places have tests of their own. */
  async function unitIn(community: Community): Promise<string> {
    const [building, unit] = [newId(), newId()];
    await house.asOwner(`
      insert into buildings (community_id, id, name) values ('${community.id}', '${building}', '1');
      insert into units (community_id, id, building_id, entrance, room, label) values ('${community.id}', '${unit}', '${building}', '1', '101', '1-1-101')`);
    return unit;
  }

  const leak = (unitId: string) => ({
    unitId,
    category: 'water',
    urgency: 'emergency',
    description: '厨房水管爆裂，水漫到客厅，电话 13800001234',
    channel: 'phone',
    contact: { name: '陈先生', phone: '+86 138 0000 1234' },
    readBack: true,
  });

  async function staff(community: Community): Promise<{ desk: Person; tech: Person; engineer: Person }> {
    return {
      desk: await house.person('front_desk', community, '林小满'),
      tech: await house.person('technician', community, '周海涛'),
      engineer: await house.person('engineering_supervisor', community, '刘建国'),
    };
  }

  it('goes the whole way, each step on the time line and each promise on its clock', async () => {
    const community = await house.community();
    const unitId = await unitIn(community);
    const { desk, tech } = await staff(community);
    const made = await desk.post(`${community.path}/repairs`, leak(unitId));
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    expect(made.body).toMatchObject({ state: 'logged', version: 1, unit: '1-1-101', readBack: true });
    expect(made.body.code).toMatch(/^BX-\d{4}-000001$/);
    expect(made.body.contact.phone).toBe('138****1234');
    expect(made.body.description).not.toContain('13800001234');
    const kinds = made.body.clocks.map((clock: { kind: string; state: string }) => `${clock.kind} ${clock.state}`);
    expect(kinds).toEqual(
      expect.arrayContaining(['fill-in met', 'notify running', 'on-site running', 'complete running']),
    );
    const path = `${community.path}/repairs/${made.body.id}`;
    const sent = await desk.post(`${path}/dispatch`, { version: 1, technicianId: tech.id });
    expect(sent.body).toMatchObject({ state: 'dispatched', technician: { name: '周海涛' } });
    let version = sent.body.version;
    for (const [move, body, state] of [
      ['accept', {}, 'accepted'],
      ['arrive', {}, 'on-site'],
      ['finish', { result: '更换软管', materials: [] }, 'done'],
      ['sign', { signature: `data:image/png;base64,${drawing}`, satisfied: true }, 'signed'],
      ['return-voucher', {}, 'returned'],
    ] as const) {
      const answer = await tech.post(`${path}/${move}`, { version, ...body });
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      expect(answer.body.state).toBe(state);
      version = answer.body.version;
    }
    const seen = await desk.get(path);
    expect(seen.body.timeline.map((entry: { action: string }) => entry.action)).toEqual([
      'create',
      'dispatch',
      'accept',
      'arrive',
      'finish',
      // Luxury: the follow-up is owed from the finish, in the same transaction (FU1).
      'follow-up-make',
      'sign',
      'return-voucher',
    ]);
    for (const clock of seen.body.clocks) {
      if (clock.stoppedAt === null) continue;
      const spent = Object.values(clock.spentSecondsBy as Record<string, number>).reduce((sum, one) => sum + one, 0);
      expect(Math.abs(spent * 1000 - (Date.parse(clock.stoppedAt) - Date.parse(clock.startedAt)))).toBeLessThan(4000);
    }
  });

  it('answers a resend with the first repair and makes no second one', async () => {
    const community = await house.community();
    const unitId = await unitIn(community);
    const { desk } = await staff(community);
    const key = { 'idempotency-key': newId() };
    const answers = await Promise.all([1, 2, 3].map(() => desk.post(`${community.path}/repairs`, leak(unitId), key)));
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect((await desk.get(`${community.path}/cases?count=true`)).body.total).toBe(1);
    const other = await desk.post(`${community.path}/repairs`, { ...leak(unitId), description: '别的' }, key);
    expect(other.body).toMatchObject({ status: 422, code: 'idempotency_mismatch' });
  });

  it('names each wrong field in Chinese and keeps nothing', async () => {
    const community = await house.community();
    const { desk } = await staff(community);
    const elsewhere = await unitIn(await house.community());
    const answer = await desk.post(`${community.path}/repairs`, {
      ...leak(elsewhere),
      contact: { phone: '138abc' },
      appointmentAt: 'soon',
    });
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map((one: { path: string }) => one.path).sort()).toEqual([
      'appointmentAt',
      'contact.phone',
    ]);
    expect(answer.body.errors.every((one: { message: string }) => /[一-鿿]/.test(one.message))).toBe(true);
    const unknown = await desk.post(`${community.path}/repairs`, leak(elsewhere));
    expect(unknown.body.errors).toEqual([
      { path: 'unitId', code: 'unknown_unit', message: expect.stringContaining('房号') },
    ]);
    expect((await desk.get(`${community.path}/cases?count=true`)).body.total).toBe(0);
  });

  it('lets the first of two clerks dispatch and tells the second what happened meanwhile', async () => {
    const community = await house.community();
    const unitId = await unitIn(community);
    const { desk, tech } = await staff(community);
    const second = await house.person('front_desk', community);
    const made = await desk.post(`${community.path}/repairs`, leak(unitId));
    const path = `${community.path}/repairs/${made.body.id}/dispatch`;
    const answers = await Promise.all(
      [desk, second].map((one) => one.post(path, { version: 1, technicianId: tech.id })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 412]);
  });

  it('hides an order from those it is not for: staff 403, another contractor 404', async () => {
    const community = await house.community();
    const unitId = await unitIn(community);
    const { desk } = await staff(community);
    const made = await desk.post(`${community.path}/repairs`, leak(unitId));
    const path = `${community.path}/repairs/${made.body.id}`;
    expect((await (await house.person('technician', community)).get(path)).status).toBe(403);
    expect((await (await house.person('contractor', community)).get(path)).status).toBe(404);
    expect((await (await house.person('front_desk', await house.community())).get(path)).status).toBe(404);
  });
});

/** A small drawn line as PNG. */
const drawing = (
  await sharp({ create: { width: 40, height: 20, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
    .composite([{ input: { create: { width: 30, height: 2, channels: 4, background: '#000' } }, left: 5, top: 9 }])
    .png()
    .toBuffer()
).toString('base64');
