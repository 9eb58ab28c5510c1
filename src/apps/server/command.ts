// What a command of the program is handed, and what it answers.
import type { Config } from '../../platform/config.ts';
import type { Log } from '../../platform/log.ts';
import type { TimeSource } from '../../platform/time-source.ts';

export type CommandContext = {
  config: Config;
  log: Log;
  options: ReadonlyMap<string, string>;
  rest: readonly string[];
  /** A line for the person at the terminal. */
  say(line: string): void;
  readFile(path: string): Buffer;
  time: TimeSource;
};

export type Command = (context: CommandContext) => Promise<number>;
