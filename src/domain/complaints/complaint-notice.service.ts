// What a complaint tells people, and again every so many minutes until the one who decides has taken it over (spec/12 Told to).
import { type Instant, plusMinutes } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';
import type { NotificationKind } from '../notifications/notification.contract.ts';
import { pressingOf } from '../notifications/notification.rules.ts';
import { notify } from '../notifications/notification.service.ts';
import type { StandardDocument } from '../standards/standard.contract.ts';
import { policyOf } from '../standards/standard.service.ts';
import { updateComplaint } from './complaint.store.ts';
import { type ComplaintFacts, deciderOf, type Notice } from './complaint-facts.rules.ts';
import type { ComplaintState, Severity } from './complaint-shapes.contract.ts';

const notificationKindOf = {
  'complaint.recorded': 'complaint-recorded',
  'complaint.raised': 'complaint-raised',
  'complaint.forwarded': 'complaint-forwarded',
  'complaint.sent': 'complaint-sent',
  'complaint.withdrawn': 'withdrawn',
  'complaint.resolved': 'complaint-resolved',
  'complaint.reopened': 'complaint-reopened',
} as const satisfies Record<Notice['kind'], NotificationKind>;

/** The alarm's next turn: each minute as shipped. */
const nextAlarm = (document: StandardDocument, now: Instant): Instant =>
  plusMinutes(now, document.complaint.repeatMinutes.value);

/** When whoever decides hears of it again; null where nobody has to. */
export const repeatAfter = (document: StandardDocument, notices: readonly Notice[], now: Instant): Instant | null =>
  notices.some((notice) => notice.repeats) ? nextAlarm(document, now) : null;

/** `thing`: several complaints of one event are one thing to whoever hears of them. */
export async function sendNotices(
  tx: Tx,
  call: Call,
  complaint: Pick<ComplaintFacts, 'id' | 'severity' | 'firstContactId'>,
  eventId: string,
  notices: readonly Notice[],
  thing?: string,
): Promise<void> {
  for (const notice of notices) {
    const to =
      'firstContact' in notice.to
        ? complaint.firstContactId
          ? { staffId: complaint.firstContactId }
          : { role: 'front_desk' as const }
        : notice.to;
    await notify(tx, {
      communityId: call.communityId,
      caseId: complaint.id,
      kind: notificationKindOf[notice.kind],
      facts: { urgency: complaint.severity, ...(notice.withoutText ? { anonymous: true } : {}) },
      to: [to],
      channel: notice.loud ? 'loud' : 'bell',
      out: notice.out,
      pressing: pressingOf({ isLoud: notice.loud, level: complaint.severity }),
      thing: thing === undefined ? `${complaint.id}:${eventId}` : `${thing}:${complaint.severity}`,
      repeats: notice.repeats ?? false,
      now: call.now,
    });
  }
}

type Waiting = {
  communityId: string;
  id: string;
  state: ComplaintState;
  level: Severity;
  standardVersionId: string;
  groupId: string | null;
  anonymous: boolean;
  takenOverAt: Instant | null;
};

/** One round: those whose turn has come and whom nobody works on at this moment. Answers how many were told of. */
export async function repeatDue(tx: Tx, now: Instant, batch: number): Promise<number> {
  const { rows } = await sql<Waiting>`
    select c.community_id, c.id, c.state, c.level, c.standard_version_id, p.group_id, p.anonymous, p.taken_over_at
    from complaints p join cases c on c.community_id = p.community_id and c.id = p.id
    where p.repeat_at <= ${now} order by p.repeat_at limit ${batch} for update of c skip locked`.execute(tx);
  for (const row of rows) {
    const { document } = (await policyOf(tx, row.communityId, row.standardVersionId)).version;
    const decider = deciderOf(document, row.level);
    const isWaiting = row.takenOverAt === null && row.state !== 'closed' && decider === 'general_manager';
    await updateComplaint(tx, row.communityId, row.id, {
      repeatAt: isWaiting ? nextAlarm(document, now) : null,
    });
    if (!isWaiting) continue;
    await notify(tx, {
      communityId: row.communityId,
      caseId: row.id,
      kind: 'complaint-waits',
      facts: { urgency: row.level, ...(row.anonymous ? { anonymous: true } : {}) },
      to: [{ role: decider }],
      channel: 'loud',
      out: true,
      pressing: 'urgent',
      thing: `${row.groupId ?? row.id}:waits`,
      repeats: true,
      now,
    });
  }
  return rows.length;
}
