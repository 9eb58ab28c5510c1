// The standard in the manager's hands over HTTP: drafted, set within bounds, submitted, approved, in force on its day; given
// back with what was written; and cases that keep the version of their opening.
import { describe, expect, it } from 'vitest';
import { type Person, useHouse } from '../../../tests/house.ts';

describe('drafts of the standard', () => {
  const house = useHouse({ startAt: '2026-11-26T01:00:00.000Z' });
  const centre = async () => {
    const community = await house.community();
    const [mgr, gm, desk] = (await Promise.all([
      house.person('manager', community, '沈经理'),
      house.person('general_manager', community, '顾总'),
      house.person('front_desk', community, '林小满'),
    ])) as [Person, Person, Person];
    const path = `${community.path}/standards`;
    const made = await mgr.post(path, { note: '到场快一些' });
    return { community, mgr, gm, desk, path, made, draft: `${path}/${made.body.id}` };
  };
  const faster = [{ path: 'clocks/on-site+ordinary/limit', value: { minutes: 10, calendar: 'R' } }];

  it('goes from draft to in force on its day; cases keep the version of their opening', async () => {
    const { community, mgr, gm, desk, made, draft, path } = await centre();
    expect([made.status, made.body.state, made.body.version]).toEqual([201, 'draft', 2]);
    expect(made.body.editable.length).toBeGreaterThan(90);
    expect((await desk.get(draft)).body).toMatchObject({ editable: [], moves: [] });
    expect((await mgr.post(path, {})).body.code).toBe('standard.open_version');
    expect((await mgr.post(`${draft}/submit`, { revision: 1 })).body.code).toBe('standard.nothing_changed');
    const amended = await mgr.post(`${draft}/amend`, { revision: 1, changes: faster });
    expect(amended.body.changes).toEqual([
      { path: faster[0]?.path, was: { minutes: 15, calendar: 'R' }, is: { minutes: 10, calendar: 'R' } },
    ]);
    const sent = await mgr.post(`${draft}/submit`, { revision: 2, inForceOn: '2026-11-27' });
    expect(sent.body, JSON.stringify(sent.body)).toMatchObject({ state: 'submitted', inForceOn: '2026-11-27' });
    const asked = (await gm.get(`${community.path}/approvals?mine=to-decide`)).body.items[0];
    expect(asked.title).toBe('服务标准第 2 版');
    expect(asked.lines.join()).toContain('由 15 分钟（全天候） 改为 10 分钟（全天候），缩短 5 分钟');
    expect(asked.page).toBe(`standard?version=${made.body.id}`);
    const approval = `${community.path}/approvals/${asked.id}`;
    expect((await mgr.post(`${approval}/approve`, { version: 1 })).body.code).toBe('approval.own_request');
    expect((await gm.post(`${approval}/approve`, { version: 1 })).body.state).toBe('approved');
    expect((await mgr.get(draft)).body.state).toBe('approved');
    const report = {
      place: '1 栋大堂',
      category: 'water',
      urgency: 'ordinary',
      description: '龙头滴水',
      channel: 'phone',
    };
    const onSite = (answer: any) => answer.body.clocks.find((one: any) => one.kind === 'on-site');
    const minutes = (answer: any) => (Date.parse(onSite(answer).dueAt) - Date.parse(onSite(answer).startedAt)) / 60_000;
    const old = await desk.post(`${community.path}/repairs`, report);
    expect(minutes(old)).toBe(15);
    house.house.time.moveTo('2026-11-26T16:00:01.000Z');
    await house.tick();
    expect((await desk.get(`${community.path}/standard`)).body).toMatchObject({ id: made.body.id, state: 'in-force' });
    expect((await desk.get(path)).body.items.map((one: any) => one.state)).toEqual(['in-force', 'replaced']);
    expect(minutes(await desk.post(`${community.path}/repairs`, report))).toBe(10);
    // Re-classed after the change, the old case still goes by the version of its opening.
    const major = await desk.post(`${community.path}/repairs/${old.body.id}/amend`, {
      version: 1,
      urgency: 'emergency',
      reason: '漏水加大',
    });
    expect(minutes(major), JSON.stringify(major.body)).toBe(15);
  });

  it('is in force at once where it is approved on its day or later', async () => {
    const { community, mgr, gm, draft } = await centre();
    await mgr.post(`${draft}/amend`, { revision: 1, changes: faster });
    const today = new Date(Date.parse(house.house.time.now()) + 8 * 3_600_000).toISOString().slice(0, 10);
    await mgr.post(`${draft}/submit`, { revision: 2, inForceOn: today });
    const asked = (await gm.get(`${community.path}/approvals?mine=to-decide`)).body.items[0];
    await gm.post(`${community.path}/approvals/${asked.id}/approve`, { version: 1 });
    expect((await mgr.get(`${community.path}/standard`)).body).toMatchObject({ version: 2, inForceOn: today });
  });

  it('comes back as a draft with the remark and all that was written', async () => {
    const { community, mgr, gm, draft } = await centre();
    await mgr.post(`${draft}/amend`, { revision: 1, changes: faster });
    await mgr.post(`${draft}/submit`, { version: 2 });
    const asked = (await gm.get(`${community.path}/approvals?mine=to-decide`)).body.items[0];
    await gm.post(`${community.path}/approvals/${asked.id}/return`, { version: 1, remark: '先看一个月' });
    const back = (await mgr.get(draft)).body;
    expect(back).toMatchObject({ state: 'draft', remark: '先看一个月', changes: [{ path: faster[0]?.path }] });
    await mgr.post(`${draft}/submit`, { revision: back.revision });
    expect((await mgr.post(`${draft}/withdraw`, { revision: back.revision + 1 })).body.state).toBe('draft');
    expect((await mgr.get(`${community.path}/approvals?mine=asked`)).body.items.map((one: any) => one.state)).toEqual([
      'withdrawn',
      'returned',
    ]);
    expect((await mgr.post(`${draft}/drop`, { revision: back.revision + 2 })).body.state).toBe('dropped');
  });

  it('refuses who may not write with 403, and names every faulty figure; nothing is written', async () => {
    const { mgr, gm, desk, draft, path } = await centre();
    for (const who of [gm, desk])
      for (const [at, body] of [
        [path, {}],
        [`${draft}/amend`, { revision: 1, changes: faster }],
        [`${draft}/submit`, { revision: 1 }],
        [`${draft}/withdraw`, { revision: 1 }],
        [`${draft}/drop`, { revision: 1 }],
      ] as const)
        expect((await who.post(at, body)).status, at).toBe(403);
    const bad = await mgr.post(`${draft}/amend`, {
      revision: 1,
      changes: [
        { path: 'clocks/on-site+ordinary/limit', value: { minutes: 1441, calendar: 'R' } },
        { path: 'repair/reworkWithinDays/value', value: 0 },
        { path: 'preset', value: 'standard' },
        ...faster,
      ],
    });
    expect(bad.status).toBe(422);
    expect(bad.body.errors.map((one: any) => `${one.path} ${one.code}`)).toEqual([
      'changes.0.value too_high',
      'changes.1.value too_low',
      'changes.2.path not_settable',
    ]);
    expect(bad.body.errors[0].message).toContain('“到场 · 一般 · 时限”不能大于 1440');
    expect((await mgr.get(draft)).body).toMatchObject({ revision: 1, changes: [] });
    const past = await mgr.post(`${draft}/amend`, { revision: 1, changes: faster, inForceOn: '2026-01-01' });
    expect(past.body.errors[0]).toMatchObject({ path: 'inForceOn', code: 'in_the_past' });
    expect((await mgr.post(`${draft}/amend`, { changes: faster })).body.errors[0]).toMatchObject({
      path: 'revision',
      code: 'required',
    });
    const stale = await mgr.post(`${draft}/amend`, { revision: 9, changes: faster });
    expect([stale.status, stale.body.code, stale.body.current.revision]).toEqual([412, 'stale_version', 1]);
    expect((await mgr.post(`${draft}/amend`, { revision: 1, changes: faster }, { 'if-match': '"1"' })).status).toBe(
      200,
    );
  });
});
