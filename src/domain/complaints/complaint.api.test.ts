// Complaints 投诉 over real HTTP: from the first save with level, unit and phone to the filed paper.
import { describe, expect, it } from 'vitest';
import { type Community, type Person, useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';

const house = useHouse();
export type Centre = Awaited<ReturnType<typeof centre>>;

async function centre(preset: 'luxury' | 'standard' = 'luxury') {
  const community = await house.community(preset);
  const [buildingId, unitId, otherUnitId] = [newId(), newId(), newId()];
  await house.asOwner(`
    insert into buildings (community_id, id, name) values ('${community.id}', '${buildingId}', '3');
    insert into units (community_id, id, building_id, entrance, room, label) values
      ('${community.id}', '${unitId}', '${buildingId}', '1', '502', '3-1-502'),
      ('${community.id}', '${otherUnitId}', '${buildingId}', '1', '602', '3-1-602')`);
  const [desk, supervisor, manager, gm, engineer, technician, butler] = await Promise.all([
    house.person('front_desk', community, '前台'),
    house.person('cs_supervisor', community, '主管'),
    house.person('manager', community, '经理'),
    house.person('general_manager', community, '总经理'),
    house.person('engineering_supervisor', community, '工程主管'),
    house.person('technician', community, '师傅'),
    house.person('butler', community, '管家'),
  ]);
  return { community, unitId, otherUnitId, desk, supervisor, manager, gm, engineer, technician, butler };
}

const record = (by: Person, community: Community, body: Record<string, unknown> = {}) =>
  by.post(`${community.path}/complaints`, { channel: 'phone', ...body });

/** One move after another, each by somebody, with the version of the answer before. */
async function walk(
  community: Community,
  first: { body: any },
  steps: readonly (readonly [string, Person, Record<string, unknown>?])[],
): Promise<any> {
  let last = first.body;
  for (const [name, by, body = {}] of steps) {
    const answer = await by.post(`${community.path}/complaints/${last.id}/${name}`, { version: last.version, ...body });
    expect(answer.status, `${name}: ${JSON.stringify(answer.body)}`).toBe(200);
    last = answer.body;
  }
  return last;
}

const story = {
  place: '3栋大堂',
  account: '电梯困人四十分钟，无人应答',
  demand: '查明原因并书面答复',
  against: 'engineering',
};

describe('an ordinary complaint', () => {
  it('is saved with level, unit and phone, and its limits run (CP1, CP3)', async () => {
    const { community, desk, unitId } = await centre();
    const made = await record(desk, community, { unitId, severity: 'ordinary', contact: { phone: '13800001234' } });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    expect(made.body).toMatchObject({
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
    });
    expect(made.body.code).toMatch(/^TS-\d{4}-000001$/);
    const kinds = made.body.clocks.map((one: { kind: string }) => one.kind).sort();
    expect(kinds).toEqual(['complete', 'respond', 'sent']);
  });

  it('goes its way to the filed paper: sent, signed for, resolved, told, followed up, closed by the program', async () => {
    const { community, desk, supervisor, engineer, unitId, butler, manager } = await centre();
    const made = await record(desk, community, { unitId, contact: { name: '陈先生', phone: '13800001234' }, ...story });
    const told = await walk(community, made, [
      ['send', desk, { department: 'engineering' }],
      ['accept', engineer],
      ['resolve', engineer, { result: '已更换门锁触点并复检', cause: 'facilities' }],
      ['tell-customer', desk, { how: 'call', answer: '已说明原因并致歉', opinion: '可以接受', satisfied: true }],
    ]);
    expect(told).toMatchObject({ state: 'customer-told', result: '已更换门锁触点并复检', answer: '已说明原因并致歉' });
    expect(told).toMatchObject({
      opinion: '可以接受',
      satisfied: true,
      cause: 'facilities',
      department: 'engineering',
    });
    const early = await supervisor.post(`${community.path}/complaints/${told.id}/close`, { version: told.version });
    expect([early.status, early.body.code]).toEqual([409, 'complaint.follow_up_open']);

    const due = (await desk.get(`${community.path}/follow-ups?caseId=${told.id}`)).body.items;
    expect(due).toHaveLength(1);
    expect(due[0]).toMatchObject({ what: 'complaint', state: 'due' });
    const path = `${community.path}/follow-ups/${due[0].id}`;
    const recorded = await desk.post(`${path}/record`, {
      version: due[0].version,
      verdict: 'acceptable',
      quality: 'good',
      effect: 'good',
      satisfaction: 5,
      channel: 'phone',
    });
    expect(recorded.status, JSON.stringify(recorded.body)).toBe(200);
    const reviewed = await supervisor.post(`${path}/review`, { version: recorded.body.version, comment: '好' });
    expect(reviewed.status, JSON.stringify(reviewed.body)).toBe(200);
    const closed = await desk.get(`${community.path}/complaints/${told.id}`);
    expect(closed.body).toMatchObject({ state: 'closed', responsible: { id: engineer.id } });
    expect(closed.body.timeline.at(-1)).toMatchObject({ action: 'close', byRole: 'system', by: null });
    expect([butler, manager].length).toBe(2);
  });
});
