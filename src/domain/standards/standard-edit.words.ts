// Words of a draft of the service standard: what each figure is called, its value, and what a change means, in a sentence.
import { type ProblemWords, plain } from '../../kernel/words.ts';
import type { Role } from '../access/role.contract.ts';
import { roleWords } from '../access/role.words.ts';
import type { ClockKind, Limit } from '../clocks/clock.contract.ts';
import { limitInWords } from '../clocks/clock.words.ts';
import type { ApprovalKind } from './standard.contract.ts';
import {
  approvalNames,
  clockRowInWords,
  figureWords,
  moneyAlarmNames,
  sectionWords,
  variantInWords,
} from './standard.words.ts';
import type { Change, Editable, WriterMove } from './standard-edit.contract.ts';

export const standardMoveWords: Record<WriterMove, string> = {
  amend: '保存草稿',
  submit: '提交总经理审批',
  withdraw: '撤回修改',
  drop: '放弃草稿',
};

const parts: Record<string, string> = {
  limit: '时限',
  wished: '客户期望的时限',
  maxWorkingDays: '最长几个工作日',
  appointmentLeadMinutes: '提前几分钟',
  percent: '用时到百分之几',
  afterMinutes: '到点后几分钟',
  afterWorkingDays: '到点后几个工作日',
  lastDayAt: '最后一天几点',
  acknowledgeWithinMinutes: '几分钟内确认',
  endsAt: '截止',
  lateAfter: '几点以后起算的算次日',
  nextDayAt: '次日几点',
  min: '最少',
  max: '最多',
  count: '次数',
  days: '天数',
  needsConsent: '须客户同意',
  needsEvidence: '须通话记录或照片',
  lossFen: '损失金额',
  people: '人数',
  deaths: '死亡人数',
  promisedRaisings: '承诺事项提出次数',
  mediaDays: '媒体报道天数',
  mediaOutlets: '媒体家数',
  raisings: '提出次数',
  mediaReports: '媒体报道次数',
  tries: '次数',
  atDoor: '其中上门次数',
  on: '启用',
  afterDays: '几天后',
  perPersonPerMonth: '每人每月户数',
  everyMonths: '几个月一次',
  satisfiedRate: '满意率',
  index: '满意指数',
  share: '比例',
  from: '开始',
  to: '结束',
  steps: '审批步骤',
  termCalendarDays: '几天没有结果即失效',
  department: '部门',
  post: '岗位',
  'all-fees': '全部费用',
  graceDays: '到期几天后起算',
  dailyPerMillion: '每天百万分之几',
  capPercent: '最多为应收的百分之几',
  farTimes: '超过平时几倍',
  littleThousandths: '每天不超过千分之几不提示',
  repair: '维修费',
  service: '特约服务费',
  other: '其他费用',
  mostNumbers: '每本最多几张',
  mostBooksInHand: '每人最多几本',
  drawerFen: '收银员手上',
  carriedFen: '上门收取',
  ...moneyAlarmNames,
};
const ladderNames: Record<string, string> = { minutes: '分钟级', hours: '小时级', days: '天级' };

/** `到场 · 水电气紧急 · 时限`; always Chinese, which a test asks of every settable figure. */
export function figureInWords(path: string): string {
  const names = path.split('/').filter((name) => name !== 'value' && name !== 'when');
  const [section = '', first = '', ...rest] = names;
  const said = (those: readonly string[]) => those.map((name) => parts[name] ?? name).join(' · ');
  if (section === 'clocks') {
    const [kind = '', variant = ''] = first.split('+');
    return `${clockRowInWords({ kind: kind as ClockKind, variant })} · ${said(rest)}`;
  }
  if (section === 'ladders')
    return `${ladderNames[first] ?? first}上报 · 第 ${Number(rest[0]) + 1} 级 · ${said(rest.slice(1))}`;
  if (section === 'followUps') return `${sectionWords.followUps} · ${variantInWords(first)} · ${said(rest)}`;
  if (section === 'approvals') return `${approvalNames[first as ApprovalKind]}审批 · ${said(rest)}`;
  for (let length = names.length; length > 0; length--) {
    const known = figureWords[names.slice(0, length).join('.')];
    if (known) return [known, ...(length < names.length ? [said(names.slice(length))] : [])].join(' · ');
  }
  return said(names);
}

/** Which heading of the standard a figure stands under. */
export const sectionOfPath = (path: string): string =>
  sectionWords[(path.split('/')[0] ?? '') as keyof typeof sectionWords] ?? '';

const percent = (share: number): string => `${Number((share * 100).toFixed(2))} %`;

export function valueInWords(path: string, value: unknown): string {
  if (value === null || value === undefined) return '未规定';
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'number') {
    if (path.endsWith('Fen')) return `${(value / 100).toLocaleString('zh-CN')} 元`;
    if (/share$|Rate$|targets\/|Target|samplingRoom/.test(path)) return percent(value);
    return String(value);
  }
  if (Array.isArray(value))
    return value.every((one) => typeof one === 'string')
      ? value.map((role) => roleWords[role as Role] ?? String(role)).join(path.startsWith('approvals/') ? ' → ' : '、')
      : value.map((span) => (span as string[]).join('–')).join('，');
  return typeof value === 'object' ? limitInWords(value as Limit) : String(value);
}

const unitNames: Record<string, string> = {
  minutes: '分钟',
  hours: '小时',
  workingDays: '个工作日',
  calendarDays: '天',
};

/** By how much, where both are counted alike. */
function differenceInWords({ path, was, is }: Change): string {
  if (typeof was === 'number' && typeof is === 'number') {
    const by = valueInWords(path, Math.abs(Number((is - was).toFixed(4))));
    return is > was ? `，增加 ${by}` : `，减少 ${by}`;
  }
  if (typeof was !== 'object' || typeof is !== 'object' || was === null || is === null) return '';
  const unit = Object.keys(unitNames).find((name) => name in was && name in is);
  if (unit === undefined) return '';
  const by = Number((is as Record<string, number>)[unit]) - Number((was as Record<string, number>)[unit]);
  return by === 0 ? '' : `，${by < 0 ? '缩短' : '放宽'} ${Math.abs(by)} ${unitNames[unit]}`;
}

/** `到场 · 一般 · 时限：由 15 分钟（全天候）改为 10 分钟（全天候），缩短 5 分钟。` */
export const changeInWords = (change: Change): string =>
  `${figureInWords(change.path)}：由 ${valueInWords(change.path, change.was)} 改为 ${valueInWords(change.path, change.is)}${differenceInWords(change)}。`;

/** What an approver reads of a draft: the version, its day, its changes, the first of them in full. */
export function draftAskedInWords(facts: Record<string, unknown>): { title: string; lines: string[] } {
  return {
    title: `服务标准第 ${String(facts.number ?? '')} 版`,
    lines: [
      `拟自 ${String(facts.inForceOn ?? '')} 起执行`,
      `与现行标准相比，${String(facts.changes ?? '')} 处变化`,
      ...String(facts.sentences ?? '')
        .split('\n')
        .filter((one) => one !== ''),
    ],
  };
}

export const boundInWords = (one: Pick<Editable, 'type' | 'min' | 'max' | 'path'>): string =>
  one.min === undefined || one.max === undefined || one.type === 'roles' || one.type === 'spans'
    ? ''
    : `${valueInWords(one.path, one.min)} – ${valueInWords(one.path, one.max)}`;

const figureOf = (facts: Record<string, unknown>): string =>
  typeof facts.figure === 'string' ? `“${figureInWords(facts.figure)}”` : '';
const value = (facts: Record<string, unknown>, at: 'min' | 'max'): string =>
  typeof facts.figure === 'string' && !/limit$|wished$|steps|desk$/.test(facts.figure)
    ? valueInWords(facts.figure, facts[at])
    : String(facts[at] ?? '');

export const standardEditProblems: { titles: ProblemWords; faults: ProblemWords } = {
  titles: {
    'standard.open_version': plain('已有一版在起草、待审批或等待执行，请先处理那一版', 'another version is open'),
    'standard.move_not_allowed': plain('这一版现在不能这样操作，请刷新后再看', 'not allowed in this state'),
    'standard.nothing_changed': plain(
      '与现行标准相比没有任何变化，不需要提交',
      'nothing differs from the version in force',
    ),
  },
  faults: {
    not_settable: plain('标准里没有这一项，或这一项不能修改', 'no such figure, or it is fixed'),
    too_low: (facts) => ({
      zh: `${figureOf(facts)}不能小于 ${value(facts, 'min')}`,
      en: `at least ${String(facts.min)}`,
    }),
    too_high: (facts) => ({
      zh: `${figureOf(facts)}不能大于 ${value(facts, 'max')}`,
      en: `at most ${String(facts.max)}`,
    }),
    not_a_number: (facts) => ({ zh: `${figureOf(facts)}请填数字`, en: 'not a number' }),
    not_whole: (facts) => ({ zh: `${figureOf(facts)}请填整数`, en: 'not a whole number' }),
    not_yes_or_no: (facts) => ({ zh: `${figureOf(facts)}请选是或否`, en: 'not yes or no' }),
    not_a_time: (facts) => ({ zh: `${figureOf(facts)}请写成 08:30 这样的时间`, en: 'not a time of day' }),
    not_a_limit: (facts) => ({ zh: `${figureOf(facts)}请选时限的单位并填数`, en: 'not a limit' }),
    not_hours: (facts) => ({ zh: `${figureOf(facts)}请写成 08:00–12:00`, en: 'not hours' }),
    hours_not_in_order: (facts) => ({ zh: `${figureOf(facts)}请按先后填写，不能重叠`, en: 'hours overlap' }),
    not_posts: (facts) => ({ zh: `${figureOf(facts)}请选择职位`, en: 'not posts' }),
    post_twice: (facts) => ({ zh: `${figureOf(facts)}同一职位不能出现两次`, en: 'a post stands twice' }),
    less_than_least: (facts) => ({ zh: `${figureOf(facts)}不能小于最少`, en: 'less than the least' }),
    after_the_end: (facts) => ({ zh: `${figureOf(facts)}不能晚于截止时间`, en: 'after the end' }),
    less_than_lower_level: (facts) => ({
      zh: `${figureOf(facts)}不能低于下一级的金额`,
      en: 'less than the lower level',
    }),
    worker_takes_money: (facts) => ({
      zh: `${figureOf(facts)}不能有维修人员：干活的人不收钱`,
      en: 'never the worker',
    }),
    more_days_than_tries: (facts) => ({ zh: `${figureOf(facts)}不能多于次数`, en: 'more days than tries' }),
  },
};
export const standardEditFieldWords: Record<string, string> = {
  changes: '修改',
  path: '条款',
  value: '数值',
  note: '修改说明',
};
