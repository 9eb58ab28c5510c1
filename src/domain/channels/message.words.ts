// What a message outside the house says: a sentence without names, from codes and times alone. Whoever follows the link
// sees the rest by their own rights.
import { dayOf, type Instant, wallTimeOf } from '../../kernel/time.ts';
import type { ClockKind } from '../clocks/clock.contract.ts';
import { clockKindWords } from '../clocks/clock.words.ts';
import type { NotificationKind } from '../notifications/notification.contract.ts';
import { notificationKindWords, urgencyNames } from '../notifications/notification.words.ts';

export const testKind = 'test';

export type Message = {
  kind: NotificationKind | typeof testKind;
  facts: Record<string, unknown>;
  /** The number people quote. */
  code: string | null;
  arisenAt: Instant;
  place: string;
  /** Leads to the case; null where nobody said under which address the program is reached. */
  link: string | null;
};

/** To a group, so nobody is addressed; a kind without a line of its own is named. */
const sentences: Partial<Record<Message['kind'], (clock: string, due: string, level: string) => string>> = {
  test: () => '这是一条测试消息，收到即说明渠道可用',
  'case-logged': (_clock, _due, level) => `新登记${level}，请处理`,
  assigned: (_clock, _due, level) => `已派工${level}，请接单`,
  withdrawn: () => '已改派，原派工撤回',
  transferred: (_clock, _due, level) => `已转派${level}，请接收部门处理`,
  'contractor-to-tell': (_clock, _due, level) => `在维保期内${level}，请维保单位安排维修`,
  'due-soon': (clock, due) => `${clock}即将到时${due}`,
  overdue: (clock, due) => `${clock}已超时${due}，请马上处理`,
  escalated: (clock, due) => `${clock}已超时${due}，已上报`,
  digest: () => '系统停机期间有时限到点，请登录查看',
  recalculated: () => '放假安排已更新，部分时限的到点时间有变，请登录查看',
  'hand-back': () => '被退回，请重新派工',
  agreed: () => '客户已同意，可以继续',
  rework: (_clock, _due, level) => `需要返工${level}，请安排`,
  message: () => '有新的留言，请登录查看',
  'approval-asked': () => '有一项审批等待处理，请登录查看',
};

/** `11月26日 14:30`, Shanghai. */
export function momentOf(at: Instant): string {
  const [, month, day] = dayOf(at).split('-');
  return `${Number(month)}月${Number(day)}日 ${wallTimeOf(at).slice(0, 5)}`;
}

/** `BX-2026-000123 上门时限已超时（14:30 到时），请马上处理`. */
export function messageInWords({ kind, facts, code }: Pick<Message, 'kind' | 'facts' | 'code'>): string {
  const clock = typeof facts.clock === 'string' ? (clockKindWords[facts.clock as ClockKind] ?? '') : '';
  const due = typeof facts.dueAt === 'string' ? `（${momentOf(facts.dueAt)} 到时）` : '';
  const level =
    typeof facts.urgency === 'string' && facts.urgency in urgencyNames ? `（${urgencyNames[facts.urgency]}）` : '';
  const said = sentences[kind]?.(clock, due, level) ?? (kind === testKind ? '' : notificationKindWords[kind]);
  return code === null ? said : `${code} ${said}`;
}

const foot = '此消息由管家系统自动发出，请勿回复；详情请登录系统查看。';

export const mailSubject = (message: Message): string => `【${message.place}】${messageInWords(message)}`;
export const mailText = (message: Message): string =>
  [
    `${messageInWords(message)}。`,
    '',
    `小区：${message.place}`,
    `时间：${momentOf(message.arisenAt)}`,
    ...(message.link === null ? [] : [`打开：${message.link}`]),
    '',
    foot,
    '',
  ].join('\r\n');

/** Plain text, because a robot's markdown would let a place's name write links. */
export const robotText = (message: Message): string =>
  [
    `【${message.place}】${messageInWords(message)}`,
    momentOf(message.arisenAt),
    ...(message.link === null ? [] : [message.link]),
  ].join('\n');
