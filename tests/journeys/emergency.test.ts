// An emergency 突发事件 in a real browser (MG8, FU1): F8 from anywhere, what cannot be is said and nothing typed is lost; the
// general manager hears of it and takes it over on a phone, measures are noted, it is over, looked back on, followed up and
// filed, and its record is one sheet of A4.
import { beforeAll, describe, expect, it } from 'vitest';
import { narrow, useBrowser } from '../browser.ts';
import { type Community, type Person, useHouse } from '../house.ts';
import { openMove, shoot, submitMove, widerThanWindow } from '../pages.ts';
import { misplaced, pagesOf } from '../sheets.ts';

const story = '监控看到 B 区充电桩旁冒烟，随后有明火，烟气往 3 栋电梯厅走，有住户从楼梯下来';

describe('an emergency', () => {
  const house = useHouse({ web: true, timers: true, startAt: '2026-11-23T06:30:00.000Z' });
  const browser = useBrowser(house);
  let community: Community;
  const people = {} as Record<'desk' | 'supervisor' | 'manager' | 'general' | 'order', Person>;

  beforeAll(async () => {
    community = await house.community();
    people.desk = await house.person('front_desk', community, '林小满');
    people.supervisor = await house.person('cs_supervisor', community, '沈静文');
    people.manager = await house.person('manager', community, '陆振宇');
    people.general = await house.person('general_manager', community, '方建业');
    people.order = await house.person('order_supervisor', community, '魏铁军');
    const unit = await people.desk.post(`${community.path}/units`, { building: '3', entrance: '1', room: '502' });
    expect(unit.status, JSON.stringify(unit.body)).toBe(201);
  });
  const at = (path: string) => `/c/${community.code}/${path}`;
  const shown = async (id: string): Promise<any> =>
    (await people.manager.get(`${community.path}/emergencies/${id}`)).body;

  it('goes from F8 to the filed sheet', { timeout: 240_000 }, async () => {
    const clerk = await browser.page(people.desk, at('desk'));
    await clerk.locator('main').waitFor();
    await clerk.keyboard.press('F8');
    await clerk.getByRole('heading', { name: '登记突发事件' }).waitFor();

    // Neither what nor where: said at the fields, before anything is sent.
    await clerk.keyboard.press('Control+Enter');
    await clerk.locator('.fault', { hasText: '房号和地点至少填一项' }).first().waitFor();
    // A death with nobody hurt, and it happened tomorrow.
    await clerk.keyboard.press('Alt+1');
    await clerk.getByText('拨打 119', { exact: false }).first().waitFor();
    const field = (label: string) => clerk.getByLabel(label, { exact: true });
    await field('地点').fill('3 栋地下车库 B 区');
    await field('受伤').selectOption('none');
    await field('死亡人数').fill('1');
    await field('发生时间').fill('2026-11-24T10:00');
    await clerk.getByRole('textbox', { name: /发生了什么/ }).fill(story);
    await clerk.keyboard.press('Control+Enter');
    await clerk.getByText('有人死亡时不能填“无人受伤”').first().waitFor();
    await clerk.getByText('不能晚于现在').first().waitFor();
    await shoot(clerk, 'emergency-bad-input');
    expect(await clerk.getByRole('textbox', { name: /发生了什么/ }).inputValue()).toBe(story);
    expect((await people.desk.get(`${community.path}/cases?kind=emergency`)).body.items).toEqual([]);
    // Corrected, it is saved with the same key.
    await field('死亡人数').fill('0');
    await field('发生时间').fill('2026-11-23T14:20');
    await clerk.keyboard.press('Control+Enter');
    await clerk.locator('.casehead').waitFor();
    await clerk
      .getByText(/TF-2026-\d{6}/)
      .first()
      .waitFor();
    const id = new URL(clerk.url()).pathname.split('/').at(-1) ?? '';
    expect(await shown(id)).toMatchObject({
      state: 'reported',
      category: 'fire',
      severity: 'major',
      description: story,
      occurredAt: '2026-11-23T06:20:00.000Z',
      harm: { deaths: 0, injury: 'none' },
    });

    // The general manager is told at once, and takes it over on a phone.
    await expect
      .poll(async () => (await people.general.get('/notifications')).body.items.map((one: any) => one.kind))
      .toContain('emergency-reported');
    const boss = await browser.page(people.general, at(`emergencies/${id}`), {
      viewport: narrow,
      isMobile: true,
      hasTouch: true,
    });
    await boss
      .getByRole('button', { name: /接手指挥/ })
      .first()
      .click();
    await boss.getByLabel('由谁在现场指挥').selectOption(people.order.id);
    await boss
      .locator('dialog.move')
      .getByRole('button', { name: /接手指挥/ })
      .click();
    await boss.locator('dialog.move').waitFor({ state: 'detached' });
    await boss
      .getByText(/魏铁军.*接手/)
      .first()
      .waitFor();
    expect(await widerThanWindow(boss)).toBeLessThanOrEqual(0);
    await shoot(boss, 'emergency-390');

    // The clerk, whose page was open all the while, notes whom she called.
    await openMove(clerk, 'm');
    await clerk.getByLabel('做了什么').fill('拨打 119，报清楼栋和东门入口；切断 B 区电源');
    await clerk.getByLabel('联系的外部单位').selectOption('fire-brigade');
    await submitMove(clerk);
    await clerk.getByText('林小满 联系消防 119').first().waitFor();

    // On the spot it is over; not tomorrow.
    const lead = await browser.page(people.order, at(`emergencies/${id}`));
    await openMove(lead, 'w');
    await lead.getByRole('radio', { name: '设备设施故障' }).check();
    await lead.getByRole('textbox', { name: '处置结果' }).fill('明火扑灭，无人受伤，烧损电动自行车 2 辆');
    await lead.locator('dialog.move').getByLabel('时间', { exact: true }).fill('2026-11-24T10:00');
    await lead.keyboard.press('Control+Enter');
    await lead.getByText('不能晚于现在').first().waitFor();
    await lead.locator('dialog.move').getByLabel('时间', { exact: true }).fill('');
    await submitMove(lead);
    await expect.poll(async () => (await shown(id)).state).toBe('resolved');

    // FU1: the manager names who asks, nobody who had a hand in it; looked back on and asked, it is filed by itself.
    const owed = async (): Promise<any> =>
      (await people.manager.get(`${community.path}/follow-ups?caseId=${id}`)).body.items[0];
    const named = { items: [{ id: (await owed()).id, callerId: people.supervisor.id }] };
    expect((await people.manager.post(`${community.path}/follow-ups/plan`, named)).status).toBe(200);
    const judge = await browser.page(people.manager, at(`emergencies/${id}`));
    await openMove(judge, 'r');
    await judge.getByRole('textbox', { name: '复盘' }).fill('断电及时；充电区离电梯厅太近，已责成迁移');
    await submitMove(judge);
    const asker = await browser.page(people.supervisor, at(`follow-ups/${(await owed()).id}`));
    await asker.getByRole('heading', { name: '记录回访' }).waitFor();
    for (const step of ['5', '4', '5']) await asker.keyboard.press(step);
    await asker.getByRole('radio', { name: '认可', exact: true }).check();
    await asker.getByRole('radio', { name: '电话' }).check();
    await asker.getByRole('button', { name: '客户要求电话回访' }).click();
    await asker.getByRole('button', { name: '提交' }).click();
    await asker.getByText('已记录').waitFor();
    const { id: followUpId, version } = await owed();
    const reviewed = { version, comment: '已核实' };
    const confirmed = await people.general.post(`${community.path}/follow-ups/${followUpId}/review`, reviewed);
    expect(confirmed.status, JSON.stringify(confirmed.body)).toBe(200);
    expect(await shown(id)).toMatchObject({ state: 'closed', followUp: 'reviewed' });
    await judge
      .getByText(/记录保存至/)
      .first()
      .waitFor();
    await shoot(judge, 'emergency-filed');

    const sheet = await browser.page(people.manager, at(`emergencies/${id}/print`));
    await sheet.getByRole('heading', { name: '突发事件处理记录表' }).waitFor();
    expect(await pagesOf(sheet, 'emergency-record')).toEqual(['210 × 297']);
    await sheet.emulateMedia({ media: 'print' });
    expect(await misplaced(sheet)).toEqual([]);
    await sheet.getByText('切断 B 区电源', { exact: false }).first().waitFor();
    await shoot(sheet, 'emergency-record');
  });
});
