// Reads a list of real complaints 留言 (a spreadsheet that the project does not hold) and draws some of them by a seed.
import { makeRandom } from '../src/domain/demo/seeded-random.rules.ts';
import { startRepairMapping } from '../src/domain/repairs/repair-import.rules.ts';
import type { Instant } from '../src/kernel/time.ts';
import { readWorkbook } from '../src/platform/spreadsheet/read-workbook.ts';

/** A row of the list; `row` is its number in the sheet, the only thing of it that is kept here. */
export type Complaint = { row: number; at: Instant; title: string; text: string };

export async function readComplaints(file: string): Promise<Complaint[]> {
  const mapping = startRepairMapping();
  const complaints: Complaint[] = [];
  for await (const row of readWorkbook(file)) {
    const { draft } = mapping.take(row);
    if (draft) complaints.push({ row: draft.row, at: draft.reportedAt, title: draft.title, text: draft.text });
  }
  return complaints;
}

/** The same ones each time, whatever the rule under test says about them. */
export function drawComplaints(complaints: readonly Complaint[], seed: string, count: number): Complaint[] {
  const random = makeRandom(seed);
  const left = [...complaints];
  return Array.from({ length: Math.min(count, left.length) }, () => {
    const [one] = left.splice(random.between(0, left.length - 1), 1);
    return one as Complaint;
  }).sort((a, b) => a.row - b.row);
}
