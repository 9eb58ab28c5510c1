// The way to PostgreSQL: one pool as the app role, every statement inside a transaction that says which
// communities it may see (the second wall reads that setting; unset shows no row).
import { CamelCasePlugin, Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { isId } from '../../kernel/id.ts';
import { instantOf } from '../../kernel/time.ts';
import { makeClient } from './own-client.ts';
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
  // Statements that don't wait for each other travel together: waking the server costs more than most of them do.
  const pool = new pg.Pool({ max: 20, ...access, ...settings, connectionTimeoutMillis: 10_000, pipeline: true });
  // COPY needs a connection to itself.
  const copyPool = new pg.Pool({ ...access, ...settings, max: 2, connectionTimeoutMillis: 10_000 });
  for (const one of [pool, copyPool]) {
    one.on('error', onError);
    // The server's last word can arrive in one piece with its first, before whoever asked for the connection hears it,
    // or after its return. Whatever asks next is told; nobody hearing it now must not end the program.
    one.on('connect', (client) => client.on('error', () => {}));
  }
  const kysely = new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });

  async function run<T>(
    scope: Scope | 'everywhere',
    begin: string,
    work: (tx: Tx, client: pg.PoolClient) => Promise<T>,
    from = pool,
  ): Promise<T> {
    for (const id of scope === 'everywhere' ? [] : scope) if (!isId(id)) throw new TypeError('a scope holds ids only');
    const communities = scope === 'everywhere' ? everyId : `'${scope.join(',')}'`;
    const client = await from.connect();
    const lease: Lease = { client, isOver: false };
    // A connection that dies between two statements says so by an event; unheard it would end the program. The next
    // statement then fails, and the connection does not go back to the pool.
    let broken: Error | undefined;
    const lost = (fault: Error) => {
      broken = fault;
    };
    client.on('error', lost);
    const giveBack = (fault?: Error) => {
      client.off('error', lost);
      client.release(fault ?? broken);
    };
    try {
      // Both statements travel with the first of the work; were they to fail, the walls would show it no row.
      const begun = client.query(`${begin}; select set_config('app.communities', ${communities}, true)`);
      begun.catch(() => {});
      const result = await work(asTransaction(kysely, lease), client);
      await begun;
      lease.isOver = true;
      const ended = client.query('commit');
      // Nothing hangs on the end of a reading: its answer goes out, whoever is next waits in the connection's queue.
      if (!begin.includes('read only')) await ended;
      ended.then(() => giveBack(), giveBack);
      return result;
    } catch (fault) {
      lease.isOver = true;
      await client.query('rollback').then(() => giveBack(), giveBack);
      throw fault;
    }
  }

  return {
    pool,
    everywhere: (work) => run('everywhere', 'begin', work),
    read: (scope, work) => run(scope, 'begin read only', work),
    write: (scope, work) => run(scope, 'begin', work),
    snapshot: (work) => run('everywhere', 'begin isolation level repeatable read read only', work, copyPool),
    async connect() {
      const client = makeClient({ ...access, ...settings });
      await client.connect();
      return client;
    },
    close: async () => {
      await Promise.all([pool.end(), copyPool.end()]);
    },
  };
}

/** A connection for the time of one transaction. */
type Lease = { client: pg.PoolClient; isOver: boolean };

/** Kysely over a client whose transaction we began ourselves, so that `begin` and the scope are one round trip. */
function asTransaction(kysely: Kysely<DB>, lease: Lease): Tx {
  const bound = new Kysely<DB>({
    dialect: new PostgresDialect({ pool: { connect: async () => lent(lease), end: async () => {} } }),
    plugins: kysely.getExecutor().plugins.slice(),
  });
  return bound as unknown as Tx;
}

/**
 * The same client, but its release is the transaction's end, not the statement's. What still runs after that end (one
 * of several at once, when another failed) must not reach the connection's next transaction.
 */
function lent(lease: Lease) {
  const query = (...args: unknown[]) => {
    if (lease.isOver) throw new Error('a statement came after the end of its transaction');
    return (lease.client.query as (...all: unknown[]) => unknown).apply(lease.client, args);
  };
  return { query: query as pg.PoolClient['query'], release: () => {} } as pg.PoolClient;
}

export { sql };
