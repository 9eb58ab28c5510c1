// A house for tests: the real app on a database of its own, a community per test, people signed in over real HTTP.
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { findBreaches } from '../src/apps/server/checks.ts';
import { makeHouse, makeServer, type Server, type ServerOptions } from '../src/apps/server/wiring.ts';
import { insertAccount, insertGrant, insertOrganization } from '../src/domain/access/account.store.ts';
import type { Role } from '../src/domain/access/role.contract.ts';
import { hashPassword } from '../src/domain/access/session.service.ts';
import { makeCommunity } from '../src/domain/access/setup.service.ts';
import { sealAll } from '../src/domain/audit/audit-check.service.ts';
import { markFilled } from '../src/domain/demo/demo.store.ts';
import { newId } from '../src/kernel/id.ts';
import type { Instant } from '../src/kernel/time.ts';
import { migrate } from '../src/platform/database/migrate.ts';
import { makeClient } from '../src/platform/database/own-client.ts';
import { appPassword, appRole } from '../src/platform/database/roles.ts';
import type { House } from '../src/platform/house.ts';
import { type Log, makeLog } from '../src/platform/log.ts';
import type { OutboundOptions } from '../src/platform/outbound/outbound-answer.ts';
import { makeTimeSource, type TimeSource } from '../src/platform/time-source.ts';
import { testKey } from './database.setup.ts';
import { loadOlder, type Older } from './older-house.ts';

export type Answer = { status: number; body: any; headers: Headers };

/** `path code` of each fault that an answer names; each must be said in Chinese too. */
export const faultsOf = (answer: Answer): string[] =>
  (answer.body.errors ?? []).map((one: { path: string; code: string; message: string }) => {
    expect(one.message).toMatch(/[一-鿿]/);
    return `${one.path} ${one.code}`;
  });

/** A person with a browser: cookie, CSRF token and a fresh Idempotency-Key per write unless one is given. */
export class Person {
  constructor(
    readonly house: { readonly address: string },
    readonly id: string,
    readonly username: string,
    private cookie = '',
    private csrf = '',
  ) {}

  async signIn(password = testPassword): Promise<this> {
    const answer = await fetch(`${this.house.address}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: this.username, password }),
    });
    if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status}: ${await answer.text()}`);
    this.cookie = (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    this.csrf = ((await answer.json()) as { csrfToken: string }).csrfToken;
    return this;
  }

  /** For a browser that is to be signed in as this person. */
  get sessionCookie(): { name: string; value: string } {
    const [name = '', value = ''] = this.cookie.split('=');
    return { name, value };
  }

  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const isForm = body instanceof FormData;
    const answer = await fetch(`${this.house.address}/api/v1${path}`, {
      method,
      headers: {
        cookie: this.cookie,
        'x-csrf-token': this.csrf,
        ...(method === 'POST' ? { 'idempotency-key': newId() } : {}),
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : isForm ? body : JSON.stringify(body),
    });
    const text = await answer.text();
    const isJson = /json/.test(answer.headers.get('content-type') ?? '');
    return { status: answer.status, body: isJson ? JSON.parse(text) : text, headers: answer.headers };
  }

  /** An answer whose body is read as it comes. */
  open = (path: string, headers: Record<string, string> = {}, signal?: AbortSignal): Promise<Response> =>
    fetch(`${this.house.address}/api/v1${path}`, {
      headers: { cookie: this.cookie, ...headers },
      signal: signal ?? null,
    });

  /** As a header of one's own request. */
  get cookieHeader(): string {
    return this.cookie;
  }

  get = (path: string, headers?: Record<string, string>): Promise<Answer> => this.ask('GET', path, undefined, headers);
  post = (path: string, body: unknown = {}, headers?: Record<string, string>): Promise<Answer> =>
    this.ask('POST', path, body, headers);
}

export const testPassword = 'a long enough password';

export type Community = { id: string; code: string; path: string };

export class TestHouse {
  house!: House;
  server!: Server;
  address = '';
  organizationId = newId();
  private database = '';
  private founderId = newId();
  private passwordHash = '';

  constructor(
    private readonly options: {
      startAt?: Instant;
      timers?: boolean;
      web?: boolean;
      feed?: ServerOptions['feed'];
      metrics?: boolean;
      outbound?: Partial<OutboundOptions>;
      log?: Log;
      /** Comes from an earlier release instead of from nothing. */
      older?: Older;
    } = {},
  ) {}

  async open(): Promise<void> {
    const server = inject('server');
    this.database = `house_${randomBytes(6).toString('hex')}`;
    const { older } = this.options;
    await this.asOwner(
      `create database ${this.database} template ${older ? 'template0' : server.database}`,
      'postgres',
    );
    if (older)
      await this.owning(async (client) => {
        await loadOlder(client, older);
        await migrate(client, 'migrations');
      });
    const time: TimeSource = makeTimeSource(this.options.startAt ? { startAt: this.options.startAt } : {});
    this.house = makeHouse({
      access: {
        host: server.host,
        port: server.port,
        user: appRole,
        password: appPassword(testKey),
        database: this.database,
      },
      secretKey: testKey,
      dataDir: mkdtempSync(join(tmpdir(), 'guanjia-house-')),
      log: this.options.log ?? makeLog(process.env.LOG_LEVEL ?? 'fatal'),
      time,
      outbound: this.options.outbound ?? {},
    });
    this.server = await makeServer(this.house, {
      webFolder: this.options.web ? undefined : null,
      timers: this.options.timers ?? false,
      feed: this.options.feed,
      metrics: this.options.metrics ?? false,
    });
    await this.server.app.listen({ port: 0, host: '127.0.0.1' });
    this.address = `http://127.0.0.1:${(this.server.app.server.address() as AddressInfo).port}`;
    this.passwordHash = await hashPassword(testPassword);
    await this.house.database.write([], async (tx) => {
      const createdAt = this.house.time.now();
      // A demo organization asks nobody for a second factor.
      await insertOrganization(tx, { id: this.organizationId, name: '测试物业', createdAt, isDemo: true });
      await markFilled(tx, this.organizationId, createdAt);
      await insertAccount(tx, {
        id: this.founderId,
        organizationId: this.organizationId,
        username: `founder-${this.database}`,
        name: '创建人',
        passwordHash: this.passwordHash,
        createdAt,
      });
    });
  }

  async close(): Promise<void> {
    await this.server.close();
    await this.house.database.close();
    // A worker of PostgreSQL's own on this database can't be ended by its owner, and leaves by itself.
    for (let tries = 1; ; tries++)
      try {
        await this.asOwner(`drop database if exists ${this.database} with (force)`, 'postgres');
        return;
      } catch (fault) {
        if (tries === 5 || (fault as { code?: string }).code !== '42501') throw fault;
        await new Promise((resolve) => setTimeout(resolve, 200 * tries));
      }
  }

  /** As the owner, past all walls: to prepare what no request could, and to look at what was written. */
  async asOwner(sql: string, database = this.database): Promise<any[]> {
    return this.owning(async (client) => (await client.query(sql)).rows, database);
  }

  private async owning<T>(work: (client: pg.Client) => Promise<T>, database = this.database): Promise<T> {
    const { host, port, user, password } = inject('server');
    const client = makeClient({ host, port, user, password, database });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  /** Somebody who was there before the migration, by their post. */
  async formerPerson(role: Role): Promise<Person> {
    const [one] = await this.asOwner(
      `select a.id, a.username from accounts a join role_grants g on g.account_id = a.id where g.role = '${role}' order by a.id limit 1`,
    );
    return new Person(this, one.id, one.username).signIn();
  }

  /** What `verify` would say of the house as it stands. */
  async breaches(): Promise<string[]> {
    const { host, port, user, password } = inject('server');
    const found: string[] = [];
    await sealAll(this.house.database);
    await findBreaches(this.house, { host, port, user, password, database: this.database }, ({ check, what, facts }) =>
      found.push(`${check} ${what} ${JSON.stringify(facts)}`),
    );
    return found;
  }

  async community(preset: 'standard' | 'luxury' = 'luxury'): Promise<Community> {
    const id = newId();
    const code = `T${randomBytes(3).toString('hex').toUpperCase()}`;
    await this.house.database.write([id], (tx) =>
      makeCommunity(
        tx,
        this.organizationId,
        { code, name: `小区${code}`, preset },
        this.founderId,
        this.house.time.now(),
        id,
      ),
    );
    return { id, code, path: `/communities/${id}` };
  }

  /** A signed-in holder of these posts in one community, or in the whole organization. */
  async person(roles: Role | readonly Role[], community: Community | null, name = '测试员'): Promise<Person> {
    const id = newId();
    const username = `u${randomBytes(6).toString('hex')}`;
    const createdAt = this.house.time.now();
    await this.house.database.write([], async (tx) => {
      await insertAccount(tx, {
        id,
        organizationId: this.organizationId,
        username,
        name,
        passwordHash: this.passwordHash,
        createdAt,
      });
      for (const role of [roles].flat() as Role[])
        await insertGrant(tx, {
          id: newId(),
          accountId: id,
          role,
          communityId: community?.id ?? null,
          department: null,
          grantedBy: this.founderId,
          createdAt,
        });
    });
    return new Person(this, id, username).signIn();
  }

  /** The same house behind HTTPS, for a browser that needs a secure context. */
  async openSecure(tls: { cert: Buffer; key: Buffer }, webFolder?: string): Promise<Server & { address: string }> {
    const server = await makeServer(this.house, { tls, timers: false, ...(webFolder ? { webFolder } : {}) });
    await server.app.listen({ port: 0, host: '127.0.0.1' });
    return { ...server, address: `https://localhost:${(server.app.server.address() as AddressInfo).port}` };
  }

  /** Runs every timer once: sweep, send, seal. */
  tick = (): Promise<void> => this.server.timers.runAll();
}

/** A house for one test file, opened before its tests and closed after them. */
export function useHouse(options: ConstructorParameters<typeof TestHouse>[0] = {}): TestHouse {
  const house = new TestHouse(options);
  beforeAll(() => house.open());
  afterAll(() => house.close());
  return house;
}
