// Improvement 改进措施 on the wire: what is to be made better after a visit or a survey, whose it is, by when, and
// whether it was done (FU7, FU8).
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { isDay } from '../../kernel/time.ts';

const text = (max: number) => z.string().trim().min(1).max(max);
const day = z.string().refine(isDay, { params: { code: 'not_a_day' } });

export const improvementNouns = ['visit', 'survey'] as const;
export type ImprovementNoun = (typeof improvementNouns)[number];
export const improvementStates = ['open', 'done', 'confirmed', 'dropped'] as const;
export type ImprovementState = (typeof improvementStates)[number];
export const improvementMoves = ['complete', 'confirm', 'return', 'drop'] as const;
export type ImprovementMove = (typeof improvementMoves)[number];

const person = z.object({ id: z.uuid(), name: z.string() });

export const improvementSchema = z.object({
  id: z.uuid(),
  communityId: z.uuid(),
  noun: z.enum(improvementNouns),
  nounId: z.uuid(),
  text: z.string(),
  owner: person,
  dueOn: z.string(),
  isOverdue: z.boolean(),
  state: z.enum(improvementStates),
  madeBy: person,
  madeAt: z.string(),
  done: z.object({ by: person, at: z.string(), result: z.string() }).nullable(),
  settled: z.object({ by: person, at: z.string() }).nullable(),
  remark: z.string().nullable(),
  moves: z.array(z.object({ name: z.enum(improvementMoves), allowed: z.boolean(), reason: z.string().optional() })),
  version: z.int(),
});
export type Improvement = z.infer<typeof improvementSchema>;

/** One given with the record of a visit, or added to a survey. */
export const improvementBodySchema = z.strictObject({ text: text(1000), ownerId: z.uuid(), dueOn: day });
export type ImprovementBody = z.infer<typeof improvementBodySchema>;

export const improvementRefusals = ['improvement.move_not_allowed', 'improvement.not_yours'] as const;

const communityParams = z.object({ communityId: z.uuid() });
const oneParams = communityParams.extend({ id: z.uuid() });
const improvements = '/communities/{communityId}/improvements';
const version = z.int().positive().optional();

const moved = {
  permission: 'improvement.move',
  params: oneParams,
  response: improvementSchema,
  status: 200,
  errors: ['not_found', 'stale_version', ...improvementRefusals],
  staleShows: 'readImprovement',
} as const;

export const improvementRoutes = {
  listImprovements: route({
    method: 'GET',
    path: improvements,
    summary: { zh: '改进措施，按完成日排列', en: 'Improvements by due day' },
    permission: 'improvement.read',
    params: communityParams,
    query: z.strictObject({
      state: z.enum(improvementStates).optional(),
      /** `me`, or an account. */
      owner: z.union([z.literal('me'), z.uuid()]).optional(),
      noun: z.enum(improvementNouns).optional(),
      nounId: z.uuid().optional(),
      overdue: z.enum(['true', 'false']).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: z.string().max(500).optional(),
    }),
    response: z.object({ items: z.array(improvementSchema), nextCursor: z.string().nullable() }),
  }),
  readImprovement: route({
    method: 'GET',
    path: `${improvements}/{id}`,
    summary: { zh: '一项改进措施', en: 'One improvement' },
    permission: 'improvement.read',
    params: oneParams,
    response: improvementSchema,
    errors: ['not_found'],
  }),
  completeImprovement: route({
    ...moved,
    method: 'POST',
    path: `${improvements}/{id}/complete`,
    summary: { zh: '报告已完成', en: 'Report it done' },
    body: z.strictObject({ version, result: text(1000) }),
  }),
  confirmImprovement: route({
    ...moved,
    method: 'POST',
    path: `${improvements}/{id}/confirm`,
    summary: { zh: '核实确已完成', en: 'Confirm that it was done' },
    body: z.strictObject({ version }),
  }),
  returnImprovement: route({
    ...moved,
    method: 'POST',
    path: `${improvements}/{id}/return`,
    summary: { zh: '没有做到，退回并重定完成日', en: 'Not done: send it back with a new due day' },
    body: z.strictObject({ version, remark: text(1000), dueOn: day.optional() }),
  }),
  dropImprovement: route({
    ...moved,
    method: 'POST',
    path: `${improvements}/{id}/drop`,
    summary: { zh: '不再需要，注明原因', en: 'Drop it, with the reason' },
    body: z.strictObject({ version, remark: text(1000) }),
  }),
} as const;
