// At night the duty technician takes the call (RP2): report, ledger line and order from a phone, sent to himself; and a
// technician who found something on his way records it the same way (RP12), for the desk to send somebody.
import { beforeAll, describe, expect, it } from 'vitest';
import { useBrowser } from '../browser.ts';
import { type Community, type Person, useHouse } from '../house.ts';
import { shoot, widerThanWindow } from '../pages.ts';

describe('a report taken on the phone', () => {
  const house = useHouse({ web: true, timers: true });
  const browser = useBrowser(house);
  let community: Community;
  let desk: Person;
  let duty: Person;
  let tech: Person;

  beforeAll(async () => {
    community = await house.community();
    desk = await house.person('front_desk', community, '林小满');
    duty = await house.person('duty_technician', community, '马值班');
    tech = await house.person('technician', community, '周海涛');
    const unit = await desk.post(`${community.path}/units`, { building: '3', entrance: '1', room: '502' });
    const owner = { name: '王秀兰', phone: '13900001234', unitId: unit.body.id, relation: 'owner' };
    expect((await desk.post(`${community.path}/parties`, owner)).status).toBe(201);
  });

  const open = (person: Person, width = 390, colorScheme: 'light' | 'dark' = 'light') =>
    browser.page(person, '/m/report', { viewport: { width, height: 844 }, hasTouch: true, colorScheme });

  it('finds rooms by their number and nobody by name', async () => {
    const rooms = async (person: Person, q: string) =>
      (await person.get(`${community.path}/rooms?q=${encodeURIComponent(q)}`)).body.items;
    expect((await rooms(duty, '3栋502')).map((one: { label: string }) => one.label)).toEqual(['3-1-502']);
    expect(Object.keys((await rooms(duty, '3-1'))[0]).sort()).toEqual(['id', 'label']);
    for (const q of ['王秀兰', 'wangxiulan', 'wxl', '13900001234', '1234'])
      expect([q, await rooms(duty, q)]).toEqual([q, []]);
    const contractor = await house.person('contractor', community);
    expect((await contractor.get(`${community.path}/rooms?q=3-1`)).status).toBe(403);
  });

  it('becomes a ledger line and an order of his own, first contact is his (RP2)', { timeout: 90_000 }, async () => {
    const page = await open(duty, 360, 'dark');
    await page.getByRole('button', { name: '登记并派给我' }).click();
    await page.getByText('请选房号，公共区域请写地点').waitFor();
    await page.getByText('请写什么事').waitFor();
    await page.getByLabel('房号').fill('3栋502');
    await page.getByRole('button', { name: '3-1-502' }).click();
    await page.getByLabel('什么事').fill('半夜两点卫生间水管爆裂，水已经漫到客厅，客户一个人在家，关不上总阀');
    await page.getByLabel('称呼').fill('王女士');
    await page.getByLabel('联系电话').fill('139 0000 1234');
    await page.getByLabel(/都已复述/).check();
    expect(await page.getByLabel('级别').inputValue()).toBe('emergency');
    await shoot(page, 'report-360-dark');
    expect(await widerThanWindow(page)).toBe(0);

    // No signal at the moment of pressing: it says so, keeps all, and a second press does it once.
    await page.context().setOffline(true);
    await page.getByRole('button', { name: '登记并派给我' }).click();
    await page.getByText('没有信号，还没有登记上').waitFor();
    await page.context().setOffline(false);
    await page.getByRole('button', { name: '登记并派给我' }).click();
    await page.getByText('已派给您').waitFor();
    await shoot(page, 'report-done');
    await page.getByRole('link', { name: '去看这张单' }).click();
    await page.getByRole('heading', { name: '3-1-502' }).waitFor();
    await page.getByRole('button', { name: '接单' }).waitFor();

    const lines = (await desk.get(`${community.path}/contacts`)).body.items;
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ outcome: 'case', unit: '3-1-502', takenBy: { name: '马值班' }, readBack: true });
    const repair = (await desk.get(`${community.path}/repairs/${lines[0].caseId}`)).body;
    expect(repair).toMatchObject({
      state: 'dispatched',
      urgency: 'emergency',
      firstContact: { name: '马值班' },
      technician: { name: '马值班' },
      readBack: true,
    });
    expect(repair.timeline.map((entry: { action: string; source: string }) => [entry.action, entry.source])).toEqual([
      ['create', 'phone'],
      ['dispatch', 'phone'],
    ]);
  });

  it('tells a duty technician off shift that the order is recorded but not his', async () => {
    const off = await house.person('duty_technician', community, '钱不在班');
    const lead = await house.person('engineering_supervisor', community);
    // Somebody else has the shift of this post all day long.
    const shift = await lead.post(`${community.path}/shifts`, {
      staffId: duty.id,
      role: 'duty_technician',
      from: new Date(Date.now() - 3_600_000).toISOString(),
      until: new Date(Date.now() + 6 * 3_600_000).toISOString(),
    });
    expect(shift.status, JSON.stringify(shift.body)).toBe(201);
    const page = await open(off);
    await page.getByRole('button', { name: '不在户内，是公共区域' }).click();
    await page.getByLabel('地点').fill('2栋地下车库');
    await page.getByLabel('什么事').fill('水泵房漏水');
    await page.getByRole('button', { name: '登记并派给我' }).click();
    await page.getByText('没有派给您：不在值班时间').waitFor();
  });

  it('takes what a technician found on his way, for the desk to send somebody (RP12)', async () => {
    const page = await open(tech);
    await page.getByLabel('我巡查发现').check();
    await page.getByRole('button', { name: '不在户内，是公共区域' }).click();
    await page.getByLabel('地点').fill('7 栋电梯厅');
    await page.getByLabel('什么事').fill('电梯厅吊顶渗水，地面湿滑');
    await shoot(page, 'report-390-light');
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByText('已登记报修').waitFor();
    const board = (await desk.get(`${community.path}/cases?sort=newest`)).body.items[0];
    const repair = (await desk.get(`${community.path}/repairs/${board.id}`)).body;
    expect(repair).toMatchObject({ state: 'logged', channel: 'patrol', place: '7 栋电梯厅', technician: null });
    expect(repair.moves.find((move: { name: string }) => move.name === 'dispatch').allowed).toBe(true);
  });
});
