// A database as an earlier release left it: migrated up to where that release stood, filled from a fixture that it wrote itself.
import { readFileSync } from 'node:fs';
import type pg from 'pg';
import { migrate } from '../src/platform/database/migrate.ts';
import { appPassword, ensureAppRole } from '../src/platform/database/roles.ts';
import { testKey } from './database.setup.ts';

export type Older = {
  /** The newest migration of that release. */
  upTo: number;
  /** `tests/fixtures/<name>.sql`. */
  fixture: string;
};

export async function loadOlder(client: pg.Client, { upTo, fixture }: Older): Promise<void> {
  await ensureAppRole(client, appPassword(testKey));
  await migrate(client, 'migrations', upTo);
  const { rows } = await client.query<{ name: string }>(
    "select quote_ident(tablename) as name from pg_tables where schemaname = 'public'",
  );
  const each = (what: string) => rows.map(({ name }) => `alter table ${name} ${what} trigger user`).join(';');
  const load = readFileSync(`tests/fixtures/${fixture}.sql`, 'utf8');
  await client.query(`begin; set constraints all deferred; ${each('disable')}; ${load}`);
  await client.query(`set constraints all immediate; ${each('enable')}; commit`);
}
