// Migrations: plain SQL files, numbered, forward only, one transaction each, under one lock; then the walls
// (policies and grants). Run as the owner; the app role can't change the schema.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { Refusal } from '../../kernel/refusal.ts';

const lockKey = 7_140_001;

/** Two that wait for each other, and this one was chosen to give way (SQLSTATE). */
const deadlock = '40P01';
const triesAfterDeadlock = 5;

export type Migration = { number: number; name: string; sql: string; sha256: string };

export function readMigrations(folder: string): Migration[] {
  const files = readdirSync(folder)
    .filter((file) => /^\d{4}_[a-z0-9_]+\.sql$/.test(file))
    .sort();
  return files.map((file, index) => {
    const number = Number(file.slice(0, 4));
    if (number !== index + 1) throw new Refusal('migrations.gap', { file });
    const text = readFileSync(join(folder, file), 'utf8');
    return { number, name: file, sql: text, sha256: createHash('sha256').update(text).digest('hex') };
  });
}

/** Brings the schema up to date; answers the numbers it applied. `upTo` is for tests that come from an older release. */
export async function migrate(owner: pg.Client, folder: string, upTo = Number.POSITIVE_INFINITY): Promise<number[]> {
  const wanted = readMigrations(folder).filter((migration) => migration.number <= upTo);
  await owner.query('select pg_advisory_lock($1)', [lockKey]);
  try {
    await owner.query(
      'create table if not exists schema_migrations (number int primary key, name text not null, sha256 text not null, applied_at timestamptz not null default clock_timestamp())',
    );
    const { rows } = await owner.query<{ number: number; name: string; sha256: string }>(
      'select number, name, sha256 from schema_migrations order by number',
    );
    const done = new Map(rows.map((row) => [row.number, row]));
    const newest = rows.at(-1)?.number ?? 0;
    if (newest > (wanted.at(-1)?.number ?? 0) && upTo === Number.POSITIVE_INFINITY)
      throw new Refusal('migrations.database_is_newer', { database: newest, program: wanted.at(-1)?.number ?? 0 });
    const applied: number[] = [];
    for (const migration of wanted) {
      const before = done.get(migration.number);
      if (before) {
        if (before.sha256 !== migration.sha256)
          throw new Refusal('migrations.changed_after_release', { name: migration.name });
        continue;
      }
      await inTransaction(owner, async () => {
        await owner.query(migration.sql);
        await owner.query('insert into schema_migrations (number, name, sha256) values ($1, $2, $3)', [
          migration.number,
          migration.name,
          migration.sha256,
        ]);
      });
      applied.push(migration.number);
    }
    await inTransaction(owner, () => owner.query(readFileSync(join(folder, 'walls.sql'), 'utf8')));
    return applied;
  } finally {
    await owner.query('select pg_advisory_unlock($1)', [lockKey]);
  }
}

/** Whole or not at all, so a deadlock costs time only: a killed program's last statement may still run in the server. */
async function inTransaction(client: pg.Client, work: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries++) {
    await client.query('begin');
    try {
      await work();
      await client.query('commit');
      return;
    } catch (fault) {
      await client.query('rollback');
      const gaveWay = fault instanceof Error && 'code' in fault && fault.code === deadlock;
      if (!gaveWay || tries === triesAfterDeadlock) throw fault;
    }
  }
}
