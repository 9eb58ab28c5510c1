// From what is on record of a unit to the facts of each of its charges of a month: which items are its own, who held it
// when, what was agreed for it, what its meters showed (MN1).
import { type Day, type Month, plusDays } from '../../kernel/time.ts';
import type { ChargeDetail, PriceVersion } from './charge.contract.ts';
import { type Charged, type ChargeFacts, type ChargePeriod, computeCharge, type PriceSegment } from './charge.rules.ts';
import type { FormulaNames, FormulaVariable } from './formula.contract.ts';

export type ItemFact = {
  id: string;
  months: readonly number[];
  usages: readonly string[];
  appliesTo: 'all' | 'listed';
  retiredOn: Day | null;
  versions: readonly PriceVersion[];
};
export type TermFact = {
  id: string;
  kind: 'price' | 'free' | 'vacant' | 'applies' | 'vehicle' | 'late-fee-pause';
  itemId: string | null;
  from: Day;
  until: Day | null;
  rule: ChargeFacts['overrides'][number]['rule'];
  percent: number | null;
  classCode: string | null;
  reason: string;
};
export type UnitRecord = {
  id: string;
  areaHundredthsM2: number | null;
  usage: string;
  state: string;
  deliveredOn: Day | null;
  /** In their order; of two from one day the later counts. */
  holders: readonly { partyId: string; relation: 'owner' | 'lessee'; from: Day; until: Day | null }[];
  terms: readonly TermFact[];
  /** By item; left out where it has no meter. */
  use: ReadonlyMap<string, { usedThousandths: number | null; usedBeforeThousandths: number }>;
  /** What was shared out to it, by item. */
  share: ReadonlyMap<string, number>;
  formula: Partial<Record<FormulaVariable, string>>;
};

/** Before anybody kept books. */
const always = '1900-01-01';

const rules = (item: ItemFact, unit: UnitRecord) => [
  ...item.versions.map(({ rule }) => rule),
  ...unit.terms.flatMap((term) => (term.kind === 'price' && term.itemId === item.id && term.rule ? [term.rule] : [])),
];

/** Whether the item is this unit's at all; a parking fee is not for those without a car, nor water for those without a meter. */
export function isForUnit(item: ItemFact, unit: UnitRecord, period: ChargePeriod): boolean {
  if (item.retiredOn !== null && item.retiredOn <= period.from) return false;
  if (item.usages.length > 0 && !item.usages.includes(unit.usage)) return false;
  const isListed = unit.terms.some((term) => term.kind === 'applies' && term.itemId === item.id);
  if (item.appliesTo === 'listed' && !isListed) return false;
  const kinds = rules(item, unit).map((rule) => rule.kind);
  if (kinds.every((kind) => kind === 'vehicle') && vehiclesOf(item, unit).length === 0) return false;
  return !kinds.every((kind) => kind === 'metered') || unit.use.has(item.id);
}

const vehiclesOf = (item: ItemFact, unit: UnitRecord) =>
  unit.terms.filter((term) => term.kind === 'vehicle' && (term.itemId === null || term.itemId === item.id));

/** An item given up, or only this unit's from a day on, is charged for the days in between: outside them it has no price. */
function freeOutside(item: ItemFact, unit: UnitRecord, period: ChargePeriod): ChargeFacts['free'] {
  if (item.appliesTo !== 'listed') return [];
  const own = unit.terms.filter((term) => term.kind === 'applies' && term.itemId === item.id);
  const gaps: { from: Day; until: Day }[] = [];
  let at = period.from;
  for (const term of [...own].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    if (term.from > at) gaps.push({ from: at, until: plusDays(term.from, -1) });
    if (term.until === null) return gaps.map((gap) => notListed(gap));
    if (term.until >= at) at = plusDays(term.until, 1);
  }
  if (at <= period.until) gaps.push({ from: at, until: period.until });
  return gaps.map((gap) => notListed(gap));
}
const notListed = (gap: { from: Day; until: Day }) => ({
  id: '00000000-0000-7000-8000-000000000000',
  ...gap,
  freedPercent: 100,
  reason: '',
});

/** Sold with its delivery; without a delivery day, always, unless it is said to be unsold. */
export function soldFromOf(unit: Pick<UnitRecord, 'state' | 'deliveredOn'>): Day | null {
  if (unit.state === 'unsold') return null;
  return unit.deliveredOn ?? always;
}

export function factsOf(
  item: ItemFact,
  unit: UnitRecord,
  developerId: string | null,
  period: ChargePeriod,
): ChargeFacts {
  const soldFrom = soldFromOf(unit);
  const own = (term: TermFact) => term.itemId === null || term.itemId === item.id;
  const owners = unit.holders.filter(({ relation }) => relation === 'owner');
  const use = unit.use.get(item.id);
  return {
    item: { id: item.id, months: [...item.months], versions: [...item.versions] },
    unit: { id: unit.id, areaHundredthsM2: unit.areaHundredthsM2, innerAreaHundredthsM2: null },
    overrides: unit.terms
      .filter((term) => term.kind === 'price' && term.itemId === item.id)
      .map(({ id, from, until, rule, percent, reason }) => ({
        id,
        from,
        until,
        rule,
        percent: percent ?? 100,
        reason,
      })),
    free: [
      ...unit.terms
        .filter((term) => term.kind === 'free' && own(term))
        .map(({ id, from, until, percent, reason }) => ({ id, from, until, freedPercent: percent ?? 100, reason })),
      ...freeOutside(item, unit, period),
    ],
    soldFrom,
    developerId,
    // Whoever is on record as the first owner was entered on some day, but has owned it since it was handed over.
    owners: owners.map((owner, place) =>
      place === 0 && soldFrom !== null && owner.from > soldFrom ? { ...owner, from: soldFrom } : owner,
    ),
    lessees: unit.holders.filter(({ relation }) => relation === 'lessee'),
    vacancies: unit.terms.filter((term) => term.kind === 'vacant'),
    vehicles: vehiclesOf(item, unit).map(({ id, from, until, classCode }) => ({
      id,
      from,
      until,
      classCode: classCode ?? '',
    })),
    usage:
      use === undefined || use.usedThousandths === null
        ? null
        : {
            usedThousandths: use.usedThousandths,
            usedBeforeThousandths: use.usedBeforeThousandths,
            shareThousandths: unit.share.get(item.id) ?? 0,
          },
    formula: unit.formula,
  };
}

export type UnitCharges = {
  computed: ChargeDetail[];
  failed: { itemId: string; fault: NonNullable<Charged['fault']> }[];
};

/** All charges of one unit in a month. */
export function chargesOfUnit(
  items: readonly ItemFact[],
  unit: UnitRecord,
  developerId: string | null,
  period: ChargePeriod,
  names: FormulaNames,
  price: PriceSegment,
): UnitCharges {
  const computed: ChargeDetail[] = [];
  const failed: UnitCharges['failed'] = [];
  for (const item of items) {
    if (!isForUnit(item, unit, period)) continue;
    const { charge, fault } = computeCharge(factsOf(item, unit, developerId, period), period, names, price);
    if (charge !== null) computed.push(charge);
    else if (fault !== null) failed.push({ itemId: item.id, fault });
  }
  return { computed, failed };
}

/** The month an item was charged in before: the month before, or the last of its own months. */
export function lastMonthOf(months: readonly number[], month: Month): Month {
  let [year, number] = month.split('-').map(Number) as [number, number];
  for (let back = 0; back < 12; back++) {
    number--;
    if (number === 0) [year, number] = [year - 1, 12];
    if (months.length === 0 || months.includes(number)) break;
  }
  return `${year}-${String(number).padStart(2, '0')}`;
}
