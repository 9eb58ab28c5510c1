// Collection at the door 上门收费 on the wire (MN5a): the appointment, and the cash that is carried until it is handed in.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { isDay, parseInstant } from '../../kernel/time.ts';

export const collectionStates = ['appointed', 'collected', 'missed', 'cancelled'] as const;
export type CollectionState = (typeof collectionStates)[number];
/** `collect` comes with the payment at the door. */
export const collectionMoves = ['reschedule', 'collect', 'miss', 'cancel'] as const;
export type CollectionMove = (typeof collectionMoves)[number];

const day = z.string().refine(isDay, { params: { code: 'not_a_day' } });
const instant = z
  .string()
  .refine((value) => parseInstant(value) !== null, { params: { code: 'not_an_instant' } })
  .transform((value) => parseInstant(value) as string);
const person = z.object({ id: z.uuid(), name: z.string() });
const text = (max: number) => z.string().trim().min(1).max(max);

export const collectionSchema = z.object({
  id: z.uuid(),
  unitId: z.uuid(),
  unit: z.string(),
  collector: person,
  at: z.string(),
  note: z.string(),
  state: z.enum(collectionStates),
  /** Its hour is over and nothing came of it yet. */
  isLate: z.boolean(),
  /** What the household owes now. */
  balanceFen: z.int(),
  paymentId: z.uuid().nullable(),
  reason: z.string().nullable(),
  madeBy: person,
  version: z.int(),
  moves: z.array(z.enum(['reschedule', 'miss', 'cancel'])),
});
export type Collection = z.infer<typeof collectionSchema>;

export const arrangeSchema = z.strictObject({
  unitId: z.uuid(),
  at: instant,
  /** Left out: the one who arranges it. */
  collectorId: z.uuid().optional(),
  note: z.string().trim().max(200).default(''),
});
export type Arrange = z.output<typeof arrangeSchema>;

/** Cash on its way 在途现金: from the first door to the hand-in. */
export const carriedSchema = z.object({
  id: z.uuid(),
  collector: person,
  cashFen: z.int(),
  payments: z.int(),
  since: z.string(),
  dueAt: z.string(),
  /** Over its promise: not handed in by then, or later. */
  isLate: z.boolean(),
  receivedBy: person.nullable(),
  handedInAt: z.string().nullable(),
  countedFen: z.int().nullable(),
  reason: z.string().nullable(),
  mayReceive: z.boolean(),
});
export type Carried = z.infer<typeof carriedSchema>;

export const handInSchema = z.strictObject({
  countedFen: z.number(),
  /** Why it is not what was taken. */
  reason: z.string().trim().max(200).default(''),
});
export type HandIn = z.infer<typeof handInSchema>;

export const doorstepRefusals = [
  'doorstep.move_not_allowed',
  'doorstep.already_appointed',
  'doorstep.no_appointment',
  'doorstep.own_cash',
  'doorstep.handed_in_already',
] as const;
export const doorstepFaultCodes = ['in_the_past', 'no_doorstep_book', 'not_a_collector', 'cash_differs'] as const;

const communityParams = z.object({ communityId: z.uuid() });
const oneParams = communityParams.extend({ id: z.uuid() });
const version = z.int().positive().optional();
const moved = {
  permission: 'doorstep.write',
  params: oneParams,
  response: collectionSchema,
  errors: ['stale_version', 'doorstep.move_not_allowed'],
  staleShows: 'getCollection',
} as const;

export const doorstepRoutes = {
  listCollections: route({
    method: 'GET',
    path: '/communities/{communityId}/doorstep-collections',
    summary: { zh: '上门收费约定，按时间', en: 'Collections at the door by their appointment' },
    permission: 'payment.read',
    params: communityParams,
    query: z.strictObject({ from: day.optional(), until: day.optional(), unitId: z.uuid().optional() }),
    response: z.object({ from: z.string(), until: z.string(), items: z.array(collectionSchema) }),
  }),
  arrangeCollection: route({
    method: 'POST',
    path: '/communities/{communityId}/doorstep-collections',
    summary: {
      zh: '约定上门收费（收费人要持有上门收据本）',
      en: 'Appoint a collection; the collector holds a book for it',
    },
    permission: 'doorstep.write',
    params: communityParams,
    body: arrangeSchema,
    response: collectionSchema,
    status: 201,
    needsKey: true,
    errors: ['doorstep.already_appointed'],
  }),
  getCollection: route({
    method: 'GET',
    path: '/communities/{communityId}/doorstep-collections/{id}',
    summary: { zh: '一次上门收费', en: 'One collection at the door' },
    permission: 'payment.read',
    params: oneParams,
    response: collectionSchema,
  }),
  rescheduleCollection: route({
    method: 'POST',
    path: '/communities/{communityId}/doorstep-collections/{id}/reschedule',
    summary: { zh: '改约上门收费', en: 'Move the appointment' },
    ...moved,
    body: z.strictObject({ version, at: instant }),
  }),
  missCollection: route({
    method: 'POST',
    path: '/communities/{communityId}/doorstep-collections/{id}/miss',
    summary: { zh: '上门未收到，说明原因', en: 'Nothing was collected, with the reason' },
    ...moved,
    body: z.strictObject({ version, reason: text(200) }),
  }),
  cancelCollection: route({
    method: 'POST',
    path: '/communities/{communityId}/doorstep-collections/{id}/cancel',
    summary: { zh: '取消上门收费', en: 'Cancel the appointment' },
    ...moved,
    body: z.strictObject({ version, reason: text(200) }),
  }),
  listCarried: route({
    method: 'GET',
    path: '/communities/{communityId}/doorstep-cash',
    summary: { zh: '上门收取的现金：在途与已交，超时的标明', en: 'Cash carried from doors: on its way and handed in' },
    permission: 'payment.read',
    params: communityParams,
    response: z.object({ items: z.array(carriedSchema) }),
  }),
  handInCash: route({
    method: 'POST',
    path: '/communities/{communityId}/doorstep-cash/{id}/hand-in',
    summary: { zh: '签收上门收取的现金', en: 'Receive the cash that was carried' },
    permission: 'doorstep.receive',
    params: oneParams,
    body: handInSchema,
    response: carriedSchema,
    needsKey: true,
    errors: ['doorstep.own_cash', 'doorstep.handed_in_already'],
  }),
} as const;
