import { describe, expect, it } from 'vitest';
import { type Community, type Person, useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';

/** A working day in a community with the standard preset: no minute limits, what was agreed is what counts (RP3, Q7.3.6). */
describe('a working day by appointment (standard preset)', () => {
  // Monday 2026-11-23, 09:00 in Shanghai.
  const house = useHouse({ startAt: '2026-11-23T01:00:00.000Z' });
  const at = (time: string, day = '2026-11-23') => new Date(`${day}T${time}:00+08:00`).toISOString();

  async function centre() {
    const community = await house.community('standard');
    const [building, unit] = [newId(), newId()];
    await house.asOwner(`
      insert into buildings (community_id, id, name) values ('${community.id}', '${building}', '1');
      insert into units (community_id, id, building_id, entrance, room, label) values ('${community.id}', '${unit}', '${building}', '1', '101', '1-1-101')`);
    return {
      community,
      unitId: unit,
      desk: await house.person('front_desk', community, '林小满'),
      tech: await house.person('technician', community, '周海涛'),
    };
  }
  const report = (community: Community, desk: Person, unitId: string, more: object = {}) =>
    desk.post(`${community.path}/repairs`, {
      unitId,
      category: 'water',
      urgency: 'emergency',
      description: '厨房水管漏水',
      channel: 'phone',
      readBack: true,
      ...more,
    });
  const clocksOf = (body: any): Record<string, string> =>
    Object.fromEntries(body.clocks.map((one: any) => [one.kind, `${one.state} ${one.dueAt}`]));

  it('has no minute limits, and asks for both times before anybody is sent', async () => {
    const { community, unitId, desk, tech } = await centre();
    const made = await report(community, desk, unitId);
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    // Nothing that counts minutes from the report: no filling-in, no telling, no arrival within a quarter of an hour.
    const withDue = made.body.clocks.filter((one: any) => one.dueAt !== null);
    expect(withDue).toEqual([]);
    const path = `${community.path}/repairs/${made.body.id}`;
    const send = (version: number) => desk.post(`${path}/dispatch`, { version, technicianId: tech.id });
    const button = (body: any) => body.moves.find((one: any) => one.name === 'dispatch');
    expect(button(made.body)).toEqual({ name: 'dispatch', allowed: false, reason: 'repair.appointment_missing' });
    const early = await send(1);
    expect([early.status, early.body.code, early.body.title]).toEqual([
      409,
      'repair.appointment_missing',
      '还没有预约上门时间，不能派工',
    ]);
    const appointed = await desk.post(`${path}/amend`, { version: 1, appointmentAt: at('14:00') });
    expect(button(appointed.body).reason).toBe('repair.agreed_date_missing');
    expect((await send(2)).body.code).toBe('repair.agreed_date_missing');
    const tooSoon = await desk.post(`${path}/amend`, { version: 2, agreedAt: at('13:00') });
    expect(tooSoon.body.errors?.[0]).toMatchObject({ path: 'agreedAt', code: 'agreed_before_appointment' });
    const agreed = await desk.post(`${path}/amend`, {
      version: 2,
      agreedAt: at('17:00'),
      consent: { by: '陈先生', how: 'call' },
    });
    expect(button(agreed.body)).toEqual({ name: 'dispatch', allowed: true });
    expect(clocksOf(agreed.body)).toMatchObject({
      'on-site': `running ${at('14:00')}`,
      complete: `running ${at('17:00')}`,
    });
    expect((await send(3)).status).toBe(200);
  });

  it('judges "in time" by what was agreed: one kept, one missed', async () => {
    const { community, unitId, desk, tech } = await centre();
    const dates = { appointmentAt: at('15:00'), agreedAt: at('17:00') };
    const orders: { path: string; version: number }[] = [];
    for (const category of ['water', 'electricity']) {
      const made = await report(community, desk, unitId, { ...dates, category });
      expect(made.status, JSON.stringify(made.body)).toBe(201);
      orders.push({ path: `${community.path}/repairs/${made.body.id}`, version: 1 });
    }
    const step = async (order: { path: string; version: number }, by: Person, name: string, body: object = {}) => {
      const answer = await by.post(`${order.path}/${name}`, { version: order.version, ...body });
      expect(answer.status, `${name}: ${JSON.stringify(answer.body)}`).toBe(200);
      order.version = answer.body.version;
      return answer.body;
    };
    const [kept, missed] = orders as [(typeof orders)[0], (typeof orders)[0]];
    for (const order of orders) {
      await step(order, desk, 'dispatch', { technicianId: tech.id });
      await step(order, tech, 'accept');
    }
    // Six hours after the report, yet five minutes before the appointment: in time.
    house.house.time.moveTo(at('14:55'));
    await step(kept, tech, 'arrive');
    house.house.time.moveTo(at('15:05'));
    await step(missed, tech, 'arrive');
    house.house.time.moveTo(at('16:58'));
    await step(kept, tech, 'finish', { result: '更换软管' });
    house.house.time.moveTo(at('17:03'));
    const late = await step(missed, tech, 'finish', { result: '更换开关' });
    const seen = await desk.get(kept.path);
    const states = (body: any) =>
      ['on-site', 'complete'].map((kind) => body.clocks.find((one: any) => one.kind === kind).state);
    expect([states(seen.body), states(late)]).toEqual([
      ['met', 'met'],
      ['missed', 'missed'],
    ]);
    // The voucher is due the same day in this preset too (FD18).
    await step(kept, tech, 'sign', { absent: true, reason: '客户外出' });
    const returned = await step(kept, tech, 'return-voucher');
    expect(returned.clocks.find((one: any) => one.kind === 'voucher').state).toBe('met');
  });
});
