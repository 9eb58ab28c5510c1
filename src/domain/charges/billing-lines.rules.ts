// The lines of a billing run's preview 出账试算 (MN2): what each unit is charged, what it was charged before, what is odd about
// it; what stands already is left out.
import type { Month } from '../../kernel/time.ts';
import type { OddKind } from './billing-run.contract.ts';
import { chargeKey, elsewhereKey, previewOf } from './billing-run.rules.ts';
import type { ChargeDetail } from './charge.contract.ts';
import type { Charged, ChargePeriod, PriceSegment } from './charge.rules.ts';
import type { FormulaNames } from './formula.contract.ts';
import type { LateFeeLine } from './late-fee.contract.ts';
import { chargesOfUnit, type ItemFact, type UnitRecord } from './unit-charges.rules.ts';

export type RunLine = {
  unitId: string;
  itemId: string;
  fen: number;
  lastFen: number | null;
  odd: OddKind[];
  /** Null: it could not be computed, or was charged last time and is not now. */
  detail: ChargeDetail | null;
  /** Late fees of the unit's charges, where the line is of those. */
  lateFees: LateFeeLine[] | null;
  fault: NonNullable<Charged['fault']> | null;
};

/** What holds for all units of a run. */
export type LineBook = {
  /** `isNews`: others were charged for it the month before, so that whoever is new is worth a look. */
  items: readonly (ItemFact & { lastMonth: Month; isNews: boolean })[];
  developerId: string | null;
  farPercent: number;
  period: ChargePeriod;
  names: FormulaNames;
  price: PriceSegment;
};
/** What is on record of these units: `standing` by `chargeKey`, `last` as it was charged the month before. */
export type Before = {
  standing: ReadonlySet<string>;
  last: readonly { unitId: string; itemId: string; fen: number }[];
};

const placeOf = ({ unitId, itemId }: { unitId: string; itemId: string }): string => `${unitId} ${itemId}`;

export function linesOfUnits(
  units: readonly UnitRecord[],
  { items, developerId, farPercent, period, names, price }: LineBook,
  { standing, last }: Before,
): { lines: RunLine[]; alreadyPosted: number } {
  const computed: ChargeDetail[] = [];
  const failed: Pick<RunLine, 'unitId' | 'itemId' | 'fault'>[] = [];
  for (const unit of units) {
    const found = chargesOfUnit(items, unit, developerId, period, names, price);
    computed.push(...found.computed);
    for (const { itemId, fault } of found.failed) failed.push({ unitId: unit.id, itemId, fault });
  }
  const isOpen = (charge: ChargeDetail) =>
    standing.size === 0 || (!standing.has(elsewhereKey(charge)) && isOpenFor(charge));
  const isOpenFor = (charge: ChargeDetail) =>
    charge.shares.every(({ amountFen }) => amountFen === 0) ||
    charge.shares.some(({ payer, amountFen }) => amountFen > 0 && !standing.has(chargeKey(charge, payer)));
  const open = computed.filter(isOpen);
  const posted = new Set(open.length === computed.length ? [] : computed.filter((one) => !isOpen(one)).map(placeOf));
  const { odd: odds } = previewOf(
    open,
    failed,
    last.filter((one) => !posted.has(placeOf(one))),
    { farPercent },
  );
  const before = new Map(last.map((one) => [placeOf(one), one.fen]));
  const news = new Set(items.filter(({ isNews }) => isNews).map(({ id }) => id));
  const odd = new Map<string, OddKind[]>();
  for (const one of odds)
    if (one.kind !== 'new' || news.has(one.itemId)) odd.set(placeOf(one), [...(odd.get(placeOf(one)) ?? []), one.kind]);
  const line = (unitId: string, itemId: string, more: Partial<RunLine>): RunLine => {
    const place = placeOf({ unitId, itemId });
    const known = { lastFen: before.get(place) ?? null, odd: odd.get(place) ?? [] };
    return { unitId, itemId, fen: 0, ...known, detail: null, lateFees: null, fault: null, ...more };
  };
  return {
    lines: [
      ...open.map((detail) => line(detail.unitId, detail.itemId, { fen: detail.totalFen, detail })),
      ...failed.map(({ unitId, itemId, fault }) => line(unitId, itemId, { fault })),
      ...odds.filter(({ kind }) => kind === 'gone').map(({ unitId, itemId }) => line(unitId, itemId, {})),
    ],
    alreadyPosted: computed.length - open.length,
  };
}
