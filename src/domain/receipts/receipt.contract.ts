// Receipts 收据 and receipt books 收据本 (MN6): numbers without gaps, a spoiled one kept with its reason, no money without one.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { methodSchema } from '../ledger/ledger.contract.ts';

export const receiptStates = ['issued', 'voided', 'reversed'] as const;
export type ReceiptState = (typeof receiptStates)[number];
export const receiptMoves = ['void', 'reverse'] as const;
export type ReceiptMove = (typeof receiptMoves)[number];

export const receiptBookStates = ['issued', 'in-use', 'used-up', 'taken-back'] as const;
export type ReceiptBookState = (typeof receiptBookStates)[number];
/** `begin` and `use-up` come with a receipt; `close-out` voids what is left of a book that is given up before its end. */
export const receiptBookMoves = ['begin', 'use-up', 'close-out', 'take-back'] as const;
export type ReceiptBookMove = (typeof receiptBookMoves)[number];
/** Money taken, a deposit taken, or a blank that was spoiled or given up: voided from the start. */
export const receiptKinds = ['payment', 'deposit', 'blank'] as const;
export type ReceiptKind = (typeof receiptKinds)[number];

const series = z.string().regex(/^[A-Z0-9]{1,6}$/, { error: 'series' });
const number = z.int().min(1).max(9_999_999);
const text = (max: number) => z.string().trim().min(1).max(max);
const fen = z.int().min(1).max(999_999_999_999);

export const receiptLineSchema = z.strictObject({
  unit: text(60),
  charge: text(60),
  month: z.string().nullable(),
  /** As printed: `89.5`, `12.5`. */
  quantity: z.string(),
  /** Null where the price goes below the fen; `unitPrice` says it in yuan then. */
  unitPriceFen: z.int().nullable(),
  unitPrice: z.string(),
  amountFen: fen,
});
export type ReceiptLine = z.infer<typeof receiptLineSchema>;

const person = z.object({ id: z.uuid(), name: z.string() });
const pointer = z.object({ id: z.uuid(), code: z.string() });

export const receiptSchema = z.object({
  id: z.uuid(),
  code: z.string(),
  series: z.string(),
  number: z.int(),
  kind: z.enum(receiptKinds),
  /** The payment or the deposit it was written for; null: a blank. */
  sourceId: z.uuid().nullable(),
  bookId: z.uuid(),
  state: z.enum(receiptStates),
  lines: z.array(receiptLineSchema),
  amountFen: z.int().min(0),
  amountInCapitals: z.string(),
  /** As it was shown when the receipt was made. */
  payer: z.string(),
  method: z.array(methodSchema),
  cashier: z.string(),
  issuedAt: z.string(),
  /** Of voiding or reversing it. */
  reason: z.string().nullable(),
  /** The voided one in whose place it stands, and the one that stands in its own. */
  replaces: pointer.nullable(),
  replacedBy: pointer.nullable(),
  /** How often it was printed; from the second time on the paper says 副本. */
  copies: z.int().min(0),
  isDuplicate: z.boolean(),
  company: z.string(),
  community: z.string(),
  moves: z.array(z.object({ name: z.enum(receiptMoves), allowed: z.boolean(), reason: z.string().optional() })),
});
export type Receipt = z.infer<typeof receiptSchema>;

export const issueBookSchema = z.strictObject({
  series,
  from: number,
  to: number,
  holderId: z.uuid(),
  usedAt: z.enum(['counter', 'doorstep']).default('counter'),
});
export type IssueBook = z.infer<typeof issueBookSchema>;
export type UsedAt = IssueBook['usedAt'];
export const voidReceiptSchema = z.strictObject({ reason: text(200) });

export const receiptBookSchema = z.object({
  id: z.uuid(),
  series: z.string(),
  from: z.int(),
  to: z.int(),
  /** The number that comes next, null when none is left. */
  next: z.int().nullable(),
  left: z.int(),
  holder: person,
  usedAt: z.enum(['counter', 'doorstep']),
  state: z.enum(receiptBookStates),
  lastIssuedAt: z.string().nullable(),
  counts: z.object({ issued: z.int(), voided: z.int(), reversed: z.int() }),
  events: z.array(
    z.object({
      action: z.enum(['issue', 'close-out', 'take-back']),
      at: z.string(),
      by: person,
      left: z.int(),
      reason: z.string(),
    }),
  ),
  version: z.int(),
  moves: z.array(
    z.object({ name: z.enum(['close-out', 'take-back']), allowed: z.boolean(), reason: z.string().optional() }),
  ),
});
export type ReceiptBookAnswer = z.infer<typeof receiptBookSchema>;

export const receiptRefusals = [
  'receipt.move_not_allowed',
  'receipt.day_closed',
  'receipt.approval_missing',
  'receipt.time_before_last',
  'receipt.no_book',
  'receipt-book.move_not_allowed',
  'receipt-book.old_not_taken_back',
  'receipt-book.numbers_left',
  'receipt-book.not_holder',
] as const;
export const receiptFaultCodes = ['range_reversed', 'range_too_long', 'range_taken', 'not_a_collector'] as const;

const communityParams = z.object({ communityId: z.uuid() });
const oneParams = communityParams.extend({ id: z.uuid() });
const versionField = { version: z.int().positive().optional() };
const page = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
};

export const bookListQuerySchema = z.strictObject({
  holderId: z.uuid().optional(),
  state: z.enum(receiptBookStates).optional(),
  ...page,
});
export type BookListQuery = z.output<typeof bookListQuerySchema>;
export const receiptListQuerySchema = z.strictObject({
  bookId: z.uuid().optional(),
  state: z.enum(receiptStates).optional(),
  /** A number as people say it: with or without series and zeros. */
  q: z.string().trim().max(20).optional(),
  ...page,
});
export type ReceiptListQuery = z.output<typeof receiptListQuerySchema>;

export const receiptRoutes = {
  issueReceiptBook: route({
    method: 'POST',
    path: '/communities/{communityId}/receipt-books',
    summary: { zh: '发放收据本（收旧发新）', en: 'Issue a range of receipt numbers to whoever takes money' },
    permission: 'receipt-book.write',
    params: communityParams,
    body: issueBookSchema,
    response: receiptBookSchema,
    status: 201,
    needsKey: true,
    errors: ['receipt-book.old_not_taken_back'],
  }),
  listReceiptBooks: route({
    method: 'GET',
    path: '/communities/{communityId}/receipt-books',
    summary: { zh: '收据本保管表，新的在前', en: 'Receipt books and who holds them, newest first' },
    permission: 'receipt.read',
    params: communityParams,
    query: bookListQuerySchema,
    response: z.object({ items: z.array(receiptBookSchema), nextCursor: z.string().nullable() }),
  }),
  getReceiptBook: route({
    method: 'GET',
    path: '/communities/{communityId}/receipt-books/{id}',
    summary: { zh: '一本收据', en: 'A receipt book with its custody' },
    permission: 'receipt.read',
    params: oneParams,
    response: receiptBookSchema,
  }),
  closeOutReceiptBook: route({
    method: 'POST',
    path: '/communities/{communityId}/receipt-books/{id}/close-out',
    summary: { zh: '停用收据本，剩余号作废留存', en: 'Give a book up; each number that is left is voided and kept' },
    permission: 'receipt-book.write',
    params: oneParams,
    body: z.strictObject({ ...versionField, reason: text(200) }),
    response: receiptBookSchema,
    errors: ['stale_version', 'receipt-book.move_not_allowed'],
    staleShows: 'getReceiptBook',
  }),
  takeBackReceiptBook: route({
    method: 'POST',
    path: '/communities/{communityId}/receipt-books/{id}/take-back',
    summary: { zh: '收回用完的收据本', en: 'Take a used book back' },
    permission: 'receipt-book.write',
    params: oneParams,
    body: z.strictObject(versionField),
    response: receiptBookSchema,
    errors: ['stale_version', 'receipt-book.move_not_allowed'],
    staleShows: 'getReceiptBook',
  }),
  spoilReceipt: route({
    method: 'POST',
    path: '/communities/{communityId}/receipt-books/{id}/spoil',
    summary: { zh: '空白收据损坏：作废下一号并留存', en: 'The next blank was spoiled: its number is voided and kept' },
    permission: 'receipt.void',
    params: oneParams,
    body: voidReceiptSchema,
    response: receiptSchema,
    status: 201,
    needsKey: true,
    errors: ['receipt-book.move_not_allowed', 'receipt-book.not_holder', 'receipt.time_before_last'],
  }),
  listReceipts: route({
    method: 'GET',
    path: '/communities/{communityId}/receipts',
    summary: { zh: '收据，新的在前', en: 'Receipts, newest first' },
    permission: 'receipt.read',
    params: communityParams,
    query: receiptListQuerySchema,
    response: z.object({ items: z.array(receiptSchema), nextCursor: z.string().nullable() }),
  }),
  getReceipt: route({
    method: 'GET',
    path: '/communities/{communityId}/receipts/{id}',
    summary: { zh: '一张收据', en: 'A receipt' },
    permission: 'receipt.read',
    params: oneParams,
    response: receiptSchema,
  }),
  voidReceipt: route({
    method: 'POST',
    path: '/communities/{communityId}/receipts/{id}/void',
    summary: {
      zh: '作废写坏的收据（当日），同一笔款换开下一号',
      en: 'Void a spoiled receipt on its day; the same money gets the next number',
    },
    permission: 'receipt.void',
    params: oneParams,
    body: voidReceiptSchema,
    response: receiptSchema,
    needsKey: true,
    errors: ['receipt.move_not_allowed', 'receipt.day_closed', 'receipt.no_book', 'receipt.time_before_last'],
  }),
  printReceipt: route({
    method: 'POST',
    path: '/communities/{communityId}/receipts/{id}/print',
    summary: { zh: '打印收据（第二次起为副本）', en: 'Print a receipt; from the second time on it says duplicate' },
    permission: 'receipt.read',
    params: oneParams,
    response: receiptSchema,
    needsKey: true,
  }),
} as const;
