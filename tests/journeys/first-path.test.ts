// The path of a repair in a real browser: the desk by keyboard alone, from the call to the dispatch; the technician on a
// phone, from accepted to signed; and whoever looks at the case or the board sees each step without a reload.
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { narrow, useBrowser } from '../browser.ts';
import { type Community, type Person, testPassword, useHouse } from '../house.ts';

const liveWithin = { timeout: 15_000 };

/** The tag of the state, which comes by the feed: nobody reloads anything. */
const shows = (where: Page | Locator, state: string): Promise<void> =>
  where
    .locator('.tag')
    .filter({ hasText: new RegExp(`^${state}$`) })
    .first()
    .waitFor(liveWithin);

describe('the path of a repair', () => {
  const house = useHouse({ web: true, timers: true });
  const browser = useBrowser(house);
  let community: Community;
  let desk: Person;
  let supervisor: Person;
  let tech: Person;

  beforeAll(async () => {
    community = await house.community();
    desk = await house.person('front_desk', community, '林小满');
    supervisor = await house.person('cs_supervisor', community, '沈静文');
    tech = await house.person('technician', community, '周海涛');
    const unit = await desk.post(`${community.path}/units`, { building: '3', entrance: '1', room: '502' });
    const owner = { name: '王秀兰', phone: '13900001234', unitId: unit.body.id, relation: 'owner' };
    expect((await desk.post(`${community.path}/parties`, owner)).status).toBe(201);
  });

  async function signIn(path: string, person: Person, options: Parameters<typeof browser.context>[0] = {}) {
    const page = await browser.page(null, path, options);
    // The first field is focused: nobody reaches for the mouse.
    await page.locator('input:focus').waitFor();
    await page.keyboard.type(person.username);
    await page.keyboard.press('Tab');
    await page.keyboard.type(testPassword);
    await page.keyboard.press('Enter');
    return page;
  }

  /** The steps at the door, each ticked as it is done (RP9). */
  async function knock(page: Page): Promise<void> {
    for (const step of await page.getByRole('checkbox').all()) await step.check();
    await page.getByRole('button', { name: '我到了' }).click();
  }

  async function draw(page: Page): Promise<void> {
    const box = await page.locator('canvas').boundingBox();
    if (!box) throw new Error('nothing to sign on');
    await page.mouse.move(box.x + 30, box.y + 40);
    await page.mouse.down();
    for (let step = 1; step < 20; step++)
      await page.mouse.move(box.x + 30 + step * 10, box.y + 40 + (step % 2 ? 50 : 10));
    await page.mouse.up();
  }

  it('goes from a call to a signature, and everybody sees it live', { timeout: 240_000 }, async () => {
    const clerk = await signIn(`/c/${community.code}/desk`, desk);
    await clerk.getByRole('heading', { name: '我的事项' }).waitFor();
    const board = await browser.page(supervisor, `/c/${community.code}/cases`);
    await board.getByText('现在没有在办的事项').waitFor();

    // The desk, by keys: F2, the household, who, what; then read aloud, confirmed, saved.
    const keys = clerk.keyboard;
    await keys.press('F2');
    await clerk.getByRole('heading', { name: '新来电 / 来访' }).waitFor();
    await clerk.locator('.talkwide input:focus').waitFor();
    await keys.type('3栋502');
    await clerk.getByRole('option').first().waitFor();
    await keys.press('Enter');
    await clerk.getByText('王秀兰 业主').waitFor();
    await keys.press('Alt+1');
    await keys.press('Enter');
    await keys.press('Enter');
    await clerk.locator('textarea:focus').waitFor();
    await keys.type('厨房水管爆裂，水漫到客厅 <img src=x onerror=alert(1)>');
    await keys.press('Control+Enter');
    const readBack = clerk.getByRole('dialog');
    await readBack.getByText('王秀兰您好，跟您核对一下：3-1-502').waitFor();
    expect(await readBack.getByText('给水 · 水电气紧急').count()).toBe(1);
    await keys.press('Enter');
    await clerk.getByText('已登记报修').waitFor();
    await board.getByText('厨房水管爆裂').first().waitFor(liveWithin);

    // On to the order and to the technician, still by keys.
    await keys.press('Alt+o');
    await clerk.getByRole('heading', { name: /厨房水管爆裂/ }).waitFor();
    const code = (await clerk.title()).split(' ')[0] ?? '';
    expect(code).toMatch(/^BX-\d{4}-\d{6}$/);
    await keys.press('d');
    const dialog = clerk.getByRole('dialog');
    const choice = dialog.getByRole('radio', { name: /周海涛/ });
    await choice.waitFor();
    for (let step = 0; step < 6 && (await clerk.locator('input[type=radio]:focus').count()) === 0; step++)
      await keys.press('Tab');
    await keys.press('Space');
    expect(await choice.isChecked()).toBe(true);
    await keys.press('Control+Enter');
    await shows(clerk, '已派工');
    await shows(board.getByRole('row', { name: code }), '已派工');

    // The technician, with one thumb.
    const phone = await signIn('/m/', tech, { viewport: narrow, hasTouch: true });
    await phone.getByRole('heading', { name: '3-1-502' }).waitFor();
    const steps = [
      ['接单', '已接单'],
      ['我出发了', '在途'],
      ['我到了', '到场'],
    ] as const;
    for (const [button, state] of steps) {
      await phone.getByRole('button', { name: button }).click();
      if (state === '到场') await knock(phone);
      await shows(clerk, state);
      await shows(board.getByRole('row', { name: code }), state);
    }
    await phone.getByRole('button', { name: '做完了' }).click();
    await phone.getByLabel('处理结果').fill('更换角阀，试水不漏');
    await phone.getByRole('button', { name: '做完了' }).click();
    await shows(clerk, '完工');
    await phone.getByRole('button', { name: '客户签字' }).click();
    await draw(phone);
    await phone.getByRole('button', { name: '提交' }).click();
    await phone.getByText('请问客户是否满意').waitFor();
    await phone.getByRole('radio', { name: '满意', exact: true }).check();
    await phone.getByRole('button', { name: '提交' }).click();
    await shows(clerk, '已签字');
    await shows(board.getByRole('row', { name: code }), '已签字');

    const found = (await desk.get(`${community.path}/cases?q=${code}`)).body.items[0];
    expect(found).toMatchObject({ code, state: 'signed', unit: '3-1-502', responsible: { name: '周海涛' } });
  });
});
