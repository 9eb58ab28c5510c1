// The ground that benchmarks stand on: one PostgreSQL of their own with fsync on, a migrated database for each, the
// built program as a process beside it, people signed in over HTTP.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { makeHouse, productFolder } from '../src/apps/server/wiring.ts';
import { insertAccount, insertGrant, insertOrganization } from '../src/domain/access/account.store.ts';
import type { Role } from '../src/domain/access/role.contract.ts';
import { hashPassword } from '../src/domain/access/session.service.ts';
import { makeCommunity } from '../src/domain/access/setup.service.ts';
import { markFilled } from '../src/domain/demo/demo.store.ts';
import { newId } from '../src/kernel/id.ts';
import { type ClusterAccess, openCluster } from '../src/platform/database/cluster.ts';
import { migrate } from '../src/platform/database/migrate.ts';
import { makeClient } from '../src/platform/database/own-client.ts';
import { appPassword, appRole, ensureAppRole } from '../src/platform/database/roles.ts';
import type { House } from '../src/platform/house.ts';
import { makeLog } from '../src/platform/log.ts';

/** The key of benchmark houses; a real one is random. */
const benchKey = Buffer.alloc(32, 9);
export const benchPassword = 'a password for benchmarks';

export type Ground = {
  folder: string;
  database(name: string): Promise<BenchDatabase>;
  close(): Promise<void>;
};

export type BenchDatabase = {
  name: string;
  /** As the owner, past all walls: rows by the million. */
  owner: pg.Client;
  /** As the program connects. */
  appAccess: { host: string; port: number; user: string; password: string; database: string };
  /** The house in this process, as the app role. */
  house: House;
  organizationId: string;
  /** Starts the built program on this database; `nodeArgs` for profiles. */
  serve(options?: {
    nodeArgs?: readonly string[];
    env?: Record<string, string>;
    args?: readonly string[];
  }): Promise<Program>;
  close(): Promise<void>;
};

export async function openGround(): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), 'guanjia-bench-'));
  const cluster = await openCluster({ dataDir: join(folder, 'data'), fsync: true, log: () => {} });
  return {
    folder,
    database: (name) => makeDatabase(cluster.access, folder, name),
    close: async () => {
      await cluster.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function makeDatabase(access: ClusterAccess, folder: string, name: string): Promise<BenchDatabase> {
  const { host, port, ownerUser: user, ownerPassword: password = '' } = access;
  const first = makeClient({ host, port, user, password, database: 'postgres' });
  await first.connect();
  await first.query(`create database ${name} template template0 encoding 'UTF8'`);
  await first.end();
  const owner = makeClient({ host, port, user, password, database: name });
  // A benchmark that fails leaves its connection behind when the ground closes.
  owner.on('error', () => {});
  await owner.connect();
  await ensureAppRole(owner, appPassword(benchKey));
  await migrate(owner, join(productFolder(), 'migrations'));
  const appAccess = { host, port, user: appRole, password: appPassword(benchKey), database: name };
  const dataDir = join(folder, `house-${name}`);
  mkdirSync(join(dataDir, 'keys'), { recursive: true });
  writeFileSync(join(dataDir, 'keys/secret.key'), benchKey.toString('base64'), { mode: 0o600 });
  const house = makeHouse({ access: appAccess, secretKey: benchKey, dataDir, log: makeLog('fatal') });
  const organizationId = newId();
  await house.database.write([], async (tx) => {
    const createdAt = house.time.now();
    await insertOrganization(tx, { id: organizationId, name: '测量物业', createdAt, isDemo: true });
    // A demo that is still being filled would keep the timers still.
    await markFilled(tx, organizationId, createdAt);
  });
  const url = `postgres://${user}:${encodeURIComponent(password)}@localhost/${name}?host=${encodeURIComponent(host)}&port=${port}`;
  return {
    name,
    owner,
    appAccess,
    house,
    organizationId,
    serve: ({ nodeArgs = [], env = {}, args = [] } = {}) =>
      startProgram([...nodeArgs], { DATABASE_URL: url, DATA_DIR: dataDir, ...env }, args),
    close: async () => {
      await house.database.close();
      await owner.end();
    },
  };
}

export type Program = {
  process: ChildProcess;
  address: string;
  /** From the start of the process to its first ready answer. */
  readyMs: number;
  stop(signal?: NodeJS.Signals): Promise<void>;
};

/** The built program, `serve`, on a free port, until it says it is ready. */
export async function startProgram(
  nodeArgs: readonly string[],
  env: Record<string, string>,
  args: readonly string[] = [],
): Promise<Program> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...nodeArgs, join(productFolder(), 'dist/server/main.js'), 'serve', ...args], {
    env: { PATH: process.env.PATH ?? '', PORT: '0', LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /https?:\/\/[\w.]+:\d+/.exec(said);
      if (found) resolve(found[0]);
    });
    child.once('exit', (code) => reject(new Error(`the program ended with ${code}: ${said}`)));
  });
  for (;;) {
    const answer = await fetch(`${address}/readyz`).catch(() => null);
    if (answer?.status === 200) break;
    // While demo data are filled a minute passes; asked too often it passes more slowly.
    await new Promise((resolve) => setTimeout(resolve, answer?.status === 503 ? 200 : 20));
  }
  return {
    process: child,
    address,
    readyMs: performance.now() - startedAt,
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      await ended;
    },
  };
}

export type Answer = { status: number; body: string };

/** A person at a browser of their own: one connection kept open, as cheap as Node makes it. */
export class Visitor {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });
  private headers: Record<string, string> = {};

  constructor(
    public address: string,
    readonly accountId = '',
  ) {}

  async signIn(username: string, password = benchPassword): Promise<this> {
    const answer = await fetch(`${this.address}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    });
    if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status}: ${await answer.text()}`);
    const cookie = (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    const { csrfToken } = (await answer.json()) as { csrfToken: string };
    this.headers = { cookie, 'x-csrf-token': csrfToken };
    return this;
  }

  /** For what goes another way than `ask`: an upload. */
  get signedHeaders(): Readonly<Record<string, string>> {
    return this.headers;
  }

  ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const url = new URL(`${this.address}/api/v1${path}`);
    return new Promise((resolve, reject) => {
      const sent = request(
        url,
        {
          method,
          agent: this.agent,
          headers: {
            ...this.headers,
            ...(payload ? { 'content-type': 'application/json', 'content-length': payload.length } : {}),
            ...(method === 'POST' ? { 'idempotency-key': newId() } : {}),
            ...headers,
          },
        },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
          answer.on('error', reject);
        },
      );
      sent.on('error', reject);
      sent.end(payload);
    });
  }

  async post(path: string, body: unknown): Promise<Answer> {
    const answer = await this.ask('POST', path, body);
    if (answer.status >= 300) throw new Error(`${path} answered ${answer.status}: ${answer.body.slice(0, 500)}`);
    return answer;
  }

  async get(path: string): Promise<Answer> {
    const answer = await this.ask('GET', path);
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${answer.body.slice(0, 500)}`);
    return answer;
  }

  leave(): void {
    this.agent.destroy();
  }
}

let passwordHash: Promise<string> | undefined;

/** A community with its preset, `units` rooms in buildings of a hundred, and a technician. */
export async function makeBenchCommunity(base: BenchDatabase, code: string, units: number): Promise<BenchCommunity> {
  const id = newId();
  const accountId = await makeAccount(base, `maker-${code}`, null, []);
  await base.house.database.write([id], (tx) =>
    makeCommunity(
      tx,
      base.organizationId,
      { code, name: `小区${code}`, preset: 'luxury' },
      accountId,
      base.house.time.now(),
      id,
    ),
  );
  await base.owner.query(
    `insert into buildings (community_id, id, name, sort_key)
     select $1::uuid, ${uuidOf("'building' || b")}, b || '栋', lpad(b::text, 6, '0') from generate_series(1, ceil($2 / 100.0)::int) b`,
    [id, units],
  );
  await base.owner.query(
    `insert into units (community_id, id, building_id, entrance, room, label, sort_key)
     select $1::uuid, ${uuidOf("'unit' || n")}, ${uuidOf("'building' || (n / 100 + 1)")}, '1', room, (n / 100 + 1) || '栋1单元' || room, lpad((n / 100 + 1)::text, 6, '0') || '-1-' || room
     from (select n, ((n % 100) / 4 + 1) || lpad((n % 4 + 1)::text, 2, '0') as room from generate_series(0, $2::int - 1) n) made`,
    [id, units],
  );
  const { rows } = await base.owner.query<{ id: string }>(
    'select id from units where community_id = $1 order by sort_key',
    [id],
  );
  return { id, code, path: `/communities/${id}`, unitIds: rows.map((row) => row.id) };
}

export type BenchCommunity = { id: string; code: string; path: string; unitIds: string[] };

/** A stable id from a word, within the community `$1`; formed like version 7. */
export const uuidOf = (word: string): string =>
  `overlay(overlay(md5($1::text || ${word}) placing '7' from 13) placing '8' from 17)::uuid`;

export async function makeAccount(
  base: BenchDatabase,
  username: string,
  communityId: string | null,
  roles: readonly Role[],
): Promise<string> {
  passwordHash ??= hashPassword(benchPassword);
  const hash = await passwordHash;
  const id = newId();
  const createdAt = base.house.time.now();
  await base.house.database.write([], async (tx) => {
    await insertAccount(tx, {
      id,
      organizationId: base.organizationId,
      username,
      name: '测量员',
      passwordHash: hash,
      createdAt,
    });
    for (const role of roles)
      await insertGrant(tx, {
        id: newId(),
        accountId: id,
        role,
        communityId,
        department: null,
        grantedBy: id,
        createdAt,
      });
  });
  return id;
}
