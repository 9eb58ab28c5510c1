// Migrations: from nothing and from the last release to today, with the same tables, and the table types that fit them.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { testKey } from '../../../tests/database.setup.ts';
import { useHouse } from '../../../tests/house.ts';
import { loadOlder } from '../../../tests/older-house.ts';
import type { Access } from '../../platform/database/database.ts';
import { migrate, readMigrations } from '../../platform/database/migrate.ts';
import { makeClient } from '../../platform/database/own-client.ts';
import { type FoundBreach, findBreaches } from './checks.ts';
import { prepare } from './opening.ts';
import { tablesFile, tableTypesOf } from './table-types.command.ts';
import { makeHouse } from './wiring.ts';

/** The newest migration of the last release. */
const lastRelease = 5;

describe('migrations', () => {
  const house = useHouse();
  const made: string[] = [];
  afterAll(async () => {
    for (const name of made) await house.asOwner(`drop database if exists ${name} with (force)`, 'postgres');
  });

  async function database(template = 'template0'): Promise<Access & { host: string; database: string }> {
    const name = `migrated_${randomBytes(5).toString('hex')}`;
    made.push(name);
    await house.asOwner(`create database ${name} template ${template}`, 'postgres');
    const { host, port, user, password } = inject('server');
    return { host, port, user, password, database: name };
  }

  async function inside<T>(access: Access, work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = makeClient(access);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  /** Columns, keys, indexes, policies and rights, in words. */
  const schemaOf = async (client: pg.Client): Promise<string[]> => {
    const { rows } = await client.query<{ line: string }>(`
      select table_name || '.' || column_name || ' ' || udt_name || ' ' || is_nullable || ' ' || coalesce(column_default, '') as line
        from information_schema.columns where table_schema = 'public'
      union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
        from pg_constraint where connamespace = 'public'::regnamespace
      union all select indexdef from pg_indexes where schemaname = 'public'
      union all select tablename || ' ' || policyname || ' ' || coalesce(qual, '') || coalesce(with_check, '') from pg_policies
      union all select table_name || ' ' || grantee || ' ' || privilege_type
        from information_schema.table_privileges where table_schema = 'public' and grantee = 'guanjia_app'
      order by 1`);
    return rows.map((row) => row.line);
  };

  it('bring a house of the last release up to date: same tables as from nothing, every invariant holds', {
    timeout: 60_000,
  }, async () => {
    const old = await database();
    await inside(old, (client) => loadOlder(client, { upTo: lastRelease, fixture: 'last-release' }));

    const access = await prepare(old, testKey, null);
    const breaches: FoundBreach[] = [];
    const migrated = makeHouse({
      access,
      secretKey: testKey,
      dataDir: '/nowhere',
      log: house.house.log,
      time: house.house.time,
    });
    await findBreaches(migrated, old, (breach) => breaches.push(breach));
    await migrated.database.close();
    expect(breaches).toEqual([]);
    await inside(old, async (client) => {
      const { rows } = await client.query('select state, count(*)::int as n from cases group by 1 order by 1');
      expect(rows).toEqual([
        { state: 'accepted', n: 1 },
        { state: 'cancelled', n: 1 },
        { state: 'logged', n: 1 },
      ]);
      const newest = await client.query('select max(number) as newest from schema_migrations');
      expect(newest.rows[0].newest).toBe(readMigrations('migrations').at(-1)?.number);
      const fromNothing = await database(inject('server').database);
      expect(await schemaOf(client)).toEqual(await inside(fromNothing, schemaOf));
    });
  });

  it('wait for nobody who works when there is nothing to bring up to date', { timeout: 30_000 }, async () => {
    const access = await database(inject('server').database);
    await inside(access, async (working) => {
      // What a killed program leaves in the server: a transaction that has touched every table.
      const { rows } = await working.query<{ name: string }>(
        "select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename <> 'schema_migrations'",
      );
      await working.query('begin');
      await working.query(`lock table ${rows.map((row) => row.name).join(', ')} in row exclusive mode`);
      await inside(access, async (owner) => {
        await owner.query("set lock_timeout = '5s'");
        expect(await migrate(owner, 'migrations')).toEqual([]);
      });
    });
  });

  it('begin again, whole, after giving way to a transaction that goes the other way round', {
    timeout: 30_000,
  }, async () => {
    const access = await database();
    const folder = mkdtempSync(join(tmpdir(), 'guanjia-migrations-'));
    writeFileSync(join(folder, '0001_two.sql'), 'create table first (id int); create table second (id int);');
    writeFileSync(join(folder, 'walls.sql'), 'lock table first; select pg_sleep(2); lock table second;');
    try {
      await inside(access, async (owner) => {
        await migrate(owner, folder);
        await inside(access, async (working) => {
          await working.query('begin; lock table second');
          const again = migrate(owner, folder);
          await expect
            .poll(
              () =>
                house.asOwner(
                  "select 1 from pg_locks where relation = 'first'::regclass and mode = 'AccessExclusiveLock' and granted",
                  access.database,
                ),
              { timeout: 15_000, interval: 20 },
            )
            .toHaveLength(1);
          // A wait is looked at once, a second after it began: this one is no ring yet then, the migration's is.
          const both = working.query('lock table first; commit');
          await expect(Promise.all([again, both])).resolves.toBeDefined();
        });
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('are what the table types were made from', async () => {
    const types = await inside(await database(inject('server').database), tableTypesOf);
    expect(types, 'run npm run app -- table-types').toBe(readFileSync(tablesFile(), 'utf8'));
  });
});
