// An invariant that `verify` holds the database to: each slice brings its own, the wiring collects them.
import type { Tx } from './database/database.ts';
import type { House } from './house.ts';

/** One place where an invariant does not hold. `what` is a stable code; facts are codes, ids and numbers only. */
export type Breach = {
  communityId: string | null;
  what: string;
  facts: Record<string, string | number | boolean | null>;
};

/** Asked in one snapshot as the owner, so that no policy hides a row. */
export type Check = (tx: Tx, house: House) => AsyncIterable<Breach>;

/** How many rows a check takes at a time. */
export const checkPage = 1000;
