// The household's statement 对账单 (MN12) on the wire: what it owes and why, what it paid, what is held of it.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { isDay } from '../../kernel/time.ts';
import { chargeKindSchema } from '../charges/charge.contract.ts';
import { entryKinds, methodSchema } from '../ledger/ledger.contract.ts';

const day = z.string().refine(isDay, { params: { code: 'not_a_day' } });
const fen = z.int();

/** `undone`: found wrong and taken back by an opposite entry. */
export const chargeStates = ['open', 'part', 'settled', 'undone'] as const;
export type ChargeState = (typeof chargeStates)[number];

export const statementChargeSchema = z.object({
  id: z.uuid(),
  itemId: z.uuid(),
  item: z.string(),
  kind: chargeKindSchema,
  payer: z.enum(['owner', 'lessee', 'developer']),
  month: z.string().nullable(),
  dueOn: z.string(),
  amountFen: fen,
  openFen: fen,
  state: z.enum(chargeStates),
  /** Quantity × price × days = amount, in Chinese, line by line. */
  explanation: z.array(z.string()),
  /** Against the month before, in Chinese; null where that can't be said. */
  difference: z.string().nullable(),
});
export type StatementCharge = z.infer<typeof statementChargeSchema>;

export const statementEntrySchema = z.object({
  id: z.uuid(),
  kind: z.enum(entryKinds),
  at: z.string(),
  on: z.string(),
  /** What it adds to what the household owes; below zero: takes from it. */
  amountFen: fen,
  /** Of it, taken from or put to what is paid ahead (above zero: more paid ahead). */
  prepaidFen: fen,
  /** What it adds to the deposits held. */
  depositFen: fen,
  /** The money that came in (above zero) or went out with the entry, of this household and of others in one payment. */
  moneyFen: fen,
  methods: z.array(methodSchema),
  receiptCode: z.string().nullable(),
  reversesId: z.uuid().nullable(),
  isReversed: z.boolean(),
  parts: z.array(z.object({ chargeId: z.uuid(), item: z.string(), month: z.string().nullable(), amountFen: fen })),
  /** What it was, in one Chinese sentence. */
  words: z.string(),
  /** What was owed after it. */
  balanceFen: fen,
});
export type StatementEntry = z.infer<typeof statementEntrySchema>;

export const statementSchema = z.object({
  unitId: z.uuid(),
  unit: z.string(),
  asOf: z.string(),
  from: z.string(),
  /** Above zero: owed. Open charges less what is paid ahead. */
  balanceFen: fen,
  openFen: fen,
  prepaidFen: fen,
  depositFen: fen,
  /** What was owed before the first entry shown. */
  openingFen: fen,
  charges: z.array(statementChargeSchema),
  payments: z.array(
    z.object({
      entryId: z.uuid(),
      at: z.string(),
      amountFen: fen,
      methods: z.array(methodSchema),
      receiptCode: z.string().nullable(),
      isReversed: z.boolean(),
    }),
  ),
  deposits: z.array(
    z.object({ depositId: z.uuid(), item: z.string(), takenAt: z.string(), takenFen: fen, heldFen: fen }),
  ),
  /** Newest first. */
  entries: z.array(statementEntrySchema),
});
export type Statement = z.infer<typeof statementSchema>;

export const statementRoutes = {
  getStatement: route({
    method: 'GET',
    path: '/communities/{communityId}/units/{id}/account',
    summary: {
      zh: '一户的对账单：应收、收款、押金、余额',
      en: 'A household’s statement: charges, payments, deposits, balance',
    },
    permission: 'statement.read',
    params: z.object({ communityId: z.uuid(), id: z.uuid() }),
    /** From this day on; what is still open is shown whatever its day. Left out: the last twelve months. */
    query: z.strictObject({ from: day.optional() }),
    response: statementSchema,
  }),
} as const;
