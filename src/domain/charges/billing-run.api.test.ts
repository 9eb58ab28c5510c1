// Billing runs over HTTP (MN2): previewed, approved by another, posted once, in pieces; every charge explains itself.
import { describe, expect, it } from 'vitest';
import { inBooks, postingOf } from '../../../tests/books.ts';
import { type Community, type Person, useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';
import { makeEntry } from '../ledger/entry.rules.ts';
import { postEntry } from '../ledger/ledger.service.ts';
import type { Notification } from '../notifications/notification.contract.ts';
import { workBillingRuns } from './billing-work.service.ts';
import { householdsIn, itemIn, metered, priceOf } from './charging.fixture.ts';

const startAt = '2026-11-26T02:00:00.000Z';

describe('billing runs', () => {
  const house = useHouse({ startAt });

  async function opened(units = 3) {
    const community = await house.community();
    const finance = await house.person('finance', community);
    const manager = await house.person('manager', community);
    const itemId = await itemIn(finance, community);
    const households = await householdsIn(house, community, units);
    return { community, finance, manager, itemId, households };
  }
  /** A slow machine needs more than one turn. */
  const workAll = async () => {
    while ((await workBillingRuns(house.house)) > 0);
  };
  type Opened = Awaited<ReturnType<typeof opened>>;
  const preview = async (who: Person, community: Community, month = '2026-11', more: object = {}) => {
    const made = await who.post(`${community.path}/billing-runs`, { month, ...more });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    return made.body;
  };
  const move = (who: Person, community: Community, id: string, name: string, body: object = {}) =>
    who.post(`${community.path}/billing-runs/${id}/${name}`, body);
  async function postMonth({ community, finance, manager }: Opened, month: string): Promise<any> {
    const { id } = await preview(finance, community, month);
    for (const [who, name] of [
      [finance, 'submit'],
      [manager, 'approve'],
      [finance, 'post'],
    ] as const) {
      const moved = await move(who, community, id, name);
      expect(moved.status, JSON.stringify(moved.body)).toBe(200);
    }
    await workAll();
    return (await finance.get(`${community.path}/billing-runs/${id}`)).body;
  }
  const linesOf = async (who: Person, community: Community, id: string, query = '') =>
    (await who.get(`${community.path}/billing-runs/${id}/lines?${query}`)).body.items;

  it('previews, is approved by another and posted once; run again, nothing is posted twice (MN2)', async () => {
    const all = await opened();
    const { community, finance, manager, households } = all;
    const run = await preview(finance, community);
    expect(run).toMatchObject({ state: 'preview', isComputed: true, units: 3, charges: 3, fen: 3 * 25_060, odd: 0 });
    expect((await move(finance, community, run.id, 'approve')).body.code).toBe('forbidden');
    expect((await move(finance, community, run.id, 'submit')).body.state).toBe('submitted');
    expect((await move(finance, community, run.id, 'post')).body.code).toBe('billing-run.move_not_allowed');
    expect((await move(manager, community, run.id, 'approve')).body.state).toBe('approved');
    expect((await move(finance, community, run.id, 'post')).body.state).toBe('posting');
    await Promise.all([workAll(), workAll()]);
    const posted = (await finance.get(`${community.path}/billing-runs/${run.id}`)).body;
    expect(posted).toMatchObject({ state: 'posted', progress: { done: 3, of: 3 } });
    const count = () =>
      house.asOwner(
        `select count(*)::int as n, sum(amount_fen)::int as fen from charges where community_id = '${community.id}'`,
      );
    expect(await count()).toEqual([{ n: 3, fen: 75_180 }]);

    const again = await preview(finance, community);
    expect(again).toMatchObject({ charges: 0, alreadyPosted: 3 });
    expect((await move(finance, community, again.id, 'submit')).body.code).toBe('billing-run.nothing_to_post');
    const seen = (await manager.get(`${community.path}/units/${households[0]?.id}/charges`)).body;
    expect(seen).toMatchObject({
      openFen: 25_060,
      items: [{ month: '2026-11', dueOn: '2026-11-25', amountFen: 25_060 }],
    });
    expect(seen.items[0].explanation).toEqual([
      '建筑面积 89.5 平方米 × 2.80 元 = 250.6 元',
      '合计 250.60 元（四舍五入到分）',
    ]);
  });

  it('nobody approves their own; what changed since the preview must be previewed again', async () => {
    const { community, finance, manager, itemId, households } = await opened();
    const run = await preview(manager, community);
    expect((await move(manager, community, run.id, 'submit')).status).toBe(403);
    expect((await move(finance, community, run.id, 'submit')).status).toBe(200);
    const term = {
      kind: 'price',
      unitId: households[0]?.id,
      itemId,
      from: '2026-01-01',
      percent: 50,
      reason: '样板房',
    };
    expect((await finance.post(`${community.path}/charge-terms`, term)).status).toBe(201);
    expect((await move(manager, community, run.id, 'approve')).body.code).toBe('billing-run.preview_outdated');
    const gone = await move(finance, community, run.id, 'abandon', { reason: '约定漏登' });
    expect(gone.body).toMatchObject({ state: 'abandoned', reason: '约定漏登' });
  });

  it('tells the manager that a run waits, and who submitted it how that ended (MN2)', async () => {
    const { community, finance, manager } = await opened(1);
    const kinds = async (who: Person) => {
      await house.tick();
      return (await who.get('/notifications')).body.items.map((one: Notification) => [one.kind, one.facts]);
    };
    const first = await preview(finance, community);
    await move(finance, community, first.id, 'submit');
    expect(await kinds(manager)).toEqual([
      ['billing-submitted', expect.objectContaining({ month: '2026-11', units: 1, fen: 25_060, runId: first.id })],
    ]);
    await move(manager, community, first.id, 'approve');
    expect((await kinds(finance)).map(([kind]: [string]) => kind)).toEqual(['billing-approved']);
    const second = await preview(finance, community);
    await move(finance, community, second.id, 'submit');
    await move(manager, community, second.id, 'abandon', { reason: '停车费没有录全' });
    expect((await kinds(finance)).map(([kind]: [string]) => kind)).toContain('billing-abandoned');
    // What somebody gives up by themselves is no news to them.
    const third = await preview(finance, community);
    await move(finance, community, third.id, 'submit');
    await move(finance, community, third.id, 'abandon', { reason: '重来' });
    expect((await kinds(finance)).filter(([kind]: [string]) => kind === 'billing-abandoned')).toHaveLength(1);
  });

  it('says why a charge is more than last month’s, to the fen (MN12)', async () => {
    const all = await opened(1);
    const { community, finance, itemId } = all;
    await postMonth(all, '2026-10');
    const rule = { kind: 'area', areaOf: 'built', priceTenThousandths: 28_500 } as const;
    const raised = await finance.post(`${community.path}/charge-items/${itemId}/versions`, priceOf(rule, '2026-11-16'));
    expect(raised.status, JSON.stringify(raised.body)).toBe(201);
    const run = await preview(finance, community);
    const [line] = await linesOf(finance, community, run.id);
    // 15 days at 2.80, 15 days at 2.85 of 89.50 m²: 252.8375, rounded once.
    expect(line).toMatchObject({ fen: 25_284, lastFen: 25_060, odd: [] });
    expect(line.explanation).toHaveLength(3);
    expect(line.difference).toMatch(/^比上月多 2\.24 元，因为/);
    expect(run).toMatchObject({ lastFen: 25_060, differenceFen: 224 });
  });

  it('shares a month between who sold and who bought, by days, to the fen', async () => {
    const all = await opened(1);
    const { community, finance, households } = all;
    const buyer = newId();
    await house.asOwner(`
      insert into parties (community_id, id, kind, name, created_at) values ('${community.id}', '${buyer}', 'person', '买家', '2026-01-01T00:00:00Z');
      update unit_parties set until_on = '2026-11-10' where community_id = '${community.id}' and unit_id = '${households[0]?.id}';
      insert into unit_parties (community_id, id, unit_id, party_id, relation, from_on)
        values ('${community.id}', '${newId()}', '${households[0]?.id}', '${buyer}', 'owner', '2026-11-11')`);
    const run = await postMonth(all, '2026-11');
    expect(run).toMatchObject({ state: 'posted', charges: 1 });
    const rows = await house.asOwner(
      `select amount_fen::int as fen, payer_id = '${buyer}' as is_buyer from charges where community_id = '${community.id}' order by fen`,
    );
    expect(rows).toEqual([
      { fen: 8_353, is_buyer: false },
      { fen: 16_707, is_buyer: true },
    ]);
    expect((await linesOf(finance, community, run.id))[0].shares.map((one: { name: string }) => one.name)).toEqual([
      '业主1',
      '买家',
    ]);
  });

  it('shows what is odd: no reading, nobody to pay, gone; what was not computed is not submitted', async () => {
    const all = await opened(2);
    const { community, finance, households } = all;
    await postMonth(all, '2026-10');
    const water = await itemIn(finance, community, metered());
    await finance.post(`${community.path}/meters`, {
      itemId: water,
      code: 'S1',
      unitId: households[0]?.id,
      installedOn: '2026-01-01',
    });
    await house.asOwner(`delete from unit_parties where unit_id = '${households[1]?.id}'`);
    const run = await preview(finance, community);
    expect(run).toMatchObject({ notComputed: 1, odd: 2 });
    const odd = await linesOf(finance, community, run.id, 'odd=any');
    expect(odd.map((one: { odd: string[]; fault: string | null }) => [one.odd, one.fault])).toEqual([
      [['not-computed'], '这个月还没有抄表'],
      [['no-payer'], null],
    ]);
    expect((await move(finance, community, run.id, 'submit')).body).toMatchObject({ code: 'billing-run.not_computed' });
    const only = await preview(finance, community, '2026-11', { items: [all.itemId] });
    expect(only).toMatchObject({ notComputed: 0, charges: 2 });
  });

  it('goes on where it was cut off, in the preview and in the posting (MN2)', async () => {
    const all = await opened(1_300);
    const { community, finance, manager } = all;
    const run = await preview(finance, community);
    expect(run).toMatchObject({ isComputed: true, charges: 1_300 });
    await house.asOwner(`update billing_runs set computed_at = null, computed_to = (select unit_id from billing_run_lines where run_id = '${run.id}' order by unit_id limit 1 offset 499),
      computed_units = 500, charges = 500, fen = 500 * 25060 where id = '${run.id}'; delete from billing_run_lines where run_id = '${run.id}'
      and unit_id > (select computed_to from billing_runs where id = '${run.id}')`);
    expect((await move(finance, community, run.id, 'submit')).body.code).toBe('billing-run.still_computing');
    await workAll();
    const whole = (await finance.get(`${community.path}/billing-runs/${run.id}`)).body;
    expect(whole).toMatchObject({ isComputed: true, units: 1_300, charges: 1_300, fen: 1_300 * 25_060 });
    await move(finance, community, run.id, 'submit');
    await move(manager, community, run.id, 'approve');
    await move(finance, community, run.id, 'post');
    // A piece was posted by another run of the program, which died before it said so on the line.
    await workAll();
    await house.asOwner(
      `update billing_runs set state = 'posting', posted_charges = 0, posted_unit = null where id = '${run.id}'`,
    );
    await workAll();
    const rows = await house.asOwner(
      `select count(*)::int as n, sum(amount_fen)::int as fen from charges where community_id = '${community.id}'`,
    );
    expect(rows).toEqual([{ n: 1_300, fen: 1_300 * 25_060 }]);
    expect((await finance.get(`${community.path}/billing-runs/${run.id}`)).body.state).toBe('posted');
  });

  it('settles a new charge from what was paid ahead', async () => {
    const all = await opened(1);
    const { community, finance, households } = all;
    const line = { unitId: null, chargeId: null, itemId: null, depositId: null, cashierId: null };
    await inBooks(house, community, (tx) =>
      postEntry(
        tx,
        postingOf(house, community, finance.id),
        makeEntry('payment', [
          { ...line, account: 'cash', amountFen: 10_000, cashierId: finance.id },
          { ...line, account: 'prepaid', amountFen: -10_000, unitId: households[0]?.id ?? null },
        ]),
      ),
    );
    await postMonth(all, '2026-11');
    const seen = (await finance.get(`${community.path}/units/${households[0]?.id}/charges?open=true`)).body;
    expect(seen).toMatchObject({ openFen: 15_060 });
  });

  it('is read by those who lead, moved by finance and manager, kept apart between communities', async () => {
    const { community, finance } = await opened(1);
    const run = await preview(finance, community);
    const desk = await house.person('front_desk', community);
    const auditor = await house.person('auditor', community);
    expect((await desk.get(`${community.path}/billing-runs`)).status).toBe(403);
    expect((await auditor.get(`${community.path}/billing-runs/${run.id}`)).status).toBe(200);
    expect((await auditor.post(`${community.path}/billing-runs`, { month: '2026-11' })).status).toBe(403);
    const other = await house.community();
    const stranger = await house.person('finance', other);
    expect((await stranger.get(`${other.path}/billing-runs/${run.id}`)).status).toBe(404);
    expect((await stranger.post(`${other.path}/billing-runs`, { month: '2026-13' })).status).toBe(422);
    expect((await stranger.post(`${other.path}/billing-runs`, { month: '2026-11' })).body.errors[0].code).toBe(
      'no_charge_items',
    );
  });
});
