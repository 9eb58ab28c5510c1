// What becomes of follow-ups 回访 by the time alone: to the door after three days, the unfinished visited (FU3), a warning
// in time that a month's share is in danger (FU1). Each case in a transaction of its own; run again it finds none.
import { dayMs, type Instant, plusMs } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import { type Call, systemCall } from '../access/call.ts';
import { notify } from '../notifications/notification.service.ts';
import type { StandardDocument } from '../standards/standard.contract.ts';
import { policyOf } from '../standards/standard.service.ts';
import { makeForgotten, makeUnfinished, sendToDoor } from './follow-up-make.service.ts';
import { openShares } from './follow-up-month.service.ts';
import {
  listCommunitiesWithOpen,
  listForgotten,
  listNotDone,
  listUnfinished,
  listVersionsInUse,
  type SweepCandidate,
  wasWarned,
} from './follow-up-sweep.store.ts';

const batch = 200;

const program = (house: House, communityId: string, now: Instant): Call =>
  systemCall(house, communityId, { id: '', organizationId: '' }, now);

/** Answers how many follow-ups it made or moved. */
export async function sweepFollowUps(house: House): Promise<number> {
  const now = house.time.now();
  const { notDone, unfinished, forgotten } = await house.database.everywhere(async (tx) => {
    const goes = async (which: 'doorVisitNotDone' | 'doorVisitUnfinished') => {
      const on: string[] = [];
      let days = Number.POSITIVE_INFINITY;
      for (const { communityId, versionId } of await listVersionsInUse(tx)) {
        const visit = (await policyOf(tx, communityId, versionId)).version.document.followUp[which].value;
        if (!visit.on) continue;
        on.push(versionId);
        days = Math.min(days, visit.afterDays);
      }
      return { on, before: plusMs(now, -(Number.isFinite(days) ? days : 0) * dayMs) };
    };
    const [door, open] = [await goes('doorVisitNotDone'), await goes('doorVisitUnfinished')];
    return {
      notDone: await listNotDone(tx, door.on, door.before, batch),
      unfinished: await listUnfinished(tx, open.on, open.before, batch),
      forgotten: await listForgotten(tx, batch),
    };
  });
  const each = async (
    candidates: readonly SweepCandidate[],
    work: (tx: Tx, call: Call, id: string) => Promise<boolean>,
  ) => {
    let done = 0;
    for (const { communityId, id } of candidates)
      if (await house.database.write([communityId], (tx) => work(tx, program(house, communityId, now), id))) done++;
    return done;
  };
  const done =
    (await each(notDone, sendToDoor)) +
    (await each(unfinished, makeUnfinished)) +
    (await each(forgotten, makeForgotten));
  if (done > 0) house.committed();
  return done;
}

/** Tells those who answer for it, once for each month and outlook. Answers how many were told. */
export async function warnOfShares(house: House): Promise<number> {
  const now = house.time.now();
  let told = 0;
  const communityIds = await house.database.everywhere(listCommunitiesWithOpen);
  for (const communityId of communityIds)
    told += await house.database.write([communityId], async (tx) => {
      const { document } = (await policyOf(tx, communityId)).version;
      let count = 0;
      for (const share of await openShares(tx, communityId, now)) {
        if (!share.warn) continue;
        const thing = `follow-up-share:${share.what}:${share.month}:${share.outlook}`;
        if (await wasWarned(tx, communityId, share)) continue;
        count += (
          await notify(tx, {
            communityId,
            kind: 'follow-up-share',
            facts: {
              what: share.what,
              month: share.month,
              outlook: share.outlook,
              needed: share.needed ?? 0,
              stillOpen: share.stillOpen,
            },
            to: [{ role: answersFor(document, share.what) }],
            channel: 'bell',
            thing,
            now,
          })
        ).length;
      }
      return count;
    });
  if (told > 0) house.committed();
  return told;
}

const answersFor = (document: StandardDocument, what: string) =>
  document.followUps.find((one) => one.what === what)?.answersFor ?? 'cs_supervisor';
