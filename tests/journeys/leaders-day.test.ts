// The day of those who lead, in a real browser on desk and phone. The supervisor looks through yesterday's ledger, takes a
// complaint over, puts two of one event together, reviews a follow-up and visits a household; the manager approves a lower
// level, never one that he asked for himself, counts a figure by its rows and tries a draft of the standard on what happened;
// the general manager hears of a critical complaint, takes it over, has a new standard approved and reads the month's papers.
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { plusMinutes } from '../../src/kernel/time.ts';
import { narrow, useBrowser } from '../browser.ts';
import { type Centre, drawnLine, finishAgain, finishRepair, openCentre } from '../finished-repair.ts';
import { type Person, useHouse } from '../house.ts';
import { shoot, widerThanWindow } from '../pages.ts';

const patient = { timeout: 15_000 };
const phone = { viewport: narrow, isMobile: true, hasTouch: true };

describe('the day of those who lead', () => {
  // Thursday 19 November 2026, 16:00 in Shanghai.
  const house = useHouse({ web: true, timers: true, startAt: '2026-11-19T08:00:00.000Z' });
  const browser = useBrowser(house);
  let centre: Centre;

  const wait = (minutes: number) => house.house.time.moveTo(plusMinutes(house.house.time.now(), minutes));
  const at = (path: string) => `/c/${centre.community.code}/${path}`;
  const go = async (page: Page, path: string) => {
    await page.goto(house.address + at(path));
  };
  const made = async (who: Person, path: string, body: object): Promise<any> => {
    const answer = await who.post(`${centre.community.path}/${path}`, body);
    expect([answer.status, path, answer.body], JSON.stringify(answer.body)).toMatchObject([201, path, {}]);
    return answer.body;
  };
  const complain = (account: string, more: object = {}): Promise<any> =>
    made(centre.desk, 'complaints', {
      channel: 'phone',
      severity: 'ordinary',
      against: 'customer-service',
      place: '3 号楼电梯厅',
      account,
      demand: '尽快办好，给个说法',
      contact: { name: '孙先生', phone: '13900000001' },
      ...more,
    });
  const complaintOf = async (id: string): Promise<any> =>
    (await centre.supervisor.get(`${centre.community.path}/complaints/${id}`)).body;
  /** What was done on the page stands in the case: `read` answers by then. */
  const comes = (read: () => Promise<unknown>) => expect.poll(read, patient);
  const fits = async (page: Page, name: string): Promise<void> => {
    await shoot(page, name);
    expect([name, await widerThanWindow(page)]).toEqual([name, 0]);
  };
  /** The dialog of a move, opened by its button. */
  const moveBy = async (page: Page, word: string): Promise<Locator> => {
    await page.getByRole('button', { name: word }).first().click(patient);
    const dialog = page.locator('dialog.move');
    await dialog.waitFor(patient);
    return dialog;
  };
  const send = async (dialog: Locator): Promise<void> => {
    await dialog.locator('button[type=submit]').click();
    await dialog.waitFor({ state: 'detached', ...patient });
  };

  beforeAll(async () => {
    centre = await openCentre(house);
  }, 60_000);

  it('the supervisor: yesterday’s ledger, a complaint, an event, a follow-up, a household', {
    timeout: 240_000,
  }, async () => {
    const { community, desk, desk2, supervisor, unitId } = centre;
    await made(desk, 'contacts', { channel: 'phone', request: '问停车月卡怎么续费', unitId, outcome: 'answered' });
    await made(desk, 'contacts', {
      channel: 'counter',
      request: '想请人看看阳台防水，等答复',
      unitId,
      outcome: 'open',
    });
    const repair = await finishRepair(house, centre);
    // Friday, 08:30.
    house.house.time.moveTo('2026-11-20T00:30:00.000Z');

    // FD5: the day that nobody has looked at is offered; what it left undone stands first.
    const page = await browser.page(supervisor, at('contacts'));
    await page.getByRole('button', { name: '11-19' }).click(patient);
    await page.getByRole('region', { name: '未办结 1 件' }).getByText('想请人看看阳台防水').waitFor(patient);
    await page.getByLabel('检查意见（可不填）').fill('防水的事今天上午必须回电');
    await page.getByRole('button', { name: '检查完毕' }).click();
    await page
      .getByText(/苏文 2026-11-20 \d\d:\d\d 检查：共 2 条，未办结 1 条 · 防水的事今天上午必须回电/)
      .waitFor(patient);
    expect(await page.getByText('还没有检查的日子：').count()).toBe(0);
    await shoot(page, 'supervisor-ledger');

    // CP3, CP4: one about her own department is sent there and hers to sign for, which is how an ordinary one is taken over.
    const first = await complain('前台说好周二回电，等了两天没有人打来');
    const second = await complain('前台答应回电，两天没有人打来，只好再打一次', {
      contact: { name: '李女士', phone: '13900000002' },
    });
    await go(page, `complaints/${first.id}`);
    const sending = await moveBy(page, '送达部门');
    await sending.getByLabel('送到哪个部门').selectOption('customer-service');
    await send(sending);
    await send(await moveBy(page, '签收'));
    await page.locator('.casehead').getByText('处理中').waitFor(patient);
    const respond = (await complaintOf(first.id)).clocks.find((one: any) => one.kind === 'respond');
    expect(respond).toMatchObject({ state: 'met' });

    // CP2: what looks the same is offered; both counters count from then on.
    await go(page, `complaints/${second.id}`);
    const event = page.getByRole('region', { name: '同一事件' });
    const joining = await moveBy(page, '并入同一事件');
    await joining.getByRole('searchbox').fill(first.code);
    await joining.getByRole('radio', { name: first.code }).check(patient);
    await send(joining);
    await event.getByRole('link', { name: first.code }).waitFor(patient);
    await comes(async () => (await complaintOf(second.id)).group).toMatchObject({ raisings: 2, people: 2 });
    await shoot(page, 'supervisor-event');

    // FU7: by appointment, recorded when it was held, and the month counts the household.
    await go(page, 'visits');
    // Where there are none yet, the empty list offers it a second time.
    await page.getByRole('button', { name: '约定拜访' }).first().click(patient);
    const appointing = page.getByRole('dialog');
    await appointing.getByRole('combobox', { name: /房号/ }).fill('3-1-101');
    await appointing.getByRole('listbox').getByRole('option').first().click(patient);
    await appointing.getByLabel('约定时间').fill('2026-11-20T08:10');
    await appointing.getByRole('button', { name: '约定', exact: true }).click();
    await appointing.waitFor({ state: 'detached', ...patient });
    await page.getByRole('row', { name: /3-1-101/ }).click(patient);
    await page.getByRole('button', { name: '填写记录' }).click(patient);
    const record = page.getByRole('dialog');
    // Nothing said is no record; what was typed beside it stays.
    await record.getByLabel('意见和建议').fill('停运前一天在电梯厅贴通知。');
    await record.getByRole('button', { name: '保存' }).click();
    await record
      .getByText(/谈话内容|请填写|不能为空/)
      .last()
      .waitFor(patient);
    await record.getByLabel('谈话内容').fill('住户对电梯停运不满，已说明原因和修复时间。');
    await record.getByRole('button', { name: '保存' }).click();
    await record.waitFor({ state: 'detached', ...patient });
    await page.getByText('停运前一天在电梯厅贴通知。').waitFor(patient);
    await go(page, 'visits?tab=month');
    await page.getByRole('row', { name: /苏文/ }).getByText('1 / 5 户').waitFor(patient);
    await shoot(page, 'supervisor-visits');
    await page.context().close();

    // FU4 on the way home: the follow-up of the day is reviewed on a phone.
    const asked = (await desk2.get(`${community.path}/follow-ups?caseId=${repair.id}`)).body.items.at(-1);
    const recorded = await desk2.post(`${community.path}/follow-ups/${asked.id}/record`, {
      version: asked.version,
      verdict: 'acceptable',
      quality: 5,
      effect: 4,
      satisfaction: 5,
      signature: drawnLine,
    });
    expect(recorded.status, JSON.stringify(recorded.body)).toBe(200);
    const small = await browser.page(supervisor, at('follow-ups?tab=review'), phone);
    await small.getByText(asked.code).first().click(patient);
    await small.getByRole('textbox', { name: '审阅意见' }).fill('回访及时，归档');
    await fits(small, 'supervisor-review-390');
    await small.getByRole('button', { name: '审阅通过' }).click();
    await comes(
      async () => (await supervisor.get(`${community.path}/follow-ups/${asked.id}`)).body.review?.comment,
    ).toBe('回访及时，归档');
    for (const path of ['contacts?day=2026-11-19', `complaints/${second.id}`, 'visits?tab=month']) {
      await go(small, path);
      await small.locator('main h1, main h2').first().waitFor(patient);
      await fits(small, `supervisor-${path.split(/\W/)[0]}-390`);
    }
    await small.context().close();
  });

  it('the manager: a lower level that is not his own, a figure by its rows, a draft tried on what happened', {
    timeout: 240_000,
  }, async () => {
    const { community, manager, supervisor } = centre;
    const asks = async (who: Person, complaint: any): Promise<void> => {
      const answer = await who.post(`${community.path}/complaints/${complaint.id}/lower`, {
        version: complaint.version,
        severity: 'ordinary',
        reason: '核实后损失不到两千元，客户已同意',
      });
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    };
    const theirs = await complain('吊顶被楼上装修震裂', { severity: 'serious', against: 'engineering' });
    const own = await complain('车库坡道积水，刮坏底盘', { severity: 'serious', against: 'engineering' });
    await asks(supervisor, theirs);
    await asks(manager, own);

    // CP2, on a phone: only the other's waits for him, and his yes lowers it.
    const small = await browser.page(manager, at('approvals'), phone);
    await small.getByRole('button', { name: new RegExp(theirs.code) }).click(patient);
    await small.getByRole('definition').filter({ hasText: '核实后损失不到两千元，客户已同意' }).waitFor(patient);
    await fits(small, 'manager-approval-390');
    await small.getByRole('textbox', { name: '意见' }).fill('同意，按一般办');
    await small.getByRole('button', { name: /^同意/ }).click();
    await comes(async () => (await complaintOf(theirs.id)).severity).toBe('ordinary');
    await go(small, 'approvals');
    await small.getByText('没有等您审批的').waitFor(patient);
    await go(small, `complaints/${own.id}`);
    await small.getByText('申请降级，等待批准').waitFor(patient);
    await small.getByText('须由总经理批准，申请人自己不能批').waitFor(patient);
    expect(await small.getByRole('button', { name: '批准降级' }).count()).toBe(0);
    await fits(small, 'manager-own-390');

    // A figure is its rows counted: three orders were finished, one of them late.
    await finishRepair(house, centre, { category: 'electricity' });
    const late = await made(centre.desk, 'repairs', {
      unitId: centre.unitId,
      category: 'drainage',
      urgency: 'ordinary',
      description: '厨房地漏返水',
      channel: 'phone',
      readBack: true,
    });
    wait(240);
    await finishAgain(centre, late);
    const page = await browser.page(manager, at('indicators'));
    const figure = page.getByRole('button', { name: /^报修及时率/ });
    await figure.getByText('2 ÷ 3').waitFor(patient);
    await figure.click();
    const rows = page.getByRole('row', { name: /BX-/ });
    for (const [part, count] of [
      ['全部 3', 3],
      ['按时完工 2', 2],
      ['逾期完工 1', 1],
    ] as const) {
      await page.getByRole('button', { name: part }).click(patient);
      await expect.poll(() => rows.count(), patient).toBe(count);
    }
    await shoot(page, 'manager-indicators');
    await page.getByRole('link', { name: late.code }).first().click();
    await page.locator('.casehead').getByText(late.code).first().waitFor(patient);
    await go(small, 'indicators');
    await small.getByRole('button', { name: /^报修及时率/ }).waitFor(patient);
    await fits(small, 'manager-indicators-390');

    // The draft is tried on the same orders: with six hours the late one would have been in time.
    await go(page, 'standard');
    await page.getByRole('button', { name: '起草新版' }).click(patient);
    await page.getByRole('searchbox', { name: /^找条款/ }).fill('完成 一般');
    await page.getByRole('textbox', { name: '完成 · 一般 · 时限' }).fill('6');
    await page.getByRole('button', { name: '保存 1 处修改' }).click();
    await page.getByRole('button', { name: '开始试算' }).click(patient);
    const line = page.getByRole('row', { name: /^完成/ });
    await line.getByRole('button', { name: '1', exact: true }).click(patient);
    const changed = page.getByRole('row', { name: late.code });
    await changed.getByText(/^超时/).waitFor(patient);
    await changed.getByText(/^按时/).waitFor(patient);
    await shoot(page, 'manager-replay');
    await go(small, 'standard');
    await small.getByRole('row', { name: /^完成/ }).first().waitFor(patient);
    await fits(small, 'manager-replay-390');
    await page.getByRole('button', { name: '提交总经理审批' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '提交总经理审批' }).click();
    await page.getByText('待批准').first().waitFor(patient);
    await page.context().close();
    await small.context().close();
  });

  it('the general manager: a critical complaint arrives, the new standard, the month’s papers', {
    timeout: 240_000,
  }, async () => {
    const { community, gm } = centre;
    // CP3, within its minute: it rings where he is, he opens it from the strip and takes it over.
    const page = await browser.page(gm, at('desk'));
    await page.locator('main').waitFor(patient);
    const grave = await complain('电梯急停，老人摔倒，要总经理出面', {
      severity: 'critical',
      against: 'engineering',
      channel: 'counter',
      replyReason: '等检验机构到场',
      replyAt: plusMinutes(house.house.time.now(), 120),
    });
    const alarms = page.getByRole('region', { name: '待确认的提醒' });
    const news = alarms.getByRole('listitem').filter({ hasText: grave.code });
    await news.waitFor(patient);
    await shoot(page, 'general-alarm');
    await news.getByRole('button', { name: '打开' }).click();
    await page.getByText('还没有人接手').first().waitFor(patient);
    await send(await moveBy(page, '接手'));
    await page.getByText(/高远 · .* 接手/).waitFor(patient);
    await comes(async () => (await complaintOf(grave.id)).inCharge?.name).toBe('高远');
    await shoot(page, 'general-taken-over');

    // The change of the standard, read and approved on a phone; from its day on it counts.
    const small = await browser.page(gm, at('approvals'), phone);
    await small.getByRole('button', { name: /服务标准第 2 版/ }).click(patient);
    await small
      .getByText(/完成 · 一般/)
      .first()
      .waitFor(patient);
    await fits(small, 'general-standard-390');
    await small.getByRole('button', { name: /^同意/ }).click();
    await comes(
      async () => (await gm.get(`${community.path}/approvals?mine=decided&limit=5`)).body.items,
    ).toMatchObject([{ kind: 'standard', state: 'approved' }]);
    house.house.time.moveTo('2026-11-20T16:00:01.000Z');
    await house.tick();
    await go(page, 'standard');
    await page.locator('h1', { hasText: '第 2 版' }).or(page.getByText('第 2 版')).first().waitFor(patient);
    const inForce = (await gm.get(`${community.path}/standard`)).body;
    expect(inForce.version).toBe(2);

    // CP11: both papers of the month, on screen and as a file.
    await go(page, 'complaints/month');
    const paper = page.locator('.paper');
    await paper.getByRole('heading', { name: '客户投诉案件统计表' }).waitFor(patient);
    await page.getByRole('radio', { name: '客户投诉案件登记追踪表' }).check();
    await paper.getByRole('cell', { name: grave.code }).waitFor(patient);
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /Word/ }).click()]);
    expect(file.suggestedFilename()).toMatch(/^客户投诉案件登记追踪表.*\.docx$/);
    await shoot(page, 'general-month');
    for (const path of ['complaints/month', `complaints/${grave.id}`, 'indicators?name=complaints-handled']) {
      await go(small, path);
      await small.locator('main h1').first().waitFor(patient);
      await fits(small, `general-${path.replace(/\W.*/, '')}-390`);
    }
    await page.context().close();
    await small.context().close();
  });
});
