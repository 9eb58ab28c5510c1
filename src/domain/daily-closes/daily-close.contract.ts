// The daily close 日结 (MN8): counted money against the ledger, differences named, handed over, sealed.
import { z } from 'zod';
import { isDay } from '../../kernel/time.ts';
import { methodSchema } from '../ledger/ledger.contract.ts';

export const dailyCloseStates = ['open', 'counted', 'handed-over', 'sealed'] as const;
export type DailyCloseState = (typeof dailyCloseStates)[number];
export const dailyCloseMoves = ['count', 'hand-over', 'seal'] as const;
export type DailyCloseMove = (typeof dailyCloseMoves)[number];

const day = z.string().refine(isDay, { params: { code: 'not_a_day' } });
/** Below zero: more was given back that way than taken. */
const fen = z.int().min(-999_999_999_999).max(999_999_999_999);

export const countSchema = z.strictObject({
  version: z.int().positive().optional(),
  /** Pieces of each note and coin. */
  cash: z.array(z.strictObject({ faceFen: z.int().positive(), pieces: z.int().min(0).max(1_000_000) })).max(20),
  /** Sums of the slips and records of every other way of paying. */
  slips: z.array(z.strictObject({ method: methodSchema, amountFen: fen, pieces: z.int().min(0) })).max(6),
  /** Why a way of paying differs from the books. */
  differences: z.array(z.strictObject({ method: methodSchema, reason: z.string().trim().min(1).max(200) })).max(6),
  /** The first and the last blank receipt in hand, by book (custody list). */
  blankReceipts: z.array(z.strictObject({ bookId: z.uuid(), next: z.int(), to: z.int() })).max(20),
  signature: z.string().min(1).max(200_000),
});
export type Count = z.infer<typeof countSchema>;

export const handOverSchema = z.strictObject({
  version: z.int().positive().optional(),
  /** Deposit slip or transfer record: money is handed over by nothing else. */
  slip: z.strictObject({ kind: z.enum(['deposit-slip', 'transfer-record']), number: z.string().trim().min(1).max(60) }),
  signature: z.string().min(1).max(200_000),
});
export type HandOver = z.infer<typeof handOverSchema>;

/** What a seal is taken over: all that was counted, signed and handed over, with the seal before it. */
export const sealedCloseSchema = z.object({
  code: z.string(),
  communityId: z.uuid(),
  cashierId: z.uuid(),
  day,
  lines: z.array(
    z.object({ method: methodSchema, bookFen: z.int(), countedFen: z.int(), reason: z.string().nullable() }),
  ),
  receipts: z.array(z.object({ series: z.string(), from: z.int(), to: z.int(), voided: z.array(z.int()) })),
  countedById: z.uuid(),
  countedAt: z.string(),
  receivedById: z.uuid(),
  handedOverAt: z.string(),
  slip: z.string(),
  sealedById: z.uuid(),
  sealedAt: z.string(),
  /** The head of the audit chain at that moment, so that a cut tail shows (spec/12). */
  auditHead: z.string(),
});
export type SealedClose = z.infer<typeof sealedCloseSchema>;

export const dailyCloseRefusals = [
  'daily-close.move_not_allowed',
  'daily-close.same_person',
  'daily-close.earlier_open',
  'daily-close.counted_already',
] as const;
export const dailyCloseFaultCodes = [
  'unknown_face',
  'face_twice',
  'method_twice',
  'cash_by_pieces',
  'difference_reason',
  'day_ahead',
  'unknown_cashier',
  'blank_receipts_differ',
] as const;
