// The weekly receipt detail 收款明细周报 on the wire (FD18, Q5.5): every receipt of some days, and what they come to.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { isDay } from '../../kernel/time.ts';
import { methodSchema } from '../ledger/ledger.contract.ts';
import { receiptKinds, receiptStates } from '../receipts/receipt.contract.ts';

const day = z.string().refine(isDay, { params: { code: 'not_a_day' } });
const fen = z.int();
const sum = z.object({ name: z.string(), count: z.int(), fen });

export const receiptDetailSchema = z.object({
  community: z.string(),
  from: z.string(),
  until: z.string(),
  asOf: z.string(),
  receipts: z.array(
    z.object({
      id: z.uuid(),
      code: z.string(),
      kind: z.enum(receiptKinds),
      state: z.enum(receiptStates),
      at: z.string(),
      units: z.array(z.string()),
      items: z.array(z.string()),
      payer: z.string(),
      methods: z.array(methodSchema),
      cashier: z.string(),
      amountFen: fen,
      reason: z.string().nullable(),
    }),
  ),
  /** More receipts than one answer carries: the file has them all. */
  isCut: z.boolean(),
  /** Receipts that stand; voided and reversed ones are counted apart. */
  standing: z.object({ count: z.int(), fen }),
  voided: z.int(),
  reversed: z.object({ count: z.int(), fen }),
  byItem: z.array(sum),
  byCashier: z.array(sum),
  byMethod: z.array(z.object({ method: methodSchema, fen })),
});
export type ReceiptDetail = z.infer<typeof receiptDetailSchema>;

const asked = {
  permission: 'receipt.read',
  params: z.object({ communityId: z.uuid() }),
  /** Left out: the week to this Saturday. At most 31 days. */
  query: z.strictObject({ from: day.optional(), until: day.optional() }),
} as const;

export const receiptDetailRoutes = {
  getReceiptDetail: route({
    method: 'GET',
    path: '/communities/{communityId}/receipt-detail',
    summary: { zh: '收款明细周报', en: 'The week’s receipts in detail with their sums' },
    ...asked,
    response: receiptDetailSchema,
  }),
  exportReceiptDetail: route({
    method: 'GET',
    path: '/communities/{communityId}/receipt-detail/file',
    summary: { zh: '收款明细周报，Excel', en: 'The same as a spreadsheet' },
    ...asked,
    response: z.unknown(),
  }),
} as const;
