// Party 住户: a person or company as the interface shows it (masked, PR1), looks at a sealed field, and its changes.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { isDay } from '../../kernel/time.ts';

export const partyKinds = ['person', 'company'] as const;
export const relationSchema = z.enum(['owner', 'lessee', 'family', 'carer', 'contact']);
export type Relation = z.infer<typeof relationSchema>;

export const daySchema = z.string().refine(isDay, { params: { code: 'not_a_day' } });
export const nameSchema = z.string().trim().min(1).max(100);
export const sharePercentSchema = z.number().gt(0).max(100).multipleOf(0.01);

export const relationOfPartySchema = z.object({
  id: z.uuid(),
  unitId: z.uuid(),
  unit: z.string(),
  relation: relationSchema,
  sharePercent: z.number().nullable(),
  fromOn: z.string(),
  untilOn: z.string().nullable(),
});

export const partySchema = z.object({
  id: z.uuid(),
  communityId: z.uuid(),
  kind: z.enum(partyKinds),
  name: z.string(),
  /** 138****1234 */
  phone: z.string().nullable(),
  identity: z.string().nullable(),
  email: z.string().nullable(),
  wantsGreetings: z.boolean(),
  relations: z.array(relationOfPartySchema),
  vehicles: z.array(z.object({ id: z.uuid(), plate: z.string(), unitId: z.uuid() })),
  version: z.number().int(),
});
export type Party = z.infer<typeof partySchema>;

/** What a person or company is made of; the values are checked where they are read (phone.rules). */
export const partyFieldsSchema = z.strictObject({
  kind: z.enum(partyKinds).default('person'),
  name: nameSchema,
  phone: z.string().trim().max(40).nullish(),
  identity: z.string().trim().max(30).nullish(),
  email: z.string().trim().max(120).nullish(),
  wantsGreetings: z.boolean().optional(),
});

/** An absent field stays, null clears it. */
export const partyChangeSchema = z.strictObject({
  version: z.number().int().optional(),
  kind: z.enum(partyKinds).optional(),
  name: nameSchema.optional(),
  phone: z.string().trim().max(40).nullish(),
  identity: z.string().trim().max(30).nullish(),
  email: z.string().trim().max(120).nullish(),
  wantsGreetings: z.boolean().optional(),
});

export const revealFields = ['phone', 'identity', 'email'] as const;
export type RevealField = (typeof revealFields)[number];

export const revealSchema = z.object({ field: z.enum(revealFields), value: z.string(), until: z.iso.datetime() });

const party = '/communities/{communityId}/parties/{id}';

export const partyRoutes = {
  readParty: route({
    method: 'GET',
    path: party,
    summary: { zh: '一位住户（敏感信息已遮盖）', en: 'One person or company, masked' },
    permission: 'household.read',
    response: partySchema,
    errors: ['not_found', 'forbidden'],
  }),
  changeParty: route({
    method: 'PATCH',
    path: party,
    summary: { zh: '更正住户资料', en: 'Put a person or company right' },
    permission: 'household.write',
    body: partyChangeSchema,
    response: partySchema,
    errors: ['not_found', 'stale_version'],
    staleShows: 'readParty',
  }),
  revealPartyField: route({
    method: 'POST',
    path: `${party}/reveal`,
    summary: {
      zh: '查看一项敏感信息：须写明用途，限时，留痕',
      en: 'Look at a sealed field: with a purpose, for a while, logged',
    },
    permission: 'household.read',
    ignoresKey: true,
    body: z.strictObject({ field: z.enum(revealFields), purpose: z.string().trim().min(2).max(200) }),
    response: revealSchema,
    errors: ['not_found', 'forbidden', 'too_many_requests', 'party.field_empty'],
  }),
} as const;
