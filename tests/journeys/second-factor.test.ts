// A first sign-in of somebody who handles money, in a real browser: the password that the administrator chose is changed,
// the authenticator is bound, the recovery codes are kept, and the next sign-in asks for a code, each of which works once.
import { generate } from 'otplib';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Role } from '../../src/domain/access/role.contract.ts';
import { useBrowser } from '../browser.ts';
import { testPassword, useHouse } from '../house.ts';

const ownPassword = 'only I know this one';

describe('the first sign-in of an account with a second factor', () => {
  const house = useHouse({ web: true });
  const browser = useBrowser(house);

  async function signIn(username: string, password: string): Promise<Page> {
    const page = await browser.page(null, '/');
    await page.getByLabel('账号').fill(username);
    await page.locator('input[type=password]').fill(password);
    await page.keyboard.press('Enter');
    return page;
  }
  const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });
  const inside = (page: Page) => page.getByRole('navigation').first();

  /** Made while nobody is asked for a second factor: only a demo organization asks nobody. */
  async function newcomer(role: Role) {
    await house.asOwner('update organizations set is_demo = true');
    const person = await house.person(role, await house.community(), '钱会计');
    await house.asOwner('update organizations set is_demo = false');
    return person;
  }

  it.each<Role>(['admin', 'general_manager'])('stops %s before the work', { timeout: 60_000 }, async (role) => {
    const page = await signIn((await newcomer(role)).username, testPassword);
    await heading(page, '启用两步验证').waitFor();
    expect(await inside(page).count()).toBe(0);
    await page.context().close();
  });

  it('leads finance from a foreign password to the work', { timeout: 120_000 }, async () => {
    const person = await newcomer('finance');
    // This password was given by somebody else.
    await house.asOwner(`update accounts set must_change_password = true where id = '${person.id}'`);

    const page = await signIn(person.username, testPassword);
    await heading(page, '请换一个新密码').waitFor();
    await page.getByLabel('现在的密码').fill('something else entirely');
    await page.getByLabel('新密码').fill('short');
    await page.keyboard.press('Enter');
    await page.locator('.fault').getByText('至少 12 个字').waitFor();
    await page.getByLabel('新密码').fill(ownPassword);
    await page.keyboard.press('Enter');
    await page.getByText('现在的密码不对').waitFor();
    // What was typed is still there: only the wrong one is typed again.
    await page.getByLabel('现在的密码').fill(testPassword);
    await page.keyboard.press('Enter');

    await heading(page, '启用两步验证').waitFor();
    expect(await inside(page).count()).toBe(0);
    await page.getByRole('button', { name: '显示二维码' }).click();
    await page.getByRole('img', { name: '绑定验证器的二维码' }).waitFor();
    const key = await page.locator('code').innerText();
    await page.getByLabel('验证码').fill('000000');
    await page.keyboard.press('Enter');
    await page.getByText('验证码不正确或已用过').waitFor();
    const code = await generate({ secret: key });
    await page.getByLabel('验证码').fill(code);
    await page.keyboard.press('Enter');

    await heading(page, '恢复码').waitFor();
    const recovery = await page.locator('.recovery li').allInnerTexts();
    expect(new Set(recovery).size).toBe(10);
    await page.getByRole('button', { name: '已抄好，继续' }).click();
    await inside(page).waitFor();
    await page.context().close();

    // The next time the password alone opens nothing, nor does the code that was used; a recovery code does, once.
    const again = await signIn(person.username, ownPassword);
    await heading(again, '两步验证').waitFor();
    await again.getByLabel('验证码').fill(code);
    await again.keyboard.press('Enter');
    await again.getByText('验证码不正确或已用过').waitFor();
    expect(await inside(again).count()).toBe(0);
    await again.getByLabel('验证码').fill(recovery[0] ?? '');
    await again.keyboard.press('Enter');
    await inside(again).waitFor();
    await again.context().close();

    const third = await signIn(person.username, ownPassword);
    await heading(third, '两步验证').waitFor();
    await third.getByLabel('验证码').fill(recovery[0] ?? '');
    await third.keyboard.press('Enter');
    await third.getByText('验证码不正确或已用过').waitFor();
    await third.context().close();
  });
});
