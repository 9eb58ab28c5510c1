// Payments taken elsewhere 缴费历史, as a widely used property system lists them (房屋缴费历史): read row by row by their headings; a
// period of whole calendar months stands for each of them, so that none is charged again.
import { splitByWeight } from '../../kernel/money.ts';
import type { CellBody, SheetRow } from '../../kernel/sheet.ts';
import { type Day, type Month, plusDays } from '../../kernel/time.ts';
import { dayIn, labelIn } from './charge-import.rules.ts';
import { scaledOf } from './rule-draft.rules.ts';

export type HistoryDraft = {
  sheet: string;
  row: number;
  unit: string;
  item: string;
  /** Both ends included. */
  from: Day;
  until: Day;
  paidOn: Day;
  dueFen: number;
  paidFen: number;
  receiptCode: string;
  cashier: string;
  note: string;
};
export type HistoryRejectionCode =
  | 'required'
  | 'not_a_number'
  | 'not_a_day'
  | 'unknown_unit'
  | 'unknown_item'
  | 'period_reversed'
  | 'period_too_long'
  | 'nothing_paid'
  | 'more_than_due'
  | 'paid_in_future'
  | 'already_billed'
  | 'too_long'
  | 'no_known_header';
export type HistoryRejection = { sheet: string; row: number; column: string; code: HistoryRejectionCode; read: string };

const titles = {
  unit: '房屋',
  item: '收费项目',
  from: '开始时间',
  until: '结束时间',
  paidOn: '缴费时间',
  due: '应缴金额',
  paid: '实缴金额',
} as const;
const receiptTitles = ['收据号', '收据编号', '票据号', '凭证号'];
const longest = { cashier: 60, receiptCode: 60, note: 300 };
/** Ten years: a longer period is a slip of the pen. */
const mostMonths = 120;

const textOf = (cell: CellBody | undefined): string => (cell?.text ?? '').trim();

/** A date cell, a date written out, or the day's number where the cell lost its format (42370 is 1 January 2016). */
export function dayOfCell(cell: CellBody | undefined): Day | null {
  if (cell === undefined) return null;
  if (cell.kind === 'date') return cell.value.slice(0, 10);
  const serial = Number(textOf(cell));
  if (Number.isInteger(serial) && serial >= 20_000 && serial <= 80_000) return plusDays('1899-12-30', serial);
  return dayIn(textOf(cell));
}

const lastDayOf = (month: Month): Day => plusDays(`${plusDays(`${month}-28`, 4).slice(0, 7)}-01`, -1);

/** The end as the form writes it is the next period's first day, or its own last day. */
export const lastDay = (from: Day, end: Day): Day =>
  end > from && end.slice(8) === from.slice(8) ? plusDays(end, -1) : end;

/** The calendar months of a period that is made of whole ones; null: it isn't. */
export function wholeMonths(from: Day, until: Day): Month[] | null {
  if (from.slice(8) !== '01' || until !== lastDayOf(until.slice(0, 7))) return null;
  const months: Month[] = [];
  for (let month = from.slice(0, 7); month <= until.slice(0, 7); month = plusDays(lastDayOf(month), 1).slice(0, 7))
    months.push(month);
  return months;
}

/** What was paid as charges: one for each month, alike to the fen; one for a period that is not made of months. */
export function partsOf(
  draft: Pick<HistoryDraft, 'from' | 'until' | 'paidFen'>,
): { month: Month | null; fen: number }[] {
  const months = wholeMonths(draft.from, draft.until);
  if (months === null) return [{ month: null, fen: draft.paidFen }];
  const shares = splitByWeight(
    draft.paidFen,
    months.map(() => 1),
  );
  return months.map((month, place) => ({ month, fen: shares[place] as number })).filter(({ fen }) => fen > 0);
}

export function startHistoryMapping(today: Day) {
  let sheet = '';
  let columns: ReadonlyMap<string, number> | null = null;
  let known = 0;

  return {
    take(row: SheetRow): { draft: HistoryDraft | null; rejected: HistoryRejection[] } {
      const nothing = { draft: null, rejected: [] };
      if (row.sheet.name !== sheet) {
        sheet = row.sheet.name;
        const found = new Map(
          row.cells.flatMap((cell, at) => (textOf(cell) === '' ? [] : [[textOf(cell), at] as const])),
        );
        columns = Object.values(titles).every((title) => found.has(title)) ? found : null;
        if (columns !== null) known++;
        return nothing;
      }
      if (columns === null) return nothing;
      const cellOf = (title: string): CellBody | undefined => {
        const place = columns?.get(title);
        return place === undefined ? undefined : row.cells[place];
      };
      // A row with nothing under any of our headings is a note at the side.
      if (Object.values(titles).every((title) => textOf(cellOf(title)) === '')) return nothing;
      return readRow(cellOf, { sheet, row: row.row }, today);
    },
    finish: (): HistoryRejection[] =>
      known > 0 ? [] : [{ sheet, row: 1, column: '', code: 'no_known_header', read: '' }],
  };
}

function readRow(
  cellOf: (title: string) => CellBody | undefined,
  place: { sheet: string; row: number },
  today: Day,
): { draft: HistoryDraft | null; rejected: HistoryRejection[] } {
  const rejected: HistoryRejection[] = [];
  const no = (column: string, code: HistoryRejectionCode) => {
    if (!rejected.some((one) => one.column === column))
      rejected.push({ ...place, column, code, read: textOf(cellOf(column)) });
  };
  for (const title of Object.values(titles)) if (textOf(cellOf(title)) === '') no(title, 'required');
  const day = (title: string): Day => {
    const found = dayOfCell(cellOf(title));
    if (found === null) no(title, 'not_a_day');
    return found ?? '';
  };
  const fen = (title: string): number => {
    const found = scaledOf(textOf(cellOf(title)), 2);
    if (found === null) no(title, 'not_a_number');
    return found ?? 0;
  };
  const [from, end, paidOn, dueFen, paidFen] = [
    day(titles.from),
    day(titles.until),
    day(titles.paidOn),
    fen(titles.due),
    fen(titles.paid),
  ];
  const unit = labelIn(textOf(cellOf(titles.unit)));
  if (unit === null) no(titles.unit, 'unknown_unit');
  const until = lastDay(from, end);
  if (until < from) no(titles.until, 'period_reversed');
  else if ((wholeMonths(from, until)?.length ?? 0) > mostMonths) no(titles.until, 'period_too_long');
  if (paidOn > today) no(titles.paidOn, 'paid_in_future');
  if (paidFen <= 0) no(titles.paid, 'nothing_paid');
  else if (paidFen > dueFen) no(titles.paid, 'more_than_due');
  const receiptTitle = receiptTitles.find((title) => cellOf(title) !== undefined) ?? '';
  const texts = {
    receiptCode: textOf(cellOf(receiptTitle)),
    cashier: textOf(cellOf('收银员')),
    note: textOf(cellOf('备注')),
  };
  for (const [name, title] of [
    ['receiptCode', receiptTitle],
    ['cashier', '收银员'],
    ['note', '备注'],
  ] as const)
    if (texts[name].length > longest[name]) no(title, 'too_long');
  if (rejected.length > 0 || unit === null) return { draft: null, rejected };
  const item = textOf(cellOf(titles.item));
  return { draft: { ...place, unit, item, from, until, paidOn, dueFen, paidFen, ...texts }, rejected };
}
export const historyColumns = titles;
