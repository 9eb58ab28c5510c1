// A day under the standard preset in a real browser: nobody is sent before the dates stand, and "in time" is what was agreed.
// And several orders chased at once.
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { narrow, useBrowser, wide } from '../browser.ts';
import { type Centre, openCentre, returnVoucher } from '../finished-repair.ts';
import { useHouse } from '../house.ts';

const live = { timeout: 20_000 };

describe('a day under the standard preset', () => {
  // Monday 2026-11-02, 09:00 in Shanghai.
  const house = useHouse({ web: true, timers: true, startAt: '2026-11-02T01:00:00.000Z' });
  const browser = useBrowser(house);
  let centre: Centre;
  let path = '';
  let id = '';

  beforeAll(async () => {
    centre = await openCentre(house, 'standard');
    path = `${centre.community.path}/repairs`;
  });

  const at = (rest: string) => `/c/${centre.community.code}/${rest}`;
  const shot = async (page: Page, name: string) => {
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/standard-${name}.png`, fullPage: true });
  };

  it('sends nobody before both dates stand, and keeps the promise by what was agreed', {
    timeout: 300_000,
  }, async () => {
    const made = await centre.desk.post(path, {
      unitId: centre.unitId,
      category: 'water',
      urgency: 'ordinary',
      description: '卫生间水龙头关不紧',
      channel: 'phone',
      contact: { name: '陈先生', phone: '13800001234' },
      readBack: true,
    });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    id = made.body.id;
    const order = await browser.page(centre.desk, at(`repairs/${id}`), { viewport: wide });
    const acts = order.locator('.casehead .acts');
    await acts.getByText(/还没有(预约上门时间|与客户约定完成日期)，不能派工/).waitFor(live);
    expect(await acts.getByRole('button', { name: /^派工/ }).isEnabled()).toBe(false);
    await shot(order, 'refused-wide');

    // Agreed for the Friday: three working days are over by then, and it is in time all the same (RP3).
    await acts.getByRole('button', { name: '其他操作' }).click();
    await order.getByRole('button', { name: /^更改/ }).click();
    const dialog = order.getByRole('dialog');
    await dialog.getByLabel(/预约上门时间/).fill('2026-11-06T14:00');
    await dialog.getByLabel(/约定完成时间/).fill('2026-11-06T18:00');
    await dialog.getByLabel('谁同意的').fill('陈先生');
    await shot(order, 'dates');
    await dialog.getByRole('button', { name: /^更改/ }).click();
    await dialog.waitFor({ state: 'detached', ...live });
    await acts.getByRole('button', { name: /^派工/ }).click();
    await dialog.getByRole('radio', { name: /周海涛/ }).check();
    await dialog.getByRole('button', { name: /^派工/ }).click();
    await dialog.waitFor({ state: 'detached', ...live });

    const phone = await browser.page(centre.tech, '/m/', { viewport: narrow, hasTouch: true });
    await phone
      .getByText(/11-06 14:00|周五 14:00|11月6日/)
      .first()
      .waitFor(live);
    await shot(phone, 'phone');
    house.house.time.moveTo('2026-11-06T06:00:00.000Z');
    // A session does not last over days.
    for (const person of [centre.desk, centre.tech, centre.engineer, centre.supervisor, centre.manager])
      await person.signIn();
    const version = async () => (await centre.desk.get(`${path}/${id}`)).body.version;
    for (const [move, body] of [
      ['accept', {}],
      ['arrive', {}],
      ['finish', { result: '更换阀芯', materials: [] }],
    ] as const)
      expect((await centre.tech.post(`${path}/${id}/${move}`, { version: await version(), ...body })).status).toBe(200);
    await returnVoucher(centre, (await centre.desk.get(`${path}/${id}`)).body);
    // RP3: Friday is long past the limit, and kept all the same: it was what was agreed.
    const { clocks } = (await centre.desk.get(`${path}/${id}`)).body;
    expect(clocks.find((one: { kind: string }) => one.kind === 'complete')).toMatchObject({ state: 'met' });
  });

  it('chases several at once, and says which was chased a moment ago (RP8)', { timeout: 120_000 }, async () => {
    await centre.desk.signIn();
    const codes: string[] = [];
    for (const description of ['走廊灯不亮', '单元门关不上', '楼道积水']) {
      const made = await centre.desk.post(path, {
        place: '3栋公共部位',
        category: 'public-area',
        urgency: 'ordinary',
        description,
        channel: 'phone',
        readBack: true,
      });
      codes.push(made.body.code);
      if (codes.length === 1)
        expect((await centre.desk.post(`${centre.community.path}/cases/${made.body.id}/reminder`, {})).status).toBe(
          201,
        );
    }
    const board = await browser.page(centre.desk, at('cases'), { viewport: wide });
    for (const code of codes) await board.getByLabel(`选择 ${code}`).check(live);
    await board.getByRole('button', { name: '催办 3 件' }).click();
    await board.getByText('已催办 2 件。').waitFor(live);
    await board.getByText(new RegExp(`${codes[0]} 没有催：.*[一-龥]`)).waitFor();
    await shot(board, 'chased');
    const told = async () =>
      (await centre.engineer.get('/notifications')).body.items.filter(
        (one: { kind: string }) => one.kind === 'reminder',
      );
    await expect.poll(told, { timeout: 30_000 }).toHaveLength(3);
  });
});
