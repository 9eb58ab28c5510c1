// A promise of a complaint was missed: a failure that counts, and where the standard says so the level rises (CP9).
import type { Tx } from '../../platform/database/database.ts';
import { systemCall } from '../access/call.ts';
import type { MissedPromise } from '../cases/missed-promise.service.ts';
import type { ClockFact } from '../clocks/clock.contract.ts';
import { listClocksOf } from '../clocks/clock.store.ts';
import { dueAt } from '../clocks/limit.rules.ts';
import { policyOf } from '../standards/standard.service.ts';
import { complaintFacts, getComplaintRow, ownChanges, updateComplaint } from './complaint.store.ts';
import { keepReweighed } from './complaint-group.service.ts';
import { lockComplaintCase } from './complaint-group.store.ts';
import { failed } from './complaint-level.rules.ts';

export async function countFailures(tx: Tx, { house, now, communityId, caseId, missed }: MissedPromise): Promise<void> {
  const call = systemCall(house, communityId, { id: '', organizationId: '' }, now);
  for (const { clockId, clock, at } of missed) {
    const row = await lockComplaintCase(tx, communityId, caseId);
    if (!row) return;
    const own = await getComplaintRow(tx, communityId, caseId);
    // A ladder climbed further is the same miss.
    if (own.failedClockIds.includes(clockId)) continue;
    const policy = await policyOf(tx, communityId, row.standardVersionId);
    const before = complaintFacts(row, own);
    const outcome = failed(
      policy.version.document,
      (await listClocksOf(tx, communityId, caseId)) as readonly ClockFact[],
      before,
      { kind: clock, at, dueOf: (limit, from) => dueAt(limit, from, policy.calendar) },
    );
    if (outcome === null) continue;
    await updateComplaint(tx, communityId, caseId, { failedClockIds: [...own.failedClockIds, clockId] });
    if (outcome.raised)
      await keepReweighed(tx, call, policy, before, outcome, {
        at,
        because: { clock, failures: outcome.changes.failures },
        thing: `${caseId}:${clockId}`,
        flags: own.source === 'follow-up' ? ['from-follow-up'] : [],
      });
    else await updateComplaint(tx, communityId, caseId, ownChanges(outcome.changes));
  }
}
