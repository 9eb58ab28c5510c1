// SQL of the same event 同一事件: its row and its complaints, locked in one order, and what looks like it.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import { type CaseRow, lockCase } from '../cases/case.store.ts';
import type { CallBackFacts, GroupMember, SiblingFacts } from './complaint-group.rules.ts';
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

export type SiblingRow = SiblingFacts & {
  id: string;
  code: string;
  state: ComplaintState;
  severity: Severity;
  unit: string | null;
  body: string | null;
  receivedAt: Instant;
  groupId: string | null;
  raisings: number;
  people: number;
  anonymous: boolean;
  againstStaffId: string | null;
  department: string | null;
  firstContactId: string | null;
};

/** Complaints that may be about the same event: those of some hours around it, newest first; merged ones apart. */
export async function listSiblingCandidates(
  tx: Tx,
  communityId: string,
  about: { from: Instant; until: Instant; exceptId: string | null; exceptGroupId: string | null; limit: number },
): Promise<SiblingRow[]> {
  const { rows } = await sql<SiblingRow>`
    select p.id, c.code, c.state, c.level as severity, u.label as unit, u.building_id, c.place, p.against,
      coalesce(p.occurred_at, c.received_at) as at, c.received_at, t.body,
      concat_ws(' ', t.body, d.body) as text, p.group_id, p.raisings, p.people,
      p.anonymous, p.against_staff_id, p.department, c.first_contact_id
    from cases c join complaints p on p.community_id = c.community_id and p.id = c.id
    left join units u on u.community_id = c.community_id and u.id = c.unit_id
    left join case_texts t on t.community_id = c.community_id and t.id = c.summary_text_id
    left join case_texts d on d.community_id = p.community_id and d.id = p.demand_text_id
    where c.community_id = ${communityId} and c.kind = 'complaint' and p.merged_into_id is null
      and c.received_at >= ${about.from} and c.received_at <= ${about.until}
      and p.id is distinct from ${about.exceptId}::uuid
      and (${about.exceptGroupId}::uuid is null or p.group_id is distinct from ${about.exceptGroupId}::uuid)
    order by c.received_at desc limit ${about.limit}`.execute(tx);
  return rows;
}

export const buildingOfUnit = async (tx: Tx, communityId: string, unitId: string | null): Promise<string | null> =>
  unitId === null
    ? null
    : ((
        await tx
          .selectFrom('units')
          .select('buildingId')
          .where('communityId', '=', communityId)
          .where('id', '=', unitId)
          .executeTakeFirst()
      )?.buildingId ?? null);
