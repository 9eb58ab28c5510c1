// A centre with its people and two homes, and complaints lived through it over HTTP, for the API tests of this slice.
import { expect } from 'vitest';
import type { Answer, Community, Person, TestHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';
import { plusMinutes } from '../../kernel/time.ts';

/** A complaint, a follow-up, whatever an answer holds. */
type Shown = Answer['body'];
export type Centre = Awaited<ReturnType<typeof makeCentre>>;

export async function makeCentre(house: TestHouse, preset: 'luxury' | 'standard' = 'luxury') {
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

export const pathOf = (community: Community, id: string, rest = ''): string =>
  `${community.path}/complaints/${id}${rest}`;

export const record = (by: Person, community: Community, body: Record<string, unknown> = {}) =>
  by.post(`${community.path}/complaints`, { channel: 'phone', ...body });

/** Recorded as asked; answers the complaint. */
export async function recorded(by: Person, community: Community, body: Record<string, unknown> = {}): Promise<Shown> {
  const made = await record(by, community, body);
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return made.body;
}

export const story = {
  place: '3栋大堂',
  account: '电梯困人四十分钟，无人应答',
  demand: '查明原因并书面答复',
  against: 'engineering',
};

export type Step = readonly [name: string, by: Person, body?: Record<string, unknown>];

/** One move after another, each by somebody, with the version as it is by then. */
export async function walk(community: Community, id: string, steps: readonly Step[]): Promise<Shown> {
  let last: Shown;
  for (const [name, by, body = {}] of steps) {
    const { version } = (await by.get(pathOf(community, id))).body;
    const answer = await by.post(pathOf(community, id, `/${name}`), { version, ...body });
    expect(answer.status, `${name}: ${JSON.stringify(answer.body)}`).toBe(200);
    last = answer.body;
  }
  return last;
}

/** From recorded to told, by the desk and the engineers. */
export const toTold = ({ community, desk, engineer }: Centre, id: string, told: Record<string, unknown> = {}) =>
  walk(community, id, [
    ['send', desk, { department: 'engineering' }],
    ['accept', engineer],
    ['resolve', engineer, { result: '已更换门锁触点并复检', cause: 'facilities' }],
    ['tell-customer', desk, { how: 'call', answer: '已说明原因并致歉', opinion: '可以接受', satisfied: true, ...told }],
  ]);

/** The follow-up of a complaint, recorded by the desk. */
export async function follow({ community, desk }: Centre, id: string, body: Record<string, unknown>): Promise<Shown> {
  const due = (await desk.get(`${community.path}/follow-ups?caseId=${id}&state=due`)).body.items;
  expect(due).toHaveLength(1);
  const answer = await desk.post(`${community.path}/follow-ups/${due[0].id}/record`, {
    version: due[0].version,
    quality: 5,
    effect: 5,
    satisfaction: 5,
    channel: 'phone',
    reason: '客户不便见面',
    ...body,
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}

export async function review({ community, supervisor }: Centre, followUp: Shown): Promise<void> {
  const answer = await supervisor.post(`${community.path}/follow-ups/${followUp.id}/review`, {
    version: followUp.version,
    comment: '已核实',
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
}

export type Told = { kind: string; code: string; caseId: string; at: string; loud: boolean; facts: Shown };
export const bell = async (person: Person): Promise<Told[]> =>
  (await person.get('/notifications?limit=200')).body.items;

export const later = (house: TestHouse, minutes: number) =>
  house.house.time.moveTo(plusMinutes(house.house.time.now(), minutes));

export const clockOf = (complaint: Shown, kind: string, key = '') =>
  complaint.clocks.findLast((one: Shown) => one.kind === kind && one.key === key);
