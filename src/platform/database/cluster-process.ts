// The PostgreSQL server as a process: made, found again after our own death, started, asked, stopped.
import { type ChildProcess, spawn } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from '../../kernel/refusal.ts';
import type { Binaries } from './cluster-binaries.ts';
import { type Account, childEnvironment, givePrivateFolder, type Place, syncFolder } from './cluster-place.ts';
import { accessRules, clusterPort } from './cluster-settings.ts';
import { makeClient } from './own-client.ts';
import { identityOf, isRunning, type ProcessIdentity } from './process-identity.ts';
import { scramVerifier } from './scram.ts';

export const ownerRole = 'guanjia_owner';
export const databaseName = 'guanjia';

/** The superuser has no password and so can not connect: only `postgres --single`, with the server down, is one. */
const superuser = 'postgres';

/** Makes the cluster beside its place and moves it there whole, so that a half-made one is never found. */
export async function initCluster(options: {
  binaries: Binaries;
  cluster: string;
  account: Account | undefined;
  fsync: boolean;
  ownerPassword: string;
}): Promise<void> {
  const { binaries, cluster, account } = options;
  if (existsSync(cluster) && readdirSync(cluster).length > 0) {
    throw new Refusal('cluster.folder_taken', { folder: cluster }, 503);
  }
  const draft = `${cluster}.draft`;
  rmSync(draft, { recursive: true, force: true });
  givePrivateFolder(draft, account);
  await run(account, binaries.initdb, [
    ...['-D', draft, '-U', superuser, '--auth=reject', '--no-instructions', '-E', 'UTF8'],
    // Order by code point, the same on every machine; letters of every script, without which trigrams of
    // Chinese text are empty.
    ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--lc-ctype=C.UTF-8'],
    ...(options.fsync ? [] : ['--no-sync']),
  ]);
  await runSingle(options.binaries, draft, account, options.fsync, [
    ...ownerStatements(options.ownerPassword),
    `create database ${databaseName} owner ${ownerRole};`,
  ]);
  rmSync(cluster, { recursive: true, force: true });
  renameSync(draft, cluster);
  syncFolder(dirname(cluster));
}

/** Gives the owner role this password; the server must be down. */
export function resetOwnerPassword(
  binaries: Binaries,
  place: { cluster: string; account: Account | undefined },
  ownerPassword: string,
): Promise<void> {
  return runSingle(binaries, place.cluster, place.account, true, ownerStatements(ownerPassword));
}

function ownerStatements(password: string): string[] {
  return [
    `do 'begin if not exists (select from pg_roles where rolname = ''${ownerRole}'') then create role ${ownerRole}; end if; end';`,
    `alter role ${ownerRole} login createrole createdb password '${scramVerifier(password)}';`,
  ];
}

/** One statement a line. */
async function runSingle(
  binaries: Binaries,
  cluster: string,
  account: Account | undefined,
  fsync: boolean,
  statements: string[],
): Promise<void> {
  const settings = ['exit_on_error=true', 'log_min_messages=warning', 'logging_collector=off'];
  if (!fsync) settings.push('fsync=off');
  const args = ['--single', '-D', cluster, ...settings.flatMap((line) => ['-c', line]), 'postgres'];
  await run(account, binaries.postgres, args, `${statements.join('\n')}\n`);
}

async function run(account: Account | undefined, command: string, args: string[], input = ''): Promise<void> {
  const child = spawn(command, args, { ...account, cwd: '/', env: childEnvironment });
  let said = '';
  child.stdout.on('data', (part: Buffer) => {
    said += part.toString();
  });
  child.stderr.on('data', (part: Buffer) => {
    said += part.toString();
  });
  // A child that ends early closes its input under us; its exit code tells.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${said.trim().slice(-2000)}`);
}

/** Major version of the data, undefined when there is no cluster yet. */
export function majorOf(cluster: string): number | undefined {
  const path = join(cluster, 'PG_VERSION');
  return existsSync(path) ? Number.parseInt(readFileSync(path, 'utf8'), 10) : undefined;
}

const pidFile = (cluster: string) => join(cluster, 'postmaster.pid');

function readPidFile(cluster: string): { pid: number; status: string } | undefined {
  const path = pidFile(cluster);
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, 'utf8').split('\n');
  // Negative while a single-user session holds the cluster. The eighth line tells the state.
  return { pid: Math.abs(Number.parseInt(lines[0] ?? '', 10)) || 0, status: (lines[7] ?? '').trim() };
}

/** The server that runs on this cluster, whoever started it. A recycled pid in `postmaster.pid` is none. */
export function serverOf(cluster: string): ProcessIdentity | undefined {
  const pid = readPidFile(cluster)?.pid;
  const identity = pid ? identityOf(pid) : undefined;
  return identity && runsOn(identity.pid, cluster) ? identity : undefined;
}

function runsOn(pid: number, cluster: string): boolean {
  if (process.platform !== 'linux') return true;
  try {
    if (readFileSync(`/proc/${pid}/comm`, 'utf8').trim() !== 'postgres') return false;
    const [works, lies] = [statSync(`/proc/${pid}/cwd`), statSync(cluster)];
    return works.ino === lies.ino && works.dev === lies.dev;
  } catch {
    // A container may forbid even root to see where another account's process works; its arguments are open.
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(cluster);
    } catch {
      return false;
    }
  }
}

// Above the largest number Linux (4,194,304) and macOS (99,999) give to a process.
const nobodysPid = 2_000_000_000;

/**
 * Clears what a dead server left. Its pid may belong to somebody else by now, and PostgreSQL would then refuse
 * to start. The file is kept with a pid that can not run, not deleted: it also names the shared memory by
 * which PostgreSQL finds surviving children of the dead one, and waits for them.
 */
export function settleLeftPid(cluster: string, socket: string): void {
  if (serverOf(cluster)) return;
  const path = pidFile(cluster);
  if (existsSync(path)) {
    const lines = readFileSync(path, 'utf8').split('\n');
    lines[0] = String(nobodysPid);
    writeFileSync(path, lines.join('\n'));
  }
  for (const left of [`.s.PGSQL.${clusterPort}`, `.s.PGSQL.${clusterPort}.lock`]) {
    rmSync(join(socket, left), { force: true });
  }
}

export type Answer = 'ready' | 'starting' | 'locked_out' | 'silent';

/** How the server answers to the owner. */
export async function askServer(socket: string, ownerPassword: string, timeoutMs = 1000): Promise<Answer> {
  if (!existsSync(join(socket, `.s.PGSQL.${clusterPort}`))) return 'silent';
  const client = makeClient({
    host: socket,
    port: clusterPort,
    user: ownerRole,
    password: ownerPassword,
    database: databaseName,
    connectionTimeoutMillis: timeoutMs,
  });
  try {
    await client.connect();
    return 'ready';
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    if (code === '57P03') return 'starting';
    if (code === '28P01' || code === '28000') return 'locked_out';
    // Any other SQLSTATE (all connections taken, …) is the word of a server that works.
    return /^[0-9A-Z]{5}$/.test(code) && /\d/.test(code) ? 'ready' : 'silent';
  } finally {
    await client.end().catch(() => {});
  }
}

/** Waits until the server answers for good, is gone, or has been silent for `patienceMs`. */
export async function settledAnswer(
  server: ProcessIdentity,
  place: Pick<Place, 'cluster' | 'socket'>,
  ownerPassword: string,
  patienceMs: number,
): Promise<Exclude<Answer, 'starting'> | 'gone'> {
  const begun = performance.now();
  for (;;) {
    const answer = await askServer(place.socket, ownerPassword);
    if (answer === 'ready' || answer === 'locked_out') return answer;
    if (!isRunning(server)) return 'gone';
    // After a crash of the machine the server first repeats its journal, which may take minutes.
    const status = readPidFile(place.cluster)?.status;
    const mostMs = status === 'starting' ? 600_000 : patienceMs;
    if (performance.now() - begun > mostMs) return 'silent';
    await sleep(25);
  }
}

/** Starts the server and waits until it answers. `locked_out`: it runs, but the owner's password is another. */
export async function startServer(
  binaries: Binaries,
  place: Place,
  settings: string,
  ownerPassword: string,
): Promise<{ server: ProcessIdentity; answer: 'ready' | 'locked_out' }> {
  let said = '';
  // Children of a killed server may need a moment to notice; PostgreSQL refuses to start beside them.
  for (let attempt = 1; attempt <= 8; attempt++) {
    settleLeftPid(place.cluster, place.socket);
    // Cleaners of /tmp, or of logs, may have been here since the last start.
    for (const folder of [place.socket, place.logs]) {
      if (!existsSync(folder)) givePrivateFolder(folder, place.account);
    }
    writeAsAccount(join(place.cluster, 'postgresql.conf'), settings, place.account);
    writeAsAccount(join(place.cluster, 'pg_hba.conf'), accessRules, place.account);
    const own = join(place.cluster, 'local.conf');
    if (!existsSync(own))
      writeAsAccount(own, '# Your own settings; they win over those of the program.\n', place.account);
    const startLog = join(place.logs, 'start.log');
    const output = openSync(startLog, 'w', 0o600);
    const child = spawn(binaries.postgres, ['-D', place.cluster], {
      ...place.account,
      cwd: '/',
      env: childEnvironment,
      // Its own process group: Ctrl-C in the terminal is for the program, which then stops the server in order.
      detached: true,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    await spawned(child);
    child.unref();
    const server = child.pid === undefined ? undefined : identityOf(child.pid);
    const answer = server ? await settledAnswer(server, place, ownerPassword, 20_000) : 'gone';
    if (server && (answer === 'ready' || answer === 'locked_out')) return { server, answer };
    if (server) await stopServer(server, 1000);
    said = readFileSync(startLog, 'utf8').trim().slice(-2000);
    await sleep(100 * attempt);
  }
  throw new Error(`the database server does not start: ${said || 'see the log folder'}`);
}

function spawned(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
}

/**
 * Fast shutdown; when that takes longer than `politeMs`, immediate shutdown (the next start repeats the
 * journal), at last by force. Returns how it went.
 */
export async function stopServer(server: ProcessIdentity, politeMs: number): Promise<'stopped' | 'forced'> {
  if (await endsAfter(server, 'SIGINT', politeMs)) return 'stopped';
  if (await endsAfter(server, 'SIGQUIT', 1000)) return 'forced';
  if (await endsAfter(server, 'SIGKILL', 5000)) return 'forced';
  throw new Error(`the database server with pid ${server.pid} can not be stopped`);
}

async function endsAfter(server: ProcessIdentity, signal: NodeJS.Signals, waitMs: number): Promise<boolean> {
  const deadline = performance.now() + waitMs;
  if (!isRunning(server)) return true;
  try {
    process.kill(server.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
  while (isRunning(server)) {
    if (performance.now() > deadline) return false;
    await sleep(10);
  }
  return true;
}

function writeAsAccount(path: string, text: string, account: Account | undefined): void {
  writeFileSync(path, text, { mode: 0o600 });
  if (account) chownSync(path, account.uid, account.gid);
}
