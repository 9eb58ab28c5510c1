// The two papers of a month of complaints as people read them; one model for sheet, document and print.
import { dayOf, type Instant, wallTimeOf } from '../../kernel/time.ts';
import type { OutDocument } from '../../platform/documents/write-document.ts';
import type { OutSheet } from '../../platform/spreadsheet/write-workbook.ts';
import { departmentWords } from '../access/role.words.ts';
import { channelWords } from '../cases/case.words.ts';
import {
  againstWords,
  complaintCaseStateWords,
  complaintCauseWords,
  severityWords,
  validityWords,
} from './complaint-case.words.ts';
import type {
  ComplaintMonth,
  ComplaintPaper,
  MonthComplaint,
  MonthSection,
  MonthTally,
  Punctuality,
  VisitReason,
} from './complaint-month.contract.ts';

export const paperTitles: Record<ComplaintPaper, string> = {
  statistics: '客户投诉案件统计表',
  register: '客户投诉案件登记追踪表（事件处理跟踪表）',
};
const shortTitles: Record<ComplaintPaper, string> = {
  statistics: '客户投诉案件统计表',
  register: '客户投诉案件登记追踪表',
};
export const paperName = (paper: ComplaintPaper, month: string): string => `${shortTitles[paper]}-${month}`;

export type Paper = {
  title: string;
  mark: string;
  lines: string[];
  tables: { name: string; columns: { header: string; width: number }[]; rows: string[][] }[];
  signs: string[];
};

const wordIn = (words: Readonly<Record<string, string>>, code: string | null): string =>
  code === null ? '' : (words[code] ?? code);
/** Whom it is about; one of a follow-up has the category of what was asked about, whose words the reader hands over. */
export type CategoryWord = (category: string) => string;
const kindWord = (category: string | null, rest: CategoryWord): string =>
  category === null ? '' : category in againstWords ? wordIn(againstWords, category) : rest(category);
const moment = (at: Instant | null): string => (at === null ? '' : `${dayOf(at)} ${wallTimeOf(at).slice(0, 5)}`);
/** Of an anonymous one the hour only: `2026-11-20 10 时`. */
const momentIn = (one: MonthComplaint, at: Instant | null): string =>
  at !== null && one.anonymous ? `${dayOf(at)} ${wallTimeOf(at).slice(0, 2)} 时` : moment(at);
const monthName = (month: string) => `${Number(month.slice(0, 4))} 年 ${Number(month.slice(5))} 月`;

export const punctualityWords: Record<Punctuality, string> = { 'in-time': '按时', late: '逾期', running: '办理中' };
export const visitReasonWords: Record<VisitReason, string> = {
  repeated: '反复提出',
  late: '逾期',
  grave: '较大及以上',
  'not-satisfied': '客户不满意',
  'follow-up-failed': '回访不认可',
};
const verdictWords = { acceptable: '认可', 'not-acceptable': '不认可', 'not-reached': '未联系上' } as const;
const sectionWords: Record<MonthSection, string> = {
  kind: '类别',
  level: '级别',
  department: '部门',
  building: '楼栋',
};

const groupName = (by: MonthSection, key: string | null, rest: CategoryWord): string => {
  if (key === null) return by === 'building' ? '公共区域或未留房号' : '未定';
  if (by === 'kind') return kindWord(key, rest);
  if (by === 'level') return wordIn(severityWords, key);
  return by === 'department' ? wordIn(departmentWords, key) : key;
};

/** The mark that the paper of the 30th bears: the figure's month is the calendar month. */
export const markOf = ({ month, extent, until, cutoffDay }: ComplaintMonth): string =>
  extent === 'cutoff' ? `统计至 ${cutoffDay} 日（${until}）` : `全月（${month}-01 至 ${until}）`;

const tallyColumns = ['受理', '有效', '无效', '未认定', '已处理', '按时', '逾期', '反复提出'].map((header) => ({
  header,
  width: 8,
}));
const tallyCells = (tally: MonthTally): string[] =>
  [
    tally.received,
    tally.valid,
    tally.invalid,
    tally.undecided,
    tally.handled,
    tally.inTime,
    tally.late,
    tally.repeated,
  ].map(String);

const placeOf = (one: MonthComplaint): string => one.unit ?? one.place ?? '';

export function statisticsOf(facts: ComplaintMonth, rest: CategoryWord): Paper {
  const { total, items } = facts;
  const valid = items.filter((one) => one.validity === 'valid');
  const chosen = items.filter((one) => one.isChosen);
  return {
    title: paperTitles.statistics,
    mark: markOf(facts),
    lines: [
      `${monthName(facts.month)}，${markOf(facts)}；统计时间 ${moment(facts.reckonedAt)}`,
      `受理 ${total.received} 件：有效 ${total.valid} 件，无效 ${total.invalid} 件，未认定 ${total.undecided} 件；已处理 ${total.handled} 件，按时 ${total.inTime} 件，逾期 ${total.late} 件；反复提出 ${total.repeated} 件。`,
    ],
    tables: [
      ...facts.sections.map(({ by, rows }) => ({
        name: `按${sectionWords[by]}`,
        columns: [{ header: sectionWords[by], width: 16 }, ...tallyColumns],
        rows: [
          ...rows.map((row) => [groupName(by, row.key, rest), ...tallyCells(row)]),
          ['合计', ...tallyCells(total)],
        ],
      })),
      {
        name: '近十二个月',
        columns: [
          { header: '月份', width: 12 },
          { header: '受理', width: 8 },
          { header: '已处理', width: 8 },
        ],
        rows: facts.trend.map((one) => [one.month, String(one.received), String(one.handled)]),
      },
      {
        name: '有效投诉汇总',
        columns: [
          { header: '单号', width: 15 },
          { header: '房号或地点', width: 14 },
          { header: '类别', width: 9 },
          { header: '级别', width: 8 },
          { header: '原因', width: 13 },
          { header: '投诉内容', width: 30 },
          { header: '处理结果', width: 30 },
        ],
        rows: valid.map((one) => [
          one.code,
          placeOf(one),
          kindWord(one.category, rest),
          wordIn(severityWords, one.level),
          wordIn(complaintCauseWords, one.cause),
          one.account,
          one.result,
        ]),
      },
      {
        name: '选定再次走访',
        columns: [
          { header: '单号', width: 15 },
          { header: '房号或地点', width: 14 },
          { header: '客户', width: 10 },
          { header: '缘由', width: 26 },
          { header: '走访人', width: 12 },
          { header: '走访日期', width: 12 },
        ],
        rows: chosen.map((one) => [one.code, placeOf(one), customerOf(one), reasonsOf(one), '', '']),
      },
    ],
    signs: ['制表', '客服主管', '管理处经理'],
  };
}

const customerOf = (one: MonthComplaint): string => (one.anonymous ? '匿名' : (one.customer ?? ''));
export const reasonsOf = (one: MonthComplaint): string =>
  one.reasons.map((reason) => visitReasonWords[reason]).join('、');

export const registerOf = (facts: ComplaintMonth, rest: CategoryWord): Paper => ({
  title: paperTitles.register,
  mark: markOf(facts),
  lines: [
    `${monthName(facts.month)}，${markOf(facts)}；共 ${facts.items.length} 件，登记时间 ${moment(facts.reckonedAt)}`,
  ],
  tables: [
    {
      name: '登记追踪',
      columns: [
        { header: '序号', width: 5 },
        { header: '单号', width: 13 },
        { header: '受理时间', width: 13 },
        { header: '方式、受理人', width: 11 },
        { header: '房号或地点、客户', width: 14 },
        { header: '类别、级别', width: 10 },
        { header: '投诉内容', width: 28 },
        { header: '责任部门、责任人', width: 13 },
        { header: '期限、完成', width: 14 },
        { header: '处理结果', width: 26 },
        { header: '有效', width: 7 },
        { header: '答复、客户意见', width: 16 },
        { header: '回访', width: 8 },
        { header: '状态', width: 9 },
      ],
      rows: facts.items.map((one, index) => [
        String(index + 1),
        one.code,
        momentIn(one, one.receivedAt),
        lines(wordIn(channelWords, one.channel), one.taker),
        lines(placeOf(one), customerOf(one)),
        lines(kindWord(one.category, rest), wordIn(severityWords, one.level)),
        one.account,
        lines(wordIn(departmentWords, one.department), one.responsible),
        lines(momentIn(one, one.dueAt), momentIn(one, one.resolvedAt), punctualityWords[one.punctuality]),
        one.result,
        validityWords[one.validity],
        lines(momentIn(one, one.toldAt), one.opinion, one.satisfied === null ? '' : one.satisfied ? '满意' : '不满意'),
        one.followUp === null ? '' : verdictWords[one.followUp],
        wordIn(complaintCaseStateWords, one.state),
      ]),
    },
  ],
  signs: ['登记人', '客服主管', '管理处经理'],
});

const lines = (...parts: (string | null)[]): string => parts.filter((part) => part !== null && part !== '').join('\n');

export const paperOf = (paper: ComplaintPaper, facts: ComplaintMonth, rest: CategoryWord): Paper =>
  paper === 'statistics' ? statisticsOf(facts, rest) : registerOf(facts, rest);

export const sheetsOf = (paper: Paper): OutSheet[] =>
  paper.tables.map((table) => ({
    name: table.name,
    above: [paper.title, ...paper.lines],
    columns: table.columns.map((column) => ({ ...column, width: Math.max(column.width * 1.3, 10), isText: true })),
    rows: table.rows.map((row) =>
      row.map((cell) => (/^\d{1,6}$/.test(cell) ? Number(cell) : cell.replaceAll('\n', '；'))),
    ),
  }));

export const documentOf = (paper: Paper): OutDocument => ({ ...paper, isLandscape: true });

export const complaintMonthWords = {
  title: '投诉月报',
  papers: shortTitles,
  paper: '哪张表',
  extent: '统计到哪天',
  extents: (day: number) => ({ cutoff: `至 ${day} 日`, month: '全月' }),
  month: '月份',
  before: '上月',
  after: '下月',
  xlsx: '导出 Excel',
  docx: '导出 Word',
  print: '打印',
  back: '返回指标',
  sign: (who: string) => `${who}：`,
  visits: '再次走访',
  visitsNote: (chosen: number) => `已选 ${chosen} 件`,
  visitsHint: '有缘由的排在前面；选定后印在统计表里。',
  choose: (code: string) => `选 ${code} 再次走访`,
  noVisits: '这个月没有可选的投诉',
  customerOf,
  placeOf,
};
