// The service standard on the wire: every figure with its source; a draft with what may be set, what it changes and its moves.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { isDay } from '../../kernel/time.ts';
import { standardDocumentSchema } from './standard.contract.ts';
import {
  changeSchema,
  editableSchema,
  standardStates,
  type WriterMove,
  writerMoves,
} from './standard-edit.contract.ts';

export const standardAnswerSchema = z.object({
  id: z.uuid(),
  communityId: z.uuid(),
  version: z.int(),
  state: z.enum(standardStates),
  inForceOn: z.string(),
  document: standardDocumentSchema,
  /** Figures that came with a release and are taken from the preset until the community decides. */
  addedKeys: z.array(z.string()),
  /** Raised by each change of a draft; goes back as `revision` or If-Match. */
  revision: z.int(),
  basedOnId: z.uuid().nullable(),
  note: z.string(),
  /** Why it was given back. */
  remark: z.string(),
  createdBy: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** Against the version it is based on. */
  changes: z.array(changeSchema),
  /** What the asker may set in it. */
  editable: z.array(editableSchema),
  moves: z.array(z.object({ name: z.enum(writerMoves), allowed: z.boolean(), reason: z.string().optional() })),
});
export type StandardAnswer = z.infer<typeof standardAnswerSchema>;

const communityParams = z.object({ communityId: z.uuid() });
const day = z.string().refine(isDay, { params: { code: 'not_a_day' } });
const note = z.string().trim().max(500);
/** `version` is the number people quote, which never changes; the state of a draft is its `revision`. */
const revisionFields = { revision: z.int().positive().optional(), version: z.int().positive().optional() };

const draftRoute = <const Name extends WriterMove, Body extends z.ZodType>(
  name: Name,
  zh: string,
  en: string,
  body: Body,
) =>
  route({
    method: 'POST',
    path: `/communities/{communityId}/standards/{id}/${name}`,
    summary: { zh, en },
    permission: 'standard.edit',
    params: communityParams.extend({ id: z.uuid() }),
    body,
    response: standardAnswerSchema,
    errors: [
      'stale_version',
      'standard.move_not_allowed',
      'standard.nothing_changed',
      'approval.nobody_to_decide',
      'approval.already_pending',
    ],
    staleShows: 'getStandardVersion',
  });

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
        z.object({
          id: z.uuid(),
          version: z.int(),
          state: z.enum(standardStates),
          inForceOn: z.string(),
          createdAt: z.string(),
          note: z.string(),
        }),
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
  createStandard: route({
    method: 'POST',
    path: '/communities/{communityId}/standards',
    summary: { zh: '按现行标准起草新版', en: 'Draft the next version from the one in force' },
    permission: 'standard.edit',
    params: communityParams,
    body: z.strictObject({ note: note.default('') }).optional(),
    response: standardAnswerSchema,
    status: 201,
    errors: ['standard.open_version'],
  }),
  amendStandard: draftRoute(
    'amend',
    '修改草稿：逐项设定数值',
    'Set figures of a draft',
    z.strictObject({
      ...revisionFields,
      changes: z
        .array(z.strictObject({ path: z.string().max(200), value: z.unknown() }))
        .max(1000)
        .default([]),
      note: note.optional(),
      inForceOn: day.optional(),
    }),
  ),
  submitStandard: draftRoute(
    'submit',
    '提交审批，拟自某日起执行',
    'Submit, to be in force from a day',
    z.strictObject({ ...revisionFields, inForceOn: day.optional() }),
  ),
  withdrawStandard: draftRoute('withdraw', '撤回修改', 'Withdraw', z.strictObject(revisionFields)),
  dropStandard: draftRoute('drop', '放弃草稿', 'Drop the draft', z.strictObject(revisionFields)),
} as const;
