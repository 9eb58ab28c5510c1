// The ledger 账: double entry in fen. An entry is a few lines that sum to nothing; entries are only ever added.
import { z } from 'zod';

/** How money comes in or goes out; each has an account of its own, so that the daily close can count it. */
export const methods = ['cash', 'card', 'transfer', 'cheque', 'bank-collection', 'online'] as const;
export const methodSchema = z.enum(methods);
export type Method = z.infer<typeof methodSchema>;

export const accounts = [
  ...methods,
  /** Handed over: out of the drawer, in the company's hands. */
  'handed-over',
  'receivable',
  'prepaid',
  'deposit',
  'income',
  'waived',
  /** What stood elsewhere before the change-over; nothing stands here once all of it is in. */
  'opening',
  'cash-short',
  'cash-over',
] as const;
export const accountSchema = z.enum(accounts);
export type Account = z.infer<typeof accountSchema>;

export const entryKinds = [
  'charge',
  'change',
  'payment',
  'prepaid-use',
  'refund',
  'waiver',
  'deposit-take',
  'deposit-deduct',
  'deposit-refund',
  'hand-over',
  'close-difference',
  'opening',
  'reversal',
] as const;
export type EntryKind = (typeof entryKinds)[number];

const fen = z.int().refine((value) => Number.isSafeInteger(value));

/** Above zero is a debit, below zero a credit; never zero. Which ids a line carries follows from its account. */
export const entryLineSchema = z.strictObject({
  account: accountSchema,
  amountFen: fen.refine((value) => value !== 0),
  unitId: z.uuid().nullable(),
  chargeId: z.uuid().nullable(),
  itemId: z.uuid().nullable(),
  depositId: z.uuid().nullable(),
  cashierId: z.uuid().nullable(),
});
export type EntryLine = z.infer<typeof entryLineSchema>;

export const entrySchema = z.strictObject({
  kind: z.enum(entryKinds),
  lines: z.array(entryLineSchema).min(2),
  /** The entry that this one undoes; unique, so that nothing is undone twice. */
  reversesId: z.uuid().nullable(),
});
export type Entry = z.infer<typeof entrySchema>;

export const ledgerRefusals = [
  'ledger.more_than_open',
  'ledger.more_than_prepaid',
  'ledger.more_than_held',
  'ledger.already_reversed',
  'ledger.reversal_of_reversal',
  'ledger.since_used',
  'ledger.day_closed',
] as const;

/** Whose change changes what a household owes or holds; for what follows an account live. */
export const accountNouns = ['payment', 'charge', 'billing-run', 'waiver', 'deposit', 'prepaid-refund'] as const;
