// A month of figures as a workbook: every figure, every group of each, every row behind them.
import type { Month } from '../../kernel/time.ts';
import { workbookBytes } from '../../platform/spreadsheet/write-workbook.ts';
import { type Call, RawAnswer, readIn } from '../access/call.ts';
import { groupings } from './indicator.contract.ts';
import { groupsOf } from './indicator.rules.ts';
import { askedBy, labelsOf, monthAsked, shownRows } from './indicator.service.ts';
import {
  type ExportedGroups,
  figuresSheet,
  groupsSheet,
  indicatorExportName,
  rowsSheet,
} from './indicator-export.words.ts';
import { type CountedMonth, linkedSources, readMonth } from './indicator-month.service.ts';

export async function exportIndicators(call: Call, asked?: Month): Promise<RawAnswer> {
  const month = monthAsked(call, asked);
  const sheets = await readIn(call, async (tx) => {
    const facts = await askedBy(tx, call);
    const months: CountedMonth[] = [];
    for (const source of linkedSources()) months.push(await readMonth(tx, facts, source, month));
    const groups: ExportedGroups[] = [];
    const rows = [];
    for (const counted of months) {
      for (const by of groupings) {
        const parts = groupsOf(counted.rows, by, counted.target, counted.comparison, counted.base);
        const labelOf = await labelsOf(tx, call.communityId, by, parts);
        groups.push({ counted, by, items: parts.map((part) => ({ ...part, label: labelOf(part.key) })) });
      }
      rows.push({ counted, rows: await shownRows(tx, call.communityId, counted.rows) });
    }
    return [figuresSheet(month, months), groupsSheet(groups), rowsSheet(rows)];
  });
  return new RawAnswer(await workbookBytes(sheets), {
    'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(indicatorExportName(month))}`,
    'cache-control': 'no-store',
  });
}
