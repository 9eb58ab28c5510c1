// Reads a list of residents' messages 留言 from a spreadsheet as repair cases of the category `other`: one
// row, one case, with the time at which it was written and the whole text as it stands.

import { type SheetRow, textOf } from '../../kernel/sheet.ts';
import { atWallTime, type Instant } from '../../kernel/time.ts';
import { parseWrittenTime } from '../../kernel/written-time.ts';
import type { RepairRejection } from './repair-import.contract.ts';
import { type CaseListField, caseListColumns } from './repair-import.words.ts';

/** A repair to be created; the place comes from elsewhere, the list names none that we keep. */
export type RepairDraft = {
  sheet: string;
  row: number;
  /** The number in the source, the natural key for a second run; null when the list has none. */
  sourceNo: string | null;
  reportedAt: Instant;
  reporter: string | null;
  title: string;
  text: string;
  category: 'other';
};

/** Longer texts are cut at the table's ceiling, never at a half character. */
const longestText = 20_000;
const longestTitle = 200;
const headerWithinRows = 20;

export type RepairMapping = {
  take(row: SheetRow): { draft: RepairDraft | null; rejected: RepairRejection[] };
  finish(): RepairRejection[];
};

/** Line breaks as one kind, no tabs of a web page's source, no blank lines at the ends. */
export const tidyText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

export function startRepairMapping(): RepairMapping {
  let columns: Map<CaseListField, { at: number; title: string }> | null = null;
  let sheet = -1;
  let hasHeader = false;
  let firstSheet = '';
  let firstTitles = '';
  const seen = new Map<string, number>();

  function headerOf(row: SheetRow): boolean {
    const found = new Map<CaseListField, { at: number; title: string }>();
    for (const [at, cell] of row.cells.entries()) {
      const title = textOf(cell);
      for (const [field, spellings] of Object.entries(caseListColumns) as [CaseListField, readonly string[]][]) {
        if (spellings.includes(title) && !found.has(field)) found.set(field, { at, title });
      }
    }
    if (firstTitles === '') firstTitles = row.cells.map(textOf).filter(Boolean).join('、').slice(0, 60);
    if (!found.has('text') || !found.has('reportedAt')) return false;
    columns = found;
    hasHeader = true;
    return true;
  }

  function draftOf(row: SheetRow, known: Map<CaseListField, { at: number; title: string }>) {
    const rejected: RepairRejection[] = [];
    const at = { sheet: row.sheet.name, row: row.row };
    const reject = (field: CaseListField, code: RepairRejection['code'], facts?: RepairRejection['facts']) => {
      const column = known.get(field);
      const read = column === undefined ? '' : textOf(row.cells[column.at]).slice(0, 60);
      rejected.push({ ...at, column: column?.title ?? field, code, read, ...(facts === undefined ? {} : { facts }) });
    };
    const read = (field: CaseListField): string => {
      const column = known.get(field);
      const cell = column === undefined ? undefined : row.cells[column.at];
      if (cell?.kind === 'formula') reject(field, 'formula');
      else if (cell?.kind === 'error') reject(field, 'cell_error');
      else return cell?.text ?? '';
      return '';
    };
    const text = tidyText(read('text'));
    const title = tidyText(read('title'));
    const sourceNo = read('sourceNo').trim();
    const written = read('reportedAt').trim();
    if (text === '' && title === '' && sourceNo === '' && written === '') return { draft: null, rejected: [] };
    if (text === '' && title === '') reject('text', 'required');
    const wall = parseWrittenTime(written);
    if (written === '') reject('reportedAt', 'required');
    else if (wall === null) reject('reportedAt', 'not_a_time');
    const earlier = sourceNo === '' ? undefined : seen.get(sourceNo);
    if (earlier !== undefined) reject('sourceNo', 'duplicate', { row: earlier });
    if (rejected.length > 0 || wall === null) return { draft: null, rejected };
    if (sourceNo !== '') seen.set(sourceNo, row.row);
    const reporter = read('reporter').trim();
    const whole = text === '' ? title : text;
    return {
      draft: {
        ...at,
        sourceNo: sourceNo === '' ? null : sourceNo,
        reportedAt: atWallTime(wall.slice(0, 10), wall.slice(11)),
        reporter: reporter === '' ? null : reporter,
        title: cut(title === '' ? whole : title, longestTitle),
        text: cut(whole, longestText),
        category: 'other' as const,
      },
      rejected,
    };
  }

  return {
    take(row) {
      if (row.sheet.index !== sheet) {
        sheet = row.sheet.index;
        columns = null;
        if (firstSheet === '') firstSheet = row.sheet.name;
      }
      if (row.sheet.isHidden) return { draft: null, rejected: [] };
      if (columns === null) {
        if (row.row <= headerWithinRows) headerOf(row);
        return { draft: null, rejected: [] };
      }
      return draftOf(row, columns);
    },
    finish: () =>
      hasHeader ? [] : [{ sheet: firstSheet, row: 1, column: '', code: 'no_known_header', read: firstTitles }],
  };
}

/** At most `limit` UTF-16 units; an emoji at the end stays whole or goes. */
function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit);
}
