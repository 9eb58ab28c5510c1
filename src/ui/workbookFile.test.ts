// An exported list, read back by the reader that also reads what customers send.
import { expect, it } from 'vitest';
import { readWorkbook } from '../platform/spreadsheet/read-workbook.ts';
import { workbookFile } from './workbookFile.ts';

it('writes a list that reads back as it was, with nothing that turns into a formula', async () => {
  const rows = [
    ['BX-2026-000123', '3-1-502', '漏水，请快 & <马上> 😱\n第二行', ''],
    ['0012', '007', '=HYPERLINK("http://x")', '@sum'],
    ['-1', '+86 138', `${'长'.repeat(40_000)}`, 'a\u0000b'],
  ];
  const file = workbookFile({
    name: '事项 <1>',
    head: ['单号', '房号', '内容', '标记'],
    widths: [18, 12, 60, 20],
    rows,
  });
  const read: string[][] = [];
  for await (const row of readWorkbook(Buffer.from(file))) {
    expect(row.sheet.name).toBe('事项 <1>');
    read.push([0, 1, 2, 3].map((at) => row.cells[at]?.text ?? ''));
  }
  expect(read).toEqual([
    ['单号', '房号', '内容', '标记'],
    ['BX-2026-000123', '3-1-502', '漏水，请快 & <马上> 😱\n第二行', ''],
    ['0012', '007', `'=HYPERLINK("http://x")`, "'@sum"],
    ['-1', "'+86 138", '长'.repeat(32_767), 'ab'],
  ]);
});
