// An order under warranty in a browser (RP7): the desk sees whose it is before it is read back, sends it to the firm that the
// register names, and the contractor works it off in an account of its own that shows nothing of the house.
import { describe, expect, it } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { narrow, useBrowser } from '../browser.ts';
import { useHouse } from '../house.ts';

describe('a contractor’s order', () => {
  // Thursday 26 November 2026, 10:00 in Shanghai.
  const house = useHouse({ web: true, startAt: '2026-11-26T02:00:00.000Z' });
  const browser = useBrowser(house);

  it('goes from the register over the desk to a signature on arrival', { timeout: 180_000 }, async () => {
    const community = await house.community();
    const [building, unitId] = [newId(), newId()];
    await house.asOwner(`
      insert into buildings (community_id, id, name) values ('${community.id}', '${building}', '3');
      insert into units (community_id, id, building_id, entrance, room, label, delivered_on)
      values ('${community.id}', '${unitId}', '${building}', '1', '502', '3-1-502', '2025-11-26')`);
    const desk = await house.person('front_desk', community, '林小满');
    const head = await house.person('engineering_supervisor', community, '刘建国');
    const contractor = await house.person('contractor', community, '秦国强');

    // The register, by hand.
    const register = await browser.page(head, `/c/${community.code}/contractors`);
    await register.getByRole('button', { name: '登记维保单位' }).first().click();
    const firm = register.getByRole('dialog', { name: '登记维保单位' });
    await firm.getByLabel('单位名称').fill('固盾防水工程有限公司');
    await firm.getByLabel('墙面屋面').check();
    await firm.getByLabel('姓名').fill('秦国强');
    await firm.getByLabel('电话', { exact: true }).fill('138abc');
    await firm.getByLabel('登录账号').selectOption(contractor.id);
    await firm.getByRole('button', { name: '保存' }).click();
    await firm.locator('.fault').first().waitFor();
    expect(await firm.getByLabel('单位名称').inputValue()).toBe('固盾防水工程有限公司');
    await firm.getByLabel('电话', { exact: true }).fill('13800001234');
    await firm.getByRole('button', { name: '保存' }).click();
    await register.getByText('138****1234').waitFor();
    await register.getByRole('tab', { name: '保修约定' }).click();
    await register.getByRole('button', { name: '登记保修约定' }).first().click();
    const term = register.getByRole('dialog', { name: '登记保修约定' });
    await term.getByLabel('类别').selectOption('walls-roof');
    await term.getByLabel('部位').fill('屋面防水');
    await term.getByLabel('期限（月）').fill('12');
    await term.getByLabel('维保单位').selectOption({ label: '固盾防水工程有限公司' });
    await term.getByRole('button', { name: '登记' }).click();
    await register.getByRole('cell', { name: '屋面防水' }).waitFor();

    // The case says why, on its last day; the dialog proposes the firm.
    const made = await desk.post(`${community.path}/repairs`, {
      unitId,
      category: 'walls-roof',
      urgency: 'ordinary',
      description: '主卧顶面渗水，墙角发霉',
      channel: 'phone',
      contact: { name: '陈先生', phone: '13800005678' },
      readBack: true,
    });
    const order = await browser.page(desk, `/c/${community.code}/repairs/${made.body.id}`);
    await order.getByText(/2025-11-26 起 1 年，至 2026-11-26（当日仍在期内），固盾防水工程有限公司负责/).waitFor();
    await order.getByRole('button', { name: '派工' }).first().click();
    const dispatch = order.getByRole('dialog');
    await dispatch.getByText('维保期内，按约定由固盾防水工程有限公司负责').waitFor();
    await expect.poll(() => dispatch.getByRole('radio', { name: /秦国强/ }).isChecked()).toBe(true);
    await dispatch.getByRole('button', { name: '派工' }).click();
    await dispatch.waitFor({ state: 'hidden' });

    // The contractor's own face: its orders, nothing of the house's.
    const own = await browser.page(contractor, `/c/${community.code}`);
    await own.getByRole('heading', { name: /我的派工单/ }).waitFor();
    expect(await own.getByRole('link', { name: '工作台' }).count()).toBe(0);
    expect(await own.getByRole('link', { name: '事项' }).count()).toBe(0);
    await own.getByText('主卧顶面渗水').first().click();
    await own.getByText('陈**').first().waitFor();
    await own.getByRole('button', { name: '接单' }).first().click();
    await own.getByRole('dialog').getByRole('button', { name: '接单' }).click();
    await own.getByRole('dialog').waitFor({ state: 'hidden' });

    // On the phone, at the door: the steps, and the firm signs for the order.
    const phone = await browser.page(contractor, '/m/orders', { viewport: narrow, hasTouch: true });
    await phone.getByRole('button', { name: '我出发了' }).click();
    await phone.locator('button.cta[aria-busy="false"]', { hasText: '我到了' }).click();
    const pad = phone.locator('canvas.pad');
    await pad.scrollIntoViewIfNeeded();
    const at = await pad.boundingBox();
    if (!at) throw new Error('no field to sign in');
    await phone.mouse.move(at.x + 20, at.y + 20);
    await phone.mouse.down();
    await phone.mouse.move(at.x + 140, at.y + 60, { steps: 6 });
    await phone.mouse.up();
    await phone.locator('button.cta').click();
    await phone.getByRole('button', { name: '做完了' }).waitFor();
    await expect
      .poll(async () => (await desk.get(`${community.path}/repairs/${made.body.id}`)).body.contractorSigned?.by?.name)
      .toBe('秦国强');
    await order.reload();
    await order
      .getByText(/已签收派工单/)
      .first()
      .waitFor();
  });
});
