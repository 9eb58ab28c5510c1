// The sheets of a month's figures 指标月报, as people read them.
import { dayOf, type Instant, wallTimeOf } from '../../kernel/time.ts';
import type { OutSheet } from '../../platform/spreadsheet/write-workbook.ts';
import { departmentWords } from '../access/role.words.ts';
import { type Grouping, type IndicatorGroup, type IndicatorRowShown, noGroup } from './indicator.contract.ts';
import {
  comparisonSigns,
  groupingWords,
  indicatorPageWords,
  indicatorWords,
  noGroupWords,
  pictureWords,
} from './indicator.words.ts';
import type { CountedMonth } from './indicator-month.service.ts';

/** By kind of case: what its codes are called. Kinds lie above this slice, so their words are handed over. */
export type IndicatorWords = Record<
  string,
  Partial<Record<'level' | 'category' | 'cause', Readonly<Record<string, string>>>>
>;
let kinds: IndicatorWords = {};
export const linkIndicatorWords = (words: IndicatorWords): void => {
  kinds = words;
};

const wordOf = (kind: string, by: 'level' | 'category' | 'cause', code: string | null): string =>
  code === null ? '' : (kinds[kind]?.[by]?.[code] ?? code);

export const indicatorExportName = (month: string): string => `指标月报-${month}.xlsx`;

const momentOf = (at: Instant): string => `${dayOf(at)} ${wallTimeOf(at).slice(0, 5)}`;
const metWord = (met: boolean | null): string =>
  met === null ? '' : met ? indicatorPageWords.met : indicatorPageWords.missed;
const departments: Readonly<Record<string, string>> = departmentWords;

export const figuresSheet = (month: string, months: readonly CountedMonth[]): OutSheet => ({
  name: '指标',
  above: [`${month} 的指标；口径见“算法”`],
  columns: [
    { header: '指标', width: 18 },
    { header: '分子', width: 8 },
    { header: '分母', width: 8 },
    { header: '数值', width: 10 },
    { header: '目标', width: 10 },
    { header: '是否达标', width: 10 },
    { header: '算法', width: 44 },
    { header: '口径版本', width: 10 },
    { header: '何时定账', width: 18 },
  ],
  rows: months.map(({ name, measure, figure, target, comparison, formulaVersion, finalOn, frozenAt }) => [
    indicatorWords[name].name,
    figure.numerator,
    figure.denominator,
    indicatorPageWords.value(figure.value, measure),
    target === null ? '' : `${comparisonSigns[comparison]} ${indicatorPageWords.value(target, measure)}`,
    metWord(figure.met),
    indicatorWords[name].formula,
    formulaVersion,
    frozenAt === null ? indicatorPageWords.open(finalOn) : momentOf(frozenAt),
  ]),
});

export type ExportedGroups = { counted: CountedMonth; by: Grouping; items: Omit<IndicatorGroup, 'rowsUrl'>[] };

function groupName(kind: string, by: Grouping, one: Pick<IndicatorGroup, 'key' | 'label'>): string {
  if (one.key === noGroup) return noGroupWords[by];
  if (by === 'department') return departments[one.key] ?? one.key;
  if (by === 'hour') return pictureWords.hourOf(one.key);
  if (by === 'building' || by === 'butler') return one.label ?? noGroupWords[by];
  return wordOf(kind, by, one.key);
}

export const groupsSheet = (groups: readonly ExportedGroups[]): OutSheet => ({
  name: '分组',
  columns: [
    { header: '指标', width: 18 },
    { header: '分组', width: 12 },
    { header: '组', width: 24, isText: true },
    { header: '分子', width: 8 },
    { header: '分母', width: 8 },
    { header: '数值', width: 10 },
    { header: '事项数', width: 8 },
  ],
  rows: groups.flatMap(({ counted, by, items }) =>
    items.map((one) => [
      indicatorWords[counted.name].name,
      groupingWords[by],
      groupName(counted.rows[0]?.kind ?? '', by, one),
      one.numerator,
      one.denominator,
      indicatorPageWords.value(one.value, counted.measure),
      one.rows,
    ]),
  ),
});

export const rowsSheet = (
  months: readonly { counted: CountedMonth; rows: readonly IndicatorRowShown[] }[],
): OutSheet => ({
  name: '事项',
  columns: [
    { header: '指标', width: 18 },
    { header: '单号', width: 18, isText: true },
    { header: '房号', width: 16, isText: true },
    { header: '楼栋', width: 10, isText: true },
    { header: '责任区管家', width: 14 },
    { header: '部门', width: 12 },
    { header: '级别', width: 10 },
    { header: '类别', width: 14 },
    { header: '原因', width: 16 },
    { header: '时间', width: 17 },
    { header: '计入', width: 12 },
  ],
  rows: months.flatMap(({ counted, rows }) =>
    rows.map((row) => [
      indicatorWords[counted.name].name,
      row.code,
      row.unit ?? indicatorPageWords.publicArea,
      row.building ?? '',
      row.butlers.join('、'),
      row.department === null ? '' : (departments[row.department] ?? row.department),
      wordOf(row.kind, 'level', row.level),
      wordOf(row.kind, 'category', row.category),
      wordOf(row.kind, 'cause', row.cause),
      momentOf(row.at),
      row.counts ? indicatorWords[counted.name].counts : indicatorWords[counted.name].rest,
    ]),
  ),
});
