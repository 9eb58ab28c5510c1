// `serve`: opens the house, listens, keeps its rhythm, and leaves in order when told to.
import { readFileSync } from 'node:fs';
import { offerSetup } from '../../domain/access/setup.service.ts';
import { openFrontDoor } from '../../platform/http/front-door.ts';
import type { Command } from './command.ts';
import { commandWords } from './command.words.ts';
import { ensureDemo, settleClock } from './demo.command.ts';
import { openHouse } from './opening.ts';
import { makeServer } from './wiring.ts';
import { wording } from './wording.ts';

export const serve: Command = async (context) => {
  const { config, log, say, time, options } = context;
  const opened = await openHouse(config, log, { exclusive: true, time });
  const tls = config.tls ? { cert: readFileSync(config.tls.certFile), key: readFileSync(config.tls.keyFile) } : null;
  const door = await openFrontDoor({
    port: config.port,
    host: config.host,
    tls,
    reason: options.has('demo') ? 'demo' : 'starting',
    title: (locale) => wording.title('not_ready', {}, locale),
  }).catch(async (fault: unknown) => {
    await opened.close();
    throw fault;
  });
  const address = `${tls ? 'https' : 'http'}://${config.host === '0.0.0.0' ? 'localhost' : config.host}:${door.port}/`;
  try {
    // Before anything is answered, so that whoever is answered finds the demo whole.
    if (options.has('demo')) await ensureDemo(opened, context, address);
    await settleClock(opened, context);
  } catch (fault) {
    await door.close();
    await opened.close();
    throw fault;
  }
  const server = await makeServer(opened.house, { tls, trustProxy: config.trustProxy, metrics: config.metrics });
  const secret = await offerSetup(opened.house);
  await door.handTo(server.app);
  if (opened.secretKeyMade) say(commandWords.keyMade(config.secretKeyFile));
  say(commandWords.serving(address));
  if (secret) say(commandWords.setup(`${address}setup#secret=${secret}`));
  await new Promise<void>((leave) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, leave);
  });
  say(commandWords.stopping);
  await server.close();
  await opened.close();
  return 0;
};
