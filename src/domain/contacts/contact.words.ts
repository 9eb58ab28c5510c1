// Words of the desk ledger 前台工作台账.
import { type ProblemWords, plain } from '../../kernel/words.ts';
import type { Contact } from './contact.contract.ts';

export const contactOutcomeWords: Record<Contact['outcome'], string> = {
  answered: '当场答复',
  case: '转为事项',
  'call-back': '答应回电',
  message: '留言转告',
  open: '未办结',
};

export const contactStateWords: Record<Contact['state'], string> = {
  ...contactOutcomeWords,
  done: '已回电',
  read: '已转达',
};

export const contactProblems: { titles: ProblemWords; faults: ProblemWords } = {
  titles: {},
  faults: {
    unknown_case: plain('本小区没有这个事项', 'no such case in this community'),
    case_is_anonymous: plain('匿名投诉不能与来电来访登记相连', 'an anonymous complaint stands beside no caller'),
    case_needs_outcome_case: plain('关联了事项，不能再选“未办结”', 'a linked case cannot be left open here'),
    only_for_call_back: plain('只有“答应回电”才填回电时间', 'only with the outcome `call-back`'),
    only_for_message: plain('只有“留言转告”才选同事', 'only with the outcome `message`'),
    unknown_call: plain('没有这个来电', 'no such call'),
  },
};

export const contactFieldWords: Record<string, string> = {
  callerName: '来电人',
  callerPhone: '来电号码',
  request: '诉求',
  outcome: '处理结果',
  caseId: '关联事项',
  startedAt: '开始时间',
  callBackAt: '回电时间',
  messageToId: '留言给谁',
  telephoneCallId: '来电',
  callId: '来电编号',
  from: '来电号码',
};
