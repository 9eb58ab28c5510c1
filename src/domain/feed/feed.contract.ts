// Feed 动态: what changed, as browsers follow it live: kinds of change and ids, never a personal value (spec/12 Feed).
import { z } from 'zod';
import { route } from '../../kernel/route.ts';

/** One change; `no` counts without gaps within a community and is the id of the server-sent event. */
export const feedEventSchema = z.object({
  no: z.int(),
  action: z.string(),
  noun: z.string(),
  nounId: z.uuid().nullable(),
  caseId: z.uuid().optional(),
});
export type FeedEvent = z.infer<typeof feedEventSchema>;

/**
 * Named events beside the changes: `hello` tells the present head to who comes without a number; `reset` says that
 * the gap is too wide or the number unknown, so that whatever is shown has to be asked for anew. Both carry `{no}`.
 */
export const feedRoutes = {
  followEvents: route({
    method: 'GET',
    path: '/communities/{communityId}/events',
    summary: {
      zh: '实时动态（Server-Sent Events）',
      en: 'Live changes as server-sent events, resumed by Last-Event-ID',
    },
    permission: 'feed.read',
    query: z.object({ lastEventId: z.string().max(40).optional() }),
    response: z.string(),
  }),
};
