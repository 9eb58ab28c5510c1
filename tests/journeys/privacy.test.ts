// Who sees what in a browser: the wall board without a name, room or telephone (PR4); a household with masked numbers;
// the bell and its alarms in the app; and a phone page that is light.
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { narrow, useBrowser } from '../browser.ts';
import { type Community, type Person, useHouse } from '../house.ts';

const secrets = ['欧阳淑珍', '13912345678', '12345678', '2502', '保险柜', '周海涛'];

describe('what people see', () => {
  const house = useHouse({ web: true, timers: true });
  const browser = useBrowser(house);
  let community: Community;
  let desk: Person;
  let tech: Person;
  let unitId: string;
  let repair: { id: string; code: string };

  beforeAll(async () => {
    community = await house.community();
    desk = await house.person('front_desk', community, '林小满');
    tech = await house.person('technician', community, '周海涛');
    unitId = (await desk.post(`${community.path}/units`, { building: '7', entrance: '1', room: '2502' })).body.id;
    await desk.post(`${community.path}/parties`, {
      name: '欧阳淑珍',
      phone: '13912345678',
      unitId,
      relation: 'owner',
    });
    repair = (
      await desk.post(`${community.path}/repairs`, {
        unitId,
        contact: { name: '欧阳淑珍', phone: '13912345678' },
        category: 'water',
        urgency: 'emergency',
        description: '书房保险柜上方漏水，请打 13912345678',
        channel: 'phone',
        readBack: true,
      })
    ).body;
    await desk.post(`${community.path}/repairs/${repair.id}/dispatch`, { version: 1, technicianId: tech.id });
  });

  it('PR4: nothing personal is on the wall board, nor in what it asks the server', async () => {
    const supervisor = await house.person('cs_supervisor', community, '沈静文');
    const page = await browser.page(null, '/');
    await page.context().addCookies([{ ...supervisor.sessionCookie, url: house.address }]);
    const answers: string[] = [];
    page.on('response', async (response) => {
      const { pathname } = new URL(response.url());
      if (pathname.startsWith('/api/') && !pathname.endsWith('/me') && !pathname.endsWith('/events'))
        answers.push(`${pathname} ${await response.text().catch(() => '')}`);
    });
    await page.goto(`${house.address}/c/${community.code}/wall`);
    await page.getByText(repair.code).waitFor();
    await page.getByText('7 栋').waitFor();
    const seen = [await page.content(), await page.title(), ...answers].join('\n');
    expect(answers.some((answer) => answer.includes('/wall '))).toBe(true);
    expect(secrets.filter((secret) => seen.includes(secret))).toEqual([]);
    // Nothing on it is cut at the size of a usual duty-room screen, nor does it scroll.
    for (const size of [
      { width: 1366, height: 768 },
      { width: 1920, height: 1080 },
    ]) {
      await page.setViewportSize(size);
      const cut = await page
        .locator('.wallnext li *, .wallcounts *')
        .evaluateAll((parts) =>
          parts
            .filter(
              (part) => part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0 && !part.matches('.unseen'),
            )
            .map((part) => part.textContent),
        );
      expect([size.width, cut]).toEqual([size.width, []]);
      expect(await page.evaluate('document.documentElement.scrollHeight - innerHeight')).toBe(0);
    }
  });

  it('shows a household with its numbers masked until somebody says what for', async () => {
    const page = await browser.page(desk, `/c/${community.code}/households/${unitId}`);
    await page.getByText('欧阳淑珍').first().waitFor();
    expect(await page.title()).toContain('7-1-2502');
    expect(await page.content()).not.toContain('13912345678');
    await page.getByText(repair.code).waitFor();
    // Without a purpose nothing is shown; with one the number is.
    await page.getByRole('button', { name: '显示' }).first().click();
    await page.locator('.purpose .btn.primary').click();
    expect(await page.content()).not.toContain('13912345678');
    await page.locator('.purpose .chip').first().click();
    await page.locator('.purpose .btn.primary').click();
    await page
      .getByText(/139\s?1234\s?5678/)
      .first()
      .waitFor();
    // From the household one starts with it already named.
    await page.getByRole('link', { name: '登记报修' }).click();
    await expect.poll(() => page.locator('.talkwide input').inputValue()).toBe('7-1-2502');
  });

  it('rings in the app, above the page and never over it, until it is acknowledged', async () => {
    const page = await browser.page(tech, `/c/${community.code}/cases`);
    const strip = page.getByRole('region', { name: '待确认的提醒' });
    await strip.getByText(repair.code).waitFor();
    const [stripBox, pageBox] = [await strip.boundingBox(), await page.locator('main').boundingBox()];
    expect((stripBox?.y ?? 0) + (stripBox?.height ?? 0)).toBeLessThanOrEqual(pageBox?.y ?? 0);
    await page.getByRole('button', { name: /^通知，1 条未读/ }).click();
    await page.locator('.belllist').getByText(repair.code).waitFor();
    await page.keyboard.press('Escape');
    await strip.getByRole('button', { name: '收到' }).click();
    await strip.waitFor({ state: 'detached' });
    const mine = (await tech.get('/notifications')).body.items;
    expect(mine.find((one: { code: string }) => one.code === repair.code)?.acknowledgedAt).not.toBeNull();
  });

  it('loads the phone page without antd, its shell within 120 kB of script', async () => {
    const page = await browser.page(null, '/m/manifest.webmanifest', { viewport: narrow });
    await page.context().addCookies([{ ...tech.sessionCookie, url: house.address }]);
    const scripts = new Map<string, string>();
    page.on('response', async (response) => {
      if (/\.js$/.test(new URL(response.url()).pathname))
        scripts.set(response.url(), await response.text().catch(() => ''));
    });
    await page.goto(`${house.address}/m/`);
    await page.getByRole('button', { name: '接单' }).waitFor();
    expect(scripts.size).toBeGreaterThan(0);
    expect([...scripts].filter(([, text]) => /ant-btn|anticon|ant-design/.test(text)).map(([url]) => url)).toEqual([]);
    // The shell is what the page itself names, before it knows who looks.
    const shell = await (await fetch(`${house.address}/m/`)).text();
    const zipped = [...scripts]
      .filter(([url]) => shell.includes(new URL(url).pathname))
      .reduce((sum, [, text]) => sum + gzipSync(text, { level: 9 }).length, 0);
    expect(zipped).toBeGreaterThan(0);
    expect(zipped / 1024).toBeLessThan(120);
  });
});
