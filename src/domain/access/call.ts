// A call: one request of one person in one community, with one `now`. What a service is handed instead of globals.
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { canonical } from '../../kernel/canonical.ts';
import { newId } from '../../kernel/id.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { RouteContract } from '../../kernel/route.ts';
import type { Instant } from '../../kernel/time.ts';
import { type Scope, sql, type Tx } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import { machineMs } from '../../platform/time-source.ts';
import { type Actor, type Breadth, may, type Permission, rolesIn } from './permission.rules.ts';
import type { Role } from './role.contract.ts';

export type CallSource = 'staff-web' | 'phone' | 'offline' | 'resident' | 'api' | 'system';

/** What the idempotency rule needs of a request; null where the route ignores keys or none was sent. */
export type KeyOfRequest = { key: string; route: string; bodyHash: Buffer; status: number };

export type Call = {
  house: House;
  actor: Actor;
  /** The community named in the path; the organization's id where there is none. */
  communityId: string;
  roles: readonly Role[];
  /** How far the route's permission reaches for this caller. */
  breadth: Breadth;
  now: Instant;
  requestId: string;
  fromIp: string;
  source: CallSource;
  key: KeyOfRequest | null;
  /** `If-Match` as a number. */
  ifMatch: number | null;
  locale: 'zh' | 'en';
};

export const reachOf = (call: Call, permission: Permission): Breadth | null =>
  may(call.actor, permission, call.communityId);

export const readIn = <T>(call: Call, work: (tx: Tx) => Promise<T>): Promise<T> =>
  call.house.database.read([call.communityId], work);

/**
 * One transaction with an effect, kept under the caller's Idempotency-Key: a resend answers the first one's resource
 * without doing anything, a twin in flight waits for the first, another body under the same key is refused.
 * `resourceId` is the id of what the answer shows. Answers that id (the earlier one at a replay).
 */
export async function effect(
  call: Call,
  resourceId: string,
  work: (tx: Tx, resourceId: string) => Promise<void>,
  scope: Scope = [call.communityId],
): Promise<string> {
  const id = await call.house.database.write(scope, async (tx) => {
    const earlier = call.key ? await claimKey(tx, call, call.key, resourceId) : null;
    if (earlier) return earlier;
    await work(tx, resourceId);
    return resourceId;
  });
  call.house.committed();
  return id;
}

/** Inserting first makes a twin wait on the unique key until the first has committed or rolled back. */
async function claimKey(tx: Tx, call: Call, key: KeyOfRequest, resourceId: string): Promise<string | null> {
  const made = await sql<{ key: string }>`
    insert into idempotency_keys (account_id, key, route, body_hash, status, resource_id, created_at)
    values (${call.actor.accountId}, ${key.key}, ${key.route}, ${key.bodyHash}, ${key.status}, ${resourceId}, ${new Date(machineMs())})
    on conflict do nothing returning key`.execute(tx);
  if (made.rows.length > 0) return null;
  const kept = await tx
    .selectFrom('idempotencyKeys')
    .select(['route', 'bodyHash', 'resourceId'])
    .where('accountId', '=', call.actor.accountId)
    .where('key', '=', key.key)
    .executeTakeFirstOrThrow();
  if (kept.route !== key.route || !kept.bodyHash.equals(key.bodyHash))
    throw new Refusal('idempotency_mismatch', {}, 422);
  return kept.resourceId;
}

/** The same body gives the same hash whatever the order of its fields. */
export function bodyHash(body: unknown): Buffer {
  return createHash('sha256').update(canonical(body)).digest();
}

/** A call of the program itself: timers, commands, demo data. */
export function systemCall(
  house: House,
  communityId: string,
  account: { id: string; organizationId: string },
  now: Instant = house.time.now(),
): Call {
  const actor: Actor = {
    accountId: account.id,
    organizationId: account.organizationId,
    name: '',
    username: '',
    grants: [],
    cut: null,
  };
  return {
    house,
    actor,
    communityId,
    roles: [],
    breadth: 'community',
    now,
    requestId: newId(),
    fromIp: '',
    source: 'system',
    key: null,
    ifMatch: null,
    locale: 'zh',
  };
}

export const callRoles = (actor: Actor, communityId: string): Role[] => rolesIn(actor, communityId);

type Parsed<C extends RouteContract, Part extends 'params' | 'query' | 'body'> = C[Part] extends z.ZodType
  ? z.output<C[Part]>
  : unknown;

type PathParams<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PathParams<Rest>
  : never;

/** A file of a multipart body, in a temporary place that is gone after the answer. */
export type Upload = {
  field: string;
  fileName: string;
  mediaType: string;
  path: string;
  bytes: number;
  sha256: Buffer;
};

/** What a handler gets: the parsed parts of the request, `uploads` where it is multipart. */
export type InputOf<C extends RouteContract> = {
  uploads: readonly Upload[];
  params: Record<PathParams<C['path']>, string>;
  query: Parsed<C, 'query'>;
  body: Parsed<C, 'body'>;
};

/** One function a route, by the same name as in the slice's contract. What it answers is checked against the contract. */
export type Handlers<R extends Record<string, RouteContract>> = {
  [Name in keyof R]: (call: Call, input: InputOf<R[Name]>) => Promise<z.input<R[Name]['response']>>;
};

/** An answer that is not JSON: a picture, a workbook. */
export class RawAnswer {
  constructor(
    readonly body: NodeJS.ReadableStream | Buffer,
    readonly headers: Record<string, string>,
  ) {}
}
