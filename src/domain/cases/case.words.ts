// The Chinese of what all cases 事项 share: kinds, channels, posts, calls on the time line, faults of a field.
import { dayOf, wallTimeOf } from '../../kernel/time.ts';
import type { Role } from '../access/role.contract.ts';
import { roleWords } from '../access/role.words.ts';
import type { ClockKind } from '../clocks/clock.contract.ts';
import { clockKindWords } from '../clocks/clock.words.ts';
import type { NotificationKind } from '../notifications/notification.contract.ts';
import { notificationKindWords } from '../notifications/notification.words.ts';
import type { CaseEventKind, CaseKind, Channel, EventSource, TimelineEntry } from './case.contract.ts';

export const caseKindWords: Record<CaseKind, string> = {
  repair: '报修',
  complaint: '投诉',
  emergency: '突发事件',
  enquiry: '咨询',
  suggestion: '建议',
  service: '特约服务',
};

export const channelWords: Record<Channel, string> = {
  phone: '来电',
  counter: '前台',
  visit: '来访',
  letter: '来信',
  'complaint-box': '意见箱',
  online: '网上',
  wechat: '微信',
  sms: '短信',
  email: '邮件',
  hotline: '热线',
  patrol: '巡查',
  staff: '员工',
  technician: '维修人员现场',
  other: '其他',
};

export const eventSourceWords: Record<EventSource, string> = {
  'staff-web': '电脑',
  phone: '手机',
  offline: '离线补报',
  resident: '住户端',
  api: '接口',
  system: '系统',
};

export const caseEventKindWords: Record<CaseEventKind, string> = {
  move: '操作',
  note: '备注',
  call: '通话',
  message: '消息',
  photo: '照片',
  link: '关联',
  approval: '审批',
  clock: '时限',
};

export const consentHowWords = {
  signature: '签字',
  call: '电话',
  message: '消息',
  'in-person': '当面',
} as const;

export const callPartyWords = { customer: '客户', contractor: '维保单位', department: '部门', other: '其他' } as const;

/** Posts as a time line and a clock name them. */
export const postWords: Record<Role | 'system', string> = { ...roleWords, system: '系统' };

export const caseWords = {
  unit: '房号',
  place: '地点',
  firstContact: '首问责任人',
  responsible: '责任人',
  receivedAt: '来报时间',
  code: '单号',
  state: '状态',
  nextDueAt: '最近时限',
  summary: '内容',
  overdue: '已超时',
  notYetDue: '未到时限',
  nobodyYet: '未派人',
  timeline: '经过',
  clocks: '时限',
  moves: '操作',
  customer: '客户',
  recordedLater: '补报',
  sorts: { due: '按时限', newest: '最新在前', oldest: '最早在前' },
} as const;

/** Faults of one field (422), worded for the form. */
export const caseFieldFaultWords: Record<string, string> = {
  required: '请填写',
  in_the_past: '不能早于现在',
  in_the_future: '不能晚于现在',
  too_old: '时间过早',
  too_old_to_report: '超过了服务标准的补报期限，不能再作为凭据；请核对手机的日期和时间，内容已留作离线补报',
  ahead_of_the_server: '比服务器时间晚，请核对手机的日期和时间；内容已留作离线补报',
  not_an_instant: '时间格式不对',
  not_a_phone: '电话号码不对：只能是 7 至 12 位数字，可带空格和 +86',
  unknown_unit: '本小区没有这个房号',
  unknown_person: '本小区没有这个人',
  nothing_to_change: '没有要更改的内容',
  not_for_this_post: '只有维修人员和管家可以补报',
  before_last_event: '早于上一步的时间',
};

/** Whose hand: the name, for the program itself 系统. */
export const nameOf = (entry: Pick<TimelineEntry, 'by' | 'byRole'>): string =>
  entry.by?.name ?? (entry.byRole === 'resident' ? postWords.resident : postWords.system);

/** `11月26日 14:30`, Shanghai. */
const momentOf = (at: string): string => {
  const [, month, day] = dayOf(at).split('-');
  return `${Number(month)}月${Number(day)}日 ${wallTimeOf(at).slice(0, 5)}`;
};

const outwardKindWords: Readonly<Record<string, string>> = {
  mail: '邮件',
  wecom: '企业微信群消息',
  webhook: '接口通知',
};
/** `邮件（超时），收件人周海涛`. */
function outwardInWords({ facts, for: addressee }: TimelineEntry): string {
  const kind = outwardKindWords[String(facts.channelKind)] ?? '对外消息';
  const notice = notificationKindWords[facts.notice as NotificationKind];
  return `${kind}${notice ? `（${notice}）` : ''}${addressee ? `，收件人${addressee.name}` : ''}`;
}

const followUpVerdictWords: Readonly<Record<string, string>> = {
  acceptable: '客户认可',
  'not-acceptable': '客户不认可，转投诉',
  'not-reached': '未联系上',
};
const attemptWords: Readonly<Record<string, string>> = {
  'no-answer': '无人接听（应门）',
  busy: '占线',
  'wrong-number': '号码不对',
  later: '客户请改时间',
};

/** A follow-up 回访 on the line of the case that it asks about. */
function followUpEntryInWords(entry: TimelineEntry): string | null {
  const who = nameOf(entry);
  const { verdict, outcome, satisfaction, atDoor } = entry.facts;
  switch (entry.action) {
    case 'follow-up-make':
      return '生成回访';
    case 'follow-up-not-owed':
      return '回访抽样：未抽中';
    case 'follow-up-make-unfinished':
      return '三天未完成，须上门回访';
    case 'follow-up-to-door':
      return '三天未回访，转上门回访';
    case 'follow-up-plan':
      return entry.for ? `${who} 安排 ${entry.for.name} 回访` : `${who} 取消回访人`;
    case 'follow-up-attempt':
      return `${who} ${atDoor === true ? '上门' : '致电'}回访未成：${attemptWords[String(outcome)] ?? '未联系上'}`;
    case 'follow-up-record':
      return `${who} 回访：${followUpVerdictWords[String(verdict)] ?? ''}${typeof satisfaction === 'number' ? `，满意程度 ${satisfaction}/5` : ''}`;
    case 'follow-up-review':
      return `${who} 审阅回访`;
    case 'follow-up-return':
      return `${who} 退回回访记录`;
    case 'follow-up-void':
      return '回访作废';
    default:
      return null;
  }
}

/** `响应超时，已提醒周海涛`: a step of a ladder; before the due time it only reminds, `early` is set by the sweep. */
function escalationInWords({ facts, for: told }: TimelineEntry): string {
  const clock = clockKindWords[facts.clock as ClockKind] ?? '时限';
  const count = Array.isArray(facts.told) ? facts.told.length : 0;
  const toWhom = told ? `已提醒${told.name}` : count > 0 ? `已提醒 ${count} 人` : '仅记录';
  return `${clock}${facts.early === true ? '将到时限' : '超时'}，${toWhom}`;
}

/** The entries that every kind of case has; null: the kind words its own moves. */
export function sharedEntryInWords(entry: TimelineEntry): string | null {
  const who = nameOf(entry);
  switch (entry.action) {
    case 'note':
      return `${who} 备注`;
    case 'call': {
      const to = entry.facts.to;
      const party =
        typeof to === 'string' && to in callPartyWords ? callPartyWords[to as keyof typeof callPartyWords] : '客户';
      return entry.facts.direction === 'in' ? `${who} 接到${party}来电` : `${who} 致电${party}`;
    }
    case 'message':
      return entry.for ? `已通知${entry.for.name}` : `${who} 发出消息`;
    case 'call-back-promised': {
      const at = entry.facts.at;
      return typeof at === 'string' ? `${who} 答应 ${momentOf(at)} 前回电` : `${who} 答应尽快回电`;
    }
    case 'message-left':
      return `${who} 给${entry.for?.name ?? '同事'}留言`;
    case 'message-read':
      return `${who} 已看留言`;
    case 'sent-out':
      return `已发出${outwardInWords(entry)}`;
    case 'not-sent-out':
      return `未能发出${outwardInWords(entry)}`;
    case 'acknowledged':
      return `${who} 已知悉`;
    case 'photo':
      return `${who} 上传照片`;
    case 'reminder':
      return entry.for ? `${who} 催办 ${entry.for.name}` : `${who} 催办`;
    case 'escalated':
      return escalationInWords(entry);
    case 'letter-received':
      return `${who} 登记来信 ${String(entry.facts.document ?? '')}`;
    case 'reply-sent':
      return `${who} 送出复函 ${String(entry.facts.reply ?? '')}`;
    case 'reply-delivered':
      return `复函 ${String(entry.facts.reply ?? '')} 已送达，${who} 登记`;
    case 'reply-failed':
      return `复函 ${String(entry.facts.reply ?? '')} 未送达，${who} 登记`;
    case 'offline-refused':
      return `${who} 离线补报：未能采纳，内容留存`;
    default:
      return followUpEntryInWords(entry);
  }
}
