// SQL of approvals 审批: the row with its open step, what happened (append-only), remarks.
import { newId } from '../../kernel/id.ts';
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { Role } from '../access/role.contract.ts';
import type { Step } from '../clocks/clock.store.ts';
import type { ApprovalKind } from '../standards/standard.contract.ts';
import type { ApprovalAction, ApprovalQuery, ApprovalState } from './approval.contract.ts';

/** Codes, numbers and ids that a subject is described by. */
export type SubjectFacts = Record<string, string | number | boolean | null>;

export type ApprovalRow = {
  communityId: string;
  id: string;
  code: string;
  kind: ApprovalKind;
  subjectId: string;
  caseId: string | null;
  state: ApprovalState;
  facts: SubjectFacts;
  askedBy: string;
  askedAt: Instant;
  barredIds: string[];
  reasonTextId: string | null;
  standardVersionId: string;
  expiresAt: Instant;
  step: number;
  dutyRole: Role;
  stepOpenedAt: Instant;
  dueAt: Instant | null;
  overdueFrom: Instant | null;
  nextStepAt: Instant | null;
  takenSteps: Step[];
  toldIds: string[];
  calendarVersion: string;
  decidedAt: Instant | null;
  version: number;
  eventSeq: number;
};

export type ApprovalEventRow = {
  communityId: string;
  id: string;
  approvalId: string;
  seq: number;
  action: ApprovalAction;
  fromState: ApprovalState | null;
  toState: ApprovalState | null;
  step: number;
  at: Instant;
  recordedAt: Instant;
  byId: string | null;
  byRole: string | null;
  forId: string | null;
  facts: { role?: Role; dutyRole?: Role; calendarVersion?: string; toStep?: number; told?: string[] };
  textId: string | null;
};

export async function findApprovalRow(
  tx: Tx,
  communityId: string,
  id: string,
  isForUpdate = false,
): Promise<ApprovalRow | undefined> {
  const query = tx.selectFrom('approvals').selectAll().where('communityId', '=', communityId).where('id', '=', id);
  return (await (isForUpdate ? query.forUpdate() : query).executeTakeFirst()) as unknown as ApprovalRow | undefined;
}

export async function findPendingOf(
  tx: Tx,
  communityId: string,
  kind: ApprovalKind,
  subjectId: string,
): Promise<string | undefined> {
  const row = await tx
    .selectFrom('approvals')
    .select('id')
    .where('communityId', '=', communityId)
    .where('kind', '=', kind)
    .where('subjectId', '=', subjectId)
    .where('state', '=', 'pending')
    .executeTakeFirst();
  return row?.id;
}

/** Newest first, whatever the reader may see is for the service to say. */
export async function listApprovalRows(
  tx: Tx,
  communityId: string,
  query: Pick<ApprovalQuery, 'state' | 'kind' | 'mine' | 'caseId' | 'subjectId'> & {
    meId: string;
    /** Only what this person asked for or had a hand in; pending rows are filtered by duty afterwards. */
    afterId: string | null;
    limit: number;
  },
): Promise<ApprovalRow[]> {
  const { meId } = query;
  let ask = tx
    .selectFrom('approvals')
    .selectAll()
    .where('communityId', '=', communityId)
    .orderBy('id', 'desc')
    .limit(query.limit);
  if (query.state) ask = ask.where('state', '=', query.state);
  if (query.mine === 'to-decide') ask = ask.where('state', '=', 'pending');
  if (query.kind) ask = ask.where('kind', '=', query.kind);
  if (query.caseId) ask = ask.where('caseId', '=', query.caseId);
  if (query.subjectId) ask = ask.where('subjectId', '=', query.subjectId);
  if (query.mine === 'asked') ask = ask.where('askedBy', '=', meId);
  if (query.mine === 'decided')
    ask = ask.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('approvalEvents as e')
          .select('e.id')
          .whereRef('e.approvalId', '=', 'approvals.id')
          .whereRef('e.communityId', '=', 'approvals.communityId')
          .where('e.byId', '=', meId)
          .where('e.action', 'in', ['approve', 'reject', 'return']),
      ),
    );
  if (query.afterId) ask = ask.where('id', '<', query.afterId);
  return (await ask.execute()) as unknown as ApprovalRow[];
}

export async function insertApproval(tx: Tx, row: ApprovalRow): Promise<void> {
  await tx
    .insertInto('approvals')
    .values({ ...row, facts: JSON.stringify(row.facts), takenSteps: JSON.stringify(row.takenSteps) })
    .execute();
}

export async function updateApproval(tx: Tx, row: ApprovalRow): Promise<void> {
  const { communityId, id, code: _code, kind: _kind, subjectId: _subject, facts: _facts, askedBy: _by, ...rest } = row;
  await tx
    .updateTable('approvals')
    .set({ ...rest, takenSteps: JSON.stringify(row.takenSteps) })
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .execute();
}

export async function insertApprovalEvents(tx: Tx, rows: readonly ApprovalEventRow[]): Promise<void> {
  await tx
    .insertInto('approvalEvents')
    .values(rows.map((row) => ({ ...row, facts: JSON.stringify(row.facts) })))
    .execute();
}

export async function insertApprovalText(
  tx: Tx,
  communityId: string,
  approvalId: string,
  body: string | undefined,
): Promise<string | null> {
  if (!body) return null;
  const id = newId();
  await tx.insertInto('approvalTexts').values({ communityId, id, approvalId, body }).execute();
  return id;
}

export async function listApprovalEvents(
  tx: Tx,
  communityId: string,
  approvalIds: readonly string[],
): Promise<Map<string, ApprovalEventRow[]>> {
  const found = new Map<string, ApprovalEventRow[]>(approvalIds.map((id) => [id, []]));
  if (approvalIds.length === 0) return found;
  const rows = (await tx
    .selectFrom('approvalEvents')
    .selectAll()
    .where('communityId', '=', communityId)
    .where('approvalId', 'in', [...approvalIds])
    .orderBy('approvalId')
    .orderBy('seq')
    .execute()) as unknown as ApprovalEventRow[];
  for (const row of rows) found.get(row.approvalId)?.push(row);
  return found;
}

export async function findApprovalTexts(
  tx: Tx,
  communityId: string,
  approvalIds: readonly string[],
): Promise<Map<string, string>> {
  if (approvalIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('approvalTexts')
    .select(['id', 'body'])
    .where('communityId', '=', communityId)
    .where('approvalId', 'in', [...approvalIds])
    .where('erasedAt', 'is', null)
    .execute();
  return new Map(rows.map((row) => [row.id, row.body]));
}

type Key = { communityId: string; id: string };

/** Pending ones with a step of the ladder due or their term over; locked by whoever ends them. */
export async function listDueApprovals(tx: Tx, now: Instant, limit: number): Promise<Key[]> {
  const { rows } = await sql<Key>`
    select community_id, id from approvals where state = 'pending' and least(next_step_at, expires_at) <= ${now}
    order by least(next_step_at, expires_at) limit ${limit}`.execute(tx);
  return rows;
}

export async function listPendingCalendars(
  tx: Tx,
): Promise<(Key & { standardVersionId: string; calendarVersion: string })[]> {
  const { rows } = await sql<Key & { standardVersionId: string; calendarVersion: string }>`
    select community_id, id, standard_version_id, calendar_version from approvals where state = 'pending'`.execute(tx);
  return rows;
}
