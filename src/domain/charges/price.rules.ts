// What a unit's whole period costs under one price rule 计费规则, line by line, exactly; and what a rule may not say.

import {
  compare,
  decimalText,
  isZero,
  minus,
  parseDecimal,
  plus,
  type Rational,
  rational,
  sumOf,
  times,
  zero,
} from '../../kernel/rational.ts';
import type { FieldFault } from '../../kernel/refusal.ts';
import type { Day } from '../../kernel/time.ts';
import type { ChargeItem, PriceRule, Quantities } from './charge.contract.ts';
import type { FormulaFault, FormulaNames, FormulaVariable } from './formula.contract.ts';
import { type FormulaFacts, readFormula, workOut } from './formula.rules.ts';

/** One step of an amount: quantity × price. `fen` is exact. */
export type PriceLine = {
  what: 'area' | 'fixed' | 'tier' | 'share' | 'vehicle' | 'day' | 'formula' | 'surcharge';
  /** What the step is called where a rule gives it a name (a class of vehicle), or its number (a tier). */
  name: string;
  quantity: Rational;
  priceTenThousandths: number | null;
  fen: Rational;
};
export type FullAmount = { lines: readonly PriceLine[]; fen: Rational; fault: null };
export type NoAmount = { lines: null; fen: null; fault: FormulaFault | { code: 'quantity_missing'; found: string } };

const decimalOf = (text: string): Rational => parseDecimal(text) ?? zero;
/** A price is ten-thousandths of a yuan, so hundredths of a fen. */
const priced = (quantity: Rational, priceTenThousandths: number): Rational =>
  times(quantity, rational(priceTenThousandths, 100));

const wholeOf = (lines: readonly PriceLine[]): FullAmount => ({
  lines,
  fen: sumOf(lines.map((line) => line.fen)),
  fault: null,
});
const missing = (found: string): NoAmount => ({ lines: null, fen: null, fault: { code: 'quantity_missing', found } });

/** The whole period at one rule, before days, reductions and rounding. */
export function fullAmount(
  rule: PriceRule,
  quantities: Quantities,
  daysInPeriod: number,
  names: FormulaNames,
): FullAmount | NoAmount {
  const priceLine = (
    what: PriceLine['what'],
    quantity: Rational,
    priceTenThousandths: number,
    name = '',
  ): PriceLine => ({
    what,
    name,
    quantity,
    priceTenThousandths,
    fen: priced(quantity, priceTenThousandths),
  });
  switch (rule.kind) {
    case 'area':
      return quantities.area === undefined
        ? missing('area')
        : wholeOf([priceLine('area', decimalOf(quantities.area), rule.priceTenThousandths, rule.areaOf)]);
    case 'fixed':
      return wholeOf([fixedLine('fixed', rule.amountFen)]);
    case 'day':
      return wholeOf([priceLine('day', rational(daysInPeriod), rule.priceTenThousandths)]);
    case 'vehicle':
      return wholeOf(
        rule.classes.flatMap(({ code, name, amountFen }) => {
          const count = quantities.vehicles?.[code] ?? 0;
          return count === 0 ? [] : [priceLine('vehicle', rational(count), amountFen * 100, name)];
        }),
      );
    case 'metered':
      if (quantities.usage === undefined) return missing('usage');
      return wholeOf([
        ...tierLines(
          rule.tiers,
          decimalOf(quantities.usage),
          rule.tiersOf === 'year' ? decimalOf(quantities.usedBefore ?? '0') : zero,
        ),
        ...(rule.publicShare && quantities.share !== undefined && !isZero(decimalOf(quantities.share))
          ? [priceLine('share', decimalOf(quantities.share), rule.publicShare.priceTenThousandths)]
          : []),
      ]);
    case 'formula':
      return formulaAmount(rule, quantities, daysInPeriod, names);
  }
}

const fixedLine = (what: 'fixed' | 'surcharge', amountFen: number): PriceLine => ({
  what,
  name: '',
  quantity: rational(1),
  priceTenThousandths: amountFen * 100,
  fen: rational(amountFen),
});

/** Each tier takes what of the usage lies between its bounds, counted on from what was used before. */
function tierLines(
  tiers: Extract<PriceRule, { kind: 'metered' }>['tiers'],
  usage: Rational,
  usedBefore: Rational,
): PriceLine[] {
  const end = plus(usedBefore, usage);
  let from = zero;
  const lines: PriceLine[] = [];
  tiers.forEach(({ upToThousandths, priceTenThousandths }, index) => {
    const bound = upToThousandths === null ? null : rational(upToThousandths, 1000);
    const low = compare(from, usedBefore) > 0 ? from : usedBefore;
    const high = bound !== null && compare(bound, end) < 0 ? bound : end;
    if (compare(high, low) > 0) {
      const quantity = minus(high, low);
      const name = tiers.length > 1 ? String(index + 1) : '';
      lines.push({ what: 'tier', name, quantity, priceTenThousandths, fen: priced(quantity, priceTenThousandths) });
    }
    if (bound !== null) from = bound;
  });
  const [first] = tiers;
  if (lines.length === 0 && first)
    lines.push({ what: 'tier', name: '', quantity: zero, priceTenThousandths: first.priceTenThousandths, fen: zero });
  return lines;
}

function formulaAmount(
  rule: Extract<PriceRule, { kind: 'formula' }>,
  quantities: Quantities,
  daysInPeriod: number,
  names: FormulaNames,
): FullAmount | NoAmount {
  const { formula, fault } = readFormula(rule.text, names);
  if (fault) return { lines: null, fen: null, fault };
  const facts: FormulaFacts = {
    ...Object.fromEntries(
      Object.entries(quantities.formula ?? {}).map(([name, value]) => [name as FormulaVariable, decimalOf(value)]),
    ),
    price: rational(rule.priceTenThousandths, 10_000),
    surcharge: rational(rule.surchargeFen, 100),
    daysInPeriod: rational(daysInPeriod),
  };
  const { value, fault: late } = workOut(formula, facts);
  if (late) return { lines: null, fen: null, fault: late };
  if (rule.gives === 'amount')
    return wholeOf([
      {
        what: 'formula',
        name: rule.text,
        quantity: value,
        priceTenThousandths: null,
        fen: times(value, rational(100)),
      },
    ]);
  return wholeOf([
    {
      what: 'formula',
      name: rule.text,
      quantity: value,
      priceTenThousandths: rule.priceTenThousandths,
      fen: priced(value, rule.priceTenThousandths),
    },
    ...(rule.surchargeFen > 0 ? [fixedLine('surcharge', rule.surchargeFen)] : []),
  ]);
}

/** Everything wrong with a rule, each at its field. */
export function ruleFaults(rule: PriceRule, path: string, names: FormulaNames): FieldFault[] {
  if (rule.kind === 'formula') {
    const { formula, fault } = readFormula(rule.text, names);
    if (fault) return [{ path: `${path}.text`, code: fault.code, facts: { at: fault.at, found: fault.found } }];
    return formula.variables.includes('innerArea') ? [{ path: `${path}.text`, code: 'inner_area_not_kept' }] : [];
  }
  // No unit has an inner area: a price by it would bill nobody, so it is refused where it is entered.
  if (rule.kind === 'area')
    return rule.areaOf === 'inner' ? [{ path: `${path}.areaOf`, code: 'inner_area_not_kept' }] : [];
  if (rule.kind === 'vehicle') {
    const codes = rule.classes.map(({ code }) => code);
    return codes.flatMap((code, index) =>
      codes.indexOf(code) < index ? [{ path: `${path}.classes.${index}.code`, code: 'class_twice' }] : [],
    );
  }
  if (rule.kind !== 'metered') return [];
  const faults: FieldFault[] = [];
  let before = 0;
  rule.tiers.forEach(({ upToThousandths }, index) => {
    const at = `${path}.tiers.${index}.upToThousandths`;
    const isLast = index === rule.tiers.length - 1;
    if (upToThousandths === null) {
      if (!isLast) faults.push({ path: at, code: 'tier_without_end_not_last' });
    } else if (isLast) faults.push({ path: at, code: 'tier_without_end_missing' });
    else if (upToThousandths <= before) faults.push({ path: at, code: 'tiers_not_rising' });
    before = upToThousandths ?? before;
  });
  return faults;
}

/** Everything wrong with an item's versions: two from one day, and each rule's own faults. */
export function itemFaults(item: Pick<ChargeItem, 'versions'>, names: FormulaNames): FieldFault[] {
  const days = item.versions.map(({ from }) => from);
  return item.versions.flatMap(({ rule }, index) => [
    ...(days.indexOf(days[index] as Day) < index
      ? [{ path: `versions.${index}.from`, code: 'versions_same_day' }]
      : []),
    ...ruleFaults(rule, `versions.${index}.rule`, names),
  ]);
}

/** Dated rows (overrides, free periods) that end before they begin, or lie over each other. */
export function periodFaults(rows: readonly { from: Day; until: Day | null }[], path: string): FieldFault[] {
  return rows.flatMap((row, index): FieldFault[] => {
    if (row.until !== null && row.until < row.from)
      return [{ path: `${path}.${index}.until`, code: 'period_reversed' }];
    const meets = rows.some(
      (other, place) =>
        place < index &&
        (other.until === null || other.until >= row.from) &&
        (row.until === null || row.until >= other.from),
    );
    return meets ? [{ path: `${path}.${index}.from`, code: 'periods_overlap' }] : [];
  });
}

/** `28500` → `2.85`: at least two decimals, as prices are written. */
export function priceText(priceTenThousandths: number): string {
  const text = decimalText(rational(priceTenThousandths, 10_000), 4);
  const [whole = '0', decimals = ''] = text.split('.');
  return `${whole}.${decimals.padEnd(2, '0')}`;
}
