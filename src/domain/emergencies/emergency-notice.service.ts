// What an emergency 突发事件 tells people, and again every so many minutes until the one who decides has taken it over (spec/12 Told to).
import { type Instant, plusMinutes } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';
import { notify } from '../notifications/notification.service.ts';
import type { StandardDocument } from '../standards/standard.contract.ts';
import { policyOf } from '../standards/standard.service.ts';
import type { Severity } from './emergency.contract.ts';
import { lockWaiting, updateEmergency } from './emergency.store.ts';
import type { EmergencyNotice } from './emergency-facts.rules.ts';
import { deciderOf } from './emergency-level.rules.ts';

/** The alarm's next turn: each minute as shipped. */
const nextAlarm = (document: StandardDocument, now: Instant): Instant =>
  plusMinutes(now, document.emergency.repeatMinutes.value);

/** When whoever decides hears of it again; null where nobody has to. */
export const repeatAfter = (
  document: StandardDocument,
  notices: readonly EmergencyNotice[],
  now: Instant,
): Instant | null => (notices.some((notice) => notice.repeats) ? nextAlarm(document, now) : null);

export async function sendNotices(
  tx: Tx,
  call: Call,
  emergency: { id: string; severity: Severity },
  eventId: string,
  notices: readonly EmergencyNotice[],
): Promise<void> {
  for (const notice of notices)
    await notify(tx, {
      communityId: call.communityId,
      caseId: emergency.id,
      kind: notice.kind,
      facts: { urgency: emergency.severity },
      to: notice.to,
      channel: notice.loud ? 'loud' : 'bell',
      out: notice.out,
      // An emergency never waits for the morning.
      pressing: 'urgent',
      thing: `${emergency.id}:${eventId}`,
      repeats: notice.repeats,
      now: call.now,
    });
}

/** One round. Answers how many were told of. */
export async function repeatDue(tx: Tx, now: Instant, batch: number): Promise<number> {
  const rows = await lockWaiting(tx, now, batch);
  for (const row of rows) {
    const { document } = (await policyOf(tx, row.communityId, row.standardVersionId)).version;
    const isWaiting =
      row.takenOverAt === null &&
      (row.state === 'reported' || row.state === 'handling') &&
      document.emergency.repeats.value.includes(row.severity);
    await updateEmergency(tx, row.communityId, row.id, {
      repeatAt: isWaiting ? nextAlarm(document, now) : null,
    });
    if (!isWaiting) continue;
    await notify(tx, {
      communityId: row.communityId,
      caseId: row.id,
      kind: 'emergency-waits',
      facts: { urgency: row.severity },
      to: [{ role: deciderOf(document, row.severity) }],
      channel: 'loud',
      out: true,
      pressing: 'urgent',
      thing: `${row.id}:waits`,
      repeats: true,
      now,
    });
  }
  return rows.length;
}
