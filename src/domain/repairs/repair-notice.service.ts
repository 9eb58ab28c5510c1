// What a delivered or acknowledged message proves: the contractor was told, the department has heard (RP2, RP7).
import { newId } from '../../kernel/id.ts';
import type { Tx } from '../../platform/database/database.ts';
import { insertEvent, lockCase, updateCase } from '../cases/case.store.ts';
import type { ClockFact } from '../clocks/clock.contract.ts';
import { applyClockCommands } from '../clocks/clock.service.ts';
import { listClocksOf } from '../clocks/clock.store.ts';
import type { Arrival } from '../notifications/notification.service.ts';
import { policyOf } from '../standards/standard.service.ts';
import { repairNoticeOf } from './repair-notice.rules.ts';
import { noticeArrived } from './repair-clocks.rules.ts';

export async function repairNoticeArrived(tx: Tx, arrival: Arrival): Promise<void> {
  const { communityId, caseId, at, acknowledged, evidenceId } = arrival;
  const kind = repairNoticeOf(arrival.kind);
  if (!kind) return;
  const row = await lockCase(tx, communityId, caseId, 'repair');
  if (!row) return;
  const clocks = (await listClocksOf(tx, communityId, caseId)) as readonly ClockFact[];
  const commands = noticeArrived(clocks, { kind, acknowledged, at, evidenceId });
  if (commands.length === 0) return;
  const policy = await policyOf(tx, communityId, row.standardVersionId);
  const nextDue = await applyClockCommands(tx, { communityId, caseId, recordedAt: at }, policy, commands, false);
  await insertEvent(tx, communityId, caseId, {
    id: newId(),
    seq: row.eventSeq + 1,
    kind: 'message',
    move: null,
    fromState: null,
    toState: null,
    at,
    recordedAt: at,
    byId: null,
    byRole: 'system',
    forId: null,
    source: 'system',
    facts: { action: acknowledged ? 'acknowledged' : 'delivered', notice: arrival.kind, notificationId: evidenceId },
    textId: null,
    requestId: null,
  });
  await updateCase(tx, communityId, caseId, { ...nextDue, eventSeq: row.eventSeq + 1 });
}
