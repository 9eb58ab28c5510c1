// Words 词 of improvements 改进措施.
import { type ProblemWords, plain } from '../../kernel/words.ts';
import type { ImprovementMove, ImprovementNoun, ImprovementState } from './improvement.contract.ts';

export const improvementStateWords: Record<ImprovementState, string> = {
  open: '进行中',
  done: '待核实',
  confirmed: '已核实',
  dropped: '已取消',
};
export const improvementNounWords: Record<ImprovementNoun, string> = { visit: '上门拜访', survey: '满意度调查' };
export const improvementMoveWords: Record<ImprovementMove, string> = {
  complete: '报告完成',
  confirm: '核实通过',
  return: '退回',
  drop: '取消',
};

export const improvementProblems: { titles: ProblemWords; faults: ProblemWords } = {
  titles: {
    'improvement.move_not_allowed': plain('这项改进措施的状态已经变了，请刷新后再试', 'not possible in this state'),
    'improvement.not_yours': plain('只有责任人可以报告完成，只有责任人以外的主管可以核实', 'not yours to do'),
  },
  faults: {
    day_gone: plain('完成日不能早于今天', 'must not be before today'),
    not_staff_here: plain('此人在本小区没有职位', 'holds no staff post here'),
  },
};
export const improvementFieldWords: Record<string, string> = {
  dueOn: '完成日',
  ownerId: '责任人',
  result: '完成情况',
  remark: '说明',
  text: '改进措施',
};

export const improvementPartWords = {
  title: '改进措施',
  none: '没有改进措施',
  noneText: '拜访或调查中记下的改进措施会列在这里，一直跟到核实通过。',
  text: '改进措施',
  textHint: '写清要做什么，做到什么程度',
  owner: '责任人',
  chooseOwner: '请选择责任人',
  dueOn: '完成日',
  overdue: '逾期',
  add: '加一项改进措施',
  remove: '去掉这一项',
  from: '来自',
  state: '状态',
  result: '完成情况',
  remark: '说明',
  newDueOn: '新的完成日',
  keepDueOn: '不改完成日就留空；原完成日已过的必须重定。',
  doneBy: (name: string, day: string) => `${name} ${day} 报告完成`,
  settledBy: (word: string, name: string, day: string) => `${name} ${day} ${word}`,
  filters: { all: '全部', open: '进行中', overdue: '逾期', done: '待核实', mine: '我负责的' },
  ask: {
    complete: '写明做了什么。由主管核实后才算完成。',
    confirm: '确认这项改进措施已经做到。',
    return: '写明哪里没有做到，责任人会收到通知。',
    drop: '写明为什么不再需要。取消后不再跟踪。',
  },
  moveOf: (word: string, text: string) => `${word}：${text}`,
  more: '再看一页',
};
