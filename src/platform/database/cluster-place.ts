// Where the bundled cluster lies and as whom its server runs. As an ordinary user: in DATA_DIR, as that
// user. As root: as an unprivileged account (PostgreSQL refuses root), in DATA_DIR when that account can
// enter it, else under the system's state folder by an id kept in `instance.json`.
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { Refusal } from '../../kernel/refusal.ts';
import { clusterPort } from './cluster-settings.ts';
import type { ProcessIdentity } from './process-identity.ts';

/** The account of the server where it is not the program's own. */
export type Account = { uid: number; gid: number };

/** Nothing of the program's environment (it may hold passwords, or PG* variables) reaches the server. */
export const childEnvironment = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** What DATA_DIR remembers about its cluster. Paths without a leading slash lie in DATA_DIR. */
export type Instance = {
  id: string;
  dataDir: string;
  cluster: string;
  socket?: string;
  /** `settings`: digest of the settings and programs it was started with. */
  server?: ProcessIdentity & { settings: string };
  /** The program that serves, for other commands and for the operator. */
  serving?: ProcessIdentity;
};

export type Place = {
  dataDir: string;
  locks: string;
  keys: string;
  /** Holds the cluster, its logs, socket and copied programs: DATA_DIR or a folder under the state folder. */
  home: string;
  cluster: string;
  logs: string;
  socket: string;
  account: Account | undefined;
  instance: Instance;
};

const isRoot = () => process.getuid?.() === 0;

/** Makes DATA_DIR so that the server's account can pass through it without listing it. Returns its real path. */
export function openDataDir(dataDir: string): string {
  if (process.platform === 'win32') throw new Refusal('cluster.system_not_supported', { system: 'win32' }, 503);
  try {
    makePassable(dataDir);
    const real = realpathSync(dataDir);
    // A shared folder like /tmp (sticky) stays as it is.
    if (isRoot() && (statSync(real).mode & 0o1000) === 0) chmodSync(real, 0o711);
    return real;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS') throw error;
    throw new Refusal('cluster.data_dir_closed', { dataDir, code, uid: process.getuid?.() ?? -1 }, 503);
  }
}

export const locksOf = (dataDir: string) => join(dataDir, 'locks');

/** Call under the lock `cluster`. `stateFolder` is used only where DATA_DIR is closed to the server's account. */
export async function settlePlace(dataDir: string, stateFolder: string): Promise<Place> {
  const found = readInstance(dataDir) ?? claimedInstance(dataDir, stateFolder);
  const instance: Instance = found ?? { id: randomBytes(4).toString('hex'), dataDir, cluster: 'database' };
  let cluster = resolveIn(dataDir, instance.cluster);
  const account = accountFor(cluster);
  if (existsSync(join(cluster, 'PG_VERSION'))) {
    if (!canEnter(dirname(cluster), account)) throw new Refusal('cluster.folder_closed', { folder: cluster }, 503);
  } else if (!canEnter(dataDir, account)) {
    cluster = join(stateFolder, instance.id, 'database');
    instance.cluster = cluster;
    makePassable(dirname(cluster));
    if (!canEnter(dirname(cluster), account)) {
      throw new Refusal('cluster.folder_closed', { folder: dirname(cluster) }, 503);
    }
  }
  const home = dirname(cluster);
  if (home !== dataDir) claim(home, dataDir, instance.id);

  if (instance.dataDir !== dataDir) {
    // Moved or copied: a socket folder outside may be the original's.
    if (instance.socket?.startsWith('/')) delete instance.socket;
    delete instance.server;
    instance.dataDir = dataDir;
  }
  const logs = join(home, 'logs', 'database');
  makePassable(dirname(logs));
  givePrivateFolder(logs, account);
  const socket = await socketFolder(instance, home, account);
  instance.socket = socket.startsWith(`${dataDir}/`) ? socket.slice(dataDir.length + 1) : socket;
  const keys = join(dataDir, 'keys');
  mkdirSync(keys, { recursive: true, mode: 0o700 });
  writeInstance(dataDir, instance);
  return { dataDir, locks: locksOf(dataDir), keys, home, cluster, logs, socket, account, instance };
}

/** An existing cluster keeps its owner, even when a better account has been installed since. */
function accountFor(cluster: string): Account | undefined {
  const owner = statSync(cluster, { throwIfNoEntry: false });
  if (!isRoot()) {
    const uid = process.getuid?.() ?? -1;
    if (owner && owner.uid !== uid) throw new Refusal('cluster.other_owner', { owner: owner.uid, uid }, 503);
    return undefined;
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return unprivilegedAccount(['postgres', 'nobody'], systemAccount);
}

/** The first of the accounts that exists and is not root. Refusal `cluster.no_account` when none does. */
export function unprivilegedAccount(
  names: readonly string[],
  lookUp: (name: string) => Account | undefined,
): Account | undefined {
  for (const name of names) {
    const account = lookUp(name);
    if (account && account.uid !== 0) return account;
  }
  throw new Refusal('cluster.no_account', { names }, 503);
}

function systemAccount(name: string): Account | undefined {
  const id = (flag: string) =>
    Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

/** Asked of the system by entering it as that account: modes, lists and mounts all count. */
export function canEnter(folder: string, account: Account | undefined): boolean {
  if (!account) return true;
  const asked = spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], {
    ...account,
    cwd: '/',
    env: childEnvironment,
    stdio: 'ignore',
  });
  return asked.status === 0;
}

/** A path of a Unix socket ends at 107 bytes (103 on macOS), and Chinese folder names take three each. */
export function fitsSocket(folder: string): boolean {
  const most = process.platform === 'darwin' ? 103 : 107;
  return Buffer.byteLength(`${folder}/.s.PGSQL.${clusterPort}`) <= most;
}

async function socketFolder(instance: Instance, home: string, account: Account | undefined): Promise<string> {
  const known = instance.socket && resolveIn(instance.dataDir, instance.socket);
  if (known && fitsSocket(known) && isPrivateTo(known, account)) return known;
  const near = join(home, 'socket');
  if (fitsSocket(near)) {
    mkdirSync(near, { recursive: true, mode: 0o700 });
    // Shared and network folders may not know sockets at all.
    if (await socketsWorkIn(near)) {
      givePrivateFolder(near, account);
      return near;
    }
    rmSync(near, { recursive: true, force: true });
  }
  const far = mkdtempSync('/tmp/guanjia-');
  givePrivateFolder(far, account);
  return far;
}

/** In a public folder like /tmp somebody else could have made the folder we remember. */
function isPrivateTo(folder: string, account: Account | undefined): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  const uid = account?.uid ?? process.getuid?.();
  return found?.isDirectory() === true && found.uid === uid && (found.mode & 0o077) === 0;
}

function socketsWorkIn(folder: string): Promise<boolean> {
  return new Promise((resolve) => {
    const path = join(folder, '.s.PGSQL.try');
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(path, () => server.close(() => resolve(true)));
  });
}

/** 0700, owned by the server's account. */
export function givePrivateFolder(folder: string, account: Account | undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  if (account) chownSync(folder, account.uid, account.gid);
}

/** Makes the folder and the missing ones above; as root each new one passable to others, whatever the umask. */
function makePassable(folder: string): void {
  const mode = isRoot() ? 0o711 : 0o700;
  const first = mkdirSync(folder, { recursive: true, mode });
  if (first === undefined) return;
  const top = realpathSync(first);
  for (let made = realpathSync(folder); made.length >= top.length; made = dirname(made)) chmodSync(made, mode);
}

const instancePath = (dataDir: string) => join(dataDir, 'instance.json');

/** Undefined when there is none, or the machine lost power before the first one was whole. */
export function readInstance(dataDir: string): Instance | undefined {
  return readJson<Instance>(instancePath(dataDir));
}

export function writeInstance(dataDir: string, instance: Instance): void {
  writeWhole(instancePath(dataDir), `${JSON.stringify(instance, null, 2)}\n`, 0o600);
}

type Claim = { id: string; dataDir: string; dataDirInode: number };

/** A cluster outside DATA_DIR says whose it is: a copied DATA_DIR must not write into the original's cluster. */
function claim(home: string, dataDir: string, id: string): void {
  const path = join(home, 'claim.json');
  const mine: Claim = { id, dataDir, dataDirInode: statSync(dataDir).ino };
  const found = readJson<Claim>(path);
  if (found && found.dataDirInode !== mine.dataDirInode && readInstance(found.dataDir)?.id === id) {
    throw new Refusal('cluster.belongs_elsewhere', { folder: home, dataDir: found.dataDir }, 503);
  }
  writeWhole(path, `${JSON.stringify(mine, null, 2)}\n`, 0o600);
}

/** A lost `instance.json` must not lead to a second, empty cluster. */
function claimedInstance(dataDir: string, stateFolder: string): Instance | undefined {
  if (!isRoot() || !existsSync(stateFolder)) return undefined;
  for (const id of readdirSync(stateFolder)) {
    const found = readJson<Claim>(join(stateFolder, id, 'claim.json'));
    if (found?.dataDir === dataDir) return { id, dataDir, cluster: join(stateFolder, id, 'database') };
  }
  return undefined;
}

/** The whole file or the one before, also after a power cut. */
export function writeWhole(path: string, text: string, mode: number): void {
  const draft = `${path}.draft`;
  rmSync(draft, { force: true });
  const file = openSync(draft, 'wx', mode);
  writeSync(file, text);
  fsyncSync(file);
  closeSync(file);
  renameSync(draft, path);
  syncFolder(dirname(path));
}

export function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

function readJson<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (error instanceof SyntaxError || code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

const resolveIn = (dataDir: string, path: string) => (path.startsWith('/') ? path : join(dataDir, path));
