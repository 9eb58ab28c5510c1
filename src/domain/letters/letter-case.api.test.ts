// What a letter leaves on its case (CP8): lines on the time line, and the complaint told by the reply that was delivered.
import { describe, expect, it } from 'vitest';
import { useHouse } from '../../../tests/house.ts';
import { clockOf, makeCentre, pathOf, walk } from '../complaints/complaint-centre.fixture.ts';

const house = useHouse({ startAt: '2026-11-23T06:30:00.000Z' });
const letter = {
  sender: '陈先生',
  datedOn: '2026-11-20',
  receivedOn: '2026-11-23',
  subject: '电梯困人要求书面答复',
  summary: '11 月 19 日电梯困人四十分钟，无人应答',
};
const reply = { addressee: '陈先生', subject: '关于电梯困人一事的答复', body: '来信收悉。触点已更换，深表歉意。' };

describe('a letter and its case', () => {
  async function answered(over: Record<string, unknown> = {}) {
    const centre = await makeCentre(house);
    const { community, desk, manager } = centre;
    const entered = await desk.post(`${community.path}/incoming-documents`, { ...letter, ...over });
    expect(entered.status, JSON.stringify(entered.body)).toBe(201);
    const drafted = await desk.post(`${community.path}/incoming-documents/${entered.body.id}/replies`, reply);
    const move = (by: typeof desk, name: string, body: object) =>
      by.post(`${community.path}/reply-letters/${drafted.body.id}/${name}`, body);
    expect((await move(manager, 'approve', { version: 1 })).status).toBe(200);
    expect((await move(desk, 'send', { version: 2, way: 'handed-over' })).status).toBe(200);
    return { centre, caseId: entered.body.caseId as string, code: entered.body.caseCode as string, move };
  }
  const linesOf = (complaint: any) =>
    complaint.timeline.filter((one: any) => one.kind === 'link').map((one: any) => [one.action, one.text]);

  it('stands on the time line when it came, went out and arrived; the household lists it', async () => {
    const { centre, caseId, move } = await answered();
    const { community, desk, unitId, otherUnitId } = centre;
    await walk(community, caseId, [['amend', desk, { unitId }]]);
    expect((await move(desk, 'deliver', { version: 3, note: '本人签收' })).status).toBe(200);
    const complaint = (await desk.get(pathOf(community, caseId))).body;
    expect(linesOf(complaint)).toEqual([
      ['letter-received', null],
      ['reply-sent', null],
      ['reply-delivered', '本人签收'],
    ]);
    expect(complaint.state).toBe('recorded');
    const of = async (unit: string) =>
      (await desk.get(`${community.path}/incoming-documents?unitId=${unit}`)).body.items.length;
    expect([await of(unitId), await of(otherUnitId)]).toEqual([1, 0]);
  });

  it('tells the complaint’s end where the person says so, with the letter as the answer (CP5)', async () => {
    const { centre, caseId, move } = await answered();
    const { community, desk, engineer, unitId } = centre;
    await walk(community, caseId, [['amend', desk, { unitId, place: '3栋电梯', demand: '书面答复' }]]);
    // Not before there is an end to tell: then nothing at all is written.
    const early = await move(desk, 'deliver', { version: 3, note: '本人签收', tellCustomer: {} });
    expect([early.status, early.body.code]).toEqual([409, 'complaint.move_not_allowed']);
    await walk(community, caseId, [
      ['send', desk, { department: 'engineering' }],
      ['accept', engineer],
      ['resolve', engineer, { result: '已更换门锁触点并复检', cause: 'facilities' }],
    ]);
    const done = await move(desk, 'deliver', {
      version: 3,
      note: '本人签收',
      tellCustomer: { opinion: '可以接受', satisfied: true },
    });
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    const told = (await desk.get(pathOf(community, caseId))).body;
    expect(told).toMatchObject({ state: 'customer-told', opinion: '可以接受', satisfied: true });
    expect(told.answer).toContain('书面答复 HN-2026-000001');
    expect(told.answer).toContain('触点已更换');
    expect(clockOf(told, 'tell-customer').state).toBe('met');
    expect(linesOf(told).at(-1)).toEqual(['reply-delivered', '本人签收']);
  });

  it('says so where nobody heard an opinion, and refuses to tell what is no complaint', async () => {
    const { centre, caseId, move } = await answered();
    const { community, desk, engineer } = centre;
    await walk(community, caseId, [
      ['amend', desk, { place: '3栋电梯', demand: '书面答复' }],
      ['send', desk, { department: 'engineering' }],
      ['accept', engineer],
      ['resolve', engineer, { result: '已更换', cause: 'facilities' }],
    ]);
    expect((await move(desk, 'deliver', { version: 3, note: '投入信箱', tellCustomer: {} })).status).toBe(200);
    const told = (await desk.get(pathOf(community, caseId))).body;
    // Nobody can be rung: there is no follow-up to wait for.
    expect(told).toMatchObject({ state: 'closed', opinion: null, answer: expect.stringContaining('HN-') });

    const asked = await desk.post(`${community.path}/enquiries`, {
      kind: 'enquiry',
      channel: 'phone',
      description: '装修押金怎么退',
    });
    const second = await desk.post(`${community.path}/incoming-documents`, {
      ...letter,
      subject: '装修押金',
      kind: 'enquiry',
      caseCode: asked.body.code,
    });
    const drafted = (await desk.post(`${community.path}/incoming-documents/${second.body.id}/replies`, reply)).body;
    const path = `${community.path}/reply-letters/${drafted.id}`;
    await centre.manager.post(`${path}/approve`, { version: 1 });
    await desk.post(`${path}/send`, { version: 2, way: 'courier' });
    const refused = await desk.post(`${path}/deliver`, { version: 3, note: '本人签收', tellCustomer: {} });
    expect([refused.status, refused.body.code]).toEqual([409, 'letter.not_a_complaint']);
    expect((await desk.get(path)).body.state).toBe('out');
  });
});
