// Routes of the session. They set and clear a cookie, so they speak to Fastify themselves; checks are the gate's.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { BadInput, Refusal } from '../../kernel/refusal.ts';
import type { House } from '../../platform/house.ts';
import { faultsOf } from '../../platform/http/problem.ts';
import { checkOwed, type Gate, type SignedIn } from './gate.ts';
import { beginSecondFactor, confirmSecondFactor } from './second-factor.service.ts';
import { sessionRoutes } from './session.contract.ts';
import {
  changePassword,
  cookieName,
  openSession,
  readMe,
  type SignInResult,
  signIn,
  signOut,
  signOutEverywhere,
} from './session.service.ts';
import { setUp } from './setup.service.ts';

type Options = { secure: boolean };

const fromOf = (request: FastifyRequest) => ({ ip: request.ip, device: String(request.headers['user-agent'] ?? '') });

export function registerSessionRoutes(app: FastifyInstance, house: House, gate: Gate, options: Options): void {
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax' as const, secure: options.secure };
  const give = (reply: FastifyReply, result: SignInResult) =>
    reply.setCookie(cookieName(options), result.token, cookie);
  const shown = ({ user, csrfToken }: SignInResult) => ({ user, csrfToken });
  const tokenOf = (request: FastifyRequest) => request.cookies[cookieName(options)] ?? '';

  /** The common way of a route here: parse, do, answer. */
  const add = <Name extends keyof typeof sessionRoutes>(
    name: Name,
    answer: (request: FastifyRequest, body: never, reply: FastifyReply) => Promise<unknown>,
  ) => {
    const contract = sessionRoutes[name];
    app.route({
      method: contract.method,
      url: `/api/v1${contract.path}`,
      config: { contract },
      schema: {
        operationId: name,
        summary: contract.summary.en,
        description: contract.summary.zh,
        ...('body' in contract ? { body: contract.body } : {}),
      },
      onRequest: async (request) => {
        if ('public' in contract) return;
        const signedIn = await gate.authenticate(request);
        if (!signedIn) throw new Refusal('unauthenticated', {}, 401);
        if (contract.method !== 'GET' && signedIn.csrf !== null && request.headers['x-csrf-token'] !== signedIn.csrf)
          throw new Refusal('forbidden', { reason: 'csrf' }, 403);
        checkOwed(signedIn, contract.path);
        request.signedIn = signedIn;
      },
      handler: async (request, reply) => {
        const parsed =
          'body' in contract
            ? contract.body.safeParse(request.body ?? {})
            : { success: true as const, data: undefined };
        if (!parsed.success) throw new BadInput(faultsOf(parsed.error));
        const result = await answer(request, parsed.data as never, reply);
        const status = 'status' in contract ? contract.status : 200;
        return status === 204 ? reply.code(204).send() : reply.code(status).send(result);
      },
    });
  };

  add('signIn', async (request, body, reply) => {
    const result = await signIn(house, body, fromOf(request));
    give(reply, result);
    return shown(result);
  });
  add('signOut', async (request, _body, reply) => {
    await signOut(house, tokenOf(request));
    reply.clearCookie(cookieName(options), cookie);
  });
  add('signOutEverywhere', async (request, _body, reply) => {
    await signOutEverywhere(house, (request.signedIn as SignedIn).actor.accountId);
    reply.clearCookie(cookieName(options), cookie);
  });
  add('me', (request) => readMe(house, request, options));
  add('setup', async (request, body, reply) => {
    const account = await setUp(house, body);
    const result = await openSession(house, account, fromOf(request));
    give(reply, result);
    return shown(result);
  });
  add('beginSecondFactor', (request) => beginSecondFactor(house, (request.signedIn as SignedIn).actor.accountId));
  add('confirmSecondFactor', async (request, body: { code: string }, reply) => {
    const { actor } = request.signedIn as SignedIn;
    const answer = await confirmSecondFactor(house, actor.accountId, body.code);
    // More is open from here on: the token from before must not be the one that opens it (ASVS 7.2.4).
    await signOut(house, tokenOf(request));
    give(reply, await openSession(house, { id: actor.accountId, ...actor }, fromOf(request)));
    return answer;
  });
  add('changePassword', async (request, body, reply) => {
    const { accountId } = (request.signedIn as SignedIn).actor;
    give(reply, await changePassword(house, accountId, body, fromOf(request)));
  });
}
