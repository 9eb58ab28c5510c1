// Complaints 投诉 over real HTTP: from the first save with level, unit and phone to the filed paper.
import { beforeAll, describe, expect, it, test } from 'vitest';
import { useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';
import { plusMinutes } from '../../kernel/time.ts';
import {
  type Centre,
  clockOf,
  follow,
  makeCentre,
  pathOf,
  record,
  recorded,
  review,
  story,
  toTold,
  walk,
} from './complaint-centre.fixture.ts';

const house = useHouse({ startAt: '2026-11-23T06:30:00.000Z' });
const inMinutes = (minutes: number) => plusMinutes(house.house.time.now(), minutes);
let shared: Centre;
beforeAll(async () => {
  shared = await makeCentre(house);
});
const contact = { name: '陈先生', phone: '13800001234' };

describe('recording', () => {
  it('saves with level, unit and phone, and its limits run (CP1, CP3)', async () => {
    const { community, desk, unitId } = await makeCentre(house);
    const made = await recorded(desk, community, { unitId, severity: 'ordinary', contact: { phone: '13800001234' } });
    expect(made).toMatchObject({
      state: 'recorded',
      severity: 'ordinary',
      proposedSeverity: 'ordinary',
      rule: 'ordinary.other',
      unit: '3-1-502',
      contact: { name: null, phone: '138****1234' },
      department: 'customer-service',
      firstContact: { id: desk.id },
      account: null,
      group: null,
      flags: [],
    });
    expect(made.code).toMatch(/^TS-2026-00000\d$/);
    expect(made.clocks.map((one: { kind: string }) => one.kind).sort()).toEqual(['complete', 'respond', 'sent']);
    expect(clockOf(made, 'respond').dueAt).toBe(plusMinutes(made.createdAt, 10));
    expect(clockOf(made, 'complete').dueAt).toBe(plusMinutes(made.createdAt, 12 * 60));
  });

  it('asks for a key, and a resend under it records nothing twice', async () => {
    const { community, desk, unitId } = await makeCentre(house);
    const path = `${community.path}/complaints`;
    const bare = await desk.post(path, { channel: 'phone', unitId }, { 'idempotency-key': '' });
    expect(bare.status).toBe(428);
    const key = { 'idempotency-key': newId() };
    const [first, second] = [
      await desk.post(path, { channel: 'phone', unitId }, key),
      await desk.post(path, { channel: 'phone', unitId }, key),
    ];
    expect([first.status, second.status, second.body.id]).toEqual([201, 201, first.body.id]);
  });

  const levels: [string, Record<string, unknown>, string, string][] = [
    ['a loss of 1,999.99 yuan', { lossFen: 199_999 }, 'ordinary', 'ordinary.other'],
    ['a loss of 2,000 yuan', { lossFen: 200_000 }, 'serious', 'serious.loss'],
    ['a loss of 9,999.99 yuan', { lossFen: 999_999 }, 'serious', 'serious.loss'],
    ['a loss of 10,000 yuan', { lossFen: 1_000_000 }, 'major', 'major.loss'],
    ['a loss of 99,999.99 yuan', { lossFen: 9_999_999 }, 'major', 'major.loss'],
    ['a loss of 100,000 yuan', { lossFen: 10_000_000 }, 'critical', 'critical.loss'],
    ['nine people together', { peopleCount: 9 }, 'ordinary', 'ordinary.other'],
    ['ten people together', { peopleCount: 10 }, 'critical', 'critical.people'],
    ['a thousand people together', { peopleCount: 1000 }, 'critical', 'critical.people'],
    ['a death', { death: true }, 'critical', 'critical.death'],
    ['a death among the slightly injured', { death: 1, injury: 'slight' }, 'critical', 'critical.death'],
    ['a slight injury', { injury: 'slight' }, 'serious', 'serious.injury'],
    ['a grave injury', { injury: 'grave' }, 'major', 'major.injury'],
    ['one report', { mediaReports: 1 }, 'serious', 'serious.media'],
    ['reports on two days', { mediaDays: 2 }, 'major', 'major.media'],
    ['three media', { mediaOutlets: 3 }, 'major', 'major.media'],
    ['a promise not kept, raised once', { unfulfilledPromise: true }, 'ordinary', 'ordinary.other'],
  ];
  test.each(levels)('CP2: %s', async (_what, facts, severity, rule) => {
    const { community, desk, unitId } = shared;
    const made = await recorded(desk, community, { unitId, facts });
    expect([made.severity, made.proposedSeverity, made.rule]).toEqual([severity, severity, rule]);
    expect(made.facts).toEqual(facts.death === true ? { ...facts, death: 1 } : facts);
  });

  it('takes the higher of the level given and the level proposed at once', async () => {
    const { community, desk, unitId } = shared;
    const higher = await recorded(desk, community, { unitId, severity: 'major', facts: { lossFen: 200_000 } });
    expect(higher).toMatchObject({ severity: 'major', proposedSeverity: 'serious', flags: ['raised'] });
    const lower = await recorded(desk, community, { unitId, severity: 'ordinary', facts: { death: true } });
    expect(lower).toMatchObject({ severity: 'critical', rule: 'critical.death', flags: [] });
  });

  it('accepts one with neither unit nor number, flagged unreachable', async () => {
    const { community, desk } = shared;
    expect((await recorded(desk, community, { channel: 'complaint-box' })).flags).toEqual(['unreachable']);
  });

  const bad: [string, Record<string, unknown>, string][] = [
    ['a loss below nothing', { facts: { lossFen: -5 } }, 'facts.lossFen'],
    ['a death and nobody hurt', { facts: { death: true, injury: 'none' } }, 'facts.injury'],
    ['no report but three media', { facts: { mediaReports: 0, mediaOutlets: 3 } }, 'facts.mediaReports'],
    ['what will happen tomorrow', { occurredAt: '2027-01-01T00:00:00Z' }, 'occurredAt'],
    ['an answer promised for yesterday', { replyAt: '2026-01-01T00:00:00Z' }, 'replyAt'],
    ['a talk of two days ago', { receivedAt: '2026-11-20T00:00:00Z' }, 'receivedAt'],
    ['a unit of nobody', { unitId: '018f0000-0000-7000-8000-00000000dead' }, 'unitId'],
    ['an event of nobody', { sameEventAs: '018f0000-0000-7000-8000-00000000dead' }, 'sameEventAs'],
    ['somebody unknown', { againstStaffId: '018f0000-0000-7000-8000-00000000dead' }, 'againstStaffId'],
    ['a number with letters', { contact: { phone: '138abc' } }, 'contact.phone'],
    ['a level that there is not', { severity: 'terrible' }, 'severity'],
  ];
  test.each(bad)('refuses %s, naming the field', async (_what, body, path) => {
    const { community, desk } = shared;
    const answer = await record(desk, community, body);
    expect([answer.status, answer.body.code]).toEqual([422, 'bad_input']);
    expect(answer.body.errors.map((one: { path: string }) => one.path)).toContain(path);
    for (const { message } of answer.body.errors) expect(message).toMatch(/\p{Script=Han}/u);
  });

  it('lets a resident report about the own home, without a level and without a first contact', async () => {
    const { community, desk, unitId } = await makeCentre(house);
    const resident = await house.person('resident', community);
    const partyId = newId();
    await house.asOwner(`
      insert into parties (community_id, id, kind, name, created_at) values ('${community.id}', '${partyId}', 'person', '陈先生', '${house.house.time.now()}');
      insert into unit_parties (community_id, id, unit_id, party_id, relation, from_on) values ('${community.id}', '${newId()}', '${unitId}', '${partyId}', 'owner', '2020-01-01');
      insert into resident_accounts (community_id, id, account_id, party_id) values ('${community.id}', '${newId()}', '${resident.id}', '${partyId}')`);
    const levelled = await record(resident, community, { unitId, channel: 'online', severity: 'critical' });
    expect(levelled.body.errors[0].path).toBe('severity');
    const made = await recorded(resident, community, { unitId, channel: 'online', account: '楼道灯不亮' });
    expect(made).toMatchObject({ firstContact: null, moves: [] });
    expect((await desk.get(pathOf(community, made.id))).body.account).toBe('楼道灯不亮');
  });
});
describe('an ordinary complaint', () => {
  it('goes its way to the filed paper: sent, signed for, resolved, told, followed up, closed by the program', async () => {
    const centre = await makeCentre(house);
    const { community, desk, supervisor, engineer, unitId } = centre;
    const made = await recorded(desk, community, { unitId, contact, ...story });
    const told = await toTold(centre, made.id);
    expect(told).toMatchObject({
      state: 'customer-told',
      result: '已更换门锁触点并复检',
      answer: '已说明原因并致歉',
      opinion: '可以接受',
      satisfied: true,
      cause: 'facilities',
      department: 'engineering',
    });
    for (const kind of ['respond', 'sent', 'complete', 'tell-customer'])
      expect([kind, clockOf(told, kind).state]).toEqual([kind, 'met']);
    const early = await supervisor.post(pathOf(community, told.id, '/close'), { version: told.version });
    expect([early.status, early.body.code]).toEqual([409, 'complaint.follow_up_open']);
    await review(centre, await follow(centre, told.id, { verdict: 'acceptable' }));
    const closed = (await desk.get(pathOf(community, told.id))).body;
    expect(closed).toMatchObject({ state: 'closed', responsible: { id: engineer.id } });
    expect(closed.timeline.at(-1)).toMatchObject({ action: 'close', byRole: 'system', by: null });
  });

  it('asks for what is missing before it is sent, and says which (CP4)', async () => {
    const { community, desk, unitId } = shared;
    const made = await recorded(desk, community, { unitId, contact });
    const early = await desk.post(pathOf(community, made.id, '/send'), {
      version: made.version,
      department: 'engineering',
    });
    expect([early.status, early.body.code, early.body.facts.fields]).toEqual([
      409,
      'complaint.facts_missing',
      ['place', 'account', 'demand'],
    ]);
    const amended = await walk(community, made.id, [['amend', desk, { place: '3栋大堂', account: 'A', demand: 'B' }]]);
    expect(amended).toMatchObject({ account: 'A', demand: 'B', place: '3栋大堂' });
  });

  it('waits with an explanation and a next answer, whose date stands for the finish only with consent (CP6)', async () => {
    const { community, desk, engineer, unitId } = shared;
    const made = await recorded(desk, community, { unitId, contact, ...story });
    const finish = clockOf(made, 'complete').dueAt;
    const until = inMinutes(3 * 24 * 60);
    const waiting = await walk(community, made.id, [
      ['send', desk, { department: 'engineering' }],
      ['accept', engineer],
      ['wait', engineer, { until, reason: '等厂家配件', explained: 'call' }],
    ]);
    expect(waiting).toMatchObject({ state: 'waiting', waitUntil: until });
    expect(clockOf(waiting, 'next-answer')).toMatchObject({ state: 'running', dueAt: until });
    expect(clockOf(waiting, 'complete').dueAt).toBe(finish);
    const consent = { by: '陈先生', how: 'call' };
    const agreed = await walk(community, made.id, [
      ['resume', engineer],
      ['wait', engineer, { until, reason: '等厂家配件', explained: 'call', consent }],
    ]);
    expect(clockOf(agreed, 'complete').dueAt).toBe(until);
    const answered = await walk(community, made.id, [['respond', desk, { how: 'call', answer: '配件明天到' }]]);
    expect(clockOf(answered, 'next-answer').state).toBe('met');
    expect(answered.timeline.at(-1)).toMatchObject({ action: 'respond', text: '配件明天到', facts: { how: 'call' } });
  });

  it('goes to another department with a reason, which signs anew', async () => {
    const { community, desk, engineer, unitId } = shared;
    const environment = await house.person('environment_supervisor', community);
    const made = await recorded(desk, community, { unitId, contact, ...story });
    await walk(community, made.id, [
      ['send', desk, { department: 'engineering' }],
      ['accept', engineer],
    ]);
    const { version } = (await desk.get(pathOf(community, made.id))).body;
    const moved = await engineer.post(pathOf(community, made.id, '/transfer'), {
      version,
      department: 'environment',
      reason: '属绿化',
    });
    expect(moved.body).toMatchObject({ state: 'sent', department: 'environment', contact: { phone: null } });
    expect((await engineer.get(pathOf(community, made.id))).status).toBe(403);
    const signed = await walk(community, made.id, [['accept', environment]]);
    expect(signed).toMatchObject({ state: 'in-progress', responsible: { id: environment.id } });
    expect(clockOf(signed, 'sent').state).toBe('met');
  });

  it('is sent to finance, whose head reads it then and not before', async () => {
    const { community, desk, unitId } = shared;
    const finance = await house.person('finance', community);
    const made = await recorded(desk, community, { unitId, contact, ...story, against: 'finance' });
    expect((await finance.get(pathOf(community, made.id))).status).toBe(403);
    await walk(community, made.id, [['send', desk, { department: 'finance' }]]);
    expect((await finance.get(pathOf(community, made.id))).body.moves[0]).toMatchObject({
      name: 'accept',
      allowed: true,
    });
  });

  it('asks in person for a signature, a photo of the paper, or why there is none (CP5)', async () => {
    const { community, desk, engineer, unitId } = shared;
    const made = await recorded(desk, community, { unitId, contact, ...story });
    const resolved = await walk(community, made.id, [
      ['send', desk, { department: 'engineering' }],
      ['accept', engineer],
      ['resolve', engineer, { result: '已处理', cause: 'facilities' }],
    ]);
    const tell = (body: Record<string, unknown>) =>
      desk.post(pathOf(community, made.id, '/tell-customer'), {
        version: resolved.version,
        how: 'visit',
        answer: '已说明',
        opinion: '可以',
        ...body,
      });
    const bare = await tell({});
    expect([bare.status, bare.body.errors[0].path]).toEqual([422, 'signature']);
    const why = await tell({ unsignedReason: '客户不愿签字' });
    expect(why.body).toMatchObject({ state: 'customer-told', signed: false, flags: ['unsigned'] });
  });

  it('is invalid with a reason and an explanation, and served all the same (CP7)', async () => {
    const { community, desk, supervisor, unitId } = shared;
    const made = await recorded(desk, community, { unitId, contact, ...story });
    const body = { version: made.version, reason: '属邻里纠纷' };
    const bare = await supervisor.post(pathOf(community, made.id, '/invalidate'), body);
    expect(bare.body.errors[0].path).toBe('explained');
    const invalid = await walk(community, made.id, [
      ['invalidate', supervisor, { reason: '属邻里纠纷', explained: 'call' }],
      ['send', desk, { department: 'order' }],
    ]);
    expect(invalid).toMatchObject({ validity: 'invalid', flags: ['invalid'], state: 'sent' });
    expect(clockOf(invalid, 'complete').state).toBe('running');
  });

  it('entered twice ends in the other, with both numbers (spec/10 merge)', async () => {
    const { community, desk, supervisor, unitId } = shared;
    const first = await recorded(desk, community, { unitId, channel: 'letter', ...story });
    const second = await recorded(desk, community, { unitId, channel: 'letter', ...story });
    const merged = await walk(community, second.id, [['merge', supervisor, { intoId: first.id }]]);
    expect(merged).toMatchObject({ state: 'closed', mergedInto: { id: first.id, code: first.code } });
    expect(merged.clocks.every((one: { state: string }) => one.state === 'void')).toBe(true);
    const again = await supervisor.post(pathOf(community, second.id, '/reopen'), {
      version: merged.version,
      reason: '再看',
    });
    expect(again.body.code).toBe('complaint.move_not_allowed');
    const itself = await supervisor.post(pathOf(community, first.id, '/merge'), {
      version: first.version,
      intoId: second.id,
    });
    expect(itself.body.errors[0]).toMatchObject({ path: 'intoId', code: 'unknown_complaint' });
  });

  it('is found on the board, in the list, by its words and number', async () => {
    const { community, desk, engineer, unitId } = await makeCentre(house);
    const made = await recorded(desk, community, { unitId, contact, ...story, demand: '要求更换钢丝绳' });
    const board = (await desk.get(`${community.path}/cases?kind=complaint`)).body.items;
    expect(board).toMatchObject([{ id: made.id, level: 'ordinary', category: 'engineering', summary: story.account }]);
    const found = (await desk.get(`${community.path}/search?q=${encodeURIComponent('钢丝绳')}`)).body;
    expect(JSON.stringify(found)).toContain(made.code);
    const list = await desk.get(`${community.path}/complaints?state=open&severity=ordinary&notTakenOver=true&limit=1`);
    expect(list.body.items).toMatchObject([
      { id: made.id, rule: 'ordinary.other', raisings: 1, validity: 'undecided' },
    ]);
    expect((await engineer.get(`${community.path}/complaints`)).body.items).toEqual([]);
    const others = await recorded(desk, community, { unitId });
    const paged = await desk.get(`${community.path}/complaints?limit=1`);
    const rest = await desk.get(`${community.path}/complaints?limit=1&cursor=${paged.body.nextCursor}`);
    expect([paged.body.items[0].id, rest.body.items[0].id, rest.body.nextCursor]).toEqual([others.id, made.id, null]);
  });

  it('can be reopened within its days, and counts a failure (spec/10 reopen)', async () => {
    const centre = await makeCentre(house);
    const { community, desk, supervisor, unitId } = centre;
    const made = await recorded(desk, community, { unitId, contact, ...story });
    await toTold(centre, made.id);
    await review(centre, await follow(centre, made.id, { verdict: 'acceptable' }));
    const reopened = await walk(community, made.id, [['reopen', supervisor, { reason: '又困人了' }]]);
    expect(reopened).toMatchObject({ state: 'in-progress', failures: 1, result: null, answer: null, toldAt: null });
    expect(clockOf(reopened, 'complete')).toMatchObject({ state: 'running' });
    expect(reopened.timeline.some((one: { text: string | null }) => one.text?.includes('已更换门锁触点'))).toBe(true);
  });
});
