// Who is there, in a browser: the engineers' head enters an absence by keyboard, a wrong stand-in is refused beside its
// field with all that was typed still there, and the desk's dispatch dialog shows who is away and can't choose them.
import { describe, expect, it } from 'vitest';
import { useBrowser } from '../browser.ts';
import { useHouse } from '../house.ts';

describe('the roster', () => {
  // Monday 23 November 2026, 09:00 in Shanghai.
  const house = useHouse({ web: true, startAt: '2026-11-23T01:00:00.000Z' });
  const browser = useBrowser(house);

  it('goes from an absence entered to a dispatch that knows of it', { timeout: 120_000 }, async () => {
    const community = await house.community();
    const [desk, head, tech, other, cook] = [
      await house.person('front_desk', community, '林小满'),
      await house.person('engineering_supervisor', community, '韩立工'),
      await house.person('technician', community, '周海涛'),
      await house.person('technician', community, '古丽娜尔·买买提江'),
      await house.person('cook', community, '孙师傅'),
    ];
    await head.post(`${community.path}/absences`, { staffId: other.id, reason: 'rest', from: '2026-11-23T12:00:00Z' });

    const page = await browser.page(head, `/c/${community.code}/roster`);
    await page
      .getByRole('row', { name: /古丽娜尔·买买提江/ })
      .getByText('20:00–24:00')
      .waitFor();
    await page.keyboard.press('n');
    const dialog = page.getByRole('dialog', { name: '登记请假' });
    // Only the head's own people may be chosen as absent; anybody of the centre may stand in.
    const offered = await dialog.getByLabel('谁请假').locator('option').allInnerTexts();
    expect(offered.some((text) => text.startsWith('孙师傅'))).toBe(false);
    await dialog.getByLabel('谁请假').selectOption(tech.id);
    await dialog.getByLabel('事由').selectOption('sick');
    await dialog.getByLabel('代班人').selectOption(other.id);
    await dialog.getByRole('button', { name: '登记', exact: true }).click();
    await dialog.getByText('代班人这段时间也请假，请另选一人').waitFor();
    expect(await dialog.getByLabel('谁请假').inputValue()).toBe(tech.id);
    expect(await dialog.getByLabel('事由').inputValue()).toBe('sick');
    await dialog.getByLabel('代班人').selectOption(cook.id);
    await dialog.getByRole('button', { name: '登记', exact: true }).click();
    const row = page.getByRole('row', { name: /周海涛/ });
    await row.getByText('代班 孙师傅').waitFor();
    await row.getByText('病假').waitFor();

    const made = await desk.post(`${community.path}/repairs`, {
      place: '地下车库',
      category: 'public-area',
      urgency: 'emergency',
      description: '水管爆裂',
      channel: 'phone',
      readBack: true,
    });
    const order = await browser.page(desk, `/c/${community.code}/repairs/${made.body.id}`);
    await order.getByRole('button', { name: '派工' }).first().click();
    await order.getByText('请假中，代班 孙师傅').waitFor();
    expect(await order.getByRole('radio', { name: /周海涛/ }).isDisabled()).toBe(true);
    expect(await order.getByRole('radio', { name: /古丽娜尔/ }).isDisabled()).toBe(false);

    // Back early: the chip's dialog ends it, and the order may be sent.
    await row.getByRole('button').first().click();
    await page.getByRole('button', { name: '已回岗，到此刻为止' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    const sent = await desk.post(`${community.path}/repairs/${made.body.id}/dispatch`, {
      version: 1,
      technicianId: tech.id,
    });
    expect(sent.status, JSON.stringify(sent.body)).toBe(200);
  });
});
