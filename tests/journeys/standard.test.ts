// The service standard changes hands in a browser: the manager sets a figure and reads what it means, the general manager
// says yes by keyboard, and on its day the new figure counts.
import { describe, expect, it } from 'vitest';
import { useBrowser } from '../browser.ts';
import { useHouse } from '../house.ts';

describe('the standard', () => {
  // Monday 23 November 2026, 09:00 in Shanghai.
  const house = useHouse({ web: true, startAt: '2026-11-23T01:00:00.000Z' });
  const browser = useBrowser(house);

  it('goes from the manager’s draft over the general manager’s yes to in force', { timeout: 120_000 }, async () => {
    const community = await house.community();
    const [manager, general] = [
      await house.person('manager', community, '沈经理'),
      await house.person('general_manager', community, '顾总'),
    ];
    const page = await browser.page(manager, `/c/${community.code}/standard`);
    await page.getByRole('button', { name: '起草新版' }).click();
    await page.getByRole('searchbox', { name: /^找条款/ }).fill('到场 一般');
    const figure = page.getByRole('textbox', { name: '到场 · 一般 · 时限' });
    // Out of its bounds: refused beside the field, what was typed still there.
    await figure.fill('2000');
    await page.getByRole('button', { name: '保存 1 处修改' }).click();
    await page.getByText('“到场 · 一般 · 时限”不能大于 1440').waitFor();
    expect(await figure.inputValue()).toBe('2000');
    await figure.fill('10');
    await page.getByRole('button', { name: '保存 1 处修改' }).click();
    await page.getByText('由 15 分钟（全天候） 改为 10 分钟（全天候），缩短 5 分钟').waitFor();
    await page.getByRole('button', { name: '开始试算' }).click();
    await page.getByText('这段时间没有事项').waitFor();
    await page.getByRole('button', { name: '提交总经理审批' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '提交总经理审批' }).click();
    await page.getByText('待批准').first().waitFor();

    const desk = await browser.page(general, `/c/${community.code}/approvals`);
    await desk.getByRole('heading', { name: /服务标准第 2 版/ }).waitFor();
    await desk.getByText('缩短 5 分钟').waitFor();
    await desk.getByRole('textbox', { name: '意见' }).fill('同意，先行一季');
    await desk.keyboard.press('Control+Enter');
    await desk.getByText('顾总（总经理） 同意').waitFor();
    await desk.getByText('同意，先行一季').waitFor();

    house.house.time.moveTo('2026-11-23T16:00:01.000Z');
    await house.tick();
    await page.goto(`${house.address}/c/${community.code}/standard`);
    await page.getByText('第 2 版').first().waitFor();
    await page.getByText('10 分钟（全天候）').first().waitFor();
  });
});
