// Takes a backup 备份: one snapshot of every table as the owner, while others go on writing; then the files named in it.
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type pg from 'pg';
import type { Instant } from '../../kernel/time.ts';
import { copyOut } from '../database/copy-rows.ts';
import type { Access } from '../database/database.ts';
import { makeClient } from '../database/own-client.ts';
import type { ObjectStore } from '../object-store.ts';
import { type ArchiveWriter, writeArchive } from './archive.ts';
import { wrapKey } from './key-wrap.ts';
import { type Manifest, manifestName, newestFormat } from './manifest.ts';

export type Ask = (sql: string) => Promise<Record<string, unknown>[]>;

export type BackupOptions = {
  owner: Access;
  objects: ObjectStore;
  file: string;
  program: string;
  takenAt: Instant;
  key: { bytes: Buffer; fingerprint: string };
  /** Wraps the data key into the file; without it only its fingerprint goes along. */
  passphrase: string | null;
  /** Tables whose rows stay behind. */
  leftOut: readonly string[];
  /** Asked inside the snapshot. */
  objectKeys(ask: Ask): Promise<string[]>;
  notes(ask: Ask): Promise<Record<string, unknown>>;
};

const compress = promisify(gzip);
/** Rows of a table are cut into parts of about this much text, so that memory stays small whatever its size. */
const partBytes = 8 * 1024 * 1024;

/** Sets what text depends on, so that it reads the same on any server, and lets no policy hide a row. */
export const plainSession = [
  "set client_encoding = 'UTF8'",
  "set datestyle = 'ISO, YMD'",
  "set timezone = 'UTC'",
  "set intervalstyle = 'postgres'",
  "set bytea_output = 'hex'",
  'set extra_float_digits = 1',
  'set statement_timeout = 0',
  'set lock_timeout = 0',
  'set idle_in_transaction_session_timeout = 0',
  'set row_security = off',
].join('; ');

/** Tables of the house, without those that belong to an extension. */
export const houseTables = `
  select c.oid, c.relname as name from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
  order by c.relname`;

export async function takeBackup(options: BackupOptions): Promise<{ manifest: Manifest; bytes: number }> {
  const archive = await writeArchive(options.file);
  try {
    const client = makeClient(options.owner);
    await client.connect();
    let taken: Awaited<ReturnType<typeof copyTables>> & Pick<Manifest, 'notes'> & { keys: string[] };
    try {
      const ask: Ask = async (sql) => (await client.query(sql)).rows;
      await client.query(`${plainSession}; begin isolation level repeatable read read only`);
      taken = {
        ...(await copyTables(client, archive, options.leftOut)),
        notes: await options.notes(ask),
        keys: await options.objectKeys(ask),
      };
      await client.query('commit');
    } finally {
      await client.end();
    }
    const { keys, ...ofDatabase } = taken;
    // After the snapshot: a file never changes under its key, and the long copying of files holds no old rows back.
    const files = await copyObjects(options.objects, archive, keys);
    const { bytes: key, fingerprint } = options.key;
    const manifest: Manifest = {
      format: newestFormat,
      product: 'guanjia',
      program: options.program,
      takenAt: options.takenAt,
      key: {
        fingerprint,
        wrapped: options.passphrase === null ? null : wrapKey(key, options.passphrase, fingerprint),
      },
      leftOut: [...options.leftOut],
      ...ofDatabase,
      ...files,
      entries: [...archive.entries],
    };
    await archive.add(manifestName, Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`));
    return { manifest, bytes: await archive.close() };
  } catch (fault) {
    await archive.abandon();
    throw fault;
  }
}

async function copyTables(client: pg.Client, archive: ArchiveWriter, leftOut: readonly string[]) {
  const name = (text: string) => client.escapeIdentifier(text);
  const found = await client.query<{ name: string; columns: string[] }>(`
    select t.name, array(select a.attname::text from pg_attribute a
      where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns
    from (${houseTables}) t`);
  const known = found.rows.filter((table) => table.name !== 'schema_migrations');
  // Nobody changes a table's shape between the first row and the last; writers of rows don't notice.
  if (known.length > 0)
    await client.query(`lock table ${known.map((table) => name(table.name)).join(', ')} in access share mode`);
  const migrations = await client.query<Manifest['migrations'][number]>(
    'select number, name, sha256 from schema_migrations order by number',
  );
  const tables: Manifest['tables'] = [];
  for (const table of known.filter((one) => !leftOut.includes(one.name))) {
    const columns = table.columns.map(name).join(', ');
    tables.push({
      ...table,
      ...(await copyTable(client, archive, table.name, `copy ${name(table.name)} (${columns}) to stdout`)),
    });
  }
  const owned = await client.query<{ table: string; column: string; sequence: string }>(`
    select t.name as table, a.attname as column, pg_get_serial_sequence(format('%I', t.name), a.attname) as sequence
    from (${houseTables}) t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
    where pg_get_serial_sequence(format('%I', t.name), a.attname) is not null`);
  const sequences: Manifest['sequences'] = [];
  for (const { table, column, sequence } of owned.rows) {
    const { rows } = await client.query<{ last: string | null }>(
      `select case when is_called then last_value::text end as last from ${sequence}`,
    );
    sequences.push({ table, column, last: rows[0]?.last ?? null });
  }
  const version = await client.query<{ version: string }>("select current_setting('server_version') as version");
  return { tables, sequences, migrations: migrations.rows, serverVersion: version.rows[0]?.version ?? '' };
}

/** Parts end with a whole row, and each is a gzip of its own: `zcat` of all in order is the table. */
async function copyTable(client: pg.Client, archive: ArchiveWriter, table: string, sql: string) {
  const parts: string[] = [];
  let rows = 0;
  let kept: Buffer[] = [];
  let keptBytes = 0;
  const flush = async (text: Buffer) => {
    if (text.length === 0) return;
    const part = `tables/${table}/${String(parts.length + 1).padStart(6, '0')}.copy.gz`;
    await archive.add(part, await compress(text));
    parts.push(part);
    rows += countRows(text);
  };
  for await (const piece of copyOut(client, sql)) {
    kept.push(piece);
    keptBytes += piece.length;
    if (keptBytes < partBytes) continue;
    const text = Buffer.concat(kept);
    const end = text.lastIndexOf(10) + 1;
    await flush(text.subarray(0, end));
    kept = [Buffer.from(text.subarray(end))];
    keptBytes = text.length - end;
  }
  await flush(Buffer.concat(kept));
  return { rows, parts };
}

/** In COPY's text a newline ends a row and stands nowhere else. */
export function countRows(text: Buffer): number {
  let rows = 0;
  for (let at = text.indexOf(10); at !== -1; at = text.indexOf(10, at + 1)) rows++;
  return rows;
}

async function copyObjects(store: ObjectStore, archive: ArchiveWriter, keys: readonly string[]) {
  const objects: string[] = [];
  const missingObjects: string[] = [];
  for (const key of new Set(keys)) {
    const object = await store.get(key);
    if (!object) {
      missingObjects.push(key);
      continue;
    }
    await archive.addStream(`objects/${key}`, object.bytes, object.stream);
    objects.push(key);
  }
  return { objects, missingObjects };
}
