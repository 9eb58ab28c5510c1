// Words 词 of the desk 工作台, of the wall board 大屏 and of the one box that finds everything 总搜索.
import { yuanOfFen } from '../../kernel/money.ts';
import type { BoardRow, CaseKind } from '../cases/case.contract.ts';
import { complaintCaseStateWords, severityWords } from '../complaints/complaint-case.words.ts';
import { emergencyStateWords } from '../emergencies/emergency.words.ts';
import { enquiryStateWords } from '../enquiries/enquiry.words.ts';
import { buildingInWords } from '../places/place.words.ts';
import type { MatchedBy, SearchAnswer } from '../places/unit.contract.ts';
import type { ReceiptState } from '../receipts/receipt.contract.ts';
import { receiptStateWords } from '../receipts/receipt.words.ts';
import { endedRepairStates } from '../repairs/repair.contract.ts';
import { repairCategoryWords, repairStateWords, urgencyWords } from '../repairs/repair.words.ts';
import { emergencyCategoryWords } from '../standards/standard.words.ts';

const stateWords: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  repair: repairStateWords,
  complaint: complaintCaseStateWords,
  emergency: emergencyStateWords,
  enquiry: enquiryStateWords,
  suggestion: enquiryStateWords,
};
export const stateWord = (kind: CaseKind | string, state: string): string => stateWords[kind]?.[state] ?? state;

export const isEndedState = (kind: string, state: string): boolean =>
  kind === 'repair' ? (endedRepairStates as readonly string[]).includes(state) : state === 'closed';

const levelWords: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  repair: urgencyWords,
  complaint: severityWords,
  emergency: severityWords,
};
export const levelWord = (row: Pick<BoardRow, 'kind' | 'level'>): string | null =>
  row.level === null ? null : (levelWords[row.kind]?.[row.level] ?? row.level);

export const categoryWord = (category: string | null): string =>
  category === null
    ? ''
    : ((repairCategoryWords as Record<string, string>)[category] ??
      (emergencyCategoryWords as Record<string, string>)[category] ??
      category);

export const deskWords = {
  heading: '工作台',
  next: '下一个要到点的承诺',
  nextLate: '已经超时的承诺',
  nothingDue: { title: '现在没有要到点的承诺', text: '有来电来访请按 F2 登记。' },
  nobody: '还没有派人',
  open: '打开',
  urge: '打电话问进度',
  urgeLead: (whom: string) =>
    `您给${whom}打电话，再把答复记在经过里。这里不给对方发提醒；要发提醒，请打开这件事用“催办”。`,
  urgeText: '打电话问进度，对方答复',
  urgePlaceholder: '对方怎么说，例如：十分钟内到场',
  urgeSave: '记入经过',
  urged: '已记入经过',
  owner: (name: string) => `责任人 ${name}`,
  policy: (version: string) => `服务标准第 ${version} 版`,
  mine: '我的事项',
  mineNote: (count: number) => `按最近时限排列 · ${count} 件`,
  mineEmpty: { title: '手上没有未完的事项', text: '您登记或负责的事项会按到点时间排在这里。' },
  columns: { due: '时限', case: '事项', unit: '房号', state: '状态', responsible: '负责人', received: '登记' },
  noClock: '无时限',
  pausedClock: '暂停',
  today: '现在',
  counts: {
    open: '未完事项',
    overdue: '已超时',
    mine: '我的',
    unassigned: '未派人',
    receivedToday: '今天登记',
  },
  yesterday: '昨日未完成',
  yesterdayNote: (total: number) => `${total} 件`,
  yesterdayEmpty: '昨天的都办完了。',
  yesterdayMore: (rest: number) => `还有 ${rest} 件，在事项里看`,
  ledger: '最新台账',
  ledgerAll: '全部台账',
  ledgerEmpty: '今天还没有来电来访。',
  overdueCount: (count: number) => `${count} 超时`,
  keys: 'J / K 选行，回车打开',
};

export const wallWords = {
  heading: '值班大屏',
  open: '未完事项',
  overdue: '已超时',
  receivedToday: '今天登记',
  endedToday: '今天办结',
  next: '最近要到点',
  nothing: '现在没有要到点的承诺',
  noBuilding: '公共区域',
  building: buildingInWords,
  noClock: '无时限',
  notLive: '没有连上系统，显示的是刚才的情况',
  back: '回到工作台',
  weekdays: ['', '周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  day: (day: string, weekday: string) =>
    `${Number(day.slice(0, 4))} 年 ${Number(day.slice(5, 7))} 月 ${Number(day.slice(8, 10))} 日 ${weekday}`,
};

const matchedByWords: Record<MatchedBy, string> = {
  room: '房号',
  name: '姓名',
  pinyin: '拼音',
  initials: '首字母',
  phone: '电话',
  'phone-tail': '电话尾号',
  plate: '车牌',
  code: '单号',
  text: '内容',
};

export const searchWords = {
  box: '总搜索',
  placeholder: '房号、姓名、拼音、电话尾号、车牌、单号…',
  groups: { households: '房户', persons: '人员', cases: '事项', receipts: '收据', pages: '页面' } satisfies Record<
    keyof SearchAnswer,
    string
  >,
  nothing: (query: string) => `没有找到“${query}”`,
  hint: '3-1-502 · 3栋502 · zhangsan · zs · 1234 · 京A12345 · BX-2026-000123',
  keys: '↑ ↓ 选择 · 回车打开 · Shift + 回车给这一户登记 · Esc 关闭',
  start: '登记报修',
  startKey: 'Shift ↵',
  searching: '正在查找…',
  matchedBy: (by: MatchedBy) => matchedByWords[by],
  page: '页面',
  yuan: (fen: number) => `${yuanOfFen(fen)} 元`,
  receiptState: (state: string) => (state === 'issued' ? '' : (receiptStateWords[state as ReceiptState] ?? '')),
};
