// Whether a process that was written down earlier is still the same one: a number alone does not say
// so, because the system hands numbers out again (soon, inside containers). Its start time settles it.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export type ProcessIdentity = {
  pid: number;
  /** Opaque: equal for the same process only. Boot id and start tick on Linux, `ps` start time elsewhere. */
  startedAt: string;
};

/** The process that has this number now; undefined when none runs, or only its unreaped remains are left. */
export function identityOf(pid: number): ProcessIdentity | undefined {
  const startedAt = process.platform === 'linux' ? linuxStart(pid) : psStart(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

export function isRunning(identity: ProcessIdentity): boolean {
  return identityOf(identity.pid)?.startedAt === identity.startedAt;
}

export function ownIdentity(): ProcessIdentity {
  const own = identityOf(process.pid);
  if (!own) throw new Error('the start time of this process can not be read');
  return own;
}

function linuxStart(pid: number): string | undefined {
  const stat = readIfThere(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  const parsed = parseStat(stat);
  if (!parsed || parsed.state === 'Z' || parsed.state === 'X') return undefined;
  return `${bootId()}:${parsed.startTicks}`;
}

/** `/proc/<pid>/stat`: the name stands in brackets and may itself hold blanks and brackets. */
export function parseStat(stat: string): { state: string; startTicks: string } | undefined {
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .trim()
    .split(' ');
  const [state, startTicks] = [fields[0], fields[19]];
  return state && startTicks ? { state, startTicks } : undefined;
}

let knownBootId: string | undefined;
function bootId(): string {
  // Ticks count from the boot, so that after a restart of the machine two processes could share one.
  knownBootId ??= readIfThere('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
  return knownBootId;
}

function psStart(pid: number): string | undefined {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    return line === '' || line.startsWith('Z') ? undefined : line.replace(/^\S+\s+/, '');
  } catch {
    return undefined;
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
