// What every service is handed from the outside world: database, time, keys, files, log, mail and posts. Made once in the wiring.
import type { Database } from './database/database.ts';
import type { Log } from './log.ts';
import type { ObjectStore } from './object-store.ts';
import type { Outbound } from './outbound/outbound.ts';
import type { Secrets } from './secrets.ts';
import type { TimeSource } from './time-source.ts';

export type House = {
  database: Database;
  time: TimeSource;
  secrets: Secrets;
  objects: ObjectStore;
  outbound: Outbound;
  log: Log;
  /** Says that something was committed, so that the sealer and the outbox need not wait for their next round. */
  committed: () => void;
};
