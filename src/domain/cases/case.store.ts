// SQL of cases: the row that all kinds share, its append-only time line, its texts.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { ClockRow } from '../clocks/clock.store.ts';
import type { CaseEventKind, CaseKind, Channel, EventSource } from './case.contract.ts';

export type CaseRow = {
  communityId: string;
  id: string;
  code: string;
  kind: CaseKind;
  state: string;
  unitId: string | null;
  place: string | null;
  summaryTextId: string | null;
  level: string | null;
  category: string | null;
  department: string;
  channel: Channel;
  flags: string[];
  responsibleId: string | null;
  firstContactId: string | null;
  reporterPartyId: string | null;
  contactName: string | null;
  contactPhoneSealed: Buffer | null;
  contactPhoneMasked: string | null;
  standardVersionId: string;
  receivedAt: Instant;
  createdAt: Instant;
  endedAt: Instant | null;
  nextDueAt: Instant | null;
  nextClockKind: string | null;
  importId: string | null;
  version: number;
  eventSeq: number;
};

export const findCase = (tx: Tx, communityId: string, id: string, kind?: CaseKind): Promise<CaseRow | undefined> => {
  let query = tx.selectFrom('cases').selectAll().where('communityId', '=', communityId).where('id', '=', id);
  if (kind) query = query.where('kind', '=', kind);
  return query.executeTakeFirst() as Promise<CaseRow | undefined>;
};

/** Locked first by every move, so that moves, notes and ladder steps of one case go one after another. */
export const lockCase = (tx: Tx, communityId: string, id: string, kind?: CaseKind): Promise<CaseRow | undefined> => {
  let query = tx
    .selectFrom('cases')
    .selectAll()
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .forUpdate();
  if (kind) query = query.where('kind', '=', kind);
  return query.executeTakeFirst() as Promise<CaseRow | undefined>;
};

const seriesOf: Record<CaseKind, string> = {
  repair: 'BX',
  complaint: 'TS',
  emergency: 'TF',
  enquiry: 'ZX',
  suggestion: 'JY',
  service: 'FW',
};

/**
 * The case and its number in one statement, the last of the transaction: the row of the series is locked from here to
 * the commit and no longer. What hangs on the case was inserted before it (those keys are checked at the commit).
 */
export async function insertCase(tx: Tx, row: Omit<CaseRow, 'code'>, year: string): Promise<void> {
  await sql`
    with number as (
      insert into counters (community_id, series, period, last) values (${row.communityId}, ${seriesOf[row.kind]}, ${year}, 1)
      on conflict (community_id, series, period) do update set last = counters.last + 1 returning last
    )
    insert into cases (community_id, id, code, kind, state, unit_id, place, summary_text_id, level, category, department, channel, flags,
      responsible_id, first_contact_id, reporter_party_id, contact_name, contact_phone_sealed, contact_phone_masked, standard_version_id,
      received_at, created_at, ended_at, next_due_at, next_clock_kind, import_id, version, event_seq)
    select ${row.communityId}, ${row.id}, ${`${seriesOf[row.kind]}-${year}-`} || lpad(last::text, greatest(6, length(last::text)), '0'), ${row.kind}, ${row.state},
      ${row.unitId}, ${row.place}, ${row.summaryTextId}, ${row.level}, ${row.category}, ${row.department}, ${row.channel}, ${row.flags}::text[],
      ${row.responsibleId}, ${row.firstContactId}, ${row.reporterPartyId}, ${row.contactName}, ${row.contactPhoneSealed}, ${row.contactPhoneMasked},
      ${row.standardVersionId}, ${row.receivedAt}, ${row.createdAt}, ${row.endedAt}, ${row.nextDueAt}, ${row.nextClockKind}, ${row.importId}, ${row.version}, ${row.eventSeq}
    from number`.execute(tx);
}

export async function updateCase(
  tx: Tx,
  communityId: string,
  id: string,
  change: Partial<Omit<CaseRow, 'communityId' | 'id' | 'code' | 'kind'>>,
): Promise<void> {
  await tx.updateTable('cases').set(change).where('communityId', '=', communityId).where('id', '=', id).execute();
}

export type NewEvent = {
  id: string;
  seq: number;
  kind: CaseEventKind;
  move: string | null;
  fromState: string | null;
  toState: string | null;
  at: Instant;
  recordedAt: Instant;
  byId: string | null;
  byRole: string | null;
  forId: string | null;
  source: EventSource;
  facts: object;
  textId: string | null;
  requestId: string | null;
};

export async function insertEvent(tx: Tx, communityId: string, caseId: string, event: NewEvent): Promise<void> {
  await tx
    .insertInto('caseEvents')
    .values({ ...event, communityId, caseId, facts: JSON.stringify(event.facts) })
    .execute();
}

export async function insertTexts(
  tx: Tx,
  communityId: string,
  caseId: string,
  texts: readonly { id: string; body: string }[],
): Promise<void> {
  if (texts.length === 0) return;
  await tx
    .insertInto('caseTexts')
    .values(texts.map((text) => ({ ...text, communityId, caseId })))
    .execute();
}

export type EventRow = NewEvent & { body: string | null; byName: string | null; forName: string | null };

export async function listEvents(tx: Tx, communityId: string, caseId: string): Promise<EventRow[]> {
  const rows = await tx
    .selectFrom('caseEvents as e')
    .leftJoin('caseTexts as t', (join) =>
      join.onRef('t.communityId', '=', 'e.communityId').onRef('t.id', '=', 'e.textId'),
    )
    .leftJoin('accounts as b', 'b.id', 'e.byId')
    .leftJoin('accounts as f', 'f.id', 'e.forId')
    .selectAll('e')
    .select(['t.body', 'b.name as byName', 'f.name as forName'])
    .where('e.communityId', '=', communityId)
    .where('e.caseId', '=', caseId)
    .orderBy('e.seq')
    .execute();
  return rows as unknown as EventRow[];
}

/** Whether this person ever had a hand in the case: sent to it, or made a step of it. */
export const hadInHand = async (tx: Tx, communityId: string, caseId: string, accountId: string): Promise<boolean> =>
  (await tx
    .selectFrom('caseEvents')
    .select('id')
    .where('communityId', '=', communityId)
    .where('caseId', '=', caseId)
    .where((where) => where.or([where('byId', '=', accountId), where('forId', '=', accountId)]))
    .limit(1)
    .executeTakeFirst()) !== undefined;

export const findText = async (tx: Tx, communityId: string, id: string | null): Promise<string | null> =>
  id === null
    ? null
    : ((
        await tx
          .selectFrom('caseTexts')
          .select('body')
          .where('communityId', '=', communityId)
          .where('id', '=', id)
          .executeTakeFirst()
      )?.body ?? null);

export const listAttachmentsOf = async (
  tx: Tx,
  communityId: string,
  nounIds: readonly string[],
): Promise<Map<string, string[]>> => {
  const found = new Map<string, string[]>();
  if (nounIds.length === 0) return found;
  const rows = await tx
    .selectFrom('attachments')
    .select(['id', 'nounId'])
    .where('communityId', '=', communityId)
    .where('nounId', 'in', [...nounIds])
    .where('state', '=', 'attached')
    .orderBy('id')
    .execute();
  for (const row of rows) found.set(row.nounId as string, [...(found.get(row.nounId as string) ?? []), row.id]);
  return found;
};

/** Whether a case is in reach: who may see it and how far the caller's permission goes decide (spec/12). */
export type CaseReach =
  | { breadth: 'community' }
  | { breadth: 'department'; departments: readonly string[]; accountId: string }
  | { breadth: 'area'; accountId: string }
  | { breadth: 'own'; accountId: string };

/** Held by this account, or by somebody of the same contractor's firm: an order is sent to the firm (RP7). */
export const isHeldBy = (accountId: string) =>
  sql<boolean>`(c.responsible_id = ${accountId} or exists (
    select 1 from contractor_people me join contractor_people held on held.community_id = me.community_id and held.contractor_id = me.contractor_id
    where me.community_id = c.community_id and me.account_id = ${accountId} and me.left_at is null and held.account_id = c.responsible_id))`;

/** The condition for "in reach" as SQL over `cases c`; own: first contact, responsible, or one's own household's. */
export function inReach(reach: CaseReach) {
  if (reach.breadth === 'community') return sql<boolean>`true`;
  const own = sql<boolean>`(${isHeldBy(reach.accountId)} or c.first_contact_id = ${reach.accountId} or exists (
    select 1 from complaints p where p.community_id = c.community_id and p.id = c.id and p.in_charge_id = ${reach.accountId}) or exists (
    select 1 from emergency_deployments d where d.community_id = c.community_id and d.emergency_id = c.id and d.account_id = ${reach.accountId}) or exists (
    select 1 from resident_accounts ra join unit_parties up on up.community_id = ra.community_id and up.party_id = ra.party_id and up.until_on is null
    where ra.community_id = c.community_id and ra.account_id = ${reach.accountId} and up.unit_id = c.unit_id))`;
  if (reach.breadth === 'own') return own;
  if (reach.breadth === 'department')
    return sql<boolean>`(c.department = any (${[...reach.departments]}::text[]) or ${own})`;
  return sql<boolean>`(${own} or exists (select 1 from staff_areas sa join units u on u.community_id = sa.community_id and (u.id = sa.unit_id or u.building_id = sa.building_id)
    where sa.community_id = c.community_id and sa.account_id = ${reach.accountId} and u.id = c.unit_id))`;
}

export async function isInReach(tx: Tx, communityId: string, caseId: string, reach: CaseReach): Promise<boolean> {
  if (reach.breadth === 'community') return true;
  const { rows } = await sql<{
    seen: boolean;
  }>`select ${inReach(reach)} as seen from cases c where c.community_id = ${communityId} and c.id = ${caseId}`.execute(
    tx,
  );
  return rows[0]?.seen ?? false;
}

export type ClockListQuery = {
  caseId?: string | undefined;
  state?: string | undefined;
  kind?: string | undefined;
  kinds?: readonly string[];
  dueBefore?: Instant | undefined;
  ownerId?: string | undefined;
  limit: number;
  after: { key: string; id: string } | null;
};

/** Clocks by due time; reach is that of their cases. */
export async function listClocksInReach(
  tx: Tx,
  communityId: string,
  reach: CaseReach,
  query: ClockListQuery,
): Promise<(ClockRow & { caseCode: string; flags: string[]; dueKey: string })[]> {
  const parts = [sql`k.community_id = ${communityId}`];
  if (query.caseId) parts.push(sql`k.case_id = ${query.caseId}`);
  if (query.state) parts.push(sql`k.state = ${query.state}`);
  if (query.kind) parts.push(sql`k.kind = ${query.kind}`);
  if (query.kinds) parts.push(sql`k.kind = any (${[...query.kinds]}::text[])`);
  if (query.dueBefore) parts.push(sql`k.due_at < ${query.dueBefore}`);
  if (query.ownerId) parts.push(sql`k.owner_id = ${query.ownerId}`);
  if (query.after)
    parts.push(
      sql`(coalesce(k.due_at, 'infinity'::timestamptz), k.id) > (${query.after.key}::timestamptz, ${query.after.id}::uuid)`,
    );
  const { rows } = await sql<ClockRow & { caseCode: string; flags: string[]; dueKey: string }>`
    select k.*, c.code as case_code, c.flags, coalesce(k.due_at, 'infinity'::timestamptz)::text as due_key
    from clocks k join cases c on c.community_id = k.community_id and c.id = k.case_id
    where ${sql.join(parts, sql` and `)} ${reach.breadth === 'community' ? sql`` : sql`and ${inReach(reach)}`}
    order by coalesce(k.due_at, 'infinity'::timestamptz), k.id limit ${query.limit}`.execute(tx);
  return rows;
}
