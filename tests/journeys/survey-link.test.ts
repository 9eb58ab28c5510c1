// A household answers by its link on a phone: no account, nothing personal on the page, and the second time only thanks.
import { describe, expect, it } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { narrow, useBrowser } from '../browser.ts';
import { useHouse } from '../house.ts';

describe('a survey by its link', () => {
  const house = useHouse({ web: true, startAt: '2026-12-01T02:00:00.000Z' });
  const browser = useBrowser(house);

  it('is answered once, on a phone, without signing in', { timeout: 120_000 }, async () => {
    const community = await house.community();
    const manager = await house.person('manager', community, '程远');
    const [buildingId, unitId, partyId] = [newId(), newId(), newId()];
    await house.asOwner(`
      insert into buildings (community_id, id, name) values ('${community.id}', '${buildingId}', '3栋');
      insert into units (community_id, id, building_id, entrance, room, label)
      values ('${community.id}', '${unitId}', '${buildingId}', '1', '502', '3-1-502');
      insert into parties (community_id, id, kind, name, created_at)
      values ('${community.id}', '${partyId}', 'person', '王秀英', '2026-01-01');
      insert into unit_parties (community_id, id, unit_id, party_id, relation, from_on)
      values ('${community.id}', '${newId()}', '${unitId}', '${partyId}', 'owner', '2020-01-01')`);
    const made = await manager.post(`${community.path}/surveys`, {
      title: '2026 年下半年满意度调查',
      questions: [
        { kind: 'scale', text: '总体来说，您对我们的服务满意吗？', isOverall: true },
        { kind: 'single', text: '您最常用的联系方式', options: ['电话', '前台', '微信'] },
        { kind: 'multiple', text: '希望改进的方面', options: ['保洁', '绿化', '停车'], isRequired: false },
        { kind: 'text', text: '意见和建议', isRequired: false },
      ],
      endsOn: '2026-12-20',
    });
    await manager.post(`${community.path}/surveys/${made.body.id}/open`, { version: 1 });
    const { path } = (await manager.get(`${community.path}/surveys/${made.body.id}/links`)).body.items[0];

    const page = await browser.page(null, path, { viewport: narrow, hasTouch: true, isMobile: true });
    const violations: string[] = [];
    page.on('console', (line) => line.type() === 'error' && violations.push(line.text()));
    await page.getByRole('heading', { name: '2026 年下半年满意度调查' }).waitFor();
    expect(await page.locator('body').innerText()).not.toMatch(/王秀英|502|登录名/);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByText('还有 2 题没有回答，已标出').waitFor();
    await page.getByRole('radio', { name: '5 很满意' }).check();
    await page.getByLabel('微信').check();
    await page.getByLabel('保洁').check();
    await page.getByLabel('停车').check();
    await page.getByLabel('意见和建议').fill('北门的灯太暗');
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByRole('heading', { name: '收到了，谢谢您' }).waitFor();
    // The token travels in the body, never in an address.
    const token = path.split('#')[1];
    expect(asked.filter((url) => url.includes(token))).toEqual([]);

    const again = await browser.page(null, path, { viewport: narrow });
    await again.getByRole('heading', { name: '收到了，谢谢您' }).waitFor();
    expect(await again.getByRole('button', { name: '提交' }).count()).toBe(0);
    const results = (await manager.get(`${community.path}/surveys/${made.body.id}/results`)).body;
    expect(results.buildings).toMatchObject([{ name: '3栋', answered: 1, satisfied: 1, index: 100 }]);
    expect(results.questions[2].counts).toEqual([1, 0, 1]);
    const wrong = await browser.page(null, '/s/', { viewport: narrow });
    await wrong.getByRole('heading', { name: '链接不完整' }).waitFor();
    expect(violations).toEqual([]);
  });
});
