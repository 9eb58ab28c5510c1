// The commands of the program, by name. Each answers its exit code.
import type { Config } from '../../platform/config.ts';
import type { Log } from '../../platform/log.ts';
import type { TimeSource } from '../../platform/time-source.ts';
import { serve } from './serve.command.ts';

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

export const commands: Record<string, Command> = {
  serve,
};
