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
  if (!kind) return;
  const row = await lockCase(tx, call.communityId, arrival.caseId, 'repair');
  if (!row) return;
  // Under the bell is enough for the warranty contractor only; the others have to say that they saw it.
  const toContractor =
    arrival.kind === 'contractor-to-tell' || (await isToContractor(tx, call.communityId, row.id, arrival));
  if (!arrival.acknowledged && !toContractor) return;
  const clocks = (await listClocksOf(tx, call.communityId, row.id)) as readonly ClockFact[];
  const { acknowledged, at, evidenceId } = arrival;
  const commands = noticeArrived(clocks, { kind, acknowledged, at, evidenceId, toContractor });
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
      facts: {
        action: acknowledged ? 'acknowledged' : 'delivered',
        notice: arrival.kind,
        notificationId: evidenceId,
        ...(toContractor ? { toContractor } : {}),
      },
    },
    clocks: commands,
    columns: {},
    changed: {},
    isAppend: true,
  });
}

/** An order sent to a contractor tells them of it as well as the notice of its own. */
async function isToContractor(tx: Tx, communityId: string, caseId: string, arrival: Arrival): Promise<boolean> {
  if (arrival.kind !== 'assigned') return false;
  const row = await tx
    .selectFrom('notifications as n')
    .innerJoin('repairs as r', (join) =>
      join.onRef('r.communityId', '=', 'n.communityId').onRef('r.contractorId', '=', 'n.recipientId'),
    )
    .select('r.id')
    .where('n.communityId', '=', communityId)
    .where('n.id', '=', arrival.evidenceId)
    .where('r.id', '=', caseId)
    .executeTakeFirst();
  return row !== undefined;
}
