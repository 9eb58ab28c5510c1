// Receipts 收据 and receipt books 收据本 (MN6): numbers without gaps, a spoiled one kept with its reason, no money without one.
import { z } from 'zod';
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

export const receiptSchema = z.object({
  id: z.uuid(),
  code: z.string(),
  series,
  number,
  state: z.enum(receiptStates),
  lines: z.array(receiptLineSchema).min(1),
  amountFen: fen,
  amountInCapitals: z.string(),
  /** As it was shown when the receipt was made. */
  payer: z.string(),
  method: z.array(methodSchema).min(1),
  cashier: z.string(),
  issuedAt: z.string(),
  reason: z.string().nullable(),
  copies: z.int().min(0),
});
export type Receipt = z.infer<typeof receiptSchema>;

export const issueBookSchema = z.strictObject({ series, from: number, to: number, holderId: z.uuid() });
export type IssueBook = z.infer<typeof issueBookSchema>;
export const voidReceiptSchema = z.strictObject({ version: z.int().positive().optional(), reason: text(200) });

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
export const receiptFaultCodes = ['range_reversed', 'range_too_long', 'range_taken'] as const;
