// What people read about an import 导入: what was expected where something else stood.
import type { IgnoredSheet, ImportField, RejectedRow, Rejection, RejectionCode } from './import.contract.ts';

export const fieldWords: Record<ImportField, string> = {
  building: '楼栋',
  entrance: '单元',
  room: '房号',
  area: '建筑面积',
  usage: '用途',
  state: '状态',
  deliveredOn: '交付日期',
  name: '姓名',
  partyKind: '个人或单位',
  relation: '关系',
  phone: '手机号',
  identity: '证件号码',
  sharePercent: '产权份额',
  fromOn: '起始日期',
  untilOn: '截止日期',
  ownerNo: '业主编号',
  plate: '车牌号',
};

type Facts = Record<string, string | number>;

const expectedWords: Record<RejectionCode, (facts: Facts) => string> = {
  required: () => '不能为空',
  too_long: (facts) => `不超过 ${facts.limit} 个字`,
  not_a_number: (facts) =>
    facts.field === 'area'
      ? '应为数字（平方米）'
      : facts.field === 'sharePercent'
        ? '应为百分数，例如 50 或 50%'
        : '应为数字',
  out_of_range: (facts) => `应在 ${facts.from} 到 ${facts.to} 之间`,
  too_many_decimals: (facts) => `最多 ${facts.decimals} 位小数`,
  not_a_day: () => '应为日期，例如 2026-11-22',
  unknown_word: (facts) => `应为下列之一：${facts.allowed}`,
  has_letters: () => '应为电话号码，不能有文字或字母',
  too_few_digits: () => '电话号码位数不够：手机 11 位，固定电话带区号，例如 0755-12345678',
  too_many_digits: () => '电话号码位数太多：手机 11 位，固定电话带区号，例如 0755-12345678',
  not_a_phone: () => '应为电话号码：手机以 1 开头，固定电话以区号开头',
  not_an_identity: () => '应为证件号码，例如 18 位身份证号',
  not_a_plate: () => '应为车牌号，例如 京A12345',
  not_a_room: () => '应为房号，例如 502',
  digits_lost: () => '应为文本格式：以数字保存的长号码，末几位已丢失，请改为文本后重新填写',
  became_date: () => '应为文本格式：表格软件把它变成了日期，请改为文本后重新填写',
  formula: () => '应为填写的值，不能是公式（请“复制 → 选择性粘贴 → 数值”）',
  cell_error: () => '应为填写的值，单元格里是公式错误',
  merged_cell: () => '不能合并单元格，请取消合并后每行填写',
  contradicts_row: (facts) => `应与第 ${facts.row} 行一致（同一房屋、人员、车辆或编号）`,
  unknown_owner: () => '应为“业主信息”表中有的业主编号',
  owner_without_unit: () => '应为“房屋信息”表中用到的业主编号：没有房屋的业主不能导入',
  unknown_unit: () => '应为已有的房屋，或在“房屋”表中填写这一户',
  owner_differs: () => '这一户已有其他业主，过户请在房屋页面办理',
  plate_elsewhere: () => '这个车牌已登记在另一户',
  missing_column: () => '表头缺少这一列',
  no_known_header: () => '没有找到认识的表头，请使用导入模板，或列名含楼栋、单元、房号、建筑面积',
};

const columnWord = (rejection: Rejection): string =>
  rejection.column in fieldWords ? fieldWords[rejection.column as ImportField] : rejection.column;

export const expectedOf = (rejection: Rejection): string => expectedWords[rejection.code](rejection.facts ?? {});

/** `第 3 行“建筑面积”：读到“八十”，应为数字（平方米）` */
export function rejectionWords(rejection: Rejection): string {
  const column = columnWord(rejection);
  const place = `第 ${rejection.row} 行${column === '' ? '' : `“${column}”`}`;
  return `${place}：${rejection.read === '' ? '是空的' : `读到“${rejection.read}”`}，${expectedOf(rejection)}`;
}

/** As the interface answers; `isMasked` for those who see counts and faults but no values (spec/12, admin). */
export const rejectedRowOf = (rejection: Rejection, isMasked = false): RejectedRow => ({
  sheet: rejection.sheet,
  row: rejection.row,
  column: columnWord(rejection),
  code: rejection.code,
  read: isMasked && rejection.isPersonal && rejection.read !== '' ? '***' : rejection.read,
  expected: expectedOf(rejection),
});

export const ignoredSheetWords: Record<IgnoredSheet['reason'], string> = {
  hidden: '隐藏的工作表，未读取',
  notes: '说明页，未读取',
  unknown: '没有认识的表头，未读取',
};
