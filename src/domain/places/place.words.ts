// Words of units, relations, vehicles and imports: states, refusals and faults of a field.
import { type ProblemWords, plain } from '../../kernel/words.ts';
import type { UnitState, UnitUsage } from './import.contract.ts';

export const unitStateWords: Record<UnitState, string> = {
  unsold: '未售',
  vacant: '空置',
  occupied: '已入住',
  renovating: '装修中',
  let: '出租',
};
export const unitUsageWords: Record<UnitUsage, string> = {
  residential: '住宅',
  shop: '商铺',
  office: '办公',
  dormitory: '宿舍',
  garage: '车库',
  storage: '储藏室',
  other: '其他',
};

/** What can hang on an import, in the order in which it is named. */
const hangingWords: Record<string, string> = {
  cases: '事项',
  contacts: '来访来电',
  relations: '之后登记的住户关系',
  vehicles: '之后登记的车辆',
  warranties: '保修期',
  reveals: '敏感信息查看记录',
  areas: '管家责任区',
  accounts: '住户账号',
  units: '之后新建的房屋',
  changed: '之后又修改过的资料',
  other: '其他记录',
};

const titles: ProblemWords = {
  'unit.exists': (facts) => ({
    zh: `房屋 ${facts.label ?? ''} 已经存在`,
    en: `Unit ${facts.label ?? ''} exists already`,
  }),
  'relation.exists': plain('该住户与这套房屋已有同样的关系', 'This relation exists already'),
  'relation.share_over_100': (facts) => ({
    zh: `业主份额合计 ${facts.percent ?? ''}%，超过 100%`,
    en: `The owners' shares add up to ${facts.percent ?? ''}%`,
  }),
  'relation.ended': (facts) => ({
    zh: `这项关系已于 ${facts.untilOn ?? ''} 结束`,
    en: `It ended on ${facts.untilOn ?? ''}`,
  }),
  'vehicle.elsewhere': (facts) =>
    facts.isHere
      ? { zh: '这个车牌已登记在本户', en: 'This plate is registered with this unit already' }
      : { zh: '这个车牌已登记在另一户', en: 'This plate is registered with another unit' },
  'import.already_running': plain('本小区有一个导入正在进行，请等它结束', 'An import is running in this community'),
  'import.not_done': plain('只有已完成的导入可以撤销', 'Only an import that is done can be undone'),
  'import.stays': plain('维保单位不能整批撤销，请在“维保单位”页逐条更改或撤销', 'Contractors are changed one by one'),
  'import.in_use': (facts) => {
    const named = Object.keys(hangingWords)
      .filter((key) => Number(facts[key]) > 0)
      .map((key) => `${hangingWords[key]} ${facts[key]} 条`);
    return {
      zh: `导入的内容已被使用，不能撤销：${named.join('，') || '有其他记录引用'}`,
      en: `What it brought is in use: ${Object.entries(facts)
        .map(([key, value]) => `${key} ${value}`)
        .join(', ')}`,
    };
  },
  'import.no_report': plain('这次导入没有未通过的行', 'No row was rejected'),
  'import.undo_interrupted': plain(
    '程序中断，撤销没有完成，导入的内容都还在，请重新撤销',
    'Interrupted: nothing was taken back; try again',
  ),
  'import.undo_failed': plain(
    '撤销没有完成，导入的内容都还在，请稍后再试',
    'Not taken back; everything is still there',
  ),
  'import.interrupted': plain('程序中断，导入没有完成，什么都没有写入，请重新导入', 'Interrupted: nothing was written'),
  'import.kind_unknown': plain('暂不支持导入这一类', 'This kind cannot be imported'),
  'spreadsheet.not_xlsx': plain('不是 Excel 工作簿（.xlsx）', 'Not an .xlsx workbook'),
  'spreadsheet.old_xls': plain('旧格式 .xls 不能读取，请在表格软件中另存为 .xlsx', 'Old .xls: save it as .xlsx'),
  'spreadsheet.encrypted': plain('文件设有密码，请先取消密码', 'The file has a password'),
  'spreadsheet.damaged': plain('文件不完整或已损坏，请重新导出或重新上传', 'The file is damaged or cut off'),
  'spreadsheet.too_large': plain('表格展开后太大，请检查文件或分成几个文件', 'The workbook is too large once unfolded'),
  'spreadsheet.too_many_strings': plain('表格内容太多，请分成几个文件', 'The workbook holds too many texts'),
};

const faults: ProblemWords = {
  not_a_room: plain('应为房号，例如 502', 'not a room number'),
  not_a_plate: plain('应为车牌号，例如 京A12345', 'not a number plate'),
  before_from: plain('截止日期不能早于起始日期', 'must not be before the first day'),
  in_the_future: plain('不能是将来的日期', 'must not be in the future'),
  no_file: plain('请选择一个文件', 'a file is required'),
};

export const placeProblems = { titles, faults };

/** `3 栋`, `A 栋`; a name such as 澜庭阁 or 3 号楼 stays. */
export const buildingInWords = (name: string): string => (/^[\dA-Za-z]+$/.test(name) ? `${name} 栋` : name);
