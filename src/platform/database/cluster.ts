// The bundled PostgreSQL: made at the first start, watched while the program serves, shared with other
// commands, found again after a crash. Whoever uses it last stops it.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from '../../kernel/refusal.ts';
import { type Binaries, installedPackage, removeOtherCopies, usableBinaries } from './cluster-binaries.ts';
import {
  locksOf,
  openDataDir,
  type Place,
  readInstance,
  settlePlace,
  writeInstance,
  writeWhole,
} from './cluster-place.ts';
import {
  askServer,
  databaseName,
  initCluster,
  majorOf,
  ownerRole,
  resetOwnerPassword,
  serverOf,
  settledAnswer,
  startServer,
  stopServer,
} from './cluster-process.ts';
import { accessRules, clusterPort, serverSettings } from './cluster-settings.ts';
import { beginUse, countUses, type FolderLock, holderOf, waitForLock } from './folder-lock.ts';
import { isRunning, type ProcessIdentity } from './process-identity.ts';

export type ClusterAccess = {
  /** Folder of the socket, or a host name. */
  host: string;
  port: number;
  ownerUser: string;
  ownerPassword?: string;
  database: string;
  kind: 'bundled' | 'url';
};

export type ClusterLog = (event: string, facts: object) => void;

export type ClusterOptions = {
  dataDir: string;
  /** How long to wait for another `serve`; `leavingWaitMs` when not given. */
  waitMs?: number;
  log: ClusterLog;
  /** False in tests only. */
  fsync?: boolean;
  /** Where the cluster lies when DATA_DIR is closed to the server's account. */
  stateFolder?: string;
  /** The installed PostgreSQL package, when it is not the one beside the program. */
  packageFolder?: string;
};

/** How long a `serve` waits for another one that is leaving. */
export const leavingWaitMs = 15_000;
/** Making a cluster, or repeating its journal, under the lock of another program. */
const changeWaitMs = 660_000;

/**
 * For `serve`: the only one. Makes the cluster when missing, adopts or replaces a server that was left behind,
 * starts it again whenever it dies. Refusals: `cluster.in_use`, `cluster.version_changed`, and those of the place.
 */
export async function openCluster(options: ClusterOptions): Promise<{ access: ClusterAccess; stop(): Promise<void> }> {
  const dataDir = openDataDir(options.dataDir);
  const waitMs = options.waitMs ?? leavingWaitMs;
  const other = servingProgram(dataDir);
  if (other) options.log('cluster.waiting_for_other', { pid: other.pid, waitMs });
  const taken = await waitForLock(locksOf(dataDir), 'serve', waitMs);
  if ('heldBy' in taken) throw new Refusal('cluster.in_use', { dataDir, pid: taken.heldBy.pid });
  try {
    const member = await enter({ ...options, dataDir });
    const watch = watchServer(member);
    return {
      access: member.access,
      stop: once(async () => {
        await watch.end();
        await leave(member);
        taken.lock.release();
      }),
    };
  } catch (error) {
    taken.lock.release();
    throw error;
  }
}

/** For other commands: joins the running server over its socket, or starts it for the command's own time. */
export async function joinCluster(
  options: ClusterOptions,
): Promise<{ access: ClusterAccess; stop(): Promise<void>; joined: boolean }> {
  const dataDir = openDataDir(options.dataDir);
  const member = await enter({ ...options, dataDir });
  return { access: member.access, stop: once(() => leave(member)), joined: member.found };
}

/** The program that serves this DATA_DIR now, if any. */
export function servingProgram(dataDir: string): ProcessIdentity | undefined {
  const locks = locksOf(dataDir);
  const holder = existsSync(locks) ? holderOf(locks, 'serve') : undefined;
  return holder && { pid: holder.pid, startedAt: holder.startedAt };
}

type Member = {
  options: ClusterOptions;
  place: Place;
  binaries: Binaries;
  access: ClusterAccess;
  ownerPassword: string;
  server: ProcessIdentity;
  /** The server ran already. */
  found: boolean;
  endUse(): void;
};

async function enter(options: ClusterOptions): Promise<Member> {
  const change = await changeLock(options);
  try {
    const place = await settlePlace(options.dataDir, options.stateFolder ?? '/var/lib/guanjia');
    const copies = join(place.home, 'binaries');
    const binaries = usableBinaries({
      packageFolder: options.packageFolder ?? installedPackage(),
      copyTo: [copies],
      account: place.account,
      onCopy: (folder) => options.log('cluster.binaries_copied', { folder }),
    });
    const ownerPassword = ownerPasswordIn(place.keys);
    const found = majorOf(place.cluster);
    if (found === undefined) {
      const { cluster, account } = place;
      await initCluster({ binaries, cluster, account, fsync: options.fsync !== false, ownerPassword });
      options.log('cluster.made', { folder: cluster, major: binaries.major });
    } else if (found !== binaries.major) {
      throw new Refusal('cluster.version_changed', { found, expected: binaries.major }, 503);
    }
    const use = beginUse(place.locks);
    try {
      const running = await ensureRunning(options, place, binaries, ownerPassword);
      if (!running.found) removeOtherCopies(copies, binaries);
      return {
        options,
        place,
        binaries,
        ownerPassword,
        ...running,
        endUse: use.end,
        access: {
          host: place.socket,
          port: clusterPort,
          ownerUser: ownerRole,
          ownerPassword,
          database: databaseName,
          kind: 'bundled',
        },
      };
    } catch (error) {
      use.end();
      throw error;
    }
  } finally {
    change.release();
  }
}

/** Under the lock `cluster`: finds the server healthy, or makes it so. */
async function ensureRunning(
  options: ClusterOptions,
  place: Place,
  binaries: Binaries,
  ownerPassword: string,
): Promise<{ server: ProcessIdentity; found: boolean }> {
  const settings = serverSettings({
    socketFolder: place.socket,
    logFolder: place.logs,
    memoryBytes: machineMemoryBytes(),
    fsync: options.fsync !== false,
  });
  const digest = createHash('sha256')
    .update([settings, accessRules, binaries.postgres, binaries.packageVersion].join('\n'))
    .digest('hex');
  // Read anew: since this program started, others may have written it.
  const instance = readInstance(place.dataDir) ?? place.instance;
  const remember = (server: ProcessIdentity, startedWith: string) => {
    instance.server = { ...server, settings: startedWith };
    instance.serving = servingProgram(place.dataDir);
    writeInstance(place.dataDir, instance);
  };

  const left = serverOf(place.cluster);
  if (left) {
    // Our own use is one; with others at work the server is never taken from under them.
    const alone = countUses(place.locks) <= 1;
    const answer = await settledAnswer(left, place, ownerPassword, alone ? 2000 : 15_000);
    const known = instance.server;
    const startedWith = known && known.pid === left.pid && known.startedAt === left.startedAt ? known.settings : '';
    if (answer === 'ready' && (!alone || startedWith === digest)) {
      remember(left, startedWith);
      options.log('cluster.adopted', { pid: left.pid, alone });
      return { server: left, found: true };
    }
    if (answer !== 'gone') {
      if (!alone) throw new Refusal('cluster.not_reachable', { pid: left.pid, socket: place.socket, answer }, 503);
      const how = await stopServer(left, answer === 'silent' ? 1000 : 30_000);
      options.log('cluster.left_server_stopped', { pid: left.pid, answer, how });
    }
  }

  // No process to be seen, yet the socket answers: a program in another container uses the same folder.
  const unseen = left ? 'silent' : await askServer(place.socket, ownerPassword);
  if (unseen !== 'silent') throw new Refusal('cluster.used_from_elsewhere', { dataDir: place.dataDir });

  let started = await startServer(binaries, place, settings, ownerPassword);
  if (started.answer === 'locked_out') {
    // The file of the password was lost or came from another place; who owns the folder owns the data.
    await stopServer(started.server, 30_000);
    await resetOwnerPassword(binaries, place, ownerPassword);
    options.log('cluster.owner_password_reset', {});
    started = await startServer(binaries, place, settings, ownerPassword);
    if (started.answer !== 'ready') {
      await stopServer(started.server, 30_000);
      throw new Error(`the database refuses its own owner, role ${ownerRole}`);
    }
  }
  remember(started.server, digest);
  options.log('cluster.started', { pid: started.server.pid, folder: place.cluster, socket: place.socket });
  return { server: started.server, found: false };
}

async function leave(member: Member): Promise<void> {
  const { place, options } = member;
  // The folder may be gone (a test's, or a disk's): then there is nobody to agree with.
  if (!existsSync(place.locks)) return void (await stopIfRunning(member));
  const change = await changeLock(options);
  try {
    member.endUse();
    if (countUses(place.locks) === 0) await stopIfRunning(member);
    else options.log('cluster.left_to_others', { pid: member.server.pid });
  } finally {
    change.release();
  }
}

async function stopIfRunning(member: Member): Promise<void> {
  const server = serverOf(member.place.cluster) ?? member.server;
  if (!isRunning(server)) return;
  const how = await stopServer(server, 30_000);
  member.options.log('cluster.stopped', { pid: server.pid, how });
}

/** Looks 4 times a second whether the server lives, and starts it again, after a growing pause when it keeps dying. */
function watchServer(member: Member): { end(): Promise<void> } {
  const ending = new AbortController();
  const pause = (ms: number) => sleep(ms, undefined, { signal: ending.signal, ref: false }).catch(() => {});
  const watching = (async () => {
    let deaths = 0;
    let startedAtMs = performance.now();
    while (!ending.signal.aborted) {
      await pause(250);
      if (ending.signal.aborted || isRunning(member.server)) continue;
      if (performance.now() - startedAtMs > 60_000) deaths = 0;
      deaths++;
      member.options.log('cluster.died', { pid: member.server.pid, deaths });
      if (deaths > 1) await pause(Math.min(30_000, 500 * 2 ** deaths));
      if (ending.signal.aborted) break;
      try {
        await restart(member);
      } catch (error) {
        member.options.log('cluster.restart_failed', {
          reason: error instanceof Error ? error.message : String(error),
        });
      }
      startedAtMs = performance.now();
    }
  })();
  return {
    end: async () => {
      ending.abort();
      await watching;
    },
  };
}

async function restart(member: Member): Promise<void> {
  const change = await changeLock(member.options);
  try {
    const { options, place, binaries, ownerPassword } = member;
    member.server = (await ensureRunning(options, place, binaries, ownerPassword)).server;
  } finally {
    change.release();
  }
}

/** Only one program at a time makes, starts or stops the server. */
async function changeLock(options: ClusterOptions): Promise<FolderLock> {
  const taken = await waitForLock(locksOf(options.dataDir), 'cluster', changeWaitMs);
  if ('lock' in taken) return taken.lock;
  throw new Refusal('cluster.busy', { dataDir: options.dataDir, pid: taken.heldBy.pid }, 503);
}

/** The owner's password, made at the first start: the socket's folder keeps others out, this does so twice. */
function ownerPasswordIn(keys: string): string {
  const path = join(keys, 'database-owner.password');
  if (existsSync(path)) {
    const kept = readFileSync(path, 'utf8').trim();
    if (kept !== '') return kept;
  }
  const password = randomBytes(24).toString('base64url');
  writeWhole(path, `${password}\n`, 0o600);
  return password;
}

/** What a container may use, where one sets a limit. */
function machineMemoryBytes(): number {
  const limit = process.constrainedMemory?.() ?? 0;
  return limit > 0 && limit < totalmem() ? limit : totalmem();
}

function once(act: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= act();
    return done;
  };
}
