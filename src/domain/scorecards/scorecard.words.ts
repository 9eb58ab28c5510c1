// Words 词 of scorecards 维保单位考核.
import type { Figure } from './scorecard.rules.ts';

export const figureWords: Record<Figure, string> = {
  orders: '派工单',
  told: '应通知',
  'told-late': '通知超时',
  arrived: '有到场时限',
  'arrived-late': '到场超时',
  finished: '有完成时限',
  'finished-late': '完成超时',
  done: '已完工',
  rework: '返修',
  charged: '占用时间',
  asked: '客户已评价',
  'not-satisfied': '客户不满意',
  'followed-up': '回访已打分',
  'followed-up-low': '回访低于 4 分',
};

/** 3 天 4 小时, 2 小时 5 分, 45 分. */
export function minutesInWords(minutes: number): string {
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  if (days > 0) return hours > 0 ? `${days} 天 ${hours} 小时` : `${days} 天`;
  if (hours > 0) return rest > 0 ? `${hours} 小时 ${rest} 分` : `${hours} 小时`;
  return `${rest} 分`;
}

export const scorecardWords = {
  title: '维保单位考核',
  lead: '按来报月份统计派给各单位的报修。点开任何一个数字，就是它所数的那些派工单。',
  month: '月份',
  monthBefore: '上月',
  monthAfter: '下月',
  firm: '维保单位',
  told: '5 分钟内通知',
  arrived: '按时到场',
  finished: '按时完成',
  rework: '返修',
  minutes: '计时归属（到完成为止）',
  minutesUnit: '用时（分）',
  totalMinutes: '合计（分）',
  satisfied: '客户满意（签字时）',
  followedUp: '客户满意（回访 4 分起）',
  ofTotal: (part: number, whole: number) => `${part} / ${whole}`,
  percent: (part: number, whole: number) => (whole === 0 ? '–' : `${Math.floor((part * 1000) / whole) / 10}%`),
  late: (count: number) => `超时 ${count}`,
  none: '这个月没有派给维保单位的单',
  noneText: '登记维保单位和保修约定，并把维保期内的报修派给它们之后，这里才有数字。',
  print: '打印',
  export: '导出表格',
  sheet: (month: string) => `维保单位考核 ${month}`,
  behind: (firm: string, what: string, month: string) => `${firm} · ${month} · ${what}`,
  close: '收起',
  empty: '没有这样的单',
  columns: {
    code: '单号',
    where: '地点',
    category: '类别',
    state: '状态',
    received: '来报',
    told: '通知',
    arrived: '到场',
    finished: '完成',
    reworks: '返修',
    contractor: '维保单位用时',
    satisfied: '签字时',
    followedUp: '回访打分',
  },
  kept: { kept: '按时', late: '超时' },
  satisfaction: { yes: '满意', no: '不满意', none: '未评价' },
} as const;
