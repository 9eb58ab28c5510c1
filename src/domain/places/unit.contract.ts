// Unit 房屋 and household 一户一档: search as you type, the household page, and who belongs to which unit.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import {
  daySchema,
  partyFieldsSchema,
  partySchema,
  relationSchema,
  sharePercentSchema,
} from '../parties/party.contract.ts';
import { unitStates, unitUsages } from './import.contract.ts';

export const unitStateSchema = z.enum(unitStates);
export const unitUsageSchema = z.enum(unitUsages);

/** By what a search found it. */
export const matchedBySchema = z.enum([
  'room',
  'name',
  'pinyin',
  'initials',
  'phone',
  'phone-tail',
  'plate',
  'code',
  'text',
]);
export type MatchedBy = z.infer<typeof matchedBySchema>;

const personOfUnitSchema = z.object({ partyId: z.uuid(), name: z.string(), relation: relationSchema });

export const unitItemSchema = z.object({
  id: z.uuid(),
  communityId: z.uuid(),
  /** 3-1-502 */
  label: z.string(),
  building: z.string(),
  entrance: z.string(),
  room: z.string(),
  areaHundredthsM2: z.number().int().nullable(),
  usage: z.string(),
  state: unitStateSchema,
  people: z.array(personOfUnitSchema),
  matchedBy: matchedBySchema.nullable(),
});
export type UnitItem = z.infer<typeof unitItemSchema>;

const residentSchema = z.object({
  relationId: z.uuid(),
  partyId: z.uuid(),
  kind: z.enum(['person', 'company']),
  name: z.string(),
  phone: z.string().nullable(),
  relation: relationSchema,
  sharePercent: z.number().nullable(),
  fromOn: z.string(),
  untilOn: z.string().nullable(),
});

export const caseOfUnitSchema = z.object({
  id: z.uuid(),
  code: z.string(),
  kind: z.string(),
  state: z.string(),
  category: z.string().nullable(),
  level: z.string().nullable(),
  summary: z.string().nullable(),
  receivedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  dueAt: z.iso.datetime().nullable(),
});
export type CaseOfUnit = z.infer<typeof caseOfUnitSchema>;

export const householdSchema = unitItemSchema.omit({ people: true, matchedBy: true }).extend({
  deliveredOn: z.string().nullable(),
  keyCustody: z.boolean(),
  people: z.array(residentSchema),
  /** Relations that ended, the latest first: they stay readable (PP2). */
  history: z.array(residentSchema),
  vehicles: z.array(z.object({ id: z.uuid(), plate: z.string(), partyId: z.uuid().nullable() })),
  warranties: z.array(
    z.object({
      id: z.uuid(),
      category: z.string(),
      /** 部位; null: the whole category. */
      part: z.string().nullable(),
      untilOn: z.string(),
      /** The firm that answers today; null where its contract has ended. */
      contractorId: z.uuid().nullable(),
      contractor: z.string(),
    }),
  ),
  openCases: z.array(caseOfUnitSchema),
  recentCases: z.array(caseOfUnitSchema),
  version: z.number().int(),
});
export type Household = z.infer<typeof householdSchema>;

const limitSchema = z.coerce.number().int().min(1).max(200);
export const searchQuerySchema = z.object({
  q: z.string().trim().min(1).max(60),
  limit: limitSchema.max(50).default(10),
});

export const unitListQuerySchema = z.object({
  q: z.string().trim().max(60).optional(),
  building: z.string().trim().max(40).optional(),
  state: unitStateSchema.optional(),
  limit: limitSchema.default(20),
  cursor: z.string().max(300).optional(),
  count: z.enum(['true', 'false']).optional(),
});

const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.number().int().optional() });

const roomWord = z.string().trim().min(1).max(20);
const unitFactsShape = {
  areaHundredthsM2: z.number().int().positive().max(10_000_000).nullish(),
  usage: unitUsageSchema.optional(),
  state: unitStateSchema.optional(),
  deliveredOn: daySchema.nullish(),
  keyCustody: z.boolean().optional(),
};

const relationFieldsShape = {
  relation: relationSchema,
  sharePercent: sharePercentSchema.nullish(),
  /** Today when left out. */
  fromOn: daySchema.optional(),
  untilOn: daySchema.nullish(),
};

export const partyItemSchema = z.object({
  id: z.uuid(),
  communityId: z.uuid(),
  kind: z.enum(['person', 'company']),
  name: z.string(),
  phone: z.string().nullable(),
  units: z.array(z.object({ unitId: z.uuid(), label: z.string(), relation: relationSchema })),
  matchedBy: matchedBySchema.nullable(),
});
export type PartyItem = z.infer<typeof partyItemSchema>;

const hitShape = { communityId: z.uuid(), matchedBy: matchedBySchema };
export const searchAnswerSchema = z.object({
  households: z.array(unitItemSchema),
  persons: z.array(partyItemSchema),
  cases: z.array(
    z.object({
      id: z.uuid(),
      code: z.string(),
      kind: z.string(),
      state: z.string(),
      unit: z.string().nullable(),
      summary: z.string().nullable(),
      ...hitShape,
    }),
  ),
  /** By number, for whoever may see the money. */
  receipts: z.array(
    z.object({
      id: z.uuid(),
      communityId: z.uuid(),
      code: z.string(),
      state: z.string(),
      unit: z.string().nullable(),
      amountFen: z.int(),
    }),
  ),
  pages: z.array(z.object({ page: z.string(), title: z.string() })),
});
export type SearchAnswer = z.infer<typeof searchAnswerSchema>;
export type CaseHit = SearchAnswer['cases'][number];
export type ReceiptHit = SearchAnswer['receipts'][number];

const units = '/communities/{communityId}/units';
const unit = `${units}/{id}`;

export const unitRoutes = {
  listUnits: route({
    method: 'GET',
    path: units,
    summary: {
      zh: '房屋列表；q 边输入边查：房号、姓名、拼音、首字母、手机号、尾号、车牌',
      en: 'Units; `q` searches as you type: room, name, pinyin, initials, phone, phone tail, plate',
    },
    permission: 'household.read',
    query: unitListQuerySchema,
    response: pageOf(unitItemSchema),
    errors: ['too_many_requests'],
  }),
  findRooms: route({
    method: 'GET',
    path: '/communities/{communityId}/rooms',
    summary: {
      zh: '边输入边查房号；只有房号，没有住户',
      en: 'Rooms as one types; only the room, nothing of who lives there',
    },
    // Whoever may take a report: a technician on duty at night has to find the room, not the people in it.
    permission: 'contact.write',
    query: z.object({ q: z.string().trim().min(1).max(60), limit: z.coerce.number().int().min(1).max(50).default(8) }),
    response: z.object({ items: z.array(z.object({ id: z.uuid(), label: z.string() })) }),
    errors: [],
  }),
  listBuildings: route({
    method: 'GET',
    path: '/communities/{communityId}/buildings',
    summary: { zh: '楼栋', en: 'Buildings' },
    permission: 'household.read',
    response: z.object({
      items: z.array(z.object({ id: z.uuid(), communityId: z.uuid(), name: z.string(), units: z.number().int() })),
      nextCursor: z.null(),
    }),
    errors: [],
  }),
  readHousehold: route({
    method: 'GET',
    path: unit,
    summary: { zh: '一户一档', en: 'The household page' },
    permission: 'household.read',
    response: householdSchema,
    errors: ['not_found', 'forbidden'],
  }),
  createUnit: route({
    method: 'POST',
    path: units,
    summary: { zh: '新建房屋（楼栋没有时一并新建）', en: 'A new unit, with its building where there is none' },
    permission: 'household.write',
    body: z.strictObject({
      building: z.string().trim().min(1).max(40),
      entrance: z.string().trim().max(20).default(''),
      room: roomWord,
      ...unitFactsShape,
    }),
    response: householdSchema,
    status: 201,
    errors: ['unit.exists'],
  }),
  changeUnit: route({
    method: 'PATCH',
    path: unit,
    summary: { zh: '更正房屋资料', en: 'Put a unit right' },
    permission: 'household.write',
    body: z.strictObject({ version: z.number().int().optional(), ...unitFactsShape }),
    response: householdSchema,
    errors: ['not_found', 'stale_version'],
    staleShows: 'readHousehold',
  }),
  addRelation: route({
    method: 'POST',
    path: `${unit}/relations`,
    summary: { zh: '登记住户与房屋的关系', en: 'Somebody belongs to this unit' },
    permission: 'household.write',
    body: z.strictObject({ partyId: z.uuid(), ...relationFieldsShape }),
    response: householdSchema,
    status: 201,
    errors: ['not_found', 'relation.exists', 'relation.share_over_100'],
  }),
  endRelation: route({
    method: 'POST',
    path: `${unit}/relations/{relationId}/end`,
    summary: { zh: '结束住户与房屋的关系，记录保留', en: 'Ends a relation; it stays readable' },
    permission: 'household.write',
    body: z.strictObject({ untilOn: daySchema.optional() }),
    response: householdSchema,
    errors: ['not_found', 'relation.ended'],
  }),
  changeOwner: route({
    method: 'POST',
    path: `${unit}/change-owner`,
    summary: {
      zh: '过户：结束原业主关系，登记新业主',
      en: 'A change of ownership: closes one relation, opens another',
    },
    permission: 'household.write',
    body: z.strictObject({
      version: z.number().int().optional(),
      /** Owners who leave; all of them when left out. */
      fromPartyIds: z.array(z.uuid()).max(20).optional(),
      owners: z
        .array(z.strictObject({ partyId: z.uuid(), sharePercent: sharePercentSchema.nullish() }))
        .min(1)
        .max(20),
      onDay: daySchema.optional(),
    }),
    response: householdSchema,
    staleShows: 'readHousehold',
    errors: ['not_found', 'stale_version', 'relation.exists', 'relation.share_over_100'],
  }),
  addVehicle: route({
    method: 'POST',
    path: `${unit}/vehicles`,
    summary: { zh: '登记车辆', en: 'A vehicle of this unit' },
    permission: 'household.write',
    body: z.strictObject({ plate: z.string().trim().min(1).max(12), partyId: z.uuid().nullish() }),
    response: householdSchema,
    status: 201,
    errors: ['not_found', 'vehicle.elsewhere'],
  }),
  removeVehicle: route({
    method: 'DELETE',
    path: `${unit}/vehicles/{vehicleId}`,
    summary: { zh: '注销车辆', en: 'The vehicle left' },
    permission: 'household.write',
    response: householdSchema,
    errors: ['not_found'],
  }),
  listParties: route({
    method: 'GET',
    path: '/communities/{communityId}/parties',
    summary: { zh: '住户列表；q 边输入边查', en: 'Persons and companies; `q` searches as you type' },
    permission: 'household.read',
    query: unitListQuerySchema.pick({ q: true, limit: true, cursor: true }),
    response: pageOf(partyItemSchema),
    errors: ['too_many_requests'],
  }),
  createParty: route({
    method: 'POST',
    path: '/communities/{communityId}/parties',
    summary: { zh: '新建住户，并登记与房屋的关系', en: 'A new person or company, with the relation to a unit' },
    permission: 'household.write',
    body: partyFieldsSchema.extend({
      unitId: z.uuid().optional(),
      ...relationFieldsShape,
      relation: relationSchema.optional(),
    }),
    response: partySchema,
    status: 201,
    errors: ['relation.share_over_100'],
  }),
  search: route({
    method: 'GET',
    path: '/communities/{communityId}/search',
    summary: { zh: '总搜索：住户、人员、事项、页面', en: 'Search everything: households, persons, cases, pages' },
    permission: 'household.read',
    query: searchQuerySchema,
    response: searchAnswerSchema,
    errors: ['too_many_requests'],
  }),
  searchEverywhere: route({
    method: 'GET',
    path: '/search',
    summary: { zh: '在我的所有小区中搜索', en: 'Search all communities that I may see' },
    permission: 'household.read',
    query: searchQuerySchema,
    response: searchAnswerSchema,
    errors: ['too_many_requests'],
  }),
} as const;
