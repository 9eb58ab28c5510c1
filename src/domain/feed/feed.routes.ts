// The live stream's route. It stays open, so it speaks to Fastify itself; the checks are the gate's.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { admit, type Gate, type SignedIn } from '../access/gate.ts';
import { isOutsider, may, rolesIn } from '../access/permission.rules.ts';
import { feedRoutes } from './feed.contract.ts';
import type { Feed } from './feed.service.ts';

export function registerFeedRoutes(app: FastifyInstance, gate: Gate, feed: Feed): void {
  const contract = feedRoutes.followEvents;
  app.route({
    method: contract.method,
    url: `/api/v1${contract.path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
    exposeHeadRoute: false,
    config: { contract },
    schema: {
      operationId: 'followEvents',
      summary: contract.summary.en,
      description: contract.summary.zh,
      querystring: contract.query,
    },
    onRequest: (request) => admit(gate, contract, request),
    handler: async (request, reply) => {
      const { communityId } = request.params as { communityId: string };
      const { actor } = request.signedIn as SignedIn;
      const stream = await feed.follow({
        communityId,
        accountId: actor.accountId,
        roles: rolesIn(actor, communityId),
        isOutsider: isOutsider(rolesIn(actor, communityId)),
        lastNo: lastNoOf(request),
        isStillAllowed: async () => {
          const signedIn = await gate.authenticate(request, true);
          return signedIn !== null && may(signedIn.actor, 'feed.read', communityId) !== null;
        },
      });
      return reply
        .headers({
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store',
          // The line goes with its stream, so that a server that leaves waits for no idle browser.
          connection: 'close',
          'x-accel-buffering': 'no',
        })
        .send(stream);
    },
  });
  // Open streams would keep the server from closing.
  app.addHook('preClose', () => feed.close());
}

/** The header wins, because browsers set it themselves when they come back. */
function lastNoOf(request: FastifyRequest): number | null | undefined {
  const said = request.headers['last-event-id'] ?? (request.query as { lastEventId?: unknown }).lastEventId;
  if (said === undefined || said === '') return undefined;
  return typeof said === 'string' && /^\d{1,15}$/.test(said) ? Number(said) : null;
}
