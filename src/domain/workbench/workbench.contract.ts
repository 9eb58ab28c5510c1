// Workbench 工作台 and wall board 大屏: what a clerk looks at first, and what the duty room may see (no personal data, PR4).
import { z } from 'zod';
import { route } from '../../kernel/route.ts';
import { boardRowSchema, caseKindSchema, clockAnswerSchema } from '../cases/case.contract.ts';

const communityParams = z.object({ communityId: z.uuid() });

export const deskSchema = z.object({
  /** The promise that runs out next, of all open cases in my reach. */
  next: clockAnswerSchema.extend({ case: boardRowSchema }).nullable(),
  /** My cases: I am responsible or took them. */
  mine: z.array(boardRowSchema),
  /** Received before today and not ended: seen first in the morning (FD5). */
  yesterday: z.object({ total: z.int(), items: z.array(boardRowSchema) }),
  counts: z.object({ open: z.int(), overdue: z.int(), mine: z.int(), unassigned: z.int(), receivedToday: z.int() }),
});
export type Desk = z.infer<typeof deskSchema>;

export const wallSchema = z.object({
  communityName: z.string(),
  now: z.string(),
  counts: z.array(z.object({ kind: caseKindSchema, state: z.string(), cases: z.int() })),
  open: z.int(),
  overdue: z.int(),
  receivedToday: z.int(),
  endedToday: z.int(),
  /** By number and building only: neither name, room, phone nor what was said. */
  next: z.array(
    z.object({
      code: z.string(),
      kind: caseKindSchema,
      state: z.string(),
      level: z.string().nullable(),
      category: z.string().nullable(),
      building: z.string().nullable(),
      clockKind: z.string().nullable(),
      dueAt: z.string().nullable(),
    }),
  ),
});
export type Wall = z.infer<typeof wallSchema>;

export const workbenchRoutes = {
  getDesk: route({
    method: 'GET',
    path: '/communities/{communityId}/desk',
    summary: { zh: '工作台：现在先做什么', en: 'What to do now' },
    permission: 'case.read',
    params: communityParams,
    response: deskSchema,
  }),
  getWall: route({
    method: 'GET',
    path: '/communities/{communityId}/wall',
    summary: { zh: '值班大屏，不含个人信息', en: 'The wall board, without personal data' },
    permission: 'wall.read',
    params: communityParams,
    response: wallSchema,
  }),
} as const;
