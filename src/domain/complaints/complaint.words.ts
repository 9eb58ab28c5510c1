// The Chinese of a complaint's time line.
import type { TimelineEntry } from '../cases/case.contract.ts';
import { nameOf, sharedEntryInWords } from '../cases/case.words.ts';
import { complaintCaseMoveWords } from './complaint-case.words.ts';
import type { ComplaintMove } from './complaint-shapes.contract.ts';

const actionWords: Readonly<Record<string, string>> = {
  lowered: '批准降级',
  'not-lowered': '不批准降级',
  linked: '并入同一事件',
  'same-event': '同一事件重新计数',
  'called-back': '已回复同一事件的客户',
};

export function complaintEntryInWords(entry: TimelineEntry): string {
  const who = nameOf(entry);
  const shared = sharedEntryInWords(entry);
  if (shared !== null) return shared;
  if (entry.action === 'create')
    return entry.facts.source === 'follow-up'
      ? `${who} 登记：${String(entry.facts.about ?? '')} 回访不认可（${String(entry.facts.followUp ?? '')}）`
      : `${who} 登记`;
  return `${who} ${complaintCaseMoveWords[entry.action as ComplaintMove] ?? actionWords[entry.action] ?? entry.action}`;
}
