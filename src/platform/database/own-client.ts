// A connection of one's own, beside the pools: for the owner's work, a backup, a listener. Whoever asks next hears that it is
// lost; the event of it has nobody to tell, and unheard it would end the program instead of the work.
import pg from 'pg';

export function makeClient(access: pg.ClientConfig): pg.Client {
  const client = new pg.Client(access);
  client.on('error', () => {});
  return client;
}
