// Asks the server by its contracts: the same shapes on both sides, answers parsed, refusals thrown as ProblemError.
import type { ZodType, z } from 'zod';
import type { RouteContract } from '../kernel/route.ts';
import { setServerTime } from './now.ts';
import { ProblemError, problemOf } from './problem.ts';
import { uiWords } from './ui.words.ts';

const base = '/api/v1';
const patienceMs = 30_000;
/** Files over a slow line. */
const patienceForFilesMs = 300_000;

type InputOf<T, Field extends 'body' | 'query'> = T extends { [K in Field]: infer Shape extends ZodType }
  ? z.input<Shape>
  : undefined;
type ParamNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamNames<Rest>
  : never;
type Needed<Field extends string, Value> = undefined extends Value
  ? { [K in Field]?: Value }
  : // biome-ignore lint/complexity/noBannedTypes: `{}` is what tells that every field may be left out
    {} extends Value
    ? { [K in Field]?: Value }
    : { [K in Field]: Value };

export type CallOptions<T extends RouteContract> = ([ParamNames<T['path']>] extends [never]
  ? { params?: undefined }
  : { params: Record<ParamNames<T['path']>, string> }) &
  Needed<'query', InputOf<T, 'query'>> &
  (T extends { multipart: true } ? { form: FormData; body?: undefined } : Needed<'body', InputOf<T, 'body'>>) & {
    /** Idempotency-Key: from `useIdempotencyKey` in a form, `newId()` where a click is the whole intent. */
    key?: string;
    /** The version that was looked at; a newer one on the server answers 412. */
    ifMatch?: number;
    signal?: AbortSignal;
  };
type Loose = {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
  form?: FormData;
  key?: string;
  ifMatch?: number;
  signal?: AbortSignal;
};
type Args<T extends RouteContract> =
  // biome-ignore lint/complexity/noBannedTypes: `{}` is what tells that every option may be left out
  {} extends CallOptions<T> ? [options?: CallOptions<T>] : [options: CallOptions<T>];

// In memory only: a page that is gone asks GET /me again.
let csrfToken: string | null = null;
export const setCsrfToken = (token: string | null): void => {
  csrfToken = token;
};

/** Whether this page may write: it has asked the server who it is. */
export const isSignedInHere = (): boolean => csrfToken !== null;

let source: string | null = null;
/** Where this app is used, for the time line. */
export const setCallSource = (name: 'phone'): void => {
  source = name;
};

const signedOutListeners = new Set<() => void>();
/** Told when the server no longer knows the session. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

/** `{communityId}` filled in, the query behind; lists are divided by commas, nothing is sent for undefined. */
export function addressOf(
  path: string,
  params: Record<string, string> = {},
  query: Record<string, unknown> = {},
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined || value === '') throw new Error(`no ${name} for ${path}`);
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)) continue;
    search.set(name, Array.isArray(value) ? value.join(',') : String(value));
  }
  return `${base}${filled}${search.size > 0 ? `?${search}` : ''}`;
}

async function send(contract: RouteContract, options: Loose): Promise<Response> {
  const headers = new Headers({ Accept: 'application/json', 'Accept-Language': 'zh-CN' });
  const writes = contract.method !== 'GET';
  if (writes && csrfToken !== null) headers.set('X-CSRF-Token', csrfToken);
  if (source !== null) headers.set('X-Source', source);
  if (options.key !== undefined) headers.set('Idempotency-Key', options.key);
  if (options.ifMatch !== undefined) headers.set('If-Match', `"${options.ifMatch}"`);
  if (options.body !== undefined) headers.set('Content-Type', 'application/json');
  const patience = AbortSignal.timeout(options.form ? patienceForFilesMs : patienceMs);
  try {
    return await fetch(addressOf(contract.path, options.params, options.query), {
      method: contract.method,
      headers,
      body: options.form ?? (options.body === undefined ? null : JSON.stringify(options.body)),
      credentials: 'same-origin',
      signal: options.signal ? AbortSignal.any([options.signal, patience]) : patience,
    });
  } catch (error) {
    // Whoever asked went away: not a problem to show.
    if (options.signal?.aborted) throw error;
    throw patience.aborted
      ? new ProblemError({ status: 0, code: 'timeout', title: uiWords.problem.timeout })
      : new ProblemError({ status: 0, code: 'offline', title: uiWords.problem.offline });
  }
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    const text = await response.text();
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The parsed answer of a route; throws ProblemError. */
export async function call<const T extends RouteContract>(
  contract: T,
  ...[options]: Args<T>
): Promise<z.output<T['response']>> {
  const response = await send(contract, (options ?? {}) as Loose);
  const serverNow = response.headers.get('X-Server-Time');
  if (serverNow !== null) setServerTime(serverNow);
  const body = await jsonOf(response);
  if (!response.ok) {
    const problem = problemOf(response.status, body, response.headers.get('Retry-After'), uiWords.problem);
    if (problem.code === 'unauthenticated') for (const listener of signedOutListeners) listener();
    throw problem;
  }
  const parsed = contract.response.safeParse(body);
  if (parsed.success) return parsed.data as z.output<T['response']>;
  console.error(`${contract.method} ${contract.path}: the answer does not fit its contract`, parsed.error.issues);
  throw new ProblemError({ status: 0, code: 'bad_answer', title: uiWords.problem.badAnswer });
}
