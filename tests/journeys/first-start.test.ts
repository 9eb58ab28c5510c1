// The first start 首次启动 of an installed program: what the terminal prints once opens the page that makes the company,
// its first community and the administrator; then people sign in.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'otplib';
import { afterAll, describe, expect, it } from 'vitest';
import { useBrowser } from '../browser.ts';

const password = '一个够长够安全的管理员密码';

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const bound = probe.address();
      probe.close(() => resolve(typeof bound === 'object' && bound ? bound.port : 0));
    });
  });

describe('the first start', () => {
  const browser = useBrowser(null);
  const folder = mkdtempSync(join(tmpdir(), 'guanjia-start-'));
  let program: ChildProcess | undefined;
  let said = '';

  afterAll(async () => {
    if (program && program.exitCode === null) {
      const ended = new Promise((resolve) => program?.once('exit', resolve));
      program.kill('SIGTERM');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  });

  it('goes from the secret in the terminal to a signed-in administrator', { timeout: 240_000 }, async () => {
    const port = await freePort();
    program = spawn(process.execPath, ['dist/server/main.js', 'serve'], {
      env: { PATH: process.env.PATH, HOME: folder, DATA_DIR: folder, PORT: String(port), LOG_LEVEL: 'error' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [program.stdout, program.stderr]) stream?.on('data', (piece) => (said += piece));
    const printed = () => /https?:\/\/\S+\/setup#secret=\S+/.exec(said)?.[0];
    await expect.poll(printed, { timeout: 60_000 }).toBeDefined();
    const address = `http://127.0.0.1:${port}`;

    const context = await browser.context();
    const page = await context.newPage();
    page.on('pageerror', (fault) => browser.faults.push(fault.message));
    await page.goto(printed() ?? '');
    await page.getByRole('heading', { name: '首次启动' }).waitFor();
    // The secret must not stay in the address bar, from where it would be copied and kept in the history.
    expect(page.url()).toBe(`${address}/setup`);
    await page.getByRole('button', { name: '建立并进入' }).click();
    expect(await page.getByText('请填写').count()).toBe(5);

    await page.getByLabel('公司名称').fill('祥和物业服务有限公司');
    await page.getByLabel('小区名称').fill('华庭一期·北区');
    await page.getByLabel('小区代号').fill('htyq');
    await page.getByText('豪宅', { exact: true }).click();
    await page.getByLabel('姓名').fill('许文彬');
    await page.getByLabel('登录账号').fill('admin');
    await page.getByLabel('密码').fill(password);
    await page.getByRole('button', { name: '建立并进入' }).click();

    // An administrator needs a second factor before anything else is open.
    await page.getByRole('button', { name: '显示二维码' }).click();
    const key = (await page.locator('code').textContent()) ?? '';
    await page.getByLabel('验证码').fill(await generate({ secret: key }));
    await page.keyboard.press('Enter');
    await page.locator('.recovery li').first().waitFor();
    const recovery = (await page.locator('.recovery li').first().textContent()) ?? '';
    await page.getByRole('button', { name: '已抄好，继续' }).click();
    await page.getByText('华庭一期·北区').first().waitFor();

    // The page of the first start is closed for good, and one signs in like everybody.
    const again = await fetch(`${address}/api/v1/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        secret: 'again',
        organizationName: '别家物业',
        communityName: '别的小区',
        communityCode: 'BDXQ',
        preset: 'standard',
        adminUsername: 'other',
        adminName: '别人',
        adminPassword: password,
      }),
    });
    expect(again.status).toBe(404);
    await context.clearCookies();
    await page.goto(`${address}/`);
    await page.getByLabel('账号').fill('admin');
    await page.getByLabel('密码', { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    await page.getByLabel('验证码').fill(recovery);
    await page.keyboard.press('Enter');
    await page.getByText('华庭一期·北区').first().waitFor();
    expect(said.match(/secret=/g)).toHaveLength(1);
  });
});
