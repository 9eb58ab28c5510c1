// Every error as RFC 9457 `application/problem+json`: a stable code, a title in the caller's language, a fault per field.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ZodError } from 'zod';
import { BadInput, type FieldFault, Refusal, StaleVersion } from '../../kernel/refusal.ts';
import type { Log } from '../log.ts';

/** Wording by code; handed over in the wiring, because words belong to the slices. */
export type Wording = {
  title(code: string, facts: Record<string, unknown>, locale: 'zh' | 'en'): string;
  fault(code: string, facts: Record<string, unknown>, locale: 'zh' | 'en'): string;
  /** What a person calls this field; the path itself where nobody named it. */
  field(path: string, locale: 'zh' | 'en'): string;
};

export type ProblemBody = {
  type: string;
  title: string;
  status: number;
  detail?: string;
  code: string;
  facts?: Record<string, unknown>;
  errors: { path: string; code: string; message: string }[];
  requestId: string;
  /** With 412 only: the thing as it stands now, as its GET shows it to the asker. */
  current?: unknown;
};

export const localeOf = (request: FastifyRequest): 'zh' | 'en' =>
  /^\s*en\b/i.test(String(request.headers['accept-language'] ?? '')) ? 'en' : 'zh';

/** zod's issues as field faults; unknown keys are named one by one. */
export function faultsOf(error: ZodError, prefix = ''): FieldFault[] {
  return error.issues.flatMap((issue): FieldFault[] => {
    const path = [prefix, ...issue.path.map(String)].filter((part) => part !== '').join('.');
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ path: path ? `${path}.${key}` : key, code: 'unknown_field' }));
    if (issue.code === 'invalid_type')
      return [
        { path, code: issue.input === undefined ? 'required' : 'wrong_type', facts: { expected: issue.expected } },
      ];
    if (issue.code === 'too_small') {
      const empty = issue.origin === 'string' && Number(issue.minimum) === 1;
      return [
        {
          path,
          code: empty ? 'required' : issue.origin === 'string' ? 'too_short' : 'too_small',
          facts: { minimum: Number(issue.minimum) },
        },
      ];
    }
    if (issue.code === 'too_big')
      return [
        { path, code: issue.origin === 'string' ? 'too_long' : 'too_large', facts: { maximum: Number(issue.maximum) } },
      ];
    if (issue.code === 'invalid_value')
      return [{ path, code: 'not_one_of', facts: { values: issue.values.map(String) } }];
    if (issue.code === 'invalid_format') return [{ path, code: 'wrong_format', facts: { format: issue.format } }];
    if (issue.code === 'custom' && typeof issue.params?.code === 'string')
      return [{ path, code: issue.params.code, facts: issue.params.facts as FieldFault['facts'] }];
    return [{ path, code: 'invalid' }];
  });
}

export function makeProblem(
  fault: unknown,
  request: FastifyRequest,
  wording: Wording,
  log: Log,
): { body: ProblemBody; headers: Record<string, string> } {
  const locale = localeOf(request);
  const inSentence = (one: FieldFault): string => {
    const said = wording.fault(one.code, one.facts ?? {}, locale);
    if (one.path === '') return said;
    return locale === 'zh' ? `${wording.field(one.path, locale)}：${said}` : `${one.path}: ${said}`;
  };
  const make = (
    code: string,
    status: number,
    facts: Record<string, unknown> = {},
    faults: readonly FieldFault[] = [],
  ): ProblemBody => ({
    type: `urn:guanjia:problem:${code}`,
    title: wording.title(code, facts, locale),
    status,
    code,
    ...(Object.keys(facts).length > 0 ? { facts } : {}),
    errors: faults.map((one) => ({
      path: one.path,
      code: one.code,
      message: inSentence(one),
    })),
    requestId: request.id,
  });
  if (fault instanceof BadInput) return { body: make('bad_input', 422, {}, fault.faults), headers: {} };
  if (fault instanceof ZodError) return { body: make('bad_input', 422, {}, faultsOf(fault)), headers: {} };
  if (fault instanceof StaleVersion) {
    const body = make(fault.code, fault.status, fault.facts);
    return {
      body: fault.shown === undefined ? body : { ...body, current: fault.shown },
      headers: { etag: `"${fault.version}"` },
    };
  }
  if (fault instanceof Refusal) {
    const wait = fault.facts.retryAfterSeconds;
    const headers: Record<string, string> =
      fault.status === 429 || fault.status === 503 ? { 'retry-after': String(wait ?? 5) } : {};
    return { body: make(fault.code, fault.status, fault.facts), headers };
  }
  const status = typeof fault === 'object' && fault !== null && 'statusCode' in fault ? Number(fault.statusCode) : 500;
  const code = typeof fault === 'object' && fault !== null && 'code' in fault ? String(fault.code) : '';
  if (status === 413 || code === 'FST_REQ_FILE_TOO_LARGE') return { body: make('too_large', 413), headers: {} };
  if (status === 415) return { body: make('unsupported_type', 415), headers: {} };
  if (status === 429) return { body: make('too_many_requests', 429), headers: { 'retry-after': '60' } };
  if (status === 400) return { body: make('bad_json', 400), headers: {} };
  if (status === 404) return { body: make('not_found', 404), headers: {} };
  // A pool that gave no connection in time, a database that is going down or starting up: come again.
  if (
    /^(57P0[123]|53300|08\d\d\d|ECONNREFUSED|ECONNRESET|ENOENT|EPIPE)$/.test(code) ||
    (fault instanceof Error && /timeout exceeded when trying to connect|Connection terminated/.test(fault.message))
  ) {
    log.warn('http.overloaded', { requestId: request.id, code });
    return { body: make('overloaded', 503), headers: { 'retry-after': '2' } };
  }
  log.error('http.fault', { requestId: request.id, route: request.routeOptions?.url, method: request.method }, fault);
  return { body: make('fault', 500), headers: {} };
}

export function sendProblem(
  reply: FastifyReply,
  problem: { body: ProblemBody; headers: Record<string, string> },
): FastifyReply {
  return reply.code(problem.body.status).headers(problem.headers).type('application/problem+json').send(problem.body);
}
