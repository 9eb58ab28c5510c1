// Words 词 of alarms over money 资金报警.
import { yuanOfFen } from '../../kernel/money.ts';
import { dayOf, type Instant, wallTimeOf } from '../../kernel/time.ts';
import { type ProblemWords, plain } from '../../kernel/words.ts';
import { moneyAlarmNames } from '../standards/standard.words.ts';
import type { MoneyAlarm, ReceiptCheck } from './money-alarm.contract.ts';

const yuan = (fen: unknown) => (typeof fen === 'number' ? yuanOfFen(Math.abs(fen)) : '');
const moment = (at: unknown) => (typeof at === 'string' ? `${dayOf(at)} ${wallTimeOf(at).slice(0, 5)}` : '');

export const moneyAlarmProblems: ProblemWords = {
  'money-alarm.settled_already': plain('这条报警已经处理', 'settled already'),
  'money-alarm.about_oneself': plain('与自己有关的报警要由另一人处理', 'an alarm is settled by another'),
};

export function moneyAlarmInWords({ kind, facts }: Pick<MoneyAlarm, 'kind' | 'facts'>): string {
  switch (kind) {
    case 'receipt-outside-range':
      return `收据号 ${String(facts.code ?? '')} 不在发放的号段内`;
    case 'amount-without-receipt':
      return `收款 ${yuan(facts.amountFen)} 元没有收据`;
    case 'cash-above-limit':
      return `手上现金 ${yuan(facts.cashFen)} 元，超过限额 ${yuan(facts.limitFen)} 元`;
    case 'carried-above-limit':
      return `上门收取的现金 ${yuan(facts.cashFen)} 元，超过限额 ${yuan(facts.limitFen)} 元`;
    case 'carried-late':
      return `上门收取的现金 ${yuan(facts.cashFen)} 元，应于 ${moment(facts.dueAt)} 前交回`;
    case 'not-handed-in':
      return `${String(facts.day ?? '')} 的收款 ${yuan(facts.fen)} 元，到 ${String(facts.by ?? '')} 没有上交`;
    case 'book-running-out':
      return `${facts.usedAt === 'doorstep' ? '上门收据本' : '收据本'}只余 ${String(facts.left ?? '')} 张`;
    case 'surprise-difference':
      return `突击盘点${Number(facts.differenceFen) === 0 ? '有差异，互相抵消' : `${Number(facts.differenceFen) > 0 ? '长款' : '短款'} ${yuan(facts.differenceFen)} 元`}`;
  }
}

export const receiptCheckWords: Record<ReceiptCheck['found'], string> = {
  issued: '有效',
  voided: '已作废',
  reversed: '已冲正',
  blank: '号段内的空白收据，还没有开出',
  outside: '不在任何发放的号段内，已报告财务和总经理',
};

export const moneyAlarmWords = {
  title: '资金报警',
  none: '没有未处理的资金报警',
  kinds: moneyAlarmNames,
  settle: '处理',
  settleTitle: '处理资金报警',
  note: '查明的情况和处理结果',
  settled: (by: string, at: Instant) => `${moment(at)} ${by} 处理`,
  moment: (at: Instant) => moment(at),
  check: '核对收据号',
  checkPlaceholder: '如 A0001836',
  checkSubmit: '核对',
  checked: (code: string, said: string) => `${code}：${said}`,
} as const;
