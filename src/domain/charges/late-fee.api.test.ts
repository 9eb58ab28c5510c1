// Late fees over HTTP (MN1): counted in a billing run for charges that are late, previewed and approved like any other, each a
// charge of its own that explains itself, paid at the counter, waived, paused, undone with its charge; `verify` derives it again.
import { describe, expect, it, vi } from 'vitest';
import { inBooks, owe, pay, postingOf } from '../../../tests/books.ts';
import { type Community, type Person, type TestHouse, useHouse } from '../../../tests/house.ts';
import { waiverEntry } from '../ledger/entry.rules.ts';
import { postEntry, reverseEntry, standingFor } from '../ledger/ledger.service.ts';
import type { Due } from '../payments/payment.contract.ts';
import { workBillingRuns } from './billing-work.service.ts';
import { reverseCharge } from './charge-posting.service.ts';
import { householdsIn, itemIn } from './charging.fixture.ts';
import { slowLateFee } from './slow-charge.fixture.ts';

vi.setConfig({ testTimeout: 60_000 });
/** The standard of both presets: 30 days of grace, 0.05 % a day, at most the charge itself. */
const startAt = '2026-08-01T02:00:00.000Z';
const month = '2026-08';

function tellerOf(house: TestHouse) {
  async function opened(from: string | null = '2026-01-01') {
    const community = await house.community();
    const finance = await house.person('finance', community);
    const manager = await house.person('manager', community);
    const cashier = await house.person('cashier', community);
    const itemId = await itemIn(finance, community);
    const [home] = await householdsIn(house, community, 1);
    const unitId = home?.id ?? '';
    if (from !== null) {
      const set = await finance.post(`${community.path}/charging-settings/amend`, { lateFeesFrom: from });
      expect(set.body).toMatchObject({
        lateFeesFrom: from,
        lateFeeRule: '应缴日后宽限 30 天，之后每天按未付金额的 0.05% 计，最多为应收的 100%',
      });
    }
    const inside = <T>(work: Parameters<typeof inBooks<T>>[2]) => inBooks(house, community, work);
    const posting = () => postingOf(house, community, cashier.id);
    return { community, finance, manager, cashier, itemId, unitId, inside, posting };
  }
  type Opened = Awaited<ReturnType<typeof opened>>;
  const preview = async (who: Person, community: Community, asked: string): Promise<any> => {
    const made = await who.post(`${community.path}/billing-runs`, { month: asked });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    return made.body;
  };
  async function postMonth({ community, finance, manager }: Opened, asked: string): Promise<any> {
    const run = await preview(finance, community, asked);
    for (const [who, name] of [
      [finance, 'submit'],
      [manager, 'approve'],
      [finance, 'post'],
    ] as const)
      expect((await who.post(`${community.path}/billing-runs/${run.id}/${name}`)).status).toBe(200);
    while ((await workBillingRuns(house.house)) > 0);
    return run;
  }
  const at = (instant: string) => house.house.time.moveTo(instant);
  const chargesOf = async ({ finance, community, unitId }: Opened): Promise<any[]> =>
    (await finance.get(`${community.path}/units/${unitId}/charges`)).body.items;
  const feesOf = async (all: Opened) => (await chargesOf(all)).filter((one) => one.item.kind === 'late-fee');
  /** The units were laid down beside the program, so the search doesn't know them. */
  const breaches = async () => (await house.breaches()).filter((one) => !one.startsWith('search'));
  return { house, opened, preview, postMonth, at, chargesOf, feesOf, breaches };
}

/** The clock only goes forward, so each story has a house of its own. */
const story = (name: string, tell: (teller: ReturnType<typeof tellerOf>) => Promise<void>, from = startAt) =>
  describe('late fees', () => {
    const house = useHouse({ startAt: from });
    it(name, () => tell(tellerOf(house)));
  });

story(
  'are charged by the run of a later month, to the end of the month before, each explained (MN1, MN2)',
  async (teller) => {
    const { house, opened, preview, postMonth, at, feesOf, breaches } = teller;
    const all = await opened();
    await postMonth(all, month);
    at('2026-11-26T02:00:00.000Z');
    const { community, finance } = all;
    const run = await preview(finance, community, '2026-11');
    // Due 25 August, 30 days of grace: from 25 September to 31 October are 37 days of 250.60 × 0.05 %.
    const fen = Math.round(25_060 * 0.0005 * 37);
    expect(run.fen).toBe(25_060 + fen);
    const lateItem = run.totals.find((one: { name: string }) => one.name === '滞纳金');
    expect(lateItem).toMatchObject({ units: 1, fen });
    const lines = (await finance.get(`${community.path}/billing-runs/${run.id}/lines?itemId=${lateItem.itemId}`)).body
      .items;
    expect(lines[0]).toMatchObject({ fen, odd: [], shares: [{ name: '业主1', amountFen: fen }] });
    await finance.post(`${community.path}/billing-runs/${run.id}/abandon`, { reason: '重来' });

    await postMonth(all, '2026-11');
    const [fee] = await feesOf(all);
    expect(fee).toMatchObject({
      amountFen: fen,
      openFen: fen,
      month: '2026-11',
      lateFeeOf: { what: '2026-08 物业管理费' },
    });
    expect(fee.explanation).toEqual([
      '2026-08 物业管理费 250.60 元，2026年8月25日应缴，宽限 30 天',
      '2026年9月25日至2026年10月31日：未付 250.60 元 × 37 天 × 每天 0.05%',
      '共 4.64 元（四舍五入到分），本次 4.64 元',
    ]);
    const [line] = await house.asOwner(
      `select l.account, i.kind from charges c join ledger_lines l on l.entry_id = c.entry_id and l.account = 'income'
     join charge_items i on i.id = l.item_id where c.id = '${fee.id}'`,
    );
    expect(line).toEqual({ account: 'income', kind: 'late-fee' });
    // The same month again counts no day twice.
    expect((await preview(finance, community, '2026-11')).fen).toBe(0);
    expect(await breaches()).toEqual([]);
  },
);

story('count each day once from run to run, what is owed at its end, and stop where all is paid', async (teller) => {
  const { opened, postMonth, at, feesOf, breaches } = teller;
  const all = await opened();
  await postMonth(all, month);
  const { unitId, inside, posting } = all;
  at('2026-10-10T02:00:00.000Z');
  await postMonth(all, '2026-10');
  at('2026-10-16T02:00:00.000Z');
  await inside((tx) => pay(tx, posting(), { unitId, fen: 10_060 }));
  at('2026-11-26T02:00:00.000Z');
  await postMonth(all, '2026-11');
  const exact = 25_060 * 0.0005 * (6 + 15) + 15_000 * 0.0005 * 16;
  const fees = await feesOf(all);
  expect(fees.reduce((sum, one) => sum + one.amountFen, 0)).toBe(Math.round(exact));
  expect(fees.find((one) => one.month === '2026-10').amountFen).toBe(Math.round(25_060 * 0.0005 * 6));
  expect(await breaches()).toEqual([]);
});

story('are paid at the counter in their turn, the oldest due first, and can be waived', async (teller) => {
  const { house, opened, preview, postMonth, at, feesOf, breaches } = teller;
  const all = await opened();
  await postMonth(all, month);
  at('2026-11-26T02:00:00.000Z');
  await postMonth(all, '2026-11');
  const { community, cashier, unitId, inside, posting } = all;
  const due = (await cashier.get(`${community.path}/units/${unitId}/due`)).body;
  expect(due.charges.map((one: Due['charges'][number]) => [one.kind, one.dueOn, one.lateFeeOf])).toEqual([
    ['management', '2026-08-25', null],
    ['management', '2026-11-25', null],
    ['late-fee', '2026-11-28', '2026-08 物业管理费'],
  ]);
  await inside((tx) => pay(tx, posting(), { unitId, fen: 2 * 25_060 + 64 }));
  const [fee] = await feesOf(all);
  expect(fee.openFen).toBe(400);
  const [itemRow] = await house.asOwner(`select item_id from charges where id = '${fee.id}'`);
  await inside(async (tx) => {
    const standing = await standingFor(tx, community.id, { chargeIds: [fee.id] });
    const ref = { unitId, chargeId: fee.id, itemId: itemRow?.item_id as string };
    await postEntry(tx, posting(), waiverEntry(ref, 400, standing));
  });
  expect((await feesOf(all))[0].openFen).toBe(0);
  // Forgiven stays forgiven: the next run counts on from there.
  at('2026-12-26T02:00:00.000Z');
  expect((await preview(all.finance, community, '2026-12')).fen).toBe(25_060 + Math.round(25_060 * 0.0005 * 62) - 464);
  expect(await breaches()).toEqual([]);
});

story('are paused while something is looked into, for a household or one item of it', async (teller) => {
  const { opened, preview, postMonth, at, feesOf } = teller;
  const all = await opened();
  await postMonth(all, month);
  const { community, finance, unitId, itemId } = all;
  const pause = { kind: 'late-fee-pause', unitId, itemId, from: '2026-10-01', until: '2026-10-21' };
  expect((await finance.post(`${community.path}/charge-terms`, pause)).body.errors[0]).toMatchObject({
    path: 'reason',
  });
  const kept = await finance.post(`${community.path}/charge-terms`, { ...pause, reason: '对面积有争议，正在复核' });
  expect(kept.status, JSON.stringify(kept.body)).toBe(201);
  at('2026-11-26T02:00:00.000Z');
  await postMonth(all, '2026-11');
  const [fee] = await feesOf(all);
  expect(fee.amountFen).toBe(Math.round(25_060 * 0.0005 * (37 - 21)));
  expect(fee.explanation).toContain('2026年10月1日至2026年10月21日暂停计收');
  // What stands is not taken back by a pause entered afterwards; nothing more is charged until the days make up for it.
  await finance.post(`${community.path}/charge-terms`, {
    ...{ kind: 'late-fee-pause', unitId, itemId: null, from: '2026-09-25', until: '2026-12-31', reason: '法院调解' },
  });
  at('2026-12-26T02:00:00.000Z');
  expect((await preview(finance, community, '2026-12')).fen).toBe(25_060);
});

story('go with their charge when it is undone; once paid, that is refused', async (teller) => {
  const { house, opened, preview, postMonth, at, chargesOf, feesOf, breaches } = teller;
  const all = await opened();
  await postMonth(all, month);
  at('2026-11-26T02:00:00.000Z');
  await postMonth(all, '2026-11');
  const { inside, posting, unitId } = all;
  const charge = (await chargesOf(all)).find((one) => one.month === month);
  const [fee] = await feesOf(all);
  await inside((tx) => pay(tx, posting(), { unitId, fen: 60_000 }));
  await expect(inside((tx) => reverseCharge(tx, posting(), charge.id))).rejects.toMatchObject({
    code: 'ledger.since_used',
  });
  const [payment] = await house.asOwner(
    `select id from ledger_entries where community_id = '${all.community.id}' and kind = 'payment'`,
  );
  await inside((tx) => reverseEntry(tx, posting(), payment?.id as string));
  await inside((tx) => reverseCharge(tx, posting(), charge.id));
  const after = await chargesOf(all);
  expect(after.find((one) => one.id === fee.id)).toMatchObject({ isReversed: true, openFen: 0 });
  at('2026-12-26T02:00:00.000Z');
  expect((await preview(all.finance, all.community, '2026-12')).fen).toBe(25_060);
  expect(await breaches()).toEqual([]);
});

story('what was undone or counted between preview and posting is not posted', async (teller) => {
  const { house, opened, preview, postMonth, at, chargesOf, feesOf, breaches } = teller;
  const all = await opened();
  await postMonth(all, month);
  at('2026-11-26T02:00:00.000Z');
  const { community, finance, manager, inside, posting } = all;
  const [first, second] = [await preview(finance, community, '2026-11'), await preview(finance, community, '2026-11')];
  for (const run of [first, second]) {
    await finance.post(`${community.path}/billing-runs/${run.id}/submit`);
    await manager.post(`${community.path}/billing-runs/${run.id}/approve`);
  }
  await finance.post(`${community.path}/billing-runs/${first.id}/post`);
  await finance.post(`${community.path}/billing-runs/${second.id}/post`);
  while ((await workBillingRuns(house.house)) > 0);
  expect(await feesOf(all)).toHaveLength(1);
  const charge = (await chargesOf(all)).find((one) => one.month === month);
  at('2026-12-26T02:00:00.000Z');
  const third = await preview(finance, community, '2026-12');
  await finance.post(`${community.path}/billing-runs/${third.id}/submit`);
  await manager.post(`${community.path}/billing-runs/${third.id}/approve`);
  await inside((tx) => reverseCharge(tx, posting(), charge.id));
  await finance.post(`${community.path}/billing-runs/${third.id}/post`);
  while ((await workBillingRuns(house.house)) > 0);
  expect((await feesOf(all)).filter((one) => one.amountFen > 0 && !one.isReversed)).toEqual([]);
  expect(await breaches()).toEqual([]);
});

story(
  'are none before they are switched on, none for what was owed before, none of deposits or of themselves',
  async (teller) => {
    const { house, opened, preview, postMonth, at } = teller;
    const off = await opened(null);
    await postMonth(off, month);
    at('2026-11-26T02:00:00.000Z');
    expect((await preview(off.finance, off.community, '2026-11')).fen).toBe(25_060);
    await off.finance.post(`${off.community.path}/charging-settings/amend`, { lateFeesFrom: '2026-11-01' });
    expect((await preview(off.finance, off.community, '2026-11')).fen).toBe(25_060);
    const desk = await house.person('front_desk', off.community);
    expect((await desk.post(`${off.community.path}/charging-settings/amend`, { lateFeesFrom: null })).status).toBe(403);
  },
);

story(
  'are what a slow program counts day by day from the bare rows, whoever paid and undid what when',
  async (teller) => {
    const { house, opened, postMonth, at, breaches } = teller;
    const all = await opened();
    const { community, unitId, inside, posting } = all;
    let seed = 7;
    const roll = (below: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    await all.finance.post(`${community.path}/charge-terms`, {
      ...{ kind: 'late-fee-pause', unitId, itemId: null, from: '2026-06-03', until: '2026-06-20', reason: '复核' },
    });
    for (let number = 1; number <= 11; number++) {
      const mm = String(number).padStart(2, '0');
      at(`2026-${mm}-02T02:00:00.000Z`);
      await postMonth(all, `2026-${mm}`);
      at(`2026-${mm}-${String(10 + roll(15)).padStart(2, '0')}T02:00:00.000Z`);
      if (roll(2)) await inside((tx) => pay(tx, posting(), { unitId, fen: 1 + roll(60_000) }));
      if (roll(3) === 0) await inside((tx) => owe(tx, posting(), { unitId, amountFen: 1 + roll(99_999), month: null }));
    }
    const rows = await house.asOwner(
      `select c.id, c.amount_fen::int as "amountFen", greatest(c.due_on, e.posted_on)::text as "owedFrom", c.of_charge_id as "ofChargeId"
     from charges c join ledger_entries e on e.id = c.entry_id where c.community_id = '${community.id}'`,
    );
    const lines = await house.asOwner(
      `select l.charge_id as id, e.posted_on::text as day, l.amount_fen::int as fen from ledger_lines l join ledger_entries e on e.id = l.entry_id
     where l.community_id = '${community.id}' and l.account = 'receivable'`,
    );
    let compared = 0;
    for (const charge of rows.filter((one) => one.ofChargeId === null)) {
      const posted = rows.filter((one) => one.ofChargeId === charge.id).reduce((sum, one) => sum + one.amountFen, 0);
      const slow = slowLateFee(
        {
          amountFen: charge.amountFen,
          owedFrom: charge.owedFrom,
          lines: lines.filter((one) => one.id === charge.id) as never,
        },
        [{ from: '2026-06-03', until: '2026-06-20' }],
        '2026-10-31',
      );
      expect(posted, `${charge.id} of ${charge.amountFen}`).toBe(slow);
      if (slow > 0) compared++;
    }
    expect(compared).toBeGreaterThan(4);
    expect(await breaches()).toEqual([]);
  },
  '2026-01-01T02:00:00.000Z',
);
