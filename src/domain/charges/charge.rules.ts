// A unit's charge 应收 of a period: cut into the days in which nothing changed (price, override, free period, vacancy,
// sale, owner, lessee, vehicles), each priced for its days of the period, summed exactly, rounded once and shared among
// those who pay (MN1, MN2).
import { sumFen } from '../../kernel/money.ts';
import { floorOf, plus, type Rational, rational, roundHalfUp, sumOf, times, zero } from '../../kernel/rational.ts';
import { type Day, daysBetween, type Month, plusDays } from '../../kernel/time.ts';
import type {
  ChargeDetail,
  ChargeItem,
  FreePeriod,
  Payer,
  PriceRule,
  PriceVersion,
  Quantities,
  Rounding,
  Segment,
  UnitOverride,
} from './charge.contract.ts';
import type { FormulaFault, FormulaNames, FormulaVariable } from './formula.contract.ts';
import { readFormula } from './formula.rules.ts';
import { fullAmount } from './price.rules.ts';

type Dated = { from: Day; until: Day | null };

/** All that is on record about a unit for one item; dated rows may reach beyond the period. */
export type ChargeFacts = {
  item: Pick<ChargeItem, 'id' | 'months' | 'versions'>;
  unit: { id: string; areaHundredthsM2: number | null; innerAreaHundredthsM2: number | null };
  overrides: readonly UnitOverride[];
  free: readonly FreePeriod[];
  /** Until this day the unit is the developer's. Null: not sold yet. */
  soldFrom: Day | null;
  developerId: string | null;
  owners: readonly (Dated & { partyId: string })[];
  lessees: readonly (Dated & { partyId: string })[];
  vacancies: readonly Dated[];
  vehicles: readonly (Dated & { id: string; classCode: string })[];
  /** Thousandths of the meter's unit; null: not read. */
  usage: { usedThousandths: number; usedBeforeThousandths: number; shareThousandths: number } | null;
  /** What a formula may ask besides: building area, households, floors … as decimals. */
  formula: Partial<Record<FormulaVariable, string>>;
};

export type ChargePeriod = { month: Month; from: Day; until: Day };
export type Charged =
  | { charge: ChargeDetail; fault: null }
  | { charge: null; fault: FormulaFault | { code: 'quantity_missing'; found: string } }
  /** Not in this month, or no price and nobody to charge on any day. */
  | { charge: null; fault: null };

/** The whole of a calendar month. */
export function monthPeriod(month: Month): ChargePeriod {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const next = number === 12 ? `${year + 1}-01-01` : `${year}-${String(number + 1).padStart(2, '0')}-01`;
  return { month, from: `${month}-01`, until: plusDays(next, -1) };
}

const covers = (row: Dated, day: Day): boolean => row.from <= day && (row.until === null || row.until >= day);
/** The row that counts on a day; of two, the one that began last. */
const rowOn = <Row extends Dated>(rows: readonly Row[], day: Day): Row | null =>
  rows
    .filter((row) => covers(row, day))
    .reduce<Row | null>((best, row) => (best && best.from > row.from ? best : row), null);

export function versionOn(versions: readonly PriceVersion[], day: Day): PriceVersion | null {
  return versions
    .filter(({ from }) => from <= day)
    .reduce<PriceVersion | null>((best, version) => (best && best.from > version.from ? best : version), null);
}

/** First days of stretches in which nothing changes. */
function cutsOf(facts: ChargeFacts, { from, until }: ChargePeriod): Day[] {
  const days = new Set([from]);
  const cut = (day: Day) => {
    if (day > from && day <= until) days.add(day);
  };
  for (const version of facts.item.versions) cut(version.from);
  const { overrides, free, owners, lessees, vacancies, vehicles } = facts;
  for (const rows of [overrides, free, owners, lessees, vacancies, vehicles] as const)
    for (const row of rows) {
      cut(row.from);
      if (row.until !== null && row.until >= from && row.until < until) cut(plusDays(row.until, 1));
    }
  if (facts.soldFrom !== null) cut(facts.soldFrom);
  return days.size === 1 ? [from] : [...days].sort();
}

function payerOn(facts: ChargeFacts, version: PriceVersion, day: Day): Payer {
  if (facts.soldFrom === null || day < facts.soldFrom) return { role: 'developer', partyId: facts.developerId };
  const lessee = version.payer === 'lessee' ? rowOn(facts.lessees, day) : null;
  if (lessee) return { role: 'lessee', partyId: lessee.partyId };
  return { role: 'owner', partyId: rowOn(facts.owners, day)?.partyId ?? null };
}

function decimal(amount: number, places: number): string {
  const digits = String(amount).padStart(places + 1, '0');
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** Only what the rule asks for, so that what is kept explains itself and nothing else. */
function quantitiesFor(rule: PriceRule, facts: ChargeFacts, day: Day, names: FormulaNames): Quantities {
  const { unit, usage } = facts;
  const areaOf = (hundredths: number | null) => (hundredths === null ? {} : { area: decimal(hundredths, 2) });
  switch (rule.kind) {
    case 'area':
      return areaOf(rule.areaOf === 'built' ? unit.areaHundredthsM2 : unit.innerAreaHundredthsM2);
    case 'metered':
      if (usage === null) return {};
      return {
        usage: decimal(usage.usedThousandths, 3),
        ...(rule.tiersOf === 'year' ? { usedBefore: decimal(usage.usedBeforeThousandths, 3) } : {}),
        ...(rule.publicShare ? { share: decimal(usage.shareThousandths, 3) } : {}),
      };
    case 'vehicle': {
      const vehicles: Record<string, number> = {};
      for (const vehicle of facts.vehicles)
        if (covers(vehicle, day)) vehicles[vehicle.classCode] = (vehicles[vehicle.classCode] ?? 0) + 1;
      return { vehicles };
    }
    case 'formula': {
      const own: Partial<Record<FormulaVariable, string>> = {
        ...facts.formula,
        ...(unit.areaHundredthsM2 === null ? {} : { area: decimal(unit.areaHundredthsM2, 2) }),
        ...(unit.innerAreaHundredthsM2 === null ? {} : { innerArea: decimal(unit.innerAreaHundredthsM2, 2) }),
        ...(usage === null ? {} : { usage: decimal(usage.usedThousandths, 3) }),
      };
      const asked = readFormula(rule.text, names).formula?.variables ?? [];
      return {
        formula: Object.fromEntries(
          asked.flatMap((name) => (own[name] === undefined ? [] : [[name, own[name] as string]])),
        ),
      };
    }
    default:
      return {};
  }
}

function segmentOf(facts: ChargeFacts, from: Day, until: Day, days: number, names: FormulaNames): Segment {
  const version = versionOn(facts.item.versions, from);
  if (version === null)
    return {
      ...{ from, until, days, versionId: null, overrideId: null, rule: null, quantities: {}, reductions: [] },
      payer: { role: 'owner', partyId: null },
    };
  const override = rowOn(facts.overrides, from);
  const rule = override?.rule ?? version.rule;
  const payer = payerOn(facts, version, from);
  const reductions: Segment['reductions'] = [];
  if (override && override.percent !== 100) reductions.push({ kind: 'override', percent: override.percent });
  if (payer.role === 'developer') {
    if (version.unsoldPercent !== 100) reductions.push({ kind: 'unsold', percent: version.unsoldPercent });
  } else if (rowOn(facts.vacancies, from) && version.vacantPercent !== 100)
    reductions.push({ kind: 'vacant', percent: version.vacantPercent });
  const free = rowOn(facts.free, from);
  if (free && free.freedPercent > 0) reductions.push({ kind: 'free', percent: 100 - free.freedPercent });
  return {
    ...{ from, until, days, versionId: version.id, overrideId: override?.id ?? null, rule },
    ...{ quantities: quantitiesFor(rule, facts, from, names), reductions, payer },
  };
}

/** `full × days ÷ days of the period × what remains after each reduction`, exactly, in fen. */
export function segmentAmount(segment: Segment, full: Rational, periodDays: number): Rational {
  return segment.reductions.reduce(
    (amount, { percent }) => times(amount, rational(percent, 100)),
    times(full, rational(segment.days, periodDays)),
  );
}

const roundingStep: Readonly<Record<Rounding, number>> = { fen: 1, jiao: 10, yuan: 100 };
/** Half up, once, to the fen, jiao or yuan that the price version says. */
export function roundTo(amount: Rational, rounding: Rounding): number {
  const step = roundingStep[rounding];
  return Number(roundHalfUp(times(amount, rational(1, step)))) * step;
}

type SegmentPrice = { fen: Rational; fault: null } | { fen: null; fault: NonNullable<Charged['fault']> };
/** What the days of a segment cost, exactly. */
export type PriceSegment = (
  segment: Segment & { rule: PriceRule },
  periodDays: number,
  names: FormulaNames,
) => SegmentPrice;

export const priceSegment: PriceSegment = (segment, periodDays, names) => {
  const full = fullAmount(segment.rule, segment.quantities, periodDays, names);
  return full.fault
    ? { fen: null, fault: full.fault }
    : { fen: segmentAmount(segment, full.fen, periodDays), fault: null };
};

const mostRemembered = 10_000;
/** The same, worked out once for all homes of one floor plan; for as long as the price book is open. */
export function rememberPrices(): PriceSegment {
  const byRule = new Map<PriceRule, Map<string, SegmentPrice>>();
  return (segment, periodDays, names) => {
    const known = byRule.get(segment.rule) ?? new Map<string, SegmentPrice>();
    if (known.size === 0) byRule.set(segment.rule, known);
    if (known.size >= mostRemembered) known.clear();
    const reductions = segment.reductions.map(({ percent }) => percent).join();
    const key = `${segment.days}/${periodDays} ${reductions} ${JSON.stringify(segment.quantities)}`;
    const found = known.get(key) ?? priceSegment(segment, periodDays, names);
    known.set(key, found);
    return found;
  };
}

/** Whole fen whose sum is `totalFen`, each beside its exact part: floors, then one fen more to the largest remainders. */
export function wholeFen(totalFen: number, exact: readonly Rational[]): number[] {
  if (exact.length === 1) return [totalFen];
  const floors = exact.map((part) => Number(floorOf(part)));
  const rest = exact.map((part, index) => plus(part, rational(-(floors[index] as number))));
  const order = exact
    .map((_, index) => index)
    .sort((a, b) => {
      const [x, y] = [rest[a] as Rational, rest[b] as Rational];
      const difference = y.num * x.den - x.num * y.den;
      return difference === 0n ? a - b : difference < 0n ? -1 : 1;
    });
  let left = totalFen - sumFen(floors);
  const step = Math.sign(left);
  for (let turn = 0; left !== 0; turn++) {
    const index = step > 0 ? order[turn % order.length] : order[order.length - 1 - (turn % order.length)];
    floors[index as number] = (floors[index as number] as number) + step;
    left -= step;
  }
  return floors;
}

const isSamePayer = (a: Payer, b: Payer): boolean => a.role === b.role && a.partyId === b.partyId;

/** The amounts of kept segments: what `computeCharge` and anybody who checks it later work out. */
export function amountsOf(
  { segments, period, rounding }: Pick<ChargeDetail, 'segments' | 'period' | 'rounding'>,
  names: FormulaNames,
  price: PriceSegment = priceSegment,
):
  | { totalFen: number; shares: ChargeDetail['shares']; exact: readonly Rational[]; fault: null }
  | { fault: NonNullable<Charged['fault']> } {
  const exact: Rational[] = [];
  for (const segment of segments) {
    const { rule } = segment;
    if (rule === null) {
      exact.push(zero);
      continue;
    }
    const { fen, fault } = price({ ...segment, rule }, period.days, names);
    if (fault) return { fault };
    exact.push(fen);
  }
  const totalFen = roundTo(sumOf(exact), rounding);
  const payers: { payer: Payer; exact: Rational }[] = [];
  segments.forEach((segment, index) => {
    if (segment.rule === null) return;
    const amount = exact[index] as Rational;
    const known = payers.find(({ payer }) => isSamePayer(payer, segment.payer));
    if (known) known.exact = plus(known.exact, amount);
    else payers.push({ payer: segment.payer, exact: amount });
  });
  const whole = wholeFen(
    totalFen,
    payers.map((one) => one.exact),
  );
  const shares = payers.map(({ payer }, index) => ({ payer, amountFen: whole[index] as number }));
  return { totalFen, shares, exact, fault: null };
}

/** The charge of one unit, item and period; null when the item isn't charged in it at all. */
export function computeCharge(
  facts: ChargeFacts,
  period: ChargePeriod,
  names: FormulaNames,
  price: PriceSegment = priceSegment,
): Charged {
  const { item } = facts;
  if (item.months.length > 0 && !item.months.includes(Number(period.month.slice(5))))
    return { charge: null, fault: null };
  const cuts = cutsOf(facts, period);
  const periodDays = daysBetween(period.from, period.until) + 1;
  const segments = cuts.map((from, index) => {
    const next = cuts[index + 1];
    const until = next === undefined ? period.until : plusDays(next, -1);
    return segmentOf(facts, from, until, cuts.length === 1 ? periodDays : daysBetween(from, until) + 1, names);
  });
  const last = segments.findLast((segment) => segment.rule !== null);
  if (last === undefined) return { charge: null, fault: null };
  const rounding = item.versions.find(({ id }) => id === last.versionId)?.rounding ?? 'fen';
  const detail = {
    segments,
    rounding,
    period: { from: period.from, until: period.until, days: periodDays },
  };
  const amounts = amountsOf(detail, names, price);
  if (amounts.fault !== null) return { charge: null, fault: amounts.fault };
  const { totalFen, shares } = amounts;
  return {
    charge: { itemId: item.id, unitId: facts.unit.id, month: period.month, ...detail, totalFen, shares },
    fault: null,
  };
}

/** Whether a kept charge still follows from what is kept with it: asked by `verify` and by whoever doubts a bill. */
export function isDerivable(detail: ChargeDetail, names: FormulaNames): boolean {
  const again = amountsOf(detail, names);
  return (
    again.fault === null &&
    again.totalFen === detail.totalFen &&
    again.shares.length === detail.shares.length &&
    again.shares.every((share, index) => {
      const kept = detail.shares[index];
      return kept !== undefined && kept.amountFen === share.amountFen && isSamePayer(kept.payer, share.payer);
    })
  );
}
