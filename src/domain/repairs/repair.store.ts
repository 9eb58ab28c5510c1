// SQL of repairs: the kind's own row under the case's id, and what its rules ask the database.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { Role } from '../access/role.contract.ts';
import type { CaseRow } from '../cases/case.store.ts';
import type { RepairState } from './repair.contract.ts';
import type { RepairFacts } from './repair-facts.rules.ts';

/** Columns of `repairs`; the rest of the facts stand in the shared row. */
type Own = Pick<
  RepairFacts,
  | 'makerId'
  | 'loggedAt'
  | 'lastStateAt'
  | 'technicianId'
  | 'contractorId'
  | 'contractorFirmId'
  | 'appointmentAt'
  | 'agreedAt'
  | 'agreedWithConsent'
  | 'priceItemId'
  | 'unlisted'
  | 'hurry'
  | 'consentAt'
  | 'underWarranty'
  | 'part'
  | 'warranty'
  | 'readBack'
  | 'repeatedFault'
  | 'reclassed'
  | 'reworkCount'
  | 'quote'
  | 'quotedFrom'
  | 'pausedFrom'
  | 'pauseReason'
  | 'pauseUntil'
  | 'materials'
  | 'chargedFen'
  | 'settlement'
  | 'followUp'
  | 'satisfied'
  | 'finishedAt'
  | 'signedAt'
  | 'returnedAt'
  | 'confirmedAt'
  | 'closedAt'
>;
const ownColumns = [
  'makerId',
  'loggedAt',
  'lastStateAt',
  'technicianId',
  'contractorId',
  'contractorFirmId',
  'appointmentAt',
  'agreedAt',
  'agreedWithConsent',
  'priceItemId',
  'unlisted',
  'hurry',
  'consentAt',
  'underWarranty',
  'part',
  'warranty',
  'readBack',
  'repeatedFault',
  'reclassed',
  'reworkCount',
  'quote',
  'quotedFrom',
  'pausedFrom',
  'pauseReason',
  'pauseUntil',
  'materials',
  'chargedFen',
  'settlement',
  'followUp',
  'satisfied',
  'finishedAt',
  'signedAt',
  'returnedAt',
  'confirmedAt',
  'closedAt',
] as const satisfies readonly (keyof Own)[];

export type RepairRow = Own & { resultTextId: string | null };

export const getRepairRow = async (tx: Tx, communityId: string, id: string): Promise<RepairRow> =>
  (await tx
    .selectFrom('repairs')
    .select([...ownColumns, 'resultTextId'])
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()) as unknown as RepairRow;

/** What of a rule's changes belongs into `repairs`, JSON columns as text. */
export function ownChanges(changes: Partial<RepairFacts>): Record<string, unknown> {
  const own: Record<string, unknown> = {};
  for (const column of ownColumns) {
    if (!(column in changes)) continue;
    const value = changes[column];
    own[column] =
      column === 'quote' || column === 'materials' || column === 'warranty'
        ? value === null
          ? null
          : JSON.stringify(value)
        : value;
  }
  return own;
}

export async function insertRepair(
  tx: Tx,
  communityId: string,
  id: string,
  facts: Partial<RepairFacts> & { lastStateAt: Instant },
): Promise<void> {
  await tx
    .insertInto('repairs')
    .values({ communityId, id, ...(ownChanges(facts) as { lastStateAt: Instant }) })
    .execute();
}

export async function updateRepair(
  tx: Tx,
  communityId: string,
  id: string,
  change: Record<string, unknown>,
): Promise<void> {
  if (Object.keys(change).length === 0) return;
  await tx.updateTable('repairs').set(change).where('communityId', '=', communityId).where('id', '=', id).execute();
}

export const repairFacts = (row: CaseRow, own: RepairRow): RepairFacts => ({
  ...own,
  id: row.id,
  state: row.state as RepairState,
  version: row.version,
  unitId: row.unitId,
  place: row.place,
  category: row.category ?? 'other',
  urgency: row.level as RepairFacts['urgency'],
  channel: row.channel,
  department: row.department as RepairFacts['department'],
  receivedAt: row.receivedAt,
  createdAt: row.createdAt,
  firstContactId: row.firstContactId,
  responsibleId: row.responsibleId,
  doorBreach: row.flags.includes('door-breach'),
});

/** One round trip for what recording a repair asks: the unit, the same fault before. */
export async function askBeforeCreate(
  tx: Tx,
  communityId: string,
  unitId: string,
  category: string,
  since: Instant,
): Promise<{ unitKnown: boolean; sameFaultsBefore: number }> {
  const { rows } = await sql<{ unitKnown: boolean; sameFaultsBefore: number }>`
    select exists (select 1 from units where community_id = ${communityId} and id = ${unitId}) as unit_known,
           (select count(*) from cases where community_id = ${communityId} and unit_id = ${unitId} and kind = 'repair' and category = ${category}
              and received_at >= ${since} and state <> 'cancelled')::int as same_faults_before`.execute(tx);
  return rows[0] ?? { unitKnown: false, sameFaultsBefore: 0 };
}

export async function findAssignee(
  tx: Tx,
  communityId: string,
  accountId: string,
): Promise<{ id: string; roles: Role[]; active: boolean } | null> {
  const { rows } = await sql<{ roles: Role[]; active: boolean }>`
    select array_agg(distinct g.role) as roles, bool_and(a.disabled_at is null) as active
    from accounts a join role_grants g on g.account_id = a.id and g.ended_at is null and (g.community_id = ${communityId} or g.community_id is null)
    where a.id = ${accountId} and a.organization_id = (select organization_id from communities where id = ${communityId})
    group by a.id`.execute(tx);
  const row = rows[0];
  return row ? { id: accountId, roles: row.roles, active: row.active } : null;
}

/** The units in which a resident's account lives or that it owns. */
export async function unitsOfResident(tx: Tx, communityId: string, accountId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('residentAccounts as r')
    .innerJoin('unitParties as p', (join) =>
      join.onRef('p.communityId', '=', 'r.communityId').onRef('p.partyId', '=', 'r.partyId'),
    )
    .select('p.unitId')
    .where('r.communityId', '=', communityId)
    .where('r.accountId', '=', accountId)
    .where('p.untilOn', 'is', null)
    .execute();
  return rows.map((row) => row.unitId);
}
