// `demo` and `serve --demo`: fills an empty database with the demo, changes nothing where it is already in, refuses where
// there are real data. A fill that was cut short is cleared away and begun again.
import { sweepClocks } from '../../domain/cases/escalation.jobs.ts';
import { demoState, fillDemo, laterThanData, randomPassword } from '../../domain/demo/demo.service.ts';
import { sweepFollowUps } from '../../domain/follow-ups/follow-up.jobs.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Access } from '../../platform/database/database.ts';
import { makeClient } from '../../platform/database/own-client.ts';
import { makeTimeSource } from '../../platform/time-source.ts';
import type { Command, CommandContext } from './command.ts';
import { commandWords } from './command.words.ts';
import { type Opened, openHouse } from './opening.ts';

export const demo: Command = async (context) => {
  const opened = await openHouse(context.config, context.log, { exclusive: false, time: context.time });
  try {
    await ensureDemo(opened, context);
    return 0;
  } finally {
    await opened.close();
  }
};

/** After it the demo is in; refuses where it can't be. */
export async function ensureDemo(
  opened: Opened,
  { config, say, options }: Pick<CommandContext, 'config' | 'say' | 'options'>,
  /** Where the program that fills answers meanwhile that it is not ready. */
  address: string | null = null,
): Promise<void> {
  const { house } = opened;
  const scale = scaleOf(options);
  if ((await demoState(house)) === 'half-filled') {
    say(commandWords.demoAnew);
    await clearAll(opened.ownerAccess);
  }
  const password = config.demoPassword ?? randomPassword();
  const isTerminal = process.stdout.isTTY === true;
  let said = -1;
  const began = performance.now();
  const filled = await fillDemo(house, {
    password,
    scale,
    sweep: sweepClocks,
    sweepFollowUps,
    progress: (percent) => {
      // On a terminal one line that moves; in a log a line each quarter.
      const step = isTerminal ? percent : Math.floor(percent / 25) * 25;
      if (step === said) return;
      if (said === -1 && address !== null) say(commandWords.demoMeanwhile(address));
      said = step;
      if (isTerminal) process.stdout.write(`\r${commandWords.demoFilling(step)}${step === 100 ? '\n' : ''}`);
      else say(commandWords.demoFilling(step));
    },
  });
  if (!filled) {
    say(commandWords.demoReady);
    return;
  }
  say(commandWords.demoFilled(Math.round((performance.now() - began) / 1000)));
  if (config.demoPassword === null) say(commandWords.demoPassword(password));
}

/** `--scale 0.1`: a smaller demo that is in within seconds, to try things on. */
function scaleOf(options: CommandContext['options']): number {
  const text = options.get('scale');
  if (text === undefined) return 1;
  const scale = Number(text);
  if (!(scale > 0 && scale <= 1))
    throw new Refusal('command.option_unknown', { option: 'scale', read: text, known: '0.01–1' }, 422);
  return scale;
}

/** Only a demo that was never finished comes here: nobody has worked in it. Permissions and migrations stay. */
async function clearAll(owner: Access): Promise<void> {
  const client = makeClient(owner);
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename not in ('schema_migrations', 'settings')`,
    );
    await client.query(`truncate ${rows.map((row) => row.name).join(', ')}`);
  } finally {
    await client.end();
  }
}

/**
 * A clock of one's own is for demo data only. It runs on from the instant that was asked for, or from the last moment that
 * the data know of where that is later: also a demo that was moved ahead and is started again without `--clock`.
 */
export async function settleClock(
  opened: Opened,
  { options, say }: Pick<CommandContext, 'options' | 'say'>,
): Promise<void> {
  const { house } = opened;
  const isDemo = (await demoState(house)) === 'demo';
  if (options.has('clock') && !isDemo) throw new Refusal('clock.demo_only');
  if (!isDemo) return;
  const wanted: Instant = house.time.now();
  const { at, isMoved } = await laterThanData(house, wanted);
  if (!isMoved) return;
  // Moved ahead earlier and started without `--clock`: it runs on from there, and nobody moves it.
  house.time = makeTimeSource({ startAt: at, movable: options.has('clock') });
  say(commandWords.clockMoved(at));
}
