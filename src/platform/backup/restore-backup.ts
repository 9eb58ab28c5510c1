// Puts a backup into an empty database of any supported server: the schema of its day, its rows in one transaction,
// then the migrations since. What could refuse is asked before anything is touched.
import type pg from 'pg';
import { Refusal } from '../../kernel/refusal.ts';
import { copyIn } from '../database/copy-rows.ts';
import type { Access } from '../database/database.ts';
import { migrate, readMigrations } from '../database/migrate.ts';
import { makeClient } from '../database/own-client.ts';
import type { ObjectStore } from '../object-store.ts';
import type { Manifest } from './manifest.ts';
import type { Backup } from './read-backup.ts';
import { houseTables, plainSession } from './take-backup.ts';

/** Refusals: `restore.program_too_old`, `migrations.changed_after_release`. */
export function checkSchema(manifest: Manifest, migrationsFolder: string): void {
  const ours = readMigrations(migrationsFolder);
  const newest = ours.at(-1)?.number ?? 0;
  for (const theirs of manifest.migrations) {
    const own = ours[theirs.number - 1];
    if (!own)
      throw new Refusal('restore.program_too_old', { backup: theirs.number, program: newest, made: manifest.program });
    if (own.sha256 !== theirs.sha256) throw new Refusal('migrations.changed_after_release', { name: own.name });
  }
}

/** Refusals: `restore.database_not_empty`, `restore.program_running`. Tables without rows are no hindrance. */
export async function checkEmpty(owner: pg.Client, appRole: string, mayStay: readonly string[]): Promise<void> {
  const others = await owner.query(
    'select from pg_stat_activity where datname = current_database() and usename = $1 limit 1',
    [appRole],
  );
  if (others.rowCount) throw new Refusal('restore.program_running');
  const { rows } = await owner.query<{ name: string }>(houseTables);
  for (const { name } of rows) {
    if (name === 'schema_migrations' || mayStay.includes(name)) continue;
    const found = await owner.query(`select from ${owner.escapeIdentifier(name)} limit 1`);
    if (found.rowCount) throw new Refusal('restore.database_not_empty', { table: name });
  }
}

export async function restoreBackup(options: {
  backup: Backup;
  owner: Access;
  objects: ObjectStore;
  migrationsFolder: string;
}): Promise<void> {
  const { backup, migrationsFolder } = options;
  const { manifest } = backup;
  // Files first: rows never point at what is not there, and a file without a row harms nobody.
  for (const key of manifest.objects) await options.objects.put(key, await backup.object(key));
  const client = makeClient(options.owner);
  await client.connect();
  try {
    await client.query(plainSession);
    await dropEmptyHouse(client);
    await migrate(client, migrationsFolder, manifest.migrations.at(-1)?.number ?? 0);
    await client.query('begin');
    try {
      await loadTables(client, backup);
      await client.query('commit');
    } catch (fault) {
      await client.query('rollback');
      throw fault;
    }
    await migrate(client, migrationsFolder);
    await client.query('analyze');
  } finally {
    await client.end();
  }
}

/** What an earlier, empty start left: its schema may be newer than the backup's. */
async function dropEmptyHouse(client: pg.Client): Promise<void> {
  const { rows: tables } = await client.query<{ name: string }>(houseTables);
  await client.query('begin');
  try {
    for (const { name } of tables) await client.query(`drop table ${client.escapeIdentifier(name)} cascade`);
    const { rows: functions } = await client.query<{ signature: string }>(`
      select p.oid::regprocedure::text as signature from pg_proc p
      where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p')
        and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')`);
    for (const { signature } of functions) await client.query(`drop routine ${signature} cascade`);
    await client.query('commit');
  } catch (fault) {
    await client.query('rollback');
    throw fault;
  }
}

async function loadTables(client: pg.Client, backup: Backup): Promise<void> {
  const { manifest } = backup;
  const name = (text: string) => client.escapeIdentifier(text);
  // Foreign keys go and come back: rings of tables load in any order, and one check at the end is quicker than a
  // million. Triggers of the business rest, because what they would write is in the backup already.
  const { rows: keys } = await client.query<{ table: string; name: string; definition: string }>(`
    select c.conrelid::regclass::text as table, quote_ident(c.conname) as name, pg_get_constraintdef(c.oid) as definition
    from pg_constraint c join (${houseTables}) t on t.oid = c.conrelid where c.contype = 'f' and c.conparentid = 0`);
  for (const key of keys) await client.query(`alter table ${key.table} drop constraint ${key.name}`);
  for (const table of manifest.tables) {
    await client.query(`alter table ${name(table.name)} disable trigger user`);
    // A migration may fill a table (a list of days, a default); the backup's rows are the truth.
    await client.query(`delete from ${name(table.name)}`);
    const sql = `copy ${name(table.name)} (${table.columns.map(name).join(', ')}) from stdin`;
    const rows = await copyIn(client, sql, backup.rowsOf(table));
    if (rows !== table.rows) throw new Error(`${table.name} took ${rows} rows of ${table.rows}`);
    await client.query(`alter table ${name(table.name)} enable trigger user`);
  }
  for (const key of keys) await client.query(`alter table ${key.table} add constraint ${key.name} ${key.definition}`);
  for (const { table, column, last } of manifest.sequences)
    if (last !== null)
      await client.query('select setval(pg_get_serial_sequence($1, $2), $3::bigint)', [name(table), column, last]);
}
