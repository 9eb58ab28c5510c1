// Words of the statement 对账单: what each line was, in one sentence that a household understands (MN12).
import { yuanOfFen } from '../../kernel/money.ts';
import { payerWords } from '../charges/charge.words.ts';
import { methodWords } from '../ledger/ledger.words.ts';
import type { ChargeState, StatementEntry } from './statement.contract.ts';

export const chargeStateWords: Record<ChargeState, string> = {
  open: '未付',
  part: '部分已付',
  settled: '已结清',
  undone: '已冲销',
};
export { payerWords };

/** `2026-11` → `2026年11月`. */
export const monthInWords = (month: string): string => `${month.slice(0, 4)}年${Number(month.slice(5, 7))}月`;
export const chargeName = (item: string, month: string | null): string =>
  month === null ? item : `${monthInWords(month)}${item}`;

const yuan = (fen: number) => `${yuanOfFen(Math.abs(fen))} 元`;

/** More than this many charges in one payment are counted instead of named. */
const mostNamed = 6;

export function entryInWords(entry: Omit<StatementEntry, 'words'>): string {
  const { kind, parts, amountFen, prepaidFen, depositFen, moneyFen, methods } = entry;
  const named =
    parts.length > mostNamed
      ? `${chargeName(parts[0]?.item ?? '', parts[0]?.month ?? null)}等 ${parts.length} 笔`
      : parts.map((part) => `${chargeName(part.item, part.month)} ${yuan(part.amountFen)}`).join('、');
  const by = methods.length === 0 ? '' : `（${methods.map((method) => methodWords[method]).join('、')}）`;
  switch (kind) {
    case 'charge':
      return `应收${named}`;
    case 'change':
      return `更正应收，${amountFen > 0 ? '增加' : '减少'} ${named}`;
    case 'payment': {
      const own = -amountFen;
      const others = moneyFen !== own ? `，其中本户 ${yuan(own)}` : '';
      const settled = named === '' ? '' : `，付清或冲抵：${named}`;
      const rest = named === '' ? '，全部' : `；余 ${yuan(prepaidFen)}`;
      const ahead = prepaidFen > 0 ? `${rest}记为预收` : '';
      return `收款 ${yuan(moneyFen)}${by}${others}${settled}${ahead}`;
    }
    case 'prepaid-use':
      return `用预收款 ${yuan(prepaidFen)}抵付：${named}`;
    case 'refund':
      return `退还预收款 ${yuan(prepaidFen)}${by}`;
    case 'waiver':
      return `经批准减免：${named}`;
    case 'deposit-take':
      return `收押金 ${yuan(depositFen)}${by}`;
    case 'deposit-deduct':
      return named === '' ? `扣押金 ${yuan(depositFen)}` : `扣押金 ${yuan(depositFen)}，抵付：${named}`;
    case 'deposit-refund':
      return `退押金 ${yuan(depositFen)}${by}`;
    case 'reversal':
      return `冲正之前的一笔，${amountFen === 0 ? '欠费不变' : `欠费${amountFen > 0 ? '恢复' : '减少'} ${yuan(amountFen)}`}`;
    case 'opening':
      return amountFen > 0 ? `以前系统的应收：${named}` : `在以前系统已缴：${named}`;
    case 'hand-over':
    case 'close-difference':
      return '';
  }
}

/** `owed`: above zero owed, below zero paid ahead. */
export const balanceInWords = (fen: number): string =>
  fen > 0 ? `欠费 ${yuan(fen)}` : fen < 0 ? `预付 ${yuan(fen)}` : '不欠费';

export const statementPageWords = {
  open: '对账单',
  title: (unit: string) => `${unit} 对账单`,
  back: '返回房户',
  print: '打印',
  printPage: '打印对账单',
  backToStatement: '返回对账单',
  asOf: (at: string) => `截至 ${at}`,
  since: '起始日期',
  balance: '现在欠费',
  ahead: '现在预付',
  even: '现在不欠费',
  openFen: '未付应收',
  prepaidFen: '预收余额',
  depositFen: '在押押金',
  charges: '应收明细',
  noCharges: '这段时间没有应收',
  chargeColumns: ['项目', '应付日', '应收（元）', '未付（元）', '状态'],
  why: '怎么算的',
  payments: '收款',
  deposits: '押金',
  depositColumns: ['项目', '收取时间', '收取（元）', '在押（元）'],
  history: '往来明细',
  historyColumns: ['日期', '内容', '增减（元）', '余额（元）'],
  opening: (day: string) => `${day} 以前的余额`,
  none: '这段时间没有往来',
  receipt: (code: string) => `收据 ${code}`,
  isReversed: '已冲正',
  onlyOpen: '只看未付',
  all: '全部',
  filter: '应收范围',
  paperTitle: '住户费用对账单',
  paperUnit: '房号',
  paperFoot: '对账单上的每一笔如有疑问，请到服务中心查询。',
  paperSeal: '服务中心（盖章）',
  paperReader: '住户签名',
} as const;
