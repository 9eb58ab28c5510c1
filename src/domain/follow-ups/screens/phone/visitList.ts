// The hand-held list (FU6): what is for today, building by building on the way on foot; and what of it lies on the device.
import { type Day, dayOf } from '../../../../kernel/time.ts';
import type { QueuedAct } from '../../../../ui/offlineStore.ts';
import type { FollowUp } from '../../follow-up.contract.ts';

export const attemptAction = 'follow-up-attempt';
export const recordAction = 'follow-up-record';

/** The server's answer puts them on the way: buildings, entrances, floors. */
type Row = Pick<FollowUp, 'unit' | 'state' | 'dueAt' | 'visitDueAt' | 'nextTryAt'>;

/** Due by the end of the day, late, or promised for today. */
export function isForToday(row: Row, today: Day): boolean {
  const due = row.state === 'visit-due' ? (row.visitDueAt ?? row.dueAt) : row.dueAt;
  return (due !== null && dayOf(due) <= today) || (row.nextTryAt !== null && dayOf(row.nextTryAt) <= today);
}

/** `3-1-502` → `3`; null where it is no room. */
export const buildingOf = (unit: string | null): string | null =>
  /^([^-栋号]{1,8})(?:-|栋|号楼)/.exec(unit ?? '')?.[1] ?? null;

/** One group for each building, in the order of the way. */
export function byBuilding<One extends { unit: string | null }>(
  rows: readonly One[],
): { building: string | null; rows: One[] }[] {
  const groups = new Map<string | null, One[]>();
  for (const row of rows) {
    const building = buildingOf(row.unit);
    groups.set(building, [...(groups.get(building) ?? []), row]);
  }
  return [...groups].map(([building, own]) => ({ building, rows: own }));
}

/** The acts about this follow-up that wait on the device; refused ones are in the tray. */
export const waitingFor = (followUp: Pick<FollowUp, 'id'>, acts: readonly QueuedAct[]): QueuedAct[] =>
  acts.filter((act) => act.refusal === undefined && act.path.includes(`/follow-ups/${followUp.id}/`));

export const isRecordedHere = (waiting: readonly QueuedAct[]): boolean =>
  waiting.some((act) => act.action === recordAction);

/** As it stands once the waiting tries have gone through, so that "not reached" can be said without a signal too. */
export function withTries(followUp: FollowUp, waiting: readonly QueuedAct[]): FollowUp {
  const tries = waiting.filter((act) => act.action === attemptAction);
  if (tries.length === 0) return followUp;
  const days = new Set([
    ...followUp.attempts.map((one) => dayOf(one.at)),
    ...tries.map((act) => dayOf(act.happenedAt)),
  ]);
  const { made } = followUp.asks;
  return {
    ...followUp,
    asks: {
      ...followUp.asks,
      made: {
        tries: made.tries + tries.length,
        days: days.size,
        atDoor: made.atDoor + tries.filter((act) => act.body.atDoor === true).length,
      },
    },
  };
}
