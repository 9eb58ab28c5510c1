// The phone app between releases and without encryption: a new release takes over and the queue stays; over plain HTTP the
// page says that working without a signal is off, and why (spec/12 Offline).
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flags, narrow } from '../browser.ts';
import { makeCertificate } from '../certificate.ts';
import { type Community, type Person, testPassword, useHouse } from '../house.ts';

const certificate = makeCertificate();
/** A name that is not this machine's own: only so does a browser take plain HTTP for what it is. */
const plainName = 'guanjia.example';

describe('the phone app', () => {
  const house = useHouse({ web: true, timers: true });
  const folder = mkdtempSync(join(tmpdir(), 'guanjia-release-'));
  const web = join(folder, 'web');
  const contexts: BrowserContext[] = [];
  const faults: string[] = [];
  let secure: Awaited<ReturnType<typeof house.openSecure>>;
  let community: Community;
  let desk: Person;
  let tech: Person;

  beforeAll(async () => {
    cpSync(resolve(import.meta.dirname, '../../dist/web'), web, { recursive: true });
    // Only the plain file is changed below: the packed ones would still be the old release.
    for (const packed of ['br', 'gz']) rmSync(join(web, `m/worker.js.${packed}`), { force: true });
    secure = await house.openSecure(certificate, web);
    community = await house.community();
    desk = await house.person('front_desk', community, '林小满');
    tech = await house.person('technician', community, '周海涛');
  });
  afterAll(async () => {
    for (const context of contexts) await context.close();
    await secure?.close();
    rmSync(folder, { recursive: true, force: true });
    expect(faults).toEqual([]);
  });

  async function open(address: string, more: readonly string[], person: Person): Promise<Page> {
    const context = await chromium.launchPersistentContext(mkdtempSync(join(folder, 'browser-')), {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [...flags, ...more],
      viewport: narrow,
      locale: 'zh-CN',
    });
    contexts.push(context);
    const page = context.pages()[0] ?? (await context.newPage());
    page.on('pageerror', (fault) => faults.push(fault.message));
    await page.goto(`${address}/m/orders`);
    await page.locator('input').first().fill(person.username);
    await page.locator('input[type=password]').fill(testPassword);
    await page.keyboard.press('Enter');
    return page;
  }

  async function order(): Promise<{ path: string; code: string }> {
    const made = await desk.post(`${community.path}/repairs`, {
      place: '1栋大堂',
      category: 'public-area',
      urgency: 'ordinary',
      description: '大堂的灯一闪一闪',
      channel: 'patrol',
    });
    const path = `${community.path}/repairs/${made.body.id}`;
    expect((await desk.post(`${path}/dispatch`, { version: 1, technicianId: tech.id })).status).toBe(200);
    return { path, code: made.body.code };
  }

  it('takes a new release over without losing what waits to be sent', { timeout: 120_000 }, async () => {
    const { path, code } = await order();
    const page = await open(secure.address, [`--ignore-certificate-errors-spki-list=${certificate.keyHash}`], tech);
    await page.locator(`section[aria-label="${code}"]`).waitFor();
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await page.reload();
    await page.locator(`section[aria-label="${code}"]`).waitFor();
    expect(await page.evaluate('navigator.serviceWorker.controller !== null')).toBe(true);

    // The server can't be reached for what is pressed; the rest of the network is there.
    await page.route('**/api/v1/**/accept', (route) => route.abort());
    await page.locator('.cta', { hasText: '接单' }).click();
    await page.locator('.phoneoffline', { hasText: '1 项待上传' }).waitFor({ timeout: 20_000 });

    const worker = join(web, 'm/worker.js');
    const before = readFileSync(worker, 'utf8');
    const after = before.replace(/(release\s*=\s*['"`])/, '$1next-');
    expect(after).not.toBe(before);
    writeFileSync(worker, after);
    await page.evaluate("navigator.serviceWorker.getRegistration('/m/').then((one) => one.update())");
    const news = page.getByRole('button', { name: '新版本已备好，点这里更新' });
    await news.waitFor({ timeout: 20_000 });
    await Promise.all([page.waitForEvent('load'), news.click()]);

    await page.locator('.phoneoffline', { hasText: '1 项待上传' }).waitFor({ timeout: 20_000 });
    await news.waitFor({ state: 'detached' });
    const kept = (await page.evaluate('caches.keys()')) as string[];
    expect([kept.length, kept[0]?.startsWith('phone-next-')]).toEqual([1, true]);
    await page.locator('.ordersnext, .tray summary').first().click();
    await page.getByText('72 小时内补报才作数').waitFor();

    await page.unroute('**/api/v1/**/accept');
    await page.locator('.phoneoffline').waitFor({ state: 'detached', timeout: 40_000 });
    const seen = (await desk.get(path)).body;
    expect(seen.state).toBe('accepted');
    expect(seen.timeline.filter((entry: { action: string }) => entry.action === 'accept')).toHaveLength(1);
  });

  it('says over plain HTTP that working without a signal is off, and why', { timeout: 60_000 }, async () => {
    const { port } = new URL(house.address);
    const address = `http://${plainName}:${port}`;
    const page = await open(address, [`--host-resolver-rules=MAP ${plainName} 127.0.0.1`], tech);
    await page.getByText(/本站没有加密连接，手机离线功能不可用/).waitFor();
    expect(await page.evaluate('window.isSecureContext')).toBe(false);
    await page.context().setOffline(true);
    await page.getByText(/没有信号，而且本站没有加密连接：手机离线功能已关闭/).waitFor();
    await page.context().setOffline(false);
    await page.getByRole('link', { name: '我的', exact: true }).click();
    await page.getByText(/手机离线功能已关闭；请管理员配置证书/).waitFor();
  });
});
