// The technician's phone in a basement: a real browser over HTTPS works on three orders without a signal, is ended and
// opened again, meanwhile the desk gives one order to somebody else. Back in the light nothing is lost and nothing double.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate } from '../certificate.ts';
import { type Community, type Person, testPassword, useHouse } from '../house.ts';

const certificate = makeCertificate();
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--ignore-certificate-errors-spki-list=${certificate.keyHash}`,
];

describe('a phone without a signal', () => {
  const house = useHouse({ web: true, timers: true });
  const folder = mkdtempSync(join(tmpdir(), 'guanjia-phone-'));
  let secure: Awaited<ReturnType<typeof house.openSecure>>;
  let community: Community;
  let desk: Person;
  let tech: Person;
  let other: Person;
  let context: BrowserContext;
  const faults: string[] = [];

  beforeAll(async () => {
    secure = await house.openSecure(certificate);
    community = await house.community();
    desk = await house.person('front_desk', community, '林小满');
    tech = await house.person('technician', community, '周海涛');
    other = await house.person('technician', community, '马得水');
  });
  afterAll(async () => {
    await context?.close();
    await secure?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function openPhone(isOffline: boolean): Promise<Page> {
    context = await chromium.launchPersistentContext(folder, {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: flags,
      viewport: { width: 390, height: 844 },
      locale: 'zh-CN',
    });
    await context.setOffline(isOffline);
    const page = context.pages()[0] ?? (await context.newPage());
    page.on('pageerror', (fault) => faults.push(fault.message));
    await page.goto(`${secure.address}/m/`);
    return page;
  }

  async function order(place: string): Promise<{ id: string; code: string; path: string }> {
    const made = await desk.post(`${community.path}/repairs`, {
      place,
      category: 'public-area',
      urgency: 'ordinary',
      description: `${place}的灯不亮，客户说昨天晚上开始一闪一闪，今天早上完全不亮了，开关按了也没有反应`,
      channel: 'phone',
      agreedAt: new Date(Date.now() + 5 * 86_400_000).toISOString(),
      readBack: true,
    });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    const path = `${community.path}/repairs/${made.body.id}`;
    const sent = await desk.post(`${path}/dispatch`, { version: 1, technicianId: tech.id });
    expect(sent.status, JSON.stringify(sent.body)).toBe(200);
    return { id: made.body.id, code: made.body.code, path };
  }

  /** A camera's photo with the place where it was taken. */
  const photo = async (name: string) => ({
    name,
    mimeType: 'image/jpeg',
    buffer: await sharp({ create: { width: 400, height: 300, channels: 3, background: '#446688' } })
      .withExif({ IFD0: { Make: 'PhoneMaker' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 13/1 30/1' } })
      .jpeg()
      .toBuffer(),
  });

  async function show(page: Page, code: string, place: string): Promise<void> {
    await page.locator('section.order[aria-label^="BX-"]').waitFor();
    if ((await page.locator(`section[aria-label="${code}"]`).count()) === 0)
      await page.locator('.nextorder', { hasText: place }).click();
    await page.locator(`section[aria-label="${code}"]`).waitFor();
  }
  const cta = (page: Page, name: string) => page.locator('.cta', { hasText: name }).click();
  const waits = (page: Page, count: number) =>
    page.locator('.phoneoffline', { hasText: `${count} 项待上传` }).waitFor();

  async function shoot(page: Page, count: number): Promise<void> {
    const files = await Promise.all(Array.from({ length: count }, (_, index) => photo(`p${index}.jpg`)));
    await page.locator('input[type=file]').setInputFiles(files);
  }

  it('loses nothing and does nothing twice', { timeout: 240_000 }, async () => {
    const orders = [await order('1栋大堂'), await order('2栋大堂'), await order('3栋大堂')] as const;
    const places = ['1栋大堂', '2栋大堂', '3栋大堂'];
    let page = await openPhone(false);
    await page.locator('input').first().fill(tech.username);
    await page.locator('input[type=password]').fill(testPassword);
    await page.keyboard.press('Enter');
    await page.getByText('1栋大堂').first().waitFor();
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await page.reload();
    await page.locator('section.order .cta').first().waitFor();
    await page.waitForTimeout(1_500);

    await context.setOffline(true);
    await page.locator('.phoneoffline').waitFor();
    let waiting = 0;
    // Three orders taken and left for: six moves.
    for (const [index, { code }] of orders.entries()) {
      await show(page, code, places[index] as string);
      await cta(page, '接单');
      await waits(page, ++waiting);
      await cta(page, '我出发了');
      await waits(page, ++waiting);
    }
    await context.close();
    page = await openPhone(true);
    await waits(page, 6);
    // The rest of the work on each: arrived, photos, done, signed, handed back: 14 more acts with 12 photos.
    for (const [index, { code }] of orders.entries()) {
      await show(page, code, places[index] as string);
      await cta(page, '我到了');
      await page.getByText('敲门').first().click();
      await cta(page, '我到了');
      await waits(page, ++waiting);
      await shoot(page, 2);
      await waits(page, ++waiting);
      await cta(page, '做完了');
      await page.locator('textarea').fill('更换灯管和镇流器，试亮正常');
      await shoot(page, 2);
      await page.locator('.shot').nth(1).waitFor();
      await cta(page, '做完了');
      await waits(page, ++waiting);
      await cta(page, '客户签字');
      await cta(page, '提交');
      await page.getByText('还没有签名').waitFor();
      const box = await page.locator('canvas').boundingBox();
      if (!box) throw new Error('no canvas');
      await page.mouse.move(box.x + 30, box.y + 100);
      await page.mouse.down();
      await page.mouse.move(box.x + 200, box.y + 60, { steps: 8 });
      await page.mouse.up();
      await page.getByRole('radio', { name: '满意', exact: true }).check();
      await cta(page, '提交');
      await waits(page, ++waiting);
      if (index === 2) continue;
      await cta(page, '交回单');
      await waits(page, ++waiting);
    }
    expect(waiting).toBe(20);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/offline.png`, fullPage: true });

    // Meanwhile the desk, who heard nothing, sends somebody else to the second.
    const taken = (await desk.get(orders[1].path)).body;
    const sent = await desk.post(`${orders[1].path}/dispatch`, { version: taken.version, technicianId: other.id });
    expect(sent.status).toBe(200);

    await context.setOffline(false);
    // The browser was ended, so the session is over: the queue waits for its person.
    await page.locator('input[type=password]').fill(testPassword);
    await page.keyboard.press('Enter');
    await page.getByText('离线补报').first().waitFor({ timeout: 60_000 });
    await page.locator('.phoneoffline').waitFor({ state: 'detached', timeout: 60_000 });
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/tray.png`, fullPage: true });

    const seen = await Promise.all(orders.map(async ({ path }) => (await desk.get(path)).body));
    expect(seen.map((one) => one.state)).toEqual(['returned', 'dispatched', 'signed']);
    const actions = (one: { timeline: { action: string; source: string }[] }) =>
      one.timeline.filter((entry) => entry.source === 'offline').map((entry) => entry.action);
    const whole = ['accept', 'depart', 'arrive', 'photo', 'finish', 'sign'];
    expect(actions(seen[0])).toEqual([...whole, 'return-voucher']);
    expect(actions(seen[1])).toEqual(['offline-refused']);
    expect(actions(seen[2])).toEqual(whole);
    // 4 photos each; beside them a drawn signature.
    expect(seen.map((one) => one.attachmentIds.length)).toEqual([5, 5, 5]);
    const stored = await tech.open(`${community.path}/attachments/${seen[0].attachmentIds[0]}`);
    expect(Buffer.from(await stored.arrayBuffer()).includes('PhoneMaker')).toBe(false);
    const refused = async () =>
      (await desk.get('/notifications')).body.items.filter((one: { kind: string }) => one.kind === 'offline-refused');
    await expect.poll(refused, { timeout: 30_000 }).toHaveLength(1);
    for (const one of [seen[0], seen[2]])
      for (const entry of one.timeline.filter((each: { source: string }) => each.source === 'offline'))
        expect(entry.at < entry.recordedAt).toBe(true);
    expect(faults).toEqual([]);
  });
});
