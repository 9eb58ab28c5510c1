// Money paid ahead that goes back 退预存款 (MN7): asked for, approved by another, paid out once with a voucher of its own.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { methodSchema } from '../ledger/ledger.contract.ts';

export const prepaidRefundStates = ['asked', 'approved', 'refused', 'dropped', 'paid'] as const;
export type PrepaidRefundState = (typeof prepaidRefundStates)[number];
/** `approve` and `refuse` come with the approval's end; the others are finance's. */
export const prepaidRefundMoves = ['approve', 'refuse', 'drop', 'pay'] as const;
export type PrepaidRefundMove = (typeof prepaidRefundMoves)[number];

const person = z.object({ id: z.uuid(), name: z.string() });

export const prepaidRefundSchema = z.object({
  id: z.uuid(),
  unitId: z.uuid(),
  unit: z.string(),
  state: z.enum(prepaidRefundStates),
  amountFen: z.int(),
  amountInCapitals: z.string(),
  /** Who gets it, and why it goes back; empty where that was erased. */
  payee: z.string(),
  reason: z.string(),
  approvalId: z.uuid().nullable(),
  askedBy: person,
  askedAt: z.string(),
  approvedBy: person.nullable(),
  /** `TK-20261126-0001`, from the paying out on. */
  code: z.string().nullable(),
  method: methodSchema.nullable(),
  paidBy: person.nullable(),
  paidAt: z.string().nullable(),
  company: z.string(),
  community: z.string(),
  version: z.int(),
  moves: z.array(z.object({ name: z.enum(['drop', 'pay']), allowed: z.boolean(), reason: z.string().optional() })),
});
export type PrepaidRefund = z.infer<typeof prepaidRefundSchema>;

export const askPrepaidRefundSchema = z.strictObject({
  unitId: z.uuid(),
  /** Any number here: what is wrong with it is answered at its field, in words. */
  amountFen: z.number(),
  payee: z.string().trim().min(1).max(60),
  reason: z.string().trim().min(1).max(200),
});
export type AskPrepaidRefund = z.infer<typeof askPrepaidRefundSchema>;
export const payPrepaidRefundSchema = z.strictObject({
  version: z.int().positive().optional(),
  method: methodSchema,
});
export type PayPrepaidRefund = z.infer<typeof payPrepaidRefundSchema>;

export const prepaidRefundRefusals = [
  'prepaid-refund.move_not_allowed',
  'prepaid-refund.own_approval',
  'prepaid-refund.more_than_free',
  'prepaid-refund.drawer_short',
] as const;

const communityParams = z.object({ communityId: z.uuid() });
const oneParams = communityParams.extend({ id: z.uuid() });
export const prepaidRefundListQuerySchema = z.strictObject({
  unitId: z.uuid().optional(),
  state: z.enum(prepaidRefundStates).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
export type PrepaidRefundListQuery = z.output<typeof prepaidRefundListQuerySchema>;

export const prepaidRefundRoutes = {
  askPrepaidRefund: route({
    method: 'POST',
    path: '/communities/{communityId}/prepaid-refunds',
    summary: { zh: '申请退预存款', en: 'Ask for money paid ahead to go back' },
    permission: 'prepaid.refund',
    params: communityParams,
    body: askPrepaidRefundSchema,
    response: prepaidRefundSchema,
    status: 201,
    needsKey: true,
    errors: ['prepaid-refund.more_than_free', 'approval.already_pending', 'approval.nobody_to_decide'],
  }),
  listPrepaidRefunds: route({
    method: 'GET',
    path: '/communities/{communityId}/prepaid-refunds',
    summary: { zh: '退预存款，新的在前', en: 'Refunds of money paid ahead, newest first' },
    permission: 'payment.read',
    params: communityParams,
    query: prepaidRefundListQuerySchema,
    response: z.object({ items: z.array(prepaidRefundSchema), nextCursor: z.string().nullable() }),
  }),
  getPrepaidRefund: route({
    method: 'GET',
    path: '/communities/{communityId}/prepaid-refunds/{id}',
    summary: { zh: '一笔退预存款', en: 'A refund of money paid ahead' },
    permission: 'payment.read',
    params: oneParams,
    response: prepaidRefundSchema,
  }),
  payPrepaidRefund: route({
    method: 'POST',
    path: '/communities/{communityId}/prepaid-refunds/{id}/pay',
    summary: {
      zh: '批准后付给收款人，生成退款凭单',
      en: 'Pay it out once approved; its voucher comes with the answer',
    },
    permission: 'prepaid.refund',
    params: oneParams,
    body: payPrepaidRefundSchema,
    response: prepaidRefundSchema,
    needsKey: true,
    errors: ['stale_version', ...prepaidRefundRefusals, 'payment.day_closed', 'ledger.more_than_prepaid'],
    staleShows: 'getPrepaidRefund',
  }),
  dropPrepaidRefund: route({
    method: 'POST',
    path: '/communities/{communityId}/prepaid-refunds/{id}/drop',
    summary: { zh: '已批准的退款不再办理', en: 'Let an approved refund go' },
    permission: 'prepaid.refund',
    params: oneParams,
    body: z.strictObject({ version: z.int().positive().optional() }),
    response: prepaidRefundSchema,
    errors: ['stale_version', 'prepaid-refund.move_not_allowed'],
    staleShows: 'getPrepaidRefund',
  }),
} as const;
