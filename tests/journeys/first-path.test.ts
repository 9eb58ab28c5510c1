// One path in a real browser: a clerk signs in, sees the repair on the board and its page; the technician accepts it on
// the phone; the clerk's page shows it without a reload.
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { type Community, type Person, testPassword, useHouse } from '../house.ts';
import { flags } from './browser.ts';

describe('the first path in a browser', () => {
  const house = useHouse({ web: true, timers: true });
  let browser: Browser;
  let community: Community;
  let desk: Person;
  let tech: Person;
  const faults: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: flags });
    community = await house.community();
    desk = await house.person('front_desk', community, '林小满');
    tech = await house.person('technician', community, '周海涛');
  });
  afterAll(() => browser?.close());

  async function open(path: string, person: Person, width: number): Promise<Page> {
    const context = await browser.newContext({ viewport: { width, height: 844 }, locale: 'zh-CN' });
    const page = await context.newPage();
    page.on('pageerror', (fault) => faults.push(fault.message));
    await page.goto(house.address + path);
    await page.locator('input').first().fill(person.username);
    await page.locator('input[type=password]').fill(testPassword);
    await page.keyboard.press('Enter');
    return page;
  }

  it('goes from the board to the phone and back, live', { timeout: 90_000 }, async () => {
    const [building, unitId] = [newId(), newId()];
    await house.asOwner(`
      insert into buildings (community_id, id, name) values ('${community.id}', '${building}', '3');
      insert into units (community_id, id, building_id, entrance, room, label) values ('${community.id}', '${unitId}', '${building}', '1', '502', '3-1-502')`);
    const made = await desk.post(`${community.path}/repairs`, {
      unitId,
      category: 'water',
      urgency: 'emergency',
      description: '厨房水管爆裂，水漫到客厅 <img src=x onerror=alert(1)>',
      channel: 'phone',
      readBack: true,
    });
    await desk.post(`${community.path}/repairs/${made.body.id}/dispatch`, { version: 1, technicianId: tech.id });

    const clerk = await open(`/c/${community.code}/cases`, desk, 1440);
    await clerk.getByText(made.body.code).first().waitFor();
    await clerk.goto(`${house.address}/c/${community.code}/repairs/${made.body.id}`);
    await clerk.getByText('厨房水管爆裂').first().waitFor();
    await clerk.getByText('已派工').first().waitFor();

    const phone = await open('/m/', tech, 390);
    await phone.getByText('3-1-502').first().waitFor();
    await phone.getByRole('button', { name: '接单' }).click();
    // Nobody reloads the clerk's page: the feed does.
    await clerk.getByText('已接单').first().waitFor({ timeout: 15_000 });
    expect((await desk.get(`${community.path}/repairs/${made.body.id}`)).body.state).toBe('accepted');
    expect(faults).toEqual([]);
  });
});
