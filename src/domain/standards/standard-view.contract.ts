// The service standard on the wire: read only, every figure with its source.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { standardDocumentSchema } from './standard.contract.ts';

export const standardAnswerSchema = z.object({
  id: z.uuid(),
  communityId: z.uuid(),
  version: z.int(),
  state: z.string(),
  inForceOn: z.string(),
  document: standardDocumentSchema,
  /** Figures that came with a release and are taken from the preset until the community decides. */
  addedKeys: z.array(z.string()),
});
export type StandardAnswer = z.infer<typeof standardAnswerSchema>;

const communityParams = z.object({ communityId: z.uuid() });

export const standardRoutes = {
  getStandard: route({
    method: 'GET',
    path: '/communities/{communityId}/standard',
    summary: { zh: '现行服务标准，每个数字带出处', en: 'The standard in force, each figure with its source' },
    permission: 'standard.read',
    params: communityParams,
    response: standardAnswerSchema,
  }),
  listStandards: route({
    method: 'GET',
    path: '/communities/{communityId}/standards',
    summary: { zh: '服务标准的各个版本', en: 'Versions of the standard' },
    permission: 'standard.read',
    params: communityParams,
    response: z.object({
      items: z.array(
        z.object({ id: z.uuid(), version: z.int(), state: z.string(), inForceOn: z.string(), createdAt: z.string() }),
      ),
      nextCursor: z.null(),
    }),
  }),
  getStandardVersion: route({
    method: 'GET',
    path: '/communities/{communityId}/standards/{id}',
    summary: { zh: '服务标准的一个版本', en: 'One version of the standard' },
    permission: 'standard.read',
    params: communityParams.extend({ id: z.uuid() }),
    response: standardAnswerSchema,
  }),
} as const;
