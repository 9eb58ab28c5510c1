// A day of complaints 投诉 in a real browser: one key saves a critical one within its minute, the story goes into the case that
// stands; the general manager sees it and takes it over on a phone; classified, sent, signed for, resolved, told and signed.
// A serious one is the manager's, its lowering too. Of an anonymous one no paper tells who it was.
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { narrow, useBrowser } from '../browser.ts';
import { type Community, type Person, useHouse } from '../house.ts';
import { openMove, shoot, submitMove, widerThanWindow } from '../pages.ts';
import { misplaced, pagesOf } from '../sheets.ts';

async function draw(page: Page): Promise<void> {
  const canvas = page.locator('canvas.pad');
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  if (!box) throw new Error('nothing to sign on');
  await page.mouse.move(box.x + 30, box.y + 60);
  await page.mouse.down();
  for (let step = 1; step < 16; step++)
    await page.mouse.move(box.x + 30 + step * 12, box.y + 60 + (step % 2 ? 40 : -20));
  await page.mouse.up();
}

const story = `昨天夜里十一点多，地下车库 B2 层消防管爆裂，水从顶棚喷下来，我的车刚停好，车顶和发动机舱全部进水。
值班室打了六次电话没有人接，今天早上去问，工程部的人说“这不归我们管”，态度很差。`;

describe('complaints at the desk', () => {
  const house = useHouse({ web: true, timers: true, startAt: '2026-11-23T06:30:00.000Z' });
  const browser = useBrowser(house);
  let community: Community;
  const people = {} as Record<'desk' | 'supervisor' | 'manager' | 'general' | 'engineer', Person>;

  beforeAll(async () => {
    community = await house.community();
    people.desk = await house.person('front_desk', community, '林小满');
    people.supervisor = await house.person('cs_supervisor', community, '沈静文');
    people.manager = await house.person('manager', community, '何志远');
    people.general = await house.person('general_manager', community, '方建业');
    people.engineer = await house.person('engineering_supervisor', community, '刘建国');
    const unit = await people.desk.post(`${community.path}/units`, { building: '1', entrance: '1', room: '101' });
    expect(unit.status, JSON.stringify(unit.body)).toBe(201);
  });

  const at = (path: string) => `/c/${community.code}/${path}`;
  const complaintOf = async (code: string): Promise<any> => {
    const list = await people.supervisor.get(`${community.path}/complaints?limit=50`);
    const row = list.body.items.find((one: any) => one.code === code);
    return (await people.supervisor.get(`${community.path}/complaints/${row.id}`)).body;
  };
  const codeOn = async (page: Page): Promise<string> =>
    /TS-\d{4}-\d{6}/.exec((await page.locator('.savedfirst').textContent()) ?? '')?.[0] ?? '';

  it('are saved with one key on level, unit and phone, and go all the way to the signature', {
    timeout: 240_000,
  }, async () => {
    const clerk = await browser.page(people.supervisor, at('desk'));
    await clerk.locator('main').waitFor();
    await clerk.keyboard.press('F3');
    await clerk.getByRole('heading', { name: '投诉登记' }).waitFor();
    // CP1: nothing but level, room and number; the keyboard never leaves the form.
    await clerk.getByRole('combobox', { name: /房号/ }).waitFor();
    await clerk.keyboard.press('Alt+4');
    await clerk.getByRole('combobox', { name: /房号/ }).fill('1-1-101');
    await clerk.getByRole('option').first().waitFor();
    await clerk.keyboard.press('Enter');
    await clerk.keyboard.type('13800001234');
    await clerk.keyboard.press('Control+Enter');
    await clerk.getByText('时限已经开始计').waitFor();
    const code = await codeOn(clerk);
    expect(await complaintOf(code)).toMatchObject({
      severity: 'critical',
      unit: '1-1-101',
      contact: { phone: '138****1234' },
      account: null,
    });

    // The general manager sees it before the story is written, on a phone of 390 px, and takes it over.
    const boss = await browser.page(people.general, at('desk'), { viewport: narrow, isMobile: true, hasTouch: true });
    await boss
      .getByText(new RegExp(`${code}.*特别重大`))
      .filter({ visible: true })
      .first()
      .waitFor();
    const { id } = await complaintOf(code);
    await boss.goto(house.address + at(`complaints/${id}`));
    await boss.getByRole('button', { name: /接手/ }).first().click();
    await boss.locator('dialog.move').getByRole('button', { name: /接手/ }).click();
    await boss.locator('dialog.move').waitFor({ state: 'detached' });
    await boss.getByText(/方建业 接手/).waitFor();
    expect(await widerThanWindow(boss)).toBeLessThanOrEqual(0);
    await shoot(boss, 'complaint-390');

    // The story is typed meanwhile into the case that stands, by now of another version; a draft survives a reload.
    await clerk.getByRole('textbox', { name: '事情经过' }).fill(story);
    await clerk.getByLabel('客户诉求').fill('赔偿修车费，物业经理当面道歉');
    await clerk.getByLabel('损失（元）').fill('一万多');
    await clerk.getByText('金额写法不对').waitFor();
    await clerk.getByLabel('损失（元）').fill('126000');
    await clerk.getByLabel('共同投诉人数（含本人）').fill('12');
    // CP2: the rule that fires, in words, at once.
    await clerk.getByText('同一事件满 10 人共同投诉，按特别重大').waitFor();
    await clerk.getByText(/损失达到 10 万元，按特别重大/).waitFor();
    await clerk.waitForTimeout(400);
    await clerk.reload();
    expect(await clerk.getByRole('textbox', { name: '事情经过' }).inputValue()).toBe(story);
    await clerk.getByRole('textbox', { name: '事情经过' }).focus();
    await clerk.keyboard.press('Control+Enter');
    await clerk.getByText(/已补充保存/).waitFor();
    await shoot(clerk, 'complaint-new');
    expect(await complaintOf(code)).toMatchObject({
      account: story,
      place: '1-1-101',
      facts: { lossFen: 12_600_000, peopleCount: 12 },
      rule: 'critical.people',
      firedRules: expect.arrayContaining(['critical.people', 'critical.loss']),
      inCharge: { name: '方建业' },
    });

    // Classified; what is missing before it is sent is said on the button's place, then amended.
    await clerk.getByRole('link', { name: '打开投诉单' }).click();
    await openMove(clerk, 'd');
    await clerk.getByRole('radio', { name: '有效', exact: true }).check();
    await submitMove(clerk);
    await clerk
      .getByText(/送达前|须补全|还须补全/)
      .first()
      .waitFor();
    await openMove(clerk, 'e');
    await clerk.getByLabel('为什么要等（已向客户说明）').fill('要请保险公司到场定损');
    await clerk.getByLabel('什么时候答复（已告诉客户）').fill('2026-11-24T18:00');
    await submitMove(clerk);
    await openMove(clerk, 's');
    await clerk.getByLabel('送到哪个部门').selectOption('engineering');
    await submitMove(clerk);
    await clerk.getByText('已送达待签收').first().waitFor();

    const head = await browser.page(people.engineer, at(`complaints/${id}`));
    await openMove(head, 'a');
    await submitMove(head);
    await openMove(head, 'w');
    await head.getByLabel('做了什么，怎样解决的').fill('更换破裂的消防管三段，保压两小时不漏；受损车辆已定损。');
    await submitEmpty(head, '请选投诉原因');
    await head.getByLabel('投诉原因').selectOption('facilities');
    await submitMove(head);
    await head.getByText('已处理').first().waitFor();

    // CP5: the customer's opinion and signature stand on the form; of a critical one the general manager tells.
    const teller = await browser.page(people.general, at(`complaints/${id}`));
    await openMove(teller, 't');
    await teller.getByRole('radio', { name: '上门' }).check();
    await teller.getByLabel('告诉客户什么').fill('三段消防管已换，赔偿按定损单本周到账，经理当面道歉。');
    await teller.getByLabel('客户意见').fill('处理还算及时，希望以后值班电话有人接。');
    await submitEmpty(teller, '还没有签字');
    await draw(teller);
    await submitMove(teller);
    await teller.getByText('已答复').first().waitFor();
    await shoot(teller, 'complaint-told');
    expect(await complaintOf(code)).toMatchObject({
      state: 'customer-told',
      signed: true,
      opinion: '处理还算及时，希望以后值班电话有人接。',
    });

    // Both forms are one sheet of A4 each, with the signature on the one that is filed.
    await teller.goto(house.address + at(`complaints/${id}/print`));
    await teller.locator('.paper .sign img').waitFor();
    expect(await pagesOf(teller, 'complaint-handling')).toEqual(['210 × 297']);
    await teller.emulateMedia({ media: 'print' });
    expect(await misplaced(teller)).toEqual([]);
    await teller.emulateMedia({ media: null });
    await teller.getByLabel('客户投诉受理单').check();
    expect(await pagesOf(teller, 'complaint-intake')).toEqual(['210 × 297']);
    await teller.emulateMedia({ media: 'print' });
    expect(await misplaced(teller)).toEqual([]);

    // The board says kind and level in words.
    const board = await browser.page(people.supervisor, at('cases?kind=complaint'));
    await board
      .getByRole('row', { name: new RegExp(code) })
      .getByText('特别重大')
      .waitFor();
  });

  it('rise by their facts to the manager, who also decides whether one is lowered', { timeout: 180_000 }, async () => {
    // F2 turns out to be a complaint: what was typed goes along.
    const clerk = await browser.page(people.desk, at('contacts/new'));
    await clerk.getByRole('combobox', { name: /房号/ }).fill('1-1-101');
    await clerk.getByRole('option').first().waitFor();
    await clerk.keyboard.press('Enter');
    await clerk.getByLabel('诉求').fill('楼上装修，震裂了我家吊顶，找了两次没人管');
    await clerk.waitForTimeout(400);
    await clerk.keyboard.press('Alt+t');
    await clerk.getByRole('heading', { name: '投诉登记' }).waitFor();
    const account = clerk.getByRole('textbox', { name: '事情经过' });
    await expect.poll(() => account.inputValue()).toContain('震裂了我家吊顶');
    expect(await clerk.getByRole('combobox', { name: /房号/ }).inputValue()).toBe('1-1-101');
    await clerk.getByLabel('损失（元）').fill('3000');
    await clerk.getByText('损失达到 2000 元，按较大').waitFor();
    await clerk.keyboard.press('Control+Enter');
    await clerk.getByText('时限已经开始计').waitFor();
    await clerk.getByText(/已记入台账/).waitFor();
    const code = await codeOn(clerk);
    const { id, severity } = await complaintOf(code);
    expect(severity).toBe('serious');

    const boss = await browser.page(people.manager, at(`complaints/${id}`));
    await openMove(boss, 'j');
    await submitMove(boss);
    await boss.getByText(/何志远 · .* 接手/).waitFor();

    const supervisor = await browser.page(people.supervisor, at(`complaints/${id}`));
    await supervisor.locator('.casehead').waitFor();
    await supervisor.getByRole('button', { name: '其他操作' }).click();
    await supervisor.getByRole('button', { name: '申请降级' }).click();
    await supervisor.getByRole('radio', { name: '一般' }).check();
    await supervisor.getByLabel('理由').fill('吊顶为业主自行加装，损失由施工单位承担');
    await submitMove(supervisor);
    await supervisor.getByText('申请降级，等待批准').waitFor();
    // Whoever asks does not decide.
    expect(await supervisor.getByRole('button', { name: '批准降级' }).count()).toBe(0);
    await boss.getByRole('button', { name: '批准降级' }).waitFor({ timeout: 15_000 });
    await boss.getByLabel('意见').fill('损失还没有核实，先按较大办');
    await boss.getByRole('button', { name: '不批准' }).click();
    await boss.getByText('申请降级，等待批准').waitFor({ state: 'detached' });
    expect(await complaintOf(code)).toMatchObject({ severity: 'serious', lowering: null });
  });

  it('of somebody who stays anonymous tell nobody who it was, on no paper', { timeout: 120_000 }, async () => {
    const clerk = await browser.page(people.desk, at('complaints/new'));
    await clerk.getByRole('combobox', { name: /房号/ }).fill('1-1-101');
    await clerk.getByRole('option').first().waitFor();
    await clerk.keyboard.press('Enter');
    await clerk.keyboard.type('13900005678');
    await clerk.getByLabel('称呼').fill('欧阳先生');
    await clerk.keyboard.press('Alt+n');
    expect(await clerk.getByLabel('联系电话').count()).toBe(0);
    await clerk.getByLabel('来自').selectOption('complaint-box');
    await clerk.getByRole('textbox', { name: '事情经过' }).fill('保安夜里在岗亭睡觉，说了几次没有改');
    await clerk.getByLabel('客户诉求').fill('希望有人查岗');
    await clerk.getByLabel('投诉哪个部门').selectOption('order');
    await clerk.keyboard.press('Control+Enter');
    await clerk.getByText('时限已经开始计').waitFor();
    const code = await codeOn(clerk);
    const kept = await complaintOf(code);
    expect(kept).toMatchObject({ anonymous: true, unitId: null, unit: null, contact: { name: null, phone: null } });
    // The manager sees who took it; his paper does not say it either.
    const page = await browser.page(people.manager, at(`complaints/${kept.id}/print`));
    for (const form of ['客户投诉受理单', '客户投诉/建议处理表']) {
      await page.getByLabel(form).check();
      expect(await pagesOf(page, `complaint-anonymous-${form.length}`)).toEqual(['210 × 297']);
      const text = (await page.locator('.paper').textContent()) ?? '';
      expect(text).toContain('保安夜里在岗亭睡觉');
      for (const tells of ['林小满', '欧阳', '5678', '101'])
        expect([form, tells, text.includes(tells)]).toEqual([form, tells, false]);
      const boxes = await page.locator('.paper th').allTextContents();
      expect(boxes.filter((box) => /房号|电话/.test(box))).toEqual([]);
      // No minute: every time on it is a full hour, or no time at all.
      expect([...text.matchAll(/ \d{2}:(\d{2})/g)].filter(([, minute]) => minute !== '00')).toEqual([]);
    }
  });
});

/** A dialog that is not complete says so and stays. */
async function submitEmpty(page: Page, said: string): Promise<void> {
  await page.locator('dialog.move').getByRole('button', { name: /Ctrl/ }).click();
  await page.locator('dialog.move').getByText(said).waitFor();
}
