import ExcelJs from 'exceljs';
import { describe, expect, it } from 'vitest';
import { type Community, type Person, useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';
import { dayMs, plusMs } from '../../kernel/time.ts';

const house = useHouse({ startAt: new Date().toISOString() });

type Cells = (string | number | null | { formula: string; result: number })[][];

const unitHeader = ['楼栋*', '单元', '房号*', '建筑面积(㎡)*', '用途', '状态', '交付日期'];
const peopleHeader = [
  '楼栋*',
  '单元',
  '房号*',
  '姓名或单位名称*',
  '关系*',
  '个人或单位',
  '手机号',
  '证件号码',
  '产权份额(%)',
];
const vehicleHeader = ['车牌号*', '楼栋*', '单元', '房号*'];

const units: Cells = [
  ['1', '1', '101', 94.56, '住宅', '已入住', '2023-06-30'],
  ['1', '1', '102', 128.3, '住宅', '空置', ''],
  ['A', '', '商铺01', 56, '商铺', '出租', ''],
];
const people: Cells = [
  ['1', '1', '101', '张三', '业主', '个人', '12000001234', '110101190001010019', 50],
  ['1', '1', '101', '李四', '业主', '个人', '12000005678', '', 50],
  ['A', '', '商铺01', '示例商贸有限公司', '租户', '单位', '0755-20000001', '', null],
  ['1', '1', '102', '王五', '业主', '个人', '', '', null],
];
const vehicles: Cells = [['京A12345', '1', '1', '101']];

async function fileOf(sheets: Record<string, Cells>, change: (book: ExcelJs.Workbook) => void = () => {}) {
  const book = new ExcelJs.Workbook();
  for (const [name, rows] of Object.entries(sheets)) book.addWorksheet(name).addRows(rows);
  change(book);
  return Buffer.from(await book.xlsx.writeBuffer());
}

const households = (
  more: { units?: Cells; people?: Cells; vehicles?: Cells } = {},
  change?: (book: ExcelJs.Workbook) => void,
) =>
  fileOf(
    {
      房屋: [unitHeader, ...(more.units ?? units)],
      住户: [peopleHeader, ...(more.people ?? people)],
      车辆: [vehicleHeader, ...(more.vehicles ?? vehicles)],
    },
    change,
  );

async function send(
  person: Person,
  community: Community,
  file: Buffer,
  fields: Record<string, string> = {},
  headers?: Record<string, string>,
) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ kind: 'households', ...fields })) form.append(name, value);
  form.append('file', new Blob([new Uint8Array(file)]), '住户.xlsx');
  return person.post(`${community.path}/imports`, form, headers);
}

async function setUp() {
  const community = await house.community();
  return { community, manager: await house.person('manager', community) };
}

const countsOf = async (community: Community) =>
  (
    await house.asOwner(`select
      (select count(*)::int from units where community_id = '${community.id}') as units,
      (select count(*)::int from parties where community_id = '${community.id}') as parties,
      (select count(*)::int from unit_parties where community_id = '${community.id}') as relations,
      (select count(*)::int from vehicles where community_id = '${community.id}') as vehicles,
      (select count(*)::int from search_tokens where community_id = '${community.id}') as tokens`)
  )[0];
const nothing = { units: 0, parties: 0, relations: 0, vehicles: 0, tokens: 0 };

describe('importing households', () => {
  it('tries a file without writing, takes it in, and changes nothing the second time', async () => {
    const { community, manager } = await setUp();
    const file = await households();
    const dry = await send(manager, community, file, { dryRun: 'true' });
    expect(dry.status).toBe(201);
    expect(dry.body).toMatchObject({ state: 'previewed', rows: 8, accepted: 8, rejected: [], written: 0 });
    expect(dry.body.summary.created).toEqual({ building: 2, unit: 3, party: 4, relation: 4, vehicle: 1 });
    expect(await countsOf(community)).toEqual(nothing);

    const first = await send(manager, community, file);
    expect(first.body).toMatchObject({ state: 'done', rows: 8, accepted: 8, written: 14 });
    const after = await countsOf(community);
    expect(after).toMatchObject({ units: 3, parties: 4, relations: 4, vehicles: 1 });

    const second = await send(manager, community, file);
    expect(second.body).toMatchObject({ state: 'done', written: 0, rejected: [] });
    expect(second.body.summary.unchanged).toBe(14);
    expect(await countsOf(community)).toEqual(after);

    for (const q of ['1-1-101', '李四', 'lisi', '1234', '京A12345'])
      expect([
        q,
        (await manager.get(`${community.path}/units?q=${encodeURIComponent(q)}`)).body.items[0]?.label,
      ]).toEqual([q, '1-1-101']);
    const unit = (await manager.get(`${community.path}/units?q=1-1-101`)).body.items[0];
    const page = (await manager.get(`${community.path}/units/${unit.id}`)).body;
    expect(page).toMatchObject({ areaHundredthsM2: 9456, deliveredOn: '2023-06-30' });
    expect(page.people).toMatchObject([
      { name: '张三', phone: '120****1234', sharePercent: 50 },
      { name: '李四', sharePercent: 50 },
    ]);
  });

  it('changes what a later file says differently, and puts it back when undone', async () => {
    const { community, manager } = await setUp();
    await send(manager, community, await households());
    const changedUnits = units.map((row) => (row[2] === '102' ? ['1', '1', '102', 130.5, '住宅', '已入住', ''] : row));
    const changedPeople = people.map((row) =>
      row[3] === '王五' ? ['1', '1', '102', '王五', '业主', '个人', '12000007777', '', null] : row,
    );
    const second = await send(manager, community, await households({ units: changedUnits, people: changedPeople }));
    expect(second.body).toMatchObject({ state: 'done', written: 2, summary: { changed: { unit: 1, party: 1 } } });
    const found = (await manager.get(`${community.path}/units?q=7777`)).body.items[0];
    expect(found).toMatchObject({ label: '1-1-102', areaHundredthsM2: 13050, state: 'occupied' });

    const undone = await manager.post(`${community.path}/imports/${second.body.id}/undo`);
    expect(undone.body).toMatchObject({ state: 'undone' });
    expect((await manager.get(`${community.path}/units?q=7777`)).body.items).toEqual([]);
    expect((await manager.get(`${community.path}/units?q=1-1-102`)).body.items[0]).toMatchObject({
      areaHundredthsM2: 12830,
      state: 'vacant',
    });
  });

  it('names each wrong row with sheet, row, column, what was read and what is expected, and writes nothing', async () => {
    const { community, manager } = await setUp();
    const file = await households({
      units: [...units, ['1', '1', '103', '八十', '住宅', '', '']],
      people: [
        ...people,
        ['1', '1', '101', '赵六', '家庭成员', '', '1381234567x', '', null],
        ['9', '9', '999', '无家', '业主', '', '', '', null],
      ],
    });
    const answer = await send(manager, community, file);
    expect(answer.body).toMatchObject({ state: 'rejected', rows: 11, accepted: 8, written: 0, rejectedCount: 3 });
    expect(answer.body.rejected).toMatchObject([
      { sheet: '房屋', row: 5, column: '建筑面积(㎡)*', read: '八十', expected: '应为数字（平方米）' },
      { sheet: '住户', row: 6, column: '手机号', read: '1381234567x', expected: '应为电话号码，不能有文字或字母' },
      { sheet: '住户', row: 7, column: '房号', read: '9-9-999' },
    ]);
    expect(await countsOf(community)).toEqual(nothing);
    // What stood in a personal column lies sealed.
    const kept = await house.asOwner(`select rejected::text as rejected from imports where id = '${answer.body.id}'`);
    expect(kept[0].rejected).not.toContain('1381234567x');

    const partial = await send(manager, community, file, { acceptPartial: 'true' });
    expect(partial.body).toMatchObject({ state: 'done', accepted: 8, rejectedCount: 3, written: 14 });
    const report = await fetch(`${house.address}/api/v1${community.path}/imports/${partial.body.id}/report`, {
      headers: { cookie: (manager as unknown as { cookie: string }).cookie },
    });
    const book = new ExcelJs.Workbook();
    await book.xlsx.load(await report.arrayBuffer());
    expect(book.worksheets[0]?.getRow(2).values).toEqual([
      undefined,
      '房屋',
      5,
      '建筑面积(㎡)*',
      '八十',
      '应为数字（平方米）',
    ]);
    expect(book.worksheets[0]?.rowCount).toBe(4);
  });

  it('takes rows about a unit that stands on a later sheet', async () => {
    const { community, manager } = await setUp();
    const file = await fileOf({ 住户: [peopleHeader, ...people], 房屋: [unitHeader, ...units] });
    expect((await send(manager, community, file)).body).toMatchObject({ state: 'done', rejected: [], written: 13 });
  });

  it('hands another owner of a known unit to a person', async () => {
    const { community, manager } = await setUp();
    await send(manager, community, await households());
    const file = await households({ people: [['1', '1', '102', '新业主', '业主', '', '12000004444', '', null]] });
    const answer = await send(manager, community, file);
    expect(answer.body).toMatchObject({ state: 'rejected', rejected: [{ code: 'owner_differs', row: 2 }] });
  });

  it('refuses formulas and wrong headers, takes merged buildings, reports merged areas', async () => {
    const { community, manager } = await setUp();
    const formula = await households({ units: [['1', '1', '101', { formula: 'B1*2', result: 94 }, '', '', '']] });
    expect((await send(manager, community, formula, { dryRun: 'true' })).body.rejected).toMatchObject([
      { row: 2, code: 'formula' },
      ...people.map(() => ({})),
      {},
    ]);

    const headless = await fileOf({
      表: [
        ['一', '二'],
        ['a', 'b'],
      ],
    });
    expect((await send(manager, community, headless)).body).toMatchObject({
      state: 'rejected',
      rejected: [{ code: 'no_known_header' }],
    });
    const missing = await fileOf({
      房屋: [
        ['楼栋', '单元', '建筑面积'],
        ['1', '1', 20],
      ],
    });
    expect((await send(manager, community, missing)).body.rejected).toMatchObject([
      { code: 'missing_column', column: '房号' },
    ]);

    const merged = await fileOf(
      { 房屋: [unitHeader, ['1', '1', '101', 90, '', '', ''], ['', '', '102', 91, '', '', '']] },
      (book) => {
        book.worksheets[0]?.mergeCells('A2:A3');
        book.worksheets[0]?.mergeCells('B2:B3');
      },
    );
    expect((await send(manager, community, merged, { dryRun: 'true' })).body).toMatchObject({
      accepted: 2,
      rejected: [],
    });
    const area = await fileOf(
      { 房屋: [unitHeader, ['1', '1', '101', 90, '', '', ''], ['1', '1', '102', '', '', '', '']] },
      (book) => {
        book.worksheets[0]?.mergeCells('D2:D3');
      },
    );
    expect((await send(manager, community, area)).body.rejected).toMatchObject([
      { code: 'merged_cell', row: 2 },
      { code: 'merged_cell', row: 3 },
    ]);
  });

  it('refuses a cut file, a foreign file and a file that unfolds without end, and keeps no row of them', async () => {
    const { community, manager } = await setUp();
    const whole = await households();
    const cut = await send(manager, community, whole.subarray(0, whole.length - 300));
    expect([cut.status, cut.body.code]).toEqual([422, 'spreadsheet.damaged']);
    expect(cut.body.title).toBe('文件不完整或已损坏，请重新导出或重新上传');
    const text = await send(manager, community, Buffer.from('楼栋,单元,房号\n'));
    expect([text.status, text.body.code]).toEqual([415, 'spreadsheet.not_xlsx']);
    const bomb = await send(
      manager,
      community,
      await fileOf({ 房屋: [['x'.repeat(32_000)]] }, (book) => {
        const page = book.worksheets[0];
        for (let row = 0; row < 1200; row++) page?.addRow([`${row}${' '.repeat(32_000)}`]);
      }),
    );
    expect([bomb.status, bomb.body.code]).toEqual([413, 'spreadsheet.too_large']);
    expect((await manager.get(`${community.path}/imports`)).body.items).toEqual([]);
  });

  it('lets our own form be read back, empty and with its examples', async () => {
    const { community, manager } = await setUp();
    const answer = await fetch(`${house.address}/api/v1${community.path}/imports/template`, {
      headers: { cookie: (manager as unknown as { cookie: string }).cookie },
    });
    expect(answer.headers.get('content-type')).toContain('spreadsheetml');
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect((await send(manager, community, bytes)).body).toMatchObject({
      state: 'done',
      rows: 0,
      rejected: [],
      written: 0,
    });
    const book = new ExcelJs.Workbook();
    await book.xlsx.load(bytes as unknown as ArrayBuffer);
    for (const name of ['房屋', '住户', '车辆']) {
      const example = book.getWorksheet(`示例-${name}`);
      example?.eachRow((row, number) => {
        if (number > 1) book.getWorksheet(name)?.addRow((row.values as unknown[]).slice(1));
      });
    }
    const filled = Buffer.from(await book.xlsx.writeBuffer());
    expect((await send(manager, community, filled)).body).toMatchObject({
      state: 'done',
      rows: 7,
      accepted: 7,
      rejected: [],
    });
  });
});

describe('taking an import back', () => {
  it('leaves nothing while nothing hangs on it', async () => {
    const { community, manager } = await setUp();
    const { body } = await send(manager, community, await households());
    const undone = await manager.post(`${community.path}/imports/${body.id}/undo`);
    expect(undone.body).toMatchObject({ state: 'undone', undoneAt: expect.any(String) });
    expect(await countsOf(community)).toEqual(nothing);
    expect((await manager.post(`${community.path}/imports/${body.id}/undo`)).body.code).toBe('import.not_done');
    expect((await send(manager, community, await households())).body).toMatchObject({ state: 'done', written: 14 });
  });

  it('is refused with the names of what hangs on it', async () => {
    const { community, manager } = await setUp();
    const { body } = await send(manager, community, await households());
    const unit = (await manager.get(`${community.path}/units?q=1-1-101`)).body.items[0];
    await manager.post(`${community.path}/units/${unit.id}/vehicles`, { plate: '粤B54321' });
    await manager.post(`${community.path}/parties/${unit.people[0].partyId}/reveal`, {
      field: 'phone',
      purpose: '核对',
    });
    const refused = await manager.post(`${community.path}/imports/${body.id}/undo`);
    expect([refused.status, refused.body.code]).toEqual([409, 'import.in_use']);
    expect(refused.body.facts).toEqual({ vehicles: 1, reveals: 1 });
    expect(refused.body.title).toContain('之后登记的车辆 1 条');
    expect(await countsOf(community)).toMatchObject({ units: 3, parties: 4 });
  });
});

describe('who imports', () => {
  it('shows the administrator counts and faults, no values; a clerk may not import', async () => {
    const { community } = await setUp();
    const admin = await house.person('admin', community);
    const file = await households({ units: [...units, ['1', '1', '103', '八十', '', '', '']] });
    const answer = await send(admin, community, file, { dryRun: 'true' });
    expect(answer.body.rejected).toMatchObject([{ row: 5, column: '建筑面积(㎡)*', read: '***' }]);
    const desk = await house.person('front_desk', community);
    expect((await send(desk, community, file)).status).toBe(403);
  });

  it('asks for a key, and answers a resend with the first import', async () => {
    const { community, manager } = await setUp();
    const file = await households();
    expect((await send(manager, community, file, {}, { 'idempotency-key': '' })).status).toBe(428);
    const key = { 'idempotency-key': newId() };
    const one = await send(manager, community, file, {}, key);
    const two = await send(manager, community, file, {}, key);
    expect(two.body.id).toBe(one.body.id);
    expect((await manager.get(`${community.path}/imports`)).body.items).toHaveLength(1);
    expect((await send(manager, community, await households({ vehicles: [] }), {}, key)).body.code).toBe(
      'idempotency_mismatch',
    );
  });

  it('marks an import failed whose program died, and lets the next one start', async () => {
    const { community, manager } = await setUp();
    const id = newId();
    await house.asOwner(`insert into imports (community_id, id, kind, state, dry_run, file_name, file_sha256, started_by, created_at)
      values ('${community.id}', '${id}', 'households', 'running', false, 'a.xlsx', '\\x00', '${manager.id}', now())`);
    await house.tick();
    expect((await manager.get(`${community.path}/imports/${id}`)).body).toMatchObject({
      state: 'failed',
      errorCode: 'import.interrupted',
    });
    expect((await send(manager, community, await households())).body.state).toBe('done');
  });
});

describe('who moved out', () => {
  const asked = async (manager: Person, community: Community, q: string) =>
    (await manager.get(`${community.path}/parties?q=${encodeURIComponent(q)}`)).body.items.map(
      (item: { name: string; units: { label: string }[] }) => [item.name, item.units.map((unit) => unit.label)],
    );
  const withDates = (rows: Cells) =>
    fileOf({ 房屋: [unitHeader, ...units], 住户: [[...peopleHeader, '起始日期', '截止日期'], ...rows] });
  const tenant = ['1', '1', '102', '赵六', '租户', '个人', '12000009999', '', null];

  it('is no longer found at the home on the day after, but as a person, and housekeeping sees to it', async () => {
    const { community, manager } = await setUp();
    await send(manager, community, await households());
    const of = async (name: string) =>
      (
        await house.asOwner(`select s.noun from search_tokens s where s.community_id = '${community.id}'
          and s.token = 'w:${name}' order by 1`)
      ).map((row) => row.noun);
    expect(await of('李四')).toEqual(['unit']);
    await house.asOwner(`update unit_parties set from_on = '2020-01-01', until_on = (select max(from_on) from unit_parties
      where community_id = '${community.id}') where community_id = '${community.id}' and party_id =
      (select id from parties where community_id = '${community.id}' and name = '李四')`);
    await house.tick();
    expect(await of('李四')).toEqual(['unit']);
    house.house.time.moveTo(plusMs(house.house.time.now(), dayMs));
    // The minute between midnight and the night's work is no breach.
    expect(await house.breaches()).toEqual([]);
    await house.tick();
    expect(await of('李四')).toEqual(['party']);
    expect(await of('张三')).toEqual(['unit']);
  });

  it('long before the list was taken in is found by name and phone, at no home', async () => {
    const { community, manager } = await setUp();
    const file = await withDates([[...tenant, '2020-01-01', '2021-12-31']]);
    const { body } = await send(manager, community, file);
    expect(body, JSON.stringify(body)).toMatchObject({ state: 'done', rejected: [] });
    expect(await asked(manager, community, '赵六')).toEqual([['赵六', []]]);
    expect(await asked(manager, community, '9999')).toEqual([['赵六', []]]);
    expect(await house.breaches()).toEqual([]);
    await manager.post(`${community.path}/imports/${body.id}/undo`);
    expect(await countsOf(community)).toEqual(nothing);
  });

  it('by what a later list says is found so at once, and at home again when that list is taken back', async () => {
    const { community, manager } = await setUp();
    await send(manager, community, await withDates([[...tenant, '2020-01-01', '']]));
    expect(await asked(manager, community, '赵六')).toEqual([['赵六', ['1-1-102']]]);
    const later = await send(manager, community, await withDates([[...tenant, '2020-01-01', '2021-12-31']]));
    expect(later.body, JSON.stringify(later.body)).toMatchObject({ state: 'done', written: 1 });
    expect(await asked(manager, community, '赵六')).toEqual([['赵六', []]]);
    expect(await house.breaches()).toEqual([]);
    await manager.post(`${community.path}/imports/${later.body.id}/undo`);
    expect(await asked(manager, community, '赵六')).toEqual([['赵六', ['1-1-102']]]);
    const nouns = await house.asOwner(`select distinct noun from search_tokens where community_id = '${community.id}'
      and token = 'w:赵六'`);
    expect(nouns).toEqual([{ noun: 'unit' }]);
    expect(await house.breaches()).toEqual([]);
  });

  it('and was never given words to be found by gets them from housekeeping; verify says so until then', async () => {
    const { community, manager } = await setUp();
    const { body } = await send(manager, community, await withDates([[...tenant, '2020-01-01', '2021-12-31']]));
    await house.asOwner(
      `delete from search_tokens where community_id = '${community.id}' and noun = 'party' and noun_id in
        (select unnest(noun_ids) from import_effects where import_id = '${body.id}' and noun = 'party')`,
    );
    expect(await house.breaches()).toMatchObject([expect.stringMatching(/^search-people tokens_missing/)]);
    house.house.time.moveTo(plusMs(house.house.time.now(), dayMs));
    await house.tick();
    expect(await asked(manager, community, '9999')).toEqual([['赵六', []]]);
    expect(await house.breaches()).toEqual([]);
  });
});
