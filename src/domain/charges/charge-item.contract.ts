// Charge items 收费项目, their price versions, what is agreed for single units 计费约定, and the general notice, on the wire (MN1).
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { isDay } from '../../kernel/time.ts';
import { unitUsages } from '../places/import.contract.ts';
import { chargeKindSchema, priceRuleSchema, priceVersionSchema } from './charge.contract.ts';

const day = z.string().refine(isDay, { params: { code: 'not_a_day' } });
const text = (max: number) => z.string().trim().min(1).max(max);
const percent = z.int().min(0).max(100);

export const appliesToWays = ['all', 'listed'] as const;

// ── items ───────────────────────────────────────────────────────────────────────────────────────────

const versionView = priceVersionSchema.extend({
  note: z.string(),
  enteredBy: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  enteredAt: z.string(),
  /** Of the days so far and to come: the one that counts today. */
  isInForce: z.boolean(),
  /** Its first day is yet to come and nothing was charged by it: it may be taken back. */
  isRemovable: z.boolean(),
});
export type VersionView = z.infer<typeof versionView>;

export const chargeItemView = z.object({
  id: z.uuid(),
  communityId: z.uuid(),
  code: z.string(),
  name: z.string(),
  kind: chargeKindSchema,
  months: z.array(z.int()),
  usages: z.array(z.enum(unitUsages)),
  appliesTo: z.enum(appliesToWays),
  dueDay: z.int(),
  retiredOn: z.string().nullable(),
  /** Made with the first charge of its kind (a repair, a deposit, a late fee): it has no price here. */
  isMadeByProgram: z.boolean(),
  /** The latest first. */
  versions: z.array(versionView),
  version: z.int(),
});
export type ChargeItemView = z.infer<typeof chargeItemView>;

const itemShape = {
  code: text(20),
  name: text(60),
  kind: chargeKindSchema,
  months: z.array(z.int().min(1).max(12)).max(12).default([]),
  usages: z.array(z.enum(unitUsages)).max(unitUsages.length).default([]),
  appliesTo: z.enum(appliesToWays).default('all'),
  /** Paid by this day of the month it is charged for. */
  dueDay: z.int().min(1).max(28),
};
const versionBody = priceVersionSchema
  .omit({ id: true })
  .extend({ note: z.string().trim().max(300).default('') })
  .strict();
export type VersionBody = z.infer<typeof versionBody>;

export const createItemBody = z.strictObject({ ...itemShape, first: versionBody });
export type CreateItemBody = z.infer<typeof createItemBody>;
export const amendItemBody = z.strictObject({
  version: z.int().positive().optional(),
  name: itemShape.name.optional(),
  months: z.array(z.int().min(1).max(12)).max(12).optional(),
  usages: z.array(z.enum(unitUsages)).max(unitUsages.length).optional(),
  appliesTo: z.enum(appliesToWays).optional(),
  dueDay: itemShape.dueDay.optional(),
  retiredOn: day.nullish(),
});

// ── terms of single units ───────────────────────────────────────────────────────────────────────────

export const termKinds = ['price', 'free', 'vacant', 'applies', 'vehicle', 'late-fee-pause'] as const;
export const termKindSchema = z.enum(termKinds);
export type TermKind = z.infer<typeof termKindSchema>;

export const chargeTermView = z.object({
  id: z.uuid(),
  communityId: z.uuid(),
  kind: termKindSchema,
  unit: z.object({ id: z.uuid(), label: z.string() }),
  item: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  from: z.string(),
  until: z.string().nullable(),
  rule: priceRuleSchema.nullable(),
  percent: z.int().nullable(),
  classCode: z.string().nullable(),
  plate: z.string().nullable(),
  reason: z.string(),
  version: z.int(),
});
export type ChargeTermView = z.infer<typeof chargeTermView>;

export const termBody = z
  .strictObject({
    kind: termKindSchema,
    unitId: z.uuid(),
    itemId: z.uuid().nullish(),
    from: day,
    until: day.nullish(),
    rule: priceRuleSchema.nullish(),
    percent: percent.nullish(),
    classCode: text(20).nullish(),
    vehicleId: z.uuid().nullish(),
    reason: z.string().trim().max(200).default(''),
  })
  .refine((body) => !body.until || body.until >= body.from, { path: ['until'], params: { code: 'period_reversed' } })
  .refine((body) => !['price', 'applies'].includes(body.kind) || body.itemId, {
    path: ['itemId'],
    params: { code: 'required' },
  })
  .refine((body) => body.kind !== 'price' || body.rule || body.percent != null, {
    path: ['percent'],
    params: { code: 'required' },
  })
  .refine((body) => body.kind !== 'free' || body.percent != null, { path: ['percent'], params: { code: 'required' } })
  .refine((body) => body.kind !== 'vehicle' || body.classCode, { path: ['classCode'], params: { code: 'required' } })
  .refine((body) => !['price', 'free', 'late-fee-pause'].includes(body.kind) || body.reason !== '', {
    path: ['reason'],
    params: { code: 'required' },
  });
export type TermBody = z.infer<typeof termBody>;

// ── settings ────────────────────────────────────────────────────────────────────────────────────────

export const chargingSettingsView = z.object({
  developer: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  noticeText: z.string(),
  /** From this day on what is owed can be late; null: no late fees. */
  lateFeesFrom: z.string().nullable(),
  /** The standard's rule of now, in words. */
  lateFeeRule: z.string(),
  version: z.int(),
});
export type ChargingSettings = z.infer<typeof chargingSettingsView>;

export const chargeItemRefusals = ['charge-item.version_in_use'] as const;

// ── routes ──────────────────────────────────────────────────────────────────────────────────────────

const communityParams = z.object({ communityId: z.uuid() });
const oneParams = communityParams.extend({ id: z.uuid() });
const versionParams = oneParams.extend({ versionId: z.uuid() });
const items = '/communities/{communityId}/charge-items';
const terms = '/communities/{communityId}/charge-terms';
const settings = '/communities/{communityId}/charging-settings';
const rowVersion = { version: z.int().positive().optional() };

export const chargeItemRoutes = {
  listChargeItems: route({
    method: 'GET',
    path: items,
    summary: { zh: '收费项目及价格版本', en: 'Charge items with their price versions' },
    permission: 'charge-item.read',
    params: communityParams,
    response: z.object({ items: z.array(chargeItemView), nextCursor: z.null() }),
  }),
  createChargeItem: route({
    method: 'POST',
    path: items,
    summary: { zh: '新增收费项目（含第一个价格版本）', en: 'A charge item with its first price' },
    permission: 'charge-item.edit',
    params: communityParams,
    body: createItemBody,
    response: chargeItemView,
    status: 201,
    needsKey: true,
  }),
  amendChargeItem: route({
    method: 'POST',
    path: `${items}/{id}/amend`,
    summary: { zh: '更改收费项目（价格除外）', en: 'Amend a charge item, its prices excepted' },
    permission: 'charge-item.edit',
    params: oneParams,
    body: amendItemBody,
    response: chargeItemView,
    status: 200,
    errors: ['not_found'],
  }),
  addPriceVersion: route({
    method: 'POST',
    path: `${items}/{id}/versions`,
    summary: { zh: '自某日起的新价格', en: 'A new price from a day on' },
    permission: 'charge-item.edit',
    params: oneParams,
    body: versionBody,
    response: chargeItemView,
    status: 201,
    needsKey: true,
    errors: ['not_found'],
  }),
  removePriceVersion: route({
    method: 'POST',
    path: `${items}/{id}/versions/{versionId}/remove`,
    summary: { zh: '撤回尚未执行的价格', en: 'Take back a price that has not begun' },
    permission: 'charge-item.edit',
    params: versionParams,
    body: z.strictObject({}),
    response: chargeItemView,
    status: 200,
    errors: ['not_found', 'charge-item.version_in_use'],
  }),
  listChargeTerms: route({
    method: 'GET',
    path: terms,
    summary: { zh: '各户计费约定', en: 'What is agreed for single units' },
    permission: 'charge-item.read',
    params: communityParams,
    query: z.object({ unitId: z.uuid().optional(), itemId: z.uuid().optional(), kind: termKindSchema.optional() }),
    response: z.object({ items: z.array(chargeTermView), nextCursor: z.null() }),
  }),
  createChargeTerm: route({
    method: 'POST',
    path: terms,
    summary: { zh: '登记某户的计费约定', en: 'Agree something for a unit' },
    permission: 'charge-item.edit',
    params: communityParams,
    body: termBody,
    response: chargeTermView,
    status: 201,
    needsKey: true,
  }),
  endChargeTerm: route({
    method: 'POST',
    path: `${terms}/{id}/end`,
    summary: { zh: '约定到某日为止', en: 'A term ends with a day' },
    permission: 'charge-item.edit',
    params: oneParams,
    body: z.strictObject({ ...rowVersion, until: day }),
    response: chargeTermView,
    status: 200,
    errors: ['not_found'],
  }),
  removeChargeTerm: route({
    method: 'POST',
    path: `${terms}/{id}/remove`,
    summary: { zh: '撤销登记错的约定', en: 'Take back a term entered wrongly' },
    permission: 'charge-item.edit',
    params: oneParams,
    body: z.strictObject(rowVersion),
    response: z.object({ id: z.uuid() }),
    status: 200,
    errors: ['not_found'],
  }),
  readChargingSettings: route({
    method: 'GET',
    path: settings,
    summary: { zh: '计费设置：开发商、缴费须知', en: 'Developer and general notice' },
    permission: 'charge-item.read',
    params: communityParams,
    response: chargingSettingsView,
  }),
  amendChargingSettings: route({
    method: 'POST',
    path: `${settings}/amend`,
    summary: { zh: '更改计费设置', en: 'Amend developer and general notice' },
    permission: 'charge-item.edit',
    params: communityParams,
    body: z.strictObject({
      ...rowVersion,
      developerId: z.uuid().nullish(),
      noticeText: z.string().trim().max(2000).optional(),
      lateFeesFrom: day.nullish(),
    }),
    response: chargingSettingsView,
    status: 200,
  }),
} as const;
