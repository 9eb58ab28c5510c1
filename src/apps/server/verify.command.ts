// `verify`: every invariant of the house, a line per breach, exit code 1 when there is one.
import { sealAll } from '../../domain/audit/audit-check.service.ts';
import { findBreaches } from './checks.ts';
import type { Command } from './command.ts';
import { commandWords } from './command.words.ts';
import { openHouse } from './opening.ts';

export const verify: Command = async ({ config, log, say, time }) => {
  const opened = await openHouse(config, log, { exclusive: false, time });
  try {
    // A program that was stopped in the middle of a day leaves a few entries for the next one to number.
    await sealAll(opened.house.database);
    const breaches = await findBreaches(opened.house, opened.ownerAccess, (breach) => say(commandWords.breach(breach)));
    say(breaches === 0 ? commandWords.allWell : commandWords.breaches(breaches));
    return breaches === 0 ? 0 : 1;
  } finally {
    await opened.close();
  }
};
