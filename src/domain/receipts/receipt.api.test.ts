// Receipt books over HTTP (MN6): given out, used without a gap, given up, taken back; blanks spoiled and kept; a clock set back.
import { describe, expect, it } from 'vitest';
import { type Community, faultsOf, type Person, useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';
import { plusMs } from '../../kernel/time.ts';
import { sql } from '../../platform/database/database.ts';
import { systemCall } from '../access/call.ts';
import { writeReceipt } from './receipt.service.ts';

const house = useHouse({ startAt: '2026-11-26T02:00:00.000Z' });

async function centre() {
  const community = await house.community();
  const [finance, cashier, desk, tech] = await Promise.all([
    house.person('finance', community, '钱会计'),
    house.person('cashier', community, '赵敏'),
    house.person('front_desk', community, '林小满'),
    house.person('technician', community, '周海涛'),
  ]);
  const issue = (body: object, by: Person = finance) => by.post(`${community.path}/receipt-books`, body);
  return { community, finance, cashier, desk, tech, issue };
}
const spoil = (person: Person, { path }: Community, bookId: string, reason = '打印机卡纸') =>
  person.post(`${path}/receipt-books/${bookId}/spoil`, { reason });

describe('MN6: receipt books', () => {
  it('are given out by finance to somebody who takes money, no range twice', async () => {
    const { community, finance, cashier, desk, tech, issue } = await centre();
    const ask = { series: 'A', from: 1, to: 100, holderId: cashier.id };
    const made = await issue(ask);
    expect([made.status, made.body.state, made.body.next, made.body.left]).toEqual([201, 'issued', 1, 100]);
    expect(made.body.holder).toEqual({ id: cashier.id, name: '赵敏' });
    expect(made.body.events).toMatchObject([{ action: 'issue', by: { id: finance.id }, left: 100 }]);
    expect((await issue(ask, cashier)).status).toBe(403);
    expect(faultsOf(await issue({ ...ask, from: 100, to: 150 }))).toEqual(['from range_taken']);
    expect(faultsOf(await issue({ ...ask, from: 300, to: 200 }))).toEqual(['to range_reversed']);
    expect(faultsOf(await issue({ ...ask, from: 200, to: 1200 }))).toEqual(['to range_too_long']);
    expect(faultsOf(await issue({ ...ask, from: 200, to: 250, holderId: tech.id }))).toEqual([
      'holderId not_a_collector',
    ]);
    expect(faultsOf(await issue({ ...ask, from: 200, to: 250, holderId: newId() }))).toEqual([
      'holderId not_a_collector',
    ]);
    for (const [field, wrong] of [
      ['series', 'a b'],
      ['from', 0],
      ['to', 12.5],
      ['from', 99_999_999],
    ] as const)
      expect((await issue({ ...ask, [field]: wrong })).status).toBe(422);
    // Two of finance give the same range out at once: one of them is told.
    const twice = await Promise.all([1, 2].map(() => issue({ ...ask, from: 201, to: 300, holderId: desk.id })));
    expect(twice.map((one) => one.status).sort()).toEqual([201, 422]);
    const seen = await cashier.get(`${community.path}/receipt-books`);
    expect(seen.body.items).toHaveLength(2);
    expect((await tech.get(`${community.path}/receipt-books`)).status).toBe(403);
  });

  it('run to their end and on in the next; a third is given only for a used one 收旧发新', async () => {
    const { community, finance, cashier, desk, issue } = await centre();
    const range = (from: number) => ({ series: 'B', from, to: from + 1, holderId: cashier.id });
    const [one, two] = [(await issue(range(1))).body, (await issue(range(3))).body];
    expect((await issue(range(5))).body.code).toBe('receipt-book.old_not_taken_back');
    expect((await spoil(desk, community, one.id)).body.code).toBe('receipt-book.not_holder');
    const first = await spoil(cashier, community, one.id);
    expect([first.status, first.body.code, first.body.state, first.body.reason]).toEqual([
      201,
      'B0000001',
      'voided',
      '打印机卡纸',
    ]);
    await spoil(cashier, community, one.id);
    const used = (await finance.get(`${community.path}/receipt-books/${one.id}`)).body;
    expect([used.state, used.next, used.left, used.counts.voided]).toEqual(['used-up', null, 0, 2]);
    expect((await spoil(cashier, community, one.id)).body.code).toBe('receipt-book.move_not_allowed');
    // One in hand, one used: the used one comes back first.
    expect((await issue(range(5))).body.code).toBe('receipt-book.old_not_taken_back');
    const move = (name: string, id: string, body: object = {}, by = finance) =>
      by.post(`${community.path}/receipt-books/${id}/${name}`, body);
    expect((await move('take-back', one.id, {}, cashier)).status).toBe(403);
    expect((await move('take-back', two.id)).body.code).toBe('receipt-book.move_not_allowed');
    expect((await move('take-back', one.id, { version: 1 })).status).toBe(412);
    const back = await move('take-back', one.id, { version: used.version });
    expect([back.body.state, back.body.events.at(-1).action]).toEqual(['taken-back', 'take-back']);
    expect((await issue(range(5))).status).toBe(201);
  });

  it('that are given up void each number that is left, and keep it', async () => {
    const { community, finance, cashier, issue } = await centre();
    const book = (await issue({ series: 'C', from: 11, to: 15, holderId: cashier.id })).body;
    await spoil(cashier, community, book.id);
    const path = `${community.path}/receipt-books/${book.id}/close-out`;
    expect((await finance.post(path, {})).status).toBe(422);
    const out = await finance.post(path, { reason: '出纳离岗' });
    expect([out.body.state, out.body.left, out.body.counts]).toEqual([
      'used-up',
      0,
      { issued: 0, voided: 5, reversed: 0 },
    ]);
    expect(out.body.events.at(-1)).toMatchObject({ action: 'close-out', left: 4, reason: '出纳离岗' });
    const kept = (await finance.get(`${community.path}/receipts?bookId=${book.id}`)).body.items;
    expect(kept.map((one: any) => [one.number, one.state, one.reason])).toEqual([
      [15, 'voided', '出纳离岗'],
      [14, 'voided', '出纳离岗'],
      [13, 'voided', '出纳离岗'],
      [12, 'voided', '出纳离岗'],
      [11, 'voided', '打印机卡纸'],
    ]);
  });
});

describe('MN6: the last statement of a payment', () => {
  const line = {
    unit: '1栋101',
    charge: '物业管理费',
    month: '2026-11',
    quantity: '89.5',
    unitPriceFen: 280,
    unitPrice: '2.80',
    amountFen: 25_060,
  };
  const write = (community: Community, cashier: Person, at?: string, wait?: Promise<void>) => {
    const call = systemCall(
      house.house,
      community.id,
      { id: cashier.id, organizationId: house.organizationId },
      at ?? house.house.time.now(),
    );
    return house.house.database.write([community.id], async (tx) => {
      const id = await writeReceipt(tx, call, {
        kind: 'payment',
        sourceId: newId(),
        cashierId: cashier.id,
        usedAt: 'counter',
        lines: [line],
        methods: ['cash'],
        payer: '陈建国',
      });
      await wait;
      return id;
    });
  };

  it('a book that runs out meanwhile hands on to the next; without one nothing is written', async () => {
    const { community, cashier, issue } = await centre();
    await expect(write(community, cashier)).rejects.toMatchObject({ code: 'receipt.no_book' });
    const bookId = (await issue({ series: 'D', from: 1, to: 1, holderId: cashier.id })).body.id;
    await issue({ series: 'D', from: 2, to: 3, holderId: cashier.id });
    // Eight at once on three numbers: three are written, five are told.
    const ends = await Promise.allSettled(Array.from({ length: 8 }, () => write(community, cashier)));
    expect(ends.filter((one) => one.status === 'fulfilled')).toHaveLength(3);
    for (const one of ends)
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'receipt.no_book' });
    const all = (await cashier.get(`${community.path}/receipts`)).body.items;
    expect(all.map((one: any) => one.code).sort()).toEqual(['D0000001', 'D0000002', 'D0000003']);
    expect(all.filter((one: any) => one.bookId === bookId)).toHaveLength(1);
    expect(all[0]).toMatchObject({ amountInCapitals: '贰佰伍拾元陆角整', payer: '陈建国', cashier: '赵敏' });
  });

  it('is refused by a clock set back two hours, and takes the time of the one it waited for', async () => {
    const { community, cashier, issue } = await centre();
    await issue({ series: 'E', from: 1, to: 9, holderId: cashier.id });
    const now = house.house.time.now();
    await write(community, cashier, now);
    await expect(write(community, cashier, plusMs(now, -7_200_000))).rejects.toMatchObject({
      code: 'receipt.time_before_last',
    });
    await write(community, cashier, plusMs(now, -400));
    const all = (await cashier.get(`${community.path}/receipts`)).body.items;
    expect(all.map((one: any) => [one.number, one.issuedAt])).toEqual([
      [2, now],
      [1, now],
    ]);
  });

  it('a spoiled one is voided on its day, kept, and its money gets the next number', async () => {
    const { community, cashier, desk, finance, issue } = await centre();
    await issue({ series: 'F', from: 1, to: 9, holderId: cashier.id });
    const id = await write(community, cashier);
    const path = `${community.path}/receipts/${id}`;
    expect((await desk.post(`${path}/void`, { reason: '看错' })).status).toBe(403);
    expect((await cashier.post(`${path}/void`, { reason: ' ' })).status).toBe(422);
    const key = { 'idempotency-key': newId() };
    const gone = await cashier.post(`${path}/void`, { reason: '付款人写错' }, key);
    expect(gone.body).toMatchObject({ state: 'voided', reason: '付款人写错', replacedBy: { code: 'F0000002' } });
    expect((await cashier.post(`${path}/void`, { reason: '付款人写错' }, key)).body).toEqual(gone.body);
    expect((await finance.post(`${path}/void`, { reason: '再来' })).body.code).toBe('receipt.move_not_allowed');
    const next = (await cashier.get(`${community.path}/receipts/${gone.body.replacedBy.id}`)).body;
    expect(next).toMatchObject({
      state: 'issued',
      amountFen: 25_060,
      payer: '陈建国',
      replaces: { id, code: 'F0000001' },
    });
    // The next day only the opposite entry is left (MN7).
    const yesterday = await write(community, cashier, house.house.time.now());
    await house.asOwner(`update receipts set issued_at = issued_at - interval '1 day' where id = '${yesterday}'`);
    const late = await cashier.post(`${community.path}/receipts/${yesterday}/void`, { reason: '写错' });
    expect([late.status, late.body.code]).toEqual([409, 'receipt.day_closed']);
  });

  it('printed the second time it says that it is a copy', async () => {
    const { community, cashier, desk, issue } = await centre();
    await issue({ series: 'G', from: 1, to: 9, holderId: cashier.id });
    const path = `${community.path}/receipts/${await write(community, cashier)}`;
    expect((await desk.get(path)).body).toMatchObject({ copies: 0, isDuplicate: false });
    expect((await cashier.post(`${path}/print`)).body).toMatchObject({ copies: 1, isDuplicate: false });
    expect((await desk.post(`${path}/print`)).body).toMatchObject({ copies: 2, isDuplicate: true });
    const found = await desk.get(`${community.path}/receipts?q=g1`);
    expect(found.body.items.map((one: any) => one.code)).toEqual(['G0000001']);
  });

  it('what was written can be neither changed nor deleted by the program', async () => {
    const { community, cashier, issue } = await centre();
    await issue({ series: 'H', from: 1, to: 9, holderId: cashier.id });
    await write(community, cashier);
    for (const statement of [
      'update receipts set amount_fen = 1',
      'delete from receipts',
      'delete from receipt_events',
      'delete from receipt_books',
    ])
      await expect(
        house.house.database.write([community.id], async (tx) => {
          await sql.raw(statement).execute(tx);
        }),
      ).rejects.toThrow(/permission denied/);
  });
});
