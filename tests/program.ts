// The built program as a process of its own: started, asked over HTTP, killed; other commands run beside it.
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../src/kernel/id.ts';
import { Person, testPassword } from './house.ts';

const product = resolve(import.meta.dirname, '..');
const main = join(product, 'dist/server/main.js');

export type Run = {
  env: Record<string, string>;
  uid?: number;
  node?: string;
  /** Another copy of the program, as `copyProduct` makes it. */
  main?: string;
};

/**
 * The built program again in a folder of its own, with a standard of its own: what a company would put into its files.
 * Answers where its entry lies.
 */
export function copyProduct(folder: string, preset: string, change: (document: any) => void): string {
  for (const name of ['dist', 'migrations', 'standards', 'package.json'])
    cpSync(join(product, name), join(folder, name), { recursive: true });
  symlinkSync(join(product, 'node_modules'), join(folder, 'node_modules'));
  const file = join(folder, 'standards', `${preset}.json`);
  const document = JSON.parse(readFileSync(file, 'utf8'));
  change(document);
  writeFileSync(file, JSON.stringify(document));
  return join(folder, 'dist/server/main.js');
}
export type Ended = { code: number | null; said: string; complained: string };

function launch(args: readonly string[], run: Run): ChildProcess {
  const { env, uid, node = process.execPath, main: entry = main } = run;
  if (!existsSync(entry)) throw new Error('build the program first: npm run build');
  const { PATH = '' } = process.env;
  return spawn(node, [entry, ...args], {
    env: { PATH, GUANJIA_TEST: '1', LOG_LEVEL: 'error', ...env },
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
}

function listen(child: ChildProcess): { said: string; complained: string } {
  const heard = { said: '', complained: '' };
  child.stdout?.on('data', (part: Buffer) => {
    heard.said += part.toString();
  });
  child.stderr?.on('data', (part: Buffer) => {
    heard.complained += part.toString();
  });
  return heard;
}

/** Runs a command of the program to its end. */
export async function command(args: readonly string[], run: Run): Promise<Ended> {
  const child = launch(args, run);
  const heard = listen(child);
  const code = await new Promise<number | null>((ended) => child.once('close', ended));
  return { code, ...heard };
}

/** `serve`, until it is stopped or killed. */
export class Program {
  address = '';
  /** From the start of the process until it answered that it is ready. */
  startedWithinMs = 0;
  /** The secret of the first set-up, where it offered one. */
  secret = '';
  private constructor(
    readonly child: ChildProcess,
    readonly heard: { said: string; complained: string },
  ) {}

  /** The process alone, as soon as it names its address; it may not be ready yet. */
  static async launch(run: Run, args: readonly string[] = []): Promise<Program> {
    const child = launch(['serve', ...args], { ...run, env: { PORT: '0', ...run.env } });
    const program = new Program(child, listen(child));
    try {
      await program.until(() => /http:\/\/[\d.]+:\d+\//.test(program.heard.said));
      program.address = /(http:\/\/[\d.]+:\d+)\//.exec(program.heard.said)?.[1] ?? '';
      return program;
    } catch (fault) {
      await program.kill();
      throw fault;
    }
  }

  static async start(run: Run, args: readonly string[] = []): Promise<Program> {
    const began = performance.now();
    const program = await Program.launch(run, args);
    try {
      await program.until(() => program.heard.said.includes('管家已启动'));
      while ((await fetch(`${program.address}/readyz`)).status !== 200) await sleep(20);
      program.startedWithinMs = performance.now() - began;
      program.secret = /#secret=(\S+)/.exec(program.heard.said)?.[1] ?? '';
      return program;
    } catch (fault) {
      await program.kill();
      throw fault;
    }
  }

  async until(isSo: () => boolean, withinMs = 60_000): Promise<void> {
    const end = Date.now() + withinMs;
    while (!isSo()) {
      if (this.child.exitCode !== null)
        throw new Error(`it ended with ${this.child.exitCode}: ${this.heard.complained}`);
      if (Date.now() > end) throw new Error(`not within ${withinMs / 1000} s: ${this.heard.said}`);
      await sleep(20);
    }
  }

  /** As a power cut ends it: nothing is put in order. */
  kill = (): Promise<void> => this.end('SIGKILL');
  stop = (): Promise<void> => this.end('SIGTERM');

  private async end(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill(signal);
    await ended;
  }
}

/** Sets an empty house up as its first visitor would; the community's code is LYHT. */
export async function setUp(program: Program): Promise<void> {
  const answer = await fetch(`${program.address}/api/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      secret: program.secret,
      organizationName: '测试物业',
      communityName: '澜悦华庭',
      communityCode: 'LYHT',
      preset: 'luxury',
      adminUsername: 'admin',
      adminName: '管理员',
      adminPassword: testPassword,
    }),
  });
  if (answer.status !== 201)
    throw new Error(`set-up answered ${answer.status}: ${await answer.text()}\n${program.heard.said}`);
}

/** An account made at the terminal beside the running program, signed in there. */
export async function clerk(
  house: { address: string },
  run: Run,
  folder: string,
  username = 'lin',
  role = 'front_desk',
): Promise<Person> {
  const file = join(folder, 'first.password');
  writeFileSync(file, `${testPassword}\n`, { mode: 0o644 });
  const account = ['--username', username, '--name', '林小满', '--role', role, '--community', 'LYHT'];
  const { code, complained } = await command(['user', 'add', ...account, '--password-file', file], run);
  if (code !== 0) throw new Error(`user add ended with ${code}: ${complained}`);
  return new Person(house, newId(), username).signIn();
}

/** The path of the only community that this person sees. */
export const pathOf = async (person: Person): Promise<string> =>
  `/communities/${(await person.get('/communities')).body.items[0].id}`;
