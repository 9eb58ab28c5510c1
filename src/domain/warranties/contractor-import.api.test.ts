// A list of contractors taken in over HTTP: tried, wrong rows named, taken in, and the same file again writes nothing.
import { describe, expect, it } from 'vitest';
import { type Community, type Person, useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';
import { type OutCell, workbookBytes } from '../../platform/spreadsheet/write-workbook.ts';
import { contractorTemplateSheets } from './contractor-import.words.ts';

describe('a list of contractors', () => {
  const house = useHouse({ startAt: '2026-11-26T02:00:00.000Z' });
  const headers = contractorTemplateSheets[0]?.columns.map((one) => one.header) ?? [];
  const bytesOf = (rows: OutCell[][]) =>
    workbookBytes([{ name: '维保单位', columns: headers.map((header) => ({ header })), rows }]);

  async function send(person: Person, community: Community, rows: OutCell[][] | Buffer, dryRun = false) {
    const form = new FormData();
    form.set('kind', 'contractors');
    form.set('dryRun', String(dryRun));
    const bytes = Array.isArray(rows) ? await bytesOf(rows) : rows;
    form.set('file', new Blob([new Uint8Array(bytes)]), 'firms.xlsx');
    const answer = await person.post(`${community.path}/imports`, form, { 'idempotency-key': newId() });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer.body;
  }
  const register = async (person: Person, { path }: Community) => ({
    firms: (await person.get(`${path}/contractors`)).body.items,
    terms: (await person.get(`${path}/warranty-terms`)).body.items,
  });
  // 维保单位 类别 部位 范围 保修月数 到期日 起算日 服务开始 服务结束 联系人 电话 职务 备注
  const rows: OutCell[][] = [
    ['固盾防水', '墙面屋面', '屋面', '公共部位', 60, '', '', '', '', '赵工', '138 0000 1234', '项目经理', '先打电话'],
    ['固盾防水', '墙面屋面', '', '户内', 60, '', '', '2026-01-01', '2030-12-31', '钱工', '0755-12345678', '', ''],
    ['宏运电梯', 'lift', '', '公共部位', null, '2028/12/31', '', '2025年1月1日', '', '', '', '', ''],
    ['宏运电梯', '电气', '', '', null, '', '', '', '', '赵工', '', '', ''],
  ];

  it('tries it without writing, takes it in, and writes nothing the second time', async () => {
    const community = await house.community();
    const manager = await house.person('manager', community);
    const tried = await send(manager, community, rows, true);
    expect(tried).toMatchObject({
      state: 'previewed',
      rejectedCount: 0,
      rows: 4,
      summary: { created: { contractor: 2, 'contractor-person': 3, 'warranty-term': 3 } },
    });
    expect(await register(manager, community)).toEqual({ firms: [], terms: [] });

    expect(await send(manager, community, rows)).toMatchObject({ state: 'done', written: 8 });
    const { firms, terms } = await register(manager, community);
    expect(firms).toMatchObject([
      {
        name: '固盾防水',
        trades: ['walls-roof'],
        activeFrom: '2026-01-01',
        activeUntil: '2030-12-31',
        note: '先打电话',
        people: [
          { name: '赵工', duty: '项目经理', phone: '138****1234' },
          { name: '钱工', phone: expect.stringContaining('*') },
        ],
      },
      { name: '宏运电梯', trades: ['lift', 'electricity'], activeFrom: '2025-01-01', people: [{ name: '赵工' }] },
    ]);
    expect(
      terms.map((one: any) => [
        one.covers,
        one.category,
        one.part,
        one.months ?? one.untilOn,
        one.keepers[0].contractor.name,
      ]),
    ).toEqual([
      ['units', 'walls-roof', null, 60, '固盾防水'],
      ['common', 'lift', null, '2028-12-31', '宏运电梯'],
      ['common', 'walls-roof', '屋面', 60, '固盾防水'],
    ]);
    const phone = await manager.post(
      `${community.path}/contractors/${firms[0].id}/people/${firms[0].people[0].id}/reveal`,
      { purpose: '报修' },
    );
    expect(phone.body.value).toBe('13800001234');
    const again = await send(manager, community, rows);
    expect(again).toMatchObject({ state: 'done', written: 0, summary: { created: {}, changed: {} } });
    expect(await register(manager, community)).toEqual({ firms, terms });
    expect((await manager.post(`${community.path}/imports/${again.id}/undo`)).body).toMatchObject({
      code: 'import.stays',
    });
  });

  it('names each wrong cell in Chinese, and writes nothing', async () => {
    const community = await house.community();
    const manager = await house.person('manager', community);
    const wrong = await send(manager, community, [
      ['', '屋顶', '', '天台', 0, '', '', '昨天', '', '', '13800001234', '', ''],
      ['甲公司', '给水', '', '', 12, '2027-01-01', '', '2026-02-01', '2026-01-01', '李工', '12a', '', ''],
      ['乙公司', '给水', '水管', '', null, '', '', '2026-02-01', '', '', '', '', ''],
      ['丙公司', '给水', '', '', 12, '', '', '', '', '', '', '', ''],
      ['丁公司', '排水', '', '', 12, '', '', '2026-02-01', '', '', '', '', ''],
      ['丁公司', '排水', '', '', 24, '', '', '2026-03-01', '', '', '', '', ''],
    ]);
    expect(wrong).toMatchObject({ state: 'rejected', written: 0, rows: 6 });
    const found = wrong.rejected.map((one: any) => [one.row, one.column, one.code]);
    expect(found).toEqual([
      [2, '维保单位*', 'required'],
      [2, '类别*', 'unknown_category'],
      [2, '服务开始*', 'not_a_day'],
      [2, '联系人', 'phone_without_person'],
      [2, '范围', 'unknown_word'],
      [2, '保修月数', 'not_months'],
      [3, '服务结束', 'end_before_start'],
      [3, '联系电话', 'not_a_phone'],
      [3, '保修到期日', 'months_or_last_day'],
      [4, '保修月数', 'required'],
      [5, '服务开始*', 'required'],
      [6, '服务开始*', 'contradicts_row'],
      [7, '服务开始*', 'contradicts_row'],
    ]);
    for (const one of wrong.rejected) expect(one.expected).toMatch(/[一-龥]/);
    expect(await register(manager, community)).toEqual({ firms: [], terms: [] });
    const none = await send(
      manager,
      community,
      await workbookBytes([{ name: '表', columns: [{ header: '甲' }], rows: [['乙']] }]),
    );
    expect(none.rejected).toMatchObject([{ code: 'no_known_header' }]);
  });

  it('changes nothing that the register has: what the file says otherwise is named', async () => {
    const community = await house.community();
    const manager = await house.person('manager', community);
    await send(manager, community, rows);
    const other = await send(manager, community, [
      ['固盾防水', '墙面屋面', '屋面', '公共部位', 48, '', '', '', '', '赵工', '13900009999', '', ''],
      ['固盾防水', '门窗', '', '', 24, '', '', '2027-01-01', '', '', '', '', ''],
    ]);
    expect(other.rejected.map((one: any) => [one.row, one.code])).toEqual([
      [2, 'phone_differs'],
      [2, 'term_differs'],
      [3, 'firm_differs'],
    ]);
    expect(other.rejected[1].expected).toContain('60 个月，固盾防水');
    const more = await send(manager, community, [['固盾防水', '门窗', '', '', 24, '', '', '', '', '', '', '', '']]);
    expect(more).toMatchObject({
      state: 'done',
      summary: { created: { 'warranty-term': 1 }, changed: { contractor: 1 } },
    });
  });

  it('is for who may import, and its form is read back as it is handed out', async () => {
    const community = await house.community();
    const desk = await house.person('front_desk', community);
    const manager = await house.person('manager', community);
    const form = await manager.open(`${community.path}/imports/template?kind=contractors`);
    expect(decodeURIComponent(form.headers.get('content-disposition') ?? '')).toContain('维保单位导入模板.xlsx');
    const empty = await send(manager, community, Buffer.from(await form.arrayBuffer()));
    expect(empty).toMatchObject({ state: 'done', written: 0, rows: 0, rejectedCount: 0 });
    expect((await desk.open(`${community.path}/imports/template?kind=contractors`)).status).toBe(403);
    expect((await manager.open(`${community.path}/imports/template?kind=cases`)).status).toBe(409);
  });
});
