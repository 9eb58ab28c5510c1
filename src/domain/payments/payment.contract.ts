// Payments 收款 (MN5, MN7): what is sent to take money, and what comes back. One receipt for each.
import { z } from 'zod';
import { methodSchema } from '../ledger/ledger.contract.ts';

export const paymentStates = ['posted', 'reversed'] as const;
export type PaymentState = (typeof paymentStates)[number];
export const paymentMoves = ['reverse'] as const;
export type PaymentMove = (typeof paymentMoves)[number];

/** Any number here: what is wrong with an amount is answered at its field, in words. */
const amount = z.number();

export const createPaymentSchema = z.strictObject({
  unitId: z.uuid(),
  method: methodSchema,
  amountFen: amount,
  /** Cash as it was laid on the counter; the change is told. */
  tenderedFen: amount.optional(),
  /** More ways of paying beside the first, each with its part of `amountFen`. */
  otherParts: z
    .array(z.strictObject({ method: methodSchema, amountFen: amount }))
    .max(5)
    .optional(),
  /** Charges of this and of other units; without it the oldest due of this unit first. What is left over is paid ahead. */
  allocations: z
    .array(z.strictObject({ chargeId: z.uuid(), amountFen: amount }))
    .max(500)
    .optional(),
  /** What the payer saw as owed; required without `allocations`. */
  expectedBalanceFen: z.int().optional(),
  note: z.string().trim().max(200).default(''),
});
export type CreatePayment = z.infer<typeof createPaymentSchema>;

export const reversePaymentSchema = z.strictObject({
  version: z.int().positive().optional(),
  reason: z.string().trim().min(1).max(200),
  approvalId: z.uuid(),
});

export const paymentRefusals = [
  'payment.balance_changed',
  'payment.not_collector',
  'payment.day_closed',
  'payment.move_not_allowed',
  'payment.approval_missing',
  'payment.own_request',
] as const;
export const paymentFaultCodes = [
  'balance_or_allocations_required',
  'tendered_only_cash',
  'tendered_too_little',
  'method_twice',
  'photos_required',
  'parts_exceed_amount',
] as const;
