// A billing run 出账 (MN2): previewed, approved, posted once.
import { z } from 'zod';

export const billingRunStates = ['preview', 'submitted', 'approved', 'posting', 'posted', 'abandoned'] as const;
export type BillingRunState = (typeof billingRunStates)[number];
/** `finish` is the job's when the last charge is posted. */
export const billingRunMoves = ['submit', 'approve', 'post', 'finish', 'abandon'] as const;
export type BillingRunMove = (typeof billingRunMoves)[number];

export const createBillingRunSchema = z.strictObject({
  month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, { error: 'not_a_month' }),
  /** Charge items; without it all that are charged in the month. */
  items: z.array(z.uuid()).min(1).max(200).optional(),
});
export type CreateBillingRun = z.infer<typeof createBillingRunSchema>;

/** What a preview shows beside its totals, so that somebody looks before it is approved. */
export const oddKinds = ['no-payer', 'not-computed', 'zero', 'new', 'gone', 'far-from-last'] as const;
export type OddKind = (typeof oddKinds)[number];

export const billingRunRefusals = [
  'billing-run.move_not_allowed',
  'billing-run.own_request',
  'billing-run.preview_outdated',
  'billing-run.not_computed',
] as const;
