// The books as others read them: an entry as a transaction of a plain-text journal (hledger) and as voucher lines 凭证分录.
import { yuanOfFen } from '../../kernel/money.ts';
import { withoutFormula } from '../../kernel/sheet.ts';
import type { Day, Month } from '../../kernel/time.ts';
import type { Account } from '../ledger/ledger.contract.ts';
import type { Chart } from './books.contract.ts';

export type BookLine = {
  account: Account;
  amountFen: number;
  unit: string | null;
  item: string | null;
  /** By item: receivables, income, waivers and deposits. */
  itemId: string | null;
};
export type BookEntry = { id: string; on: Day; kind: string; reversesId: string | null; lines: readonly BookLine[] };

/** First day of a month and of the one after it. */
export function spanOfMonth(month: Month): { from: Day; before: Day } {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const next = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
  return { from: `${month}-01`, before: `${next}-01` };
}

/** What ends a name or begins a comment in the journal's text, and what would look like the space before an amount. */
const plainName = (text: string): string =>
  text
    .replace(/[;\r\n\t:|]/g, ' ')
    .replace(/[()[\]{}=*@"]/g, '')
    .replace(/\s+/g, ' ')
    .trim();

const accountName = (chart: Chart, { account, item }: BookLine): string => {
  const base = chart.accounts[account]?.journal ?? account;
  const part = item === null ? '' : plainName(item);
  return part === '' ? base : `${base}:${part}`;
};

/** One transaction: two spaces before an amount, tags behind a semicolon, an empty line after it. */
export function journalText(entry: BookEntry, { chart, title }: { chart: Chart; title: string }): string {
  const head = `${entry.on} * (${entry.id}) ${plainName(title)}  ; kind:${entry.kind}${
    entry.reversesId === null ? '' : `, reverses:${entry.reversesId}`
  }`;
  const lines = entry.lines.map((line) => {
    const unit = line.unit === null ? '' : `  ; unit:${plainName(line.unit)}`;
    return `    ${accountName(chart, line)}  ${yuanOfFen(line.amountFen)} CNY${unit}`;
  });
  return `${[head, ...lines].join('\n')}\n\n`;
}

/** Accounts named ahead, so that `hledger check accounts` finds a misspelt one. */
export const journalHead = (title: string, accounts: readonly string[]): string =>
  [
    `; ${plainName(title)}`,
    'commodity 1000.00 CNY',
    'decimal-mark .',
    ...accounts.map((name) => `account ${name}`),
    '',
    '',
  ].join('\n');

export const journalAccounts = (chart: Chart): string[] =>
  [...new Set(Object.values(chart.accounts).map(({ journal }) => journal))].sort();

export type VoucherLine = {
  on: Day;
  /** Running in the month, from 1. */
  voucher: number;
  line: number;
  summary: string;
  code: string;
  name: string;
  debitFen: number;
  creditFen: number;
  unit: string;
  item: string;
  entryId: string;
};

export function voucherLines(
  entry: BookEntry,
  { chart, summary, voucher }: { chart: Chart; summary: string; voucher: number },
): VoucherLine[] {
  return entry.lines.map((line, place) => ({
    ...{ on: entry.on, voucher, line: place + 1, summary, entryId: entry.id },
    code: chart.accounts[line.account]?.code ?? '',
    name: chart.accounts[line.account]?.name ?? line.account,
    debitFen: Math.max(0, line.amountFen),
    creditFen: Math.max(0, -line.amountFen),
    unit: line.unit ?? '',
    item: line.item ?? '',
  }));
}

/** One line of a .csv file as spreadsheets read it: quoted where needed, never a formula. */
export const csvLine = (cells: readonly (string | number)[]): string =>
  `${cells
    .map((cell) => (typeof cell === 'number' ? String(cell) : withoutFormula(cell)))
    .map((text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text))
    .join(',')}\r\n`;

export type AccountSums = {
  account: Account;
  openingFen: number;
  debitFen: number;
  creditFen: number;
  closingFen: number;
};

/** Opening + debits − credits of each account; all closing balances sum to nothing. */
export const trialBalance = (
  sums: readonly { account: Account; openingFen: number; debitFen: number; creditFen: number }[],
): AccountSums[] => sums.map((one) => ({ ...one, closingFen: one.openingFen + one.debitFen - one.creditFen }));
