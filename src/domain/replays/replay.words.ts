// Words of replays 试算.
import { type ProblemWords, plain } from '../../kernel/words.ts';
import type { ReplayOutcome } from './replay.contract.ts';

export const replayOutcomeWords: Record<ReplayOutcome, string> = {
  'on-time': '按时',
  late: '超时',
  open: '进行中',
  void: '作废',
  none: '无此时限',
};

export const replayProblems: { titles: ProblemWords; faults: ProblemWords } = {
  titles: { 'replay.running': plain('正在试算，请等待完成', 'a replay is running') },
  faults: {},
};

export const replayPageWords = {
  title: '试算：最近一个季度',
  explain:
    '把最近 91 天真实发生过的事项，按这一版的时限重新计算一遍：同样的来报、到场、完工时间，看会有多少按时、多少超时。约定的时间不变。',
  start: '开始试算',
  again: '重新试算',
  progress: (done: number, all: number) => `正在试算 ${done} / ${all} 件`,
  failed: '试算中断，请重新试算',
  old: '草稿在试算之后又改过，结果不是最新',
  none: '这段时间没有事项',
  span: (from: string, until: string, cases: number) => `${from} 至 ${until}，${cases} 件事项`,
  kind: '时限',
  wasOnTime: '现行 按时',
  wasLate: '现行 超时',
  wouldBeOnTime: '新版 按时',
  wouldBeLate: '新版 超时',
  changed: '结果不同',
  rows: (kind: string) => `${kind}：结果不同的`,
  allRows: (kind: string) => `${kind}：全部`,
  onlyChanged: '只看结果不同的',
  case: '事项',
  was: '现行',
  wouldBe: '新版',
  due: '到时',
  over: (minutes: number) => `超 ${minutes} 分`,
  more: '再看一些',
  close: '收起',
  noRows: '没有这样的时限',
};
