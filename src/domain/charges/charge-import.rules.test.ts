// Forms of another property system read row by row: fee settings, fees of rooms, meters; notes beside the table are no rows.
import { describe, expect, it } from 'vitest';
import type { Cell, SheetRow } from '../../kernel/sheet.ts';
import { dayIn, labelIn, startChargeMapping } from './charge-import.rules.ts';

const rowOf = (sheet: string, row: number, texts: readonly string[]): SheetRow => ({
  sheet: { name: sheet, index: 0, isHidden: false, merges: [] },
  row,
  isHidden: false,
  cells: texts.map((text): Cell | undefined => (text === '' ? undefined : { kind: 'text', value: text, text })),
});
const settings = [
  '费用编号',
  '费用类型',
  '收费项目',
  '费用标识',
  '付费类型',
  '缴费周期',
  '出账类型',
  '计费起始时间',
  '计费结束时间',
  '计算公式',
  '计费单价',
  '固定费用',
];
const read = (sheet: string, rows: readonly (readonly string[])[]) => {
  const mapping = startChargeMapping();
  const taken = rows.map((row, place) => mapping.take(rowOf(sheet, place + 1, row)));
  return {
    drafts: taken.flatMap((one) => one.drafts),
    rejected: [...taken.flatMap((one) => one.rejected), ...mapping.finish()],
  };
};

describe('another system’s forms of charges', () => {
  it('reads a fee with its price and what stands on top as a formula of ours', () => {
    const { drafts, rejected } = read('费用设置', [
      settings,
      [
        '1',
        '物业费',
        '测试收费1',
        '周期性费用',
        '预付费',
        '6',
        '每月1日',
        '2020-6-10',
        '2037-1-1',
        '1001',
        '1.3',
        '20',
      ],
      ['2', '停车费', '月租', '周期性费用', '', '1', '', '2020/06/10', '', '2002', '0', '150'],
      ['', '', '', '', '', '', '', '', '', '', '', '', '', '', '说明'],
    ]);
    expect(rejected).toEqual([]);
    expect(drafts).toEqual([
      expect.objectContaining({
        ...{ noun: 'item', number: '1', kind: 'management', from: '2020-06-10', until: '2037-01-01', row: 2 },
        rule: {
          kind: 'formula',
          text: '建筑面积×单价+附加费',
          gives: 'amount',
          priceTenThousandths: 13_000,
          surchargeFen: 2_000,
        },
      }),
      expect.objectContaining({ kind: 'parking', until: null, rule: { kind: 'fixed', amountFen: 15_000 } }),
    ]);
  });

  it('names what it can’t take, by row and column', () => {
    const { drafts, rejected } = read('费用设置', [
      settings,
      ['1', '物业费', '测试', '周期性费用', '', '', '', '明天', '', '7007', '1.3元', ''],
      ['2', '物业费', '开户费', '一次性费用', '', '', '', '2020-01-01', '', '2002', '0', '20'],
    ]);
    expect(drafts).toEqual([]);
    expect(rejected.map(({ row, column, code }) => `${row} ${column} ${code}`)).toEqual([
      '2 计费单价 not_a_number',
      '2 计费起始时间 not_a_day',
      '2 计算公式 unknown_formula',
      '3 费用标识 once_only',
    ]);
  });

  it('reads several fees of a room, each from its day, and meters by room', () => {
    const fees = read('房屋信息', [
      ['房屋编号', '楼栋编号', '单元编号', '建筑面积', '房屋费用', '费用开始时间'],
      ['1011', '1', '1', '94.56', '1#2', '2020-06-10#2020-07-10'],
      ['1012', '1', '1', '94.56', '', ''],
    ]);
    expect(fees.drafts).toEqual([
      expect.objectContaining({ unit: '1-1-1011', numbers: ['1', '2'], from: ['2020-06-10', '2020-07-10'] }),
    ]);
    const meters = read('水电表', [
      ['名称', '表号', '表类型', '模式', '房屋', '费用项'],
      ['1-1-1智能水表', '1212', '1001', '1001', '33', '有'],
      ['1-1-2智能水表', '1213', '1001', '2002', '1-1-1001', '水费'],
    ]);
    expect(meters.rejected.map(({ row, column, code }) => `${row} ${column} ${code}`)).toEqual(['2 房屋 unknown_unit']);
    expect(meters.drafts).toEqual([
      expect.objectContaining({ noun: 'meter', code: '1213', unit: '1-1-1001', item: '水费' }),
    ]);
  });

  it('says so where no sheet is one of these', () => {
    expect(
      read('别的', [
        ['甲', '乙'],
        ['1', '2'],
      ]).rejected,
    ).toEqual([expect.objectContaining({ code: 'no_known_header' })]);
    expect([dayIn('2020-2-30'), labelIn('3-502'), labelIn('3-0-502')]).toEqual([null, null, '3-502']);
  });
});
