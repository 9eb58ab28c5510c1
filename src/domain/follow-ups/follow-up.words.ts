// The Chinese of follow-ups 回访: states, moves, verdicts, refusals, rates, and their lines on the time line.
import { type ProblemWords, plain } from '../../kernel/words.ts';
import { roleWords } from '../access/role.words.ts';
import type { FollowUpSubject } from '../standards/standard.contract.ts';
import type {
  AttemptOutcome,
  FollowUpChannel,
  FollowUpKind,
  FollowUpMove,
  FollowUpRefusal,
  FollowUpState,
  Verdict,
} from './follow-up.contract.ts';
import type { RateName, ReportRefusal, ShareOutlook } from './follow-up-analysis.contract.ts';
import type { ProposalReason } from './follow-up-plan.contract.ts';

export const followUpStateWords: Record<FollowUpState, string> = {
  due: '待回访',
  'visit-due': '待上门回访',
  recorded: '已回访，待审阅',
  reviewed: '已审阅',
  'not-owed': '未抽中',
  void: '作废',
};

/** As buttons say them. */
export const followUpMoveWords: Record<FollowUpMove, string> = {
  make: '生成回访',
  'make-unfinished': '生成未完成回访',
  attempt: '没联系上',
  'to-door': '转上门回访',
  record: '记录回访',
  review: '审阅',
  return: '退回重访',
  void: '作废',
};

export const followUpKindWords: Record<FollowUpKind, string> = { finished: '完成后回访', unfinished: '未完成上门回访' };

export const followUpSubjectWords: Record<FollowUpSubject, string> = {
  repair: '报修',
  'major-critical-event': '重大及特别重大事件',
  complaint: '投诉',
  service: '有偿服务',
  event: '社区活动',
  other: '其他',
};

export const attemptOutcomeWords: Record<AttemptOutcome, string> = {
  'no-answer': '无人接听（应门）',
  busy: '占线',
  'wrong-number': '号码不对',
  later: '客户请改时间',
};

export const verdictWords: Record<Verdict, string> = {
  acceptable: '认可',
  'not-acceptable': '不认可',
  'not-reached': '未联系上',
};

export const followUpChannelWords: Record<FollowUpChannel, string> = {
  'in-person': '当面',
  phone: '电话',
  message: '消息',
};

/** Satisfaction, quality and effect, 1 to 5. */
export const stepWords: readonly string[] = ['很不满意', '不满意', '一般', '满意', '很满意'];

export const questionWords = {
  quality: '服务质量',
  effect: '处理效果',
  satisfaction: '满意程度',
  lacking: '不足之处',
  suggestions: '意见建议',
} as const;

export const proposalReasonWords: Record<ProposalReason, string> = {
  named: '已安排',
  spread: '平均分派',
  'next-superior': '同岗都经手过，由上级回访',
  nobody: '没有可安排的人',
};

export const rateNameWords: Record<RateName, string> = {
  'followed-up': '回访率',
  acceptable: '认可率',
  satisfied: '满意率',
  'not-reached': '未联系上率',
  'on-time': '按时回访率',
};

export const shareOutlookWords: Record<ShareOutlook, string> = {
  unset: '未设定回访比例',
  met: '已达到',
  'on-track': '可以达到',
  'all-needed': '须全部回访',
  tight: '余下的必须全部回访到，否则达不到',
  lost: '余下的全部回访也达不到',
};

/** What the server refuses (403, 409), worded. */
export const followUpProblems: { titles: ProblemWords; faults: ProblemWords } = {
  titles: {
    'follow-up.move_not_allowed': plain('这次回访现在的状态不能做这一步，请刷新后再看', 'not allowed in this state'),
    'follow-up.month_running': plain('这个月还没有结束，月底后才能交出月报', 'the month still runs'),
    'follow-up.report_handed': plain('这个月的月报已经交出', 'the report was handed over already'),
    'follow-up.report_not_handed': plain('客服主管还没有交出这个月的月报', 'the report was not handed over yet'),
    'follow-up.report_acknowledged': plain('这个月的月报已经签收', 'the report was acknowledged already'),
    'follow-up.own_report': plain(
      '这份月报是您交出的，须由另一位签收',
      'you handed it over, another has to acknowledge it',
    ),
    'follow-up.own_work': plain('您经手过这件事项，不能由您回访，请由同事或上级回访', 'you had a hand in the work'),
    'follow-up.own_call': plain('这次是您回访的，不能由您审阅', 'you made this call, another has to review it'),
    'follow-up.higher_review_needed': ({ needs }) => {
      const role =
        typeof needs === 'string' && needs in roleWords ? roleWords[needs as keyof typeof roleWords] : '上级';
      return { zh: `这份记录要由${role}审阅`, en: 'a higher post has to review this one' };
    },
    'follow-up.not_enough_tries': ({ tries, days, atDoor }) => ({
      zh: `记为未联系上，须在 ${Number(days ?? 0)} 天里联系至少 ${Number(tries ?? 0)} 次${Number(atDoor ?? 0) > 0 ? `，其中上门至少 ${Number(atDoor)} 次` : ''}`,
      en: `not reached needs ${Number(tries ?? 0)} tries on ${Number(days ?? 0)} days, ${Number(atDoor ?? 0)} at the door`,
    }),
    'follow-up.signature_missing': plain('当面回访须客户在回访单上签字', 'in person the customer signs the slip'),
    'follow-up.reason_missing': plain('没有当面回访，请写明原因', 'say why it was not in person'),
    'follow-up.review_one_by_one': plain(
      '本小区的服务标准要求逐份审阅',
      'this standard has each record reviewed alone',
    ),
    'follow-up.acted_on': plain(
      '客户不认可的结果已经转为投诉，不能退回重访',
      'it has become a complaint and cannot be sent back',
    ),
  } satisfies Record<FollowUpRefusal | ReportRefusal, ProblemWords[string]>,
  faults: {
    handled_the_case: plain('经手过这件事项，不能回访', 'had a hand in this case'),
    may_not_call: plain('这个岗位不做回访', 'this post makes no follow-ups'),
    away: plain('不在岗', 'away'),
    not_open: plain('这次回访已经不用做了', 'no longer to be done'),
    unknown_follow_up: plain('没有这次回访', 'no such follow-up'),
    not_when_not_reached: plain('没联系上就没有答案，请不要填写', 'nothing was answered, leave it out'),
    before_the_last_step: plain('早于上一步的时间', 'before its last step'),
  },
};

export const followUpFieldWords: Record<string, string> = {
  verdict: '结果',
  quality: questionWords.quality,
  effect: questionWords.effect,
  satisfaction: questionWords.satisfaction,
  lacking: questionWords.lacking,
  suggestions: questionWords.suggestions,
  outcome: '联系情况',
  nextAt: '下次联系时间',
  signature: '签字',
  comment: '审阅意见',
  remark: '退回说明',
  callerId: '回访人',
  month: '月份',
  'improvement.text': '改进建议',
  'improvement.ownerId': '负责人',
  'improvement.on': '完成日期',
};
