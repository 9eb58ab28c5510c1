import ExcelJs from 'exceljs';
import { describe, expect, test } from 'vitest';
import type { SheetRow } from '../../kernel/sheet.ts';
import { openWorkbook, readWorkbook } from '../../platform/spreadsheet/read-workbook.ts';
import { workbookBytes } from '../../platform/spreadsheet/write-workbook.ts';
import type { Draft, Rejection } from './import.contract.ts';
import { rejectionCodes } from './import.contract.ts';
import { startMapping } from './import.rules.ts';
import { expectedOf, rejectedRowOf, rejectionWords } from './import.words.ts';
import { unitKeyOf } from './import-keys.rules.ts';
import { decide, type KnownFacts, planImport, rejectionOf } from './import-plan.rules.ts';
import { importProfiles } from './import-profile.words.ts';
import { templateSheets } from './import-template.words.ts';

type Value = string | number | null | { formula: string; result: number } | Date;
type Sheets = Record<string, Value[][]>;

async function fileOf(sheets: Sheets, change: (book: ExcelJs.Workbook) => void = () => {}): Promise<Buffer> {
  const book = new ExcelJs.Workbook();
  for (const [name, rows] of Object.entries(sheets)) book.addWorksheet(name).addRows(rows);
  change(book);
  return Buffer.from(await book.xlsx.writeBuffer());
}

async function mapFile(file: Buffer) {
  const mapping = startMapping(importProfiles);
  const drafts: Draft[] = [];
  const rejected: Rejection[] = [];
  for await (const row of readWorkbook(file)) {
    const mapped = mapping.take(row);
    drafts.push(...mapped.drafts);
    rejected.push(...mapped.rejected);
  }
  const last = mapping.finish();
  drafts.push(...last.drafts);
  rejected.push(...last.rejected);
  return { drafts, rejected, mapping, summary: mapping.summary() };
}

const mapSheets = async (sheets: Sheets, change?: (book: ExcelJs.Workbook) => void) =>
  mapFile(await fileOf(sheets, change));

function lineOf(draft: Draft): string {
  switch (draft.noun) {
    case 'building':
      return `building ${draft.building}`;
    case 'unit':
      return `unit ${draft.key} ${draft.areaHundredthsM2} ${draft.usage} ${draft.state} ${draft.deliveredOn}`;
    case 'party':
      return `party ${draft.key} ${draft.kind} ${draft.identity}`;
    case 'relation':
      return `relation ${draft.unitKey} ${draft.partyKey} ${draft.relation} ${draft.sharePercent} ${draft.fromOn}`;
    case 'vehicle':
      return `vehicle ${draft.plate} ${draft.unitKey}`;
  }
}

const brief = (drafts: readonly Draft[]) => drafts.map(lineOf);

const unitHeader = ['楼栋', '单元', '房号', '建筑面积(㎡)', '用途', '状态', '交付日期'];
const peopleHeader = ['楼栋', '单元', '房号', '姓名', '关系', '手机号', '证件号码', '产权份额'];

describe('our own form', () => {
  test('becomes buildings, units, people, relations and vehicles', async () => {
    const { drafts, rejected } = await mapSheets({
      房屋: [
        unitHeader,
        ['1栋', '1单元', 101, 94.56, '住宅', '已入住', '2023/6/30'],
        ['A座', null, '1201', '128.3㎡', null, null, null],
      ],
      住户: [
        peopleHeader,
        ['1', '1', '101', '张三', '业主', '+86 120 0000 0001', null, '50%'],
        ['1', '1', '101', '李四', '家庭成员', null, null, null],
        ['A', null, '1201', '祥和商贸有限公司', '租户', '0755-20000001', null, null],
      ],
      车辆: [
        ['车牌号', '楼栋', '单元', '房号'],
        ['京a·00001', '1', '1', '101'],
      ],
    });
    expect(rejected).toEqual([]);
    expect(brief(drafts)).toEqual([
      'building 1',
      'unit 1|1|101 9456 residential occupied 2023-06-30',
      'building A',
      'unit A||1201 12830 null null null',
      'party 张三|12000000001 person null',
      'relation 1|1|101 张三|12000000001 owner 50 null',
      'party 李四@1|1|101 person null',
      'relation 1|1|101 李四@1|1|101 family null null',
      'party 祥和商贸有限公司|0755-20000001 company null',
      'relation A||1201 祥和商贸有限公司|0755-20000001 lessee null null',
      'vehicle 京A00001 1|1|101',
    ]);
  });

  test('is known by its headers, below a title, with other columns between and blank rows', async () => {
    const { drafts, rejected, summary } = await mapSheets({
      随便: [
        ['澜悦华庭房屋清单'],
        [],
        ['序号', '楼 栋 *', '备注', '房号', '建筑面积（平方米）'],
        [1, '2', '靠路', '201', 88],
        [],
        ['序号', '楼 栋 *', '备注', '房号', '建筑面积（平方米）'],
        [2, '2', null, '202', 88.5],
      ],
    });
    expect(rejected).toEqual([]);
    expect(brief(drafts)).toEqual(['building 2', 'unit 2||201 8800 null null null', 'unit 2||202 8850 null null null']);
    expect(summary.ignoredColumns.map((column) => column.column)).toEqual(['序号', '备注']);
  });

  test('the template that people download is read back without a fault and holds nobody', async () => {
    const file = await workbookBytes(templateSheets);
    const { drafts, rejected, summary } = await mapFile(file);
    expect(drafts).toEqual([]);
    expect(rejected).toEqual([]);
    expect(summary.profiles).toEqual(['guanjia']);
    const book = await openWorkbook(file);
    expect(book.sheets.map((sheet) => sheet.name)).toEqual([
      '房屋',
      '住户',
      '车辆',
      '说明',
      '示例-房屋',
      '示例-住户',
      '示例-车辆',
    ]);
    book.close();
  });

  test('the examples of the template are a clean file themselves', async () => {
    const examples = templateSheets
      .filter((sheet) => sheet.name.startsWith('示例'))
      .map((sheet) => ({ ...sheet, name: sheet.name.replace('示例-', '') }));
    const { drafts, rejected } = await mapFile(await workbookBytes(examples));
    expect(rejected).toEqual([]);
    expect(drafts.filter((draft) => draft.noun === 'unit').length).toBe(3);
    expect(drafts.filter((draft) => draft.noun === 'party').length).toBe(3);
  });
});

describe('forms of another system, as they are', () => {
  const households: Sheets = {
    楼栋单元: [
      ['楼栋号', '单元编号', '总层数'],
      [1, 1, 33],
      [2, 1, 33, null, '说明'],
    ],
    业主信息: [
      ['编号', '业主名称', '性别', '年龄', '手机号', '身份证号', '业主类型', '业主编号'],
      [1, '甲一', '男', 28, 18999999999, '111111111111111111', 1001, 1],
      [2, '乙二', '男', 18, 12000000002, '110101190001010000', 1001, 2],
      [3, '乙小', '男', 18, 12000000003, null, 1002, 2],
      [null, null, null, null, null, null, null, null, null, '说明'],
    ],
    房屋信息: [
      [
        '房屋编号',
        '楼栋编号',
        '单元编号',
        '房屋楼层',
        '房屋户型',
        '建筑面积',
        '业主编号',
        '房屋费用',
        '费用开始时间',
        '房屋类型',
      ],
      [1011, 1, 1, 1, '10102', 94.56, 1, '1#2', '2020-06-10', 110],
      [1012, 1, 1, 1, '10102', 94.56, 2, '1', '2020-06-10', 110],
      [1013, 1, 1, 1, '10102', 94.56, 9, '1', '2020-06-10', 110],
    ],
    车位信息: [
      ['停车场编号', '车位编码', '停车场类型', '面积', '业主编号', '车牌号'],
      [1, 'C0001', '地上停车位', 98.32],
      [1, 'C0002', '地上停车位', 12, 2, '粤B00002'],
    ],
  };

  test('households tied by the number of their owner', async () => {
    const { drafts, rejected, summary } = await mapSheets(households);
    expect(brief(drafts)).toEqual([
      'building 1',
      'building 2',
      'unit 1|1|1011 9456 residential null null',
      'party 甲一@1|1|1011 person null',
      'relation 1|1|1011 甲一@1|1|1011 owner null null',
      'unit 1|1|1012 9456 residential null null',
      'party 乙二|12000000002 person 110101190001010000',
      'relation 1|1|1012 乙二|12000000002 owner null null',
      'party 乙小|12000000003 person null',
      'relation 1|1|1012 乙小|12000000003 family null null',
      'vehicle 粤B00002 1|1|1012',
    ]);
    expect(rejected.map(rejectionWords)).toEqual(['第 4 行“业主编号”：读到“9”，应为“业主信息”表中有的业主编号']);
    expect(summary.profiles).toEqual(['microcommunity-hc']);
    expect(summary.ignoredColumns.map((column) => column.column)).toContain('房屋费用');
  });

  test('the same when the rooms come before the owners', async () => {
    const turned = Object.fromEntries(Object.entries(households).reverse());
    const { drafts } = await mapSheets(turned);
    expect(brief(drafts).sort()).toEqual(brief((await mapSheets(households)).drafts).sort());
  });

  test('one row per room and person; codes, a shop without entrance, several names in one cell', async () => {
    const header = [
      '楼号',
      '单元',
      '房间',
      '楼层',
      '房屋类型',
      '建筑面积',
      '房屋状态',
      '业主名称',
      '手机号',
      '身份证号',
      '业主类型',
    ];
    const { drafts, rejected } = await mapSheets({
      资产信息: [
        header,
        [1, 1, 1001, 1, 110, 94.56, 2001, '甲一，甲二', 12000000001, '110101190001010000', 1001],
        [1, 1, 1001, 1, 110, 94.56, 2001, '租客三', 12000000003, null, 1003],
        [1, 0, 'S1', 1, 120, 50, 2002, null, null, null, null],
      ],
    });
    expect(rejected).toEqual([]);
    expect(brief(drafts)).toEqual([
      'building 1',
      'unit 1|1|1001 9456 residential occupied null',
      'party 甲一|12000000001 person 110101190001010000',
      'relation 1|1|1001 甲一|12000000001 owner null null',
      'party 甲二@1|1|1001 person null',
      'relation 1|1|1001 甲二@1|1|1001 owner null null',
      'party 租客三|12000000003 person null',
      'relation 1|1|1001 租客三|12000000003 lessee null null',
      'unit 1||S1 5000 office unsold null',
    ]);
  });
});

describe('a wrong row is reported by sheet, row and column, and gives nothing', () => {
  const good: Value[] = ['1', '1', '101', 94.56, '住宅', '空置', '2023-06-30'];
  const withCell = (at: number, value: Value) => good.map((cell, index) => (index === at ? value : cell));

  test.each<[string, Value[], string]>([
    ['an area in words', withCell(3, '八十'), '第 3 行“建筑面积(㎡)”：读到“八十”，应为数字（平方米）'],
    ['no building', withCell(0, null), '第 3 行“楼栋”：是空的，不能为空'],
    ['a third decimal', withCell(3, 94.567), '第 3 行“建筑面积(㎡)”：读到“94.567”，最多 2 位小数'],
    ['an area of nothing', withCell(3, 0), '第 3 行“建筑面积(㎡)”：读到“0”，应在 0.01 到 100000 之间'],
    [
      'a day that never was',
      withCell(6, '2023-02-30'),
      '第 3 行“交付日期”：读到“2023-02-30”，应为日期，例如 2026-11-22',
    ],
    [
      'a formula',
      withCell(3, { formula: '1+1', result: 2 }),
      '第 3 行“建筑面积(㎡)”：读到“2”，应为填写的值，不能是公式（请“复制 → 选择性粘贴 → 数值”）',
    ],
    [
      'a room that became a date',
      withCell(2, new Date(Date.UTC(2026, 0, 1))),
      '第 3 行“房号”：读到“2026-01-01”，应为文本格式：表格软件把它变成了日期，请改为文本后重新填写',
    ],
    [
      'an earlier row that says otherwise',
      withCell(3, 80),
      '第 3 行“建筑面积(㎡)”：读到“80”，应与第 2 行一致（同一房屋、人员、车辆或编号）',
    ],
  ])('%s', async (_, row, words) => {
    const { drafts, rejected } = await mapSheets({ 房屋: [unitHeader, good, row] });
    expect(rejected.map(rejectionWords)).toEqual([words]);
    expect(rejected[0]).toMatchObject({ sheet: '房屋', row: 3 });
    expect(drafts.filter((draft) => draft.noun === 'unit').length).toBe(1);
  });

  test.each<[string, Value[], string]>([
    ['a phone with letters', ['1', '1', '101', '张三', '业主', '120abc00001', null, null], 'has_letters'],
    ['a phone too short', ['1', '1', '101', '张三', '业主', '1200000', null, null], 'too_few_digits'],
    ['a relation nobody knows', ['1', '1', '101', '张三', '朋友', null, null, null], 'unknown_word'],
    [
      'an identity number as a number',
      ['1', '1', '101', '张三', '业主', null, 110101190001010000, null],
      'digits_lost',
    ],
    [
      'an identity number with a letter too many',
      ['1', '1', '101', '张三', '业主', null, '11010119000101000XX', null],
      'not_an_identity',
    ],
    ['a share above the whole', ['1', '1', '101', '张三', '业主', null, null, 120], 'out_of_range'],
  ])('%s', async (_, row, code) => {
    const { drafts, rejected } = await mapSheets({ 住户: [peopleHeader, row] });
    expect(rejected.map((fault) => fault.code)).toEqual([code]);
    expect(drafts).toEqual([]);
  });

  test('all faults of a row at once', async () => {
    const { rejected } = await mapSheets({ 房屋: [unitHeader, [null, '1', null, '大', '住宅', '没有', 'x']] });
    expect(rejected.map((fault) => fault.column)).toEqual(['楼栋', '房号', '建筑面积(㎡)', '状态', '交付日期']);
  });

  test('a merged building holds for its rows; a merged area does not', async () => {
    const rows = [
      unitHeader,
      ['1', '1', '101', 90],
      [null, '1', '102', 91],
      ['1', '1', '103', 92],
      ['1', '1', '104', null],
    ];
    const { drafts, rejected } = await mapSheets({ 房屋: rows as Value[][] }, (book) => {
      book.getWorksheet('房屋')?.mergeCells('A2:A3');
      book.getWorksheet('房屋')?.mergeCells('D4:D5');
    });
    expect(drafts.flatMap((draft) => (draft.noun === 'unit' ? [draft.key] : []))).toEqual(['1|1|101', '1|1|102']);
    expect(rejected.map((fault) => [fault.row, fault.code])).toEqual([
      [4, 'merged_cell'],
      [5, 'merged_cell'],
    ]);
  });

  test('a missing column, and a file with no header that we know', async () => {
    const missing = await mapSheets({
      房屋: [
        ['楼栋', '单元', '建筑面积'],
        ['1', '1', 90],
      ],
    });
    expect(missing.rejected.map(rejectionWords)).toEqual(['第 1 行“房号”：读到“楼栋、单元、建筑面积”，表头缺少这一列']);
    const unknown = await mapSheets({
      水电表: [
        ['名称', '表号'],
        ['水表', 1],
      ],
    });
    expect(unknown.rejected.map((fault) => fault.code)).toEqual(['no_known_header']);
    const empty = await mapSheets({ 空: [] });
    expect(empty.rejected.map((fault) => fault.code)).toEqual(['no_known_header']);
  });

  test('a hidden sheet is left out and named', async () => {
    const { drafts, summary } = await mapSheets(
      { 房屋: [unitHeader, good], 旧房屋: [unitHeader, ['9', '9', '909', 9]] },
      (book) => {
        const sheet = book.getWorksheet('旧房屋');
        if (sheet !== undefined) sheet.state = 'hidden';
      },
    );
    expect(drafts.filter((draft) => draft.noun === 'unit').length).toBe(1);
    expect(summary.ignoredSheets).toEqual([{ sheet: '旧房屋', reason: 'hidden', columns: [] }]);
  });

  test('an admin sees the fault of a person but not the value', () => {
    const fault: Rejection = {
      sheet: '住户',
      row: 3,
      column: '手机号',
      code: 'has_letters',
      read: '138abc',
      isPersonal: true,
    };
    expect(rejectedRowOf(fault, true).read).toBe('***');
    expect(rejectedRowOf(fault).read).toBe('138abc');
  });

  test('every code has its words', () => {
    for (const code of rejectionCodes) {
      const words = expectedOf({
        sheet: '',
        row: 1,
        column: '',
        code,
        read: '',
        facts: { limit: 1, from: 0, to: 1, decimals: 2, allowed: 'a', row: 2 },
        isPersonal: false,
      });
      expect(words).toMatch(/\p{Script=Han}/u);
      expect(words).not.toContain('undefined');
    }
  });
});

describe('the plan', () => {
  /** What a store would know after the drafts have been written. */
  function knownAfter(drafts: readonly Draft[]): KnownFacts {
    return {
      building: (name) =>
        drafts.some((draft) => draft.noun === 'building' && draft.building === name) ? { id: 'b' } : undefined,
      unit: (key) => {
        const unit = drafts.find((draft) => draft.noun === 'unit' && draft.key === key);
        return unit?.noun === 'unit' ? { ...unit, id: 'u' } : undefined;
      },
      party: (wanted) => {
        const party = drafts.find((draft) => draft.noun === 'party' && draft.key === wanted.key);
        return party?.noun !== 'party'
          ? undefined
          : {
              id: 'p',
              kind: party.kind,
              name: party.name,
              hasPhone: party.phone !== null,
              hasIdentity: party.identity !== null,
              hasSameIdentity: party.identity === wanted.identity,
            };
      },
      relation: (wanted) => {
        const found = drafts.find(
          (draft) =>
            draft.noun === 'relation' &&
            draft.unitKey === wanted.unitKey &&
            draft.partyKey === wanted.partyKey &&
            draft.relation === wanted.relation,
        );
        return found?.noun !== 'relation'
          ? undefined
          : { id: 'r', sharePercent: found.sharePercent, fromOn: found.fromOn ?? '2026-01-01', untilOn: found.untilOn };
      },
      ownersOf: (key) =>
        drafts.filter((draft) => draft.noun === 'relation' && draft.unitKey === key && draft.relation === 'owner')
          .length,
      vehicle: (plate) => {
        const vehicle = drafts.find((draft) => draft.noun === 'vehicle' && draft.plate === plate);
        return vehicle?.noun === 'vehicle' ? { id: 'v', unitKey: vehicle.unitKey } : undefined;
      },
      isUnitInFile: () => false,
    };
  }

  const file: Sheets = {
    房屋: [unitHeader, ['1', '1', '101', 94.56, '住宅', '空置', null], ['1', '1', '102', 80, '住宅', '空置', null]],
    住户: [peopleHeader, ['1', '1', '101', '张三', '业主', '12000000001', null, 100]],
    车辆: [
      ['车牌号', '楼栋', '单元', '房号'],
      ['京A00001', '1', '1', '101'],
    ],
  };

  test('into an empty community everything is new', async () => {
    const { drafts, mapping } = await mapSheets(file);
    const plan = planImport({ ...knownAfter([]), isUnitInFile: mapping.hasUnit }, drafts);
    expect(plan.creates.length).toBe(drafts.length);
    expect([plan.changes, plan.unchanged, plan.conflicts]).toEqual([[], 0, []]);
  });

  test('the second run writes nothing', async () => {
    const { drafts } = await mapSheets(file);
    const plan = planImport(knownAfter(drafts), drafts);
    expect(plan).toEqual({ creates: [], changes: [], unchanged: drafts.length, conflicts: [] });
  });

  test('a fact that differs is a change with was and is; an empty cell changes nothing', async () => {
    const { drafts } = await mapSheets(file);
    const second = await mapSheets({ 房屋: [unitHeader, ['1', '1', '101', 95, null, null, null]] });
    const plan = planImport(knownAfter(drafts), second.drafts);
    expect(plan.changes.map((change) => change.changed)).toEqual([{ areaHundredthsM2: { was: 9456, is: 9500 } }]);
    expect(plan.creates).toEqual([]);
  });

  test('another owner, a plate of another unit and a unit nobody knows need a person', async () => {
    const { drafts } = await mapSheets(file);
    const second = await mapSheets({
      住户: [
        peopleHeader,
        ['1', '1', '101', '李四', '业主', '12000000002', null, null],
        ['9', '9', '909', '王五', '业主', '12000000003', null, null],
      ],
      车辆: [
        ['车牌号', '楼栋', '单元', '房号'],
        ['京A00001', '1', '1', '102'],
      ],
    });
    const plan = planImport(knownAfter(drafts), second.drafts);
    expect(plan.conflicts.map((conflict) => [conflict.draft.noun, conflict.code])).toEqual([
      ['relation', 'owner_differs'],
      ['party', 'unknown_unit'],
      ['relation', 'unknown_unit'],
      ['vehicle', 'plate_elsewhere'],
    ]);
    expect(plan.conflicts.map((conflict) => rejectionWords(rejectionOf(conflict)))).toEqual([
      '第 2 行“姓名”：读到“李四”，这一户已有其他业主，过户请在房屋页面办理',
      '第 3 行“房号”：读到“9-9-909”，应为已有的房屋，或在“房屋”表中填写这一户',
      '第 3 行“房号”：读到“9-9-909”，应为已有的房屋，或在“房屋”表中填写这一户',
      '第 2 行“车牌号”：读到“京A00001”，这个车牌已登记在另一户',
    ]);
  });

  test('the plan never carries a phone or identity number', async () => {
    const { drafts } = await mapSheets(file);
    const known = knownAfter(drafts);
    const party = drafts.find((draft) => draft.noun === 'party');
    if (party === undefined) throw new Error('the file names a person');
    const decision = decide(party, {
      ...known,
      party: () => ({
        id: 'p',
        kind: 'person',
        name: '张三',
        hasPhone: false,
        hasIdentity: true,
        hasSameIdentity: true,
      }),
    });
    expect(decision).toMatchObject({ decision: 'change', changed: { phone: { was: null, is: 'new' } } });
  });
});

test('one unit has one key however it is written', () => {
  expect(unitKeyOf('01栋', '一单元', '101室')).toBe(unitKeyOf('1号楼', '1', '101'));
});

test('rows far below a missing header are not taken for one', () => {
  const mapping = startMapping(importProfiles);
  const sheet = { name: 'a', index: 0, isHidden: false, merges: [] };
  const rowAt = (row: number, texts: readonly string[]): SheetRow => ({
    sheet,
    row,
    isHidden: false,
    cells: texts.map((text) => ({ kind: 'text', value: text, text })),
  });
  for (let row = 1; row <= 25; row++) mapping.take(rowAt(row, ['x', 'y']));
  expect(mapping.take(rowAt(26, ['楼栋', '房号', '建筑面积']))).toEqual({ drafts: [], rejected: [] });
  expect(mapping.finish().rejected.map((fault) => fault.code)).toEqual(['no_known_header']);
});
