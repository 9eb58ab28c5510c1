// The Chinese of complaints 投诉 in full: states, moves, levels and the rules behind them, causes, ways of answering,
// refusals and faults of fields.
import { fromChinese, type ProblemWords } from '../../kernel/words.ts';
import type { ComplaintDeskRefusal } from './complaint.contract.ts';
import type {
  Against,
  AnswerHow,
  ComplaintFlag,
  ComplaintMove,
  ComplaintRefusal,
  ComplaintSource,
  ComplaintState,
  complaintCauses,
  Injury,
  Liability,
  Severity,
  SeverityFact,
  SeverityRule,
  Validity,
} from './complaint-shapes.contract.ts';

export const complaintCaseStateWords: Record<ComplaintState, string> = {
  recorded: '已登记',
  classified: '已定级',
  sent: '已送达待签收',
  'in-progress': '处理中',
  waiting: '待答复',
  resolved: '已处理',
  'customer-told': '已答复',
  closed: '归档',
};

/** As buttons say them. */
export const complaintCaseMoveWords: Record<ComplaintMove, string> = {
  amend: '补充更改',
  forward: '转呈',
  'take-over': '接手',
  classify: '定级',
  raise: '升级',
  mishandled: '认定处理不当',
  lower: '申请降级',
  respond: '答复客户',
  send: '送达部门',
  accept: '签收',
  transfer: '转部门',
  wait: '约定下次答复',
  resume: '继续处理',
  resolve: '处理完毕',
  'tell-customer': '告知客户结果',
  close: '归档',
  reopen: '重新打开',
  invalidate: '认定无效',
  validate: '认定有效',
  link: '并入同一事件',
  unlink: '移出同一事件',
  merge: '重复登记合并',
};

export const severityWords: Record<Severity, string> = {
  ordinary: '一般',
  serious: '较大',
  major: '重大',
  critical: '特别重大',
};

const severityFactWords: Record<SeverityFact, string> = {
  loss: '损失金额',
  people: '多人共同投诉',
  death: '有人死亡',
  promise: '承诺事项未兑现，反复提出',
  injury: '有人受伤',
  media: '媒体负面报道',
  raisings: '同一事件反复提出未解决',
  unpromised: '非承诺事项反复提出',
  mishandled: '处理不当',
  other: '未触及更高级别的标准',
};
/** `重大：损失金额` */
export function severityRuleInWords(rule: SeverityRule): string {
  const [severity, fact] = rule.split('.') as [Severity, SeverityFact];
  return `${severityWords[severity]}：${severityFactWords[fact]}`;
}

export const validityWords: Record<Validity, string> = { undecided: '未认定', valid: '有效', invalid: '无效' };
export const liabilityWords: Record<Liability, string> = { company: '物业公司', developer: '开发商', other: '其他方' };
export const injuryWords: Record<Injury, string> = { none: '无人受伤', slight: '轻伤', grave: '重伤' };
export const againstWords: Record<Against, string> = {
  'customer-service': '客服部',
  engineering: '工程部',
  order: '秩序部',
  environment: '环境部',
  finance: '财务部',
  hr: '人事行政部',
  company: '公司',
  other: '其他',
};
export const answerHowWords: Record<AnswerHow, string> = {
  live: '当场',
  call: '电话',
  visit: '上门',
  message: '短信或微信',
  letter: '书面回函',
  posted: '张贴公示',
};
export const complaintCauseWords: Record<(typeof complaintCauses)[number], string> = {
  facilities: '设施设备',
  workmanship: '施工或作业质量',
  late: '处理不及时',
  attitude: '服务态度',
  'not-informed': '未告知或沟通不到位',
  'promise-not-kept': '承诺未兑现',
  charges: '收费',
  rules: '管理规定',
  neighbours: '邻里',
  builder: '房屋建设遗留',
  outside: '外部单位',
  misunderstanding: '误会',
  other: '其他',
};

export const complaintCaseFlagWords: Record<ComplaintFlag, string> = {
  anonymous: '匿名',
  unreachable: '无法联系',
  invalid: '无效投诉',
  raised: '高于建议级别',
  'lowering-asked': '降级待批',
  unsigned: '客户未签字',
  'from-follow-up': '回访不认可',
};

export const complaintSourceWords: Record<ComplaintSource, string> = { 'follow-up': '回访不认可' };

const refusalWords: Record<ComplaintRefusal | ComplaintDeskRefusal, string> = {
  'complaint.no_lowering_asked': '没有等待审批的降级申请',
  'complaint.own_request': '不能审批自己的申请',
  'complaint.already_called': '这位客户已经回复过',
  'complaint.move_not_allowed': '这件投诉现在的状态不能做这一步，请刷新后再看',
  'complaint.not_classified': '较大及以上的投诉，须主管定级后才能送达部门',
  'complaint.facts_missing': '送达部门前还须补全内容',
  'complaint.level_below': '定级只能维持或提高；降级须另行申请，由上级批准',
  'complaint.no_higher_level': '已是最高级别',
  'complaint.no_lower_level': '已是最低级别',
  'complaint.lowering_asked': '已申请降级，正在等待批准',
  'complaint.nothing_to_forward': '一般投诉无须向上转呈',
  'complaint.already_forwarded': '已经转呈',
  'complaint.already_taken_over': '已经有人接手',
  'complaint.consent_missing': '约定日期须有客户同意的记录',
  'complaint.same_department': '已在该部门处理，无须转部门',
  'complaint.reopen_too_late': '归档已久，请新登记一件投诉',
  'complaint.follow_up_open': '回访尚未完成，不能归档',
  'complaint.call_backs_open': '同一事件还有客户等待回复，不能归档',
  'complaint.already_decided': '已经这样认定',
  'complaint.not_in_a_group': '没有并入任何同一事件',
  'complaint.already_in_the_group': '已在同一事件内',
};

export const complaintCaseFieldWords: Record<string, string> = {
  severity: '级别',
  occurredAt: '发生时间',
  against: '被投诉部门',
  againstStaffId: '被投诉人员',
  account: '事情经过',
  demand: '客户诉求',
  replyReason: '须等待的原因',
  replyAt: '答复时间',
  wishedAt: '客户要求的完成日期',
  facts: '认定依据',
  'facts.lossFen': '损失金额',
  'facts.peopleCount': '共同投诉人数',
  'facts.death': '有无死亡',
  'facts.injury': '受伤情况',
  'facts.mediaReports': '负面报道次数',
  'facts.mediaDays': '负面报道天数',
  'facts.mediaOutlets': '报道媒体数',
  'facts.unfulfilledPromise': '承诺事项未兑现',
  sameEventAs: '同一事件的投诉',
  liability: '责任方',
  validity: '有效性',
  explained: '解释方式',
  inChargeId: '负责人',
  responsibleId: '经办人',
  how: '答复方式',
  answer: '答复内容',
  opinion: '客户意见',
  unsignedReason: '未签字原因',
  cause: '投诉原因',
  intoId: '合并到的投诉',
};

export const complaintCaseFaultWords: Record<string, string> = {
  contradicts_death: '有人死亡时不能填“无人受伤”',
  contradicts_media: '已有报道天数或媒体，报道次数不能填 0',
  not_higher: '须高于现在的级别',
  not_lower: '须低于现在的级别',
  not_for_residents: '级别由服务中心认定',
  unknown_complaint: '本小区没有这件投诉',
  is_itself: '不能选这件投诉自己',
  anonymous_has_none: '匿名投诉不保存房号和联系方式',
  cannot_be_reached: '客户无法联系，只能当场答复或张贴公示',
  can_be_reached: '客户可以联系，请直接答复，不要张贴',
  signature_or_reason: '请签字、附照片，或写明未签字的原因',
  wrong_post: '此人的职位不能承担',
  not_active: '此人账号已停用',
  too_late: '超过标准允许的最长时间',
};

export const complaintCaseProblems: { titles: ProblemWords; faults: ProblemWords } = {
  titles: {
    ...fromChinese(refusalWords),
    'complaint.facts_missing': ({ fields }) => {
      const missing = Array.isArray(fields) ? fields.map((field) => complaintMissingWords[String(field)] ?? field) : [];
      return {
        zh: `送达部门前还须补全：${missing.join('、')}`,
        en: `missing before it is sent: ${Array.isArray(fields) ? fields.join(', ') : ''}`,
      };
    },
  },
  faults: fromChinese(complaintCaseFaultWords),
};
/** What may be missing before `send`. */
const complaintMissingWords: Record<string, string> = { ...complaintCaseFieldWords, place: '发生地点' };

/** What an approver reads of a lowering: which complaint, from which level to which. Nothing else, anonymous or not. */
export const loweringInWords = (facts: Record<string, unknown>): { title: string; lines: string[] } => {
  const level = (value: unknown) => severityWords[value as Severity] ?? '';
  return {
    title: `投诉 ${String(facts.code ?? '')} 降级`,
    lines: [`${level(facts.from)} → ${level(facts.to)}`],
  };
};
