// The daily close 日结 as it is read and moved over HTTP: the sheet of a day, its close, custody, surprise counts.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { isDay } from '../../kernel/time.ts';
import { methodSchema } from '../ledger/ledger.contract.ts';
import { countSchema, dailyCloseMoves, dailyCloseStates, handOverSchema } from './daily-close.contract.ts';

const day = z.string().refine(isDay, { params: { code: 'not_a_day' } });
const fen = z.int();
const person = z.object({ id: z.uuid(), name: z.string() });

export const countedLineSchema = z.object({
  method: methodSchema,
  bookFen: fen,
  countedFen: fen,
  differenceFen: fen,
  reason: z.string().nullable(),
});
export const receiptSpanSchema = z.object({
  series: z.string(),
  from: z.int(),
  to: z.int(),
  voided: z.array(z.int()),
});
export type ReceiptSpan = z.infer<typeof receiptSpanSchema>;
const blank = z.object({ bookId: z.uuid(), series: z.string(), next: z.int(), to: z.int() });
export type BlankReceipts = z.infer<typeof blank>;

export const closeSchema = z.object({
  id: z.uuid(),
  /** `RJ-20261123-0001`. */
  code: z.string(),
  cashier: person,
  day: z.string(),
  state: z.enum(dailyCloseStates),
  lines: z.array(countedLineSchema),
  cash: countSchema.shape.cash,
  slips: countSchema.shape.slips,
  blankReceipts: z.array(blank),
  receipts: z.array(receiptSpanSchema),
  bookFen: fen,
  countedFen: fen,
  differenceFen: fen,
  countedAt: z.string(),
  receivedBy: person.nullable(),
  handedOverAt: z.string().nullable(),
  slip: z.object({ kind: z.enum(['deposit-slip', 'transfer-record']), number: z.string() }).nullable(),
  sealedBy: person.nullable(),
  sealedAt: z.string().nullable(),
  sealNo: z.int().nullable(),
  seal: z.string().nullable(),
  version: z.int(),
  moves: z.array(z.object({ name: z.enum(dailyCloseMoves), allowed: z.boolean(), reason: z.string().optional() })),
});
export type Close = z.infer<typeof closeSchema>;
/** The sheet with both signatures. */
export const oneCloseSchema = closeSchema.extend({
  cashierSignature: z.string().nullable(),
  receiverSignature: z.string().nullable(),
});
export type OneClose = z.infer<typeof oneCloseSchema>;

/** A cashier's day as the books have it: what the count is held against. */
export const sheetSchema = z.object({
  cashier: person,
  day: z.string(),
  /** Until when takings belong to this day; null: until midnight. */
  cutoff: z.string().nullable(),
  books: z.array(z.object({ method: methodSchema, fen })),
  /** Taken with a receipt, and given back or undone. */
  takenFen: fen,
  givenFen: fen,
  takings: z.int(),
  /** Receipts that stand, which come to what was taken. */
  receiptsFen: fen,
  receipts: z.array(receiptSpanSchema),
  blankReceipts: z.array(blank),
  faces: z.array(z.int()),
  /** An earlier day of this cashier that is not sealed. */
  earlierOpen: z.string().nullable(),
  close: closeSchema.nullable(),
  mayCount: z.boolean(),
});
export type Sheet = z.infer<typeof sheetSchema>;

export const custodySchema = z.array(
  z.object({
    cashier: person,
    /** Money not handed over, by way of paying. */
    drawer: z.array(z.object({ method: methodSchema, fen })),
    /** The oldest day that is not handed over. */
    since: z.string().nullable(),
    blankReceipts: z.array(blank),
    lastSurprise: z.string().nullable(),
  }),
);
export type Custody = z.infer<typeof custodySchema>;

export const surpriseSchema = z.object({
  id: z.uuid(),
  cashier: person,
  at: z.string(),
  lines: z.array(countedLineSchema),
  blankReceipts: z.array(blank),
  note: z.string(),
  inspectedBy: person,
});
export type Surprise = z.infer<typeof surpriseSchema>;

export const createCloseSchema = z.strictObject({ ...countSchema.shape, day });
export type CreateClose = z.infer<typeof createCloseSchema>;
export const createSurpriseSchema = z.strictObject({
  cashierId: z.uuid(),
  cash: countSchema.shape.cash,
  slips: countSchema.shape.slips,
  blankReceipts: countSchema.shape.blankReceipts,
  note: z.string().trim().max(500).default(''),
  /** The cashier was there and signs. */
  signature: z.string().min(1).max(200_000),
});
export type CreateSurprise = z.infer<typeof createSurpriseSchema>;
export const sealBodySchema = z.strictObject({ version: z.int().positive().optional() });

const communityParams = z.object({ communityId: z.uuid() });
const oneParams = communityParams.extend({ id: z.uuid() });
const moveErrors = [
  'stale_version',
  'daily-close.move_not_allowed',
  'daily-close.same_person',
  'daily-close.earlier_open',
] as const;

export const dailyCloseRoutes = {
  listCloses: route({
    method: 'GET',
    path: '/communities/{communityId}/daily-closes',
    summary: {
      zh: '日结，按日期；以及有收款还没有日结的日子',
      en: 'Closes by day, and days with takings that are open',
    },
    permission: 'daily-close.read',
    params: communityParams,
    query: z.strictObject({ from: day.optional(), until: day.optional(), cashierId: z.uuid().optional() }),
    response: z.object({
      from: z.string(),
      until: z.string(),
      items: z.array(closeSchema),
      open: z.array(z.object({ cashier: person, day: z.string(), bookFen: fen })),
    }),
  }),
  getSheet: route({
    method: 'GET',
    path: '/communities/{communityId}/daily-closes/sheet',
    summary: { zh: '一名收银员某一天的账面', en: 'A cashier’s day as the books have it' },
    permission: 'daily-close.read',
    params: communityParams,
    query: z.strictObject({ day: day.optional(), cashierId: z.uuid().optional() }),
    response: sheetSchema,
  }),
  createClose: route({
    method: 'POST',
    path: '/communities/{communityId}/daily-closes',
    summary: { zh: '清点并提交日结；已清点的带上版本号可重新清点', en: 'Count a day; again with its version' },
    permission: 'daily-close.count',
    params: communityParams,
    body: createCloseSchema,
    response: oneCloseSchema,
    status: 201,
    needsKey: true,
    errors: [...moveErrors, 'daily-close.counted_already'],
  }),
  getClose: route({
    method: 'GET',
    path: '/communities/{communityId}/daily-closes/{id}',
    summary: { zh: '一份日结', en: 'One close' },
    permission: 'daily-close.read',
    params: oneParams,
    response: oneCloseSchema,
  }),
  handOver: route({
    method: 'POST',
    path: '/communities/{communityId}/daily-closes/{id}/hand-over',
    summary: { zh: '财务凭缴款单签收', en: 'Finance receives against a slip and signs' },
    permission: 'daily-close.receive',
    params: oneParams,
    body: handOverSchema,
    response: oneCloseSchema,
    errors: moveErrors,
    staleShows: 'getClose',
  }),
  seal: route({
    method: 'POST',
    path: '/communities/{communityId}/daily-closes/{id}/seal',
    summary: { zh: '封账', en: 'Seal the day' },
    permission: 'daily-close.seal',
    params: oneParams,
    body: sealBodySchema,
    response: oneCloseSchema,
    errors: moveErrors,
    staleShows: 'getClose',
  }),
  getCustody: route({
    method: 'GET',
    path: '/communities/{communityId}/custody',
    summary: { zh: '各收银员手中的现金和空白收据', en: 'Money and blank receipts in the hands of each cashier' },
    permission: 'daily-close.inspect',
    params: communityParams,
    response: z.object({ items: custodySchema }),
  }),
  createSurprise: route({
    method: 'POST',
    path: '/communities/{communityId}/surprise-counts',
    summary: { zh: '突击盘点', en: 'A surprise count' },
    permission: 'daily-close.inspect',
    params: communityParams,
    body: createSurpriseSchema,
    response: surpriseSchema,
    status: 201,
    needsKey: true,
    errors: ['daily-close.same_person'],
  }),
  listSurprises: route({
    method: 'GET',
    path: '/communities/{communityId}/surprise-counts',
    summary: { zh: '突击盘点记录，新的在前', en: 'Surprise counts, newest first' },
    permission: 'daily-close.inspect',
    params: communityParams,
    response: z.object({ items: z.array(surpriseSchema) }),
  }),
} as const;
