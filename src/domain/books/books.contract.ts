// The books 账簿 on the wire: a month's trial balance, and the month as files for accounting (MN8, MN21).
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { accountSchema } from '../ledger/ledger.contract.ts';

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, { error: 'not_a_month' });
const communityParams = z.object({ communityId: z.uuid() });
const fen = z.int();

export const voucherFormats = ['xlsx', 'csv'] as const;
export type VoucherFormat = (typeof voucherFormats)[number];

/** What an account is called outside: its code and name in the chart of accounts 会计科目, its name in the journal. */
export const chartSchema = z.object({
  source: z.string(),
  accounts: z.record(accountSchema, z.object({ code: z.string(), name: z.string(), journal: z.string() })),
});
export type Chart = z.infer<typeof chartSchema>;

export const booksSchema = z.object({
  month: z.string(),
  accounts: z.array(
    z.object({
      account: accountSchema,
      code: z.string(),
      name: z.string(),
      /** Above zero a debit balance, below zero a credit balance. */
      openingFen: fen,
      debitFen: fen,
      creditFen: fen,
      closingFen: fen,
    }),
  ),
  /** Q5.8: the month by item. */
  items: z.array(
    z.object({
      itemId: z.uuid(),
      item: z.string(),
      chargedFen: fen,
      /** Money and prepayments that settled charges, deposits kept for them included; less what was undone. */
      settledFen: fen,
      waivedFen: fen,
      openFen: fen,
    }),
  ),
  entries: z.int(),
});
export type Books = z.infer<typeof booksSchema>;

export const booksRoutes = {
  getBooks: route({
    method: 'GET',
    path: '/communities/{communityId}/books',
    summary: { zh: '一个月的科目余额与分项目汇总', en: 'A month’s trial balance and its summary per item' },
    permission: 'ledger.export',
    params: communityParams,
    query: z.strictObject({ month: month.optional() }),
    response: booksSchema,
  }),
  exportJournal: route({
    method: 'GET',
    path: '/communities/{communityId}/books/journal',
    summary: { zh: '一个月的日记账，hledger 文本格式', en: 'A month’s journal as text that hledger reads' },
    permission: 'ledger.export',
    params: communityParams,
    query: z.strictObject({ month }),
    response: z.unknown(),
  }),
  exportVouchers: route({
    method: 'GET',
    path: '/communities/{communityId}/books/vouchers',
    summary: { zh: '一个月的凭证分录，供财务软件导入', en: 'A month’s voucher lines for accounting software' },
    permission: 'ledger.export',
    params: communityParams,
    query: z.strictObject({ month, format: z.enum(voucherFormats).default('xlsx') }),
    response: z.unknown(),
  }),
} as const;
