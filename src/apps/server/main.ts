// The program: `serve` and the other commands. What goes wrong is said in a sentence with the mend, not as a stack.
import { readFileSync } from 'node:fs';
import { Refusal } from '../../kernel/refusal.ts';
import { parseInstant } from '../../kernel/time.ts';
import { readConfig } from '../../platform/config.ts';
import { makeLog } from '../../platform/log.ts';
import { makeTimeSource } from '../../platform/time-source.ts';
import type { CommandContext } from './command.ts';
import { commandWords, refusalInWords } from './command.words.ts';
import { commands } from './commands.ts';

const [name = 'serve', ...args] = process.argv.slice(2);
const command = commands[name] ?? commands[`${name} ${args[0] ?? ''}`];

/** `--to F`, `--verify`, `-- --demo`: options by name; the rest in order. */
function parseArgs(list: readonly string[]): { options: Map<string, string>; rest: string[] } {
  const options = new Map<string, string>();
  const rest: string[] = [];
  for (let index = 0; index < list.length; index++) {
    const one = list[index] as string;
    if (!one.startsWith('--') || one === '--') {
      if (one !== '--') rest.push(one);
      continue;
    }
    const [key = '', given] = one.slice(2).split('=', 2);
    const next = list[index + 1];
    if (given !== undefined) options.set(key, given);
    else if (next !== undefined && !next.startsWith('--')) {
      options.set(key, next);
      index++;
    } else options.set(key, 'true');
  }
  return { options, rest };
}

async function run(): Promise<number> {
  if (!command) {
    process.stderr.write(`${commandWords.unknown(name, Object.keys(commands))}\n`);
    return 2;
  }
  const { options, rest } = parseArgs(commands[name] ? args : args.slice(1));
  const config = readConfig();
  const startAt = options.get('clock');
  const at = startAt === undefined ? undefined : parseInstant(startAt);
  if (at === null) throw new Refusal('clock.not_an_instant', { read: startAt ?? '' });
  const context: CommandContext = {
    config,
    log: makeLog(config.logLevel),
    options,
    rest,
    say: (line) => process.stdout.write(`${line}\n`),
    readFile: (path) => readFileSync(path),
    time: makeTimeSource(at === undefined ? {} : { startAt: at }),
  };
  return command(context);
}

const lingerMs = 3_000;
run().then(
  (code) => {
    process.exitCode = code;
    // All is closed and said: what is held open by mistake is named, and must not keep the process from ending.
    setTimeout(() => {
      process.stderr.write(`still open at the end: ${process.getActiveResourcesInfo().join(', ')}\n`);
      process.exit();
    }, lingerMs).unref();
  },
  (fault: unknown) => {
    process.stderr.write(
      fault instanceof Refusal
        ? `${refusalInWords(fault)}\n`
        : `${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}\n`,
    );
    process.exit(1);
  },
);
