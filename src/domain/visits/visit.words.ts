// Words 词 of household visits 上门拜访.
import { type ProblemWords, plain } from '../../kernel/words.ts';
import type { MetWith, VisitMove, VisitState } from './visit.contract.ts';

export const visitStateWords: Record<VisitState, string> = {
  appointed: '已约定',
  recorded: '已记录',
  reviewed: '已审阅',
  missed: '未见到',
  cancelled: '已取消',
};
export const visitMoveWords: Record<VisitMove, string> = {
  record: '填写记录',
  reschedule: '改约',
  miss: '没有见到住户',
  cancel: '取消约定',
  review: '审阅通过',
  return: '退回补充',
};
export const metWords: Record<MetWith, string> = { owner: '业主', family: '家人', lessee: '租户', other: '其他' };

export const visitProblems: { titles: ProblemWords; faults: ProblemWords } = {
  titles: {
    'visit.move_not_allowed': plain('这次拜访的状态已经变了，请刷新后再试', 'not possible in this state'),
    'visit.not_yours': plain('记录由拜访人本人填写，替别人约定和审阅由主管办理', 'not yours to do'),
    'visit.already_appointed': plain(
      '这位拜访人与这户已有一次约定，请改约那一次',
      'there is an open appointment already',
    ),
  },
  faults: {
    too_far_ahead: plain('最多约到一年以内，请检查年份', 'at most a year ahead'),
    in_the_future: plain('不能晚于现在', 'must not be in the future'),
    before_appointment: plain('不能早于约定那一天', 'must not be before the day it was agreed'),
    unknown_unit: plain('没有找到这户，请重新选择', 'no such unit here'),
    visits_nobody: plain('按服务标准，此人的职位不承担上门拜访', 'owes no visits by the standard'),
  },
};
export const visitFieldWords: Record<string, string> = {
  at: '约定时间',
  visitorId: '拜访人',
  unitId: '房号',
  heldAt: '拜访时间',
  met: '见到谁',
  said: '谈话内容',
  opinions: '意见和建议',
  purpose: '事由',
  comment: '审阅意见',
  improvements: '改进措施',
};
