// The desk over HTTP (FD1–FD6): what is not answered at once gets a clock, promises are kept by evidence, the supervisor
// sees what is not done, and a ringing telephone opens the household.
import { describe, expect, it } from 'vitest';
import { type Answer, type Community, useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';
import { dayOf, minuteMs, msOf, plusDays, plusMs } from '../../kernel/time.ts';

describe('the desk', () => {
  const house = useHouse({ startAt: '2026-11-26T01:00:00.000Z' });
  const centre = async (preset: 'luxury' | 'standard' = 'luxury') => {
    const community = await house.community(preset);
    const [desk, sup, tech, manager] = await Promise.all([
      house.person('front_desk', community, '林小满'),
      house.person('cs_supervisor', community),
      house.person('technician', community, '周海涛'),
      house.person('manager', community),
    ]);
    const [building, unitId] = [newId(), newId()];
    await house.asOwner(`
      insert into buildings (community_id, id, name) values ('${community.id}', '${building}', '3');
      insert into units (community_id, id, building_id, entrance, room, label) values ('${community.id}', '${unitId}', '${building}', '1', '502', '3-1-502')`);
    const line = (body: object) =>
      desk.post(`${community.path}/contacts`, { channel: 'phone', request: '问停车费怎么交', unitId, ...body });
    return { community, desk, sup, tech, manager, unitId, line };
  };
  const enquiry = (community: Community, id: string) => `${community.path}/enquiries/${id}`;
  const clocksOf = (answer: Answer) =>
    Object.fromEntries(answer.body.clocks.map((one: any) => [one.kind, [one.state, one.dueAt, one.owner.role]]));
  const ledger = async (person: any, community: Community, id: string) =>
    (await person.get(`${community.path}/contacts/${id}`)).body;

  it('closes what was answered on the spot, and it still counts (FD6)', async () => {
    const { community, desk, line } = await centre();
    const made = await line({ outcome: 'answered' });
    expect([made.status, made.body.state, made.body.caseId]).toEqual([201, 'answered', null]);
    const day = dayOf(house.house.time.now());
    expect((await desk.get(`${community.path}/ledger-days/${day}`)).body).toMatchObject({ lines: 1, undone: [] });
  });

  it.each([
    ['luxury', '2026-11-26T13:00:00.000Z'],
    ['standard', '2026-11-27T10:00:00.000Z'],
  ] as const)('%s: an open line becomes an enquiry whose answer has a clock (FD1)', async (preset, due) => {
    const { community, desk, line } = await centre(preset);
    const made = await line({ outcome: 'open' });
    expect(made.body.caseKind).toBe('enquiry');
    expect(made.body.caseCode).toMatch(/^ZX-2026-\d{6}$/);
    const opened = await desk.get(enquiry(community, made.body.caseId));
    expect(clocksOf(opened)).toEqual({ answer: ['running', due, 'front_desk'] });
    expect(opened.body.firstContact.name).toBe('林小满');
    const answered = await desk.post(`${enquiry(community, made.body.caseId)}/answer`, {
      version: opened.body.version,
      text: '本月底前在客服中心或小程序缴纳',
      how: 'in-person',
    });
    expect([answered.status, answered.body.state, clocksOf(answered).answer?.[0]]).toEqual([200, 'closed', 'met']);
    expect((await ledger(desk, community, made.body.id)).state).toBe('answered');
  });

  it('a suggestion gets its own number', async () => {
    const { line } = await centre();
    expect((await line({ outcome: 'open', kind: 'suggestion' })).body.caseCode).toMatch(/^JY-/);
  });

  it('a promised call back runs until an outgoing call is noted (FD3)', async () => {
    const { community, desk, line } = await centre();
    const now = house.house.time.now();
    const soon = await line({ outcome: 'call-back' });
    const [state, due, owner] = clocksOf(await desk.get(enquiry(community, soon.body.caseId)))['call-back'] ?? [];
    expect([state, owner]).toEqual(['running', 'front_desk']);
    expect(Math.round((msOf(due) - msOf(now)) / minuteMs)).toBe(30);
    const at = plusMs(now, 50 * minuteMs);
    const later = await line({ outcome: 'call-back', callBackAt: at });
    expect(clocksOf(await desk.get(enquiry(community, later.body.caseId)))['call-back']?.[1]).toBe(at);
    const note = (direction: 'in' | 'out') =>
      desk.post(`${community.path}/cases/${later.body.caseId}/notes`, {
        kind: 'call',
        to: 'customer',
        direction,
        text: '已告知',
      });
    await note('in');
    expect((await ledger(desk, community, later.body.id)).state).toBe('call-back');
    await note('out');
    expect((await ledger(desk, community, later.body.id)).state).toBe('done');
    expect(clocksOf(await desk.get(enquiry(community, later.body.caseId)))['call-back']?.[0]).toBe('met');
    expect((await ledger(desk, community, soon.body.id)).state).toBe('call-back');
  });

  it('a call back can be promised about a repair that is known already', async () => {
    const { community, desk, unitId, line } = await centre();
    const repair = await desk.post(`${community.path}/repairs`, {
      unitId,
      category: 'water',
      urgency: 'ordinary',
      description: '漏水',
      channel: 'phone',
    });
    const made = await line({ outcome: 'call-back', caseId: repair.body.id });
    expect([made.body.caseId, made.body.caseKind]).toEqual([repair.body.id, 'repair']);
    const seen = await desk.get(`${community.path}/repairs/${repair.body.id}`);
    expect(clocksOf(seen)['call-back']?.[0]).toBe('running');
    expect(seen.body.timeline.map((one: any) => one.action)).toContain('call-back-promised');
    await desk.post(`${community.path}/cases/${repair.body.id}/notes`, {
      kind: 'call',
      to: 'customer',
      text: '已回电',
    });
    expect((await ledger(desk, community, made.body.id)).state).toBe('done');
  });

  it('a message reaches the colleague at once, and its receipt is seen (FD4)', async () => {
    const { community, desk, tech, line } = await centre();
    const made = await line({ outcome: 'message', messageToId: tech.id });
    const opened = await desk.get(enquiry(community, made.body.caseId));
    expect(opened.body.responsible.name).toBe('周海涛');
    expect(clocksOf(opened).message?.slice(0, 1)).toEqual(['running']);
    await house.tick();
    const bell = (await tech.get('/notifications')).body.items.find((one: any) => one.kind === 'message');
    expect([bell.loud, bell.caseId]).toEqual([true, made.body.caseId]);
    expect((await desk.post(`${community.path}/cases/${made.body.caseId}/message-read`, {})).body.code).toBe(
      'case.no_message',
    );
    await tech.post(`/notifications/${bell.id}/acknowledge`, {});
    expect((await ledger(desk, community, made.body.id)).state).toBe('read');
    const read = await desk.get(enquiry(community, made.body.caseId));
    expect(clocksOf(read).message?.[0]).toBe('met');
    expect(read.body.timeline.map((one: any) => one.action)).toContain('message-read');
  });

  it('a message may also be left on a case and read on its page', async () => {
    const { community, desk, tech, line } = await centre();
    const made = await line({ outcome: 'open' });
    const path = `${community.path}/cases/${made.body.caseId}`;
    const nobody = await desk.post(`${path}/message`, { toId: newId(), text: '请看' });
    expect([nobody.status, nobody.body.errors[0].path]).toEqual([422, 'toId']);
    expect((await desk.post(`${path}/message`, { toId: tech.id, text: '请看' })).status).toBe(201);
    expect((await tech.post(`${path}/message-read`, {})).body.action).toBe('message-read');
  });

  it('names each field that does not fit the outcome, and writes nothing', async () => {
    const { community, desk, tech, line } = await centre();
    const past = plusMs(house.house.time.now(), -minuteMs);
    const errors = async (body: object) => {
      const answer = await line(body);
      return [answer.status, ...answer.body.errors.map((one: any) => `${one.path} ${one.code}`)];
    };
    expect(await errors({ outcome: 'answered', callBackAt: plusMs(past, 2 * minuteMs), messageToId: tech.id })).toEqual(
      [422, 'callBackAt only_for_call_back', 'messageToId only_for_message'],
    );
    expect(await errors({ outcome: 'call-back', callBackAt: past })).toEqual([422, 'callBackAt in_the_past']);
    expect(await errors({ outcome: 'message', messageToId: newId() })).toEqual([422, 'messageToId unknown_person']);
    expect(await errors({ outcome: 'answered', telephoneCallId: newId() })).toEqual([
      422,
      'telephoneCallId unknown_call',
    ]);
    expect((await desk.get(`${community.path}/contacts`)).body.items).toEqual([]);
  });

  it('lists for the supervisor what a day left undone, and the days nobody looked at (FD5)', async () => {
    const { community, desk, sup, line } = await centre();
    const yesterday = dayOf(house.house.time.now());
    const open = await line({ outcome: 'open' });
    await line({ outcome: 'answered' });
    house.house.time.moveTo(plusMs(house.house.time.now(), 24 * 60 * minuteMs));
    const today = plusDays(yesterday, 1);
    const path = (day: string) => `${community.path}/ledger-days/${day}`;
    const seen = (await sup.get(path(yesterday))).body;
    expect([seen.lines, seen.undone.map((one: any) => one.id), seen.notReviewed]).toEqual([
      2,
      [open.body.id],
      [yesterday],
    ]);
    expect((await desk.post(`${path(yesterday)}/review`, {})).status).toBe(403);
    const reviewed = await sup.post(`${path(yesterday)}/review`, { remark: '停车费一事今天答复' });
    expect(reviewed.body.reviews).toMatchObject([{ lines: 2, undone: 1, remark: '停车费一事今天答复' }]);
    expect(reviewed.body.notReviewed).toEqual([]);
    const ahead = await sup.post(`${path(plusDays(today, 1))}/review`, {});
    expect([ahead.status, ahead.body.errors[0].code]).toEqual([422, 'in_the_future']);
    const owing = (await desk.get(`${community.path}/contacts?owing=true`)).body.items;
    expect(owing.map((one: any) => one.id)).toEqual([open.body.id]);
  });

  it('a telephone system rings: the household opens, the rings are measured, another community knows nothing (FD2)', async () => {
    const { community, desk, tech, unitId } = await centre();
    const party = await desk.post(`${community.path}/parties`, {
      kind: 'person',
      name: '王建国',
      phone: '199 0000 1234',
    });
    const path = `${community.path}/units/${unitId}/relations`;
    expect((await desk.post(path, { partyId: party.body.id, relation: 'owner' })).status).toBe(201);
    const calls = `${community.path}/telephone-calls`;
    const now = house.house.time.now();
    const ring = await desk.post(calls, {
      callId: 'c-1',
      event: 'ring',
      at: plusMs(now, -12_000),
      from: '+86 19900001234',
    });
    expect(ring.body).toMatchObject({ from: '199****1234', unit: '3-1-502', rings: null, isInTime: null });
    expect((await desk.get(`${calls}?ringing=true`)).body.items).toHaveLength(1);
    const answer = await desk.post(calls, { callId: 'c-1', event: 'answer', at: now });
    expect(answer.body).toMatchObject({ id: ring.body.id, rings: 3, isInTime: true });
    expect((await desk.get(`${calls}?ringing=true`)).body.items).toEqual([]);
    await desk.post(calls, { callId: 'c-2', event: 'ring', at: plusMs(now, -60_000) });
    await desk.post(calls, { callId: 'c-2', event: 'hang-up', at: now });
    const line = await desk.post(`${community.path}/contacts`, {
      channel: 'phone',
      request: '问停车费',
      outcome: 'answered',
      telephoneCallId: ring.body.id,
    });
    const day = (await desk.get(`${calls}?day=${dayOf(now)}`)).body;
    expect([day.answered, day.answeredInTime, day.missed]).toEqual([1, 1, 1]);
    expect(day.items.find((one: any) => one.id === ring.body.id).contactId).toBe(line.body.id);
    expect((await tech.post(calls, { callId: 'c-3', event: 'ring' })).status).toBe(403);
    const bad = await desk.post(calls, { callId: 'c-3', event: 'ring', from: '12ab' });
    expect([bad.status, bad.body.errors[0].path]).toEqual([422, 'from']);
    const other = await centre();
    expect((await other.desk.get(`${other.community.path}/telephone-calls?day=${dayOf(now)}`)).body.items).toEqual([]);
    expect((await other.desk.post(calls, { callId: 'c-1', event: 'hang-up' })).status).toBe(404);
  });
});
