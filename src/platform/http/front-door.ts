// The front door: listens while the house is not yet ready, so that whoever asks hears 503 and what is waited for instead of
// a refused connection. The app then takes over the same listening socket: no moment in between without an answer.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';

export type FrontDoorOptions = {
  port: number;
  host: string;
  tls: { cert: Buffer; key: Buffer } | null;
  /** What is waited for, as `/readyz` names it. */
  reason: string;
  title(locale: 'zh' | 'en'): string;
};

export type FrontDoor = {
  port: number;
  /** From here on the app answers; it is closed with the app. */
  handTo(app: FastifyInstance): Promise<void>;
  /** Where the house could not be opened. */
  close(): Promise<void>;
};

const retryAfterSeconds = 2;

export async function openFrontDoor(options: FrontDoorOptions): Promise<FrontDoor> {
  const answer = (request: IncomingMessage, reply: ServerResponse): void => answerWaiting(options, request, reply);
  const server = options.tls ? createSecureServer(options.tls, answer) : createServer(answer);
  await listen(server, { port: options.port, host: options.host });
  return {
    port: (server.address() as AddressInfo).port,
    handTo: async (app) => {
      await app.ready();
      await listen(app.server, server);
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** On a port, or on the socket that another server listens on. */
const listen = (server: Server, on: { port: number; host: string } | Server): Promise<void> =>
  new Promise((heard, fail) => {
    server.once('error', fail);
    server.listen(on, () => {
      server.off('error', fail);
      heard();
    });
  });

function answerWaiting(options: FrontDoorOptions, request: IncomingMessage, reply: ServerResponse): void {
  const { status, type, body } = waitingAnswer(options, request);
  if (status === 503) reply.setHeader('retry-after', retryAfterSeconds);
  reply.writeHead(status, {
    'content-type': type,
    'content-security-policy': "default-src 'none'",
    'cache-control': 'no-store',
    // The next request is the app's.
    connection: 'close',
  });
  reply.end(request.method === 'HEAD' ? undefined : body);
}

function waitingAnswer({ reason, title }: FrontDoorOptions, request: IncomingMessage) {
  const json = (status: number, body: object, type = 'application/json; charset=utf-8') => ({
    status,
    type,
    body: JSON.stringify(body),
  });
  const path = request.url?.split('?')[0] ?? '/';
  if (path === '/healthz') return json(200, { status: 'up' });
  if (path === '/readyz') return json(503, { status: 'not_ready', reason });
  const locale = /^\s*en\b/i.test(String(request.headers['accept-language'] ?? '')) ? 'en' : 'zh';
  const said = title(locale);
  if (!path.startsWith('/api/') && request.method === 'GET')
    return { status: 503, type: 'text/html; charset=utf-8', body: waitingPage(locale === 'zh' ? 'zh-CN' : 'en', said) };
  const problem = {
    type: 'urn:guanjia:problem:not_ready',
    title: said,
    status: 503,
    code: 'not_ready',
    facts: { reason },
    errors: [],
    requestId: randomUUID(),
  };
  return json(503, problem, 'application/problem+json');
}

/** Asks again by itself. */
const waitingPage = (language: string, title: string): string =>
  `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<meta http-equiv="refresh" content="${retryAfterSeconds}"><title>${title}</title><p>${title}</p></html>`;
