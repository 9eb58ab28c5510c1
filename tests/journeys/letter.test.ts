// A letter in a real browser (CP8): entered with its home, answered by a draft that another approves and numbers, taken as
// a Word file, delivered, and the complaint told by it.
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBrowser } from '../browser.ts';
import { type Community, type Person, useHouse } from '../house.ts';

describe('a letter', () => {
  const house = useHouse({ web: true, timers: true });
  const browser = useBrowser(house);
  let community: Community;
  let desk: Person;
  let manager: Person;
  let engineer: Person;

  beforeAll(async () => {
    community = await house.community();
    desk = await house.person('front_desk', community, '林小满');
    await house.person('cs_supervisor', community, '沈静文');
    manager = await house.person('manager', community, '方明远');
    engineer = await house.person('engineering_supervisor', community, '韩启明');
    const unit = await desk.post(`${community.path}/units`, { building: '3', entrance: '1', room: '502' });
    expect(unit.status).toBe(201);
  });

  const submit = (page: Page, name: string) =>
    page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

  it('goes from the letter box to the complaint’s end', { timeout: 240_000 }, async () => {
    const page = await browser.page(desk, `/c/${community.code}/letters`);
    await press(page, '登记收文');
    const form = page.getByRole('dialog');
    await form.getByLabel('来信人（单位）').fill('陈先生');
    await form.getByLabel('来信日期').fill('2026-11-20');
    await page.keyboard.press('Enter');
    await form.getByLabel('标题').fill('电梯困人要求书面答复');
    await form.getByLabel('内容摘要').fill('电梯困人四十分钟，无人应答');
    await form.getByLabel('来信人房号').fill('3-1-502');
    await page.getByRole('option', { name: /502/ }).first().click({ timeout: 10_000 });
    await submit(page, '登记收文');
    await page.getByRole('heading', { name: /^SW-/ }).waitFor();

    const [letter] = (await desk.get(`${community.path}/incoming-documents`)).body.items;
    const complaint = `${community.path}/complaints/${letter.caseId}`;
    expect((await desk.get(complaint)).body).toMatchObject({ channel: 'letter', unit: expect.stringContaining('502') });
    // Meanwhile the matter itself is dealt with.
    for (const [by, name, body] of [
      [desk, 'amend', { place: '3栋电梯', demand: '书面答复' }],
      [desk, 'send', { department: 'engineering' }],
      [engineer, 'accept', {}],
      [engineer, 'resolve', { result: '已更换门锁触点', cause: 'facilities' }],
    ] as const) {
      const { version } = (await desk.get(complaint)).body;
      const moved = await by.post(`${complaint}/${name}`, { version, ...body });
      expect(moved.status, JSON.stringify(moved.body)).toBe(200);
    }

    await press(page, '起草复函');
    await page.getByLabel('正文').fill('来信收悉。触点已更换，深表歉意。');
    await press(page, '保存草稿');
    await page.getByText('草稿待批').waitFor();

    const approver = await browser.page(manager, `/c/${community.code}/letters/${letter.id}`);
    await press(approver, '批准并编号');
    await submit(approver, '批准并编号');
    await approver.getByRole('heading', { name: /^复函 HN-/ }).waitFor();

    await page.reload();
    await page.getByRole('heading', { name: /^复函 HN-/ }).waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByText('下载 Word').click()]);
    expect(file.suggestedFilename()).toMatch(/^复函 HN-.*\.docx$/);
    await press(page, '送出');
    await submit(page, '送出');
    await press(page, '登记送达');
    await form.getByLabel('说明（签收人、单号或原因）').fill('本人签收');
    await form.getByRole('checkbox').check();
    await form.getByLabel('投诉人意见（没有则不填）').fill('可以接受');
    await submit(page, '登记送达');
    await page.getByText('已送达').first().waitFor();

    await page.goto(`${house.address}/c/${community.code}/complaints/${letter.caseId}`);
    await page.getByText('已答复', { exact: true }).first().waitFor();
    await page.getByText(/复函 HN-.* 已送达/).waitFor();
    await page.getByText(/登记来信 SW-/).waitFor();
    await page.getByRole('heading', { name: '收文与复函' }).waitFor();
  });
});
