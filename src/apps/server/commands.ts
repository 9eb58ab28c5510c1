// The commands of the program, by name. Each answers its exit code.
import { addMachineToken, addUser } from './account.command.ts';
import { backup } from './backup.command.ts';
import type { Command } from './command.ts';
import { demo } from './demo.command.ts';
import { importFile } from './import.command.ts';
import { importHotlineFile } from './import-hotline.command.ts';
import { restore } from './restore.command.ts';
import { serve } from './serve.command.ts';
import { tableTypes } from './table-types.command.ts';
import { verify } from './verify.command.ts';

export const commands: Record<string, Command> = {
  serve,
  demo,
  backup,
  restore,
  verify,
  import: importFile,
  'import-hotline': importHotlineFile,
  'user add': addUser,
  'token add': addMachineToken,
  'table-types': tableTypes,
};
