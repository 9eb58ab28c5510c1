// A billing run 出账 (MN2): previewed, approved, posted once.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { chargeKindSchema, payerSchema } from './charge.contract.ts';

export const billingRunStates = ['preview', 'submitted', 'approved', 'posting', 'posted', 'abandoned'] as const;
export type BillingRunState = (typeof billingRunStates)[number];
/** `finish` is the job's when the last charge is posted. */
export const billingRunMoves = ['submit', 'approve', 'post', 'finish', 'abandon'] as const;
export type BillingRunMove = (typeof billingRunMoves)[number];

export const createBillingRunSchema = z.strictObject({
  month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, { error: 'not_a_month' }),
  /** Charge items; without it all that are charged in the month. */
  items: z.array(z.uuid()).min(1).max(200).optional(),
});
export type CreateBillingRun = z.infer<typeof createBillingRunSchema>;

/** What a preview shows beside its totals, so that somebody looks before it is approved. */
export const oddKinds = ['no-payer', 'not-computed', 'zero', 'new', 'gone', 'far-from-last'] as const;
export type OddKind = (typeof oddKinds)[number];

export const billingRunRefusals = [
  'billing-run.move_not_allowed',
  'billing-run.own_request',
  'billing-run.preview_outdated',
  'billing-run.not_computed',
  'billing-run.still_computing',
  'billing-run.nothing_to_post',
] as const;

// ── on the wire ─────────────────────────────────────────────────────────────────────────────────────

const personSchema = z.object({ id: z.uuid(), name: z.string() });
const stepSchema = z.object({ by: personSchema.nullable(), at: z.string() }).nullable();

export const billingRunView = z.object({
  id: z.uuid(),
  communityId: z.uuid(),
  month: z.string(),
  /** Empty: all items of the month. */
  itemIds: z.array(z.uuid()),
  state: z.enum(billingRunStates),
  /** False: still being computed; `progress` counts units, and once it is posted from, charges. */
  isComputed: z.boolean(),
  progress: z.object({ done: z.int(), of: z.int() }),
  units: z.int(),
  charges: z.int(),
  fen: z.int(),
  lastFen: z.int(),
  differenceFen: z.int(),
  odd: z.int(),
  notComputed: z.int(),
  /** Charges that stand already and are not posted again. */
  alreadyPosted: z.int(),
  totals: z.array(
    z.object({
      itemId: z.uuid(),
      name: z.string(),
      units: z.int(),
      fen: z.int(),
      lastFen: z.int(),
      differenceFen: z.int(),
      odd: z.int(),
    }),
  ),
  created: stepSchema,
  submitted: stepSchema,
  approved: stepSchema,
  postingSince: stepSchema,
  postedAt: z.string().nullable(),
  abandoned: stepSchema,
  reason: z.string(),
  moves: z.array(
    z.object({
      name: z.enum(['submit', 'approve', 'post', 'abandon']),
      allowed: z.boolean(),
      reason: z.string().optional(),
    }),
  ),
  version: z.int(),
});
export type BillingRunView = z.infer<typeof billingRunView>;

const oddSchema = z.enum(oddKinds);
export const runLineView = z.object({
  unit: z.object({ id: z.uuid(), label: z.string() }),
  item: z.object({ id: z.uuid(), name: z.string(), kind: chargeKindSchema }),
  fen: z.int(),
  lastFen: z.int().nullable(),
  odd: z.array(oddSchema),
  /** Quantity × price × days = amount, line by line, in words (MN2). */
  explanation: z.array(z.string()),
  /** `比上月多 3.20 元，因为…` */
  difference: z.string(),
  shares: z.array(z.object({ payer: payerSchema, name: z.string(), amountFen: z.int() })),
  /** Why it could not be computed. */
  fault: z.string().nullable(),
  isPosted: z.boolean(),
});
export type RunLineView = z.infer<typeof runLineView>;

const communityParams = z.object({ communityId: z.uuid() });
const oneParams = communityParams.extend({ id: z.uuid() });
const runs = '/communities/{communityId}/billing-runs';
const rowVersion = { version: z.int().positive().optional() };

const moveRoute = <const Path extends string, Body extends z.ZodType>(path: Path, zh: string, en: string, body: Body) =>
  route({
    method: 'POST',
    path: `${runs}/{id}/${path}`,
    summary: { zh, en },
    permission: 'billing-run.move',
    params: oneParams,
    body,
    response: billingRunView,
    status: 200,
    needsKey: true,
    errors: ['not_found', ...billingRunRefusals],
    staleShows: 'readBillingRun',
  });

export const billingRunRoutes = {
  listBillingRuns: route({
    method: 'GET',
    path: runs,
    summary: { zh: '出账记录', en: 'Billing runs, the latest first' },
    permission: 'billing-run.read',
    params: communityParams,
    query: z.object({
      limit: z.coerce.number().int().min(1).max(100).default(20),
      cursor: z.string().max(300).optional(),
    }),
    response: z.object({ items: z.array(billingRunView), nextCursor: z.string().nullable() }),
  }),
  createBillingRun: route({
    method: 'POST',
    path: runs,
    summary: { zh: '出账预览：某月、全部或部分收费项目', en: 'Preview a month of charges' },
    permission: 'billing-run.move',
    params: communityParams,
    body: createBillingRunSchema,
    response: billingRunView,
    status: 201,
    needsKey: true,
  }),
  readBillingRun: route({
    method: 'GET',
    path: `${runs}/{id}`,
    summary: { zh: '一次出账：合计、与上期的差异、进度', en: 'One run: totals, differences, progress' },
    permission: 'billing-run.read',
    params: oneParams,
    response: billingRunView,
    errors: ['not_found'],
  }),
  listRunLines: route({
    method: 'GET',
    path: `${runs}/{id}/lines`,
    summary: { zh: '逐户逐项，可只看需要核对的', en: 'Unit by unit; only what is odd, where asked' },
    permission: 'billing-run.read',
    params: oneParams,
    query: z.object({
      odd: z.enum([...oddKinds, 'any']).optional(),
      itemId: z.uuid().optional(),
      q: z.string().trim().max(40).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: z.string().max(300).optional(),
    }),
    response: z.object({ items: z.array(runLineView), nextCursor: z.string().nullable() }),
    errors: ['not_found'],
  }),
  submitBillingRun: moveRoute('submit', '提交批准', 'Submit', z.strictObject(rowVersion)),
  approveBillingRun: moveRoute(
    'approve',
    '批准（不能批准自己提交的）',
    'Approve another’s run',
    z.strictObject(rowVersion),
  ),
  postBillingRun: moveRoute(
    'post',
    '入账：后台分批，重复执行不会重复入账',
    'Post in pieces, once',
    z.strictObject(rowVersion),
  ),
  abandonBillingRun: moveRoute(
    'abandon',
    '放弃',
    'Abandon',
    z.strictObject({ ...rowVersion, reason: z.string().trim().max(300).default('') }),
  ),
} as const;
