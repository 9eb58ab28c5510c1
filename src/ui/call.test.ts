import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { route } from '../kernel/route.ts';
import { addressOf, call, onSignedOut, setCsrfToken } from './call.ts';
import { currentIn, ProblemError, problemOf } from './problem.ts';

const repairs = route({
  method: 'POST',
  path: '/communities/{communityId}/repairs',
  summary: { zh: '报修', en: 'Repairs' },
  permission: null,
  body: z.object({ description: z.string() }),
  response: z.object({ code: z.string() }),
});

// A browser resolves `/api/…` against its page; here the server's own address stands in front.
const realFetch = globalThis.fetch;
let close: (() => void) | undefined;
async function serve(answer: RequestListener): Promise<void> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  globalThis.fetch = (path, init) => realFetch(`http://127.0.0.1:${port}${String(path)}`, init);
  close = () => server.close();
}
afterEach(() => {
  globalThis.fetch = realFetch;
  close?.();
  setCsrfToken(null);
});
const create = () =>
  call(repairs, { params: { communityId: 'c1' }, body: { description: '漏水' }, key: 'k1', ifMatch: 3 });
const problem =
  (body: object, status: number): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/problem+json', 'retry-after': '7' });
    response.end(JSON.stringify({ title: '不行', status, ...body }));
  };

test('a write carries its token, its key and the version that was looked at', async () => {
  let seen: IncomingMessage | undefined;
  await serve((request, response) => {
    seen = request;
    response.end(JSON.stringify({ code: 'BX-2026-000001', phone: '13800000000' }));
  });
  setCsrfToken('t1');
  // Parsing drops what the contract doesn't name.
  expect(await create()).toEqual({ code: 'BX-2026-000001' });
  expect(seen?.url).toBe('/api/v1/communities/c1/repairs');
  expect(seen?.headers).toMatchObject({ 'x-csrf-token': 't1', 'idempotency-key': 'k1', 'if-match': '"3"' });
});

test('a refusal keeps its code, its words, each field and the number to ask for', async () => {
  const errors = [{ path: 'description', code: 'too_short', message: '请填写内容' }];
  await serve(problem({ code: 'bad_input', errors, requestId: 'r9' }, 422));
  const caught = await create().catch((error: unknown) => error);
  expect(caught).toBeInstanceOf(ProblemError);
  expect(caught).toMatchObject({
    status: 422,
    code: 'bad_input',
    title: '不行',
    requestId: 'r9',
    retryAfterSeconds: 7,
  });
  expect((caught as ProblemError).at('description')).toBe('请填写内容');
});

test('a session that ended is told once, a wrong password is not a session that ended', async () => {
  let told = 0;
  const stop = onSignedOut(() => told++);
  await serve(problem({ code: 'session.wrong_credentials' }, 401));
  await create().catch(() => undefined);
  expect(told).toBe(0);
  close?.();
  await serve(problem({ code: 'unauthenticated' }, 401));
  await create().catch(() => undefined);
  expect(told).toBe(1);
  stop();
});

test('no network is called offline, in Chinese', async () => {
  globalThis.fetch = () => realFetch('http://127.0.0.1:9/');
  await expect(create()).rejects.toMatchObject({ code: 'offline', status: 0, title: expect.stringContaining('网络') });
});

test('an answer that does not fit its contract is not shown as if it did', async () => {
  await serve((_, response) => response.end(JSON.stringify({ code: 7 })));
  await expect(create()).rejects.toMatchObject({ code: 'bad_answer' });
});

test('a proxy’s page instead of a problem gets plain words', () => {
  expect(problemOf(502, undefined, null, { unknown: '出错' })).toMatchObject({
    status: 502,
    code: 'unknown',
    title: '出错',
  });
});

test('lists in a query are divided by commas, and nothing is sent for what is not chosen', () => {
  const query = { state: ['open', 'done'], overdue: true, q: '', unit: undefined, limit: 50 };
  expect(addressOf('/communities/{communityId}/cases', { communityId: 'a/b' }, query)).toBe(
    '/api/v1/communities/a%2Fb/cases?state=open%2Cdone&overdue=true&limit=50',
  );
  expect(() => addressOf('/communities/{communityId}/cases', {})).toThrow('communityId');
});

test('a stale version carries the thing as it stands now; any other problem none', async () => {
  await serve(problem({ code: 'stale_version', current: { code: 'BX-2026-000001', inner: 1 } }, 412));
  const stale = await create().catch((caught: unknown) => caught);
  expect(currentIn(repairs.response, stale)).toEqual({ code: 'BX-2026-000001' });
  close?.();
  await serve(problem({ code: 'stale_version' }, 412));
  const bare = await create().catch((caught: unknown) => caught);
  expect((bare as ProblemError).code).toBe('stale_version');
  expect(currentIn(repairs.response, bare)).toBeUndefined();
});
