// A service centre with a repair that is finished, for tests of what comes after the work.
import sharp from 'sharp';
import { expect } from 'vitest';
import type { Community, Person, TestHouse } from './house.ts';

/** A small drawn line as a PNG data URL. */
export const drawnLine = `data:image/png;base64,${(
  await sharp({ create: { width: 40, height: 20, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
    .composite([{ input: { create: { width: 30, height: 2, channels: 4, background: '#000' } }, left: 5, top: 9 }])
    .png()
    .toBuffer()
).toString('base64')}`;

export type Centre = Awaited<ReturnType<typeof openCentre>>;

export async function openCentre(house: TestHouse, preset: 'luxury' | 'standard' = 'luxury') {
  const community = await house.community(preset);
  const [desk, desk2, butler, supervisor, manager, gm, engineer, tech] = await Promise.all([
    house.person('front_desk', community, '林小满'),
    house.person('front_desk', community, '何雨晴'),
    house.person('butler', community, '罗敏'),
    house.person('cs_supervisor', community, '苏文'),
    house.person('manager', community, '沈立'),
    house.person('general_manager', community, '高远'),
    house.person('engineering_supervisor', community, '刘建国'),
    house.person('technician', community, '周海涛'),
  ]);
  const unitId = await unitIn(desk, community, '101');
  return { community, preset, desk, desk2, butler, supervisor, manager, gm, engineer, tech, unitId };
}

export async function unitIn(desk: Person, community: Community, room: string, building = '3'): Promise<string> {
  const made = await desk.post(`${community.path}/units`, { building, entrance: '1', room });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return made.body.id as string;
}

/** Who and where a repair needs. */
type Works = Pick<Centre, 'community' | 'desk' | 'tech' | 'preset' | 'unitId'>;
type Story = { unitId?: string; category?: string; tech?: Person; finish?: object };

/** Reported and finished; in the standard preset with its dates. Answers the repair as it stands. */
export async function finishRepair(house: TestHouse, centre: Works, story: Story = {}): Promise<any> {
  const { community, desk, tech: usual, preset } = centre;
  const tech = story.tech ?? usual;
  const soon = new Date(Date.parse(house.house.time.now()) + 3_600_000).toISOString();
  const made = await desk.post(`${community.path}/repairs`, {
    unitId: story.unitId ?? centre.unitId,
    category: story.category ?? 'water',
    urgency: 'ordinary',
    description: '厨房水龙头滴水，请联系 13800001234',
    channel: 'phone',
    contact: { name: '陈先生', phone: '13800001234' },
    readBack: true,
    ...(preset === 'standard' ? { appointmentAt: soon, agreedAt: soon } : {}),
  });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return finishAgain(centre, made.body, { ...story, tech });
}

/** From the dispatch to the finish: after a rework, the same order anew. */
export async function finishAgain(centre: Works, logged: any, story: Story = {}): Promise<any> {
  const { community, desk } = centre;
  const tech = story.tech ?? centre.tech;
  let repair = logged;
  const move = async (who: Person, name: string, body: object = {}) => {
    const answer = await who.post(`${community.path}/repairs/${logged.id}/${name}`, {
      version: repair.version,
      ...body,
    });
    expect(answer.status, `${name}: ${JSON.stringify(answer.body)}`).toBe(200);
    repair = answer.body;
  };
  await move(desk, 'dispatch', { technicianId: tech.id });
  await move(tech, 'accept');
  await move(tech, 'arrive');
  await move(tech, 'finish', { result: '更换阀芯', materials: [], ...story.finish });
  return repair;
}

/** Signed and the voucher handed back. */
export async function returnVoucher(centre: Pick<Works, 'community' | 'tech'>, repair: any): Promise<any> {
  const path = `${centre.community.path}/repairs/${repair.id}`;
  const signed = await centre.tech.post(`${path}/sign`, {
    version: repair.version,
    signature: drawnLine,
    satisfied: true,
  });
  expect(signed.status, JSON.stringify(signed.body)).toBe(200);
  const returned = await centre.tech.post(`${path}/return-voucher`, { version: signed.body.version });
  expect(returned.status, JSON.stringify(returned.body)).toBe(200);
  return returned.body;
}
