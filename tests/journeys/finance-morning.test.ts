// Finance's morning (MN6–MN8, FD18): yesterday's close with its difference is signed for and sealed, a household's statement is
// read, a wrong payment that was asked back is undone after the manager's yes, money paid ahead goes back, the week is printed.
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { inBooks, owe, postingOf, unitsIn } from '../books.ts';
import { narrow, useBrowser, wide } from '../browser.ts';
import { type Community, type Person, useHouse } from '../house.ts';
import { widerThanWindow } from '../pages.ts';
import { misplaced, pagesOf } from '../sheets.ts';

async function signIn(page: Page, within: Locator): Promise<void> {
  const canvas = within.locator('canvas.pad');
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  if (!box) throw new Error('nowhere to sign');
  await page.mouse.move(box.x + 20, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + 90, box.y + 40, { steps: 4 });
  await page.mouse.up();
}

describe('finance’s morning', { timeout: 180_000 }, () => {
  const house = useHouse({ web: true, startAt: '2026-11-25T02:00:00.000Z' });
  const browser = useBrowser(house);
  let community: Community;
  let finance: Person;
  let cashier: Person;
  let manager: Person;
  let unit: string;
  let wrong: { id: string; receipt: { code: string } };

  const widths = async (page: Page) => expect(await widerThanWindow(page)).toBeLessThanOrEqual(0);

  beforeAll(async () => {
    community = await house.community();
    [finance, cashier, manager] = await Promise.all([
      house.person('finance', community, '钱会计'),
      house.person('cashier', community, '欧阳赵敏'),
      house.person('manager', community, '高经理'),
    ]);
    [unit] = (await unitsIn(house, community, 1)) as [string];
    const book = { series: 'A', from: 1, to: 90, holderId: cashier.id };
    expect((await finance.post(`${community.path}/receipt-books`, book)).status).toBe(201);
    const take = async (amountFen: number, balanceFen: number) => {
      const body = { unitId: unit, method: 'cash', amountFen, expectedBalanceFen: balanceFen };
      const paid = await cashier.post(`${community.path}/payments`, body);
      expect(paid.status, JSON.stringify(paid.body)).toBe(201);
      return paid.body;
    };
    await inBooks(house, community, (tx) =>
      owe(tx, postingOf(house, community, finance.id), { unitId: unit, amountFen: 36_600 }),
    );
    await take(36_600, 36_600);
    wrong = await take(10_000, 0);
    await take(20_000, -10_000);
    // Counted in the evening, a yuan short.
    const sheet = (await cashier.get(`${community.path}/daily-closes/sheet`)).body;
    const counted = await cashier.post(`${community.path}/daily-closes`, {
      ...{ day: sheet.day, slips: [], signature: 'data:image/png;base64,iVBORw0KGgo=' },
      cash: [
        { faceFen: 10_000, pieces: 6 },
        { faceFen: 5000, pieces: 1 },
        { faceFen: 500, pieces: 3 },
      ],
      differences: [{ method: 'cash', reason: '找零时少收一元' }],
      blankReceipts: sheet.blankReceipts.map(({ bookId, next, to }: any) => ({ bookId, next, to })),
    });
    expect(counted.status, JSON.stringify(counted.body)).toBe(201);
    await house.house.time.moveTo('2026-11-26T00:30:00.000Z');
  });

  it('signs for yesterday’s money with its difference and seals the day', async () => {
    const page = await browser.page(finance, `/c/${community.code}/daily-closes`, { viewport: wide });
    await page.getByRole('heading', { name: '保管清单' }).waitFor();
    await page.getByRole('link', { name: /^RJ-20261125/ }).click();
    await page.getByText('找零时少收一元').first().waitFor();
    await page.getByText('短款 1.00').first().waitFor();
    await page.getByRole('button', { name: '凭单签收' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('凭证号码').fill('JK-20261126-01');
    await signIn(page, dialog);
    await dialog.getByRole('button', { name: '签收', exact: true }).click();
    await page.getByRole('button', { name: '封账' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '封账' }).click();
    await page.getByText('封印第 1 号').waitFor();
    await page.context().close();
  });

  it('undoes a wrong payment of that closed day, in the day that is open, after the manager’s yes', async () => {
    const path = `${community.path}/payments/${wrong.id}/reverse`;
    const { approvalId } = (await finance.post(path, { reason: '收错户' })).body.reversal;
    const page = await browser.page(manager, `/c/${community.code}/approvals`, { viewport: wide });
    await page.getByText(`冲正收款 ${wrong.receipt.code}`).first().click();
    await page.getByRole('textbox', { name: '意见' }).fill('核对属实，同意冲正');
    await page.getByRole('button', { name: '同意', exact: false }).first().click();
    await expect
      .poll(async () => (await finance.get(`${community.path}/payments/${wrong.id}`)).body.reversal.state)
      .toBe('approved');
    expect((await finance.post(path, { reason: '收错户', approvalId })).body.state).toBe('reversed');
    await page.context().close();
    const statement = await browser.page(finance, `/c/${community.code}/households/${unit}/account`, {
      viewport: narrow,
    });
    await statement
      .getByText(/冲正之前的一笔/)
      .first()
      .waitFor();
    await statement.getByText('200.00').first().waitFor();
    await widths(statement);
    await statement.context().close();
  });

  it('gives money paid ahead back: asked for, approved, paid out by transfer, its voucher on A5', async () => {
    const page = await browser.page(finance, `/c/${community.code}/counter?unit=${unit}`, { viewport: wide });
    await page.getByRole('button', { name: '申请退预存款' }).click();
    const dialog = page.getByRole('dialog');
    for (const [typed, said] of [
      ['200.01', '可退的预存款只有 200.00 元'],
      ['0', '金额不能为零'],
      ['-5', '金额不能小于零'],
      ['12.345', '最多两位小数'],
      ['1000000000000', '金额太大，请核对'],
    ] as const) {
      await dialog.getByLabel('退款金额（元）').fill(typed);
      await dialog.getByLabel('收款人').fill('陈建国');
      await dialog.getByLabel('原因').fill('房屋已售，退还余额');
      await dialog.getByRole('button', { name: '申请退预存款' }).click();
      await dialog.getByText(said).first().waitFor();
      expect(await dialog.getByLabel('原因').inputValue()).toBe('房屋已售，退还余额');
    }
    await dialog.getByLabel('退款金额（元）').fill('150');
    await dialog.getByRole('button', { name: '申请退预存款' }).click();
    await page.getByText('待审批').waitFor();
    const [asked] = (await finance.get(`${community.path}/prepaid-refunds`)).body.items;
    await manager.post(`${community.path}/approvals/${asked.approvalId}/approve`, { version: 1 });
    await page.reload();
    await page.getByRole('button', { name: '付款', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: '付款' }).click();
    await page.getByRole('link', { name: /退款凭单 TK-20261126-0001/ }).click();
    await page.locator('.paper').first().waitFor();
    expect(await pagesOf(page, 'refund-voucher')).toEqual(['148 × 210', '148 × 210']);
    await page.emulateMedia({ media: 'print' });
    expect(await misplaced(page)).toEqual([]);
    await page.context().close();
  });

  it('reads the week in detail, prints it on A4 lying and takes it along', async () => {
    const page = await browser.page(finance, `/c/${community.code}/receipt-detail`, { viewport: wide });
    await page.getByRole('link', { name: 'A0000003' }).waitFor();
    await page.getByText('已冲正').first().waitFor();
    const file = page.waitForEvent('download');
    await page.getByRole('link', { name: '导出 Excel' }).click();
    expect((await file).suggestedFilename()).toBe('收款明细-2026-11-22-2026-11-28.xlsx');
    await page.setViewportSize(narrow);
    await widths(page);
    await page.setViewportSize(wide);
    await page.getByRole('link', { name: '打印周报' }).click();
    await page.locator('.paper').first().waitFor();
    expect(await pagesOf(page, 'receipt-detail')).toEqual(['297 × 210']);
    await page.context().close();
  });

  it('finds a receipt by its number from anywhere, and an alarm where the number is of no issued range', async () => {
    const page = await browser.page(finance, `/c/${community.code}/daily-closes`, { viewport: wide });
    await page.getByRole('combobox', { name: '总搜索' }).fill('a2');
    await page.getByRole('option', { name: /A0000002/ }).click();
    await page.locator('.paper').first().waitFor();
    await page.goBack();
    await page.getByLabel('核对收据号').fill('A0000999');
    await page.getByRole('button', { name: '核对', exact: true }).click();
    await page.getByText(/不在任何发放的号段内/).waitFor();
    await page.getByText('收据号 A0000999 不在发放的号段内').waitFor();
    await page.context().close();
  });
});
