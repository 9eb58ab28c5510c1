// A working day in a browser (luxury preset): the desk takes a call, the technician works in the home, the desk chases and
// keeps the papers, the head confirms, the supervisor and the manager see what the day left; the next day another clerk asks
// how it was, and what is followed up closes by itself. The program's clock is moved.
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { narrow, useBrowser, wide } from '../browser.ts';
import { finishRepair, returnVoucher } from '../finished-repair.ts';
import { type Answer, type Community, type Person, useHouse } from '../house.ts';

const live = { timeout: 20_000 };

describe('a working day', () => {
  // Monday 2026-11-23, 08:10 in Shanghai.
  const house = useHouse({ web: true, timers: true, startAt: '2026-11-23T00:10:00.000Z' });
  const browser = useBrowser(house);
  let community: Community;
  let desk: Person;
  let tech: Person;
  let other: Person;
  let head: Person;
  let clerk: Person;
  let supervisor: Person;
  let manager: Person;
  let unit: Answer;

  beforeAll(async () => {
    community = await house.community();
    desk = await house.person('front_desk', community, '林小满');
    tech = await house.person('technician', community, '周海涛');
    other = await house.person('technician', community, '马得水');
    head = await house.person('engineering_supervisor', community, '刘建国');
    clerk = await house.person('front_desk', community, '何雨晴');
    supervisor = await house.person('cs_supervisor', community, '沈静文');
    manager = await house.person('manager', community, '顾明远');
    unit = await desk.post(`${community.path}/units`, { building: '3', entrance: '1', room: '502' });
    const owner = { name: '王秀兰', phone: '13900001234', unitId: unit.body.id, relation: 'owner' };
    expect((await desk.post(`${community.path}/parties`, owner)).status).toBe(201);
  });

  /** The day goes on: the program's clock, as the demo moves it. */
  const clockTo = async (time: string, day = '2026-11-23'): Promise<void> => {
    const to = new Date(`${day}T${time}:00+08:00`).toISOString();
    // On a slow machine the day may be that far already: the clock goes forward only.
    if (to > house.house.time.now()) {
      const moved = await manager.post('/clock', { to });
      expect(moved.status, JSON.stringify(moved.body)).toBe(200);
    }
    await house.tick();
  };
  const at = (path: string) => `/c/${community.code}/${path}`;
  const atDesk = (person: Person, path: string) => browser.page(person, at(path), { viewport: wide });
  const onPhone = (person: Person) => browser.page(person, '/m/', { viewport: narrow, hasTouch: true });
  const shot = async (page: Page, name: string) => {
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/day-${name}.png`, fullPage: true });
  };
  const state = (page: Page, word: string) =>
    page
      .locator('.casehead .tag')
      .filter({ hasText: new RegExp(`^${word}$`) })
      .waitFor(live);
  /** A button of the case page, by its word, with the dialog's own confirmation. */
  async function move(page: Page, word: string, fill: (dialog: ReturnType<Page['getByRole']>) => Promise<void>) {
    const buttons = page.locator('.casehead .acts');
    await buttons.waitFor(live);
    const button = buttons.getByRole('button', { name: new RegExp(`^${word}`) }).first();
    if ((await button.count()) === 0) await buttons.getByRole('button', { name: '其他操作' }).click();
    await page
      .getByRole('button', { name: new RegExp(`^${word}`) })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await fill(dialog);
    await dialog.getByRole('button', { name: new RegExp(`^${word}`) }).click();
    await dialog.waitFor({ state: 'detached', ...live });
  }

  async function sign(page: Page): Promise<void> {
    const canvas = page.locator('canvas');
    await canvas.scrollIntoViewIfNeeded();
    const box = await canvas.boundingBox();
    if (!box) throw new Error('nothing to sign on');
    await page.mouse.move(box.x + 30, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + 200, box.y + 60, { steps: 8 });
    await page.mouse.up();
  }

  let code = '';
  let id = '';
  /** The server has it: what is pressed after that is dated by the program's clock, not by this machine's. */
  async function reached(word: string): Promise<void> {
    for (let tries = 0; tries < 100; tries++) {
      if ((await desk.get(`${community.path}/repairs/${id}`)).body.state === word) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`the order did not become ${word}`);
  }

  it('08:10 the desk takes a call and sends the technician who is free', { timeout: 240_000 }, async () => {
    const page = await atDesk(desk, 'contacts/new');
    await page.locator('.talkwide input').first().fill('3栋502');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    // The home is chosen once the hand is in the next field.
    await page.locator('input[name=callerName]:focus').waitFor(live);
    await page.keyboard.type('王秀兰');
    await page.locator('textarea[name=description]').fill('厨房水管爆裂，水漫到客厅');
    await page.getByRole('button', { name: /^复述/ }).click();
    await page.getByRole('dialog').getByText('王秀兰您好，跟您核对一下：3-1-502').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('已登记报修').waitFor(live);
    const row = (await desk.get(`${community.path}/cases`)).body.items[0];
    ({ code, id } = row);

    const order = await atDesk(desk, `repairs/${id}`);
    await move(order, '派工', async (dialog) => {
      await dialog.getByRole('radio', { name: /马得水/ }).waitFor();
      expect(await dialog.getByText('手上没有单').count()).toBe(2);
      await dialog.getByRole('radio', { name: /马得水/ }).check();
    });
    await state(order, '已派工');
  });

  it('08:11 he is busy elsewhere: back to the desk, which calls the customer and sends another', {
    timeout: 240_000,
  }, async () => {
    await clockTo('08:11');
    const phone = await onPhone(other);
    await phone.getByRole('button', { name: '退回' }).click();
    await phone.getByLabel('为什么退回').fill('正在5栋抢修，走不开');
    await phone.getByRole('button', { name: '退回' }).click();
    await phone.getByText('现在没有派给您的单').waitFor(live);

    const order = await atDesk(desk, `repairs/${id}`);
    await state(order, '已登记');
    // RP13: call the customer back at once; its clock runs until the call is noted.
    await order.getByText('回电').first().waitFor(live);
    await order.getByRole('button', { name: /^通话/ }).click();
    await order.getByLabel('通话内容：说了什么，答应了什么').fill('已告诉王女士换一位师傅，十分钟内到');
    await order.getByRole('button', { name: '记下' }).click();
    await order.getByText('林小满 致电客户').waitFor(live);
    await move(order, '派工', (dialog) => dialog.getByRole('radio', { name: /周海涛/ }).check());
    await state(order, '已派工');
    // RP8: the desk chases, and it reaches the phone.
    await order.getByRole('button', { name: /^催办/ }).click();
    await order.getByLabel(/要说的话/).fill('水已经漫到客厅，请马上去');
    await order.locator('form.notebox').getByRole('button', { name: '催办' }).click();
    await order.getByText('林小满 催办 周海涛').waitFor(live);
    await shot(order, 'desk-case');
  });

  it('08:12 the technician comes, is not ready at the door, quotes, works and is signed for', {
    timeout: 300_000,
  }, async () => {
    await clockTo('08:12');
    const phone = await onPhone(tech);
    await phone.getByText('林小满 催办').waitFor(live);
    await phone.getByText('水已经漫到客厅，请马上去').waitFor();
    await phone.getByRole('button', { name: '接单' }).click();
    await reached('accepted');
    await phone.getByRole('button', { name: '我出发了' }).click();
    await reached('en-route');
    await clockTo('08:14');
    await phone.getByRole('button', { name: '我到了' }).click();
    for (const step of ['敲门或按铃', '自报姓名', '出示工牌', '出示派工单', '客户确认后入户'])
      await phone.getByLabel(step).check();
    await phone.getByText('还有 1 步没勾，会作为违规记在单上').waitFor();
    await phone.getByRole('button', { name: '我到了' }).click();

    // RP6: the price is told by telephone from the desk, who notes the customer's agreement.
    const order = await atDesk(desk, `repairs/${id}`);
    await state(order, '到场');
    await order.locator('.casehead').getByText('违反入户规范').waitFor(live);
    await order.getByText('违反入户规范，没有做：穿鞋套').waitFor();
    await move(order, '报价', async (dialog) => {
      await dialog.getByLabel('人工还是材料 1').selectOption('labour');
      await dialog.getByLabel('项目或材料 1').fill('更换厨房进水软管');
      await dialog.getByLabel('单价（元） 1').fill('60');
    });
    await state(order, '待确认报价');
    await move(order, '客户同意', (dialog) => dialog.getByLabel('谁表示的').fill('王秀兰'));
    await state(order, '施工');

    await clockTo('09:05');
    await phone.getByRole('button', { name: '做完了' }).click();
    await phone.getByLabel('处理结果').fill('更换进水软管，试水不漏');
    await phone.getByRole('button', { name: '加一件客户自备材料' }).click();
    await phone.getByLabel('材料名称').fill('自购软管');
    await phone.getByLabel('检查结果').selectOption('poor');
    await phone.getByLabel(/已告诉客户：材料质量不佳/).check();
    await phone.getByRole('button', { name: '做完了' }).click();
    await phone.getByText('60.00 元 · 待收款').waitFor(live);
    await phone.getByText('客户自备：自购软管 质量不佳').waitFor();
    await shot(phone, 'phone-done');
    await phone.getByRole('button', { name: '客户签字' }).click();
    await sign(phone);
    await phone.getByRole('radio', { name: '满意', exact: true }).check();
    await phone.getByRole('button', { name: '提交' }).click();
    await reached('signed');
    await phone.getByRole('button', { name: '交回单' }).click();

    await state(order, '已回单');
    await order.getByText('自购软管 质量不佳，后果已告知客户').waitFor();
    await order.getByText('人工 更换厨房进水软管 × 1').first().waitFor();
    await shot(order, 'desk-returned');
    const seen = (await desk.get(`${community.path}/repairs/${id}`)).body;
    const clock = (kind: string) => seen.clocks.find((one: any) => one.kind === kind && one.key === '').state;
    expect([clock('on-site'), clock('complete'), clock('voucher')]).toEqual(['met', 'met', 'met']);
    expect(seen).toMatchObject({ chargedFen: 6000, settlement: 'open', satisfied: true });
  });

  it('10:00 the head confirms, not the one who did the work; the paper says what was done', {
    timeout: 240_000,
  }, async () => {
    await clockTo('10:00');
    const order = await atDesk(head, `repairs/${id}`);
    await move(order, '主管确认', async () => undefined);
    await order.getByText('刘建国 确认').waitFor(live);
    const paper = await atDesk(desk, `repairs/${id}/print`);
    await paper.locator('.paper').first().waitFor();
    const text = (await paper.locator('.paper').first().textContent()) ?? '';
    for (const said of [
      code,
      '3-1-502',
      '人工 更换厨房进水软管',
      '自购软管（质量不佳，已告知）',
      '■满意',
      '□穿鞋套',
      '■敲门或按铃',
    ])
      expect(text).toContain(said);
  });

  it('17:30 supervisor and manager see what the day left', { timeout: 240_000 }, async () => {
    await clockTo('17:30');
    const board = await atDesk(supervisor, 'cases');
    const row = board.getByRole('row', { name: code });
    await row.waitFor(live);
    await row.getByText('违反入户规范').waitFor();
    await row.getByText('已回单').waitFor();
    await shot(board, 'board');
    const ledger = await atDesk(supervisor, 'contacts');
    await ledger.getByText(code).first().waitFor(live);
    await ledger.getByText('林小满').first().waitFor();
    const seen = await atDesk(manager, `repairs/${id}`);
    for (const said of [
      '马得水 退单',
      '林小满 催办 周海涛',
      '周海涛 到场，违反入户规范，没有做：穿鞋套',
      '刘建国 确认',
    ])
      await seen.getByText(said).first().waitFor(live);
  });

  it('Tuesday: asked by a clerk who had no hand in it, reviewed, and the order closes by itself', {
    timeout: 240_000,
  }, async () => {
    // A small one that cost nothing: what is still to be paid would keep it open.
    const works = { community, desk, tech, preset: 'luxury' as const, unitId: unit.body.id as string };
    const small = await returnVoucher(works, await finishRepair(house, works));
    const path = `${community.path}/repairs/${small.id}`;
    expect((await head.post(`${path}/confirm`, { version: small.version })).status).toBe(200);
    await clockTo('09:30', '2026-11-24');
    const due = async (caseId: string) =>
      (await supervisor.get(`${community.path}/follow-ups?caseId=${caseId}`)).body.items[0];
    const [big, own] = [await due(id), await due(small.id)];

    // She quoted, so the first is none of hers to ask about; the rest of the page is.
    const refused = await atDesk(desk, `follow-ups/${big.id}`);
    await refused.getByText('您经手过这件事项，不能由您回访').first().waitFor(live);
    expect(await refused.getByRole('heading', { name: '记录回访' }).count()).toBe(0);

    const order = await atDesk(manager, `repairs/${small.id}`);
    await state(order, '已回单');
    const asking = await atDesk(clerk, 'follow-ups');
    await asking.getByRole('row', { name: own.code }).click();
    await asking.getByRole('heading', { name: '记录回访' }).waitFor(live);
    for (const step of ['5', '5', '4']) await asking.keyboard.press(step);
    await asking.getByRole('radio', { name: '认可', exact: true }).check();
    await sign(asking);
    await asking.getByRole('button', { name: '提交' }).click();
    await asking.getByText('已记录').waitFor(live);
    // The page that stands open beside it hears of the call, and of the closing.
    await order
      .getByText(/何雨晴 .*回访/)
      .first()
      .waitFor(live);
    await shot(order, 'followed-up');

    const reviewing = await atDesk(supervisor, `follow-ups/${own.id}`);
    await reviewing.getByRole('button', { name: '处理及时，客户满意' }).click();
    await reviewing.getByRole('button', { name: '审阅通过' }).click();
    await reviewing.locator('.followup .tag', { hasText: '已审阅' }).waitFor(live);
    await state(order, '归档');
    await shot(order, 'closed');
  });
});
