// Chinese words of clocks 时限: kinds, states, parties, limits, steps, and "why this time" as sentences.
import { dayOf, type Instant, minuteMs, wallTimeOf } from '../../kernel/time.ts';
import { lengthInWords } from '../../ui/ui.words.ts';
import type { Role } from '../access/role.contract.ts';
import type {
  CalendarCode,
  ChargeParty,
  ClockKind,
  ClockState,
  LadderTarget,
  Limit,
  WhyPart,
} from './clock.contract.ts';

export const clockKindWords: Record<ClockKind, string> = {
  'fill-in': '填单',
  notify: '接单',
  'contractor-told': '通知维保单位',
  assess: '评估报价',
  'on-site': '到场',
  complete: '完成',
  waiting: '等待',
  voucher: '回单',
  'call-back': '回电',
  message: '留言',
  answer: '答复',
  respond: '响应',
  'form-forwarded': '呈报',
  sent: '送达签收',
  'tell-customer': '告知客户',
  'next-answer': '下次答复',
  'follow-up': '回访',
  visit: '上门',
  review: '审阅',
  approve: '审批',
  'subject-request': '个人信息请求',
};

export const clockStateWords: Record<ClockState, string> = {
  running: '计时中',
  paused: '已暂停',
  met: '达成',
  missed: '超时',
  void: '作废',
};

export const chargePartyWords: Record<ChargeParty, string> = {
  customer: '客户',
  centre: '服务中心',
  department: '责任部门',
  contractor: '维保单位',
};

/** 计时归属：服务中心 12 分、维保单位 1 小时 35 分；each minute is one party's, so that they sum to the whole. */
export function chargedInWords(minutes: Partial<Record<ChargeParty, number>>): string {
  const parts = (Object.keys(chargePartyWords) as ChargeParty[]).flatMap((party) => {
    const spent = minutes[party] ?? 0;
    return spent === 0 ? [] : [`${chargePartyWords[party]} ${lengthInWords(spent * minuteMs)}`];
  });
  return parts.length === 0 ? '' : `计时归属：${parts.join('、')}`;
}

export const pauseReasonWords: Record<string, string> = {
  parts: '等待配件',
  customer: '等待客户',
  contractor: '等待维保单位',
  access: '无法入户',
  quote: '等待客户确认报价',
};

const calendarWords: Record<CalendarCode, string> = { R: '全天候', O: '办公时间' };
const weekdayWords = ['', '周一', '周二', '周三', '周四', '周五', '周六', '周日'];

export const escalationRoleWords: Partial<Record<Role, string>> = {
  general_manager: '总经理',
  head_office: '总经办',
  manager: '管理处经理',
  cs_supervisor: '客服主管',
  front_desk: '前台',
  chief_butler: '大管家',
  butler: '管家',
  customer_assistant: '客户助理',
  cashier: '收款员',
  finance: '财务',
  engineering_supervisor: '工程主管',
  technician: '维修人员',
  duty_technician: '维修值班人员',
  order_supervisor: '秩序主管',
  environment_supervisor: '环境主管',
  environment_assistant: '环境助理',
  hr_admin: '人事行政',
  contractor: '维保单位',
};

export const ladderTargetWords = (target: LadderTarget): string =>
  target === 'owner' ? '责任人' : target === 'superior' ? '上级' : (escalationRoleWords[target] ?? target);

/** `15 分钟（全天候）`, `2 个工作日`, `当日`; `separator` for running text: `15 分钟，全天候`. */
export function limitInWords(limit: Limit, style: 'label' | 'text' = 'label'): string {
  const counted = (text: string, calendar: CalendarCode): string =>
    style === 'label' ? `${text}（${calendarWords[calendar]}）` : `${text}，${calendarWords[calendar]}`;
  if ('minutes' in limit) return counted(`${limit.minutes} 分钟`, limit.calendar);
  if ('hours' in limit) return counted(`${limit.hours} 小时`, limit.calendar);
  if ('workingDays' in limit) return `${limit.workingDays} 个工作日`;
  if ('calendarDays' in limit) return `${limit.calendarDays} 天`;
  if ('sameDay' in limit) return '同日';
  if ('weekday' in limit) return `下个${weekdayWords[limit.weekday] ?? ''} ${limit.time}`;
  if (limit.at !== null) return `约定 ${momentInWords(limit.at)}`;
  return limit.dateWithin === undefined ? '约定时间' : `约定时间（${limit.dateWithin.minutes} 分钟内须约定）`;
}

/** `11-23 14:03:41`, on the day of `beside` only the time. Seconds are left out where they are zero. */
export function momentInWords(at: Instant, beside?: Instant): string {
  const time = wallTimeOf(at).replace(/:00$/, '');
  return beside !== undefined && dayOf(at) === dayOf(beside) ? time : `${dayOf(at).slice(5)} ${time}`;
}

/** `2 分 37 秒`, `23 时 38 分`, `3 天 4 时`: the two largest units. */
export function durationInWords(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), '天'],
    [Math.floor(seconds / 3600) % 24, '时'],
    [Math.floor(seconds / 60) % 60, '分'],
    [seconds % 60, '秒'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) return '0 秒';
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

/** `超时 6 分 12 秒`, `剩 23 时 38 分`: what a clock bar shows against its due time. */
export const againstDueInWords = (due: Instant, now: Instant): string =>
  now > due
    ? `超时 ${durationInWords(Date.parse(now) - Date.parse(due))}`
    : `剩 ${durationInWords(Date.parse(due) - Date.parse(now))}`;

export type WhyWords = {
  /** `豪宅标准第 3 版`, by policy version id. */
  policyName: (policyVersion: string) => string;
  /** What began the clock: `登记`, `完工` … */
  startedBy?: string;
  /** Names for a step that is still ahead: whom `owner`, `superior` or a post means now. */
  targetName?: (target: LadderTarget) => string;
};

/** The sentences of "why this time", in one line as the case page shows it. */
export function whyInWords(why: readonly WhyPart[], words: WhyWords): string {
  const started = why.find((part) => part.code === 'started');
  const beside = started?.at;
  const steps = stepSentences(why, words, beside);
  const sentences: string[] = [];
  for (const part of why) {
    if (part.code === 'step') continue;
    if (part.code === 'due' && steps.length > 0) {
      // The step at the due time needs no sentence of its own: "14:03:41 到点 → …".
      const atDue = steps.filter((step) => step.at === part.at);
      const rest = steps.filter((step) => step.at !== part.at);
      const before = rest.filter((step) => step.at < part.at).map((step) => step.text);
      const due = `${momentInWords(part.at, beside)} 到点${atDue.map((step) => step.tail).join('')}`;
      const after = rest.filter((step) => step.at > part.at).map((step) => step.text);
      sentences.push([...before, due, ...after].join('；'));
      continue;
    }
    sentences.push(whyPartInWords(part, words, beside));
  }
  return sentences.map((sentence) => `${sentence}。`).join('');
}

function stepSentences(why: readonly WhyPart[], words: WhyWords, beside: Instant | undefined) {
  return why
    .filter((part) => part.code === 'step')
    .map((part) => {
      const names = part.told ?? part.targets.map((target) => words.targetName?.(target) ?? ladderTargetWords(target));
      const who = names.length > 0 ? [...new Set(names)].join('、') : '已告知过，仅记录';
      const tail = ` → ${who}${part.evidenceLate ? '（凭据晚到）' : ''}`;
      return { at: part.at, tail, text: `${momentInWords(part.at, beside)}${tail}` };
    });
}

function whyPartInWords(
  part: Exclude<WhyPart, { code: 'step' }>,
  words: WhyWords,
  beside: Instant | undefined,
): string {
  const moment = (at: Instant): string => momentInWords(at, beside);
  switch (part.code) {
    case 'started': {
      const source = [part.rule, words.policyName(part.policyVersion)].filter((text) => text).join('，');
      return `${wallTimeOf(part.at)} ${words.startedBy ?? '登记'}起算，${limitInWords(part.limit, 'text')}（${source}）`;
    }
    case 'counts-from-opening':
      return `起算时不在办公时间，自 ${moment(part.at)} 开始计时`;
    case 'not-paused':
      return '未暂停';
    case 'paused': {
      const reason = pauseReasonWords[part.reason] ?? part.reason;
      const span =
        part.until === null ? `${moment(part.from)} 起暂停` : `${moment(part.from)} 至 ${moment(part.until)} 暂停`;
      const effect = part.moves ? '' : '，到点时间不顺延';
      return `${span}（${reason}，计入${chargePartyWords[part.chargedTo]}）${effect}`;
    }
    case 'agreed':
      return `${moment(part.at)} 与客户约定 ${moment(part.dueAt)}（凭据在案），取代原时限`;
    case 'rebased': {
      const rule = part.rule === null ? '' : `（${part.rule}）`;
      const effect = {
        limit: '，自原起点重新计算',
        response: '，按新时限已过点，自变更时起按新级别响应时限计',
        kept: '，不晚于已承诺的时间，原到点时间不变',
      }[part.binds];
      return `${moment(part.at)} ${part.rise ? '升级' : '变更'}为 ${limitInWords(part.limit, 'text')}${rule}：${part.reason}${effect}`;
    }
    case 'recalculated':
      return `${moment(part.at)} 按新公布的工作日历重新计算`;
    case 'provisional':
      return `${part.year} 年放假安排尚未公布，此时间为暂定`;
    case 'date-missing':
      return part.dueAt === null ? '尚未约定时间' : `尚未约定时间，须在 ${moment(part.dueAt)} 前约定`;
    case 'due':
      return `${moment(part.at)} 到点`;
    case 'stopped': {
      const late = part.recordedAt.slice(0, 16) > part.at.slice(0, 16) ? `（${moment(part.recordedAt)} 收到）` : '';
      return `${moment(part.at)} ${part.met ? '达成' : `完成，超时 ${part.overMinutes} 分钟`}${late}`;
    }
    case 'voided':
      return `${moment(part.at)} 作废：${part.reason}${part.missed ? '，此前已超时，仍记超时' : ''}`;
  }
}
