import { describe, expect, it } from 'vitest';
import { useHouse } from '../../../tests/house.ts';
import { plusMinutes } from '../../kernel/time.ts';

describe('chasing an open order (RP8), and who is where (RP13)', () => {
  const house = useHouse({ startAt: '2026-11-23T01:00:00.000Z' });
  const later = (minutes: number) => house.house.time.moveTo(plusMinutes(house.house.time.now(), minutes));

  async function centre() {
    const community = await house.community();
    const desk = await house.person('front_desk', community, '林小满');
    const tech = await house.person('technician', community, '周海涛');
    const head = await house.person('engineering_supervisor', community, '刘建国');
    const made = await desk.post(`${community.path}/repairs`, {
      place: '7栋电梯厅',
      category: 'water',
      urgency: 'ordinary',
      description: '吊顶渗水',
      channel: 'patrol',
    });
    const path = `${community.path}/repairs/${made.body.id}`;
    const remind = (text?: string) =>
      desk.post(`${community.path}/cases/${made.body.id}/reminder`, text === undefined ? {} : { text });
    return { community, desk, tech, head, made, path, remind };
  }
  const reminders = async (person: { get: (path: string) => Promise<{ body: any }> }) =>
    (await person.get('/notifications')).body.items.filter((one: { kind: string }) => one.kind === 'reminder');

  it('stands on the time line and reaches the head until somebody is sent, then that person', async () => {
    const { desk, tech, head, path, remind } = await centre();
    const first = await remind('客户又打来了');
    expect(first.status, JSON.stringify(first.body)).toBe(201);
    expect(first.body).toMatchObject({
      kind: 'message',
      action: 'reminder',
      by: { name: '林小满' },
      for: null,
      text: '客户又打来了',
    });
    await house.tick();
    expect(await reminders(head)).toHaveLength(1);
    expect((await desk.post(`${path}/dispatch`, { version: 1, technicianId: tech.id })).status).toBe(200);
    later(1);
    const second = await remind();
    expect(second.body).toMatchObject({ for: { name: '周海涛' } });
    await house.tick();
    const [bell] = await reminders(tech);
    expect(bell).toMatchObject({ loud: true, acknowledgedAt: null });
    // A reminder changes no state and no version.
    expect((await desk.get(path)).body).toMatchObject({ state: 'dispatched', version: 2 });
  });

  it('reaches nobody twice in five minutes, and says so', async () => {
    const { tech, desk, path, remind } = await centre();
    await desk.post(`${path}/dispatch`, { version: 1, technicianId: tech.id });
    expect((await remind()).status).toBe(201);
    later(2);
    const again = await remind();
    expect([again.status, again.body.code]).toEqual([409, 'case.reminded_just_now']);
    expect(again.body.title).toContain('五分钟内已经催过');
    later(4);
    expect((await remind()).status).toBe(201);
    const seen = (await desk.get(path)).body.timeline.filter(
      (entry: { action: string }) => entry.action === 'reminder',
    );
    expect(seen).toHaveLength(2);
  });

  it('is for the desk and those above, for open cases only', async () => {
    const { community, desk, tech, made, path, remind } = await centre();
    await desk.post(`${path}/dispatch`, { version: 1, technicianId: tech.id });
    expect((await tech.post(`${community.path}/cases/${made.body.id}/reminder`, {})).status).toBe(403);
    const cashier = await house.person('cashier', community);
    expect((await cashier.post(`${community.path}/cases/${made.body.id}/reminder`, {})).status).toBe(403);
    await desk.post(`${path}/cancel`, { version: 2, by: 'customer', reason: '不修了' });
    expect((await remind()).body.code).toBe('case.ended');
  });

  it('shows the desk where each technician is and how loaded', async () => {
    const { community, desk, tech, path, made } = await centre();
    const idle = await house.person('technician', community, '马得水');
    const staff = async () =>
      Object.fromEntries(
        (await desk.get(`${community.path}/staff?role=technician`)).body.items.map((one: any) => [one.id, one]),
      );
    await desk.post(`${path}/dispatch`, { version: 1, technicianId: tech.id });
    expect((await staff())[tech.id]).toMatchObject({ load: 1, out: null });
    await tech.post(`${path}/accept`, { version: 2 });
    await tech.post(`${path}/depart`, { version: 3 });
    const now = await staff();
    expect(now[tech.id].out).toEqual({
      caseId: made.body.id,
      code: made.body.code,
      state: 'en-route',
      where: '7栋电梯厅',
    });
    expect(now[idle.id]).toMatchObject({ load: 0, out: null });
  });

  it('makes the desk call the customer back when an order is handed back (RP13)', async () => {
    const { community, desk, tech, path, made } = await centre();
    await desk.post(`${path}/dispatch`, { version: 1, technicianId: tech.id });
    const back = await tech.post(`${path}/hand-back`, { version: 2, reason: '手上有急修' });
    const clock = (body: any) => body.clocks.find((one: any) => one.kind === 'call-back');
    expect(clock(back.body)).toMatchObject({ key: 'hand-back', state: 'running', owner: { role: 'front_desk' } });
    const other = await house.person('technician', community, '马得水');
    const sent = await desk.post(`${path}/dispatch`, { version: 3, technicianId: other.id });
    expect([sent.status, clock(sent.body).state]).toEqual([200, 'running']);
    const note = { kind: 'call', to: 'customer', direction: 'out', text: '已告诉客户换人，十点前到' };
    expect((await desk.post(`${community.path}/cases/${made.body.id}/notes`, note)).status).toBe(201);
    expect(clock((await desk.get(path)).body).state).toBe('met');
  });
});
