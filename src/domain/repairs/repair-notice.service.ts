// A message about a repair that arrived or was acknowledged is evidence: the clocks of telling stop on it (RP2, RP7).
import { newId } from '../../kernel/id.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';
import { changeCase } from '../cases/case.service.ts';
import { lockCase } from '../cases/case.store.ts';
import type { ClockFact } from '../clocks/clock.contract.ts';
import { listClocksOf } from '../clocks/clock.store.ts';
import type { Arrival } from '../notifications/notification.service.ts';
import { policyOf } from '../standards/standard.service.ts';
import { noticeArrived } from './repair-clocks.rules.ts';
import { repairNoticeOf } from './repair-notice.rules.ts';

export async function meetByNotice(tx: Tx, call: Call, arrival: Arrival): Promise<void> {
  const kind = repairNoticeOf(arrival.kind);
  // Under the bell is enough for the warranty contractor only; the others have to say that they saw it.
  if (!kind || (!arrival.acknowledged && arrival.kind !== 'contractor-to-tell')) return;
  const row = await lockCase(tx, call.communityId, arrival.caseId, 'repair');
  if (!row) return;
  const clocks = (await listClocksOf(tx, call.communityId, row.id)) as readonly ClockFact[];
  const { acknowledged, at, evidenceId } = arrival;
  const commands = noticeArrived(clocks, { kind, acknowledged, at, evidenceId });
  if (commands.length === 0) return;
  await changeCase(tx, call, await policyOf(tx, call.communityId, row.standardVersionId), row, {
    step: {
      id: newId(),
      kind: 'message',
      move: null,
      fromState: null,
      toState: null,
      at,
      byRole: call.roles[0] ?? null,
      facts: { action: acknowledged ? 'acknowledged' : 'delivered', notice: arrival.kind, notificationId: evidenceId },
    },
    clocks: commands,
    columns: {},
    changed: {},
    isAppend: true,
  });
}
