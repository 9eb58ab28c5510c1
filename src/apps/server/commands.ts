// The commands of the program, by name. Each answers its exit code.
import type { Config } from '../../platform/config.ts';
import type { Log } from '../../platform/log.ts';
import type { TimeSource } from '../../platform/time-source.ts';
import { addMachineToken, addUser } from './account.command.ts';
import { backup } from './backup.command.ts';
import { demo } from './demo.command.ts';
import { restore } from './restore.command.ts';
import { serve } from './serve.command.ts';
import { tableTypes } from './table-types.command.ts';
import { verify } from './verify.command.ts';

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
  demo,
  backup,
  restore,
  verify,
  'user add': addUser,
  'token add': addMachineToken,
  'table-types': tableTypes,
};
