// The way to PostgreSQL: one pool as the app role, every statement inside a transaction that says which
// communities it may see (the second wall reads that setting; unset shows no row).
import { CamelCasePlugin, Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { isId } from '../../kernel/id.ts';
import { instantOf } from '../../kernel/time.ts';
import type { DB } from './tables.ts';

/** A transaction in which a store may ask; only `Database` makes one, so a store can't be called without a scope. */
export type Tx = Transaction<DB>;

/** Communities (or the organization's id for what belongs to none) whose rows may be seen and written. */
export type Scope = readonly string[];

export type Database = {
  read<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>;
  write<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Timers and checks that go over every community: sealing, sweeping, sending, verifying. Never a request. */
  everywhere<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One repeatable-read snapshot, for backup and `verify`. */
  snapshot<T>(work: (tx: Tx, client: pg.PoolClient) => Promise<T>): Promise<T>;
  /** A connection of its own for `listen`; the caller ends it. */
  connect(): Promise<pg.Client>;
  pool: pg.Pool;
  close(): Promise<void>;
};

const integer = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('an integer from the database is beyond 2^53');
  return value;
};

// bigint → checked number, date → 'YYYY-MM-DD', timestamptz → Instant (ISO, UTC, milliseconds).
pg.types.setTypeParser(pg.types.builtins.INT8, integer);
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => {
  const ms = Date.parse(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));
  return Number.isNaN(ms) ? text : instantOf(ms);
});

const everyId = `(select string_agg(id::text, ',') from (select id from communities union all select id from organizations) every)`;

export type Access =
  | { connectionString: string; max?: number }
  | { host: string; port: number; user: string; password?: string; database: string; max?: number };

export function openDatabase(access: Access, onError: (fault: Error) => void): Database {
  // Chinese text, times and plans must not depend on a server's defaults.
  const settings = { options: '-c timezone=UTC -c client_encoding=UTF8 -c jit=off', application_name: 'guanjia' };
  const pool = new pg.Pool({ max: 20, ...access, ...settings, connectionTimeoutMillis: 10_000 });
  pool.on('error', onError);
  const kysely = new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });

  async function run<T>(
    scope: Scope | 'everywhere',
    begin: string,
    work: (tx: Tx, client: pg.PoolClient) => Promise<T>,
  ): Promise<T> {
    for (const id of scope === 'everywhere' ? [] : scope) if (!isId(id)) throw new TypeError('a scope holds ids only');
    const communities = scope === 'everywhere' ? everyId : `'${scope.join(',')}'`;
    const client = await pool.connect();
    let broken: Error | undefined;
    // A connection that dies between two statements says so by an event; unheard it would end the program. The next
    // statement then fails, and the connection does not go back to the pool.
    const lost = (fault: Error) => {
      broken = fault;
    };
    client.on('error', lost);
    try {
      // Both statements travel at once; the ids were checked above.
      await client.query(`${begin}; select set_config('app.communities', ${communities}, true)`);
      const result = await work(asTransaction(kysely, client), client);
      await client.query('commit');
      return result;
    } catch (fault) {
      await client.query('rollback').catch((second: Error) => {
        broken = second;
      });
      throw fault;
    } finally {
      client.off('error', lost);
      client.release(broken);
    }
  }

  return {
    pool,
    everywhere: (work) => run('everywhere', 'begin', work),
    read: (scope, work) => run(scope, 'begin read only', work),
    write: (scope, work) => run(scope, 'begin', work),
    snapshot: (work) => run('everywhere', 'begin isolation level repeatable read read only', work),
    async connect() {
      const client = new pg.Client({ ...access, ...settings });
      await client.connect();
      return client;
    },
    close: async () => {
      await pool.end();
    },
  };
}

/** Kysely over a client whose transaction we began ourselves, so that `begin` and the scope are one round trip. */
function asTransaction(kysely: Kysely<DB>, client: pg.PoolClient): Tx {
  const bound = new Kysely<DB>({
    dialect: new PostgresDialect({ pool: { connect: async () => lent(client), end: async () => {} } }),
    plugins: kysely.getExecutor().plugins.slice(),
  });
  return bound as unknown as Tx;
}

/** The same client, but its release is the transaction's end, not the statement's. */
function lent(client: pg.PoolClient) {
  return {
    query: client.query.bind(client) as pg.PoolClient['query'],
    release: () => {},
  } as pg.PoolClient;
}

export { sql };
