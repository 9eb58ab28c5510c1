// What a spreadsheet makes of an exported list.
import { expect, test } from 'vitest';
import { sheetText } from './sheetText.ts';

test.each([
  ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
  ['+86 138', "'+86 138"],
  ['-1', "'-1"],
  ['@sum', "'@sum"],
  ['漏水, 请快', '"漏水, 请快"'],
  ['第一行\n第二行', '"第一行\n第二行"'],
  ['普通', '普通'],
])('the cell %j is written as %j', (value, written) => {
  expect(sheetText([[value]])).toBe(`\uFEFF${written}\r\n`);
});
