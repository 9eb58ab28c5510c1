// A day of follow-ups in a real browser: the supervisor plans, the desk asks by keyboard and records, one customer does not
// accept it, so it is complained about and done again; the supervisor reviews; a phone asks at the door without a signal.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flags, narrow, useBrowser } from '../browser.ts';
import { makeCertificate } from '../certificate.ts';
import { type Centre, finishRepair, openCentre, returnVoucher, unitIn } from '../finished-repair.ts';
import { type Person, testPassword, useHouse } from '../house.ts';
import { shoot } from '../pages.ts';

const certificate = makeCertificate();
const liveWithin = { timeout: 15_000 };

const followUpsOf = async (person: Person, centre: Centre, query = ''): Promise<any[]> =>
  (await person.get(`${centre.community.path}/follow-ups?${query}`)).body.items;
const followUpOf = async (centre: Centre, caseId: string): Promise<any> =>
  (await followUpsOf(centre.supervisor, centre, `caseId=${caseId}`)).at(-1);

async function draw(page: Page): Promise<void> {
  const canvas = page.locator('canvas');
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  if (!box) throw new Error('nothing to sign on');
  await page.mouse.move(box.x + 30, box.y + 60);
  await page.mouse.down();
  for (let step = 1; step < 16; step++)
    await page.mouse.move(box.x + 30 + step * 12, box.y + 60 + (step % 2 ? 40 : -20));
  await page.mouse.up();
}

describe('follow-ups at the desk', () => {
  const house = useHouse({ web: true, timers: true, startAt: '2026-11-02T01:00:00.000Z' });
  const browser = useBrowser(house);

  it('are planned, asked, recorded and reviewed; one becomes a complaint and a rework', {
    timeout: 240_000,
  }, async () => {
    const centre = await openCentre(house);
    const { community } = centre;
    const rooms = ['102', '103', '104'];
    const repairs = [await finishRepair(house, centre)];
    for (const room of rooms)
      repairs.push(await finishRepair(house, centre, { unitId: await unitIn(centre.desk, community, room) }));

    // FU0: one click takes the proposal.
    const boss = await browser.page(centre.supervisor, `/c/${community.code}/follow-ups`);
    await boss.getByText('共 4 次').waitFor();
    await boss.getByRole('button', { name: '排回访' }).click();
    const plan = boss.getByRole('dialog');
    await plan.getByRole('button', { name: '采用，安排 4 次' }).waitFor();
    await shoot(boss, 'plan');
    await plan.getByRole('button', { name: '采用，安排 4 次' }).click();
    await boss.getByText('已安排 4 次').waitFor();
    const planned = await followUpsOf(centre.supervisor, centre);
    expect(planned.every((one) => one.caller !== null && one.caller.name !== '周海涛')).toBe(true);
    // The rest of the day is this clerk's: who is named is no wall, whoever of the desk answers may record.
    const clerk = await browser.page(centre.desk, `/c/${community.code}/follow-ups`);
    const first = await followUpOf(centre, repairs[0].id);
    await clerk.getByRole('row', { name: first.code }).click();
    await clerk.getByRole('heading', { name: '记录回访' }).waitFor();

    // By figures: the three steps; the draft is there after a reload.
    const { keyboard } = clerk;
    for (const step of ['4', '5', '4']) await keyboard.press(step);
    await clerk.getByRole('radio', { name: '认可', exact: true }).check();
    await clerk.getByLabel('意见建议').fill('师傅很有礼貌，希望以后提前一天约时间');
    await clerk.waitForTimeout(400);
    await clerk.reload();
    await clerk.getByText(/已恢复/).waitFor();
    expect(await clerk.getByLabel('意见建议').inputValue()).toContain('提前一天');
    await keyboard.press('Control+Enter');
    await clerk.getByLabel('意见建议').press('Control+Enter');
    await clerk.getByText('请客户签字，或附上签过字的回访单照片').waitFor();
    await draw(clerk);
    await shoot(clerk, 'record');
    await clerk.getByRole('button', { name: '提交' }).click();
    await clerk.getByText('已记录').waitFor();
    expect(await followUpOf(centre, repairs[0].id)).toMatchObject({
      state: 'recorded',
      result: { verdict: 'acceptable', quality: 4, effect: 5, satisfaction: 4, signed: true, by: { name: '林小满' } },
    });

    // FU4: what will happen is said before, and then it happens.
    const second = await followUpOf(centre, repairs[1].id);
    await clerk.goto(`${house.address}/c/${community.code}/follow-ups/${second.id}`);
    await clerk.getByRole('heading', { name: '记录回访' }).waitFor();
    for (const step of ['2', '1', '1']) await keyboard.press(step);
    await clerk.getByRole('radio', { name: '不认可' }).check();
    await clerk.getByText(`报修 ${second.caseCode} 退回返修`).waitFor();
    await clerk.getByText('登记一件投诉，按投诉办理').waitFor();
    await clerk.getByText('马上通知总经理、客服主管').waitFor();
    await clerk.getByRole('radio', { name: '电话' }).check();
    await clerk.getByRole('button', { name: '客户要求电话回访' }).click();
    await clerk.getByRole('button', { name: '提交，并转为投诉' }).click();
    await clerk.getByText('不认可的，请写明哪里不足').waitFor();
    await clerk.getByLabel(/哪里不足/).fill('修好第二天又漏水了，柜子里的东西都泡湿了');
    await shoot(clerk, 'not-acceptable');
    await clerk.getByRole('button', { name: '提交，并转为投诉' }).click();
    await clerk.getByText('已记录，并转为投诉').waitFor();
    const failed = await followUpOf(centre, repairs[1].id);
    expect(failed).toMatchObject({ state: 'recorded', result: { verdict: 'not-acceptable', channel: 'phone' } });
    await clerk.getByRole('link', { name: /已转投诉 TS-/ }).click();
    await clerk.getByRole('heading', { name: /修好第二天又漏水了/ }).waitFor();
    await shoot(clerk, 'complaint');
    await clerk.getByRole('link', { name: second.caseCode }).first().click();
    await clerk
      .locator('.tag', { hasText: /^已登记$/ })
      .first()
      .waitFor();
    await clerk.getByText(/不认可，已转投诉 TS-/).waitFor();
    await shoot(clerk, 'case-card');

    // The reviewer's list fills by itself; what was not acceptable is the general manager's.
    await boss.getByRole('button', { name: /^待审阅/ }).click();
    await boss.getByRole('row', { name: first.code }).click(liveWithin);
    expect(await boss.getByRole('row', { name: second.code }).count()).toBe(0);
    await boss.getByRole('button', { name: '审阅通过' }).click();
    await boss.getByText('请填写审阅意见').waitFor();
    await boss.getByRole('button', { name: '处理及时，客户满意' }).click();
    await boss.getByRole('button', { name: '提出改进建议' }).click();
    await boss.getByRole('textbox', { name: '改进建议' }).fill('上门前一天电话约时间');
    await boss.getByLabel('负责人').selectOption({ index: 1 });
    await boss.getByLabel('完成日期').fill('2026-11-20');
    await shoot(boss, 'review');
    await boss.getByRole('button', { name: '审阅通过' }).click();
    await boss.locator('.followup .tag', { hasText: '已审阅' }).waitFor();
    expect(await followUpOf(centre, repairs[0].id)).toMatchObject({
      state: 'reviewed',
      review: { comment: '处理及时，客户满意', improvement: { text: '上门前一天电话约时间', on: '2026-11-20' } },
    });

    // A try; the progress toward "not reached" is shown.
    const third = await followUpOf(centre, repairs[2].id);
    await clerk.goto(`${house.address}/c/${community.code}/follow-ups?open=${third.id}`);
    await clerk.getByText('没联系上', { exact: true }).click();
    await clerk.getByText('联系 0 / 3 次').waitFor();
    await clerk.getByRole('radio', { name: '无人接听（应门）' }).check();
    await clerk.getByRole('button', { name: '明天 10:00' }).click();
    await shoot(clerk, 'attempt');
    await clerk.getByRole('button', { name: '记一次没联系上' }).click();
    await clerk.getByText('已记一次').waitFor();
    expect((await followUpOf(centre, repairs[2].id)).attempts).toMatchObject([
      { outcome: 'no-answer', nextAt: '2026-11-03T02:00:00.000Z' },
    ]);

    // FU5: the month, each figure opened to its cases.
    await boss.goto(`${house.address}/c/${community.code}/follow-ups/analysis?month=2026-11`);
    await boss.getByRole('button', { name: '报修 · 回访率' }).click();
    await boss.getByText('没有计入的').waitFor();
    await shoot(boss, 'month');
    const [file] = await Promise.all([
      boss.waitForEvent('download'),
      boss.getByRole('link', { name: '导出 Excel' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/\.xlsx$/);

    await boss.goto(`${house.address}/c/${community.code}/follow-ups/${first.id}/print`);
    await boss.getByRole('heading', { name: '住户回访记录表' }).waitFor();
    await boss.locator('.slip .sign img').waitFor();
    await shoot(boss, 'slip');
  });

  it('are reviewed together on Monday where the standard has it so (RP18)', { timeout: 120_000 }, async () => {
    const centre = await openCentre(house, 'standard');
    const { community } = centre;
    // Of ten a share is drawn: so many are finished that two of them are owed.
    let owed = 0;
    for (let room = 201; owed < 2 && room < 212; room++) {
      const repair = await finishRepair(house, centre, { unitId: await unitIn(centre.desk, community, String(room)) });
      await returnVoucher(centre, repair);
      const { id, state } = await followUpOf(centre, repair.id);
      if (state !== 'due') continue;
      owed++;
      const recorded = await centre.desk.post(`${community.path}/follow-ups/${id}/record`, {
        version: 1,
        verdict: 'acceptable',
        quality: 5,
        effect: 4,
        satisfaction: 4,
      });
      expect(recorded.status, JSON.stringify(recorded.body)).toBe(200);
    }
    house.house.time.moveTo('2026-11-09T01:00:00.000Z');
    const supervisor = await house.person('cs_supervisor', community, '苏文');
    const page = await browser.page(supervisor, `/c/${community.code}/follow-ups?tab=review`);
    await page.getByRole('button', { name: '勾选上周的' }).click();
    await page.getByRole('button', { name: '批量审阅（2）' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('审阅意见').fill('上周回访已阅，同意归档');
    await dialog.getByRole('button', { name: '审阅通过' }).click();
    await page.getByText('已审阅 2 份').waitFor();
    const left = await followUpsOf(supervisor, centre, 'state=reviewed');
    expect(left.map((one) => one.review.comment)).toEqual(['上周回访已阅，同意归档', '上周回访已阅，同意归档']);
  });
});

describe('follow-ups at the door without a signal (FU6)', () => {
  const house = useHouse({ web: true, timers: true });
  const folder = mkdtempSync(join(tmpdir(), 'guanjia-visits-'));
  let secure: Awaited<ReturnType<typeof house.openSecure>>;
  let context: BrowserContext;
  const faults: string[] = [];

  beforeAll(async () => {
    secure = await house.openSecure(certificate);
  });
  afterAll(async () => {
    await context?.close();
    await secure?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('loses nothing, does nothing twice, and keeps what was refused in sight', { timeout: 240_000 }, async () => {
    const centre = await openCentre(house);
    const { community, desk2: caller } = centre;
    const rooms = ['301', '302', '303'];
    const repairs = [];
    for (const room of rooms)
      repairs.push(await finishRepair(house, centre, { unitId: await unitIn(centre.desk, community, room) }));
    const own = await Promise.all(repairs.map((repair) => followUpOf(centre, repair.id)));
    const plan = await centre.supervisor.post(`${community.path}/follow-ups/plan`, {
      items: own.map(({ id }) => ({ id, callerId: caller.id })),
    });
    expect(plan.status, JSON.stringify(plan.body)).toBe(200);

    context = await chromium.launchPersistentContext(folder, {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [...flags, `--ignore-certificate-errors-spki-list=${certificate.keyHash}`],
      viewport: narrow,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
    });
    const page = context.pages()[0] ?? (await context.newPage());
    page.on('pageerror', (fault) => faults.push(fault.message));
    await page.goto(`${secure.address}/m/visits`);
    await page.locator('input').first().fill(caller.username);
    await page.locator('input[type=password]').fill(testPassword);
    await page.keyboard.press('Enter');
    await page.getByText('3-1-301').waitFor();
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await page.reload();
    await page.getByText('3-1-303').waitFor();
    await page.waitForTimeout(1_000);
    await shoot(page, 'phone-list');

    await context.setOffline(true);
    await page.locator('.phoneoffline').waitFor();
    const waits = (count: number) => page.locator('.phoneoffline', { hasText: `${count} 项待上传` }).waitFor();
    const visit = (room: string) => page.locator('button.nextorder', { hasText: `3-1-${room}` }).click();

    // Nobody opens at the first door.
    await visit('301');
    await page.getByRole('button', { name: '没联系上' }).click();
    await page.getByRole('radio', { name: '无人接听（应门）' }).check();
    await shoot(page, 'phone-attempt');
    await page.getByRole('button', { name: '记一次没联系上' }).click();
    await waits(1);
    // At the second and third somebody does, and signs.
    for (const [index, room] of ['302', '303'].entries()) {
      await visit(room);
      await page.getByRole('button', { name: '记录回访' }).click();
      for (const question of ['quality', 'effect', 'satisfaction'])
        await page.locator(`[data-question=${question}] input`).nth(4).check();
      await page.getByRole('radio', { name: '认可', exact: true }).check();
      await draw(page);
      if (index === 0) await shoot(page, 'phone-record');
      await page.getByRole('button', { name: '提交' }).click();
      await waits(index + 2);
      await page.getByText('没有信号：已记在手机上').waitFor();
    }
    await page.getByText('已记在手机上 2 次').waitFor();
    await shoot(page, 'phone-waiting');

    // Meanwhile the third repair is done again: its follow-up is void.
    const repair = (await centre.desk.get(`${community.path}/repairs/${repairs[2].id}`)).body;
    const again = await centre.supervisor.post(`${community.path}/repairs/${repair.id}/rework`, {
      version: repair.version,
      reason: '客户来电说又漏了',
    });
    expect(again.status, JSON.stringify(again.body)).toBe(200);

    await context.setOffline(false);
    await page.getByText('没有采纳').waitFor({ timeout: 60_000 });
    await page.locator('.phoneoffline').waitFor({ state: 'detached', timeout: 60_000 });
    await page.getByText(/内容和照片已作为「离线补报」留在单上/).waitFor({ timeout: 30_000 });
    await shoot(page, 'phone-tray');
    const seen = await Promise.all(repairs.map(({ id }) => followUpOf(centre, id)));
    expect(seen.map((one) => one.state)).toEqual(['due', 'recorded', 'void']);
    expect(seen[0].attempts).toMatchObject([{ outcome: 'no-answer', atDoor: true, by: { name: '何雨晴' } }]);
    expect(seen[1].result).toMatchObject({
      verdict: 'acceptable',
      satisfaction: 5,
      signed: true,
      by: { name: '何雨晴' },
    });
    expect(seen[1].result.at < seen[1].result.recordedAt).toBe(true);
    const timeline = (await centre.desk.get(`${community.path}/repairs/${repairs[1].id}`)).body.timeline;
    expect(timeline.filter((one: { action: string }) => one.action === 'follow-up-record')).toHaveLength(1);
    expect(faults).toEqual([]);
  });
});
