// What the system says of a process: its memory and its processor time, which on a machine shared with others tell more than a
// clock on the wall. Linux only; elsewhere null.
import { readdirSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import type pg from 'pg';

const read = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};
/** A hundredth of a second on every Linux that Node runs on. */
const tickMs = 10;

/** Resident memory now and the most there ever was, in MiB. */
export function memoryOf(pid: number): { nowMiB: number; mostMiB: number } | null {
  const status = read(`/proc/${pid}/status`);
  if (status === null) return null;
  const mib = (name: string) =>
    Math.round(Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024);
  return { nowMiB: mib('VmRSS'), mostMiB: mib('VmHWM') };
}

/** Fields of /proc/<pid>/stat behind the name: parent; own time; that of children which have ended. */
function statOf(pid: number): { parent: number; ownMs: number; endedMs: number } | null {
  const fields = read(`/proc/${pid}/stat`)?.split(') ').at(-1)?.split(' ').map(Number);
  if (!fields) return null;
  const [own, ended] = [(fields[11] ?? 0) + (fields[12] ?? 0), (fields[13] ?? 0) + (fields[14] ?? 0)];
  return { parent: fields[1] ?? 0, ownMs: own * tickMs, endedMs: ended * tickMs };
}

export const processorMsOf = (pid: number): number => statOf(pid)?.ownMs ?? 0;

/** All of a database server's processes, those that have ended too. */
export async function processorMsOfServer(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const server = statOf(rows[0]?.pid ?? 0)?.parent;
  const main = server === undefined ? null : statOf(server);
  if (!main) return 0;
  const children = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (statOf(Number(name)) ?? []) : []));
  const living = children.filter(({ parent }) => parent === server).reduce((sum, { ownMs }) => sum + ownMs, 0);
  return main.ownMs + main.endedMs + living;
}

export const loadNow = (): number => Math.round((loadavg()[0] ?? 0) * 10) / 10;
