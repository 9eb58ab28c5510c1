// The gate every route passes, in the order of the public interface: session 401, CSRF 403, community visible 404,
// permission 403, size and type 413/415, key 428, shape 422; what lies behind (404, 403, 412, 409) is the service's.
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodType } from 'zod';
import { isId } from '../../kernel/id.ts';
import {
  BadInput,
  badField,
  type FieldFault,
  forbidden,
  notFound,
  Refusal,
  StaleVersion,
} from '../../kernel/refusal.ts';
import type { RouteContract } from '../../kernel/route.ts';
import type { House } from '../../platform/house.ts';
import { faultsOf, localeOf } from '../../platform/http/problem.ts';
import { bodyHash, type Call, type CallSource, callRoles, type Handlers, RawAnswer, type Upload } from './call.ts';
import { type Actor, isPermission, may } from './permission.rules.ts';

/** What signing in leaves on a request. `csrf` is null for machines, which send no cookie. */
export type SignedIn = {
  actor: Actor;
  csrf: string | null;
  /** The password was given by somebody else: nothing is open but changing it. */
  mustChangePassword: boolean;
  mustSetUpSecondFactor: boolean;
};

export type Gate = {
  /** `isWatching`: only looks whether the session still stands; an open stream must not keep an idle one alive. */
  authenticate(request: FastifyRequest, isWatching?: boolean): Promise<SignedIn | null>;
};

declare module 'fastify' {
  interface FastifyRequest {
    signedIn: SignedIn | null;
    uploads: Upload[];
  }
}

const fileLimitBytes = 60 * 1024 * 1024;
/** Routes that stay open while a second factor is still to be set up. */
const openBeforeSecondFactor = /^\/(me(\/|$)|sessions?$)/;
/** And while a given password is still to be changed: who I am, the change itself, signing out. */
const openBeforePassword = /^\/(me|me\/password|sessions?)$/;

/** Refuses all but the little that stays open while the session owes a new password or a second factor. */
export function checkOwed(signedIn: SignedIn, path: string): void {
  if (signedIn.mustChangePassword && !openBeforePassword.test(path))
    throw new Refusal('password_change_required', {}, 403);
  if (signedIn.mustSetUpSecondFactor && !openBeforeSecondFactor.test(path))
    throw new Refusal('second_factor_setup_required', {}, 403);
}

export function registerRoutes<R extends Record<string, RouteContract>>(
  app: FastifyInstance,
  house: House,
  gate: Gate,
  contracts: R,
  handlers: Handlers<R>,
): void {
  for (const name of Object.keys(contracts) as (keyof R & string)[]) {
    const contract = contracts[name] as RouteContract;
    const handler = handlers[name] as AnyHandler;
    app.route({
      method: contract.method,
      url: `/api/v1${contract.path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
      config: { contract },
      schema: schemaOf(contract, name),
      onRequest: (request) => admit(gate, contract, request),
      preValidation: async (request) => {
        if (contract.needsKey && !request.headers['idempotency-key']) throw new Refusal('key_required', {}, 428);
        if (contract.multipart) await receiveUploads(request);
      },
      handler: async (request, reply) => {
        try {
          const input = parseInput(contract, request);
          const call = makeCall(house, contract, request, input.body);
          const answer = await handler(call, { ...input, uploads: request.uploads ?? [] } as never);
          return await sendAnswer(contract, reply, answer);
        } catch (fault) {
          const shows = fault instanceof StaleVersion ? contract.staleShows : undefined;
          if (shows === undefined) throw fault;
          const shown = await readShown(house, contracts[shows], handlers[shows] as AnyHandler | undefined, request);
          throw new StaleVersion((fault as StaleVersion).version, shown);
        } finally {
          await dropUploads(request);
        }
      },
    });
  }
}

type AnyHandler = (call: Call, input: never) => Promise<unknown>;

/** The thing as it stands now, by the GET itself: its permission, its reach, its masking, its shape. Refused there, not shown. */
async function readShown(
  house: House,
  contract: RouteContract | undefined,
  handler: AnyHandler | undefined,
  request: FastifyRequest,
): Promise<unknown> {
  if (!contract || !handler) throw new TypeError('staleShows names no route of its own slice');
  const call = makeCall(house, contract, request, null);
  const { permission } = contract;
  if (permission !== null && (!isPermission(permission) || !may(call.actor, permission, call.communityId)))
    return undefined;
  try {
    const params = contract.params ? contract.params.parse(request.params) : request.params;
    const query = contract.query ? contract.query.parse({}) : {};
    return shapeAnswer(contract, await handler(call, { params, query, body: undefined, uploads: [] } as never));
  } catch (fault) {
    if (fault instanceof Refusal) return undefined;
    throw fault;
  }
}

/** The first four checks; a route that speaks to Fastify itself (a stream) passes them too. */
export async function admit(gate: Gate, contract: RouteContract, request: FastifyRequest): Promise<void> {
  request.signedIn = null;
  request.uploads = [];
  if (contract.public) return;
  const signedIn = await gate.authenticate(request);
  if (!signedIn) throw new Refusal('unauthenticated', {}, 401);
  request.signedIn = signedIn;
  if (contract.method !== 'GET' && signedIn.csrf !== null && request.headers['x-csrf-token'] !== signedIn.csrf)
    throw new Refusal('forbidden', { reason: 'csrf' }, 403);
  checkOwed(signedIn, contract.path);
  const { communityId } = request.params as { communityId?: string };
  const scopeId = communityId ?? signedIn.actor.organizationId;
  if (communityId !== undefined && (!isId(communityId) || callRoles(signedIn.actor, communityId).length === 0))
    throw notFound('community');
  if (contract.permission === null) return;
  if (!isPermission(contract.permission)) throw new TypeError(`no such permission: ${contract.permission}`);
  // Without a community in the path any post that holds the permission anywhere opens the route; the service narrows.
  const allowed =
    communityId === undefined
      ? mayAnywhere(signedIn.actor, contract.permission)
      : may(signedIn.actor, contract.permission, scopeId);
  if (!allowed) throw forbidden(contract.permission);
}

const mayAnywhere = (actor: Actor, permission: Parameters<typeof may>[1]) =>
  [...new Set(actor.grants.map((grant) => grant.communityId ?? actor.organizationId))].some((id) =>
    may({ ...actor, cut: actor.cut && { ...actor.cut, communityIds: [id] } }, permission, id),
  );

function parseInput(contract: RouteContract, request: FastifyRequest) {
  const faults: FieldFault[] = [];
  const parse = (schema: ZodType | undefined, value: unknown, prefix: string): unknown => {
    if (!schema) return value;
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    faults.push(...faultsOf(result.error, prefix));
    return undefined;
  };
  // An id in the path that is none can't be found: 404, not a fault of a field.
  for (const [name, value] of Object.entries(request.params as Record<string, string>))
    if (/(^id|Id)$/.test(name) && !isId(value)) throw notFound();
  const input = {
    params: parse(contract.params, request.params, ''),
    query: parse(contract.query, request.query ?? {}, ''),
    body: parse(contract.body, contract.body && request.body === undefined ? {} : (request.body ?? undefined), ''),
  };
  if (faults.length > 0) throw new BadInput(faults);
  return input;
}

function makeCall(house: House, contract: RouteContract, request: FastifyRequest, body: unknown): Call {
  const params = request.params as { communityId?: string };
  const actor: Actor = request.signedIn?.actor ?? {
    accountId: '',
    organizationId: '',
    name: '',
    username: '',
    grants: [],
    cut: null,
  };
  const communityId = params.communityId ?? actor.organizationId;
  const permission = contract.permission;
  const key = request.headers['idempotency-key'];
  if (typeof key === 'string' && (key.length === 0 || key.length > 255))
    throw badField('Idempotency-Key', 'too_long', { maximum: 255 });
  const match = /^(?:W\/)?"?(\d+)"?$/.exec(String(request.headers['if-match'] ?? ''));
  return {
    house,
    actor,
    communityId,
    roles: callRoles(actor, communityId),
    breadth: (permission !== null && isPermission(permission) && may(actor, permission, communityId)) || 'own',
    now: house.time.now(),
    requestId: request.id,
    fromIp: request.ip,
    source: sourceOf(request),
    key:
      typeof key === 'string' && contract.method === 'POST' && !contract.ignoresKey
        ? {
            key,
            route: `${contract.method} ${request.url.split('?')[0]}`,
            bodyHash: hashOf(request, body),
            status: contract.status ?? 200,
          }
        : null,
    ifMatch: match ? Number(match[1]) : null,
    locale: localeOf(request),
  };
}

/** For multipart the hash is over the fields and the files' own hashes. The body counts as it was sent. */
const hashOf = (request: FastifyRequest, body: unknown): Buffer =>
  request.uploads.length > 0
    ? bodyHash({
        fields: request.body,
        files: request.uploads.map((upload) => [upload.field, upload.fileName, upload.sha256.toString('hex')]),
      })
    : bodyHash(withoutHappenedAt(request.body ?? body ?? null));

/**
 * When it happened is no part of what is meant: a phone whose answer got lost sends the same again from its queue, with the
 * time of the press added, and must not do it twice.
 */
function withoutHappenedAt(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('happenedAt' in body)) return body;
  const { happenedAt: _, ...meant } = body;
  return meant;
}

/** Where the caller says it sits; a machine's token is always `api`. Only a label on the time line, never a right. */
function sourceOf(request: FastifyRequest): CallSource {
  if (request.signedIn && request.signedIn.csrf === null) return 'api';
  const said = request.headers['x-source'];
  if (said === 'phone' || said === 'offline') return said;
  return request.signedIn?.actor.grants.every((grant) => grant.role === 'resident') ? 'resident' : 'staff-web';
}

async function sendAnswer(contract: RouteContract, reply: FastifyReply, answer: unknown): Promise<FastifyReply> {
  if (answer instanceof RawAnswer) return reply.headers(answer.headers).send(answer.body);
  const status = contract.status ?? 200;
  if (status === 204) return reply.code(204).send();
  const shaped = shapeAnswer(contract, answer);
  if (typeof shaped === 'object' && shaped !== null && 'version' in shaped)
    reply.header('etag', `"${String(shaped.version)}"`);
  return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(shaped));
}

/** Parsing drops whatever the contract does not name, so that no column leaks. */
function shapeAnswer(contract: RouteContract, answer: unknown): unknown {
  const result = contract.response.safeParse(answer);
  if (result.success) return result.data;
  // Ours, not the caller's: an answer that breaks its own contract is a fault, named by its paths.
  const paths = result.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new Error(`the answer of ${contract.method} ${contract.path} breaks its contract at ${paths}`);
}

/** Fields and files of a multipart body; each file goes to a temporary folder with its hash, never into memory whole. */
async function receiveUploads(request: FastifyRequest): Promise<void> {
  if (!request.isMultipart()) throw new Refusal('unsupported_type', { expected: 'multipart/form-data' }, 415);
  const folder = await mkdtemp(join(tmpdir(), 'guanjia-upload-'));
  request.uploadFolder = folder;
  const fields: Record<string, unknown> = {};
  for await (const part of request.parts({
    limits: { fileSize: fileLimitBytes, files: 12, fields: 40, fieldSize: 1_000_000 },
  })) {
    if (part.type === 'field') {
      fields[part.fieldname] = part.value;
      continue;
    }
    const path = join(folder, String(request.uploads.length));
    const hash = createHash('sha256');
    let bytes = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        bytes += chunk.length;
        done(null, chunk);
      },
    });
    await pipeline(part.file, measure, createWriteStream(path, { mode: 0o600 }));
    if (part.file.truncated) throw new Refusal('too_large', { field: part.fieldname, limitBytes: fileLimitBytes }, 413);
    request.uploads.push({
      field: part.fieldname,
      fileName: part.filename ?? '',
      mediaType: part.mimetype,
      path,
      bytes,
      sha256: hash.digest(),
    });
  }
  request.body = fields;
}

async function dropUploads(request: FastifyRequest): Promise<void> {
  if (request.uploadFolder) await rm(request.uploadFolder, { recursive: true, force: true });
}

declare module 'fastify' {
  interface FastifyRequest {
    uploadFolder?: string;
  }
  interface FastifyContextConfig {
    contract?: RouteContract;
  }
}

function schemaOf(contract: RouteContract, name: string) {
  return {
    operationId: name,
    summary: contract.summary.en,
    description: contract.summary.zh,
    ...(contract.params ? { params: contract.params } : {}),
    ...(contract.query ? { querystring: contract.query } : {}),
    ...(contract.body && !contract.multipart ? { body: contract.body } : {}),
    response: { [contract.status ?? 200]: contract.response },
  };
}
