// Words of receipts 收据 and receipt books 收据本.
import { type ProblemWords, plain } from '../../kernel/words.ts';
import type { ReceiptBookMove, ReceiptBookState, ReceiptMove, ReceiptState } from './receipt.contract.ts';

export const receiptStateWords: Record<ReceiptState, string> = {
  issued: '已开出',
  voided: '已作废',
  reversed: '已冲正',
};
export const receiptMoveWords: Record<ReceiptMove, string> = { void: '作废', reverse: '冲正' };
export const receiptBookStateWords: Record<ReceiptBookState, string> = {
  issued: '已领用',
  'in-use': '使用中',
  'used-up': '已用完',
  'taken-back': '已收回',
};
export const receiptBookMoveWords: Record<ReceiptBookMove, string> = {
  begin: '启用',
  'use-up': '用完',
  'close-out': '停用（剩余号作废留存）',
  'take-back': '收回',
};
export const receiptLabelWords = { duplicate: '副本', voided: '作废', sealPlace: '（财务专用章）' };

export const receiptProblems: { titles: ProblemWords; faults: ProblemWords } = {
  titles: {
    'receipt.move_not_allowed': plain('这张收据现在不能这样操作', 'not allowed in this state'),
    'receipt.day_closed': plain('当日已日结，不能作废，只能经批准冲正', 'the day is closed; only a reversal is left'),
    'receipt.approval_missing': plain('冲正收据要先经批准', 'a reversal needs an approval'),
    'receipt.time_before_last': plain('开票时间早于这本的上一张，请核对电脑时间', 'earlier than the last of the book'),
    'receipt.no_book': plain('名下没有可用的收据本，请向财务领用；没有收据不能收款', 'no receipt book in hand'),
    'receipt-book.move_not_allowed': plain('这本收据现在不能这样操作', 'not allowed in this state'),
    'receipt-book.old_not_taken_back': plain(
      '请先收回用完的收据本，再发新的（收旧发新）',
      'used books have to come back first',
    ),
    'receipt-book.numbers_left': ({ left }) => ({
      zh: `这本还有 ${String(left ?? '')} 张没有用`,
      en: 'numbers are left',
    }),
    'receipt-book.not_holder': plain('这本收据由别人领用', 'another person holds this book'),
  },
  faults: {
    range_reversed: plain('止号不能小于起号', 'the range ends before it begins'),
    range_too_long: ({ most }) => ({ zh: `一本最多 ${String(most ?? '')} 张`, en: 'too many numbers for one book' }),
    not_a_collector: plain('此人在本小区没有收款的岗位', 'takes no money here'),
    range_taken: ({ from, to }) => ({
      zh: `与已发的 ${String(from ?? '')}–${String(to ?? '')} 号重叠`,
      en: 'numbers were issued already',
    }),
  },
};
export const receiptFieldWords: Record<string, string> = {
  series: '冠字',
  from: '起号',
  to: '止号',
  holderId: '领用人',
  usedAt: '用途',
};
