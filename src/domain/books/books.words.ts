// Words of the books 账簿: file names, columns of the voucher lines, the page.

import type { ChargeKind } from '../charges/charge.contract.ts';
import { chargeKindWords } from '../charges/charge.words.ts';
import type { EntryKind } from '../ledger/ledger.contract.ts';
import { entryKindWords } from '../ledger/ledger.words.ts';

export const kindOfItem = (kind: string | null): string => chargeKindWords[(kind ?? 'other') as ChargeKind] ?? '';

/** What an entry was, with the room where there is one. */
export const entryTitle = (kind: string, units: readonly string[]): string => {
  const named = units.length > 2 ? `${units[0]}等 ${units.length} 户` : units.join('、');
  return [entryKindWords[kind as EntryKind] ?? kind, named].filter((part) => part !== '').join(' ');
};

export const journalTitle = (community: string, month: string): string => `${community} ${month} 日记账`;
export const journalFile = (month: string): string => `日记账-${month}.journal`;
export const voucherFile = (month: string, format: string): string => `凭证分录-${month}.${format}`;
export const voucherSheet = '凭证分录';
export const voucherWord = '记';
export const voucherColumns = [
  { header: '凭证日期', width: 12 },
  { header: '凭证字', width: 8 },
  { header: '凭证号', width: 8 },
  { header: '分录号', width: 8 },
  { header: '摘要', width: 26 },
  { header: '科目编码', width: 12, isText: true },
  { header: '科目名称', width: 26 },
  { header: '借方金额', width: 14 },
  { header: '贷方金额', width: 14 },
  { header: '房号', width: 14, isText: true },
  { header: '收费项目', width: 18 },
  { header: '原分录', width: 38, isText: true },
] as const;

export const booksPageWords = {
  title: '账簿',
  month: '月份',
  journal: '日记账（hledger）',
  xlsx: '凭证分录（Excel）',
  csv: '凭证分录（CSV）',
  about: '导出的是这个月的全部分录，只有财务能导出；导入财务软件前请核对科目编码。',
  trial: '科目余额',
  trialColumns: ['科目', '期初余额', '本月借方', '本月贷方', '期末余额'],
  total: '合计',
  items: '分项目汇总',
  itemColumns: ['收费项目', '本月应收', '本月收回', '本月减免', '月末未收'],
  entries: (count: number) => `${count} 笔分录`,
  none: '这个月没有账',
  debit: '借',
  credit: '贷',
} as const;

export const booksFieldWords: Record<string, string> = { month: '月份', format: '格式' };
