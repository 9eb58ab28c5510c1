// Why a charge differs from the last one (MN2, MN12): the change is taken apart into what the unit used, what it costs,
// days, reductions, who pays and rounding; the parts are exact and sum to the difference.
import { decimalText, minus, type Rational, rational, sumOf, times, zero } from '../../kernel/rational.ts';
import type {
  ChargeDetail,
  ChargeDifference,
  Difference,
  DifferenceCode,
  Payer,
  PriceRule,
  Quantities,
  ReductionKind,
  Segment,
} from './charge.contract.ts';
import { wholeFen } from './charge.rules.ts';
import type { FormulaNames } from './formula.contract.ts';
import { fullAmount } from './price.rules.ts';

type Charging = Segment & { rule: PriceRule };
/** One month taken apart; all parts sum to what the payer is charged. */
type Parts = {
  closing: Charging;
  full: Rational;
  changedWithin: Rational;
  daysCharged: Rational;
  chargedDays: number;
  reductions: Record<ReductionKind, Rational>;
  rounding: Rational;
  payer: Rational;
};

function partsOf(detail: ChargeDetail, payer: Payer | null, names: FormulaNames): Parts | null {
  const charging = detail.segments.filter((segment): segment is Charging => segment.rule !== null);
  const closing = charging.at(-1);
  if (closing === undefined) return null;
  const { days } = detail.period;
  const fullOf = (segment: Charging) => fullAmount(segment.rule, segment.quantities, days, names).fen;
  const full = fullOf(closing);
  if (full === null) return null;
  const chargedDays = charging.reduce((sum, segment) => sum + segment.days, 0);
  const reductions: Record<ReductionKind, Rational> = { override: zero, unsold: zero, vacant: zero, free: zero };
  let gross = zero;
  let net = zero;
  for (const segment of charging) {
    const whole = fullOf(segment);
    if (whole === null) return null;
    let amount = times(whole, rational(segment.days, days));
    gross = sumOf([gross, amount]);
    for (const { kind, percent } of segment.reductions) {
      const after = times(amount, rational(percent, 100));
      reductions[kind] = sumOf([reductions[kind], minus(after, amount)]);
      amount = after;
    }
    net = sumOf([net, amount]);
  }
  const ofPayer =
    payer && detail.shares.find((share) => share.payer.role === payer.role && share.payer.partyId === payer.partyId);
  return {
    closing,
    full,
    chargedDays,
    changedWithin: minus(gross, times(full, rational(chargedDays, days))),
    daysCharged: times(full, rational(chargedDays - days, days)),
    reductions,
    rounding: minus(rational(detail.totalFen), net),
    payer: payer === null ? zero : rational((ofPayer?.amountFen ?? 0) - detail.totalFen),
  };
}

/** What a rule counts, as one figure for people: square metres, meter units, vehicles. */
function countedText(quantities: Quantities): string | null {
  if (quantities.usage !== undefined) return trimmed(quantities.usage);
  if (quantities.area !== undefined) return trimmed(quantities.area);
  if (quantities.vehicles !== undefined)
    return String(Object.values(quantities.vehicles).reduce((sum, count) => sum + count, 0));
  return null;
}
const trimmed = (decimal: string): string => (decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal);

/** The one price of a rule in yuan, where it has one. */
function onePrice(rule: PriceRule): string | null {
  if (rule.kind === 'fixed') return decimalText(rational(rule.amountFen, 100));
  if (rule.kind === 'area' || rule.kind === 'day') return decimalText(rational(rule.priceTenThousandths, 10_000));
  if (rule.kind === 'formula') return decimalText(rational(rule.priceTenThousandths, 10_000));
  const [first, ...others] = rule.kind === 'metered' ? rule.tiers.map((tier) => tier.priceTenThousandths) : [];
  return first !== undefined && others.length === 0 ? decimalText(rational(first, 10_000)) : null;
}

const percentText = (parts: Parts, kind: ReductionKind): string =>
  String(parts.closing.reductions.find((reduction) => reduction.kind === kind)?.percent ?? 100);

const payerText = (detail: ChargeDetail): string => detail.shares.map(({ payer }) => payer.role).join('+');

/**
 * The reasons for this month's amount against last month's, largest first; their fen sum to the difference. `payer`: only
 * that one's share of both months; null: the unit's whole. `last: null`: the item was not charged last month.
 */
export function differenceOf(
  last: ChargeDetail | null,
  current: ChargeDetail,
  names: FormulaNames,
  payer: Payer | null = null,
): ChargeDifference {
  const amountOf = (detail: ChargeDetail) =>
    payer === null
      ? detail.totalFen
      : (detail.shares.find((share) => share.payer.role === payer.role && share.payer.partyId === payer.partyId)
          ?.amountFen ?? 0);
  const is = partsOf(current, payer, names);
  const was = last && partsOf(last, payer, names);
  if (!last || !was || !is) {
    const fen = amountOf(current) - (last ? amountOf(last) : 0);
    return { fen, reasons: [{ code: 'first', fen, was: null, is: null }] };
  }
  const fen = amountOf(current) - amountOf(last);
  const parts: { code: DifferenceCode; exact: Rational; was: string | null; is: string | null }[] = [];
  const part = (code: DifferenceCode, exact: Rational, wasText: string | null = null, isText: string | null = null) =>
    parts.push({ code, exact, was: wasText, is: isText });

  // What is used now at last month's price, then the price: so both are told apart although both may have changed.
  const oldRuleNow =
    was.closing.rule.kind === is.closing.rule.kind
      ? fullAmount(was.closing.rule, is.closing.quantities, current.period.days, names).fen
      : null;
  if (oldRuleNow === null) part('rule', minus(is.full, was.full), was.closing.rule.kind, is.closing.rule.kind);
  else {
    const isDaily = was.closing.rule.kind === 'day';
    const counted = isDaily
      ? ([String(last.period.days), String(current.period.days)] as const)
      : ([countedText(was.closing.quantities), countedText(is.closing.quantities)] as const);
    part(isDaily ? 'days-of-month' : 'quantity', minus(oldRuleNow, was.full), ...counted);
    part('price', minus(is.full, oldRuleNow), onePrice(was.closing.rule), onePrice(is.closing.rule));
  }
  part('changed-within', minus(is.changedWithin, was.changedWithin));
  part('days-charged', minus(is.daysCharged, was.daysCharged), String(was.chargedDays), String(is.chargedDays));
  for (const kind of ['override', 'unsold', 'vacant', 'free'] as const)
    part(kind, minus(is.reductions[kind], was.reductions[kind]), percentText(was, kind), percentText(is, kind));
  part('payer', minus(is.payer, was.payer), payerText(last), payerText(current));
  part('rounding', minus(is.rounding, was.rounding));

  const whole = wholeFen(
    fen,
    parts.map(({ exact }) => exact),
  );
  const reasons: Difference[] = parts
    .map(({ code, was: before, is: after }, index) => ({ code, fen: whole[index] as number, was: before, is: after }))
    .filter((reason) => reason.fen !== 0)
    .sort((a, b) => Math.abs(b.fen) - Math.abs(a.fen));
  return { fen, reasons };
}
