// Words 词 of satisfaction surveys 满意度调查.
import { type ProblemWords, plain } from '../../kernel/words.ts';
import type { AnswerChannel, SurveyMove, SurveyState } from './survey.contract.ts';
import type { QuestionKind } from './survey-question.contract.ts';

export const surveyStateWords: Record<SurveyState, string> = { draft: '草稿', open: '调查中', closed: '已结束' };
export const surveyMoveWords: Record<SurveyMove, string> = {
  amend: '修改问卷',
  open: '开始调查',
  enter: '录入答卷',
  close: '结束调查',
  'hand-over': '报送总部',
};
export const questionKindWords: Record<QuestionKind, string> = {
  scale: '满意度（五级）',
  single: '单选',
  multiple: '多选',
  text: '文字',
};
export const channelWords: Record<AnswerChannel, string> = {
  link: '扫码',
  paper: '纸质',
  phone: '电话',
  visit: '上门',
};
/** 1 … 5. */
export const scaleWords = ['很不满意', '不满意', '一般', '满意', '很满意'] as const;

export const surveyProblems: { titles: ProblemWords; faults: ProblemWords } = {
  titles: {
    'survey.move_not_allowed': plain('这次调查的状态已经变了，请刷新后再试', 'not possible in this state'),
    'survey.nobody_to_ask': plain('没有可以调查的住户：房屋都还没有业主或住户', 'there is no household to ask'),
    'survey.already_answered': plain('这一户已经答过了，每户只收一份答卷', 'the household has answered already'),
    'survey.over': plain('调查已经结束，不再收答卷', 'the survey is over'),
  },
  faults: {
    two_options: plain('至少写两个选项', 'at least two options'),
    same_option: plain('选项不能重复', 'options must differ'),
    no_options: plain('这种题没有选项', 'this kind has no options'),
    overall_is_a_scale: plain('总体满意度必须是必答的满意度题', 'must be a required scale'),
    one_overall: plain('请指定一道满意度题作为总体满意度，只能有一道', 'exactly one overall scale is needed'),
    not_answered: plain('请回答这一题', 'must be answered'),
    no_such_answer: plain('没有这个选项，请重新选择', 'no such answer'),
    no_such_question: plain('没有这一题', 'no such question'),
  },
};
export const surveyFieldWords: Record<string, string> = {
  title: '标题',
  introduction: '说明',
  questions: '题目',
  options: '选项',
  isOverall: '总体满意度',
  sampleSize: '抽样户数',
  endsOn: '截止日',
  answers: '答卷',
  token: '链接',
  channel: '方式',
};
