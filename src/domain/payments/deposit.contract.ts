// Deposits 押金 (MN10) and waivers 减免 (MN11) on the wire.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { attachmentIdsSchema } from '../cases/case.contract.ts';
import { depositKinds } from '../charges/charge.contract.ts';
import { methodSchema } from '../ledger/ledger.contract.ts';
import { receiptSchema } from '../receipts/receipt.contract.ts';

/** What has to be done before a deposit goes back; `charges-open` is asked of the books. */
export const obligations = ['renovation-not-accepted', 'cards-not-returned'] as const;
export type Obligation = (typeof obligations)[number];
export const obligationsOf: Record<(typeof depositKinds)[number], readonly Obligation[]> = {
  'renovation-deposit': ['renovation-not-accepted'],
  'card-deposit': ['cards-not-returned'],
};

const person = z.object({ id: z.uuid(), name: z.string() });
const amount = z.number();
const reason = z.string().trim().min(1).max(200);

export const depositSchema = z.object({
  id: z.uuid(),
  unitId: z.uuid(),
  unit: z.string(),
  kind: z.enum(depositKinds),
  payer: person.nullable(),
  amountFen: z.int(),
  heldFen: z.int(),
  method: methodSchema,
  cashier: person,
  takenAt: z.string(),
  note: z.string(),
  /** What is not met yet; empty: it may go back. */
  obligationsOpen: z.array(z.enum([...obligations, 'charges-open'])),
  events: z.array(
    z.object({
      id: z.uuid(),
      action: z.enum(['meet', 'deduct', 'refund']),
      obligation: z.enum(obligations).nullable(),
      amountFen: z.int().nullable(),
      at: z.string(),
      by: person,
      reason: z.string(),
    }),
  ),
  receipt: receiptSchema,
  version: z.int(),
});
export type Deposit = z.infer<typeof depositSchema>;

export const takeDepositSchema = z.strictObject({
  unitId: z.uuid(),
  kind: z.enum(depositKinds),
  method: methodSchema,
  amountFen: amount,
  /** Who pays and so gets it back; without it the unit's owner. */
  payerId: z.uuid().optional(),
  note: z.string().trim().max(200).default(''),
});
export type TakeDeposit = z.infer<typeof takeDepositSchema>;
export const deductDepositSchema = z.strictObject({
  version: z.int().positive().optional(),
  amountFen: amount,
  reason: z.string().trim().max(200),
  photoIds: attachmentIdsSchema,
  /** The open charge that it settles; without one it is income of the deposit's item. */
  chargeId: z.uuid().optional(),
});
export type DeductDeposit = z.infer<typeof deductDepositSchema>;
export const refundDepositSchema = z.strictObject({
  version: z.int().positive().optional(),
  amountFen: amount,
  payeeId: z.uuid(),
  method: methodSchema,
  reason: z.string().trim().max(200).default(''),
});
export type RefundDeposit = z.infer<typeof refundDepositSchema>;

export const waiverStates = ['asked', 'granted', 'refused'] as const;
export const waiverSchema = z.object({
  id: z.uuid(),
  chargeId: z.uuid(),
  unitId: z.uuid(),
  unit: z.string(),
  charge: z.string(),
  month: z.string().nullable(),
  amountFen: z.int(),
  reason: z.string(),
  attachmentIds: z.array(z.uuid()),
  askedBy: person,
  askedAt: z.string(),
  state: z.enum(waiverStates),
  decidedBy: person.nullable(),
  decidedAt: z.string().nullable(),
  approvalId: z.uuid().nullable(),
});
export type Waiver = z.infer<typeof waiverSchema>;
export const askWaiverSchema = z.strictObject({
  chargeId: z.uuid(),
  amountFen: amount,
  reason,
  /** The written approval, scanned. */
  attachmentIds: attachmentIdsSchema,
});
export type AskWaiver = z.infer<typeof askWaiverSchema>;

export const depositRefusals = [
  'waiver.approval_missing',
  'waiver.wrong_approver',
  'waiver.own_request',
  'waiver.paper_missing',
  'deposit.not_payer',
  'deposit.obligations_open',
] as const;

const communityParams = z.object({ communityId: z.uuid() });
const oneParams = communityParams.extend({ id: z.uuid() });
const page = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
};
export const depositListQuerySchema = z.strictObject({
  unitId: z.uuid().optional(),
  /** `true`: only those of which something is still held. */
  held: z.enum(['true', 'false']).optional(),
  ...page,
});
export type DepositListQuery = z.output<typeof depositListQuerySchema>;
export const waiverListQuerySchema = z.strictObject({ unitId: z.uuid().optional(), ...page });
export type WaiverListQuery = z.output<typeof waiverListQuerySchema>;

export const depositRoutes = {
  takeDeposit: route({
    method: 'POST',
    path: '/communities/{communityId}/deposits',
    summary: { zh: '收押金并开收据', en: 'Take a deposit; its receipt comes with the answer' },
    permission: 'deposit.write',
    params: communityParams,
    body: takeDepositSchema,
    response: depositSchema,
    status: 201,
    needsKey: true,
    errors: ['payment.not_collector', 'payment.day_closed', 'receipt.no_book', 'receipt.time_before_last'],
  }),
  listDeposits: route({
    method: 'GET',
    path: '/communities/{communityId}/deposits',
    summary: { zh: '押金台账', en: 'Deposits, newest first; held=true: those that are held' },
    permission: 'payment.read',
    params: communityParams,
    query: depositListQuerySchema,
    response: z.object({
      items: z.array(depositSchema),
      /** What is held of all that was asked for, beyond this page too. */
      heldFen: z.int(),
      nextCursor: z.string().nullable(),
    }),
  }),
  getDeposit: route({
    method: 'GET',
    path: '/communities/{communityId}/deposits/{id}',
    summary: { zh: '一笔押金', en: 'A deposit with what was done about it' },
    permission: 'payment.read',
    params: oneParams,
    response: depositSchema,
  }),
  meetObligation: route({
    method: 'POST',
    path: '/communities/{communityId}/deposits/{id}/meet',
    summary: { zh: '登记已办妥（装修验收、门卡交回）', en: 'An obligation is met' },
    permission: 'deposit.write',
    params: oneParams,
    body: z.strictObject({ obligation: z.enum(obligations), reason: z.string().trim().max(200).default('') }),
    response: depositSchema,
  }),
  deductDeposit: route({
    method: 'POST',
    path: '/communities/{communityId}/deposits/{id}/deduct',
    summary: { zh: '扣押金：原因和照片', en: 'Keep a part, with the reason and photos' },
    permission: 'deposit.write',
    params: oneParams,
    body: deductDepositSchema,
    response: depositSchema,
    needsKey: true,
    errors: ['stale_version', 'ledger.more_than_held', 'ledger.more_than_open'],
    staleShows: 'getDeposit',
  }),
  refundDeposit: route({
    method: 'POST',
    path: '/communities/{communityId}/deposits/{id}/refund',
    summary: { zh: '退押金给交押金的人', en: 'Give it back to whoever paid it' },
    permission: 'deposit.refund',
    params: oneParams,
    body: refundDepositSchema,
    response: depositSchema,
    needsKey: true,
    errors: [
      'stale_version',
      'deposit.not_payer',
      'deposit.obligations_open',
      'payment.day_closed',
      'ledger.more_than_held',
    ],
    staleShows: 'getDeposit',
  }),
  askWaiver: route({
    method: 'POST',
    path: '/communities/{communityId}/waivers',
    summary: { zh: '申请减免（附书面批准）', en: 'Ask for a waiver, with the written approval scanned' },
    permission: 'waiver.ask',
    params: communityParams,
    body: askWaiverSchema,
    response: waiverSchema,
    status: 201,
    needsKey: true,
    errors: ['waiver.paper_missing', 'ledger.more_than_open', 'approval.already_pending', 'approval.nobody_to_decide'],
  }),
  listWaivers: route({
    method: 'GET',
    path: '/communities/{communityId}/waivers',
    summary: { zh: '减免', en: 'Waivers, newest first' },
    permission: 'payment.read',
    params: communityParams,
    query: waiverListQuerySchema,
    response: z.object({ items: z.array(waiverSchema), nextCursor: z.string().nullable() }),
  }),
} as const;
