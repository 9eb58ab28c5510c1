// What every service is handed from the outside world: database, time, keys, files, log. Made once in the wiring.
import type { Database } from './database/database.ts';
import type { Log } from './log.ts';
import type { ObjectStore } from './object-store.ts';
import type { Secrets } from './secrets.ts';
import type { TimeSource } from './time-source.ts';

export type House = {
  database: Database;
  time: TimeSource;
  secrets: Secrets;
  objects: ObjectStore;
  log: Log;
  /** Says that something was committed, so that the sealer and the outbox need not wait for their next round. */
  committed: () => void;
};
