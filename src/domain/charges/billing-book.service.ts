// What a billing run 出账 reckons with: its items and prices, what was shared out, what a formula may ask, and whether charges
// that are late are counted; opened once for all pieces of a preview. And each unit's own record.
import type { Month } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { standardInForce } from '../standards/standard.service.ts';
import { countPeople, listBuildingFacts, listHolders, listTermsOfUnits, type UnitFact } from './billing-facts.store.ts';
import { isChargedIn, type RunRow } from './billing-run.store.ts';
import { type ChargePeriod, monthPeriod } from './charge.rules.ts';
import { type ItemRow, listItemRows, listVersionRows, readSettings } from './charge-item.store.ts';
import type { FormulaVariable } from './formula.contract.ts';
import { lateFeeDay } from './late-fee.rules.ts';
import type { LateFeeTurn } from './late-fee.service.ts';
import { publicUseIn } from './meter.service.ts';
import { listUnitUse } from './meter.store.ts';
import { type ItemFact, lastMonthOf, type UnitRecord } from './unit-charges.rules.ts';

/** What holds for all pieces of a preview. */
export type Book = {
  items: (ItemFact & { row: ItemRow; lastMonth: Month; isNews: boolean })[];
  developerId: string | null;
  farPercent: number;
  share: Map<string, Map<string, number>>;
  sharedUsage: Map<string, number>;
  formula: ((unit: UnitFact) => Partial<Record<FormulaVariable, string>>) | null;
  period: ChargePeriod;
  /** Null: this community charges none, or this run is not for them. */
  lateFees: LateFeeTurn | null;
};

export async function openBook(tx: Tx, communityId: string, run: RunRow): Promise<Book> {
  const period = monthPeriod(run.month);
  const versions = await listVersionRows(tx, communityId);
  const rows = (await listItemRows(tx, communityId)).filter(
    (row) =>
      (run.itemIds.length === 0 || run.itemIds.includes(row.id)) &&
      (row.months.length === 0 || row.months.includes(Number(run.month.slice(5)))),
  );
  const items: Book['items'] = [];
  for (const row of rows) {
    const lastMonth = lastMonthOf(row.months, run.month);
    items.push({
      ...row,
      row,
      versions: versions.filter((one) => one.itemId === row.id),
      lastMonth,
      isNews: await isChargedIn(tx, communityId, row.id, lastMonth),
    });
  }
  const shared = await publicUseIn(
    tx,
    communityId,
    run.month,
    items.map(({ id }) => id),
  );
  const share = new Map<string, Map<string, number>>();
  const sharedUsage = new Map<string, number>();
  for (const one of shared) {
    if (one.shared !== null) sharedUsage.set(one.itemId, (sharedUsage.get(one.itemId) ?? 0) + one.shared);
    for (const { unitId, shareThousandths } of one.shares) {
      const own = share.get(unitId) ?? new Map<string, number>();
      own.set(one.itemId, (own.get(one.itemId) ?? 0) + shareThousandths);
      share.set(unitId, own);
    }
  }
  const asksMore = items.some(({ versions: own }) => own.some(({ rule }) => rule.kind === 'formula'));
  const settings = await readSettings(tx, communityId);
  const lateFeeItem = rows.find(({ kind, retiredOn }) => kind === 'late-fee' && retiredOn === null);
  return {
    items,
    developerId: settings.developerId,
    farPercent: (await standardInForce(tx, communityId)).document.money.billingFarPercent.value,
    share,
    sharedUsage,
    formula: asksMore ? await formulaFacts(tx, communityId, sharedUsage) : null,
    period,
    lateFees:
      settings.lateFeesFrom !== null && lateFeeItem !== undefined
        ? { itemId: lateFeeItem.id, since: settings.lateFeesFrom, asOf: lateFeeDay(run.month, run.createdAt) }
        : null,
  };
}

/** What a formula may ask of building, entrance and community. */
async function formulaFacts(tx: Tx, communityId: string, sharedUsage: ReadonlyMap<string, number>) {
  const facts = await listBuildingFacts(tx, communityId);
  const decimal = (hundredths: number) => (hundredths / 100).toFixed(2);
  const areaOf = (rows: typeof facts) => decimal(rows.reduce((sum, one) => sum + one.areaHundredthsM2, 0));
  const whole = areaOf(facts);
  const byBuilding = new Map<string, typeof facts>();
  for (const one of facts) byBuilding.set(one.buildingId, [...(byBuilding.get(one.buildingId) ?? []), one]);
  const [shared] = sharedUsage.size === 1 ? [...sharedUsage.values()] : [];
  return (unit: UnitFact): Partial<Record<FormulaVariable, string>> => {
    const building = byBuilding.get(unit.buildingId) ?? [];
    const entrance = building.filter((one) => one.entrance === unit.entrance);
    return {
      entranceArea: areaOf(entrance),
      buildingArea: areaOf(building),
      communityArea: whole,
      households: String(building.reduce((sum, one) => sum + one.units, 0)),
      entrances: String(building.length),
      ...(shared === undefined ? {} : { sharedUsage: (shared / 1000).toFixed(3) }),
    };
  };
}

export const groupBy = <Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> => {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
};

export async function recordsOf(
  tx: Tx,
  communityId: string,
  units: readonly UnitFact[],
  book: Book,
): Promise<UnitRecord[]> {
  const ids = units.map(({ id }) => id);
  const holders = groupBy(await listHolders(tx, communityId, ids), (row) => row.unitId);
  const terms = groupBy(await listTermsOfUnits(tx, communityId, ids, book.period), (row) => row.unitId);
  const metered = book.items.filter(({ versions }) =>
    versions.some(({ rule }) => rule.kind === 'metered' || rule.kind === 'formula'),
  );
  const itemIds = metered.map(({ id }) => id);
  const use = groupBy(
    await listUnitUse(tx, communityId, { month: book.period.month, itemIds, unitIds: ids }),
    (row) => row.unitId,
  );
  const people = book.formula ? await countPeople(tx, communityId, ids, book.period.until) : null;
  return units.map((unit): UnitRecord => {
    const own = terms.get(unit.id) ?? [];
    return {
      ...unit,
      holders: holders.get(unit.id) ?? [],
      terms: own,
      use: new Map((use.get(unit.id) ?? []).map((one) => [one.itemId, one])),
      share: book.share.get(unit.id) ?? new Map(),
      formula: book.formula
        ? {
            ...book.formula(unit),
            people: String(people?.get(unit.id) ?? 0),
            vehicles: String(own.filter(({ kind }) => kind === 'vehicle').length),
          }
        : {},
    };
  });
}
