// `serve`: opens the house, listens, keeps its rhythm, and leaves in order when told to.
import { readFileSync } from 'node:fs';
import { offerSetup } from '../../domain/access/setup.service.ts';
import type { Command } from './command.ts';
import { commandWords } from './command.words.ts';
import { ensureDemo, settleClock } from './demo.command.ts';
import { openHouse } from './opening.ts';
import { makeServer } from './wiring.ts';

export const serve: Command = async (context) => {
  const { config, log, say, time, options } = context;
  const opened = await openHouse(config, log, { exclusive: true, time });
  try {
    // Before anything listens, so that whoever is answered finds the demo whole.
    if (options.has('demo')) await ensureDemo(opened, context);
    await settleClock(opened, context);
  } catch (fault) {
    await opened.close();
    throw fault;
  }
  const tls = config.tls ? { cert: readFileSync(config.tls.certFile), key: readFileSync(config.tls.keyFile) } : null;
  const server = await makeServer(opened.house, { tls, trustProxy: config.trustProxy, metrics: config.metrics });
  await server.app.listen({ port: config.port, host: config.host });
  const bound = server.app.server.address();
  const address = `${tls ? 'https' : 'http'}://${config.host === '0.0.0.0' ? 'localhost' : config.host}:${typeof bound === 'object' && bound ? bound.port : config.port}/`;
  const secret = await offerSetup(opened.house);
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
