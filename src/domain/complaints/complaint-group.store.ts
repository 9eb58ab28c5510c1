// SQL of the same event 同一事件: its row and its complaints, locked in one order, and what looks like it.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import { type CaseRow, lockCase } from '../cases/case.store.ts';
import type { CallBackFacts, GroupMember } from './complaint-group.rules.ts';
import type { AnswerHow, ComplaintState, Severity } from './complaint-shapes.contract.ts';

export const insertGroup = async (tx: Tx, communityId: string, id: string, createdAt: Instant): Promise<void> => {
  await tx
    .insertInto('complaintGroups')
    .values({ communityId, id, createdAt })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

/**
 * One move of complaints after another within a community: a move may reach every complaint of its event, and which those
 * are is known only once nobody else changes it. Taken before any case is locked; recording one of its own needs none.
 */
export const lockEvents = async (tx: Tx, communityId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`complaint-events:${communityId}`}, 0))`.execute(tx);
};

export type MemberRow = GroupMember &
  CallBackFacts & {
    code: string;
    state: ComplaintState;
    severity: Severity;
    unitId: string | null;
    unit: string | null;
    contactName: string | null;
    contactPhoneMasked: string | null;
    calledBy: string | null;
    calledHow: AnswerHow | null;
  };

/** The complaints of an event, oldest first. */
export async function listMembers(tx: Tx, communityId: string, groupId: string): Promise<MemberRow[]> {
  const { rows } = await sql<MemberRow>`
    select p.id, p.person_key, c.received_at, p.resolved_at, p.merged_into_id is not null as is_merged, p.liability, p.stated,
      c.code, c.state, c.level as severity, c.unit_id, u.label as unit, c.contact_name, c.contact_phone_masked,
      not p.anonymous and (c.contact_phone_sealed is not null or c.unit_id is not null) as is_reachable,
      p.told_at, p.closed_at, p.called_at, p.called_by, p.called_how
    from complaints p join cases c on c.community_id = p.community_id and c.id = p.id
    left join units u on u.community_id = c.community_id and u.id = c.unit_id
    where p.community_id = ${communityId} and p.group_id = ${groupId}
    order by c.received_at, p.id`.execute(tx);
  return rows;
}

/** One complaint as a group counts it, for the one that is named with another and has no group yet. */
export async function findMember(tx: Tx, communityId: string, id: string): Promise<GroupMember | null> {
  const { rows } = await sql<GroupMember>`
    select p.id, p.person_key, c.received_at, p.resolved_at, p.merged_into_id is not null as is_merged, p.liability, p.stated
    from complaints p join cases c on c.community_id = p.community_id and c.id = p.id
    where p.community_id = ${communityId} and p.id = ${id}`.execute(tx);
  return rows[0] ?? null;
}

export const lockComplaintCase = (tx: Tx, communityId: string, id: string): Promise<CaseRow | undefined> =>
  lockCase(tx, communityId, id, 'complaint');
