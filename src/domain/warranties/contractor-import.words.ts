// Words 词 of the list of contractors 维保单位导入: headings, the empty form, and what was expected of a wrong row.
import type { OutCell, OutSheet } from '../../platform/spreadsheet/write-workbook.ts';
import type { ContractorField, ContractorRejection, ContractorRejectionCode } from './contractor-import.contract.ts';

/** Heading spellings without blanks, stars and brackets. */
export const contractorColumns: Record<ContractorField, readonly string[]> = {
  name: ['维保单位', '单位名称', '公司名称', '施工单位'],
  category: ['类别', '报修类别', '专业'],
  part: ['部位', '保修部位'],
  covers: ['范围', '保修范围'],
  months: ['保修月数', '保修期月', '期限月'],
  untilOn: ['保修到期日', '到期日'],
  startsOn: ['起算日', '保修起算日'],
  activeFrom: ['服务开始', '合同开始'],
  activeUntil: ['服务结束', '合同到期'],
  person: ['联系人', '联系人姓名'],
  phone: ['联系电话', '电话', '手机号'],
  duty: ['职务'],
  note: ['备注'],
};

/** What screens say where the standard's own name is another; taken where the standard has the code. */
export const categoryOfWord: Readonly<Record<string, string>> = { 电气: 'electricity', 家电设备: 'appliance' };

export const coversOfWord: Readonly<Record<string, 'units' | 'common'>> = {
  '': 'units',
  户内: 'units',
  公共部位: 'common',
  公区: 'common',
};

export const contractorRejectionExpected = ({ code, facts }: ContractorRejection): string => {
  const expected: Record<ContractorRejectionCode, string> = {
    required: '不能为空',
    too_long: `最多 ${facts?.maximum ?? ''} 个字`,
    unknown_category: `应为：${facts?.words ?? ''}`,
    unknown_word: `应为：${facts?.words ?? ''}`,
    not_months: '应为 1 到 600 的整数，以月为单位',
    months_or_last_day: '保修月数和保修到期日只填一个',
    not_a_day: '应为日期，例如 2026-11-22',
    end_before_start: '不能早于开始的日期',
    not_a_phone: '应为电话号码，例如 13800001234 或 0755-12345678',
    phone_without_person: '填了电话或职务，须同时填写联系人',
    formula: '应为填写的值，不能是公式',
    cell_error: '应为填写的值，单元格里是公式错误',
    contradicts_row: `与第 ${facts?.row ?? ''} 行不一致`,
    firm_differs: `系统里这家单位登记的是“${facts?.known ?? ''}”，请在“维保单位”页更改`,
    phone_differs: '系统里这位联系人的电话不同，请在“维保单位”页更改',
    term_differs: `系统里这一范围、类别、部位已有约定（${facts?.known ?? ''}），请在“维保单位”页更改`,
    no_known_header: '没有找到认识的表头，列名应含维保单位和类别',
  };
  return expected[code];
};

export const termKnownWords = (term: { months: number | null; untilOn: string | null }, firm: string): string =>
  `${term.months === null ? `至 ${term.untilOn ?? ''}` : `${term.months} 个月`}，${firm}`;

export const contractorTemplateName = '维保单位导入模板.xlsx';

const sheet = {
  name: '维保单位',
  columns: [
    { header: '维保单位*', width: 24, isText: true },
    { header: '类别*', width: 12 },
    { header: '部位', width: 14 },
    { header: '范围', width: 12 },
    { header: '保修月数', width: 12 },
    { header: '保修到期日', width: 14, isText: true },
    { header: '起算日', width: 14, isText: true },
    { header: '服务开始*', width: 14, isText: true },
    { header: '服务结束', width: 14, isText: true },
    { header: '联系人', width: 14, isText: true },
    { header: '联系电话', width: 18, isText: true },
    { header: '职务', width: 14 },
    { header: '备注', width: 30 },
  ],
};
/** Invented firms and people; the numbers lie in a range that is not in use. */
const examples: OutCell[][] = [
  [
    '示例防水公司',
    '墙面屋面',
    '屋面',
    '公共部位',
    60,
    '',
    '',
    '2026-01-01',
    '',
    '示例甲',
    '12000000001',
    '项目经理',
    '',
  ],
  ['示例防水公司', '墙面屋面', '', '户内', 60, '', '', '', '', '示例乙', '12000000002', '调度', ''],
  ['示例电梯公司', '电梯', '', '公共部位', null, '2028-12-31', '', '2026-01-01', '2028-12-31', '', '', '', '年检另约'],
];
const notes: OutCell[][] = [
  ['导入只读取有“维保单位”和“类别”两列的表；按表头识别，列的先后可以不同，可以有其他列（不读取）。'],
  ['一家单位可以写几行：每行一个类别或部位的保修约定，或一位联系人。服务开始写在这家单位的任意一行即可。'],
  ['类别写服务标准里的名称，例如：给水、电气、墙面屋面、电梯。范围：户内、公共部位；空着算户内。'],
  ['保修月数和保修到期日只填一个；都空着表示只登记单位，不登记保修约定。起算日空着时从交付日起算。'],
  ['系统里已有的内容不会被改掉：不一致的行会指出来，请在“维保单位”页更改。'],
  ['同一个文件导入两次，第二次不会改变任何内容。'],
  ['“示例”开头的表只供参考，不读取。'],
];

export const contractorTemplateSheets: readonly OutSheet[] = [
  { ...sheet, rows: [] },
  { name: '说明', columns: [{ header: '填写说明', width: 90 }], rows: notes },
  { ...sheet, name: '示例-维保单位', rows: examples },
];
