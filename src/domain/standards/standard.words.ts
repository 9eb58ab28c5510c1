// Chinese words of the service standard 服务标准: sections, clock rows, figures and sources, for showing it read-only.
import type { ClockKind } from '../clocks/clock.contract.ts';
import { clockKindWords, limitInWords } from '../clocks/clock.words.ts';
import type {
  ApprovalKind,
  ClockRule,
  emergencyCategories,
  MoneyAlarmKind,
  StandardDocument,
} from './standard.contract.ts';

export const presetWords: Record<StandardDocument['preset'], string> = { standard: '标准住宅', luxury: '豪宅' };
/** `豪宅标准第 3 版`, as "why this time" names the version. */
export const standardName = (preset: StandardDocument['preset'], version: number): string =>
  `${preset === 'luxury' ? '豪宅标准' : '标准住宅标准'}第 ${version} 版`;

export const sectionWords: Record<
  Exclude<keyof StandardDocument, 'schema' | 'preset' | 'reportingLineSource'>,
  string
> = {
  hours: '服务时间',
  principles: '服务原则',
  clocks: '时限',
  ladders: '逐级上报',
  reportingLine: '直接上级',
  heads: '部门负责人',
  desk: '前台接听',
  repair: '报修',
  complaint: '投诉',
  emergency: '突发事件',
  followUp: '回访规则',
  indicators: '指标',
  followUps: '回访时效与比例',
  money: '收费',
  quietHours: '免打扰时段',
  offline: '离线补报',
  approvals: '审批',
};

const variantWords: Record<string, string> = {
  emergency: '水电气紧急',
  major: '重大',
  ordinary: '一般',
  serious: '较大',
  critical: '特别重大',
  appointment: '预约上门',
  hurry: '客户急修（清单内）',
  'after-hand-back': '退单后',
  enquiry: '咨询',
  complaint: '投诉',
  'complaint-ordinary': '一般投诉',
  'complaint-serious': '较大投诉',
  'complaint-major': '重大投诉',
  'complaint-critical': '特别重大投诉',
  repair: '报修',
  'major-critical-event': '重大及特别重大事件',
  service: '特约服务',
  event: '社区活动',
  other: '其他',
};
export const variantInWords = (variant: string): string => variantWords[variant] ?? variant;

/** Alarms over money 资金报警. */
export const moneyAlarmNames: Record<MoneyAlarmKind, string> = {
  'receipt-outside-range': '号段外收据',
  'amount-without-receipt': '收款无收据',
  'cash-above-limit': '现金超限额',
  'carried-above-limit': '上门现金超限额',
  'carried-late': '上门现金超时未交',
  'not-handed-in': '当日收款未上交',
  'book-running-out': '收据本将用完',
  'surprise-difference': '突击盘点有差异',
};

/** Kinds of emergency 突发事件. */
export const emergencyCategoryWords: Record<(typeof emergencyCategories)[number], string> = {
  fire: '火灾',
  lift: '电梯困人',
  storm: '台风暴雨',
  crime: '治安案件',
  injury: '人员伤病',
  gas: '燃气泄漏',
  flooding: '跑水浸水',
  other: '其他突发事件',
};

/** `到场 · 水电气紧急`. */
export function clockRowInWords(rule: { kind: ClockKind; variant: string }): string {
  return rule.variant === ''
    ? clockKindWords[rule.kind]
    : `${clockKindWords[rule.kind]} · ${variantInWords(rule.variant)}`;
}

/** The limit of a row, with what softens it. */
export function clockLimitInWords(rule: ClockRule): string {
  if (rule.limit === null) return '不设时限';
  const lead = rule.appointmentLeadMinutes ? `，提前 ${rule.appointmentLeadMinutes} 分钟` : '';
  const wished = rule.wished === undefined ? '' : `（期望 ${limitInWords(rule.wished)}）`;
  const most = rule.maxWorkingDays === undefined ? '' : `，最长 ${rule.maxWorkingDays} 个工作日`;
  const date =
    rule.customerDate === 'wish'
      ? '，或按客户要求的期限'
      : rule.customerDate === 'consent' && !('at' in rule.limit)
        ? '，或与客户约定的期限'
        : '';
  return `${limitInWords(rule.limit)}${lead}${wished}${most}${date}${rule.soft ? '（原则上）' : ''}`;
}

/** What is approved, by its kind. */
export const approvalNames: Record<ApprovalKind, string> = {
  standard: '服务标准',
  'price-list': '维修收费标准',
  'complaint.lower': '投诉降级',
  'payment.reverse': '收款冲正',
  'prepaid.refund': '退预存款',
  waiver: '费用减免',
};

/** Labels of the figures, by their path in the document; each path of a figure has one. */
export const figureWords: Record<string, string> = {
  'hours.desk': '前台办公时间',
  'hours.sameDay': '“同日”截止',
  'hours.line': '服务热线',
  'hours.dutyPost': '值班岗位',
  'desk.rings': '铃响几声内接听',
  'desk.ringSeconds': '一声铃响算几秒',
  'desk.greeting': '问候语',
  'desk.language': '用语',
  'repair.categories': '报修类别',
  'repair.repeatedFault': '同一故障重复报修',
  'repair.reworkWithinDays': '返修认定天数',
  'repair.requiredBeforeDispatch': '派工前必填',
  'repair.priceList': '维修项目收费标准',
  'repair.priceToldBefore': '有偿维修事先告知价格',
  'repair.orderCopies': '派工单联次',
  'repair.reclassNeedsReason': '改变紧急程度须写原因',
  'repair.moneyTakenBy': '收款岗位',
  'repair.loadShownToDesk': '前台可见维修人员在手工单',
  'repair.pauses.parts': '暂停：等待配件',
  'repair.pauses.customer': '暂停：等待客户',
  'repair.pauses.contractor': '暂停：等待维保单位',
  'repair.pauses.access': '暂停：无法入户',
  'repair.targets.timeliness': '维修及时率',
  'repair.targets.rework': '返修率',
  'repair.targets.minorPassedAtFirst': '零修合格率',
  'complaint.thresholds.critical': '特别重大投诉认定',
  'complaint.thresholds.major': '重大投诉认定',
  'complaint.thresholds.serious': '较大投诉认定',
  'complaint.unpromisedRaisingsStay': '非承诺事项反复提出的级别',
  'complaint.mishandledRaisesBy': '处理不当升级级数',
  'complaint.raiseAtEachFailures': '多次超时自动升级',
  'complaint.reopenWithinDays': '可重新打开的天数',
  'complaint.repeatMinutes': '重大以上未接手时每隔几分钟再提醒',
  'complaint.reasonAndReplyAtIntake': '受理时须说明原因与答复时间',
  'complaint.handledTarget': '投诉处理率',
  'complaint.answeredTarget': '投诉答复及时率',
  'complaint.validBelow': '月有效投诉率',
  'complaint.closedBy': '归档人',
  'complaint.sameEvent': '同一事件的提示',
  'complaint.monthlyExportDay': '每月汇总日',
  'emergency.cards': '处置卡',
  'emergency.told': '突发事件报告对象',
  'emergency.repeats': '重复报告直到接手的级别',
  'emergency.repeatMinutes': '每隔几分钟重复报告',
  'emergency.takenOverBy': '突发事件由谁接手',
  'emergency.reviewedBy': '突发事件由谁复盘',
  'emergency.reopenWithinDays': '可重新处置的天数',
  'emergency.notedWithinHours': '处置措施补记期限（小时）',
  'emergency.keptYears': '突发事件记录保存年限',
  'followUp.samplingRoom': '抽样余量',
  'followUp.sampleOfEach': '每组抽样件数',
  'followUp.questions': '回访内容',
  'followUp.satisfactionSteps': '满意度级数',
  'followUp.notReached': '认定未联系上',
  'followUp.doorVisitUnfinished': '未完成事项上门回访',
  'followUp.doorVisitNotDone': '逾期未回访改上门',
  'followUp.reviewedBy': '回访审阅方式',
  'followUp.notAcceptableTells': '不认可时通知',
  'followUp.sameComplaintRunning': '同一事项连续投诉',
  'followUp.sameRepair': '同类维修重复',
  'followUp.exportByDay': '次月导出截止日',
  'followUp.keptYears': '保存年限',
  'followUp.householdVisits': '上门拜访',
  'followUp.visitWarning': '拜访不足预警',
  'followUp.improvementWarning': '改进措施到期预警',
  'followUp.surveyScale': '计为满意的级别',
  'followUp.survey': '满意度调查',
  'indicators.monthCheckedByDay': '基础数据核对截止日',
  'indicators.collectionRate': '收缴率',
  'money.lateFee': '滞纳金',
  'money.billingFarPercent': '出账时提示与上月相差',
  'money.readings': '抄表异常提示',
  'money.collectors': '各类费用的收款岗位',
  'money.receiptBooks': '收据本',
  'money.cashCutoff': '当日收款截止',
  'money.cashFaces': '清点现金的面额',
  'money.waiverApprovedBy': '减免批准人',
  'money.doorstepHandIn': '上门收取的现金交回时限',
  'money.cashLimits': '现金限额',
  'money.handInBy': '当日收款最迟上交时间',
  'money.bookRunningOut': '收据本将用完的提醒',
  'money.alarmTold': '资金报警通知的岗位',
  quietHours: '免打扰时段',
  'offline.reportedWithinHours': '离线操作补报期限',
  'offline.clockAheadMinutes': '手机时间可快多少',
  'approvals.standard.steps': '审批步骤：服务标准',
  'approvals.standard.termCalendarDays': '审批期限：服务标准',
  'approvals.price-list.steps': '审批步骤：维修收费标准',
  'approvals.price-list.termCalendarDays': '审批期限：维修收费标准',
  'approvals.complaint.lower.steps': '审批步骤：投诉降级',
  'approvals.complaint.lower.termCalendarDays': '审批期限：投诉降级',
  'approvals.payment.reverse.steps': '审批步骤：收款冲正',
  'approvals.payment.reverse.termCalendarDays': '审批期限：收款冲正',
  'approvals.prepaid.refund.steps': '审批步骤：退预存款',
  'approvals.prepaid.refund.termCalendarDays': '审批期限：退预存款',
  'approvals.waiver.steps': '审批步骤：费用减免',
  'approvals.waiver.termCalendarDays': '审批期限：费用减免',
};

const manualWords: Record<string, string> = {
  V: '客服部工作管理手册',
  Q: '前台接待员操作流程',
  L: '豪宅客服手册',
  P: '岗位服务工作标准',
  C: '服务中心作业规程',
};

/** `RP3 · 豪宅客服手册`, and for figures of our own `RP8 · 本系统设定`. */
export function sourceInWords(source: ClockRule['source']): string {
  const from = source.manual === undefined ? [] : [manualWords[source.manual] ?? source.manual];
  return [source.rule, ...from, ...(source.ours ? ['本系统设定'] : [])].join(' · ');
}
