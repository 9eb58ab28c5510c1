// Words of enquiries 咨询 and suggestions 建议, and of promises made about any case.
import { type ProblemWords, plain } from '../../kernel/words.ts';
import type { TimelineEntry } from '../cases/case.contract.ts';
import { nameOf, sharedEntryInWords } from '../cases/case.words.ts';
import { clockKindWords } from '../clocks/clock.words.ts';
import type { answerHows, EnquiryMove, EnquiryState } from './enquiry.contract.ts';

export const enquiryStateWords: Record<EnquiryState, string> = { open: '待答复', answered: '已答复', closed: '归档' };
export const enquiryMoveWords: Record<EnquiryMove, string> = {
  answer: '答复',
  assign: '转给同事',
  close: '归档',
  reopen: '重新打开',
};
export const answerHowWords: Record<(typeof answerHows)[number], string> = {
  call: '电话告知',
  'in-person': '当面告知',
  message: '发消息告知',
};

export const enquiryProblems: { titles: ProblemWords; faults: ProblemWords } = {
  titles: {
    'enquiry.move_not_allowed': plain('现在的状态不能这样操作，请刷新后再看', 'not allowed in this state'),
    'enquiry.promise_open': plain('答应的回电还没有打，请先回电并记录', 'a promised call back is still open'),
    'enquiry.reopen_too_late': (facts) => ({
      zh: `归档已超过 ${String(facts.days ?? '')} 天，请重新登记一件`,
      en: 'closed too long ago: record a new one',
    }),
    'case.ended': plain('这件事项已经结束', 'the case has ended'),
    'case.reminded_just_now': plain(
      '五分钟内已经催过，对方已收到；或者还没有人可催',
      'reminded a moment ago, or nobody is there to be reminded',
    ),
    'case.no_message': plain('没有等您签收的留言', 'no message waits for you here'),
  },
  faults: {},
};

export const enquiryFieldWords: Record<string, string> = {
  toId: '同事',
  text: '内容',
  how: '方式',
};

const moveSentences: Record<string, (entry: TimelineEntry, who: string) => string> = {
  create: (entry, who) =>
    entry.facts.promise === 'message'
      ? `${who} 登记，留言给${entry.for?.name ?? '同事'}`
      : entry.facts.promise === 'call-back'
        ? `${who} 登记，答应回电`
        : `${who} 登记`,
  answer: (entry, who) => {
    const how = entry.facts.how;
    return `${who} 答复${typeof how === 'string' && how in answerHowWords ? `（${answerHowWords[how as keyof typeof answerHowWords]}）` : ''}`;
  },
  assign: (entry, who) => `${who} 转给${entry.for?.name ?? '同事'}`,
  close: (_entry, who) => `${who} 归档`,
  reopen: (_entry, who) => `${who} 重新打开`,
};

export function enquiryEntryInWords(entry: TimelineEntry): string {
  if (entry.action === 'escalated') {
    const kind = entry.facts.clock;
    const clock = typeof kind === 'string' && kind in clockKindWords ? clockKindWords[kind as never] : '';
    return `${clock}时限到点${entry.for ? `，已提醒${entry.for.name}` : ''}`;
  }
  return (
    sharedEntryInWords(entry) ??
    moveSentences[entry.action]?.(entry, nameOf(entry)) ??
    `${nameOf(entry)} ${entry.action}`
  );
}

export const enquiryPageWords = {
  contact: '来访人',
  phone: '电话',
  unit: '房号',
  place: '地点',
  firstContact: (name: string) => `首问 ${name}`,
  responsible: '责任人',
  description: '内容',
  note: '备注',
  call: '记通话',
  callBack: '答应回电',
  callBackTitle: '答应客户回电',
  callBackAt: '什么时候回电',
  callBackHint: '不填：按服务标准的时限尽快回电',
  message: '留言给同事',
  messageTitle: '留言给同事',
  messageTo: '留言给谁',
  messageText: '留言内容',
  readMessage: '已看留言',
  answerTitle: '答复客户',
  answerText: '答复内容',
  answerHow: '怎样告诉客户',
  assignTitle: '转给同事办理',
  reopenTitle: '重新打开',
  reason: '原因',
  choose: '请选择',
  startedBy: '登记',
  loading: '正在加载',
};
