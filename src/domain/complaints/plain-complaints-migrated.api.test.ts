// Complaints of the release in which they were plain (recorded, resolved, closed): each is read whole in every place where
// complaints show, and the open ones go on through the table of moves (migration 0016).
import { beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type Person, useHouse } from '../../../tests/house.ts';
import { complaintRowSchema } from './complaint.contract.ts';
import { pathOf, walk } from './complaint-centre.fixture.ts';
import { complaintAnswerSchema } from './complaint-shapes.contract.ts';

type Shown = Answer['body'];
const house = useHouse({ startAt: '2026-11-02T02:30:00.000Z', older: { upTo: 15, fixture: 'plain-complaints' } });

describe('a plain complaint of an earlier release', () => {
  let community = { id: '', code: '', path: '' };
  let [desk, supervisor, manager] = [] as unknown as [Person, Person, Person];
  const complaints: Shown[] = [];
  beforeAll(async () => {
    const [found] = await house.asOwner('select id, code from communities');
    community = { ...found, path: `/communities/${found.id}` };
    desk = await house.formerPerson('front_desk');
    supervisor = await house.formerPerson('cs_supervisor');
    manager = await house.formerPerson('manager');
    const rows = await house.asOwner(`select id from cases where kind = 'complaint' order by code`);
    for (const { id } of rows) complaints.push((await supervisor.get(pathOf(community, id))).body);
  });
  const [recorded, resolved, closed] = [0, 1, 2].map((place) => () => complaints[place]) as [
    () => Shown,
    () => Shown,
    () => Shown,
  ];

  it('is read whole by the schema of today, with what it said then', () => {
    for (const one of complaints) complaintAnswerSchema.parse(one);
    const shared = {
      severity: 'ordinary',
      source: 'follow-up',
      anonymous: false,
      validity: 'undecided',
      flags: ['from-follow-up'],
    };
    expect(complaints).toHaveLength(3);
    expect(recorded()).toMatchObject({
      ...shared,
      code: 'TS-2026-000001',
      state: 'recorded',
      account: '修好第二天又漏了，请打 138****1234',
      about: { code: 'BX-2026-000001', kind: 'repair' },
      result: null,
      toldAt: null,
    });
    expect(resolved()).toMatchObject({
      ...shared,
      state: 'resolved',
      account: '师傅没有带鞋套，地板踩脏了',
      result: '已上门清洁并致歉',
    });
    expect(closed()).toMatchObject({ ...shared, state: 'closed', result: '已向住户致歉，扣当月考核 2 分' });
    expect(closed().toldAt).toBe(closed().timeline.findLast((one: Shown) => one.action === 'close').at);
    for (const one of complaints) expect(one.contact).toEqual({ name: '陈先生', phone: '138****1234' });
  });

  it('stands in lists, on the board, in search, and its time line is in words that are known', async () => {
    const list = await desk.get(`${community.path}/complaints`);
    expect(list.body.items.map((one: Shown) => one.code).sort()).toEqual(complaints.map((one) => one.code));
    complaintRowSchema.array().parse(list.body.items);
    const board = await desk.get(`${community.path}/cases?kind=complaint`);
    expect(board.body.items.map((one: Shown) => one.state).sort()).toEqual(['closed', 'recorded', 'resolved']);
    const found = await desk.get(`${community.path}/search?q=${encodeURIComponent('鞋套')}`);
    expect(JSON.stringify(found.body)).toContain(resolved().id);
    expect(closed().timeline.map((one: Shown) => one.action)).toEqual(['create', 'resolve', 'close']);
  });

  it('owes the old ones no follow-up and rings nobody for what had no promise', async () => {
    await house.tick();
    expect((await supervisor.get(`${community.path}/follow-ups?caseId=${closed().id}`)).body.items).toEqual([]);
    const told = (await manager.get('/notifications?limit=200')).body.items;
    const ids = complaints.map((one) => one.id);
    expect(
      told.filter((one: Shown) => ids.includes(one.caseId) && /complaint|overdue|due-soon/.test(one.kind)),
    ).toEqual([]);
  });

  it('goes on: the recorded one is sent and told, the resolved one is told', async () => {
    const engineer = await house.formerPerson('engineering_supervisor');
    const told = { how: 'call', answer: '已说明原因并致歉', opinion: '可以接受', satisfied: true };
    const one = await walk(community, recorded().id, [
      ['amend', desk, { place: '厨房', demand: '修好并说明', against: 'engineering' }],
      ['classify', supervisor],
      ['send', desk, { department: 'engineering' }],
      ['accept', engineer],
      ['resolve', engineer, { result: '已换阀芯', cause: 'workmanship' }],
      ['tell-customer', desk, told],
    ]);
    expect(one).toMatchObject({ state: 'customer-told', result: '已换阀芯' });
    const other = await walk(community, resolved().id, [['tell-customer', desk, told]]);
    expect(other).toMatchObject({ state: 'customer-told' });
    expect(await house.breaches()).toEqual([]);
  });
});
