// The Chinese of complaints 投诉: states, moves, refusals and their time line.
import { type ProblemWords, plain } from '../../kernel/words.ts';
import type { TimelineEntry } from '../cases/case.contract.ts';
import { nameOf, sharedEntryInWords } from '../cases/case.words.ts';
import type { ComplaintMove, ComplaintSource, ComplaintState } from './complaint.contract.ts';

export const complaintStateWords: Record<ComplaintState, string> = {
  recorded: '已登记',
  resolved: '已处理',
  closed: '归档',
};
export const complaintMoveWords: Record<ComplaintMove, string> = { resolve: '处理完毕', close: '归档' };
export const complaintSourceWords: Record<ComplaintSource, string> = { 'follow-up': '回访不认可' };
export const complaintFlagWords: Record<string, string> = { 'from-follow-up': complaintSourceWords['follow-up'] };

export const complaintLevelWords: Record<string, string> = {
  ordinary: '一般',
  serious: '较大',
  major: '重大',
  critical: '特别重大',
};

export const complaintProblems: { titles: ProblemWords; faults: ProblemWords } = {
  titles: {
    'complaint.move_not_allowed': plain('这件投诉现在的状态不能做这一步，请刷新后再看', 'not allowed in this state'),
  },
  faults: {},
};

export function complaintEntryInWords(entry: TimelineEntry): string {
  const who = nameOf(entry);
  const shared = sharedEntryInWords(entry);
  if (shared !== null) return shared;
  if (entry.action === 'create')
    return entry.facts.source === 'follow-up'
      ? `${who} 登记：${String(entry.facts.about ?? '')} 回访不认可（${String(entry.facts.followUp ?? '')}）`
      : `${who} 登记`;
  if (entry.action === 'resolve') return `${who} 处理完毕`;
  if (entry.action === 'close') return `${who} 归档`;
  return `${who} ${entry.action}`;
}
