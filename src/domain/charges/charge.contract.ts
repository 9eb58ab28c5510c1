// Charge items 收费项目, their price versions 价格版本, and a charge 应收 as it is kept: with the inputs from which anybody
// can derive it again.
import { z } from 'zod';
import { isDay } from '../../kernel/time.ts';

const day = z.string().refine(isDay, { params: { code: 'not_a_day' } });
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const text = (max: number) => z.string().trim().min(1).max(max);
const percent = z.int().min(0).max(100);
/** Ten-thousandths of a yuan: prices go below the fen (0.5583 yuan a kilowatt-hour is 5583). */
const price = z.int().min(0).max(10_000_000_000);
const fen = z.int().min(0).max(999_999_999_999);
/** Thousandths of a meter's unit. */
const thousandths = z.int().min(0).max(1_000_000_000_000);

export const chargeKinds = [
  'management',
  'water',
  'electricity',
  'gas',
  'heating',
  'parking',
  'renovation-deposit',
  'card-deposit',
  'service',
  'repair',
  'late-fee',
  'other',
] as const;
export const chargeKindSchema = z.enum(chargeKinds);
export type ChargeKind = z.infer<typeof chargeKindSchema>;
export const depositKinds = ['renovation-deposit', 'card-deposit'] as const satisfies readonly ChargeKind[];

export const areaKinds = ['built', 'inner'] as const;
export const shareWeights = ['area', 'household', 'usage'] as const;

/** How a month's full amount of a unit comes about (MN1). */
export const priceRuleSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('area'), areaOf: z.enum(areaKinds), priceTenThousandths: price }),
  z.strictObject({ kind: z.literal('fixed'), amountFen: fen }),
  z.strictObject({
    kind: z.literal('metered'),
    /** Each price counts up to its bound; the last one has none. */
    tiers: z
      .array(z.strictObject({ upToThousandths: thousandths.nullable(), priceTenThousandths: price }))
      .min(1)
      .max(8),
    /** Whether the bounds are of the month or of the calendar year so far. */
    tiersOf: z.enum(['month', 'year']),
    /** What all use together 公摊, and by what it is shared out; null: this meter has no such share. */
    publicShare: z.strictObject({ by: z.enum(shareWeights), priceTenThousandths: price }).nullable(),
  }),
  z.strictObject({
    kind: z.literal('vehicle'),
    classes: z
      .array(z.strictObject({ code: text(20), name: text(30), amountFen: fen }))
      .min(1)
      .max(12),
  }),
  z.strictObject({ kind: z.literal('day'), priceTenThousandths: price }),
  z.strictObject({
    kind: z.literal('formula'),
    text: z.string().max(2000),
    /** `quantity`: the price and the surcharge come on top of it; `amount`: the formula names them itself. */
    gives: z.enum(['quantity', 'amount']),
    priceTenThousandths: price,
    surchargeFen: fen,
  }),
]);
export type PriceRule = z.infer<typeof priceRuleSchema>;
export type PriceRuleKind = PriceRule['kind'];

export const roundings = ['fen', 'jiao', 'yuan'] as const;
export const roundingSchema = z.enum(roundings);
/** To what a month's whole amount is rounded, once, half up. */
export type Rounding = z.infer<typeof roundingSchema>;

export const priceVersionSchema = z.strictObject({
  id: z.uuid(),
  /** In force from the beginning of this day until the next version's. */
  from: day,
  rule: priceRuleSchema,
  rounding: roundingSchema,
  /** `lessee`: whoever rents pays, the owner where nobody rents. */
  payer: z.enum(['owner', 'lessee']),
  /** What an unsold unit's developer pays of it, and what is paid for a unit reported vacant; 100 is all. */
  unsoldPercent: percent,
  vacantPercent: percent,
});
export type PriceVersion = z.infer<typeof priceVersionSchema>;

export const chargeItemSchema = z.strictObject({
  id: z.uuid(),
  code: text(20),
  name: text(60),
  kind: chargeKindSchema,
  /** Calendar months in which it is charged; empty: every month. */
  months: z.array(z.int().min(1).max(12)).max(12),
  versions: z.array(priceVersionSchema).min(1).max(100),
});
export type ChargeItem = z.infer<typeof chargeItemSchema>;

const dated = { from: day, until: day.nullable() };
/** A unit's own price, or a share of the usual one, with its reason (MN1). */
export const unitOverrideSchema = z.strictObject({
  id: z.uuid(),
  ...dated,
  rule: priceRuleSchema.nullable(),
  percent,
  reason: text(200),
});
export type UnitOverride = z.infer<typeof unitOverrideSchema>;
export const freePeriodSchema = z.strictObject({ id: z.uuid(), ...dated, freedPercent: percent, reason: text(200) });
export type FreePeriod = z.infer<typeof freePeriodSchema>;

export const payerSchema = z.strictObject({
  role: z.enum(['owner', 'lessee', 'developer']),
  /** Null: nobody is on record for these days; the preview shows it as odd. */
  partyId: z.uuid().nullable(),
});
export type Payer = z.infer<typeof payerSchema>;

const decimal = z.string().regex(/^-?\d{1,15}(\.\d{1,10})?$/);
/** What the rule asked of the unit, as exact decimals; only what it did ask. */
export const quantitiesSchema = z.strictObject({
  area: decimal.optional(),
  usage: decimal.optional(),
  usedBefore: decimal.optional(),
  share: decimal.optional(),
  vehicles: z.record(z.string(), z.int().min(0)).optional(),
  formula: z.record(z.string(), decimal).optional(),
});
export type Quantities = z.infer<typeof quantitiesSchema>;

export const reductionKinds = ['override', 'unsold', 'vacant', 'free'] as const;
export type ReductionKind = (typeof reductionKinds)[number];

/** Days of a period in which nothing changed. `rule: null`: no price in force, or nothing to charge. */
export const segmentSchema = z.strictObject({
  from: day,
  until: day,
  days: z.int().positive(),
  versionId: z.uuid().nullable(),
  overrideId: z.uuid().nullable(),
  rule: priceRuleSchema.nullable(),
  quantities: quantitiesSchema,
  /** What remains to be paid of it, in hundredths, one after the other. */
  reductions: z.array(z.strictObject({ kind: z.enum(reductionKinds), percent })),
  payer: payerSchema,
});
export type Segment = z.infer<typeof segmentSchema>;

/** A charge with all that it came from. The amounts of all payers of a unit, item and period sum to `totalFen`. */
export const chargeDetailSchema = z.strictObject({
  itemId: z.uuid(),
  unitId: z.uuid(),
  month,
  period: z.strictObject({ from: day, until: day, days: z.int().positive() }),
  rounding: roundingSchema,
  segments: z.array(segmentSchema).min(1),
  totalFen: z.int(),
  shares: z.array(z.strictObject({ payer: payerSchema, amountFen: z.int() })),
});
export type ChargeDetail = z.infer<typeof chargeDetailSchema>;

export const priceFaultCodes = [
  'tiers_not_rising',
  'tier_without_end_missing',
  'tier_without_end_not_last',
  'class_twice',
  'versions_same_day',
  'period_reversed',
  'periods_overlap',
] as const;

export const differenceCodes = [
  'first',
  'quantity',
  'days-of-month',
  'rule',
  'price',
  'changed-within',
  'days-charged',
  'override',
  'unsold',
  'vacant',
  'free',
  'payer',
  'rounding',
] as const;
export type DifferenceCode = (typeof differenceCodes)[number];
export type Difference = {
  code: DifferenceCode;
  fen: number;
  /** What it was and what it is, as decimals or codes. */
  was: string | null;
  is: string | null;
};
export type ChargeDifference = { fen: number; reasons: readonly Difference[] };
