// Writes .xlsx files (templates, exports, rejection lists) as a stream, row by row. exceljs is loaded
// only when something is written: it costs start-up time.

import { PassThrough, type Writable } from 'node:stream';
import { forbiddenInXml, longestCell, withoutFormula } from '../../kernel/sheet.ts';

export type OutCell = string | number | boolean | null;

export type OutSheet = {
  name: string;
  /** Widths in characters; `text` keeps room numbers and phones from turning into numbers. */
  columns: readonly { header: string; width?: number; isText?: boolean }[];
  rows: Iterable<readonly OutCell[]> | AsyncIterable<readonly OutCell[]>;
  /** Lines above the header, for a hint. */
  above?: readonly string[];
};

const outValue = (cell: OutCell): OutCell =>
  typeof cell === 'string' ? withoutFormula(cell.replace(forbiddenInXml, '').slice(0, longestCell)) : cell;

export async function writeWorkbook(into: Writable, sheets: readonly OutSheet[]): Promise<void> {
  const { default: ExcelJs } = await import('exceljs');
  const workbook = new ExcelJs.stream.xlsx.WorkbookWriter({ stream: into, useStyles: true, useSharedStrings: false });
  for (const sheet of sheets) {
    const headerRow = (sheet.above?.length ?? 0) + 1;
    const page = workbook.addWorksheet(sheet.name, { views: [{ state: 'frozen', ySplit: headerRow }] });
    page.columns = sheet.columns.map((column) => ({
      width: column.width ?? 14,
      style: column.isText === true ? { numFmt: '@' } : {},
    }));
    for (const line of sheet.above ?? []) page.addRow([outValue(line)]).commit();
    const header = page.addRow(sheet.columns.map((column) => outValue(column.header)));
    header.font = { bold: true };
    header.commit();
    for await (const row of sheet.rows) page.addRow(row.map(outValue)).commit();
    page.commit();
  }
  await workbook.commit();
}

/** For small workbooks that are sent as one piece. */
export async function workbookBytes(sheets: readonly OutSheet[]): Promise<Buffer> {
  const stream = new PassThrough();
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  await writeWorkbook(stream, sheets);
  return Buffer.concat(chunks);
}
