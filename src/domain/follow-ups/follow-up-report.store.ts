// SQL of the month's reports that were handed over: written once, signed once more.
import type { Day, Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { FrozenMonth } from './follow-up-report.rules.ts';

export type ReportRow = {
  content: FrozenMonth;
  dueOn: Day;
  handedAt: Instant;
  handedBy: string;
  acknowledgedAt: Instant | null;
  acknowledgedBy: string | null;
};

export async function findReport(tx: Tx, communityId: string, month: string): Promise<ReportRow | undefined> {
  const row = await tx
    .selectFrom('followUpReports')
    .select(['content', 'dueOn', 'handedAt', 'handedBy', 'acknowledgedAt', 'acknowledgedBy'])
    .where('communityId', '=', communityId)
    .where('month', '=', month)
    .executeTakeFirst();
  return row as ReportRow | undefined;
}

/** False: somebody else handed it over a moment ago. */
export async function insertReport(
  tx: Tx,
  communityId: string,
  row: { month: string; content: FrozenMonth; dueOn: Day; handedAt: Instant; handedBy: string },
): Promise<boolean> {
  const { rows } = await sql<{ month: string }>`
    insert into follow_up_reports (community_id, month, content, due_on, handed_at, handed_by)
    values (${communityId}, ${row.month}, ${JSON.stringify(row.content)}::jsonb, ${row.dueOn}, ${row.handedAt}, ${row.handedBy})
    on conflict do nothing returning month`.execute(tx);
  return rows.length > 0;
}

/** False: it was acknowledged a moment ago. */
export async function acknowledgeReport(
  tx: Tx,
  communityId: string,
  month: string,
  signed: { at: Instant; by: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('followUpReports')
    .set({ acknowledgedAt: signed.at, acknowledgedBy: signed.by })
    .where('communityId', '=', communityId)
    .where('month', '=', month)
    .where('acknowledgedAt', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}
