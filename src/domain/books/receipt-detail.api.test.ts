// The weekly receipt detail over HTTP (FD18, Q5.5), and receipts found by their number in the one box.
import ExcelJs from 'exceljs';
import { describe, expect, it } from 'vitest';
import { inBooks, owe, postingOf, unitsIn } from '../../../tests/books.ts';
import { faultsOf, useHouse } from '../../../tests/house.ts';
import type { ReceiptDetail } from './receipt-detail.contract.ts';

const house = useHouse({ startAt: '2026-11-26T02:00:00.000Z' });

async function week() {
  const community = await house.community();
  const [finance, cashier, supervisor, tech, desk] = await Promise.all([
    house.person('finance', community, '钱会计'),
    house.person('cashier', community, '赵敏'),
    house.person('cs_supervisor', community, '孙主管'),
    house.person('technician', community, '周海涛'),
    house.person('front_desk', community, '林小满'),
  ]);
  const [unit] = (await unitsIn(house, community, 1)) as [string];
  await finance.post(`${community.path}/receipt-books`, { series: 'SJ', from: 1, to: 50, holderId: cashier.id });
  const posting = postingOf(house, community, finance.id);
  const take = async (amountFen: number, more: object) => {
    await inBooks(house, community, (tx) => owe(tx, posting, { unitId: unit, amountFen }));
    const { balanceFen } = (await cashier.get(`${community.path}/units/${unit}/due`)).body;
    const body = { unitId: unit, method: 'cash', amountFen, expectedBalanceFen: balanceFen, payerName: '陈建国' };
    const paid = await cashier.post(`${community.path}/payments`, { ...body, ...more });
    expect(paid.status, JSON.stringify(paid.body)).toBe(201);
    return paid.body;
  };
  const detail = `${community.path}/receipt-detail`;
  return { community, finance, cashier, supervisor, tech, desk, take, detail };
}

describe('FD18: the week’s receipts in detail', () => {
  it('lists every number with its sums; voided ones are counted apart; the file carries the same', async () => {
    const { community, cashier, supervisor, tech, take, detail } = await week();
    const first = await take(10_000, { method: 'card', otherParts: [{ method: 'cash', amountFen: 3000 }] });
    const second = await take(2500, { tenderedFen: 5000 });
    await cashier.post(`${community.path}/receipts/${second.receipt.id}/void`, { reason: '打印机卡纸' });
    expect((await tech.get(detail)).status).toBe(403);
    const shown = await supervisor.get(detail);
    expect(shown.body).toMatchObject({
      ...{ from: '2026-11-22', until: '2026-11-28', isCut: false, voided: 1 },
      ...{ standing: { count: 2, fen: 12_500 }, reversed: { count: 0, fen: 0 } },
      byMethod: [
        { method: 'card', fen: 7000 },
        { method: 'cash', fen: 5500 },
      ],
      byCashier: [{ name: '赵敏', count: 2, fen: 12_500 }],
    });
    expect(
      shown.body.receipts.map((one: ReceiptDetail['receipts'][number]) => [
        one.code,
        one.state,
        one.amountFen,
        one.payer,
        one.reason,
      ]),
    ).toEqual([
      ['SJ0000001', 'issued', 10_000, '陈建国', null],
      ['SJ0000002', 'voided', 2500, '陈建国', '打印机卡纸'],
      ['SJ0000003', 'issued', 2500, '陈建国', null],
    ]);
    expect(shown.body.receipts[0].id).toBe(first.receipt.id);
    expect((await supervisor.get(`${detail}?from=2026-11-15&until=2026-11-21`)).body.receipts).toEqual([]);
    expect(faultsOf(await supervisor.get(`${detail}?from=2026-11-15&until=2026-11-14`))).toEqual([
      'until range_reversed',
    ]);
    const { name, value } = supervisor.sessionCookie;
    const file = await fetch(`${house.address}/api/v1${detail}/file`, { headers: { cookie: `${name}=${value}` } });
    expect(file.status).toBe(200);
    const workbook = new ExcelJs.Workbook();
    await workbook.xlsx.load((await file.arrayBuffer()) as never);
    const sheet = workbook.worksheets[0];
    const rows = [2, 3, 4].map((row) => [1, 9, 10].map((cell) => sheet?.getRow(row).getCell(cell).value));
    expect(rows).toEqual([
      ['SJ0000001', 100, '已开出'],
      ['SJ0000002', 25, '已作废'],
      ['SJ0000003', 25, '已开出'],
    ]);
  });
});

describe('one box finds a receipt by its number', () => {
  it('for whoever may see money, and for nobody else', async () => {
    const { community, supervisor, tech, desk, take } = await week();
    const paid = await take(10_000, {});
    const found = async (q: string, by = desk) =>
      (await by.get(`${community.path}/search?q=${encodeURIComponent(q)}`)).body.receipts;
    expect(await found('sj1')).toEqual([
      {
        ...{ id: paid.receipt.id, communityId: community.id, code: 'SJ0000001' },
        ...{ state: 'issued', unit: '3-1-101', amountFen: 10_000 },
      },
    ]);
    expect(await found('SJ0000001', supervisor)).toHaveLength(1);
    expect(await found('1', supervisor)).toHaveLength(1);
    expect(await found('SJ2')).toEqual([]);
    expect(await found('陈')).toEqual([]);
    expect(await found('SJ0000001', tech)).toEqual([]);
  });
});
