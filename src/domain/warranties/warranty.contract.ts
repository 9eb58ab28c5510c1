// Warranty 维保 on the wire: contractors with their people, terms with the firm that answers from day to day, and the
// verdict on a place, a category and a day (RP7).
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { isDay } from '../../kernel/time.ts';
import { warrantyReasons } from './warranty.rules.ts';

const text = (max: number) => z.string().trim().min(1).max(max);
const day = z.string().refine(isDay, { params: { code: 'not_a_day' } });
const partText = text(40);
const maxPeople = 20;

// ── contractors ─────────────────────────────────────────────────────────────────────────────────────

export const contractorPersonSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  duty: z.string(),
  /** Masked; `reveal` shows it for a while. */
  phone: z.string().nullable(),
  account: z.object({ id: z.uuid(), username: z.string(), disabled: z.boolean() }).nullable(),
});

export const contractorSchema = z.object({
  id: z.uuid(),
  communityId: z.uuid(),
  name: z.string(),
  /** Repair categories. */
  trades: z.array(z.string()),
  activeFrom: z.string(),
  activeUntil: z.string().nullable(),
  isActive: z.boolean(),
  note: z.string(),
  people: z.array(contractorPersonSchema),
  version: z.int(),
});
export type Contractor = z.infer<typeof contractorSchema>;

const personInput = z.strictObject({
  /** Left out: somebody new. Whoever is not in the list any more has left. */
  id: z.uuid().optional(),
  name: text(60),
  duty: z.string().trim().max(40).optional(),
  /** Left out: stays as it is. */
  phone: text(40).nullish(),
  accountId: z.uuid().nullish(),
});
export type ContractorPersonInput = z.infer<typeof personInput>;

const inOrder = (body: { activeFrom?: string | undefined; activeUntil?: string | null | undefined }): boolean =>
  !body.activeFrom || !body.activeUntil || body.activeUntil >= body.activeFrom;
const endBeforeStart = { path: ['activeUntil'], params: { code: 'end_before_start' } };

export const contractorBodySchema = z
  .strictObject({
    name: text(60),
    trades: z.array(text(40)).min(1).max(40),
    activeFrom: day,
    activeUntil: day.nullish(),
    note: z.string().trim().max(500).optional(),
    people: z.array(personInput).max(maxPeople).optional(),
  })
  .refine(inOrder, endBeforeStart);
export type ContractorBody = z.infer<typeof contractorBodySchema>;

export const amendContractorBodySchema = z
  .strictObject({
    version: z.int().positive().optional(),
    name: text(60).optional(),
    trades: z.array(text(40)).min(1).max(40).optional(),
    activeFrom: day.optional(),
    activeUntil: day.nullish(),
    note: z.string().trim().max(500).optional(),
    people: z.array(personInput).max(maxPeople).optional(),
  })
  .refine(inOrder, endBeforeStart);

// ── terms ───────────────────────────────────────────────────────────────────────────────────────────

const firmSchema = z.object({ id: z.uuid(), name: z.string() });

export const warrantyTermSchema = z.object({
  id: z.uuid(),
  communityId: z.uuid(),
  covers: z.enum(['units', 'common']),
  building: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  unit: z.object({ id: z.uuid(), label: z.string() }).nullable(),
  category: z.string(),
  part: z.string().nullable(),
  months: z.int().nullable(),
  untilOn: z.string().nullable(),
  startsOn: z.string().nullable(),
  /** The firm of today first. */
  keepers: z.array(z.object({ contractor: firmSchema, fromOn: z.string().nullable() })),
  version: z.int(),
});
export type WarrantyTerm = z.infer<typeof warrantyTermSchema>;

export const termBodySchema = z
  .strictObject({
    covers: z.enum(['units', 'common']).default('units'),
    buildingId: z.uuid().nullish(),
    unitId: z.uuid().nullish(),
    category: text(40),
    part: partText.nullish(),
    /** One of months and untilOn. */
    months: z.int().min(1).max(600).nullish(),
    untilOn: day.nullish(),
    startsOn: day.nullish(),
    contractorId: z.uuid(),
  })
  .refine((body) => (body.months == null) !== (body.untilOn == null), {
    path: ['months'],
    params: { code: 'months_or_last_day' },
  })
  .refine((body) => body.buildingId == null || body.unitId == null, {
    path: ['unitId'],
    params: { code: 'building_or_unit' },
  })
  .refine((body) => body.covers === 'units' || body.unitId == null, {
    path: ['unitId'],
    params: { code: 'common_has_no_unit' },
  })
  .refine((body) => !body.untilOn || !body.startsOn || body.untilOn >= body.startsOn, {
    path: ['untilOn'],
    params: { code: 'end_before_start' },
  });
export type TermBody = z.infer<typeof termBodySchema>;

/** A verdict of the rules with the names that people read. */
export const warrantySchema = z.object({
  isUnder: z.boolean(),
  reason: z.enum(warrantyReasons),
  termId: z.uuid().nullable(),
  category: z.string(),
  part: z.string().nullable(),
  months: z.int().nullable(),
  countsFrom: z.string().nullable(),
  lastDay: z.string().nullable(),
  contractor: firmSchema.nullable(),
  contractorFrom: z.string().nullable(),
  contractorBefore: firmSchema.nullable(),
  contractorEnded: z.boolean(),
  isPartOpen: z.boolean(),
  /** Parts that the register knows in this category. */
  parts: z.array(z.string()),
  /** Which building a common place was taken for. */
  building: z.string().nullable(),
});
export type Warranty = z.infer<typeof warrantySchema>;

export const warrantyRefusals = ['warranty.no_phone'] as const;

// ── routes ──────────────────────────────────────────────────────────────────────────────────────────

const communityParams = z.object({ communityId: z.uuid() });
const oneParams = communityParams.extend({ id: z.uuid() });
const personParams = oneParams.extend({ personId: z.uuid() });
const contractors = '/communities/{communityId}/contractors';
const terms = '/communities/{communityId}/warranty-terms';
const versionField = { version: z.int().positive().optional() };
const listOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), nextCursor: z.null() });

export const warrantyRoutes = {
  listContractors: route({
    method: 'GET',
    path: contractors,
    summary: { zh: '维保单位及联系人（电话脱敏）', en: 'Contractors with their people, phones masked' },
    permission: 'contractor.read',
    params: communityParams,
    response: listOf(contractorSchema),
  }),
  createContractor: route({
    method: 'POST',
    path: contractors,
    summary: { zh: '登记维保单位', en: 'Enter a contractor' },
    permission: 'contractor.write',
    params: communityParams,
    body: contractorBodySchema,
    response: contractorSchema,
    status: 201,
    needsKey: true,
  }),
  amendContractor: route({
    method: 'POST',
    path: `${contractors}/{id}/amend`,
    summary: { zh: '更改维保单位', en: 'Amend a contractor' },
    permission: 'contractor.write',
    params: oneParams,
    body: amendContractorBodySchema,
    response: contractorSchema,
    status: 200,
    errors: ['not_found'],
  }),
  revealContractorPhone: route({
    method: 'POST',
    path: `${contractors}/{id}/people/{personId}/reveal`,
    summary: { zh: '显示联系人电话（留痕）', en: 'Show a contact’s phone; logged' },
    permission: 'contractor.reveal-phone',
    params: personParams,
    body: z.strictObject({ purpose: text(200) }),
    response: z.object({ value: z.string(), until: z.string() }),
    status: 200,
    errors: ['not_found', 'warranty.no_phone'],
  }),
  listTerms: route({
    method: 'GET',
    path: terms,
    summary: { zh: '保修约定：类别、部位、期限、维保单位', en: 'Warranty terms' },
    permission: 'warranty.read',
    params: communityParams,
    response: listOf(warrantyTermSchema),
  }),
  createTerm: route({
    method: 'POST',
    path: terms,
    summary: { zh: '登记保修约定', en: 'Enter a warranty term' },
    permission: 'warranty.write',
    params: communityParams,
    body: termBodySchema,
    response: warrantyTermSchema,
    status: 201,
    needsKey: true,
  }),
  changeTermContractor: route({
    method: 'POST',
    path: `${terms}/{id}/change-contractor`,
    summary: {
      zh: '自某日起换维保单位，此前的仍由原单位负责',
      en: 'Another contractor from a day on; the earlier one is kept',
    },
    permission: 'warranty.write',
    params: oneParams,
    body: z.strictObject({ ...versionField, contractorId: z.uuid(), fromOn: day }),
    response: warrantyTermSchema,
    status: 200,
    errors: ['not_found'],
  }),
  removeTerm: route({
    method: 'POST',
    path: `${terms}/{id}/remove`,
    summary: { zh: '撤销一条保修约定', en: 'Take a warranty term back' },
    permission: 'warranty.write',
    params: oneParams,
    body: z.strictObject(versionField),
    response: z.object({ id: z.uuid() }),
    status: 200,
    errors: ['not_found'],
  }),
  findWarranty: route({
    method: 'GET',
    path: '/communities/{communityId}/warranty',
    summary: { zh: '这里的这类故障是否在维保期内、归谁', en: 'Is a fault here under warranty, and whose is it' },
    permission: 'warranty.read',
    params: communityParams,
    query: z
      .object({
        unitId: z.uuid().optional(),
        place: text(200).optional(),
        category: text(40),
        part: partText.optional(),
        /** Left out: today. */
        on: day.optional(),
      })
      .refine((asked) => (asked.unitId === undefined) !== (asked.place === undefined), {
        path: ['unitId'],
        params: { code: 'unit_or_place' },
      }),
    response: warrantySchema,
    errors: ['not_found'],
  }),
  listDeliveries: route({
    method: 'GET',
    path: '/communities/{communityId}/building-deliveries',
    summary: { zh: '各楼栋交付日', en: 'Delivery days of the buildings' },
    permission: 'warranty.read',
    params: communityParams,
    response: listOf(
      z.object({
        id: z.uuid(),
        name: z.string(),
        deliveredOn: z.string().nullable(),
        units: z.int(),
        /** Units of this building without a delivery day: nothing can be judged there. */
        unitsWithoutDay: z.int(),
      }),
    ),
  }),
  setDelivery: route({
    method: 'POST',
    path: '/communities/{communityId}/building-deliveries/{id}/amend',
    summary: { zh: '登记楼栋公共部位的交付日', en: 'Set the delivery day of a building’s common areas' },
    permission: 'warranty.write',
    params: oneParams,
    body: z.strictObject({ deliveredOn: day.nullable() }),
    response: z.object({ id: z.uuid(), deliveredOn: z.string().nullable() }),
    status: 200,
    errors: ['not_found'],
  }),
} as const;
