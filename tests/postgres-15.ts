// A PostgreSQL 15 of the machine's, where there is one: the oldest server the product promises to run on.
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeClient } from '../src/platform/database/own-client.ts';

const usualPlaces = [
  '/usr/lib/postgresql/15/bin',
  '/usr/pgsql-15/bin',
  '/opt/homebrew/opt/postgresql@15/bin',
  '/usr/local/opt/postgresql@15/bin',
];

/** The folder of its programs: named by PG15_BIN, in a usual place, or the one whose `pg_config` is first in PATH. */
export function findPostgres15(): string | null {
  const isWhole = (folder: string) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name)));
  const named = process.env.PG15_BIN;
  if (named) return isWhole(named) ? named : null;
  const usual = usualPlaces.find(isWhole);
  if (usual) return usual;
  try {
    const ask = (what: string) => execFileSync('pg_config', [what], { encoding: 'utf8', stdio: 'pipe' }).trim();
    const folder = ask('--bindir');
    return /^PostgreSQL 15\b/.test(ask('--version')) && isWhole(folder) ? folder : null;
  } catch {
    return null;
  }
}

/** As a superuser. `host` is the folder of its socket; it listens on `port` of 127.0.0.1 as well, when one is given. */
export type Postgres15 = { host: string; port: number; user: string; password: string; stop(): Promise<void> };

export async function startPostgres15(binaries: string, port?: number): Promise<Postgres15> {
  const folder = mkdtempSync('/tmp/guanjia-pg15-');
  const account = unprivileged();
  const password = 'of a throw-away server';
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password);
  if (account) for (const path of [folder, passwordFile]) chownSync(path, account.uid, account.gid);
  const run = { ...account, cwd: '/', stdio: 'ignore' as const };
  const locale = ['-E', 'UTF8', '--locale=C', '--lc-ctype=C.UTF-8'];
  const access = ['-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`];
  execFileSync(join(binaries, 'initdb'), ['-D', join(folder, 'data'), ...access, ...locale, '--no-sync'], run);
  const settings = {
    listen_addresses: port === undefined ? '' : '127.0.0.1',
    port: port ?? 5432,
    unix_socket_directories: folder,
    fsync: 'off',
    max_connections: 200,
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(binaries, 'postgres'), ['-D', join(folder, 'data'), ...options], run);
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const found = { host: folder, port: settings.port, user: 'postgres', password };
  const stop = async () => {
    server.kill('SIGQUIT');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; ; tries++) {
    const client = makeClient({ ...found, database: 'postgres' });
    try {
      await client.connect();
      await client.end();
      return { ...found, stop };
    } catch (fault) {
      if (tries < 100 && server.exitCode === null) await sleep(100);
      else {
        await stop();
        throw fault;
      }
    }
  }
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody'])
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // No account of that name: the next one.
    }
  return null;
}
