// SQL of emergencies 突发事件: their own row, who was sent where, whose minute is over.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { CaseRow } from '../cases/case.store.ts';
import type { Injury } from '../complaints/complaint-shapes.contract.ts';
import type {
  EmergencyCategory,
  EmergencyCause,
  EmergencyLevelFact,
  EmergencyState,
  emergencyFollowUps,
  Severity,
} from './emergency.contract.ts';
import type { EmergencyDecision, EmergencyFacts } from './emergency-facts.rules.ts';

export type EmergencyRow = {
  communityId: string;
  id: string;
  category: EmergencyCategory;
  severity: Severity;
  proposedSeverity: Severity;
  levelFact: EmergencyLevelFact;
  occurredAt: Instant;
  people: number | null;
  deaths: number | null;
  injury: Injury | null;
  lossFen: number | null;
  mediaReports: number | null;
  mediaDays: number | null;
  mediaOutlets: number | null;
  complaintId: string | null;
  inChargeId: string | null;
  takenOverAt: Instant | null;
  takenOverBy: string | null;
  repeatAt: Instant | null;
  cause: EmergencyCause | null;
  resultTextId: string | null;
  resolvedAt: Instant | null;
  reviewTextId: string | null;
  reviewedAt: Instant | null;
  reviewedBy: string | null;
  reopenings: number;
  followUp: (typeof emergencyFollowUps)[number];
};

export async function getEmergencyRow(tx: Tx, communityId: string, id: string): Promise<EmergencyRow> {
  const row = await tx
    .selectFrom('emergencies')
    .selectAll()
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return row as unknown as EmergencyRow;
}

/** Columns that the facts decide. */
export const ownColumns = (changes: EmergencyDecision['changes']): Partial<EmergencyRow> => {
  const {
    harm,
    sentIds: _sent,
    firstContactId: _first,
    department: _department,
    receivedAt: _at,
    endedAt: _ended,
    ...own
  } = changes;
  return { ...own, ...harm };
};

export async function insertEmergency(tx: Tx, row: EmergencyRow): Promise<void> {
  await tx.insertInto('emergencies').values(row).execute();
}

export async function updateEmergency(
  tx: Tx,
  communityId: string,
  id: string,
  change: Partial<Omit<EmergencyRow, 'communityId' | 'id'>>,
): Promise<void> {
  if (Object.keys(change).length === 0) return;
  await tx.updateTable('emergencies').set(change).where('communityId', '=', communityId).where('id', '=', id).execute();
}

export type Deployment = { accountId: string; name: string; task: string | null; at: Instant };

export async function listDeployments(tx: Tx, communityId: string, emergencyId: string): Promise<Deployment[]> {
  const { rows } = await sql<Deployment>`
    select d.account_id, a.name, t.body as task, d.at
    from emergency_deployments d
    join accounts a on a.id = d.account_id
    left join case_events e on e.community_id = d.community_id and e.id = d.event_id
    left join case_texts t on t.community_id = e.community_id and t.id = e.text_id
    where d.community_id = ${communityId} and d.emergency_id = ${emergencyId} order by d.at, d.id`.execute(tx);
  return rows;
}

export async function insertDeployments(
  tx: Tx,
  communityId: string,
  emergencyId: string,
  rows: readonly { id: string; accountId: string; eventId: string; at: Instant }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('emergencyDeployments')
    .values(rows.map((row) => ({ ...row, communityId, emergencyId })))
    .execute();
}

/** The shared row and the own one, as the rules see them. */
export const emergencyFacts = (row: CaseRow, own: EmergencyRow, sentIds: readonly string[]): EmergencyFacts => ({
  id: row.id,
  state: row.state as EmergencyState,
  version: row.version,
  category: own.category,
  severity: own.severity,
  proposedSeverity: own.proposedSeverity,
  levelFact: own.levelFact,
  department: row.department as EmergencyFacts['department'],
  harm: {
    people: own.people,
    deaths: own.deaths,
    injury: own.injury,
    lossFen: own.lossFen === null ? null : Number(own.lossFen),
    mediaReports: own.mediaReports,
    mediaDays: own.mediaDays,
    mediaOutlets: own.mediaOutlets,
  },
  receivedAt: row.receivedAt,
  occurredAt: own.occurredAt,
  firstContactId: row.firstContactId,
  inChargeId: own.inChargeId,
  takenOverAt: own.takenOverAt,
  takenOverBy: own.takenOverBy,
  sentIds,
  cause: own.cause,
  resolvedAt: own.resolvedAt,
  reviewedAt: own.reviewedAt,
  endedAt: row.endedAt,
  reopenings: own.reopenings,
  followUp: own.followUp,
});

export type Waiting = {
  communityId: string;
  id: string;
  state: EmergencyState;
  severity: Severity;
  standardVersionId: string;
  takenOverAt: Instant | null;
};

/** Those whose minute is over and whom nobody works on at this moment. */
export async function lockWaiting(tx: Tx, now: Instant, batch: number): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select c.community_id, c.id, c.state, e.severity, c.standard_version_id, e.taken_over_at
    from emergencies e join cases c on c.community_id = e.community_id and c.id = e.id
    where e.repeat_at <= ${now} order by e.repeat_at limit ${batch} for update of c skip locked`.execute(tx);
  return rows;
}

export type EmergencyOfComplaint = {
  id: string;
  code: string;
  state: EmergencyState;
  category: EmergencyCategory;
  severity: Severity;
  occurredAt: Instant;
};

export async function listOfComplaint(
  tx: Tx,
  communityId: string,
  complaintId: string,
): Promise<EmergencyOfComplaint[]> {
  const { rows } = await sql<EmergencyOfComplaint>`
    select e.id, c.code, c.state, e.category, e.severity, e.occurred_at
    from emergencies e join cases c on c.community_id = e.community_id and c.id = e.id
    where e.community_id = ${communityId} and e.complaint_id = ${complaintId} order by e.occurred_at, e.id`.execute(tx);
  return rows;
}
