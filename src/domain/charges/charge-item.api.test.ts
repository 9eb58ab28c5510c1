// Charge items over HTTP (MN1): kept with their prices as versions from a day on, and what is agreed for single units.
import { describe, expect, it } from 'vitest';
import { useHouse } from '../../../tests/house.ts';
import type { PriceRule } from './charge.contract.ts';
import { householdsIn, itemIn, management, priceOf } from './charging.fixture.ts';

const startAt = '2026-11-26T02:00:00.000Z';
const faultsOf = (answer: { body: { errors?: { path: string; code: string }[] } }) =>
  (answer.body.errors ?? []).map(({ path, code }) => `${path} ${code}`);

describe('charge items', () => {
  const house = useHouse({ startAt });

  async function opened() {
    const community = await house.community();
    const finance = await house.person('finance', community);
    const desk = await house.person('front_desk', community);
    return { community, finance, desk };
  }

  it('keeps an item with its first price, shown to the desk, entered by finance only (MN1)', async () => {
    const { community, finance, desk } = await opened();
    expect((await desk.post(`${community.path}/charge-items`, management())).status).toBe(403);
    await itemIn(finance, community);
    const [seen] = (await desk.get(`${community.path}/charge-items`)).body.items;
    expect(seen).toMatchObject({ code: 'WY', dueDay: 25, versions: [{ from: '2026-01-01', isInForce: true }] });
    expect(faultsOf(await finance.post(`${community.path}/charge-items`, management()))).toEqual(['code code_taken']);
  });

  it('changes a price by a new version from a day on; what has begun is not taken back', async () => {
    const { community, finance } = await opened();
    const id = await itemIn(finance, community);
    const path = `${community.path}/charge-items/${id}/versions`;
    const rule = { kind: 'area', areaOf: 'built', priceTenThousandths: 30_000 } as const;
    const raised = await finance.post(path, priceOf(rule, '2027-01-01', { note: '业主大会 2026-10 通过' }));
    expect(raised.status, JSON.stringify(raised.body)).toBe(201);
    expect(
      raised.body.versions.map((one: { from: string; isInForce: boolean; isRemovable: boolean }) => [
        one.from,
        one.isInForce,
        one.isRemovable,
      ]),
    ).toEqual([
      ['2027-01-01', false, true],
      ['2026-01-01', true, false],
    ]);
    expect(faultsOf(await finance.post(path, priceOf(rule, '2027-01-01')))).toEqual(['from versions_same_day']);
    const [next, now] = raised.body.versions;
    expect((await finance.post(`${path}/${now.id}/remove`, {})).body.code).toBe('charge-item.version_in_use');
    expect((await finance.post(`${path}/${next.id}/remove`, {})).body.versions).toHaveLength(1);
  });

  it('refuses a formula at the character where it stops, in Chinese, and tiers that do not rise', async () => {
    const { community, finance } = await opened();
    const formula = {
      kind: 'formula',
      text: '建筑面积×单价+电梯',
      gives: 'amount',
      priceTenThousandths: 10_000,
      surchargeFen: 0,
    } as const;
    const wrong = await finance.post(`${community.path}/charge-items`, management({ first: priceOf(formula) }));
    expect(wrong.status).toBe(422);
    expect(wrong.body.errors[0]).toMatchObject({ path: 'first.rule.text', code: 'formula_unknown_name' });
    expect(wrong.body.errors[0].message).toContain('第 9 个字');
    const tiers: PriceRule = {
      kind: 'metered',
      tiersOf: 'month',
      publicShare: null,
      tiers: [
        { upToThousandths: 5000, priceTenThousandths: 1 },
        { upToThousandths: 4000, priceTenThousandths: 2 },
      ],
    };
    const steps = await finance.post(`${community.path}/charge-items`, management({ first: priceOf(tiers) }));
    expect(faultsOf(steps)).toEqual(['first.rule.tiers.1.upToThousandths tier_without_end_missing']);
  });

  it('keeps what is agreed for a unit, dated and with its reason, one of a kind at a time', async () => {
    const { community, finance, desk } = await opened();
    const itemId = await itemIn(finance, community);
    const [unit] = await householdsIn(house, community, 1);
    const path = `${community.path}/charge-terms`;
    const half = {
      kind: 'price',
      unitId: unit?.id,
      itemId,
      from: '2026-03-01',
      until: '2026-12-31',
      percent: 50,
      reason: '样板房合同',
    };
    expect((await desk.post(path, half)).status).toBe(403);
    expect(faultsOf(await finance.post(path, { ...half, reason: '' }))).toEqual(['reason required']);
    const made = await finance.post(path, half);
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    expect(faultsOf(await finance.post(path, { ...half, from: '2026-12-01', until: null }))).toEqual([
      'from periods_overlap',
    ]);
    expect((await finance.post(`${path}/${made.body.id}/end`, { until: '2026-11-30' })).status).toBe(422);
    const ended = await finance.post(`${path}/${made.body.id}/end`, { until: '2026-11-30', version: 1 });
    expect(ended.body).toMatchObject({ until: '2026-11-30', version: 2, unit: { label: '3-1-101' } });
    expect((await finance.post(path, { ...half, from: '2026-12-01', until: null })).status).toBe(201);
    expect((await finance.post(`${path}/${made.body.id}/remove`, { version: 2 })).status).toBe(200);
    expect((await desk.get(`${path}?unitId=${unit?.id}`)).body.items).toHaveLength(1);
  });

  it('keeps items apart between communities', async () => {
    const [one, other] = [await opened(), await opened()];
    const itemId = await itemIn(one.finance, one.community);
    const [unit] = await householdsIn(house, other.community, 1);
    const term = { kind: 'applies', unitId: unit?.id, itemId, from: '2026-01-01' };
    expect(faultsOf(await other.finance.post(`${other.community.path}/charge-terms`, term))).toEqual([
      'itemId unknown_item',
    ]);
    expect((await other.finance.get(`${one.community.path}/charge-items`)).status).toBe(404);
  });
});
