// Where an old matter 旧事项 came from, as it was called there, on the wire.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { caseSourceSchema } from '../cases/case.contract.ts';

export const originSchema = z.object({
  source: caseSourceSchema,
  /** Its number there; null where it had none, or this reader may not see it. */
  number: z.string().nullable(),
  kind: z.string().nullable(),
  channel: z.string().nullable(),
  anonymous: z.boolean().nullable(),
  /** How often it was handed over before somebody dealt with it. */
  transfers: z.int().nullable(),
});
export type CaseOrigin = z.infer<typeof originSchema>;

export const originRoutes = {
  readOrigin: route({
    method: 'GET',
    path: '/communities/{communityId}/cases/{id}/origin',
    summary: { zh: '旧事项的来源；不是导入的为空', en: 'Where an old case came from; null for one recorded here' },
    permission: 'case.read',
    params: z.object({ communityId: z.uuid(), id: z.uuid() }),
    response: z.object({ origin: originSchema.nullable() }),
    errors: ['not_found'],
  }),
} as const;
