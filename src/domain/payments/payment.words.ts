// Words of payments 收款.

import { yuanOfFen } from '../../kernel/money.ts';
import { type ProblemWords, plain } from '../../kernel/words.ts';
import type { PaymentMove, PaymentState, ReversalState } from './payment.contract.ts';

const yuan = (fen: unknown) => (typeof fen === 'number' ? yuanOfFen(fen) : '');

export const paymentStateWords: Record<PaymentState, string> = { posted: '已入账', reversed: '已冲正' };
export const paymentMoveWords: Record<PaymentMove, string> = { reverse: '冲正' };
export const reversalStateWords: Record<ReversalState, string> = {
  asked: '冲正待批',
  approved: '已批准冲正，待财务办理',
  refused: '冲正未获批准',
  done: '已冲正',
};
export const receiptLineWords = { prepaid: '预收款' };
/** What is asked of whoever approves. */
export const reversalInWords = (facts: Readonly<Record<string, unknown>>) => ({
  title: `冲正收款 ${String(facts.receipt ?? '')}`,
  lines: [`金额 ${yuan(facts.amountFen)} 元`, `房号 ${String(facts.unit ?? '')}`],
});

export const paymentProblems: { titles: ProblemWords; faults: ProblemWords } = {
  titles: {
    'payment.balance_changed': ({ balanceFen }) => ({
      zh: `这户的欠费刚刚有变化，现在是 ${yuan(balanceFen)} 元，请核对后再收`,
      en: 'the balance has changed meanwhile',
    }),
    'payment.not_collector': plain('这类费用不由您的岗位收取', 'this kind of charge is collected by another post'),
    'payment.day_closed': plain('当日已日结，不能再入账', 'the day is closed'),
    'payment.move_not_allowed': plain('这笔收款已经冲正过', 'already reversed'),
    'payment.approval_missing': plain('冲正收款要先经批准', 'a reversal needs an approval'),
    'payment.own_request': plain('自己批准的冲正要由另一人办理', 'approver and doer are two persons'),
  },
  faults: {
    balance_or_allocations_required: plain(
      '请选择要付的项目，或带上看到的欠费金额',
      'either allocations or the expected balance',
    ),
    tendered_only_cash: plain('只有现金才填实收金额', 'tendered is for cash only'),
    tendered_too_little: ({ cashFen: fen }) => ({
      zh: `实收金额少于应收的 ${yuan(fen)} 元`,
      en: 'less than the amount in cash',
    }),
    not_a_repair_charge: plain('只有维修费可以计入月账单', 'only the charge of a repair goes on the bill'),
    unknown_unit: plain('没有这个房号', 'no such unit'),
    photos_required: plain('扣押金要附照片', 'photos are required'),
    method_twice: plain('同一种付款方式填了两次', 'a method is named twice'),
    parts_exceed_amount: plain('各种付款方式的合计超过收款金额', 'the parts exceed the amount'),
  },
};
export const waiverDepositProblems: ProblemWords = {
  'waiver.approval_missing': plain('减免要先有书面批准', 'a waiver needs a written approval'),
  'waiver.wrong_approver': plain('减免只能由开发商负责人或总经理批准', 'approved by a post that may not'),
  'waiver.own_request': plain('自己申请的减免不能自己批准', 'nobody approves their own request'),
  'waiver.paper_missing': plain('请上传书面批准的扫描件', 'the written approval is missing'),
  'deposit.not_payer': plain('押金只退给交押金的人', 'a deposit goes back to its payer'),
  'deposit.obligations_open': plain('还有未办完的事项，暂不能退押金', 'obligations are not met yet'),
};

export const paymentFieldWords: Record<string, string> = {
  amountFen: '收款金额',
  tenderedFen: '实收现金',
  allocations: '付款项目',
  otherParts: '其他付款方式',
  expectedBalanceFen: '欠费金额',
  approvalId: '批准单',
  payerName: '付款人',
  takenAt: '收款地点',
  method: '付款方式',
};
