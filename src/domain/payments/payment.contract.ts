// Payments 收款 (MN5, MN7): what is sent to take money, and what comes back. One receipt for each.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { chargeKindSchema } from '../charges/charge.contract.ts';
import { methodSchema } from '../ledger/ledger.contract.ts';
import { receiptSchema } from '../receipts/receipt.contract.ts';

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
  /** Whose name the receipt carries, where it is not the unit's own. */
  payerName: z.string().trim().min(1).max(60).optional(),
  /** MN5a: collected at the door, from the book issued for it. */
  takenAt: z.enum(['counter', 'doorstep']).default('counter'),
  note: z.string().trim().max(200).default(''),
});
export type CreatePayment = z.infer<typeof createPaymentSchema>;

/** Without an approval it is asked for; with the approval that was given it is done (MN7). */
export const reversePaymentSchema = z.strictObject({
  version: z.int().positive().optional(),
  reason: z.string().trim().min(1).max(200),
  approvalId: z.uuid().optional(),
});
export type ReversePayment = z.infer<typeof reversePaymentSchema>;

export const reversalStates = ['asked', 'approved', 'refused', 'done'] as const;
export type ReversalState = (typeof reversalStates)[number];
const person = z.object({ id: z.uuid(), name: z.string() });

export const paymentSchema = z.object({
  id: z.uuid(),
  unitId: z.uuid(),
  unit: z.string(),
  state: z.enum(paymentStates),
  amountFen: z.int(),
  method: methodSchema,
  parts: z.array(z.object({ method: methodSchema, amountFen: z.int() })),
  tenderedFen: z.int().nullable(),
  changeFen: z.int(),
  /** Paid ahead: what nothing was owed for. */
  prepaidFen: z.int(),
  settles: z.array(
    z.object({
      chargeId: z.uuid(),
      unitId: z.uuid(),
      unit: z.string(),
      charge: z.string(),
      month: z.string().nullable(),
      amountFen: z.int(),
    }),
  ),
  /** What the unit owes after all that was posted so far; above zero: owed. */
  balanceFen: z.int(),
  takenAt: z.enum(['counter', 'doorstep']),
  cashier: person,
  at: z.string(),
  note: z.string(),
  receipt: receiptSchema,
  reversal: z
    .object({
      id: z.uuid(),
      state: z.enum(reversalStates),
      approvalId: z.uuid().nullable(),
      reason: z.string(),
      askedBy: person,
      approvedBy: person.nullable(),
      doneBy: person.nullable(),
      doneAt: z.string().nullable(),
    })
    .nullable(),
  version: z.int(),
  moves: z.array(z.object({ name: z.enum(paymentMoves), allowed: z.boolean(), reason: z.string().optional() })),
});
export type Payment = z.infer<typeof paymentSchema>;

/** What the counter shows of a household before anything is taken. */
export const dueSchema = z.object({
  unitId: z.uuid(),
  unit: z.string(),
  state: z.string(),
  areaHundredthsM2: z.int().nullable(),
  people: z.array(z.object({ partyId: z.uuid(), name: z.string(), relation: z.string() })),
  /** Other units of the same people, which may be paid with this one. */
  otherUnits: z.array(z.object({ unitId: z.uuid(), unit: z.string(), balanceFen: z.int() })),
  balanceFen: z.int(),
  prepaidFen: z.int(),
  charges: z.array(
    z.object({
      chargeId: z.uuid(),
      unitId: z.uuid(),
      unit: z.string(),
      kind: chargeKindSchema,
      charge: z.string(),
      month: z.string().nullable(),
      dueOn: z.string(),
      /** Quantity × price × days = amount, in words. */
      how: z.array(z.string()),
      amountFen: z.int(),
      paidFen: z.int(),
      openFen: z.int(),
      caseId: z.uuid().nullable(),
      /** Whether the caller's post may take it (RP11). */
      mayTake: z.boolean(),
    }),
  ),
  /** The book that gives the next number; null: without one nothing is taken. */
  book: z.object({ series: z.string(), nextCode: z.string(), left: z.int() }).nullable(),
  today: z.object({ count: z.int(), cashFen: z.int() }),
});
export type Due = z.infer<typeof dueSchema>;

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
  'unknown_unit',
  'not_a_repair_charge',
  'unknown_payer',
  'not_promised',
] as const;

const communityParams = z.object({ communityId: z.uuid() });
const oneParams = communityParams.extend({ id: z.uuid() });
export const paymentListQuerySchema = z.strictObject({
  unitId: z.uuid().optional(),
  cashierId: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
export type PaymentListQuery = z.output<typeof paymentListQuerySchema>;

export const paymentRoutes = {
  createPayment: route({
    method: 'POST',
    path: '/communities/{communityId}/payments',
    summary: { zh: '收款并开收据', en: 'Take money; its receipt comes with the answer' },
    permission: 'payment.take',
    params: communityParams,
    body: createPaymentSchema,
    response: paymentSchema,
    status: 201,
    needsKey: true,
    errors: [
      'payment.balance_changed',
      'payment.not_collector',
      'payment.day_closed',
      'doorstep.no_appointment',
      'receipt.no_book',
      'receipt.time_before_last',
    ],
  }),
  listPayments: route({
    method: 'GET',
    path: '/communities/{communityId}/payments',
    summary: { zh: '收款记录，新的在前', en: 'Payments, newest first' },
    permission: 'payment.read',
    params: communityParams,
    query: paymentListQuerySchema,
    response: z.object({ items: z.array(paymentSchema), nextCursor: z.string().nullable() }),
  }),
  getPayment: route({
    method: 'GET',
    path: '/communities/{communityId}/payments/{id}',
    summary: { zh: '一笔收款', en: 'A payment with its receipt' },
    permission: 'payment.read',
    params: oneParams,
    response: paymentSchema,
  }),
  reversePayment: route({
    method: 'POST',
    path: '/communities/{communityId}/payments/{id}/reverse',
    summary: {
      zh: '冲正收款：先申请，批准后由财务办理',
      en: 'Reverse a payment: asked for without an approval, done with one',
    },
    permission: 'payment.reverse',
    params: oneParams,
    body: reversePaymentSchema,
    response: paymentSchema,
    needsKey: true,
    errors: [
      'stale_version',
      'payment.move_not_allowed',
      'payment.approval_missing',
      'payment.own_request',
      'payment.day_closed',
      'approval.already_pending',
      'approval.nobody_to_decide',
      'ledger.since_used',
      'ledger.already_reversed',
    ],
    staleShows: 'getPayment',
  }),
  putChargeOnBill: route({
    method: 'POST',
    path: '/communities/{communityId}/charges/{id}/put-on-bill',
    summary: { zh: '维修费计入月账单', en: 'Put the charge of a repair on the household’s bill' },
    permission: 'payment.take',
    params: oneParams,
    response: z.object({ chargeId: z.uuid() }),
    errors: ['ledger.more_than_open'],
  }),
  getDue: route({
    method: 'GET',
    path: '/communities/{communityId}/units/{id}/due',
    summary: { zh: '收费台：一户的应收', en: 'What is due of a household, for the counter' },
    permission: 'payment.read',
    params: oneParams,
    response: dueSchema,
  }),
} as const;
