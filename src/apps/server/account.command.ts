// `user add` and `token add`: accounts and tokens made at the terminal, also while the program serves.

import { systemCall } from '../../domain/access/call.ts';
import { permissions } from '../../domain/access/permission.rules.ts';
import { departments, roles } from '../../domain/access/role.contract.ts';
import { addAccount, addToken, type Note } from '../../domain/access/terminal.service.ts';
import { record } from '../../domain/audit/audit.service.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { atWallTime, isDay, parseInstant } from '../../kernel/time.ts';
import type { House } from '../../platform/house.ts';
import type { Command, CommandContext } from './command.ts';
import { commandWords } from './command.words.ts';
import { openHouse } from './opening.ts';
import { chosenOption, listOption, neededOption, optionOf } from './option.rules.ts';

/** The shortest password, as in the web app. */
const leastPasswordLength = 12;

export const addUser: Command = (context) => {
  const { options } = context;
  const [username, name] = [neededOption(options, 'username'), neededOption(options, 'name')];
  const role = chosenOption('role', neededOption(options, 'role'), roles);
  const department = optionOf(options, 'department');
  const password = secretIn(context, 'password-file', leastPasswordLength);
  return inHouse(context, async (house) => {
    const made = await addAccount(
      house,
      {
        username,
        name,
        role,
        communityCode: optionOf(options, 'community'),
        department: department === null ? null : chosenOption('department', department, departments),
        password,
      },
      noteOf(house),
    );
    context.say(commandWords.userAdded(username));
    if (made) context.say(commandWords.passwordMade(made));
  });
};

export const addMachineToken: Command = (context) => {
  const { options } = context;
  const until = neededOption(options, 'until');
  // A day counts to its end.
  const instant = isDay(until) ? atWallTime(until, '24:00') : parseInstant(until);
  if (instant === null)
    throw new Refusal('command.option_unknown', { option: 'until', read: until, known: ['YYYY-MM-DD'] }, 422);
  const token = {
    name: neededOption(options, 'name'),
    username: neededOption(options, 'username'),
    communityCodes: listOption(neededOption(options, 'community')),
    permissions: listOption(neededOption(options, 'permissions')).map((one) =>
      chosenOption('permissions', one, permissions),
    ),
    until: instant,
  };
  return inHouse(context, async (house) => {
    context.say(commandWords.tokenMade(await addToken(house, token, noteOf(house))));
  });
};

/** The first line of a file, so that no secret stands in the list of processes or in the shell's history. */
export function secretIn(context: CommandContext, option: string, leastLength: number): string | null {
  const file = optionOf(context.options, option);
  if (file === null) {
    if (context.options.has(option)) throw new Refusal('command.option_missing', { option }, 422);
    return null;
  }
  let text: string;
  try {
    text = context.readFile(file).toString('utf8');
  } catch {
    throw new Refusal('command.file_unreadable', { file });
  }
  const secret = (text.split(/\r?\n/)[0] ?? '').replace(/^\uFEFF/, '');
  if (secret.length < leastLength) throw new Refusal('command.secret_too_short', { file, least: leastLength }, 422);
  return secret;
}

export const noteOf =
  (house: House): Note =>
  (tx, organizationId, entry) =>
    record(tx, systemCall(house, organizationId, { id: '', organizationId }), entry);

async function inHouse(context: CommandContext, work: (house: House) => Promise<void>): Promise<number> {
  const { config, log, time } = context;
  const opened = await openHouse(config, log, { exclusive: false, time });
  try {
    await work(opened.house);
    return 0;
  } finally {
    await opened.close();
  }
}
