// The daily close over HTTP (MN8): counted, handed over, sealed; nothing comes into a closed day; two at once make one;
// custody and surprise counts; `verify` on days that were changed; a day with ten thousand receipts.
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { inBooks, owe, pay, postingOf, unitsIn } from '../../../tests/books.ts';
import { type Community, faultsOf, type Person, useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';
import type { Breach } from '../../platform/checks.ts';
import { reverseEntry } from '../ledger/ledger.service.ts';
import { sumAccounts, sumDrawer } from '../ledger/ledger.store.ts';
import type { Count } from './daily-close.contract.ts';
import { closedDaysHold } from './daily-close-check.service.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const house = useHouse({ startAt: '2026-11-23T02:00:00.000Z' });
const now = () => house.house.time.now();
const signature = 'data:image/png;base64,iVBORw0KGgoAAAA=';
const slip = { kind: 'deposit-slip', number: 'CK-881' };

async function opened(preset: 'standard' | 'luxury' = 'luxury') {
  const community = await house.community(preset);
  const [cashier, other, finance, manager] = await Promise.all([
    house.person('cashier', community, '赵敏'),
    house.person('cashier', community, '孙倩'),
    house.person('finance', community, '钱会计'),
    house.person('manager', community, '高经理'),
  ]);
  const [unit = ''] = await unitsIn(house, community, 1);
  const book = await finance.post(`${community.path}/receipt-books`, {
    ...{ series: 'A', from: 1, to: 100, holderId: cashier.id },
  });
  expect(book.status, JSON.stringify(book.body)).toBe(201);
  const closes = `${community.path}/daily-closes`;
  const take = (person: Person, amountFen: number, expectedBalanceFen = 0) =>
    person.post(`${community.path}/payments`, { unitId: unit, method: 'cash', amountFen, expectedBalanceFen });
  const takings = async (method: 'cash' | 'card', fen: number, person = cashier) =>
    inBooks(house, community, (tx) => pay(tx, postingOf(house, community, person.id), { unitId: unit, fen, method }));
  const sheet = async (person = cashier, query = '') => (await person.get(`${closes}/sheet${query}`)).body;
  const count = async (person: Person, body: Record<string, unknown>) => {
    const { blankReceipts } = await sheet(person);
    const blanks = blankReceipts.map(({ bookId, next, to }: Count['blankReceipts'][number]) => ({ bookId, next, to }));
    return person.post(closes, {
      ...{ cash: [], slips: [], differences: [], blankReceipts: blanks, signature },
      ...body,
    });
  };
  return { community, cashier, other, finance, manager, unit, closes, take, takings, sheet, count };
}
type Opened = Awaited<ReturnType<typeof opened>>;
const today = () => now().slice(0, 10);
const breaches = async (community: Community): Promise<string[]> => {
  const found: Breach[] = [];
  await house.house.database.everywhere(async (tx) => {
    for await (const breach of closedDaysHold(tx, house.house)) found.push(breach);
  });
  return found.filter((one) => one.communityId === community.id).map((one) => one.what);
};
const done = async ({ finance, manager, closes, count, cashier }: Opened, body: Record<string, unknown>) => {
  const counted = await count(cashier, body);
  expect(counted.status, JSON.stringify(counted.body)).toBe(201);
  const handed = await finance.post(`${closes}/${counted.body.id}/hand-over`, { slip, signature });
  expect(handed.status, JSON.stringify(handed.body)).toBe(200);
  const sealed = await manager.post(`${closes}/${counted.body.id}/seal`, {});
  expect(sealed.status, JSON.stringify(sealed.body)).toBe(200);
  return sealed.body;
};

describe('a day from its first taking to its seal', () => {
  it('counts by denomination and slips against the books, names and posts the difference, and hands over', async () => {
    const place = await opened();
    const { community, cashier, finance, takings, take, sheet, count, closes } = place;
    await takings('card', 30_000);
    const undone = await takings('card', 500);
    await inBooks(house, community, (tx) => reverseEntry(tx, postingOf(house, community, cashier.id), undone));
    // 300 yuan are paid ahead by now.
    const real = await take(cashier, 12_340, -30_000);
    expect(real.status, JSON.stringify(real.body)).toBe(201);
    const before = await sheet();
    expect(before).toMatchObject({
      day: today(),
      books: [
        { method: 'cash', fen: 12_340 },
        { method: 'card', fen: 30_000 },
      ],
      takenFen: 42_840,
      givenFen: 500,
      takings: 3,
      receiptsFen: 12_340,
      receipts: [{ series: 'A', from: 1, to: 1, voided: [] }],
      blankReceipts: [{ series: 'A', next: 2, to: 100 }],
      faces: [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10],
      close: null,
      earlierOpen: null,
      mayCount: true,
    });
    const cash = [
      { faceFen: 10_000, pieces: 1 },
      { faceFen: 1_000, pieces: 2 },
      { faceFen: 100, pieces: 3 },
    ];
    const slips = [{ method: 'card', amountFen: 30_000, pieces: 1 }];
    // 123.40 in the books, 123.00 in the drawer: 40 fen short.
    const silent = await count(cashier, { day: today(), cash, slips });
    expect([silent.status, faultsOf(silent)]).toEqual([422, ['differences.cash difference_reason']]);
    expect(silent.body.errors[0].message).toContain('短款 0.40 元');
    const differences = [{ method: 'cash', reason: '找零时少收四角' }];
    const wrong = await count(cashier, { day: today(), cash: [{ faceFen: 300, pieces: 1 }], slips, differences });
    expect(faultsOf(wrong)).toEqual(['cash.0.faceFen unknown_face']);
    const blanks = await count(cashier, { day: today(), cash, slips, differences, blankReceipts: [] });
    expect(faultsOf(blanks)).toEqual(['blankReceipts blank_receipts_differ']);
    const counted = await count(cashier, { day: today(), cash, slips, differences });
    expect(counted.status, JSON.stringify(counted.body)).toBe(201);
    expect(counted.body).toMatchObject({
      code: `RJ-${today().replaceAll('-', '')}-0001`,
      state: 'counted',
      bookFen: 42_340,
      countedFen: 42_300,
      differenceFen: -40,
      version: 1,
      cashierSignature: signature,
    });
    // Counted: nothing comes into the day, neither by the counter nor past it.
    const late = await take(cashier, 100);
    expect([late.status, late.body.code]).toEqual([409, 'payment.day_closed']);
    await expect(takings('cash', 100)).rejects.toMatchObject({ code: 'ledger.day_closed' });
    // Counted again only with its version.
    const again = await count(cashier, { day: today(), cash, slips, differences });
    expect([again.status, again.body.code]).toEqual([409, 'daily-close.counted_already']);
    const stale = await count(cashier, { day: today(), cash, slips, differences, version: 7 });
    expect(stale.status).toBe(412);
    const anew = await count(cashier, { day: today(), cash, slips, differences, version: 1 });
    expect([anew.status, anew.body.id, anew.body.version]).toEqual([201, counted.body.id, 2]);

    const one = `${closes}/${counted.body.id}`;
    const own = await cashier.post(`${one}/hand-over`, { slip, signature });
    expect(own.status).toBe(403);
    const early = await finance.post(`${one}/seal`, {});
    expect([early.status, early.body.code]).toEqual([409, 'daily-close.move_not_allowed']);
    const unslipped = await finance.post(`${one}/hand-over`, {
      slip: { kind: 'deposit-slip', number: ' ' },
      signature,
    });
    expect(faultsOf(unslipped)?.[0]).toMatch(/^slip\.number /);
    const handed = await finance.post(`${one}/hand-over`, { slip, signature });
    expect(handed.body).toMatchObject({ state: 'handed-over', slip, receivedBy: { name: '钱会计' } });
    await inBooks(house, community, async (tx) => {
      const sums = await sumAccounts(tx, community.id, today());
      expect([sums.get('cash'), sums.get('card')]).toEqual([0, 0]);
      expect([sums.get('handed-over'), sums.get('cash-short')]).toEqual([42_300, 40]);
      expect(await sumDrawer(tx, community.id, cashier.id, today())).toEqual({});
    });
    const sealed = await finance.post(`${one}/seal`, {});
    expect(sealed.body).toMatchObject({ state: 'sealed', sealNo: 1, seal: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect((await finance.post(`${one}/seal`, {})).status).toBe(409);
    // Not even somebody with more rights than the program posts into it.
    await expect(
      house.asOwner(`insert into ledger_entries (community_id, id, kind, posted_at, posted_on, cashier_id, close_on, posted_by, line_count, debit_fen)
        values ('${community.id}', gen_random_uuid(), 'payment', '${now()}', '${today()}', '${cashier.id}', '${today()}', '${cashier.id}', 2, 1)`),
    ).rejects.toMatchObject({ code: '23514' });
    await expect(
      house.asOwner(`update daily_closes set slip_number = 'X' where community_id = '${community.id}'`),
    ).rejects.toMatchObject({ code: '42501' });
    expect(await breaches(community)).toEqual([]);
  });

  it('makes one close of two at once', async () => {
    const { cashier, takings, sheet, closes } = await opened();
    await takings('cash', 10_000);
    const { blankReceipts } = await sheet();
    const body = {
      ...{ day: today(), cash: [{ faceFen: 10_000, pieces: 1 }], slips: [], differences: [], signature },
      blankReceipts: blankReceipts.map(({ bookId, next, to }: Count['blankReceipts'][number]) => ({
        bookId,
        next,
        to,
      })),
    };
    const answers = await Promise.all([1, 2, 3].map(() => cashier.post(closes, body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect((await cashier.get(closes)).body.items).toHaveLength(1);
  });

  it('a taking and a count at the same moment: it is counted, or it is refused', async () => {
    const { community, cashier, takings, sheet, closes } = await opened();
    await takings('card', 10_000);
    const { blankReceipts } = await sheet();
    const body = (fen: number) => ({
      ...{ day: today(), cash: [], slips: [{ method: 'card', amountFen: fen, pieces: 1 }], differences: [], signature },
      blankReceipts: blankReceipts.map(({ bookId, next, to }: Count['blankReceipts'][number]) => ({
        bookId,
        next,
        to,
      })),
    });
    const [taken] = await Promise.all([
      takings('card', 10_000).then(
        () => true,
        () => false,
      ),
      cashier.post(closes, body(10_000)),
    ]);
    const counted = await cashier.post(closes, body(20_000));
    const held = await inBooks(house, community, (tx) => sumDrawer(tx, community.id, cashier.id, today()));
    const [close] = (await cashier.get(closes)).body.items;
    expect(held.card).toBe(taken ? 20_000 : 10_000);
    expect(close.bookFen, JSON.stringify(counted.body)).toBe(held.card);
  });
});

describe('the days in their order', () => {
  it('begins with the earliest, puts takings after the cut-off into the next one, and chains the seals', async () => {
    await house.house.time.moveTo('2026-11-24T08:00:00.000Z');
    const place = await opened('standard');
    const { community, cashier, closes, sheet, takings, count } = place;
    await takings('cash', 10_000);
    // 17:00:01 by the wall.
    await house.house.time.moveTo('2026-11-24T09:00:01.000Z');
    await takings('cash', 5_000);
    const first = await sheet();
    expect(first).toMatchObject({ day: '2026-11-24', cutoff: '17:00', books: [{ method: 'cash', fen: 10_000 }] });
    expect(await sheet(cashier, '?day=2026-11-25')).toMatchObject({
      ...{ earlierOpen: '2026-11-24', mayCount: false },
      books: [{ method: 'cash', fen: 5_000 }],
    });
    const ahead = await count(cashier, { day: '2026-11-25' });
    expect(faultsOf(ahead)).toEqual(['day day_ahead']);
    await house.house.time.moveTo('2026-11-25T02:00:00.000Z');
    const early = await count(cashier, { day: '2026-11-25', cash: [{ faceFen: 5_000, pieces: 1 }] });
    expect([early.status, early.body.code]).toEqual([409, 'daily-close.earlier_open']);
    const list = (await cashier.get(closes)).body;
    expect(list.open.map((one: { day: string; bookFen: number }) => [one.day, one.bookFen])).toEqual([
      ['2026-11-24', 10_000],
      ['2026-11-25', 5_000],
    ]);
    const one = await done(place, { day: '2026-11-24', cash: [{ faceFen: 10_000, pieces: 1 }] });
    const two = await done(place, { day: '2026-11-25', cash: [{ faceFen: 5_000, pieces: 1 }] });
    expect([one.sealNo, two.sealNo]).toEqual([1, 2]);
    expect(await breaches(community)).toEqual([]);

    const tamper = (sql: string) =>
      house.asOwner(`alter table daily_closes disable trigger user; alter table ledger_lines disable trigger user;
        alter table ledger_entries disable trigger user; ${sql};
        alter table daily_closes enable trigger user; alter table ledger_lines enable trigger user;
        alter table ledger_entries enable trigger user`);
    const here = `community_id = '${community.id}'`;
    const planted: [string, string, string][] = [
      [
        'seal_broken',
        `update daily_closes set sealed = jsonb_set(sealed, '{slip}', '"x"') where ${here} and seal_no = 1`,
        `update daily_closes set sealed = jsonb_set(sealed, '{slip}', '"deposit-slip CK-881"') where ${here} and seal_no = 1`,
      ],
      [
        'close_differs',
        `update daily_closes set lines = jsonb_set(lines, '{0,countedFen}', '1') where ${here} and seal_no = 2`,
        `update daily_closes set lines = jsonb_set(lines, '{0,countedFen}', '5000') where ${here} and seal_no = 2`,
      ],
      [
        'closed_day_changed',
        `update ledger_entries set close_on = '2026-11-24' where ${here} and close_on = '2026-11-25' and kind = 'payment'`,
        `update ledger_entries set close_on = '2026-11-25' where ${here} and kind = 'payment' and posted_at = '2026-11-24T09:00:01Z'`,
      ],
      ['seal_gap', `update daily_closes set seal_no = 3 where ${here} and seal_no = 2`, ''],
    ];
    for (const [what, breaking, mending] of planted) {
      await tamper(breaking);
      expect(await breaches(community), what).toContain(what);
      if (mending !== '') await tamper(mending);
    }
  });
});

describe('custody', () => {
  it('lists what is in whose hands and keeps surprise counts with their difference', async () => {
    const { community, cashier, finance, manager, takings, sheet } = await opened();
    await takings('cash', 12_000);
    const custody = (await finance.get(`${community.path}/custody`)).body.items;
    expect(custody).toMatchObject([
      {
        cashier: { name: '赵敏' },
        drawer: [{ method: 'cash', fen: 12_000 }],
        since: today(),
        blankReceipts: [{ series: 'A', next: 1, to: 100 }],
        lastSurprise: null,
      },
    ]);
    const { blankReceipts } = await sheet();
    const body = {
      ...{ cashierId: cashier.id, slips: [], note: '当面清点', signature },
      cash: [{ faceFen: 10_000, pieces: 1 }],
      blankReceipts: blankReceipts.map(({ bookId, next, to }: Count['blankReceipts'][number]) => ({
        bookId,
        next,
        to,
      })),
    };
    const counted = await finance.post(`${community.path}/surprise-counts`, body);
    expect(counted.status, JSON.stringify(counted.body)).toBe(201);
    expect(counted.body.lines).toMatchObject([
      { method: 'cash', bookFen: 12_000, countedFen: 10_000, differenceFen: -2_000 },
    ]);
    expect((await finance.get(`${community.path}/surprise-counts`)).body.items).toHaveLength(1);
    for (const person of [cashier, manager])
      expect((await person.post(`${community.path}/surprise-counts`, body)).status).toBe(403);
    const self = await finance.post(`${community.path}/surprise-counts`, {
      ...body,
      cashierId: finance.id,
      blankReceipts: [],
    });
    expect([self.status, self.body.code]).toEqual([409, 'daily-close.same_person']);
  });

  it('shows a cashier their own days only, nobody else’s community', async () => {
    const { community, cashier, other, finance, closes, takings, count } = await opened();
    await takings('cash', 1_000);
    const counted = await count(cashier, { day: today(), cash: [{ faceFen: 1_000, pieces: 1 }] });
    const one = `${closes}/${counted.body.id}`;
    expect((await other.get(one)).status).toBe(404);
    expect((await other.get(closes)).body.items).toEqual([]);
    expect((await other.get(`${closes}/sheet?cashierId=${cashier.id}`)).status).toBe(403);
    expect((await finance.get(`${closes}/sheet?cashierId=${cashier.id}&day=${today()}`)).body.close.id).toBe(
      counted.body.id,
    );
    const technician = await house.person('technician', community);
    expect((await technician.get(closes)).status).toBe(403);
    const neighbour = await opened();
    expect((await neighbour.finance.get(`${neighbour.closes}/${counted.body.id}`)).status).toBe(404);
    expect(
      (await neighbour.finance.post(`${neighbour.closes}/${counted.body.id}/hand-over`, { slip, signature })).status,
    ).toBe(404);
  });
});

describe('a day with ten thousand receipts', () => {
  let place: Opened;
  beforeAll(async () => {
    place = await opened();
    const { community, cashier, unit } = place;
    await inBooks(house, community, (tx) =>
      owe(tx, postingOf(house, community, cashier.id), { unitId: unit, amountFen: 1, month: null }),
    );
    await house.asOwner(`
      create temp table t as select n, gen_random_uuid() as e, gen_random_uuid() as p from generate_series(1, 10000) n;
      insert into receipt_books (community_id, id, series, from_number, to_number, next_number, holder_id, used_at, state, version)
      values ('${community.id}', '${newId()}', 'B', 1, 10000, 10001, '${cashier.id}', 'counter', 'used-up', 1);
      insert into ledger_entries (community_id, id, kind, posted_at, posted_on, cashier_id, close_on, posted_by, line_count, debit_fen)
      select '${community.id}', e, 'payment', '${now()}', '${today()}', '${cashier.id}', '${today()}', '${cashier.id}', 2, 1000 from t;
      insert into ledger_lines (community_id, entry_id, place, account, amount_fen, cashier_id)
      select '${community.id}', e, 0, 'cash', 1000, '${cashier.id}' from t;
      insert into ledger_lines (community_id, entry_id, place, account, amount_fen, unit_id)
      select '${community.id}', e, 1, 'prepaid', -1000, '${unit}' from t;
      insert into payments (community_id, id, entry_id, unit_id, amount_fen, prepaid_fen, change_fen, taken_at, cashier_id, at)
      select '${community.id}', p, e, '${unit}', 1000, 1000, 0, 'counter', '${cashier.id}', '${now()}' from t;
      insert into receipts (community_id, id, book_id, series, number, kind, source_id, lines, amount_fen, methods, cashier_id, issued_at)
      select '${community.id}', gen_random_uuid(), (select id from receipt_books where community_id = '${community.id}' and series = 'B'), 'B', n,
        'payment', p, '[]', 1000, '{cash}', '${cashier.id}', '${now()}' from t;
      analyze ledger_entries; analyze ledger_lines; analyze payments; analyze receipts`);
  });

  it('is counted whole (the second it may take is measured in bench/daily-close.bench.ts)', async () => {
    const { cashier, sheet, count } = place;
    const before = await sheet();
    expect(before).toMatchObject({ takings: 10_000, takenFen: 10_000_000, receiptsFen: 10_000_000 });
    expect(before.receipts).toEqual([{ series: 'B', from: 1, to: 10_000, voided: [] }]);
    const counted = await count(cashier, { day: today(), cash: [{ faceFen: 10_000, pieces: 1_000 }] });
    expect(counted.status, JSON.stringify(counted.body)).toBe(201);
    expect(counted.body).toMatchObject({ bookFen: 10_000_000, differenceFen: 0 });
  });
});
