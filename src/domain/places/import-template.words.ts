// Our own import form 导入模板: its sheets, and the words that explain it.
import type { OutCell, OutSheet } from '../../platform/spreadsheet/write-workbook.ts';

const units = {
  name: '房屋',
  columns: [
    { header: '楼栋*', isText: true },
    { header: '单元', isText: true },
    { header: '房号*', isText: true },
    { header: '建筑面积(㎡)*', width: 16 },
    { header: '用途', width: 12 },
    { header: '状态', width: 12 },
    { header: '交付日期', width: 14, isText: true },
  ],
};
const people = {
  name: '住户',
  columns: [
    { header: '楼栋*', isText: true },
    { header: '单元', isText: true },
    { header: '房号*', isText: true },
    { header: '姓名或单位名称*', width: 20, isText: true },
    { header: '关系*', width: 12 },
    { header: '个人或单位', width: 12 },
    { header: '手机号', width: 18, isText: true },
    { header: '证件号码', width: 24, isText: true },
    { header: '产权份额(%)', width: 14 },
    { header: '起始日期', width: 14, isText: true },
    { header: '截止日期', width: 14, isText: true },
  ],
};
const vehicles = {
  name: '车辆',
  columns: [
    { header: '车牌号*', width: 14, isText: true },
    { header: '楼栋*', isText: true },
    { header: '单元', isText: true },
    { header: '房号*', isText: true },
  ],
};

/** Invented people; the numbers lie in a range that is not in use. */
const exampleUnits: OutCell[][] = [
  ['1', '1', '101', 94.56, '住宅', '已入住', '2023-06-30'],
  ['1', '1', '102', 128.3, '住宅', '空置', '2023-06-30'],
  ['A', '', '商铺01', 56, '商铺', '出租', ''],
];
const examplePeople: OutCell[][] = [
  ['1', '1', '101', '示例甲', '业主', '个人', '12000000001', '', 100, '2023-06-30', ''],
  ['1', '1', '101', '示例乙', '家庭成员', '个人', '12000000002', '', null, '', ''],
  ['A', '', '商铺01', '示例商贸有限公司', '租户', '单位', '0755-20000001', '', null, '2025-01-01', '2027-12-31'],
];
const exampleVehicles: OutCell[][] = [['京A00001', '1', '1', '101']];

const notes: OutCell[][] = [
  ['导入只读取“房屋”“住户”“车辆”三张表；按表头识别，列的先后可以不同，可以有其他列（不读取）。'],
  ['带 * 的列必须填写，其余可以空着。空着的格子不会清除系统里已有的内容。'],
  ['楼栋写 1、1栋、1号楼 都是同一栋；没有单元的楼（商铺、别墅）单元空着或填 0。'],
  ['建筑面积以平方米为单位，最多两位小数。'],
  ['用途：住宅、商铺、办公、宿舍、车库、储藏室、其他。状态：未售、空置、已入住、装修中、出租。'],
  ['关系：业主、租户、家庭成员、照护人、联系人。一户有几个人就写几行。'],
  ['手机号、证件号码、房号请保持文本格式，否则表格软件会改掉它们。'],
  ['不要使用公式。楼栋、单元、房号可以合并单元格，其他列不可以。'],
  ['同一个文件导入两次，第二次不会改变任何内容。'],
  ['“示例”开头的表只供参考，不读取。'],
];

/** The sheets to fill in are empty; examples and notes stand on sheets that the import leaves out. */
export const templateSheets: readonly OutSheet[] = [
  { ...units, rows: [] },
  { ...people, rows: [] },
  { ...vehicles, rows: [] },
  { name: '说明', columns: [{ header: '填写说明', width: 90 }], rows: notes },
  { ...units, name: '示例-房屋', rows: exampleUnits },
  { ...people, name: '示例-住户', rows: examplePeople },
  { ...vehicles, name: '示例-车辆', rows: exampleVehicles },
];
