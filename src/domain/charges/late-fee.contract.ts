// A late fee 滞纳金 as it is kept (MN1): with the charge it is of, what was settled of that by which day, the pauses and the
// rule, from which anybody can derive it again.
import { z } from 'zod';
import { isDay } from '../../kernel/time.ts';
import type { Payer } from './charge.contract.ts';

const day = z.string().refine(isDay, { params: { code: 'not_a_day' } });

/** From the service standard; the rate in millionths a day (500 is 0.05 %), the cap in hundredths of the charge. */
export const lateFeeRuleSchema = z.strictObject({
  graceDays: z.int().min(0),
  dailyPerMillion: z.int().min(0),
  capPercent: z.int().min(0).max(100),
});
export type LateFeeRule = z.infer<typeof lateFeeRuleSchema>;

export const lateFeeDetailSchema = z.strictObject({
  of: z.strictObject({ chargeId: z.uuid(), item: z.string(), month: z.string().nullable() }),
  amountFen: z.int().positive(),
  /** From this day on it was owed: its due day, or the day it was posted where that came later. */
  dueOn: day,
  settled: z.array(z.strictObject({ on: day, fen: z.int() })),
  pauses: z.array(z.strictObject({ from: day, until: day.nullable() })),
  rule: lateFeeRuleSchema,
  /** Counted up to and with this day. */
  asOf: day,
  /** The whole fee to that day, and what of it was charged before. */
  totalFen: z.int().min(0),
  beforeFen: z.int().min(0),
});
export type LateFeeDetail = z.infer<typeof lateFeeDetailSchema>;

/** A late fee of one charge as a billing run keeps it until it is posted. */
export type LateFeeLine = { unitId: string; payer: Payer; detail: LateFeeDetail };
