// Counts running clocks anew when their calendar changed: a holiday table was loaded, came with a release, or the
// community's own days changed (spec/12 Unannounced year). Each case in a transaction of its own; run again it finds none.
import type { House } from '../../platform/house.ts';
import { listPostHolders } from '../access/account.service.ts';
import { recordMany } from '../audit/audit.service.ts';
import { recountClocks } from '../clocks/clock.service.ts';
import { type ClockRow, listOpenCalendars, listOpenCasesBy } from '../clocks/clock.store.ts';
import { notifyRecounts, type Recount } from '../notifications/notification.service.ts';
import { policyOf } from '../standards/standard.service.ts';
import { lockCase, updateCase } from './case.store.ts';

/** Answers how many clocks were counted anew. */
export async function recountAll(house: House): Promise<number> {
  const stale = await house.database.everywhere(async (tx) => {
    const found: { communityId: string; caseId: string }[] = [];
    for (const one of await listOpenCalendars(tx)) {
      const policy = await policyOf(tx, one.communityId, one.policyVersionId);
      if (policy.calendar.version !== one.calendarVersion) found.push(...(await listOpenCasesBy(tx, one)));
    }
    return [...new Map(found.map((one) => [one.caseId, one])).values()];
  });
  let recounted = 0;
  for (const { communityId, caseId } of stale) {
    const now = house.time.now();
    await house.database.write([communityId], async (tx) => {
      const row = await lockCase(tx, communityId, caseId);
      if (!row) return;
      const done = await recountClocks(tx, { communityId, caseId, recordedAt: now }, (versionId) =>
        policyOf(tx, communityId, versionId),
      );
      if (!done) return;
      recounted += done.recounted;
      await updateCase(tx, communityId, caseId, done.nextDue);
      await recordMany(tx, now, [{ communityId, action: `${row.kind}.recalculated`, noun: row.kind, nounId: caseId }]);
      await notifyRecounts(
        tx,
        recountsOf(communityId, caseId, done.moved, await listPostHolders(tx, communityId)),
        now,
      );
    });
  }
  if (recounted > 0) house.committed();
  return recounted;
}

/** Who keeps the promise: the person, or every holder of the post. */
function keepersOf(
  clock: ClockRow,
  holders: readonly { accountId: string; role: string; department: string | null }[],
): string[] {
  if (clock.ownerId !== null) return [clock.ownerId];
  const mine = holders.filter(
    (one) =>
      one.role === clock.ownerRole &&
      (clock.ownerDepartment === null || one.department === null || one.department === clock.ownerDepartment),
  );
  return [...new Set(mine.map((one) => one.accountId))];
}

/** What each keeper is told of one case. */
function recountsOf(
  communityId: string,
  caseId: string,
  moved: readonly ClockRow[],
  holders: Parameters<typeof keepersOf>[1],
): Recount[] {
  const told = new Map<string, Recount>();
  for (const clock of moved)
    for (const recipientId of keepersOf(clock, holders)) {
      const clocks = (told.get(recipientId)?.clocks ?? 0) + 1;
      told.set(recipientId, { communityId, recipientId, clocks, caseIds: [caseId] });
    }
  return [...told.values()];
}
