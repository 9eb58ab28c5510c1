// One holder at a time for a folder, across processes, surviving `kill -9` of the holder. Also the
// list of the programs that use the folder just now, so that the last one can close it.
import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, ownIdentity, type ProcessIdentity } from './process-identity.ts';

/** `folder` is the inode of the lock folder: a copied folder brings along locks that hold only the original. */
type Holder = ProcessIdentity & { folder: number };

export type FolderLock = { release(): void };
export type Taken = { lock: FolderLock } | { heldBy: ProcessIdentity };

/**
 * Locks are files `<name>.<generation>`; the highest one counts and is never deleted. Taking over from a
 * dead holder means making the next generation, which only one of several can do (`link` is exclusive):
 * deleting the dead one's file instead would let two of them delete each other's.
 */
export function tryLock(folder: string, name: string): Taken {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const me: Holder = { ...ownIdentity(), folder: inodeOf(folder) };
  for (;;) {
    const last = generations(folder, name).at(-1);
    if (last !== undefined) {
      const holder = readHolder(join(folder, `${name}.${last}`));
      if (holder && holder.folder === me.folder && isRunning(holder)) return { heldBy: holder };
    }
    const mine = (last ?? 0) + 1;
    const path = join(folder, `${name}.${mine}`);
    if (!linkExclusively(folder, path, JSON.stringify(me))) continue;
    const now = generations(folder, name);
    if (now.at(-1) !== mine) {
      // We slept so long that our generation was already taken, left and cleared away by others.
      rmSync(path, { force: true });
      continue;
    }
    for (const older of now) if (older < mine) rmSync(join(folder, `${name}.${older}`), { force: true });
    return { lock: { release: () => emptyIfThere(path) } };
  }
}

/** Waits for a holder that is leaving, up to `waitMs`; then says who holds it. */
export async function waitForLock(folder: string, name: string, waitMs: number): Promise<Taken> {
  const deadline = performance.now() + waitMs;
  for (;;) {
    const taken = tryLock(folder, name);
    const leftMs = deadline - performance.now();
    if ('lock' in taken || leftMs <= 0) return taken;
    await sleep(Math.min(50, leftMs));
  }
}

export type Use = { end(): void };

/** Writes down that this program uses the folder. */
export function beginUse(folder: string): Use {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `use.${process.pid}-${randomBytes(6).toString('hex')}`);
  const me: Holder = { ...ownIdentity(), folder: inodeOf(folder) };
  // The whole file or none: a half-written one would read as nobody's.
  if (!linkExclusively(folder, path, JSON.stringify(me))) throw new Error(`could not write ${path}`);
  return { end: () => rmSync(path, { force: true }) };
}

/** How many uses of living programs are written down; those of dead ones are cleared away. */
export function countUses(folder: string): number {
  let count = 0;
  const inode = inodeOf(folder);
  for (const file of readdirSync(folder)) {
    if (!file.startsWith('use.')) continue;
    const holder = readHolder(join(folder, file));
    if (holder && holder.folder === inode && isRunning(holder)) count++;
    else rmSync(join(folder, file), { force: true });
  }
  return count;
}

/** Who holds the lock now, without taking it. */
export function holderOf(folder: string, name: string): ProcessIdentity | undefined {
  const last = generations(folder, name).at(-1);
  if (last === undefined) return undefined;
  const holder = readHolder(join(folder, `${name}.${last}`));
  return holder && holder.folder === inodeOf(folder) && isRunning(holder) ? holder : undefined;
}

function generations(folder: string, name: string): number[] {
  return readdirSync(folder)
    .filter((file) => file.startsWith(`${name}.`) && /^\d+$/.test(file.slice(name.length + 1)))
    .map((file) => Number(file.slice(name.length + 1)))
    .sort((a, b) => a - b);
}

/** Undefined for an emptied file: that is how a lock is left. */
function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

function linkExclusively(folder: string, path: string, text: string): boolean {
  const draft = join(folder, `draft.${process.pid}-${randomBytes(6).toString('hex')}`);
  writeFileSync(draft, text, { mode: 0o600 });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function emptyIfThere(path: string): void {
  try {
    truncateSync(path, 0);
  } catch (error) {
    // The whole folder may have been removed under a running program.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

const inodeOf = (folder: string) => statSync(folder).ino;
