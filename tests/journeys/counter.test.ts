// A cashier's day at the counter (MN5, MN6): by keyboard alone and by mouse, the steps counted; two screens; the receipt measured
// on paper in millimetres with long real text.
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { inBooks, owe, postingOf } from '../books.ts';
import { narrow, useBrowser, wide } from '../browser.ts';
import { type Community, type Person, useHouse } from '../house.ts';
import { widerThanWindow } from '../pages.ts';
import { misplaced, pagesOf } from '../sheets.ts';

describe('a day at the counter', { timeout: 120_000 }, () => {
  const house = useHouse({ web: true, timers: true });
  const browser = useBrowser(house);
  let community: Community;
  let cashier: Person;
  let finance: Person;
  const items = { fee: newId(), water: newId(), share: newId() };
  const units: Record<string, string> = {};

  const shot = async (page: Page, name: string) => {
    if (!process.env.SHOTS) return;
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      await page.screenshot({ path: `${process.env.SHOTS}/counter-${name}-${theme}.png`, fullPage: true });
    }
    await page.emulateMedia({ colorScheme: null });
  };
  /** Three charges of one room: 797.83 yuan in all, as the drawing has it. */
  async function owes(room: string, times = 1): Promise<void> {
    const posting = postingOf(house, community, finance.id);
    await inBooks(house, community, async (tx) => {
      for (let month = 0; month < times; month++) {
        const on = { unitId: units[room] as string, month: `2026-${String(10 - month).padStart(2, '0')}` };
        await owe(tx, posting, { ...on, itemId: items.fee, amountFen: 73_264, dueOn: `${on.month}-28` });
        await owe(tx, posting, { ...on, itemId: items.water, kind: 'water', amountFen: 5330, dueOn: `${on.month}-28` });
        await owe(tx, posting, { ...on, itemId: items.share, kind: 'other', amountFen: 1189, dueOn: `${on.month}-28` });
      }
    });
  }

  beforeAll(async () => {
    community = await house.community();
    cashier = await house.person('cashier', community, '欧阳赵敏');
    finance = await house.person('finance', community, '钱会计');
    const desk = await house.person('front_desk', community, '林小满');
    for (const room of ['502', '503', '504', '505', '506', '507', '2501']) {
      const made = await desk.post(`${community.path}/units`, {
        building: room === '2501' ? '华庭一期·A3' : '3',
        entrance: '1',
        room,
      });
      units[room] = made.body.id;
      const name = room === '502' ? '陈建国' : '阿卜杜热西提·阿卜杜拉·买买提明';
      const known = await desk.post(`${community.path}/parties`, { name, phone: '13800001234' });
      const party = await desk.post(`${community.path}/units/${made.body.id}/relations`, {
        partyId: known.body.id,
        relation: 'owner',
        fromOn: '2020-01-01',
      });
      expect(party.status, JSON.stringify(party.body)).toBeLessThan(300);
    }
    await house.asOwner(`insert into charge_items (community_id, id, code, name, kind, due_day, created_at) values
      ('${community.id}', '${items.fee}', 'GL', '物业服务费', 'management', 28, '2026-01-01'),
      ('${community.id}', '${items.water}', 'SF', '水费（代收代缴，含二次供水加压）', 'water', 28, '2026-01-01'),
      ('${community.id}', '${items.share}', 'GT', '公共能耗分摊', 'other', 28, '2026-01-01')`);
    const book = { series: 'A', from: 1836, to: 1999, holderId: cashier.id };
    expect((await finance.post(`${community.path}/receipt-books`, book)).status).toBe(201);
    await owes('502');
    await owes('503');
    await owes('504');
    await owes('2501', 8);
  });

  async function open(options: object = {}): Promise<Page> {
    const page = await browser.page(cashier, `/c/${community.code}/approvals`, { viewport: wide, ...options });
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    return page;
  }
  const last = async () =>
    (await cashier.get(`${community.path}/payments?limit=1`)).body.items[0] as { receipt: any } & Record<string, any>;

  it('by keyboard alone: F4, the room, and no more than six keys to the printed receipt', async () => {
    const page = await open();
    await page.keyboard.press('F4');
    await page.getByRole('combobox', { name: /手机尾号/ }).waitFor();
    await page.keyboard.type('3-1-502');
    await page.getByRole('option').first().waitFor();
    let keys = 0;
    const press = async (key: string) => {
      keys++;
      await page.keyboard.press(key);
    };
    await press('Enter');
    await page.getByText('¥ 797.83').waitFor();
    await shot(page, 'due-1440');
    await press('2');
    await press('Enter');
    await page.getByRole('link', { name: /打印收据/ }).waitFor();
    await shot(page, 'paid-1440');
    await press('Enter');
    await page.locator('.paper').first().waitFor();
    expect(keys).toBeLessThanOrEqual(6);
    await expect.poll(async () => (await last()).receipt.copies).toBe(1);
    expect(await last()).toMatchObject({
      amountFen: 79_783,
      method: 'card',
      balanceFen: 0,
      receipt: { code: 'A0001836', payer: '陈建国', amountInCapitals: '柒佰玖拾柒元捌角叁分' },
    });
    await page.keyboard.press('Escape');
    await page.getByRole('combobox', { name: /手机尾号/ }).waitFor();
    await page.context().close();
  });

  it('by mouse: five interactions at most after the room; what lies on the counter gives the change', async () => {
    const page = await browser.page(cashier, `/c/${community.code}/counter`, { viewport: wide });
    await page.getByRole('combobox', { name: /手机尾号/ }).fill('3-1-503');
    let clicks = 0;
    const click = async (target: ReturnType<Page['locator']>) => {
      clicks++;
      await target.click();
    };
    await click(page.getByRole('option').first());
    await page.getByText('¥ 797.83').waitFor();
    await click(page.getByLabel(/实收现金/));
    await page.keyboard.type('800');
    await page.getByText('2.17').first().waitFor();
    await click(page.getByRole('button', { name: /^收款/ }));
    await page.getByText('找零 2.17 元').waitFor();
    await click(page.getByRole('link', { name: /打印收据/ }));
    await page.locator('.paper').first().waitFor();
    expect(clicks).toBeLessThanOrEqual(5);
    expect(await last()).toMatchObject({ tenderedFen: 80_000, changeFen: 217, method: 'cash' });
    await page.context().close();
  });

  it('says what is wrong at the field, keeps what was typed, and takes a part by the space bar', async () => {
    const page = await browser.page(cashier, `/c/${community.code}/counter?unit=${units['504']}`, { viewport: narrow });
    await page.getByText('¥ 797.83').waitFor();
    await shot(page, 'due-390');
    expect(await widerThanWindow(page)).toBeLessThanOrEqual(0);
    for (const [typed, said] of [
      ['12.345', '最多两位小数'],
      ['0', '金额不能为零'],
      ['-5', '金额不能小于零'],
      ['1000000000000', '金额太大，请核对'],
      ['十元', '金额写法不对'],
    ] as const) {
      await page.getByLabel(/本次收款（元）/).fill(typed);
      await page.getByText(said).waitFor();
      await page.keyboard.press('Enter');
      expect(await page.getByText('已收款').count()).toBe(0);
      expect(await page.getByLabel(/本次收款（元）/).inputValue()).toBe(typed);
    }
    await page.getByLabel(/本次收款（元）/).fill('');
    await page.getByLabel(/本次收款（元）/).blur();
    await page.locator('.duetable').focus();
    await page.keyboard.press(' ');
    await expect.poll(() => page.locator('.duetable input:checked').count()).toBe(2);
    // The button is in reach at the lower edge, however long the list.
    await page.locator('.paybar').getByRole('button', { name: '收款' }).click();
    await page.getByText('已收款').waitFor();
    const payment = await last();
    expect(payment.settles).toHaveLength(2);
    expect(payment.balanceFen).toBeGreaterThan(0);
    await page.context().close();
  });

  it('another counter was quicker: the sum by now is told, nothing is taken', async () => {
    await owes('505');
    const page = await browser.page(cashier, `/c/${community.code}/counter?unit=${units['505']}`, { viewport: wide });
    await page.getByText('¥ 797.83').waitFor();
    await expect.poll(() => page.locator('.duetable input:checked').count()).toBe(3);
    // What the other one took is told to this page at once; here the hand is quicker than the news.
    let press = () => {};
    const pressed = new Promise<void>((resolve) => {
      press = resolve;
    });
    await page.route(/\/due(\?|$)/, async (route) => {
      await pressed;
      await route.continue();
    });
    const body = { unitId: units['505'], method: 'cash', amountFen: 10_000, expectedBalanceFen: 79_783 };
    expect((await cashier.post(`${community.path}/payments`, body)).status).toBe(201);
    await page.locator('.duetable').focus();
    await page.keyboard.press('Enter');
    press();
    await page
      .getByText(/现在是 697.83 元|只剩/)
      .first()
      .waitFor();
    expect(await page.getByText('已收款').count()).toBe(0);
    await page.context().close();
  });

  it('another till takes money while the sum is on the screen: it says so, and the next Enter means only that', async () => {
    await owes('507');
    const page = await browser.page(cashier, `/c/${community.code}/counter?unit=${units['507']}`, { viewport: wide });
    await page.getByText('¥ 797.83').waitFor();
    await page.locator('.duetable').focus();
    const body = { unitId: units['507'], method: 'cash', amountFen: 10_000, expectedBalanceFen: 79_783 };
    expect((await cashier.post(`${community.path}/payments`, body)).status).toBe(201);
    await page.getByText('应收由 797.83 元变为 697.83 元，请核对后再收').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('这户的账刚刚在别处变了').waitFor({ state: 'detached' });
    expect(await page.getByText('已收款').count()).toBe(0);
    // Esc closes a dialog and leaves the household where it is.
    await page.getByRole('button', { name: '收押金' }).click();
    await page.getByRole('dialog').getByLabel('金额（元）').fill('20');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText('¥ 697.83').first().waitFor();
    await page.locator('.duetable').focus();
    await page.keyboard.press('Enter');
    await page.getByText('已收款').waitFor();
    await page.getByText('¥ 697.83').first().waitFor();
    await page.context().close();
  });

  it('is taken once: by a double click, by the back button and a reload afterwards', async () => {
    await owes('506');
    const before = (await cashier.get(`${community.path}/payments?unitId=${units['506']}`)).body.items.length;
    const page = await browser.page(cashier, `/c/${community.code}/counter?unit=${units['506']}`, { viewport: wide });
    await page.getByText('¥ 797.83').waitFor();
    await page.getByRole('button', { name: /^收款/ }).dblclick();
    await page.getByText('已收款').waitFor();
    await page.getByRole('link', { name: /打印收据/ }).click();
    await page.locator('.paper').first().waitFor();
    await page.goBack();
    await page.getByText(/没有欠费/).waitFor();
    await page.reload();
    await page.getByText(/没有欠费/).waitFor();
    const after = (await cashier.get(`${community.path}/payments?unitId=${units['506']}`)).body.items;
    expect([before, after.length]).toEqual([0, 1]);
    await page.context().close();
  });

  it('is on paper as it should be: three A5 copies, or half sheets of three-part paper, nothing cut', async () => {
    const made = await cashier.post(`${community.path}/payments`, {
      unitId: units['2501'],
      method: 'cash',
      amountFen: 638_264,
      expectedBalanceFen: 638_264,
    });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    const page = await browser.page(cashier, `/c/${community.code}/receipts/${made.body.receipt.id}/print`);
    await page.locator('.paper').first().waitFor();
    const sheets = Math.ceil(24 / 9);
    expect(await pagesOf(page, 'receipt-laser')).toEqual(Array.from({ length: 3 * sheets }, () => '148 × 210'));
    await page.emulateMedia({ media: 'print' });
    expect(await misplaced(page)).toEqual([]);
    await page.emulateMedia({ media: null });
    await page.getByLabel(/针式打印/).check();
    expect(await pagesOf(page, 'receipt-impact')).toEqual(Array.from({ length: 3 }, () => '241 × 140'));
    await page.emulateMedia({ media: 'print' });
    expect(await misplaced(page)).toEqual([]);
    const overflow = await page.evaluate(
      `[...document.querySelectorAll('.paper')].filter((one) => one.scrollHeight > one.clientHeight + 1).length`,
    );
    expect(overflow).toBe(0);
    await page.emulateMedia({ media: null });
    await shot(page, 'receipt-impact');
    // The second print says that it is a copy.
    expect(await page.getByText('副本').count()).toBe(0);
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await last()).receipt.copies).toBe(1);
    await page.keyboard.press('Enter');
    await page.getByText('副本').first().waitFor();
    await page.getByLabel(/激光打印/).check();
    await shot(page, 'receipt-laser');
    const books = await browser.page(finance, `/c/${community.code}/receipt-books`, { viewport: wide });
    await books.getByText('A0001836').first().waitFor();
    await shot(books, 'books-1440');
    await books.setViewportSize(narrow);
    await shot(books, 'books-390');
    await books.context().close();
    await page.context().close();
  });
});
