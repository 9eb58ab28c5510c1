// Promises that ran out, for a kind of case that counts them; what it does about one is handed over in the wiring.
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import type { ClockKind } from '../clocks/clock.contract.ts';
import type { CaseKind } from './case.contract.ts';

export type MissedPromise = {
  house: House;
  now: Instant;
  communityId: string;
  caseId: string;
  missed: readonly { clockId: string; clock: ClockKind; at: Instant }[];
};
/** In the transaction of the ladder's step, under the lock of the case. */
export type OnMissed = (tx: Tx, missed: MissedPromise) => Promise<void>;

const byKind = new Map<string, OnMissed>();
export const linkMissed = (kind: CaseKind, work: OnMissed): void => {
  byKind.set(kind, work);
};
export const onMissed = (kind: string): OnMissed | undefined => byKind.get(kind);
