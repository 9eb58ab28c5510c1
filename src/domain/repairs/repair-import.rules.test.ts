import { expect, test } from 'vitest';
import type { Cell, SheetRow } from '../../kernel/sheet.ts';
import { startRepairMapping, tidyText } from './repair-import.rules.ts';
import { repairRejectionWords } from './repair-import.words.ts';

const sheet = { name: '留言', index: 0, isHidden: false, merges: [] };
const text = (value: string): Cell => ({ kind: 'text', value, text: value });
const row = (number: number, cells: readonly (Cell | string | undefined)[]): SheetRow => ({
  sheet,
  row: number,
  isHidden: false,
  cells: cells.map((cell) => (typeof cell === 'string' ? text(cell) : cell)),
});
const header = row(1, ['留言编号', '留言用户', '留言主题', '留言时间', '留言详情']);

test('a row becomes a repair with its time in Shanghai, whether a text or a real date cell', () => {
  const mapping = startRepairMapping();
  mapping.take(header);
  const first = mapping.take(
    row(2, ['17', 'A1', '漏水', '2019/2/28 11:25:05', '\r\n\t厨房  漏水😀\r\n\r\n\r\n请处理\t']),
  );
  expect(first.draft).toEqual({
    sheet: '留言',
    row: 2,
    sourceNo: '17',
    reportedAt: '2019-02-28T03:25:05.000Z',
    reporter: 'A1',
    title: '漏水',
    text: '厨房 漏水😀\n\n请处理',
    category: 'other',
  });
  const date: Cell = { kind: 'date', value: '2019-08-01 00:00:00', text: '2019-08-01' };
  expect(mapping.take(row(3, ['18', undefined, undefined, date, '没有标题'])).draft).toMatchObject({
    reportedAt: '2019-07-31T16:00:00.000Z',
    title: '没有标题',
  });
  expect(mapping.finish()).toEqual([]);
});

test('what is missing, unreadable or twice is said with row and column', () => {
  const mapping = startRepairMapping();
  mapping.take(header);
  mapping.take(row(2, ['17', 'A1', '漏水', '2019/2/28 11:25:05', '漏水']));
  const words = [
    row(3, ['18', 'A1', '漏水', '前天', '漏水']),
    row(4, ['17', 'A1', '漏水', '2019/2/28', '漏水']),
    row(5, ['19', 'A1', undefined, '2019/2/28', undefined]),
    row(6, [undefined, undefined]),
  ].flatMap((each) => mapping.take(each).rejected.map(repairRejectionWords));
  expect(words).toEqual([
    '第 3 行“留言时间”：读到“前天”，应为日期时间，例如 2026-11-22 14:03',
    '第 4 行“留言编号”：读到“17”，与第 2 行编号相同',
    '第 5 行“留言详情”：是空的，不能为空',
  ]);
});

test('a file without the header is refused as a whole', () => {
  const mapping = startRepairMapping();
  mapping.take(row(1, ['一级分类', '二级分类']));
  expect(mapping.finish().map(repairRejectionWords)).toEqual([
    '第 1 行：读到“一级分类、二级分类”，没有找到认识的表头，列名应含留言时间和留言详情',
  ]);
});

test('a text beyond the ceiling is cut between characters', () => {
  const mapping = startRepairMapping();
  mapping.take(header);
  const draft = mapping.take(row(2, ['1', 'a', 't', '2019/2/28', `a${'😀'.repeat(15_000)}`])).draft;
  expect(draft?.text.length).toBeLessThanOrEqual(20_000);
  expect(draft?.text.endsWith('😀')).toBe(true);
  expect(tidyText('a \n\n\n\n b')).toBe('a\n\nb');
});
