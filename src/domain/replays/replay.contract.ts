// Replay 试算: what the last quarter's promises would have come to under a draft of the standard, kind by kind, opened to rows.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { clockKindSchema } from '../clocks/clock.contract.ts';

/** `none`: under this version there is no such promise. */
export const replayOutcomes = ['on-time', 'late', 'open', 'void', 'none'] as const;
export const replayOutcomeSchema = z.enum(replayOutcomes);
export type ReplayOutcome = (typeof replayOutcomes)[number];

const tallySchema = z.record(replayOutcomeSchema, z.int());
export const replayCountSchema = z.object({
  kind: clockKindSchema,
  was: tallySchema,
  wouldBe: tallySchema,
  changed: z.int(),
});
export type ReplayCount = z.infer<typeof replayCountSchema>;

export const replaySchema = z.object({
  id: z.uuid(),
  standardId: z.uuid(),
  state: z.enum(['running', 'done', 'failed']),
  /** The draft was changed since. */
  isOld: z.boolean(),
  fromOn: z.string(),
  untilOn: z.string(),
  cases: z.int(),
  casesDone: z.int(),
  counts: z.array(replayCountSchema),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
});
export type Replay = z.infer<typeof replaySchema>;

export const replayRowSchema = z.object({
  clockId: z.uuid(),
  caseId: z.uuid(),
  caseCode: z.string(),
  caseKind: z.string(),
  kind: clockKindSchema,
  was: replayOutcomeSchema,
  wouldBe: replayOutcomeSchema,
  wasDueAt: z.string().nullable(),
  wouldBeDueAt: z.string().nullable(),
  wasOverMinutes: z.int(),
  wouldBeOverMinutes: z.int(),
});

const standardParams = z.object({ communityId: z.uuid(), id: z.uuid() });

export const replayRoutes = {
  startReplay: route({
    method: 'POST',
    path: '/communities/{communityId}/standards/{id}/replays',
    summary: { zh: '按这一版试算最近一个季度的时限', en: 'Replay the last quarter under this version' },
    permission: 'standard.edit',
    params: standardParams,
    response: replaySchema,
    status: 201,
    errors: ['replay.running'],
  }),
  getReplay: route({
    method: 'GET',
    path: '/communities/{communityId}/standards/{id}/replay',
    summary: { zh: '最近一次试算：进度与结果', en: 'The latest replay with its progress' },
    permission: 'standard.read',
    params: standardParams,
    response: z.object({ replay: replaySchema.nullable() }),
  }),
  listReplayRows: route({
    method: 'GET',
    path: '/communities/{communityId}/standards/{id}/replay/rows',
    summary: { zh: '试算涉及的每一项时限', en: 'Each clock of the latest replay' },
    permission: 'indicator.read',
    params: standardParams,
    query: z.strictObject({
      kind: clockKindSchema.optional(),
      was: replayOutcomeSchema.optional(),
      wouldBe: replayOutcomeSchema.optional(),
      changed: z
        .enum(['true', 'false'])
        .transform((word) => word === 'true')
        .optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: z.string().max(500).optional(),
    }),
    response: z.object({ items: z.array(replayRowSchema), nextCursor: z.string().nullable() }),
  }),
} as const;
