// Words 词 of money paid ahead that goes back 退预存款.
import { yuanOfFen } from '../../kernel/money.ts';
import { dayOf, type Instant, wallTimeOf } from '../../kernel/time.ts';
import { type ProblemWords, plain } from '../../kernel/words.ts';
import type { PrepaidRefundState } from './prepaid-refund.contract.ts';

const yuan = (fen: unknown) => (typeof fen === 'number' ? yuanOfFen(fen) : '');

export const prepaidRefundStateWords: Record<PrepaidRefundState, string> = {
  asked: '待审批',
  approved: '已批准，待付款',
  refused: '未获批准',
  dropped: '已放弃',
  paid: '已退款',
};

/** What is asked of whoever approves. */
export const prepaidRefundInWords = (facts: Readonly<Record<string, unknown>>) => ({
  title: `退预存款 ${String(facts.unit ?? '')}`,
  lines: [`金额 ${yuan(facts.amountFen)} 元`],
});
/** Whoever approves reads both; among the facts stands no name. */
export const payeeAndReason = (payee: string, reason: string) => `收款人 ${payee}：${reason}`;

export const prepaidRefundProblems: ProblemWords = {
  'prepaid-refund.move_not_allowed': ({ state, move }) => ({
    zh: `这笔退款${prepaidRefundStateWords[state as PrepaidRefundState] ?? ''}，不能${move === 'drop' ? '放弃' : '付款'}`,
    en: 'not in this state',
  }),
  'prepaid-refund.own_approval': plain('自己批准的退款要由另一人付款', 'approver and payer are two persons'),
  'prepaid-refund.more_than_free': ({ freeFen }) => ({
    zh: `可退的预存款只有 ${yuan(freeFen)} 元（预收余额减去未付应收）`,
    en: 'more than is paid ahead and not needed for open charges',
  }),
  'prepaid-refund.drawer_short': ({ cashFen }) => ({
    zh: `您手上的现金只有 ${yuan(cashFen)} 元，请改用转账，或由有现金的人付款`,
    en: 'the drawer does not hold so much cash',
  }),
};

export const prepaidRefundWords = {
  title: '退预存款',
  none: '预收余额减去未付应收的部分可以退',
  ask: '申请退预存款',
  askLead: (yuan: string) => `可退 ${yuan} 元。提交后由经理审批，批准后由财务付款，付款时生成退款凭单。`,
  amount: '退款金额（元）',
  payee: '收款人',
  payeeHint: '写清姓名，退款凭单由本人签收',
  reason: '原因',
  pay: '付款',
  payTitle: (payee: string) => `退预存款给 ${payee}`,
  payLead: '现金从您手上的款项支出；转账请先办好再登记。',
  method: '付款方式',
  drop: '放弃',
  dropAsk: '放弃以后这笔退款不再办理，钱仍留作预收。',
  voucher: '退款凭单',
  free: (yuan: string) => `可退 ${yuan} 元`,
  state: prepaidRefundStateWords,
  back: '返回收费',
  print: '打印',
  paperTitle: '退款凭单',
  number: '编号',
  unit: '房号',
  item: '项目',
  itemName: '退还预收款',
  total: '金额',
  capitals: '人民币（大写）',
  asked: '申请',
  approved: '批准',
  paid: '付款',
  signs: '收款人签名',
  copies: ['存根联', '客户联'],
  loading: '正在读取',
  moment: (at: Instant) => `${dayOf(at)} ${wallTimeOf(at).slice(0, 5)}`,
} as const;
