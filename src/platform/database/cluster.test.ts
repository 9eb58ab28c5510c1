// The bundled PostgreSQL on a real machine: accounts, closed folders, missing links, crashes, second programs.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type ClusterAccess,
  type ClusterOptions,
  joinCluster,
  leavingWaitMs,
  openCluster,
  servingProgram,
} from './cluster.ts';
import { installedPackage, makeLinks, usableBinaries } from './cluster-binaries.ts';
import { fitsSocket, unprivilegedAccount } from './cluster-place.ts';
import { serverOf, settleLeftPid } from './cluster-process.ts';
import { databaseProblems } from './locale-check.ts';
import { makeClient } from './own-client.ts';
import { identityOf, isRunning, ownIdentity, parseStat } from './process-identity.ts';

const isRoot = process.getuid?.() === 0;
const nobody = isRoot ? Number(execFileSync('id', ['-u', 'nobody'], { encoding: 'utf8' })) : -1;

/** Everything of this file lies here; passable, because servers of other accounts live in it. */
const ground = realpathSync(mkdtempSync('/tmp/guanjia-test-'));
chmodSync(ground, 0o755);

type Opened = { access: ClusterAccess; stop(): Promise<void> };
const opened: Opened[] = [];
const children: ChildProcess[] = [];
let program = '';
let template = '';
let folders = 0;

const freshFolder = () => {
  folders += 1;
  return join(ground, `d${folders}`);
};

/** A DATA_DIR whose first start is behind it. */
function freshCluster(): string {
  const dataDir = freshFolder();
  execFileSync('cp', ['-a', template, dataDir]);
  return dataDir;
}

function optionsFor(dataDir: string, more: Partial<ClusterOptions> = {}): ClusterOptions & { events: string[] } {
  const events: string[] = [];
  return {
    dataDir,
    fsync: false,
    waitMs: 0,
    stateFolder: join(ground, 'state'),
    log: (event) => events.push(event),
    events,
    ...more,
  };
}

async function open(options: ClusterOptions) {
  const cluster = await openCluster(options);
  opened.push(cluster);
  return cluster;
}

async function join_(options: ClusterOptions) {
  const cluster = await joinCluster(options);
  opened.push(cluster);
  return cluster;
}

async function connect(access: ClusterAccess, database = access.database) {
  const { host, port, ownerUser: user, ownerPassword: password } = access;
  const client = makeClient({ host, port, user, password, database });
  await client.connect();
  return client;
}

async function ask(access: ClusterAccess, sql: string, database = access.database): Promise<Record<string, unknown>[]> {
  const client = await connect(access, database);
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const keep = (access: ClusterAccess, word: string) =>
  ask(access, `create table if not exists kept (word text); insert into kept values ('${word}')`);
const kept = async (access: ClusterAccess) => (await ask(access, 'select word from kept')).map((row) => row.word);

async function until(what: () => boolean, mostMs = 10_000) {
  const deadline = performance.now() + mostMs;
  while (!what()) {
    if (performance.now() > deadline) throw new Error(`did not happen within ${mostMs} ms: ${what}`);
    await sleep(10);
  }
}

/** The program as its own process: `serve` or `hold-lock`; resolves with its first line. */
async function startProgram(
  dataDir: string,
  more: { uid?: number; packageFolder?: string; node?: string } = {},
): Promise<{ child: ChildProcess; access: ClusterAccess; server: number }> {
  const account = more.uid === undefined ? {} : { uid: more.uid, gid: more.uid };
  const settings = { dataDir, packageFolder: more.packageFolder ?? installedPackage() };
  const child = spawn(more.node ?? process.execPath, [program, JSON.stringify(settings)], {
    ...account,
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let said = '';
  let complained = '';
  child.stdout.on('data', (part: Buffer) => {
    said += part.toString();
  });
  child.stderr.on('data', (part: Buffer) => {
    complained += part.toString();
  });
  await until(() => said.includes('\n') || child.exitCode !== null, 20_000);
  if (!said.includes('\n')) throw new Error(`the program ended with ${child.exitCode}: ${complained}`);
  return { child, ...(JSON.parse(said) as { access: ClusterAccess; server: number }) };
}

const programText = `
import { openCluster } from './cluster.ts';
import { serverOf } from './cluster-process.ts';
import { join } from 'node:path';
const settings = JSON.parse(process.argv[2]);
const cluster = await openCluster({ ...settings, fsync: false, waitMs: 0, log: () => {} });
process.on('SIGTERM', () => cluster.stop().then(() => process.exit(0)));
console.log(JSON.stringify({ access: cluster.access, server: serverOf(join(settings.dataDir, 'database')).pid }));
setInterval(() => {}, 1000);
`;

const lockText = `
import { tryLock } from './folder-lock.ts';
const [folder, rounds, startAt] = process.argv.slice(2);
const won = [];
for (let round = 0; round < Number(rounds); round++) {
  while (Date.now() < Number(startAt) + round * 2) {}
  if ('lock' in tryLock(folder + '/' + round, 'serve')) won.push(round);
}
console.log(JSON.stringify(won));
setTimeout(() => {}, 2000);
`;

async function bundle(text: string, file: string): Promise<string> {
  await build({
    stdin: { contents: text, resolveDir: dirname(fileURLToPath(import.meta.url)), loader: 'ts' },
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['pg-native'],
    banner: {
      js: "import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);",
    },
    logLevel: 'error',
  });
  chmodSync(file, 0o644);
  return file;
}

/** The installed package as npm leaves it when install scripts are off: without its links. */
function packageWithoutLinks(to: string): string {
  const from = installedPackage();
  cpSync(from, to, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !lstatSync(path).isSymbolicLink() && !path.endsWith('.a'),
  });
  return to;
}

beforeAll(async () => {
  program = await bundle(programText, join(ground, 'program.mjs'));
  template = freshFolder();
  await (await openCluster(optionsFor(template))).stop();
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const cluster of opened.splice(0).reverse()) await cluster.stop();
  // Servers that a killed program of a test left behind.
  for (let index = 1; index <= folders; index++) {
    const left = serverOf(join(ground, `d${index}`, 'database'));
    if (left) process.kill(left.pid, 'SIGQUIT');
  }
});

afterAll(() => rmSync(ground, { recursive: true, force: true }));

describe('the first start', () => {
  it('makes a database that knows Chinese, belongs to a role that is no superuser, and is gone after the stop', async () => {
    const options = optionsFor(freshFolder());
    const cluster = await open(options);
    expect(options.events).toEqual(['cluster.made', 'cluster.started']);
    const [facts] = await ask(
      cluster.access,
      `select current_setting('server_version_num')::int / 10000 as major, current_setting('listen_addresses') as listens,
              rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user`,
    );
    expect(facts).toEqual({
      major: 18,
      listens: '',
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: true,
      rolcreatedb: true,
    });
    await ask(cluster.access, 'create extension pg_trgm');
    const [trigrams] = await ask(cluster.access, "select show_trgm(U&'\\6C34\\7BA1\\6F0F\\6C34') as list");
    expect(trigrams?.list).toHaveLength(5);
    const server = serverOf(join(options.dataDir, 'database'));
    await cluster.stop();
    expect(server && isRunning(server)).toBe(false);
    expect(existsSync(join(options.dataDir, 'socket', '.s.PGSQL.5432'))).toBe(false);
  });

  it('is durable: what was saved is there after a stop and a start, with fsync on', async () => {
    const options = optionsFor(freshFolder(), { fsync: true });
    const first = await open(options);
    expect(await ask(first.access, 'show fsync')).toEqual([{ fsync: 'on' }]);
    await keep(first.access, 'first');
    await first.stop();
    const second = await open(options);
    expect(await kept(second.access)).toEqual(['first']);
  });

  it('lets nobody in without the password, the superuser not at all', async () => {
    const { access } = await open(optionsFor(freshCluster()));
    await expect(ask({ ...access, ownerPassword: 'guess' }, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    await expect(ask({ ...access, ownerUser: 'postgres' }, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    expect(statSync(access.host).mode & 0o777).toBe(0o700);
  });

  it('writes no value of a statement into the logs', async () => {
    const dataDir = freshFolder();
    const { access, stop } = await open(optionsFor(dataDir));
    const client = await connect(access);
    await client.query('create table people (phone text primary key, age int)');
    await client.query('insert into people values ($1)', ['13800138000']);
    await expect(client.query('insert into people values ($1)', ['13800138000'])).rejects.toMatchObject({
      code: '23505',
    });
    await expect(client.query('select $1::text::int', ['a13800138000'])).rejects.toMatchObject({ code: '22P02' });
    await client.end();
    await stop();
    const logs = join(dataDir, 'logs', 'database');
    const all = readdirSync(logs).map((file) => readFileSync(join(logs, file), 'utf8'));
    expect(all.join('')).toContain('ready to accept connections');
    expect(all.join('')).not.toContain('138001');
  });

  it('starts over when the first start was cut off half-way', async () => {
    const dataDir = freshFolder();
    mkdirSync(join(dataDir, 'database.draft', 'base'), { recursive: true });
    writeFileSync(join(dataDir, 'database.draft', 'PG_VERSION'), '18\n');
    const { access } = await open(optionsFor(dataDir));
    expect(await ask(access, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('refuses a folder of another major version and leaves it as it is', async () => {
    const dataDir = freshFolder();
    mkdirSync(join(dataDir, 'database'), { recursive: true });
    writeFileSync(join(dataDir, 'database', 'PG_VERSION'), '17\n');
    await expect(openCluster(optionsFor(dataDir))).rejects.toMatchObject({
      code: 'cluster.version_changed',
      facts: { found: 17, expected: 18 },
    });
    expect(readdirSync(join(dataDir, 'database'))).toEqual(['PG_VERSION']);
    // The refusal holds no lock behind.
    expect(servingProgram(dataDir)).toBeUndefined();
  });

  it('refuses a folder "database" that holds something else', async () => {
    const dataDir = freshFolder();
    mkdirSync(join(dataDir, 'database'), { recursive: true });
    writeFileSync(join(dataDir, 'database', 'letter.txt'), 'ours');
    await expect(openCluster(optionsFor(dataDir))).rejects.toMatchObject({ code: 'cluster.folder_taken' });
    expect(readFileSync(join(dataDir, 'database', 'letter.txt'), 'utf8')).toBe('ours');
  });

  it('finds a place for the socket when the path of DATA_DIR is too long for one', async () => {
    const dataDir = join(freshFolder(), '\u7ba1\u5bb6'.repeat(15));
    const { access, stop } = await open(optionsFor(dataDir));
    expect(access.host).toMatch(/^\/tmp\/guanjia-/);
    expect(await ask(access, 'select 1 as one')).toEqual([{ one: 1 }]);
    await stop();
    const again = await open(optionsFor(dataDir));
    expect(again.access.host).toBe(access.host);
    rmSync(access.host, { recursive: true });
  });
});

describe('links and copies of the programs', () => {
  it('makes the links that the install script would have made, once', () => {
    const folder = packageWithoutLinks(freshFolder());
    const link = join(folder, 'native', 'lib', 'libicuuc.so.60');
    expect(existsSync(link)).toBe(false);
    expect(makeLinks(folder)).toBe(true);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(realpathSync(link)).toBe(join(folder, 'native', 'lib', 'libicuuc.so.60.2'));
    expect(makeLinks(folder)).toBe(true);
  });

  it('runs them in place when it can, without a copy', () => {
    const copies: string[] = [];
    const packageFolder = packageWithoutLinks(freshFolder());
    const onCopy = (folder: string) => copies.push(folder);
    const binaries = usableBinaries({ packageFolder, copyTo: [freshFolder()], account: undefined, onCopy });
    expect(binaries).toMatchObject({ major: 18, postgres: join(packageFolder, 'native', 'bin', 'postgres') });
    expect(copies).toEqual([]);
  });

  it('says what the system said when they run nowhere', () => {
    const packageFolder = packageWithoutLinks(freshFolder());
    writeFileSync(join(packageFolder, 'native', 'bin', 'postgres'), 'not a program');
    const onCopy = () => {};
    expect(() => usableBinaries({ packageFolder, copyTo: [freshFolder()], account: undefined, onCopy })).toThrow(
      expect.objectContaining({ code: 'cluster.binaries_unusable' }),
    );
  });
});

describe('accounts and paths', () => {
  it('runs the server as postgres, else as nobody, never as root', () => {
    const accounts = { root: { uid: 0, gid: 0 }, nobody: { uid: 65534, gid: 65534 }, postgres: { uid: 101, gid: 104 } };
    const among = (...names: (keyof typeof accounts)[]) => {
      const lookUp = (name: string) => (names.includes(name as 'nobody') ? accounts[name as 'nobody'] : undefined);
      return unprivilegedAccount(['postgres', 'nobody'], lookUp);
    };
    expect(among('postgres', 'nobody')?.uid).toBe(101);
    expect(among('nobody')?.uid).toBe(65534);
    expect(() => among()).toThrow(expect.objectContaining({ code: 'cluster.no_account' }));
    expect(() => unprivilegedAccount(['root'], () => accounts.root)).toThrow();
  });

  it('counts the path of a socket in bytes, up to 107', () => {
    const most = process.platform === 'darwin' ? 103 : 107;
    const tail = Buffer.byteLength('/.s.PGSQL.5432');
    expect(fitsSocket(`/${'x'.repeat(most - tail - 1)}`)).toBe(true);
    expect(fitsSocket(`/${'x'.repeat(most - tail)}`)).toBe(false);
    expect(fitsSocket(`/${'\u7ba1'.repeat(40)}`)).toBe(false);
  });

  it('reads the start of a process whose name holds blanks and brackets', () => {
    const numbers = Array.from({ length: 30 }, (_, index) => index + 3).join(' ');
    expect(parseStat(`17 (a b) c) S ${numbers}`)).toEqual({ state: 'S', startTicks: '21' });
    expect(identityOf(process.pid)).toEqual(ownIdentity());
    expect(isRunning({ pid: process.pid, startedAt: 'another' })).toBe(false);
    expect(identityOf(2_000_000_000)).toBeUndefined();
  });
});

describe('two programs on one DATA_DIR', () => {
  it('refuses a second serve after the wait and says who serves', async () => {
    const dataDir = freshCluster();
    await open(optionsFor(dataDir));
    const begun = performance.now();
    const second = optionsFor(dataDir, { waitMs: 400 });
    await expect(openCluster(second)).rejects.toMatchObject({ code: 'cluster.in_use', facts: { pid: process.pid } });
    expect(performance.now() - begun).toBeGreaterThanOrEqual(400);
    expect(second.events).toEqual(['cluster.waiting_for_other']);
  });

  it('waits 15 seconds when nothing else is said, and names a serve of another process', async () => {
    expect(leavingWaitMs).toBe(15_000);
    const dataDir = freshCluster();
    const first = await startProgram(dataDir);
    await expect(openCluster(optionsFor(dataDir))).rejects.toMatchObject({
      code: 'cluster.in_use',
      facts: { pid: first.child.pid },
    });
  });

  it('lets the second serve in when the first one leaves meanwhile', async () => {
    const dataDir = freshCluster();
    const first = await startProgram(dataDir);
    await keep(first.access, 'of the first');
    setTimeout(() => first.child.kill('SIGTERM'), 300);
    const second = await open(optionsFor(dataDir, { waitMs: 10_000 }));
    expect(await kept(second.access)).toEqual(['of the first']);
  });

  it('lets exactly one of several take over from a dead one, a hundred times', async () => {
    const script = await bundle(lockText, join(ground, 'lock.mjs'));
    const folder = freshFolder();
    const rounds = Array.from({ length: 100 }, (_, round) => round);
    for (const round of rounds) {
      const locks = join(folder, String(round));
      mkdirSync(locks, { recursive: true });
      const dead = { pid: 1, startedAt: 'long ago', folder: statSync(locks).ino };
      writeFileSync(join(locks, 'serve.4'), JSON.stringify(dead));
    }
    const startAt = String(Date.now() + 900);
    const won = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const args = [script, folder, String(rounds.length), startAt];
        const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
        let text = '';
        child.stdout.on('data', (part: Buffer) => {
          text += part.toString();
        });
        await new Promise((resolve) => child.once('close', resolve));
        return JSON.parse(text) as number[];
      }),
    );
    expect(won.flat().sort((a, b) => a - b)).toEqual(rounds);
  });

  it('takes a copied DATA_DIR for what it is: a second cluster, not the first one in use', async () => {
    const dataDir = freshCluster();
    const original = await open(optionsFor(dataDir));
    await keep(original.access, 'both');
    await ask(original.access, 'select 1');
    await original.stop();
    const again = await open(optionsFor(dataDir));
    const copy = freshFolder();
    execFileSync('cp', ['-a', dataDir, copy]);
    const second = await open(optionsFor(copy));
    await keep(second.access, 'copy only');
    expect(await kept(again.access)).toEqual(['both']);
    expect(await kept(second.access)).toEqual(['both', 'copy only']);
  });

  it('refuses a folder whose server it can not see but hears: another container uses it', async () => {
    const dataDir = freshCluster();
    const { child, server } = await startProgram(dataDir);
    child.kill('SIGKILL');
    await until(() => child.signalCode !== null);
    const pidFile = join(dataDir, 'database', 'postmaster.pid');
    writeFileSync(pidFile, readFileSync(pidFile, 'utf8').replace(/^\d+/, '4194303'));
    await expect(openCluster(optionsFor(dataDir))).rejects.toMatchObject({ code: 'cluster.used_from_elsewhere' });
    process.kill(server, 'SIGQUIT');
    await until(() => identityOf(server) === undefined);
  });

  it('opens a DATA_DIR that was moved', async () => {
    const dataDir = freshCluster();
    const first = await open(optionsFor(dataDir));
    await keep(first.access, 'moved');
    await first.stop();
    const elsewhere = freshFolder();
    renameSync(dataDir, elsewhere);
    expect(await kept((await open(optionsFor(elsewhere))).access)).toEqual(['moved']);
  });
});

describe('other commands', () => {
  it('join the server of a running serve and leave it running', async () => {
    const dataDir = freshCluster();
    const served = await open(optionsFor(dataDir));
    expect(servingProgram(dataDir)?.pid).toBe(process.pid);
    const command = await join_(optionsFor(dataDir));
    expect(command.joined).toBe(true);
    await keep(command.access, 'by a command');
    await command.stop();
    expect(await kept(served.access)).toEqual(['by a command']);
  });

  it('start the server for their own time', async () => {
    const dataDir = freshCluster();
    const command = await join_(optionsFor(dataDir));
    expect(command.joined).toBe(false);
    expect(servingProgram(dataDir)).toBeUndefined();
    const server = serverOf(join(dataDir, 'database'));
    await command.stop();
    expect(server && isRunning(server)).toBe(false);
  });

  it('are not cut off by the serve that leaves, nor cut off the serve that came later', async () => {
    const dataDir = freshCluster();
    const command = await join_(optionsFor(dataDir));
    const atWork = await connect(command.access);
    const served = await open(optionsFor(dataDir));
    const other = await join_(optionsFor(dataDir));
    await served.stop();
    expect((await atWork.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await atWork.end();
    await command.stop();
    expect(await ask(other.access, 'select 1 as one')).toEqual([{ one: 1 }]);
    const server = serverOf(join(dataDir, 'database'));
    await other.stop();
    expect(server && isRunning(server)).toBe(false);
  });
});

describe('crashes', () => {
  it('adopts the server that a program killed with -9 left behind, within ten seconds', async () => {
    const dataDir = freshCluster();
    const killed = await startProgram(dataDir);
    await keep(killed.access, 'before the crash');
    killed.child.kill('SIGKILL');
    await until(() => killed.child.signalCode !== null);
    expect(serverOf(join(dataDir, 'database'))?.pid).toBe(killed.server);
    const begun = performance.now();
    const options = optionsFor(dataDir);
    const next = await open(options);
    expect(await kept(next.access)).toEqual(['before the crash']);
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(options.events).toEqual(['cluster.adopted']);
    await next.stop();
    expect(identityOf(killed.server)).toBeUndefined();
  });

  it('keeps Ctrl-C in the terminal from the server, which is for the program to stop', async () => {
    const { child, server } = await startProgram(freshCluster());
    const groupOf = (pid: number) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[2];
    expect(groupOf(server)).toBe(String(server));
    expect(groupOf(server)).not.toBe(groupOf(child.pid ?? 0));
  });

  it('replaces a left server that no longer answers, within ten seconds', async () => {
    const dataDir = freshCluster();
    const killed = await startProgram(dataDir);
    await keep(killed.access, 'kept');
    killed.child.kill('SIGKILL');
    await until(() => killed.child.signalCode !== null);
    process.kill(killed.server, 'SIGSTOP');
    const begun = performance.now();
    const options = optionsFor(dataDir);
    const next = await open(options);
    expect(await kept(next.access)).toEqual(['kept']);
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(options.events).toEqual(['cluster.left_server_stopped', 'cluster.started']);
  }, 40_000);

  it('replaces a left server that ran with other settings', async () => {
    const dataDir = freshCluster();
    const killed = await startProgram(dataDir);
    killed.child.kill('SIGKILL');
    await until(() => killed.child.signalCode !== null);
    const next = await open(optionsFor(dataDir, { fsync: true }));
    expect(await ask(next.access, 'show fsync')).toEqual([{ fsync: 'on' }]);
  });

  it('starts the server again when it dies while serving', async () => {
    const dataDir = freshCluster();
    const options = optionsFor(dataDir);
    const { access } = await open(options);
    await keep(access, 'kept');
    const first = serverOf(join(dataDir, 'database'));
    process.kill(first?.pid ?? 0, 'SIGKILL');
    await until(() => options.events.filter((event) => event === 'cluster.started').length === 2);
    expect(await kept(access)).toEqual(['kept']);
    expect(options.events).toContain('cluster.died');
  });

  it('starts again an adopted server that dies, too', async () => {
    const dataDir = freshCluster();
    const killed = await startProgram(dataDir);
    killed.child.kill('SIGKILL');
    await until(() => killed.child.signalCode !== null);
    const options = optionsFor(dataDir);
    const { access } = await open(options);
    process.kill(killed.server, 'SIGKILL');
    await until(() => options.events.includes('cluster.started'));
    expect(await ask(access, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('is not stopped by a left postmaster.pid whose number another process has by now', async () => {
    const dataDir = freshCluster();
    const killed = await startProgram(dataDir);
    await keep(killed.access, 'kept');
    killed.child.kill('SIGKILL');
    process.kill(killed.server, 'SIGKILL');
    await until(() => identityOf(killed.server) === undefined);
    // Of the server's own account: of another one's process PostgreSQL would think itself that it is not ours.
    const { uid } = statSync(join(dataDir, 'database'));
    const sleeper = spawn('sleep', ['60'], { uid, cwd: '/' });
    children.push(sleeper);
    const recycled = String(sleeper.pid);
    for (const left of [join(dataDir, 'database', 'postmaster.pid'), join(dataDir, 'socket', '.s.PGSQL.5432.lock')]) {
      writeFileSync(left, readFileSync(left, 'utf8').replace(/^\d+/, recycled));
    }
    expect(serverOf(join(dataDir, 'database'))).toBeUndefined();
    const next = await open(optionsFor(dataDir));
    expect(await kept(next.access)).toEqual(['kept']);
    expect(isRunning(identityOf(sleeper.pid ?? 0) ?? { pid: 0, startedAt: '' })).toBe(true);
  });

  it('keeps the shared memory key of a left postmaster.pid, by which PostgreSQL finds surviving children', () => {
    const cluster = freshFolder();
    mkdirSync(cluster);
    writeFileSync(
      join(cluster, 'postmaster.pid'),
      `${process.pid}\n${cluster}\n1700000000\n5432\n/tmp\n\n 123 456\nready\n`,
    );
    settleLeftPid(cluster, cluster);
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    expect(() => process.kill(Number(lines[0]), 0)).toThrow(expect.objectContaining({ code: 'ESRCH' }));
    expect(lines[6]).toBe(' 123 456');
  });

  it('does not take a lock for held whose number another process has by now', async () => {
    const dataDir = freshCluster();
    const inode = statSync(join(dataDir, 'locks')).ino;
    const recycled = JSON.stringify({ pid: process.pid, startedAt: 'of another', folder: inode });
    for (const name of ['serve.1', 'cluster.9', 'use.77-abc']) writeFileSync(join(dataDir, 'locks', name), recycled);
    const { access } = await open(optionsFor(dataDir));
    expect(await ask(access, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('opens the database again when the file of its password was lost', async () => {
    const dataDir = freshCluster();
    const first = await open(optionsFor(dataDir));
    await keep(first.access, 'kept');
    await first.stop();
    rmSync(join(dataDir, 'keys'), { recursive: true });
    const options = optionsFor(dataDir);
    expect(await kept((await open(options)).access)).toEqual(['kept']);
    expect(options.events).toContain('cluster.owner_password_reset');
    expect(statSync(join(dataDir, 'keys', 'database-owner.password')).mode & 0o777).toBe(0o600);
  });
});

describe('the check of any server', () => {
  const fixed = (values: Record<string, unknown>) => async (sql: string) => {
    const name = Object.keys(values).find((key) => sql.includes(key));
    return name ? [{ value: values[name] }] : [];
  };

  it('finds nothing to mend on the bundled one, with and without the extension', async () => {
    const { access } = await open(optionsFor(freshCluster()));
    expect(await databaseProblems((sql) => ask(access, sql))).toEqual([]);
    await ask(access, 'create schema tools; create extension pg_trgm schema tools');
    expect(await databaseProblems((sql) => ask(access, sql))).toEqual([]);
  });

  it('refuses a database whose locale knows no Chinese and says how to make a better one', async () => {
    const { access } = await open(optionsFor(freshCluster()));
    await ask(access, "create database deaf locale_provider libc locale 'C' template template0");
    const inDeaf = (sql: string) => ask(access, sql, 'deaf');
    const [problem, ...others] = await databaseProblems(inDeaf);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: 'database.locale_without_chinese', facts: { lcCtype: 'C' } });
    await inDeaf('create extension pg_trgm');
    expect(await databaseProblems(inDeaf)).toHaveLength(1);
    // The mend that it names works.
    const { mend } = (problem ?? { facts: {} }).facts as { mend: string };
    await ask(access, mend.replace('database guanjia', 'database hearing'));
    expect(await databaseProblems((sql) => ask(access, sql, 'hearing'))).toEqual([]);
    await ask(access, "create database latin encoding 'LATIN1' locale_provider libc locale 'C' template template0");
    expect(await databaseProblems((sql) => ask(access, sql, 'latin'))).toMatchObject([
      { code: 'database.encoding_not_utf8', facts: { found: 'LATIN1' } },
    ]);
  });

  it('refuses a server older than 15', async () => {
    const old = { server_version_num: '140011', server_encoding: 'UTF8', datctype: 'C.UTF-8', alpha: true };
    expect(await databaseProblems(fixed(old))).toMatchObject([
      { code: 'database.version_too_old', facts: { found: 14, needed: 15 } },
    ]);
    expect(await databaseProblems(fixed({ ...old, server_version_num: '150006' }))).toEqual([]);
  });
});

// Only root can give a child another account, so these are collected for root only.
if (isRoot) {
  describe('as root', () => {
    it('runs the server as another account, in a database folder only that account can open', async () => {
      const dataDir = freshFolder();
      await open(optionsFor(dataDir));
      const server = serverOf(join(dataDir, 'database'));
      const owner = statSync(`/proc/${server?.pid}`).uid;
      expect(owner).not.toBe(0);
      expect(statSync(dataDir)).toMatchObject({ uid: 0 });
      expect(statSync(dataDir).mode & 0o777).toBe(0o711);
      expect(statSync(join(dataDir, 'database'))).toMatchObject({ uid: owner });
      expect(statSync(join(dataDir, 'database')).mode & 0o777).toBe(0o700);
      expect(statSync(join(dataDir, 'keys'))).toMatchObject({ uid: 0 });
      expect(statSync(join(dataDir, 'keys')).mode & 0o777).toBe(0o700);
    });

    it('keeps the account of an existing cluster when a better one was installed since', async () => {
      const dataDir = freshFolder();
      mkdirSync(join(dataDir, 'database'), { recursive: true });
      chownSync(join(dataDir, 'database'), nobody, nobody);
      await open(optionsFor(dataDir));
      expect(statSync(`/proc/${serverOf(join(dataDir, 'database'))?.pid}`).uid).toBe(nobody);
    });

    it('makes missing parents passable even under a closed umask', async () => {
      const old = process.umask(0o077);
      try {
        const dataDir = join(freshFolder(), 'deep', 'data');
        await open(optionsFor(dataDir));
        expect(existsSync(join(dataDir, 'database', 'PG_VERSION'))).toBe(true);
      } finally {
        process.umask(old);
      }
    });

    it('below a 0700 folder, with the package below one too and install scripts off, lies under the state folder', async () => {
      const closed = freshFolder();
      mkdirSync(closed, { mode: 0o700 });
      const dataDir = join(closed, 'data');
      const packageFolder = packageWithoutLinks(join(closed, 'package'));
      const options = optionsFor(dataDir, { packageFolder });
      const first = await open(options);
      expect(options.events).toEqual(['cluster.binaries_copied', 'cluster.made', 'cluster.started']);
      const { cluster, id } = JSON.parse(readFileSync(join(dataDir, 'instance.json'), 'utf8'));
      expect(cluster).toBe(join(ground, 'state', id, 'database'));
      expect(existsSync(join(dataDir, 'database'))).toBe(false);
      await ask(first.access, 'create extension pg_trgm');
      const [trigrams] = await ask(first.access, "select show_trgm(U&'\\6C34\\7BA1\\6F0F\\6C34') as list");
      expect(trigrams?.list).toHaveLength(5);
      await keep(first.access, 'kept');
      await first.stop();

      // The second start copies nothing, and a lost instance.json does not lose the cluster.
      rmSync(join(dataDir, 'instance.json'));
      const second = optionsFor(dataDir, { packageFolder });
      const again = await open(second);
      expect(second.events).toEqual(['cluster.started']);
      expect(await kept(again.access)).toEqual(['kept']);
      await again.stop();

      // A copy of DATA_DIR must not write into the cluster of the original.
      const copy = join(closed, 'copy');
      execFileSync('cp', ['-a', dataDir, copy]);
      await expect(openCluster(optionsFor(copy, { packageFolder }))).rejects.toMatchObject({
        code: 'cluster.belongs_elsewhere',
        facts: { dataDir },
      });
    });

    it('leaves a shared folder shared when it is given as DATA_DIR', async () => {
      const shared = freshFolder();
      mkdirSync(shared);
      chmodSync(shared, 0o1777);
      await open(optionsFor(shared));
      expect(statSync(shared).mode & 0o7777).toBe(0o1777);
    });
  });
}

describe('as an ordinary user', () => {
  const uid = isRoot ? nobody : (process.getuid?.() ?? -1);

  it('runs below its own 0700 folder, with install scripts off and a package it can not write', async () => {
    const home = freshFolder();
    mkdirSync(home, { mode: 0o700 });
    if (isRoot) chownSync(home, uid, uid);
    const packageFolder = packageWithoutLinks(freshFolder());
    execFileSync('chmod', ['-R', 'a-w,a+rX', packageFolder]);
    const dataDir = join(home, 'data');
    // Node itself may be installed below a folder of root.
    const node = join(ground, 'node');
    if (!existsSync(node)) cpSync(process.execPath, node, { dereference: true });
    chmodSync(node, 0o755);

    const first = await startProgram(dataDir, isRoot ? { uid, packageFolder, node } : { packageFolder });
    expect(statSync(`/proc/${first.server}`).uid).toBe(uid);
    expect(existsSync(join(packageFolder, 'native', 'lib', 'libicuuc.so.60'))).toBe(false);
    expect(readdirSync(join(dataDir, 'binaries'))).toHaveLength(1);
    await keep(first.access, 'kept');
    first.child.kill('SIGTERM');
    await until(() => first.child.exitCode !== null);
    expect(first.child.exitCode).toBe(0);
    expect(identityOf(first.server)).toBeUndefined();

    const second = await startProgram(dataDir, isRoot ? { uid, packageFolder, node } : { packageFolder });
    expect(await kept(second.access)).toEqual(['kept']);
    second.child.kill('SIGTERM');
    await until(() => second.child.exitCode !== null);
    execFileSync('chmod', ['-R', 'u+w', packageFolder]);
  });
});
