// SQL of lists of complaints, newest first, a page at a time.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { Department } from '../access/role.contract.ts';
import { type CaseReach, inReach } from '../cases/case.store.ts';
import type { ClockKind } from '../clocks/clock.contract.ts';
import type { ComplaintListQuery } from './complaint.contract.ts';
import type { Against, ComplaintState, Severity, SeverityRule, Validity } from './complaint-shapes.contract.ts';

export type ComplaintListRecord = {
  communityId: string;
  id: string;
  code: string;
  state: ComplaintState;
  unitId: string | null;
  unit: string | null;
  place: string | null;
  body: string | null;
  category: string | null;
  severity: Severity;
  responsibleId: string | null;
  responsibleName: string | null;
  nextDueAt: Instant | null;
  nextClockKind: ClockKind | null;
  receivedAt: Instant;
  flags: string[];
  proposedSeverity: Severity;
  rule: SeverityRule;
  validity: Validity;
  anonymous: boolean;
  against: Against | null;
  againstStaffId: string | null;
  /** Where it lies, and where it was sent to. */
  department: string;
  sentTo: Department | null;
  groupId: string | null;
  raisings: number;
  people: number;
  failures: number;
  takenOverAt: Instant | null;
  firstContactId: string | null;
};

export async function listComplaintRows(
  tx: Tx,
  communityId: string,
  reach: CaseReach,
  query: ComplaintListQuery,
  page: { limit: number; after: { key: string; id: string } | null },
): Promise<ComplaintListRecord[]> {
  const parts = [sql`c.community_id = ${communityId} and c.kind = 'complaint'`, inReach(reach)];
  if (query.state === 'open') parts.push(sql`c.ended_at is null`);
  else if (query.state) parts.push(sql`c.state = ${query.state}`);
  if (query.severity) parts.push(sql`c.level = ${query.severity}`);
  if (query.validity) parts.push(sql`p.validity = ${query.validity}`);
  if (query.against) parts.push(sql`p.against = ${query.against}`);
  if (query.anonymous !== undefined) parts.push(sql`p.anonymous = ${query.anonymous}`);
  if (query.notTakenOver !== undefined)
    parts.push(query.notTakenOver ? sql`p.taken_over_at is null` : sql`p.taken_over_at is not null`);
  if (query.groupId) parts.push(sql`p.group_id = ${query.groupId}`);
  if (page.after) parts.push(sql`(c.received_at, c.id) < (${page.after.key}::timestamptz, ${page.after.id}::uuid)`);
  const { rows } = await sql<ComplaintListRecord>`
    select c.community_id, c.id, c.code, c.state, c.unit_id, u.label as unit, c.place, left(t.body, 200) as body, c.category,
      c.level as severity, c.responsible_id, a.name as responsible_name, c.next_due_at, c.next_clock_kind, c.received_at, c.flags,
      p.proposed_severity, p.rule, p.validity, p.anonymous, p.against, p.against_staff_id, c.department, p.department as sent_to,
      p.group_id, p.raisings, p.people, p.failures, p.taken_over_at, c.first_contact_id
    from cases c join complaints p on p.community_id = c.community_id and p.id = c.id
    left join units u on u.community_id = c.community_id and u.id = c.unit_id
    left join case_texts t on t.community_id = c.community_id and t.id = c.summary_text_id
    left join accounts a on a.id = c.responsible_id
    where ${sql.join(parts, sql` and `)}
    order by c.received_at desc, c.id desc limit ${page.limit}`.execute(tx);
  return rows;
}
