// Approvals over HTTP, with the price list as their first subject: two pages, one decision; never the asker, stand-ins,
// small centres, bad input, the ladder and the lapse.
import { describe, expect, it } from 'vitest';
import { type Community, type Person, useHouse } from '../../../tests/house.ts';
import type { Role } from '../access/role.contract.ts';

describe('approvals', () => {
  const house = useHouse({ startAt: '2026-11-26T01:00:00.000Z' });
  const staff = (community: Community, ...roles: Role[]) =>
    Promise.all(roles.map((role) => house.person(role, community, role)));

  /** The next price list, submitted by its writer; answers its id and its approval. */
  async function submitted(community: Community, writer: Person) {
    const lists = `${community.path}/price-lists`;
    const { items } = (await writer.get(`${community.path}/price-list`)).body;
    const dearer = items.map((item: object, index: number) => (index === 0 ? { ...item, unitPriceFen: 9900 } : item));
    const made = await writer.post(lists, { items: dearer, note: '人工涨价' });
    const sent = await writer.post(`${lists}/${made.body.id}/submit`, { version: 1 });
    const asked = (await writer.get(`${community.path}/approvals?mine=asked&subjectId=${made.body.id}`)).body.items[0];
    return { list: `${lists}/${made.body.id}`, sent, approval: `${community.path}/approvals/${asked?.id}`, asked };
  }
  const notices = async (person: Person) =>
    (await person.get('/notifications')).body.items.map((one: { kind: string }) => one.kind);

  it('numbers what is asked, tells the step loudly and the asker what was decided, and moves the list with it', async () => {
    const community = await house.community();
    const [eng, gm, desk] = (await staff(community, 'engineering_supervisor', 'general_manager', 'front_desk')) as [
      Person,
      Person,
      Person,
    ];
    const { approval, asked, list } = await submitted(community, eng);
    expect(asked).toMatchObject({
      state: 'pending',
      kind: 'price-list',
      step: 1,
      dutyRole: 'general_manager',
      reason: '人工涨价',
    });
    expect(asked.code).toMatch(/^SP-2026-\d{6}$/);
    expect(asked.title).toContain('第 2 版');
    // Thursday 09:00, one working day in luxury: Friday 18:00 (spec/11 approve).
    expect(asked.dueAt).toBe('2026-11-27T10:00:00.000Z');
    expect(asked.clocks).toMatchObject([{ kind: 'approve', state: 'running' }]);
    await house.tick();
    expect(await notices(gm)).toContain('approval-asked');
    expect((await gm.get(`${community.path}/approvals?mine=to-decide&count=true`)).body).toMatchObject({ total: 1 });
    expect((await gm.get('/approvals?mine=to-decide')).body.items[0].id).toBe(asked.id);
    expect((await desk.get(`${community.path}/approvals`)).body.items).toEqual([]);
    expect((await desk.get(approval)).status).toBe(403);

    const done = await gm.post(`${approval}/approve`, {
      version: asked.version,
      remark: '同意',
      inForceOn: '2026-12-01',
    });
    expect(done.body, JSON.stringify(done.body)).toMatchObject({
      state: 'approved',
      moves: [],
      clocks: [{ state: 'met' }],
    });
    expect((await eng.get(list)).body).toMatchObject({
      phase: 'waiting',
      inForceOn: '2026-12-01',
      decidedBy: { id: gm.id },
    });
    await house.tick();
    expect(await notices(eng)).toContain('approval-decided');
    expect((await gm.get(`${community.path}/approvals?mine=decided`)).body.items[0].id).toBe(asked.id);
  });

  it('is decided on the subject’s own page by the same rules', async () => {
    const community = await house.community();
    const [eng, gm] = (await staff(community, 'engineering_supervisor', 'general_manager')) as [Person, Person];
    const { approval, list } = await submitted(community, eng);
    expect((await gm.post(`${list}/return`, { version: 2, remark: '太贵' })).body.phase).toBe('draft');
    const returned = (await eng.get(approval)).body;
    expect(returned.state).toBe('returned');
    expect(returned.timeline.at(-1)).toMatchObject({ action: 'return', remark: '太贵', by: { id: gm.id } });
    // Submitted again it is a new question; taken back by another editor, the question goes with it.
    const manager = await house.person('manager', community);
    await eng.post(`${list}/submit`, { version: 3 });
    expect((await manager.post(`${list}/withdraw`, { version: 4 })).body.phase).toBe('draft');
    const states = (await eng.get(`${community.path}/approvals?mine=asked`)).body.items.map(
      (one: { state: string }) => one.state,
    );
    expect(states).toEqual(['withdrawn', 'returned']);
  });

  it('refuses bad input by its field, and who may not by its reason', async () => {
    const community = await house.community();
    const [eng, gm, desk, mgr] = (await staff(
      community,
      'engineering_supervisor',
      'general_manager',
      'front_desk',
      'manager',
    )) as [Person, Person, Person, Person];
    const { approval, list } = await submitted(community, eng);
    const rows: [Person, string, object, number, string][] = [
      [eng, 'approve', { version: 1 }, 409, 'approval.own_request'],
      [desk, 'approve', { version: 1 }, 403, 'approval.not_your_step'],
      [mgr, 'approve', { version: 1 }, 403, 'approval.not_your_step'],
      [gm, 'withdraw', { version: 1 }, 403, 'approval.not_your_step'],
      [gm, 'approve', { version: 7 }, 412, 'stale_version'],
      [gm, 'approve', {}, 422, 'version required'],
      [gm, 'approve', { version: 1, inForceOn: '2026-11-01' }, 422, 'inForceOn in_the_past'],
      [gm, 'approve', { version: 1, inForceOn: 'bald' }, 422, 'inForceOn not_a_day'],
      [gm, 'approve', { version: 1, more: 1 }, 422, 'more unknown_field'],
      [gm, 'reject', { version: 1 }, 422, 'remark required'],
      [gm, 'reject', { version: 1, remark: ' ' }, 422, 'remark too_small'],
      [gm, 'reject', { version: 1, remark: '长'.repeat(1001) }, 422, 'remark too_big'],
      [gm, 'return', { version: 1, remark: '请改', toStep: 1 }, 422, 'toStep not_an_earlier_step'],
      [gm, 'return', { version: 1, remark: '请改', toStep: -1 }, 422, 'toStep too_small'],
    ];
    for (const [who, move, body, status, code] of rows) {
      const answer = await who.post(`${approval}/${move}`, body);
      expect(answer.status, `${move} ${JSON.stringify(body)} ${JSON.stringify(answer.body)}`).toBe(status);
      const said = answer.body.errors?.length
        ? answer.body.errors.map((one: { path: string; code: string }) => `${one.path} ${one.code}`).join()
        : answer.body.code;
      if (status !== 422) expect(said).toBe(code);
      else expect(said.split(' ')[0]).toBe(code.split(' ')[0]);
    }
    const stale = await gm.post(`${approval}/approve`, { version: 7 });
    expect(stale.body.current).toMatchObject({ code: expect.stringMatching(/^SP-/), version: 1 });
    expect((await eng.get(list)).body.phase).toBe('submitted');
    expect((await eng.post(`${approval}/withdraw`, { version: 1 })).body.state).toBe('withdrawn');
    expect((await eng.get(list)).body.phase).toBe('draft');
    const late = await gm.post(`${approval}/approve`, { version: 2 });
    expect([late.status, late.body.code]).toEqual([409, 'approval.move_not_allowed']);
    expect((await gm.get(`${community.path}/approvals?cursor=x`)).body.errors[0].path).toBe('cursor');
    expect((await gm.get(`${community.path}/approvals?state=open`)).status).toBe(422);
  });

  it('climbs chains of several steps, never with the same person twice, back to a step and on again', async () => {
    const community = await house.community();
    const [eng, gm, mgr] = (await staff(community, 'engineering_supervisor', 'general_manager', 'manager')) as [
      Person,
      Person,
      Person,
    ];
    const both = await house.person(['cs_supervisor', 'manager'], community, '兼任');
    await house.asOwner(`update service_standards set document = jsonb_set(document, '{approvals,price-list,steps,value}',
      '["cs_supervisor", "manager", "general_manager"]') where community_id = '${community.id}'`);
    const { approval, list } = await submitted(community, eng);
    const first = await both.post(`${approval}/approve`, { version: 1 });
    expect(first.body).toMatchObject({ state: 'pending', step: 2, deciders: [{ id: mgr.id }] });
    expect((await eng.get(list)).body.phase).toBe('submitted');
    expect((await both.post(`${approval}/approve`, { version: 2 })).body.code).toBe('approval.same_person');
    await mgr.post(`${approval}/approve`, { version: 2 });
    const back = await gm.post(`${approval}/return`, { version: 3, remark: '主管再核一遍', toStep: 1 });
    expect(back.body).toMatchObject({ state: 'pending', step: 1 });
    // The yeses of step 1 and 2 are taken back: the same two may give them again.
    await both.post(`${approval}/approve`, { version: 4 });
    // A yes on the list's own page that is not the last leaves it waiting.
    const wait = await mgr.post(`${approval}/approve`, { version: 5 });
    expect(wait.body.step).toBe(3);
    expect((await gm.post(`${list}/approve`, { version: 2, inForceOn: '2026-12-01' })).body.phase).toBe('waiting');
    expect((await gm.get(approval)).body.clocks.map((one: { state: string }) => one.state)).toEqual([
      'met',
      'met',
      'met',
      'met',
      'met',
      'met',
    ]);
  });

  it('lets a stand-in decide for who is away, and the next superior where nobody else holds the post', async () => {
    const community = await house.community();
    const [eng, mgr, gm] = (await staff(community, 'engineering_supervisor', 'manager', 'general_manager')) as [
      Person,
      Person,
      Person,
    ];
    await house.asOwner(`update service_standards set document = jsonb_set(document, '{approvals,price-list,steps,value}',
      '["manager"]') where community_id = '${community.id}'`);
    // The manager asks; no other holds the post: the general manager has the duty (spec/10, small centres).
    const own = await submitted(community, mgr);
    expect(own.asked).toMatchObject({ dutyRole: 'general_manager', deciders: [{ id: gm.id }] });
    expect((await gm.post(`${own.approval}/reject`, { version: 1, remark: '不涨' })).body.state).toBe('rejected');
    expect((await mgr.get(own.list)).body).toMatchObject({ phase: 'draft', remark: '不涨' });
    await mgr.post(`${own.list}/drop`, { version: 3 });
    const sup = await house.person('cs_supervisor', community, '代班主管');
    const at = house.house.time.now();
    await mgr.post(`${community.path}/absences`, {
      staffId: mgr.id,
      reason: 'leave',
      from: at,
      until: '2026-12-20T00:00:00.000Z',
      standInId: sup.id,
    });
    const { approval, asked } = await submitted(community, eng);
    expect(asked.deciders.map((one: { id: string; via: string }) => [one.id, one.via])).toEqual([
      [mgr.id, 'self'],
      [sup.id, 'stand-in'],
    ]);
    const done = await sup.post(`${approval}/approve`, { version: 1 });
    expect(done.body.timeline.at(-1)).toMatchObject({ by: { id: sup.id }, for: { id: mgr.id }, role: 'manager' });
    expect((await sup.get(`${community.path}/approvals`)).body.items).toHaveLength(2);
  });

  it('refuses a question that nobody but its asker could answer, and gives it back unasked', async () => {
    const community = await house.community();
    const [eng] = (await staff(community, 'engineering_supervisor')) as [Person];
    const { sent, list } = await submitted(community, eng);
    expect([sent.status, sent.body.code]).toEqual([409, 'approval.nobody_to_decide']);
    expect((await eng.get(list)).body.phase).toBe('draft');
  });

  it('tells the ladder of a step that waits, lapses when its term is over', async () => {
    const community = await house.community();
    const [eng, gm, mgr] = (await staff(community, 'engineering_supervisor', 'general_manager', 'manager')) as [
      Person,
      Person,
      Person,
    ];
    const { approval, list } = await submitted(community, eng);
    // 09:00 of the last day whoever has the duty is told; at the due time nobody is told again, the step stands all the same.
    house.house.time.moveTo('2026-11-27T01:00:01.000Z');
    await house.tick();
    expect(await notices(gm)).toContain('due-soon');
    house.house.time.moveTo('2026-11-27T10:00:01.000Z');
    await house.tick();
    const late = (await gm.get(approval)).body;
    expect(late.timeline.map((one: { action: string }) => one.action)).toEqual([
      'ask',
      'open-step',
      'escalated',
      'escalated',
    ]);
    house.house.time.moveTo('2026-12-28T00:00:00.000Z');
    expect((await gm.post(`${approval}/approve`, { version: late.version })).body.code).toBe('approval.lapsed');
    await house.tick();
    const lapsed = (await gm.get(approval)).body;
    expect(lapsed).toMatchObject({ state: 'lapsed', moves: [], clocks: [{ state: 'missed' }] });
    expect((await eng.get(list)).body.phase).toBe('draft');
    expect((await mgr.get(`${community.path}/approvals?state=lapsed`)).body.items).toHaveLength(1);
  });
});
