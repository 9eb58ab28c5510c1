// One figure of one month with the rows behind it: as it was frozen, or counted anew from what stands there now. Each slice
// that has facts hands over its own: which cases belong to the month, and which of them count.
import { type Day, type Instant, later, type Month, plusDays } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { StandardDocument } from '../standards/standard.contract.ts';
import {
  type Comparison,
  type IndicatorName,
  type IndicatorRow,
  indicatorNames,
  type Measure,
  type PlacedRow,
} from './indicator.contract.ts';
import {
  type BaseCounts,
  type BaseUnit,
  baseDayOf,
  countBase,
  type Figure,
  figureOf,
  firstDayOf,
  isOver,
  monthAfter,
  shareOf,
} from './indicator.rules.ts';
import { type FrozenMonth, findFrozen, listFrozenRows } from './indicator-month.store.ts';
import { placesOf } from './indicator-place.store.ts';

export type IndicatorSource = {
  name: IndicatorName;
  /** Counts up when the same facts give another figure: a frozen month says by which it was counted. */
  formulaVersion: number;
  comparison: Comparison;
  /** A share where left out. */
  measure?: 'points';
  target: (document: StandardDocument) => number | null;
  /** From the day after this one on the month's figure can't change any more. */
  finalOn: (tx: Tx, communityId: string, month: Month, document: StandardDocument) => Day | Promise<Day>;
  /** Every case of the month, in the order of its event. */
  rows: (tx: Tx, communityId: string, month: Month, document: StandardDocument) => Promise<IndicatorRow[]>;
  /** What stands below the line where that isn't the rows; all rows then count. */
  denominator?: (tx: Tx, communityId: string, day: Day) => Promise<BaseUnit[]>;
};

const sources = new Map<IndicatorName, IndicatorSource>();
export function linkIndicators(list: readonly IndicatorSource[]): void {
  for (const source of list) sources.set(source.name, source);
}
export const linkedSources = (): IndicatorSource[] => indicatorNames.flatMap((name) => sources.get(name) ?? []);
export const sourceOf = (name: IndicatorName): IndicatorSource | undefined => sources.get(name);

export type MonthHead = {
  name: IndicatorName;
  month: Month;
  measure: Measure;
  figure: Figure;
  target: number | null;
  comparison: Comparison;
  base: BaseCounts | null;
  formulaVersion: number;
  finalOn: Day;
  isFinal: boolean;
  frozenAt: Instant | null;
};
export type CountedMonth = MonthHead & { rows: PlacedRow[] };
type Asked = { communityId: string; now: Instant; document: StandardDocument };

const frozenHead = (frozen: FrozenMonth): MonthHead => ({
  ...frozen,
  figure: shareOf(frozen.numerator, frozen.denominator, frozen.target, frozen.comparison),
  isFinal: true,
});

/** Nothing freezes before the month itself is over, whatever a standard names as the day of its check. */
export async function finalDayOf(
  tx: Tx,
  asked: Omit<Asked, 'now'>,
  source: IndicatorSource,
  month: Month,
): Promise<Day> {
  const lastDay = plusDays(firstDayOf(monthAfter(month)), -1);
  return later(lastDay, await source.finalOn(tx, asked.communityId, month, asked.document));
}

/** Counted from the facts as they stand now. */
export async function countMonth(tx: Tx, asked: Asked, source: IndicatorSource, month: Month): Promise<CountedMonth> {
  const { communityId, now, document } = asked;
  const bare = await source.rows(tx, communityId, month, document);
  const places = await placesOf(
    tx,
    communityId,
    bare.map((row) => row.caseId),
  );
  const rows = bare.map(({ place: given, ...row }): PlacedRow => {
    const place = places.get(row.caseId);
    return {
      ...row,
      cause: row.cause ?? null,
      department: place?.department ?? null,
      unitId: place?.unitId ?? null,
      buildingId: place?.buildingId ?? given?.buildingId ?? null,
      butlerIds: place?.butlerIds ?? given?.butlerIds ?? [],
    };
  });
  const base = source.denominator ? countBase(await source.denominator(tx, communityId, baseDayOf(month, now))) : null;
  const target = source.target(document);
  const finalOn = await finalDayOf(tx, asked, source, month);
  return {
    name: source.name,
    month,
    measure: source.measure ?? 'share',
    figure: figureOf(rows, target, source.comparison, base?.total),
    target,
    comparison: source.comparison,
    base,
    formulaVersion: source.formulaVersion,
    finalOn,
    isFinal: isOver(finalOn, now),
    frozenAt: null,
    rows,
  };
}

export async function readMonth(tx: Tx, asked: Asked, source: IndicatorSource, month: Month): Promise<CountedMonth> {
  const frozen = (await findFrozen(tx, asked.communityId, [source.name], [month]))[0];
  return frozen
    ? { ...frozenHead(frozen), rows: await listFrozenRows(tx, asked.communityId, source.name, month) }
    : countMonth(tx, asked, source, month);
}

/** Without the rows, which a frozen month need not read for its figure. */
export async function readHeads(
  tx: Tx,
  asked: Asked,
  wanted: readonly IndicatorSource[],
  months: readonly Month[],
): Promise<MonthHead[]> {
  const frozen = await findFrozen(
    tx,
    asked.communityId,
    wanted.map((source) => source.name),
    months,
  );
  const heads: MonthHead[] = [];
  for (const source of wanted)
    for (const month of months) {
      const kept = frozen.find((one) => one.name === source.name && one.month === month);
      heads.push(kept ? frozenHead(kept) : await countMonth(tx, asked, source, month));
    }
  return heads;
}
