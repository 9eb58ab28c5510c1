// SQL of complaints 投诉: the kind's own row under the case's id, and its facts as the rules see them.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { Role } from '../access/role.contract.ts';
import { type CaseRow, findText } from '../cases/case.store.ts';
import type { ComplaintChanges, ComplaintFacts, NamedPerson } from './complaint-facts.rules.ts';
import type {
  AnswerHow,
  ComplaintSource,
  ComplaintState,
  Severity,
  SeverityRule,
} from './complaint-shapes.contract.ts';

/** Columns that the rules read and set; the rest of the facts stand in the shared row. */
const factColumns = [
  'anonymous',
  'hasAccount',
  'personKey',
  'against',
  'againstStaffId',
  'occurredAt',
  'replyAt',
  'stated',
  'liability',
  'proposedSeverity',
  'rule',
  'validity',
  'loweringTo',
  'wishedAt',
  'agreedAt',
  'agreedWithConsent',
  'groupId',
  'raisings',
  'people',
  'failures',
  'forwardedTo',
  'takenOverAt',
  'inChargeId',
  'department',
  'handlerId',
  'waitUntil',
  'resolvedAt',
  'toldAt',
  'signed',
  'closedAt',
  'mergedIntoId',
  'followUp',
  'lastStateAt',
] as const satisfies readonly (keyof ComplaintFacts)[];

/** Columns that the rules do not know of. */
export type ServiceColumns = {
  source: ComplaintSource | null;
  aboutCaseId: string | null;
  firedRules: readonly SeverityRule[];
  loweringAskedBy: string | null;
  loweringAskedAt: Instant | null;
  loweringTextId: string | null;
  demandTextId: string | null;
  replyReasonTextId: string | null;
  resultTextId: string | null;
  answerTextId: string | null;
  opinionTextId: string | null;
  cause: string | null;
  satisfied: boolean | null;
  failedClockIds: readonly string[];
  calledAt: Instant | null;
  calledBy: string | null;
  calledHow: AnswerHow | null;
  repeatAt: Instant | null;
};

export type ComplaintRow = Pick<ComplaintFacts, (typeof factColumns)[number]> &
  ServiceColumns & { id: string; mishandledLevel: Severity | null };

/** What of a rule's changes belongs into `complaints`, JSON as text. */
export function ownChanges(changes: ComplaintChanges): Record<string, unknown> {
  const own: Record<string, unknown> = {};
  for (const column of factColumns)
    if (column in changes) own[column] = column === 'stated' ? JSON.stringify(changes.stated) : changes[column];
  // In the database a name that ends in _at is a time.
  if ('mishandledAt' in changes) own.mishandledLevel = changes.mishandledAt;
  return own;
}

export async function insertComplaint(
  tx: Tx,
  communityId: string,
  id: string,
  facts: ComplaintChanges & { lastStateAt: Instant },
  more: Partial<ServiceColumns>,
): Promise<void> {
  await tx
    .insertInto('complaints')
    .values({ communityId, id, ...(ownChanges(facts) as { lastStateAt: Instant }), ...(more as object) })
    .execute();
}

export async function updateComplaint(
  tx: Tx,
  communityId: string,
  id: string,
  change: Record<string, unknown>,
): Promise<void> {
  if (Object.keys(change).length === 0) return;
  await tx.updateTable('complaints').set(change).where('communityId', '=', communityId).where('id', '=', id).execute();
}

export const getComplaintRow = async (tx: Tx, communityId: string, id: string): Promise<ComplaintRow> =>
  (await tx
    .selectFrom('complaints')
    .selectAll()
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()) as unknown as ComplaintRow;

export const complaintFacts = (row: CaseRow, own: ComplaintRow): ComplaintFacts => ({
  ...(Object.fromEntries(factColumns.map((column) => [column, own[column]])) as Pick<
    ComplaintFacts,
    (typeof factColumns)[number]
  >),
  id: row.id,
  state: row.state as ComplaintState,
  version: row.version,
  unitId: row.unitId,
  place: row.place,
  channel: row.channel,
  hasContact: row.contactPhoneSealed !== null,
  receivedAt: row.receivedAt,
  createdAt: row.createdAt,
  severity: row.level as Severity,
  firstContactId: row.firstContactId,
  hasDemand: own.demandTextId !== null,
  hasReplyReason: own.replyReasonTextId !== null,
  mishandledAt: own.mishandledLevel,
});

/** What recording asks, in one round trip: the unit, whose number it is, and the group of the complaint named with it. */
export async function askBeforeRecord(
  tx: Tx,
  communityId: string,
  ask: { unitId: string | null; phoneHash: Buffer | null; sameEventAs: string | null },
): Promise<{ unitKnown: boolean; partyId: string | null; sameEvent: { id: string; groupId: string | null } | null }> {
  const { unitId, phoneHash, sameEventAs } = ask;
  const { rows } = await sql<{
    unitKnown: boolean;
    partyId: string | null;
    otherId: string | null;
    groupId: string | null;
  }>`
    select exists (select 1 from units where community_id = ${communityId} and id = ${unitId}::uuid) as unit_known,
      (select p.id from parties p where p.community_id = ${communityId} and p.phone_hash = ${phoneHash}::bytea
        order by p.created_at, p.id limit 1) as party_id,
      o.id as other_id, o.group_id
    from (select 1) one left join complaints o on o.community_id = ${communityId} and o.id = ${sameEventAs}::uuid`.execute(
    tx,
  );
  const row = rows[0];
  return {
    unitKnown: row?.unitKnown ?? false,
    partyId: row?.partyId ?? null,
    sameEvent: row?.otherId ? { id: row.otherId, groupId: row.groupId } : null,
  };
}

/** Somebody who may be named: with all posts in this community. */
export async function findNamed(tx: Tx, communityId: string, accountId: string): Promise<NamedPerson | null> {
  const { rows } = await sql<{ roles: Role[]; active: boolean }>`
    select array_agg(distinct g.role) as roles, bool_and(a.disabled_at is null) as active
    from accounts a join role_grants g on g.account_id = a.id and g.ended_at is null and (g.community_id = ${communityId} or g.community_id is null)
    where a.id = ${accountId} and a.organization_id = (select organization_id from communities where id = ${communityId})
    group by a.id`.execute(tx);
  const row = rows[0];
  return row ? { id: accountId, roles: row.roles, active: row.active } : null;
}

/** The units in which a resident's account lives or that it owns, and the party it is. */
export async function homeOfResident(
  tx: Tx,
  communityId: string,
  accountId: string,
): Promise<{ unitIds: string[]; partyId: string | null }> {
  const rows = await tx
    .selectFrom('residentAccounts as r')
    .innerJoin('unitParties as p', (join) =>
      join.onRef('p.communityId', '=', 'r.communityId').onRef('p.partyId', '=', 'r.partyId'),
    )
    .select(['p.unitId', 'p.partyId'])
    .where('r.communityId', '=', communityId)
    .where('r.accountId', '=', accountId)
    .where('p.untilOn', 'is', null)
    .execute();
  return { unitIds: rows.map((row) => row.unitId), partyId: rows[0]?.partyId ?? null };
}

export type ComplaintTexts = {
  account: string | null;
  demand: string | null;
  replyReason: string | null;
  result: string | null;
  answer: string | null;
  opinion: string | null;
  lowering: string | null;
};

/** For `verify`: complaints that wait for a lower level, and when one was given a lower level by an approval. */
export const listAskedLowerings = async (tx: Tx): Promise<{ communityId: string; subjectId: string }[]> =>
  (
    await sql<{ communityId: string; subjectId: string }>`
      select community_id, id as subject_id from complaints where lowering_to is not null`.execute(tx)
  ).rows;

export const listLowered = async (tx: Tx): Promise<{ communityId: string; subjectId: string; at: Instant }[]> =>
  (
    await sql<{ communityId: string; subjectId: string; at: Instant }>`
      select community_id, case_id as subject_id, at from case_events
      where kind = 'approval' and facts ->> 'action' = 'lowered'`.execute(tx)
  ).rows;

export async function readTexts(tx: Tx, row: CaseRow, own: ComplaintRow): Promise<ComplaintTexts> {
  const read = (id: string | null) => findText(tx, row.communityId, id);
  const [account, demand, replyReason, result, answer, opinion, lowering] = await Promise.all([
    own.hasAccount ? read(row.summaryTextId) : null,
    read(own.demandTextId),
    read(own.replyReasonTextId),
    read(own.resultTextId),
    read(own.answerTextId),
    read(own.opinionTextId),
    read(own.loweringTextId),
  ]);
  return { account, demand, replyReason, result, answer, opinion, lowering };
}
