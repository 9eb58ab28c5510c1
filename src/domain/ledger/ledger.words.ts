// Words of the ledger 账.

import { yuanOfFen } from '../../kernel/money.ts';
import { type ProblemWords, plain } from '../../kernel/words.ts';
import type { Account, EntryKind, Method } from './ledger.contract.ts';

export const methodWords: Record<Method, string> = {
  cash: '现金',
  card: '刷卡（POS）',
  transfer: '转账',
  cheque: '支票',
  'bank-collection': '银行托收',
  online: '线上支付',
};

export const accountWords: Record<Account, string> = {
  ...methodWords,
  'handed-over': '已上交',
  receivable: '应收',
  prepaid: '预收',
  deposit: '押金',
  income: '收入',
  waived: '减免',
  opening: '期初结转',
  'cash-short': '短款',
  'cash-over': '长款',
};

export const entryKindWords: Record<EntryKind, string> = {
  charge: '应收',
  change: '应收调整',
  payment: '收款',
  'prepaid-use': '预收抵扣',
  refund: '退款',
  waiver: '减免',
  'deposit-take': '收押金',
  'deposit-deduct': '扣押金',
  'deposit-refund': '退押金',
  'hand-over': '上交',
  'close-difference': '日结差异',
  opening: '期初结转',
  reversal: '冲正',
};

const yuan = (fen: unknown) => (typeof fen === 'number' ? yuanOfFen(fen) : '');

export const ledgerProblems: { titles: ProblemWords; faults: ProblemWords } = {
  titles: {
    'ledger.more_than_open': ({ openFen }) => ({
      zh: `这笔应收只剩 ${yuan(openFen)} 元未付`,
      en: 'more than is still open',
    }),
    'ledger.more_than_prepaid': ({ prepaidFen }) => ({
      zh: `预收余额只有 ${yuan(prepaidFen)} 元`,
      en: 'more than is paid ahead',
    }),
    'ledger.more_than_held': ({ heldFen }) => ({ zh: `押金只剩 ${yuan(heldFen)} 元`, en: 'more than is held' }),
    'ledger.already_reversed': plain('这一笔已经冲正过，不能再冲', 'already reversed'),
    'ledger.reversal_of_reversal': plain('冲正本身不能再冲正，请重新入账', 'a reversal is not reversed'),
    'ledger.day_closed': ({ day }) => ({ zh: `${String(day)} 已日结，不能再入账`, en: 'the day is closed' }),
    'ledger.since_used': plain('这笔钱之后已经用掉，请先冲正后面的那一笔', 'what it brought has been used since'),
  },
  faults: {
    unknown_charge: plain('没有这笔应收，请刷新后重新选择', 'no such charge'),
    charge_twice: plain('同一笔应收选了两次', 'the charge is named twice'),
    more_than_open: ({ openFen }) => ({ zh: `这笔只剩 ${yuan(openFen)} 元未付`, en: 'more than is open' }),
    more_than_paid: plain('分配的合计超过收款金额', 'allocations exceed the amount'),
  },
};
