// Words of notifications 通知: one line per kind, from codes and numbers; names are added by whoever shows it.
import { yuanOfFen } from '../../kernel/money.ts';
import { dayOf, wallTimeOf } from '../../kernel/time.ts';
import type { MoneyAlarmKind } from '../standards/standard.contract.ts';
import { moneyAlarmNames } from '../standards/standard.words.ts';
import type { Notification, NotificationKind } from './notification.contract.ts';

export const notificationKindWords: Record<NotificationKind, string> = {
  'case-logged': '新事项',
  assigned: '派工',
  withdrawn: '派工撤回',
  transferred: '转派',
  'contractor-to-tell': '维保通知',
  'due-soon': '即将到时',
  overdue: '超时',
  escalated: '超时上报',
  digest: '停机期间的超时',
  recalculated: '时限重算',
  'hand-back': '退回',
  agreed: '客户已同意',
  rework: '返工',
  message: '留言',
  reminder: '催办',
  'offline-refused': '离线补报',
  'import-done': '导入完成',
  'import-failed': '导入失败',
  'backup-failed': '备份失败',
  'complaint-lowering-asked': '降级待批',
  'complaint-lowered': '降级已批准',
  'complaint-not-lowered': '降级未批准',
  'price-list-submitted': '收费标准待审批',
  'price-list-approved': '收费标准已批准',
  'price-list-returned': '收费标准被退回',
  'approval-asked': '待审批',
  'approval-decided': '审批结果',
  'not-acceptable': '回访不认可',
  'follow-up-returned': '回访退回',
  'follow-ups-planned': '回访安排',
  'follow-up-share': '回访率预警',
  'visit-appointed': '拜访约定',
  'visit-returned': '拜访记录退回',
  'visits-short': '拜访不足',
  'visits-short-team': '拜访不足汇总',
  'improvement-given': '改进措施',
  'improvement-due': '改进措施到期',
  'improvement-returned': '改进措施退回',
  'follow-up-report': '回访月报',
  'complaint-recorded': '新投诉',
  'complaint-raised': '投诉升级',
  'complaint-waits': '投诉待接手',
  'complaint-forwarded': '投诉转呈',
  'complaint-sent': '投诉送达',
  'complaint-resolved': '投诉已处理',
  'complaint-reopened': '投诉重新打开',
  'emergency-reported': '突发事件',
  'emergency-raised': '突发事件升级',
  'emergency-waits': '突发事件待接手',
  'emergency-sent': '派往突发事件',
  'emergency-resolved': '突发事件处置完毕',
  'emergency-reopened': '突发事件重新处置',
  'letter-entered': '收到书面来函',
  'waiver-granted': '费用减免已批准（抄送）',
  'money-alarm': '资金报警',
  'reply-drafted': '复函待批',
  'fee-notice': '收费通知',
};

export const notificationActionWords = {
  acknowledge: '收到',
  markRead: '标为已读',
  markAllRead: '全部已读',
  empty: '没有新通知',
  unread: '未读',
  acknowledged: '已确认',
} as const;

/** `clockWord` words the kind of a clock, `levelWord` an urgency; both belong to slices beside. */
type Wording = { clockWord(kind: string): string; levelWord?(level: string): string };

const approvalNames: Readonly<Record<string, string>> = {
  standard: '服务标准',
  'price-list': '维修收费标准',
  'complaint.lower': '投诉降级',
  'payment.reverse': '收款冲正',
  'prepaid.refund': '退预存款',
  waiver: '费用减免',
};
const outcomeNames: Readonly<Record<string, string>> = {
  approved: '已同意',
  rejected: '未获同意，请看意见',
  returned: '被退回，请看意见后修改',
  withdrawn: '已撤回',
  lapsed: '过期无人审批，已失效，请重新提交',
};

/** `BX-2026-000123 上门时限已超时（14:30 到时）`. */
export function notificationInWords(one: Pick<Notification, 'kind' | 'code' | 'facts'>, say: Wording): string {
  const { facts } = one;
  // What hangs on no case carries its own number.
  const own = one.code ?? (typeof facts.code === 'string' ? facts.code : '');
  const code = own === '' ? '' : `${own} `;
  const approval = approvalNames[String(facts.approval)] ?? '审批';
  const clock = typeof facts.clock === 'string' ? say.clockWord(facts.clock) : '';
  const due = typeof facts.dueAt === 'string' ? `（${wallTimeOf(facts.dueAt).slice(0, 5)} 到时）` : '';
  const level = typeof facts.urgency === 'string' && say.levelWord ? `（${say.levelWord(facts.urgency)}）` : '';
  const anonymous = facts.anonymous === true ? '（匿名）' : '';
  const number = (value: unknown): string => (typeof value === 'number' ? String(value) : '若干');
  const on = (at: unknown): string =>
    typeof at === 'string' ? `（${dayOf(at).slice(5)} ${wallTimeOf(at).slice(0, 5)}）` : '';
  const by = (day: unknown): string => (typeof day === 'string' ? `（${day} 前）` : '');
  const sentences: Record<NotificationKind, string> = {
    'case-logged': `${code}新登记${level}，请处理`,
    assigned: `${code}派给您了${level}，请接单`,
    withdrawn: `${code}已改派他人，您不用再处理`,
    transferred: `${code}转到您的部门${level}，请处理`,
    'contractor-to-tell': `${code}在维保期内${level}，请安排维修，派工后可看详情`,
    'due-soon': `${code}${clock}即将到时${due}`,
    overdue: `${code}${clock}已超时${due}，请马上处理`,
    escalated: `${code}${clock}已超时${due}，上报给您`,
    digest: `系统停机期间有 ${number(facts.steps)} 项时限到点，涉及 ${Array.isArray(facts.caseIds) ? facts.caseIds.length : '若干'} 件事项，请查看`,
    recalculated: `放假安排已更新，您负责的 ${number(facts.clocks)} 项时限到点时间有变，请查看`,
    'hand-back': `${code}被退回，请重新派工`,
    agreed: `${code}客户已同意，可以继续`,
    rework: `${code}需要返工${level}，请安排`,
    message: `${code}有给您的留言`,
    reminder: `${code}催办${level}，请尽快处理`,
    'offline-refused': `${code}有一份离线补报未能采纳，内容和照片已留在经过里，请查看`,
    'import-done': `导入完成：写入 ${number(facts.written)} 行`,
    'import-failed': '导入失败，请查看原因后重试',
    'backup-failed': '备份失败，请管理员检查',
    'complaint-lowering-asked': `${code}投诉申请降级${level}，请审批`,
    'complaint-lowered': `${code}投诉降级已批准${level}`,
    'complaint-not-lowered': `${code}投诉降级没有批准${level}，请看说明`,
    'price-list-submitted': `维修收费标准第 ${number(facts.number)} 版待您审批`,
    'price-list-approved': `维修收费标准第 ${number(facts.number)} 版已批准`,
    'price-list-returned': `维修收费标准第 ${number(facts.number)} 版被退回，请看意见后修改`,
    'approval-asked': `${code}${approval}等您审批`,
    'approval-decided': `${code}${approval}${outcomeNames[String(facts.outcome)] ?? '有了结果'}`,
    'not-acceptable': `${code}客户回访不认可，已登记投诉，请处理`,
    'follow-up-returned': `${code}回访记录被退回，请看说明后重新回访`,
    'follow-ups-planned': `安排给您 ${number(facts.count)} 次回访，请查看`,
    'follow-up-report': `${String(facts.month ?? '')} 的回访月报已交出，请签收`,
    'follow-up-share':
      facts.outlook === 'lost'
        ? `${String(facts.month ?? '')} 的回访率已经达不到要求：还需 ${number(facts.needed)} 件，只剩 ${number(facts.stillOpen)} 件可回访`
        : `${String(facts.month ?? '')} 的回访率：余下 ${number(facts.stillOpen)} 件须全部回访到，才能达到要求`,
    'visit-appointed': `给您约定了一次上门拜访${on(facts.at)}，请查看`,
    'visit-returned': '您的拜访记录被退回，请看说明后补充',
    'visits-short': `${String(facts.month ?? '')} 您还差 ${number(facts.missing)} 户没有拜访，请尽快约定`,
    'visits-short-team': `${String(facts.month ?? '')} 还有 ${number(facts.people)} 人拜访户数不足，请督促`,
    'improvement-given': `有一项改进措施由您负责${by(facts.dueOn)}`,
    'improvement-due':
      facts.isOverdue === true
        ? `您负责的改进措施已过完成日${by(facts.dueOn)}`
        : `您负责的改进措施快到完成日${by(facts.dueOn)}`,
    'improvement-returned': `您报告完成的改进措施被退回，请看说明${by(facts.dueOn)}`,
    'complaint-recorded': `${code}新投诉${level}${anonymous}，请处理`,
    'complaint-raised': `${code}投诉升级${level}${anonymous}，请处理`,
    'complaint-waits': `${code}投诉${level}${anonymous}还没有人接手，请马上接手`,
    'complaint-forwarded': `${code}投诉转呈给您${level}，请查看`,
    'complaint-sent': `${code}投诉送到您的部门${level}${anonymous}，请签收`,
    'complaint-resolved': `${code}投诉已处理完毕${level}，请当天告知客户`,
    'complaint-reopened': `${code}投诉重新打开${level}，请继续处理`,
    'emergency-reported': `${code}突发事件${level}，请马上查看`,
    'emergency-raised': `${code}突发事件升级${level}，请马上查看`,
    'emergency-waits': `${code}突发事件${level}还没有人接手指挥，请马上接手`,
    'emergency-sent': `${code}突发事件${level}派您到场，请马上查看任务`,
    'emergency-resolved': `${code}突发事件${level}已处置完毕，请复盘`,
    'emergency-reopened': `${code}突发事件${level}重新处置，请马上查看`,
    'waiver-granted': `${String(facts.unit ?? '')} 减免 ${typeof facts.amountFen === 'number' ? yuanOfFen(facts.amountFen) : ''} 元已批准，抄送总部财务`,
    'money-alarm': `资金报警：${moneyAlarmNames[facts.alarm as MoneyAlarmKind] ?? ''}，请到“日结”查看`,
    'letter-entered': `${code}收到书面来函 ${String(facts.document ?? '')}，请阅`,
    'reply-drafted': `${code}来函 ${String(facts.document ?? '')} 的复函已起草，请经理审批`,
    'fee-notice': `${String(facts.month ?? '')} 收费通知：应缴 ${yuanOfFen(Number(facts.toPayFen ?? 0))} 元，请于 ${String(facts.dueOn ?? '')} 前缴纳`,
  };
  return sentences[one.kind];
}

export const bellWords = {
  name: (unread: number) => (unread === 0 ? '通知' : `通知，${unread} 条未读`),
  heading: '通知',
  many: '99+',
  open: '打开',
  alarms: '待确认的提醒',
  moreLoud: (count: number) => `另有 ${count} 条待确认`,
  fewer: '收起',
  acknowledgeAll: (count: number) => `全部收到（${count} 条）`,
  isMute: '已静音',
  isLoud: '有声音',
};

/** Urgencies and severities as the bell says them. */
export const urgencyNames: Readonly<Record<string, string>> = {
  emergency: '紧急',
  major: '重大',
  ordinary: '一般',
  serious: '较大',
  critical: '特别重大',
};
