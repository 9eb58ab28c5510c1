// Words 词 of the indicators 指标.
import { type ProblemWords, plain } from '../../kernel/words.ts';
import type { Comparison, Grouping, IndicatorName, Measure } from './indicator.contract.ts';

export const indicatorWords: Record<IndicatorName, { name: string; formula: string; counts: string; rest: string }> = {
  'repair-timeliness': {
    name: '报修及时率',
    formula: '按时限或约定日期完工的 ÷ 本月完工的报修',
    counts: '按时完工',
    rest: '逾期完工',
  },
  'repair-arrival': {
    name: '到场及时率',
    formula: '按时到场的 ÷ 本月完工、承诺过到场时间的报修',
    counts: '按时到场',
    rest: '到场迟了',
  },
  'repair-rework': {
    name: '返修率',
    formula: '完工后返修的 ÷ 本月完工的报修',
    counts: '返修',
    rest: '没有返修',
  },
  'minor-repairs-passed': {
    name: '零修合格率',
    formula: '首次签字即认可的 ÷ 本月首次完工的一般报修',
    counts: '一次合格',
    rest: '未一次合格',
  },
  'repair-follow-up': {
    name: '维修回访率',
    formula: '已回访的 ÷ 本月完工的报修（不论哪天回访）',
    counts: '已回访',
    rest: '未回访',
  },
  'complaints-handled': {
    name: '投诉处理率',
    formula: '已处理的 ÷ 本月受理的投诉（截至统计之日）',
    counts: '已处理',
    rest: '未处理完',
  },
  'complaint-timeliness': {
    name: '投诉按时办结率',
    formula: '按时限或约定日期办结的 ÷ 本月处理完毕的投诉',
    counts: '按时办结',
    rest: '逾期办结',
  },
  'complaint-answered': {
    name: '投诉答复及时率',
    formula: '按时答复客户的 ÷ 本月受理、有答复时限的投诉',
    counts: '按时答复',
    rest: '未按时答复',
  },
  'complaint-follow-up': {
    name: '投诉处理回访率',
    formula: '已回访的 ÷ 本月处理完毕的投诉（不论哪天回访）',
    counts: '已回访',
    rest: '未回访',
  },
  'valid-complaints': {
    name: '月有效投诉率',
    formula: '本月受理、认定有效的投诉 ÷ 月末户数（已交付且有业主或住户）',
    counts: '有效投诉',
    rest: '其他',
  },
  'household-visits': {
    name: '上门拜访完成率',
    formula: '拜访够户数的人 ÷ 应上门拜访的人（同一户一个月算一次）',
    counts: '已够户数',
    rest: '户数不足',
  },
  'satisfaction-rate': {
    name: '客户服务满意率',
    formula: '总体满意的户 ÷ 答卷的户（本月结束的满意度调查）',
    counts: '满意',
    rest: '未达满意',
  },
  'satisfaction-index': {
    name: '客户满意指数',
    formula: '每户各项满意度折成 0–100 分的平均（本月结束的满意度调查）',
    counts: '满意',
    rest: '未达满意',
  },
};

export const comparisonSigns: Record<Comparison, string> = { 'at-least': '≥', 'at-most': '≤', below: '<' };

/** As far as it matters against a target: 98.96 % isn't 99 %. */
const percent = (share: number): string => `${Number((share * 100).toFixed(2))}%`;

const inMeasure = (value: number, measure: Measure): string =>
  measure === 'points' ? String(Number(value.toFixed(1))) : percent(value);

export const indicatorPageWords = {
  heading: '指标',
  lead: '每个数都由下面的事项一件件数出来，点开就能看到。',
  month: (month: string) => `${Number(month.slice(0, 4))} 年 ${Number(month.slice(5))} 月`,
  monthField: '月份',
  before: '上月',
  after: '下月',
  current: '本月',
  value: (value: number | null, measure: Measure = 'share') => (value === null ? '—' : inMeasure(value, measure)),
  counted: (numerator: number, denominator: number, figure: { measure: Measure; per: 'rows' | 'households' }) =>
    figure.measure === 'points'
      ? `共 ${denominator} 户答卷`
      : figure.per === 'households'
        ? `${numerator} 件 ÷ ${denominator} 户`
        : `${numerator} ÷ ${denominator}`,
  noCases: '本月还没有可数的事项',
  target: (target: number | null, comparison: Comparison, measure: Measure = 'share') =>
    target === null ? '没有定目标' : `目标 ${comparisonSigns[comparison]} ${inMeasure(target, measure)}`,
  met: '达标',
  missed: '未达标',
  previous: (value: string) => `上月 ${value}`,
  open: (day: string) => `${day} 以后不再变`,
  final: '已定',
  rows: '由哪些事项算出',
  all: (count: number) => `全部 ${count}`,
  allOfGroup: '全部',
  part: (word: string, count: number) => `${word} ${count}`,
  columns: { code: '单号', unit: '房号', what: '类别', level: '急缓', at: '日期', counts: '计入' },
  publicArea: '公共区域',
  empty: { title: '没有事项', text: '这个月没有计入这一项的事项。' },
  more: '再看一页',
  export: '导出',
  exported: (rows: number) => `已导出 ${rows} 行`,
  print: '打印',
  sheet: (name: string, month: string) => `${name}-${month}`,
  showRows: (name: string) => `查看${name}由哪些事项算出`,
};

export const everywhereWords = {
  title: (name: string) => `各小区：${name}`,
  community: '小区',
  value: '数值',
  counted: '怎么算出',
  target: '目标',
  met: '达标',
};

export const groupingWords: Record<Grouping, string> = {
  building: '楼栋',
  butler: '管家责任区',
  department: '部门',
  level: '级别',
  category: '类别',
  cause: '原因',
  hour: '时段',
};
/** What stands for those that have nothing there. */
export const noGroupWords: Record<Grouping, string> = {
  building: '公共区域或未留房号',
  butler: '未划责任区',
  department: '未定部门',
  level: '未定级别',
  category: '未分类',
  cause: '未填原因',
  hour: '',
};
export const weekdayWords = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'] as const;

const unitOf = (per: 'rows' | 'households') => (per === 'households' ? '户' : '件');
export const pictureWords = {
  trend: (name: string) => `${name}：近十二个月`,
  trendHead: { name: '月份', value: '十二个月的数' },
  target: '目标',
  shortMonth: (month: string) => (month.endsWith('-01') ? `${month.slice(2, 4)}年` : `${Number(month.slice(5))}月`),
  point: (value: string, numerator: number, denominator: number) => `${value}（${numerator} ÷ ${denominator}）`,
  by: (name: string) => `${name}：分组`,
  byField: '按什么分组',
  levels: '级别构成',
  causes: '原因排列（帕累托）',
  soFar: (share: number) => `累计 ${Math.round(share * 100)}%`,
  bar: (numerator: number, denominator: number, value: string, per: 'rows' | 'households') =>
    `${numerator} ÷ ${denominator} ${unitOf(per)} · ${value}`,
  part: (count: number, share: number) => `${count} 件 · ${Math.round(share * 100)}%`,
  hours: '一周时段：哪天几点',
  hour: (day: string, hour: string, count: number) => `${day} ${hour} 点：${count} 件`,
  hourOf: (key: string) => `${weekdayWords[Number(key.slice(0, 1)) - 1] ?? ''} ${key.slice(2)} 点`,
  opened: (by: string, name: string) => `${by}：${name}`,
  allAgain: '不分组',
  nothing: '这个月没有可以分组的事项',
  exportMonth: '导出本月',
  complaintMonth: '投诉月报',
};

export const indicatorProblems: { faults: ProblemWords } = {
  faults: { not_a_month: plain('月份写成 2026-11 这样', 'must be a month such as 2026-11') },
};
export const indicatorFieldWords: Record<string, string> = {
  month: '月份',
  by: '分组',
  key: '组',
  choose: '选定的投诉',
  drop: '取消的投诉',
};
