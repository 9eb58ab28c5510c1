// What the browser's print gives 打印: the work order 派工单 on A5, one copy a page, or one page for carbon paper.
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBrowser } from '../browser.ts';
import { type Community, type Person, useHouse } from '../house.ts';

const millimetresPerPoint = 25.4 / 72;

/** The sizes of the pages of a PDF, in whole millimetres, as Chromium writes them. */
async function pagesOf(page: Page): Promise<string[]> {
  const text = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  return [...text.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g)].map(([, width, height]) =>
    [width, height].map((points) => Math.round(Number(points) * millimetresPerPoint)).join(' × '),
  );
}

describe('the printed work order', () => {
  const house = useHouse({ web: true });
  const browser = useBrowser(house);
  let community: Community;
  let desk: Person;

  beforeAll(async () => {
    community = await house.community();
    desk = await house.person('front_desk', community, '林小满');
  });

  async function order(description: string): Promise<Page> {
    const unit = await desk.post(`${community.path}/units`, {
      building: '华庭一期·A3',
      entrance: '1',
      room: String(2500 + Math.floor(Math.random() * 400)),
    });
    const made = await desk.post(`${community.path}/repairs`, {
      unitId: unit.body.id,
      contact: { name: '阿卜杜热西提·阿卜杜拉·买买提明', phone: '13800001234' },
      category: 'water',
      urgency: 'emergency',
      description,
      channel: 'phone',
      readBack: true,
    });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    const page = await browser.page(desk, `/c/${community.code}/repairs/${made.body.id}/print`);
    await page.getByText(made.body.code).first().waitFor();
    return page;
  }

  it('is three A5 pages on a laser printer: stub, technician, customer', async () => {
    const page = await order('厨房水管爆裂，水漫到客厅');
    expect(await pagesOf(page)).toEqual(['148 × 210', '148 × 210', '148 × 210']);
    for (const copy of ['存根联', '维修联', '客户联'])
      expect([copy, await page.getByText(copy).count()]).toEqual([copy, 1]);
    // Neither the frame nor an alarm comes onto the paper.
    await page.emulateMedia({ media: 'print' });
    for (const part of ['nav', 'header.top', '.alarms', '.ribbon'])
      expect([part, await page.locator(part).filter({ visible: true }).count()]).toEqual([part, 0]);
  });

  it('stays on A5 however much was said', async () => {
    const page = await order(`${'主卧卫生间顶棚漏水😱，\n楼上说不是他家的问题。'.repeat(20)}${'W'.repeat(400)} مرحبا`);
    const pages = await pagesOf(page);
    expect(new Set(pages)).toEqual(new Set(['148 × 210']));
    expect(pages).toHaveLength(3);
    await page.getByLabel('针式打印：三联纸一次').check();
    expect(await pagesOf(page)).toHaveLength(1);
  });
});
