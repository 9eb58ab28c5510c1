// What the browser's print gives 打印 (RP2, RP16): the work order 派工单 on A5 in three labelled copies, on three-part paper
// of 241 × 140 mm, and the radio form; each measured in millimetres from Chromium's PDF, with the longest real text.
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBrowser } from '../browser.ts';
import { type Community, type Person, useHouse } from '../house.ts';
import { misplaced, pagesOf } from '../sheets.ts';

describe('the printed work order', () => {
  const house = useHouse({ web: true });
  const browser = useBrowser(house);
  let community: Community;
  let desk: Person;
  let tech: Person;

  beforeAll(async () => {
    community = await house.community();
    desk = await house.person('front_desk', community, '林小满');
    tech = await house.person('technician', community, '欧阳海涛');
  });

  const contact = { name: '阿卜杜热西提·阿卜杜拉·买买提明', phone: '13800001234' };

  async function order(description: string): Promise<{ path: string; body: any }> {
    const unit = await desk.post(`${community.path}/units`, {
      building: '华庭一期·A3',
      entrance: '1',
      room: String(2500 + Math.floor(Math.random() * 400)),
    });
    const made = await desk.post(`${community.path}/repairs`, {
      unitId: unit.body.id,
      contact,
      category: 'water',
      urgency: 'emergency',
      description,
      channel: 'phone',
      readBack: true,
    });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    return { path: `${community.path}/repairs/${made.body.id}`, body: made.body };
  }

  async function paperOf(repair: { body: any }): Promise<Page> {
    const page = await browser.page(desk, `/c/${community.code}/repairs/${repair.body.id}/print`);
    await page.locator('.paper').first().waitFor();
    return page;
  }
  const choose = (page: Page, way: RegExp) => page.getByLabel(way).check();

  async function photo(person: Person): Promise<string> {
    const form = new FormData();
    const picture = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#468' } })
      .jpeg()
      .toBuffer();
    form.set('file', new File([picture], 'photo.jpg', { type: 'image/jpeg' }));
    const answer = await person.post(`${community.path}/attachments`, form);
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer.body.id;
  }

  const longText =
    '主卧卫生间顶棚漏水，楼上说不是他家的问题，昨天半夜开始往下滴，地板已经泡起来了。\n客户要求今天下午两点以后上门，家里有老人和孩子，来之前请先打电话，不要按门铃；停水的话要提前说。';

  /** An order with everything on it: twelve lines agreed, three photos with their words, parts of the customer's own. */
  async function fullOrder(): Promise<{ path: string; body: any }> {
    const made = await order(longText);
    let version = (await desk.post(`${made.path}/dispatch`, { version: 1, technicianId: tech.id })).body.version;
    const lines = Array.from({ length: 12 }, (_, index) => ({
      name: index % 2 ? `不锈钢角阀 DN15 加长型 ${index}` : `更换卫生间顶棚给水支管 ${index}`,
      quantity: index % 2 ? 2 : 1.5,
      unitPriceFen: 128_050 + index,
      kind: index % 2 ? 'material' : 'labour',
    }));
    const amountFen = lines.reduce((sum, line) => sum + Math.round(line.quantity * line.unitPriceFen), 0);
    const steps = [
      ['accept', {}],
      ['arrive', { doorChecks: ['knocked', 'named', 'shoe-covers'] }],
      ['quote', { lines, amountFen }],
      ['agree', { by: contact.name }],
    ] as const;
    const step = async (name: string, body: object) => {
      const answer = await tech.post(`${made.path}/${name}`, { version, ...body });
      expect(answer.status, `${name}: ${JSON.stringify(answer.body)}`).toBe(200);
      version = answer.body.version;
    };
    for (const [name, body] of steps) await step(name, body);
    for (const text of ['漏点在楼上地漏与防水层的接缝处', '拆下的旧支管，接头已经开裂', '更换后试水三十分钟，不漏']) {
      const note = { kind: 'photo', text, attachmentIds: [await photo(tech)] };
      const answer = await tech.post(`${community.path}/cases/${made.body.id}/notes`, note);
      expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    }
    await step('finish', {
      result: '拆除顶棚检查，更换给水支管与角阀，试水三十分钟不漏；顶棚等干透以后由土建班恢复，已向客户说明。',
      customerParts: [
        { name: '自购恒温花洒', check: 'poor', customerTold: true },
        { name: '自购软管', check: 'passed', customerTold: true },
      ],
      siteChecks: ['cleaned', 'trial-run'],
    });
    await step('sign', { absent: true, reason: '客户外出，电话确认' });
    return made;
  }

  it('is three A5 pages on a laser printer: stub, technician, customer', async () => {
    const page = await paperOf(await order('厨房水管爆裂，水漫到客厅'));
    expect(await pagesOf(page, 'laser')).toEqual(['148 × 210', '148 × 210', '148 × 210']);
    for (const copy of ['存根联', '维修联', '客户联'])
      expect([copy, await page.getByText(copy, { exact: true }).count()]).toEqual([copy, 1]);
    // Neither the frame nor an alarm comes onto the paper.
    await page.emulateMedia({ media: 'print' });
    for (const part of ['nav', 'header.top', '.alarms', '.ribbon'])
      expect([part, await page.locator(part).filter({ visible: true }).count()]).toEqual([part, 0]);
    expect(await misplaced(page)).toEqual([]);
  });

  it('is one half sheet of three-part paper on an impact printer, in black, chosen once for this device', async () => {
    const first = await paperOf(await order('厨房水管爆裂，水漫到客厅'));
    await choose(first, /针式打印/);
    expect(await pagesOf(first, 'impact')).toEqual(['241 × 140']);
    await first.getByText('①存根联').waitFor();
    await first.emulateMedia({ media: 'print' });
    expect(await misplaced(first)).toEqual([]);
    const inks = await first.evaluate(
      `[...new Set([...document.querySelectorAll('.paper.impact, .paper.impact *')].map((one) => getComputedStyle(one).color))]`,
    );
    expect(inks).toEqual(['rgb(0, 0, 0)']);
    // 21 points: the third layer can be read.
    expect(
      await first.evaluate(`parseFloat(getComputedStyle(document.querySelector('.number')).fontSize)`),
    ).toBeGreaterThan(27);
    await first.emulateMedia({ media: null });
    await first.reload();
    await first.locator('.paper.impact').waitFor();
    expect(await first.getByLabel(/针式打印/).isChecked()).toBe(true);
  });

  it('cuts nothing of a full order: long words, twelve lines, three photos, the customer’s parts', {
    timeout: 60_000,
  }, async () => {
    const page = await paperOf(await fullOrder());
    const said = [
      '家里有老人和孩子',
      '来之前请先打电话',
      '更换卫生间顶棚给水支管 10',
      '不锈钢角阀 DN15 加长型 11',
      '漏点在楼上地漏与防水层的接缝处',
      '拆下的旧支管',
      '更换后试水三十分钟',
      '自购恒温花洒（质量不佳，已告知）',
      '自购软管（合格）',
      '顶棚等干透以后',
      '□满意',
      '■敲门或按铃',
      '□出示工牌',
      '■已试运行',
    ];
    const missing = async () => {
      const text = ((await page.locator('.paperpage').textContent()) ?? '').replaceAll(/\s+/g, '');
      return said.filter((words) => !text.includes(words.replaceAll(/\s+/g, '')));
    };
    // Six lines more than the A5 form holds: each copy has a continuation sheet.
    expect(await pagesOf(page, 'laser-full')).toEqual(Array.from({ length: 6 }, () => '148 × 210'));
    await page.emulateMedia({ media: 'print' });
    expect([await missing(), await misplaced(page)]).toEqual([[], []]);
    await page.emulateMedia({ media: null });
    await choose(page, /针式打印/);
    expect(await pagesOf(page, 'impact-full')).toEqual(['241 × 140']);
    await page.emulateMedia({ media: 'print' });
    expect([await missing(), await misplaced(page)]).toEqual([[], []]);
  });

  it('goes on to a continuation sheet however much was said', async () => {
    const page = await paperOf(
      await order(`${'主卧卫生间顶棚漏水😱，\n楼上说不是他家的问题。'.repeat(20)}${'W'.repeat(400)} مرحبا 最后一句`),
    );
    expect(await pagesOf(page, 'laser-long')).toEqual(Array.from({ length: 6 }, () => '148 × 210'));
    expect(await page.getByText('最后一句').count()).toBe(3);
    await page.emulateMedia({ media: 'print' });
    expect(await misplaced(page)).toEqual([]);
    await page.emulateMedia({ media: null });
    await choose(page, /针式打印/);
    expect(await pagesOf(page, 'impact-long')).toEqual(['241 × 140', '241 × 140']);
    await page.emulateMedia({ media: 'print' });
    expect(await misplaced(page)).toEqual([]);
  });

  it('says on the radio number, building, kind and who is called, and nothing of whose home it is (PR4)', async () => {
    const made = await order('业主陈先生 13800001234 家厨房漏水');
    await desk.post(`${made.path}/dispatch`, { version: 1, technicianId: tech.id });
    const page = await paperOf(made);
    await choose(page, /电台呼叫单/);
    expect(await pagesOf(page, 'radio')).toEqual(['148 × 210']);
    const text = (await page.locator('.paper').textContent()) ?? '';
    const number = String(Number(made.body.code.slice(-6)));
    for (const words of [`${number} 号单`, '华庭一期-A3栋', '水电气紧急', '给水', '欧阳海涛'])
      expect(text).toContain(words);
    const room = made.body.unit.split('-').at(-1) as string;
    for (const words of ['阿卜杜', '陈先生', '1380', '1234', room]) expect(text).not.toContain(words);
    await page.emulateMedia({ media: 'print' });
    expect(await misplaced(page)).toEqual([]);
  });
});
