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
    case_needs_outcome_case: plain('关联了事项，结果应选“转为事项”', 'a linked case needs the outcome `case`'),
  },
};

export const contactFieldWords: Record<string, string> = {
  callerName: '来电人',
  callerPhone: '来电号码',
  request: '诉求',
  outcome: '处理结果',
  caseId: '关联事项',
  startedAt: '开始时间',
};
