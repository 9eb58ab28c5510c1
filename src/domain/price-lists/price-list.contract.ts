// Price list 维修项目收费标准 (RP5): its items, versions and moves on the wire. Published: everybody of the community may
// read the list in force; the head of engineering writes the next one, the general manager approves it.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { isDay } from '../../kernel/time.ts';

const text = (max: number) => z.string().trim().min(1).max(max);
const day = z.string().refine(isDay, { params: { code: 'not_a_day' } });

export const priceItemSchema = z.strictObject({
  /** Stays with the item through all versions: a quote of last year still names what it was for. */
  id: z.uuid(),
  code: text(20),
  name: text(100),
  /** A repair category of the service standard. */
  category: text(40),
  isPaid: z.boolean(),
  /** What one of it is: 次, 米, 个. */
  unit: text(10),
  unitPriceFen: z.int().min(0).max(100_000_000),
  /** What the price holds: labour only, parts at cost … */
  materials: z.string().trim().max(300).default(''),
});
export type PriceItem = z.infer<typeof priceItemSchema>;

const priceItemsSchema = z.array(priceItemSchema).max(2000);

export const priceListStates = ['draft', 'submitted', 'approved', 'dropped'] as const;
export type PriceListState = (typeof priceListStates)[number];
/** What an approved version is on a day, besides the states that are kept. */
export const priceListPhases = ['draft', 'submitted', 'waiting', 'in-force', 'replaced', 'dropped'] as const;
export type PriceListPhase = (typeof priceListPhases)[number];

export const priceListMoves = ['amend', 'submit', 'withdraw', 'approve', 'return', 'drop'] as const;
export type PriceListMove = (typeof priceListMoves)[number];

export const priceListRefusals = [
  'price-list.move_not_allowed',
  'price-list.open_version',
  'price-list.own_request',
  'price-list.nothing_changed',
] as const;

const personSchema = z.object({ id: z.uuid(), name: z.string() });

export const priceListSchema = z.object({
  id: z.uuid(),
  communityId: z.uuid(),
  number: z.int(),
  phase: z.enum(priceListPhases),
  inForceOn: z.string().nullable(),
  note: z.string(),
  /** Why it was returned. */
  remark: z.string(),
  createdBy: personSchema.nullable(),
  createdAt: z.string(),
  submittedAt: z.string().nullable(),
  decidedBy: personSchema.nullable(),
  decidedAt: z.string().nullable(),
  version: z.int(),
  items: z.array(priceItemSchema),
  /** Against the list in force when it is read: what would change. */
  changes: z.array(
    z.object({
      id: z.uuid(),
      kind: z.enum(['added', 'removed', 'changed']),
      code: z.string(),
      name: z.string(),
      wasFen: z.int().nullable(),
      isFen: z.int().nullable(),
    }),
  ),
  moves: z.array(z.object({ name: z.enum(priceListMoves), allowed: z.boolean(), reason: z.string().optional() })),
});
export type PriceList = z.infer<typeof priceListSchema>;

const communityParams = z.object({ communityId: z.uuid() });
const listParams = communityParams.extend({ id: z.uuid() });
const versionField = { version: z.int().positive().optional() };

export const priceListBodySchema = z.strictObject({
  items: priceItemsSchema,
  note: z.string().trim().max(500).default(''),
});
export const amendPriceListSchema = priceListBodySchema.extend(versionField);

const moveRoute = <const Name extends string, Body extends z.ZodType>(
  name: Name,
  zh: string,
  en: string,
  permission: 'price-list.edit' | 'price-list.approve',
  body: Body,
) =>
  route({
    method: 'POST',
    path: `/communities/{communityId}/price-lists/{id}/${name}`,
    summary: { zh, en },
    permission,
    params: listParams,
    body,
    response: priceListSchema,
    errors: ['stale_version', 'price-list.move_not_allowed', 'price-list.own_request', 'price-list.nothing_changed'],
    staleShows: 'getPriceListVersion',
  });

export const priceListRoutes = {
  getPriceList: route({
    method: 'GET',
    path: '/communities/{communityId}/price-list',
    summary: { zh: '现行维修项目收费标准（公示）', en: 'The price list in force, as published' },
    permission: 'price-list.read',
    params: communityParams,
    query: z.object({ on: day.optional() }),
    response: z.object({
      id: z.uuid().nullable(),
      number: z.int().nullable(),
      inForceOn: z.string().nullable(),
      items: z.array(priceItemSchema),
    }),
  }),
  listPriceLists: route({
    method: 'GET',
    path: '/communities/{communityId}/price-lists',
    summary: { zh: '收费标准的各个版本', en: 'Versions of the price list' },
    permission: 'price-list.versions',
    params: communityParams,
    response: z.object({
      items: z.array(priceListSchema.omit({ items: true, changes: true, moves: true })),
      nextCursor: z.null(),
    }),
  }),
  getPriceListVersion: route({
    method: 'GET',
    path: '/communities/{communityId}/price-lists/{id}',
    summary: { zh: '收费标准的一个版本：与现行对照、可用操作', en: 'One version, compared with the list in force' },
    permission: 'price-list.versions',
    params: listParams,
    response: priceListSchema,
  }),
  createPriceList: route({
    method: 'POST',
    path: '/communities/{communityId}/price-lists',
    summary: { zh: '起草新的收费标准', en: 'Draft the next price list' },
    permission: 'price-list.edit',
    params: communityParams,
    body: priceListBodySchema,
    response: priceListSchema,
    status: 201,
    needsKey: true,
    errors: ['price-list.open_version'],
  }),
  amendPriceList: moveRoute('amend', '修改草稿', 'Amend the draft', 'price-list.edit', amendPriceListSchema),
  submitPriceList: moveRoute('submit', '提交审批', 'Submit', 'price-list.edit', z.strictObject(versionField)),
  withdrawPriceList: moveRoute('withdraw', '撤回', 'Withdraw', 'price-list.edit', z.strictObject(versionField)),
  dropPriceList: moveRoute('drop', '放弃草稿', 'Drop the draft', 'price-list.edit', z.strictObject(versionField)),
  approvePriceList: moveRoute(
    'approve',
    '批准，自某日起执行',
    'Approve, in force from a day',
    'price-list.approve',
    z.strictObject({ ...versionField, inForceOn: day }),
  ),
  returnPriceList: moveRoute(
    'return',
    '退回修改',
    'Return with a remark',
    'price-list.approve',
    z.strictObject({ ...versionField, remark: text(500) }),
  ),
} as const;
