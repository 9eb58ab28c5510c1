// Enquiries and suggestions among the "others" of FU1, over real HTTP: owed while no share is set, named by the manager,
// counted in the month; nobody is asked whom nobody can reach.
import { describe, expect, it } from 'vitest';
import { type Answer, type Person, useHouse } from '../../../tests/house.ts';

type Shown = Answer['body'];

describe('answered', () => {
  // Friday 20 November 2026, 10:00 in Shanghai.
  const house = useHouse({ startAt: '2026-11-20T02:00:00.000Z' });

  async function answered(by: Person, path: string, body: Record<string, unknown>): Promise<Shown> {
    const made = await by.post(`${path}/enquiries`, { description: '健身房几点关门', channel: 'phone', ...body });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    const done = await by.post(`${path}/enquiries/${made.body.id}/answer`, {
      version: made.body.version,
      text: '晚上十点',
      how: 'call',
    });
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    return done.body;
  }

  it('it is asked about within one working day by whom the manager names, never by who answered', async () => {
    const community = await house.community('luxury');
    const [desk, desk2, supervisor, manager] = await Promise.all([
      house.person('front_desk', community, '前台甲'),
      house.person('front_desk', community, '前台乙'),
      house.person('cs_supervisor', community, '主管'),
      house.person('manager', community, '经理'),
    ]);
    const enquiry = await answered(desk, community.path, { contact: { name: '陈先生', phone: '13800001234' } });
    const suggestion = await answered(desk, community.path, { kind: 'suggestion', contact: { phone: '13800005678' } });
    await answered(desk, community.path, { channel: 'counter' });
    const due = (await manager.get(`${community.path}/follow-ups?state=open`)).body.items;
    expect(due.map((one: Shown) => one.caseId).sort()).toEqual([enquiry.id, suggestion.id].sort());
    expect(due[0]).toMatchObject({ what: 'other', dueAt: '2026-11-23T10:00:00.000Z', handlers: [{ id: desk.id }] });
    expect(enquiry.clocks.find((one: Shown) => one.kind === 'follow-up').owner.role).toBe('manager');

    const plan = (by: Person, callerId: string) =>
      by.post(`${community.path}/follow-ups/plan`, { items: [{ id: due[0].id, callerId }] });
    expect((await plan(supervisor, desk2.id)).body.errors).toMatchObject([{ code: 'named_above' }]);
    expect((await plan(manager, desk.id)).body.errors).toMatchObject([{ code: 'handled_the_case' }]);
    expect((await plan(manager, desk2.id)).status).toBe(200);

    const shares = (await manager.get(`${community.path}/follow-ups/shares`)).body.items;
    expect(shares.find((one: Shown) => one.what === 'other')).toMatchObject({
      share: null,
      outlook: 'unset',
      finished: 2,
      followedUp: 0,
    });
    const month = (await manager.get(`${community.path}/follow-ups/analysis?month=2026-11`)).body;
    expect(month.rates.find((one: Shown) => one.what === 'other' && one.name === 'followed-up')).toMatchObject({
      numerator: 0,
      denominator: 2,
      target: null,
    });
  });

  it('taken up again it is asked about only after the next answer', async () => {
    const community = await house.community('luxury');
    const desk = await house.person('front_desk', community, '前台');
    const done = await answered(desk, community.path, { contact: { phone: '13800001234' } });
    const again = await desk.post(`${community.path}/enquiries/${done.id}/reopen`, {
      version: done.version,
      reason: '问的是周末',
    });
    expect(again.status, JSON.stringify(again.body)).toBe(200);
    const of = async () => (await desk.get(`${community.path}/follow-ups?caseId=${done.id}`)).body.items;
    expect((await of()).map((one: Shown) => one.state)).toEqual(['void']);
    await desk.post(`${community.path}/enquiries/${done.id}/answer`, {
      version: again.body.version,
      text: '周末九点',
      how: 'call',
    });
    expect((await of()).map((one: Shown) => one.state).sort()).toEqual(['due', 'void']);
  });

  it('what is not accepted of an answer is a complaint', async () => {
    const community = await house.community('standard');
    const [desk, desk2] = [
      await house.person('front_desk', community, '前台甲'),
      await house.person('front_desk', community, '前台乙'),
    ];
    const done = await answered(desk, community.path, { contact: { phone: '13800001234' } });
    const [due] = (await desk.get(`${community.path}/follow-ups?caseId=${done.id}`)).body.items;
    const record = await desk2.post(`${community.path}/follow-ups/${due.id}/record`, {
      version: due.version,
      verdict: 'not-acceptable',
      quality: 1,
      effect: 1,
      satisfaction: 1,
      lacking: '说十点关，九点就锁门',
    });
    expect(record.status, JSON.stringify(record.body)).toBe(200);
    expect(record.body.complaint.code).toMatch(/^TS-/);
  });
});
