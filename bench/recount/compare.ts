// Holds the figures of a community against the same counted again from its pages: numerator, denominator, value, target,
// the rows behind each, and every group with what it opens to.
import { countAgain, formulas, type Grouping, groupings, groupOf, type Row } from './count.ts';
import { everyItem, type Facts, type Reader } from './pages.ts';

/** What differs, told so that somebody can look it up. */
export type Difference = { month: string; name: string; what: string; page: unknown; counted: unknown };
export type Comparison = { figures: number; rows: number; groups: number; differences: Difference[] };

type Shown = { numerator: number; denominator: number; value: number | null; met: boolean | null };
type ShownFigure = Shown & { name: string; target: number | null };
type ShownRow = { caseId: string; counts: boolean; points?: number };
type ShownGroup = Shown & { key: string; rows: number; rowsUrl: string };

/** Groups that people open to their rows; the others are only counted. */
const opened: readonly Grouping[] = ['building', 'butler', 'department'];

const sumOf = (rows: readonly Row[]): number => rows.reduce((sum, row) => sum + (row.points ?? Number(row.counts)), 0);

function shownOf(rows: readonly Row[], base: number, name: string, target: number | null): Shown {
  const numerator = sumOf(rows);
  const value = base === 0 ? null : numerator / base;
  const met = value === null || target === null ? null : (formulas[name]?.isMet(value, target) ?? null);
  return { numerator, denominator: base, value, met };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export async function compareMonths(
  reader: Reader,
  communityId: string,
  facts: Facts,
  months: readonly string[],
  /** By what each figure is taken apart as well. */
  asked: readonly Grouping[] = groupings,
): Promise<Comparison> {
  const result: Comparison = { figures: 0, rows: 0, groups: 0, differences: [] };
  const base = `/communities/${communityId}/indicators`;
  for (const month of months) {
    const { items } = (await reader.json(`${base}?month=${month}`)) as { items: ShownFigure[] };
    const unknown = items.filter((one) => !formulas[one.name]).map((one) => one.name);
    if (unknown.length > 0)
      result.differences.push({ month, name: unknown.join(', '), what: 'no formula here', page: unknown, counted: [] });
    for (const name of Object.keys(formulas)) {
      const differs = (what: string, page: unknown, counted: unknown) => {
        if (!same(page, counted)) result.differences.push({ month, name, what, page, counted });
      };
      const figure = items.find((one) => one.name === name);
      const { rows, homes } = countAgain(facts, name, month);
      const target = formulas[name]?.target(facts.standard) ?? null;
      differs('figure', figure && { ...pick(figure), target: figure.target }, {
        ...shownOf(rows, homes?.length ?? rows.length, name, target),
        target,
      });
      result.figures++;

      const shown = await everyItem<ShownRow>(reader, `${base}/${name}/rows?month=${month}&limit=500`);
      differs('rows', linesOf(shown.map((row) => ({ ...row, id: row.caseId }))), linesOf(rows));
      result.rows += shown.length;

      for (const by of asked) {
        const parts = new Map<string, Row[]>();
        const local = homes && (by === 'building' || by === 'butler') ? homes : null;
        for (const home of local ?? []) parts.set(by === 'building' ? home.building : home.butlers, []);
        for (const row of rows) {
          const key = groupOf(row, by);
          parts.set(key, [...(parts.get(key) ?? []), row]);
        }
        const below = (key: string, part: readonly Row[]): number => {
          if (homes === null) return part.length;
          if (local === null) return homes.length;
          return local.filter((home) => (by === 'building' ? home.building : home.butlers) === key).length;
        };
        const counted = [...parts].map(([key, part]) => ({
          key,
          rows: part.length,
          ...shownOf(part, below(key, part), name, target),
        }));
        const page = (await reader.json(`${base}/${name}/groups?month=${month}&by=${by}`)) as { items: ShownGroup[] };
        const order = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1);
        differs(
          `by ${by}`,
          page.items.map((one) => ({ key: one.key, rows: one.rows, ...pick(one) })).sort(order),
          counted.sort(order),
        );
        result.groups += page.items.length;
        if (opened.includes(by))
          for (const group of page.items) {
            const inside = await everyItem<ShownRow>(reader, group.rowsUrl.replace('/api/v1', ''));
            differs(
              `rows of ${by} ${group.key}`,
              linesOf(inside.map((row) => ({ ...row, id: row.caseId }))),
              linesOf(parts.get(group.key) ?? []),
            );
          }
      }
    }
  }
  return result;
}

const pick = ({ numerator, denominator, value, met }: Shown): Shown => ({ numerator, denominator, value, met });

/** One line a row: which it is and what it counts for. */
const linesOf = (rows: readonly { id: string; counts: boolean; points?: number }[]): string[] =>
  rows.map((row) => `${row.id} ${row.points ?? (row.counts ? 'counts' : 'not')}`).sort();

/** The months that hold anything, oldest first, up to the running one. */
export function monthsOf(facts: Facts): string[] {
  const local = (at: string) => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 7);
  const all = [...facts.repairs, ...facts.complaints].map((one) => local(one.receivedAt)).sort();
  const months: string[] = [];
  const last = local(facts.now);
  for (let month = all[0] ?? last; month <= last; ) {
    months.push(month);
    const [year = 0, number = 0] = month.split('-').map(Number);
    month = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
  }
  return months;
}

/** The quarter: the last three whole months and the running one. */
export const quarterOf = (facts: Facts): string[] => monthsOf(facts).slice(-4);
