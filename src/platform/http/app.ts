// The HTTP server: Fastify with cookies, strict headers, OpenAPI from the contracts, precompressed web files.
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import fastifyStatic from '@fastify/static';
import swagger from '@fastify/swagger';
import { type FastifyInstance, type FastifyReply, fastify } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { notFound } from '../../kernel/refusal.ts';
import type { Log } from '../log.ts';
import { makeProblem, sendProblem, type Wording } from './problem.ts';

export type AppOptions = {
  log: Log;
  wording: Wording;
  /** `dist/web`; null: the API only. */
  webFolder: string | null;
  tls: { cert: Buffer; key: Buffer } | null;
  trustProxy: boolean;
  version: string;
};

export async function makeApp(options: AppOptions): Promise<FastifyInstance> {
  const app = fastify({
    ...(options.tls ? { https: options.tls } : {}),
    trustProxy: options.trustProxy,
    bodyLimit: 2 * 1024 * 1024,
    genReqId: () => randomUUID(),
    logger: false,
    // Chinese, long ids and cursors fit; nothing else needs more.
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true },
    forceCloseConnections: 'idle',
  }) as unknown as FastifyInstance;

  // Only JSON and forms are understood; a text would reach the contracts as a string and be called a wrong shape.
  app.removeContentTypeParser('text/plain');
  // Contracts are checked by the gate itself: all faults at once, in our words; what is answered is shaped there too.
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (body) => JSON.stringify(body));
  app.setErrorHandler((fault, request, reply) =>
    sendProblem(reply, makeProblem(fault, request, options.wording, options.log)),
  );
  await app.register(cookie);
  await app.register(multipart, { attachFieldsToBody: false });
  await app.register(compress, { global: true, threshold: 2048, encodings: ['br', 'gzip'] });
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
      },
    },
    strictTransportSecurity: options.tls ? { maxAge: 31_536_000 } : false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
  });
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });

  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Guanjia 管家',
        version: options.version,
        description: '物业客户服务中心 · Residential property service centre',
      },
      servers: [{ url: '/' }],
    },
    transform: jsonSchemaTransform,
  });

  if (options.webFolder && existsSync(options.webFolder)) {
    await app.register(fastifyStatic, {
      root: options.webFolder,
      preCompressed: true,
      index: false,
      wildcard: true,
      setHeaders: (reply, path) => {
        // Hashed names never change; pages are asked for anew each time.
        const hashed = /\/assets\//.test(path);
        reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  const pages = options.webFolder && existsSync(options.webFolder) ? readPages(options.webFolder) : null;
  // Addresses of the web apps are theirs: any path that is no file and no API answers the page itself.
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '/';
    const isPage =
      pages && request.method === 'GET' && !/^\/(api|healthz|readyz|metrics)\b/.test(path) && !/\.\w{2,5}$/.test(path);
    if (!isPage) return sendProblem(reply, makeProblem(notFound(), request, options.wording, options.log));
    return sendPage(reply, pageFor(pages, path));
  });
  if (pages) app.get('/', { schema: { hide: true } as object }, (_request, reply) => sendPage(reply, pages.staff));
  return app;
}

const readPages = (folder: string) => ({
  staff: readFileSync(join(folder, 'index.html'), 'utf8'),
  phone: readFileSync(join(folder, 'm/index.html'), 'utf8'),
  survey: readFileSync(join(folder, 's/index.html'), 'utf8'),
});

function pageFor(pages: ReturnType<typeof readPages>, path: string): string {
  if (path === '/m' || path.startsWith('/m/')) return pages.phone;
  return path === '/s' || path.startsWith('/s/') ? pages.survey : pages.staff;
}

const sendPage = (reply: FastifyReply, page: string) =>
  reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page);
