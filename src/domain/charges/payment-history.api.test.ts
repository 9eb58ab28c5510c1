// Payments taken elsewhere, taken in from the other system's list over HTTP: tried first with its errors in Chinese, then kept as
// paid charges with their old receipt number and period, once, and taken back whole.
import ExcelJs from 'exceljs';
import { describe, expect, it, vi } from 'vitest';
import { type Community, type Person, useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';
import type { ImportAnswer } from '../places/import-run.contract.ts';
import { householdsIn, itemIn, management } from './charging.fixture.ts';

vi.setConfig({ testTimeout: 60_000 });
const house = useHouse({ startAt: '2026-11-26T02:00:00.000Z' });

const header = [
  '房屋',
  '收费项目',
  '缴费周期',
  '开始时间',
  '结束时间',
  '缴费时间',
  '应缴金额',
  '实缴金额',
  '收银员',
  '备注',
  '收据号',
];
type Cells = (string | number | null)[];
const year: Cells = ['3-1-101', '物业管理费', 12, 45658, 46023, '2025-01-05', 1000, 1000, '张三', '手工导入', 'A-0017'];

async function formOf(rows: Cells[], dryRun: boolean): Promise<FormData> {
  const book = new ExcelJs.Workbook();
  book.addWorksheet('房屋缴费历史').addRows([header, ...rows]);
  const form = new FormData();
  form.append('kind', 'payments');
  if (dryRun) form.append('dryRun', 'true');
  form.append('file', new Blob([new Uint8Array(await book.xlsx.writeBuffer())]), '缴费历史.xlsx');
  return form;
}

async function sent(who: Person, community: Community, rows: Cells[], dryRun = false) {
  const begun = await who.post(`${community.path}/imports`, await formOf(rows, dryRun), { 'Idempotency-Key': newId() });
  expect(begun.status, JSON.stringify(begun.body)).toBeLessThan(300);
  for (let turn = 0; turn < 200; turn++) {
    const { body } = await who.get(`${community.path}/imports/${begun.body.id}`);
    if (!['received', 'running'].includes(body.state)) return body;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('the import did not end');
}

async function opened() {
  const community = await house.community();
  const manager = await house.person('manager', community);
  const finance = await house.person('finance', community);
  await itemIn(finance, community, management());
  const [home] = await householdsIn(house, community, 1);
  return { community, manager, finance, unitId: home?.id ?? '', partyId: home?.partyId };
}
const sums = async (community: Community) =>
  (
    await house.asOwner(`select
      (select count(*)::int from charges where community_id = '${community.id}' and reverses_id is null) as charges,
      (select coalesce(sum(amount_fen), 0)::int from charges where community_id = '${community.id}') as fen,
      (select coalesce(sum(amount_fen), 0)::int from ledger_lines where community_id = '${community.id}' and account = 'receivable') as open,
      (select count(*)::int from ledger_lines where community_id = '${community.id}' and account not in ('receivable', 'opening')) as others,
      (select count(*)::int from receipts where community_id = '${community.id}') as receipts`)
  )[0];
/** The units were laid down beside the program, so the search doesn't know them. */
const breaches = async () => (await house.breaches()).filter((one) => !one.startsWith('search'));

describe('payments taken elsewhere', () => {
  it('become paid charges of their months against the opening account; no income, no drawer, no receipt of ours', async () => {
    const { community, manager, finance, unitId, partyId } = await opened();
    const tried = await sent(manager, community, [year], true);
    expect(tried).toMatchObject({ state: 'previewed', rejectedCount: 0, written: 0 });
    expect(await sums(community)).toMatchObject({ charges: 0 });
    const done = await sent(manager, community, [year]);
    expect(done, JSON.stringify(done)).toMatchObject({ state: 'done', written: 1 });
    // 2025-01-01 to the day before 2026-01-01: twelve months that sum to what was paid.
    expect(await sums(community)).toEqual({ charges: 12, fen: 100_000, open: 0, others: 0, receipts: 0 });
    const charges = (await finance.get(`${community.path}/units/${unitId}/charges`)).body.items;
    expect(charges[0]).toMatchObject({ month: '2025-12', openFen: 0, payer: { partyId } });
    expect(charges[0].explanation).toEqual([
      '2025-01-05 在以前的系统缴 1000.00 元，缴 2025-01-01 至 2025-12-31',
      '原收据号 A-0017',
      '收银员 张三',
      '手工导入',
    ]);
    const statement = (await finance.get(`${community.path}/units/${unitId}/account`)).body;
    expect(statement).toMatchObject({ balanceFen: 0, openFen: 0 });
    expect(statement.entries.some((one: { words: string }) => one.words.startsWith('在以前系统已缴：'))).toBe(true);
    expect(await breaches()).toEqual([]);
  });

  it('are finance’s and the manager’s, never the administrator’s; registers are not finance’s', async () => {
    const { community, manager, finance } = await opened();
    const admin = await house.person('admin', community);
    const done = await sent(finance, community, [year]);
    expect(done, JSON.stringify(done)).toMatchObject({ state: 'done', written: 1 });
    const form = await formOf([year], false);
    const refused = await admin.post(`${community.path}/imports`, form);
    expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
    const asHouseholds = await formOf([year], false);
    asHouseholds.set('kind', 'households');
    expect((await finance.post(`${community.path}/imports`, asHouseholds)).status).toBe(403);
    const seen = async (who: Person) => (await who.get(`${community.path}/imports`)).body.items.length;
    expect([await seen(finance), await seen(manager), await seen(admin)]).toEqual([1, 1, 0]);
    expect((await admin.get(`${community.path}/imports/${done.id}`)).status).toBe(404);
    expect((await admin.post(`${community.path}/imports/${done.id}/undo`, {})).status).toBe(404);
  });

  it('are taken in once, and taken back whole by opposite entries; then they may come again', async () => {
    const { community, manager } = await opened();
    const first = await sent(manager, community, [year, year]);
    expect(first).toMatchObject({ written: 1, summary: { unchanged: 1 } });
    const again = await sent(manager, community, [year]);
    expect(again).toMatchObject({ state: 'done', written: 0, summary: { unchanged: 1 } });
    const undone = await manager.post(`${community.path}/imports/${first.id}/undo`, {});
    expect(undone.body, JSON.stringify(undone.body)).toMatchObject({ state: 'undone' });
    expect(await sums(community)).toMatchObject({ charges: 12, fen: 0, open: 0, others: 0 });
    expect(await sent(manager, community, [year])).toMatchObject({ written: 1 });
    expect(await sums(community)).toMatchObject({ charges: 24, fen: 100_000, open: 0 });
    expect(await breaches()).toEqual([]);
  });

  it('are not charged again by a billing run, whoever owned it since; nor over a month billed here', async () => {
    const { community, manager, finance, unitId } = await opened();
    const ahead: Cells = [
      '3-1-101',
      '物业管理费',
      3,
      '2026-10-01',
      '2026-12-31',
      '2026-10-02',
      751.8,
      751.8,
      '',
      '',
      '',
    ];
    expect(await sent(manager, community, [ahead])).toMatchObject({ written: 1 });
    const buyer = newId();
    await house.asOwner(`
      insert into parties (community_id, id, kind, name, created_at) values ('${community.id}', '${buyer}', 'person', '买家', '2026-01-01T00:00:00Z');
      update unit_parties set until_on = '2026-11-10' where community_id = '${community.id}' and unit_id = '${unitId}';
      insert into unit_parties (community_id, id, unit_id, party_id, relation, from_on)
        values ('${community.id}', '${newId()}', '${unitId}', '${buyer}', 'owner', '2026-11-11')`);
    const run = await finance.post(`${community.path}/billing-runs`, { month: '2026-11' });
    expect(run.body).toMatchObject({ charges: 0, alreadyPosted: 1 });
    const over: Cells = [...ahead.slice(0, 3), '2026-12-01', '2027-01-01', '2026-10-02', 250.6, 250.6, '', '', 'B1'];
    const rejected = await sent(manager, community, [over]);
    expect(rejected).toMatchObject({ state: 'rejected', rejectedCount: 1, written: 0 });
  });

  it('names each row that is wrong in Chinese and writes nothing', async () => {
    const { community, manager } = await opened();
    const wrong: Cells[] = [
      ['9-9-999', ...year.slice(1)],
      [...year.slice(0, 1), '没有的费用', ...year.slice(2)],
      [...year.slice(0, 3), '2025-13-01', ...year.slice(4)],
      [...year.slice(0, 3), 46023, 45658, ...year.slice(5)],
      [...year.slice(0, 5), '2027-01-01', ...year.slice(6)],
      [...year.slice(0, 6), 900, ...year.slice(7)],
      [...year.slice(0, 7), 0, ...year.slice(8)],
      [...year.slice(0, 7), '一千', ...year.slice(8)],
      [null, null, null, null, null, null, null, null, null, '备注旁的说明'],
    ];
    const shown = await sent(manager, community, [...wrong, year]);
    expect(shown.state).toBe('rejected');
    expect(
      shown.rejected.map((one: ImportAnswer['rejected'][number]) => [one.row, one.column, one.expected.slice(0, 9)]),
    ).toEqual([
      [4, '开始时间', '请写成日期，例如 '],
      [5, '结束时间', '结束时间早于开始时'],
      [6, '缴费时间', '缴费时间在今天以后'],
      [7, '实缴金额', '实缴多于应缴；多出'],
      [8, '实缴金额', '实缴金额要大于 0'],
      [9, '实缴金额', '请写成数字（元），'],
      [2, '房屋', '没有这个房屋；请先'],
      [3, '收费项目', '没有这个收费项目；'],
    ]);
    expect(await sums(community)).toMatchObject({ charges: 0 });
    const desk = await house.person('front_desk', community);
    const form = new FormData();
    form.append('kind', 'payments');
    form.append('file', new Blob(['x']), 'a.xlsx');
    expect((await desk.post(`${community.path}/imports`, form, { 'Idempotency-Key': newId() })).status).toBe(403);
  });
});
