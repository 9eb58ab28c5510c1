// Words of the daily close 日结.

import { yuanOfFen } from '../../kernel/money.ts';
import { type ProblemWords, plain } from '../../kernel/words.ts';
import type { DailyCloseMove, DailyCloseState } from './daily-close.contract.ts';

export const dailyCloseStateWords: Record<DailyCloseState, string> = {
  open: '未日结',
  counted: '已清点',
  'handed-over': '已上交',
  sealed: '已封账',
};
export const dailyCloseMoveWords: Record<DailyCloseMove, string> = {
  count: '清点',
  'hand-over': '财务签收',
  seal: '封账',
};

export const dailyCloseProblems: { titles: ProblemWords; faults: ProblemWords } = {
  titles: {
    'daily-close.move_not_allowed': plain('日结现在不能这样操作', 'not allowed in this state'),
    'daily-close.same_person': plain('收款人不能自己签收或封账', 'the cashier neither receives nor seals'),
    'daily-close.earlier_open': plain('前面还有没有日结的日子，请按日期先后办理', 'an earlier day is still open'),
    'daily-close.counted_already': plain(
      '这一天已经清点过；要重新清点，请刷新后再提交',
      'counted already; count again with its version',
    ),
  },
  faults: {
    day_ahead: plain('不能日结以后的日子', 'the day is still ahead'),
    unknown_cashier: plain('没有这名收银员', 'no such cashier'),
    blank_receipts_differ: ({ next, to }) => ({
      zh: `手中的空白收据应从 ${String(next)} 号到 ${String(to)} 号，请核对`,
      en: 'blank receipts in hand differ from the book',
    }),
    unknown_face: plain('没有这种面额', 'no such note or coin'),
    face_twice: plain('同一种面额填了两次', 'a face is named twice'),
    method_twice: plain('同一种付款方式填了两次', 'a method is named twice'),
    cash_by_pieces: plain('现金请按面额和张数填', 'cash is counted by pieces'),
    difference_reason: ({ differenceFen }) => ({
      zh:
        typeof differenceFen === 'number'
          ? `${differenceFen > 0 ? '长款' : '短款'} ${yuanOfFen(Math.abs(differenceFen))} 元，请写明原因`
          : '与账面不符，请写明原因',
      en: 'the difference needs a reason',
    }),
  },
};
export const dailyCloseFieldWords: Record<string, string> = {
  cash: '现金',
  slips: '单据',
  differences: '差异原因',
  slip: '缴款凭证',
  day: '日结日期',
  blankReceipts: '空白收据',
  signature: '签名',
  cashierId: '收银员',
};
