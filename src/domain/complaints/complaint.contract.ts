// Complaint 投诉, in the plain form that a follow-up needs: recorded → resolved → closed. Levels, sending to departments,
// waiting and telling come with their own moves.
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { caseAnswerSchema, caseKindSchema, textInput } from '../cases/case.contract.ts';

export const complaintStates = ['recorded', 'resolved', 'closed'] as const;
export const complaintStateSchema = z.enum(complaintStates);
export type ComplaintState = (typeof complaintStates)[number];
export const complaintMoves = ['resolve', 'close'] as const;
export type ComplaintMove = (typeof complaintMoves)[number];
/** Where it came from. */
export const complaintSources = ['follow-up'] as const;
export type ComplaintSource = (typeof complaintSources)[number];

export const complaintRefusals = ['complaint.move_not_allowed'] as const;

const moveBase = { version: z.int().positive().optional() };
export const complaintMoveBodies = {
  /** What was done. */
  resolve: z.strictObject({ ...moveBase, text: textInput(5000) }),
  close: z.strictObject({ ...moveBase }),
} as const satisfies Record<ComplaintMove, z.ZodType>;

export const complaintAnswerSchema = caseAnswerSchema.extend({
  kind: z.literal('complaint'),
  state: complaintStateSchema,
  description: z.string(),
  /** Masked: `138****1234` (PR1). */
  contact: z.object({ name: z.string().nullable(), phone: z.string().nullable() }),
  source: z.enum(complaintSources),
  /** The case that it is about. */
  about: z.object({ id: z.uuid(), code: z.string(), kind: caseKindSchema }).nullable(),
  resolution: z.string().nullable(),
});
export type ComplaintAnswer = z.infer<typeof complaintAnswerSchema>;

const complaintParams = z.object({ communityId: z.uuid(), id: z.uuid() });

const moveRoute = <const Name extends ComplaintMove>(name: Name, zh: string, en: string) =>
  route({
    method: 'POST',
    path: `/communities/{communityId}/complaints/{id}/${name}`,
    summary: { zh, en },
    permission: 'complaint.judge',
    params: complaintParams,
    body: complaintMoveBodies[name],
    response: complaintAnswerSchema,
    errors: complaintRefusals,
  });

export const complaintRoutes = {
  getComplaint: route({
    method: 'GET',
    path: '/communities/{communityId}/complaints/{id}',
    summary: { zh: '一件投诉：经过与可用操作', en: 'A complaint with its time line and moves' },
    permission: 'case.read',
    params: complaintParams,
    response: complaintAnswerSchema,
  }),
  resolveComplaint: moveRoute('resolve', '已处理', 'Say what was done'),
  closeComplaint: moveRoute('close', '归档', 'Close'),
} as const;
