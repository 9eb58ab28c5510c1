// What goes wrong at the desk, in a real browser: nothing typed is lost, nothing is done twice, and each says in Chinese
// what to do.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flags, useBrowser, wide } from '../browser.ts';
import { type Community, type Person, useHouse } from '../house.ts';

describe('bad input at the desk', () => {
  const house = useHouse({ web: true, timers: true });
  const browser = useBrowser(house);
  const profile = mkdtempSync(join(tmpdir(), 'guanjia-profile-'));
  let community: Community;
  let desk: Person;
  let desk2: Person;
  let tech: Person;

  beforeAll(async () => {
    community = await house.community();
    desk = await house.person('front_desk', community, '林小满');
    desk2 = await house.person('front_desk', community, '何雨晴');
    tech = await house.person('technician', community, '周海涛');
    await house.person('technician', community, '吴师傅');
    await desk.post(`${community.path}/units`, { building: '3', entrance: '1', room: '502' });
  });
  afterAll(() => rmSync(profile, { recursive: true, force: true }));

  const texts = async (): Promise<string[]> =>
    (await desk.get(`${community.path}/cases?limit=200`)).body.items.map((one: { summary: string }) => one.summary);
  const newContact = `/c/$code/contacts/new`;
  async function talk(page: Page, text: string): Promise<void> {
    await page.locator('.talkwide input').fill('3-1-502');
    await page.locator('.talkwide [role=option]').first().click();
    await page.locator('textarea[name=description]').fill(text);
  }
  const address = () => newContact.replace('$code', community.code);

  it('keeps what was typed when the browser is closed in the middle of a form', { timeout: 120_000 }, async () => {
    const open = () =>
      chromium.launchPersistentContext(profile, {
        executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
        args: flags,
        viewport: wide,
        locale: 'zh-CN',
      });
    const cookie = { ...desk.sessionCookie, url: house.address };
    const first = await open();
    await first.addCookies([cookie]);
    const page = await first.newPage();
    await page.goto(house.address + address());
    await talk(page, '卫生间地漏返水，说到一半');
    // Written while one types, not at the end: a crash gives no notice.
    await page.waitForTimeout(600);
    await first.close();
    const again = await open();
    await again.addCookies([cookie]);
    const back = await again.newPage();
    await back.goto(house.address + address());
    await back.getByRole('status').first().waitFor();
    expect(await back.locator('textarea[name=description]').inputValue()).toBe('卫生间地漏返水，说到一半');
    expect(await back.locator('.talkwide input').inputValue()).toBe('3-1-502');
    await again.close();
    expect(await texts()).toEqual([]);
  });

  it('names the field, keeps the form, and takes the mended one', { timeout: 90_000 }, async () => {
    const page = await browser.page(desk, address());
    await page.locator('.talkwide input').fill('9-9-999');
    await page.locator('textarea[name=description]').fill('厨房水龙头滴水');
    await page.locator('input[name=callerPhone]').fill('138abc');
    await page.keyboard.press('Control+Enter');
    await page.getByText('电话号码不能有文字或字母').waitFor();
    await page.getByText('请选房号，公共区域请写地点').first().waitFor();
    expect(await page.locator('textarea[name=description]').inputValue()).toBe('厨房水龙头滴水');
    await talk(page, '厨房水龙头滴水');
    await page.locator('input[name=callerPhone]').fill('+86 138 0000 1234');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('dialog').waitFor();
    // Two quick clicks on save are one repair.
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /客户说对/ })
      .dblclick();
    await page.getByText('已登记报修').waitFor();
    expect(await texts()).toEqual(['厨房水龙头滴水']);
    await page.context().close();
  });

  it('says that the line is down, and saves once when it is back', { timeout: 90_000 }, async () => {
    const page = await browser.page(desk, address());
    await talk(page, '客厅插座没电');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('dialog').waitFor();
    await page.context().setOffline(true);
    await page.keyboard.press('Enter');
    await page.getByText('网络断开，内容都还在').waitFor();
    await page.context().setOffline(false);
    await page.getByRole('dialog').getByRole('button', { name: /重试/ }).click();
    await page.getByText('已登记报修').waitFor();
    expect((await texts()).filter((one) => one === '客厅插座没电')).toHaveLength(1);
    await page.context().close();
  });

  it('tells the second of two clerks what the order is by now, and keeps what they typed', {
    timeout: 90_000,
  }, async () => {
    const made = await desk.post(`${community.path}/repairs`, {
      place: '地下车库',
      category: 'public-area',
      urgency: 'ordinary',
      description: '道闸不起杆',
      channel: 'patrol',
    });
    const page = await browser.page(desk2, `/c/${community.code}/repairs/${made.body.id}`);
    await page.getByText('道闸不起杆').first().waitFor();
    await page.keyboard.press('d');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /吴师傅/ }).check();
    await dialog.getByLabel(/备注/).fill('请带梯子');
    const path = `${community.path}/repairs/${made.body.id}/dispatch`;
    expect((await desk.post(path, { version: 1, technicianId: tech.id })).status).toBe(200);
    await page.keyboard.press('Control+Enter');
    const alert = dialog.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toMatch(/[一-鿿]{6,}/);
    expect(await dialog.getByLabel(/备注/).inputValue()).toBe('请带梯子');
    const now = (await desk.get(`${community.path}/repairs/${made.body.id}`)).body;
    expect([now.version, now.technician.name]).toEqual([2, '周海涛']);
    await page.context().close();
  });

  it('refuses what is no photo and keeps the note beside it', { timeout: 90_000 }, async () => {
    const made = await desk.post(`${community.path}/repairs`, {
      place: '花园',
      category: 'public-area',
      urgency: 'ordinary',
      description: '长椅断了一条腿',
      channel: 'patrol',
    });
    const page = await browser.page(desk, `/c/${community.code}/repairs/${made.body.id}`);
    await page.getByRole('button', { name: '照片' }).first().click();
    await page.locator('textarea').first().fill('断在左边');
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({
        name: '长椅.jpg',
        mimeType: 'image/jpeg',
        buffer: Buffer.from('<html><script>alert(1)</script></html>'),
      });
    const alert = page.getByRole('alert').first();
    await alert.waitFor();
    expect(await alert.innerText()).toMatch(/[一-鿿]{4,}/);
    expect(await page.locator('textarea').first().inputValue()).toBe('断在左边');
    await page.context().close();
  });

  it('refuses a photo of 50 MB in words, keeps the note and the photo before it, and takes a smaller one', {
    timeout: 120_000,
  }, async () => {
    const made = await desk.post(`${community.path}/repairs`, {
      place: '地下车库 B2',
      category: 'public-area',
      urgency: 'ordinary',
      description: '顶棚渗水',
      channel: 'patrol',
    });
    const small = await sharp({ create: { width: 80, height: 60, channels: 3, background: '#884422' } })
      .jpeg()
      .toBuffer();
    const big = join(profile, '全景.jpg');
    writeFileSync(big, Buffer.concat([small, Buffer.alloc(50 * 1024 * 1024)]));
    const page = await browser.page(desk, `/c/${community.code}/repairs/${made.body.id}`);
    await page.getByRole('button', { name: '照片' }).first().click();
    const text = page.locator('textarea').first();
    await text.fill('B2 车道第三根柱子旁');
    const choose = page.locator('input[type=file]').first();
    const kept = page.locator('.notebox img, .col img');
    await choose.setInputFiles({ name: '近景.jpg', mimeType: 'image/jpeg', buffer: small });
    await kept.first().waitFor();
    await choose.setInputFiles(big);
    const alert = page.getByRole('alert').first();
    await alert.waitFor();
    expect(await alert.innerText()).toMatch(/太大/);
    expect(await text.inputValue()).toBe('B2 车道第三根柱子旁');
    expect(await kept.count()).toBe(1);
    await choose.setInputFiles({ name: '远景.jpg', mimeType: 'image/jpeg', buffer: small });
    await kept.nth(1).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(await text.inputValue()).toBe('B2 车道第三根柱子旁');
    await page.context().close();
  });

  it('says that a move is not allowed any more where somebody changed the state meanwhile, and keeps what was typed', {
    timeout: 90_000,
  }, async () => {
    const made = await desk.post(`${community.path}/repairs`, {
      place: '北门岗亭',
      category: 'public-area',
      urgency: 'ordinary',
      description: '门禁读卡无反应',
      channel: 'patrol',
    });
    const path = `${community.path}/repairs/${made.body.id}`;
    const page = await browser.page(desk2, `/c/${community.code}/repairs/${made.body.id}`);
    await page.getByText('门禁读卡无反应').first().waitFor();
    await page.keyboard.press('d');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /吴师傅/ }).check();
    await dialog.getByLabel(/备注/).fill('请带备用读卡器');
    expect((await desk.post(`${path}/cancel`, { version: 1, by: 'customer', reason: '重复报修' })).status).toBe(200);
    await page.keyboard.press('Control+Enter');
    await dialog
      .getByText(/现在的状态是“取消”/)
      .first()
      .waitFor();
    expect(await dialog.getByLabel(/备注/).inputValue()).toBe('请带备用读卡器');
    expect(await dialog.getByRole('radio', { name: /吴师傅/ }).isChecked()).toBe(true);
    expect(await dialog.getByRole('button', { name: /派工/ }).isDisabled()).toBe(true);
    const now = (await desk.get(path)).body;
    expect([now.version, now.state, now.technician]).toEqual([2, 'cancelled', null]);
    await page.context().close();
  });
});
