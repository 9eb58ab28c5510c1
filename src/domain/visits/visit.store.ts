// SQL of household visits 上门拜访.
import type { Instant, Month } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { MetWith, VisitState } from './visit.contract.ts';
import type { AheadFact, HeldFact } from './visit.rules.ts';

export type VisitRow = {
  id: string;
  unitId: string;
  visitorId: string;
  at: Instant;
  purpose: string | null;
  isInterview: boolean;
  state: VisitState;
  madeBy: string;
  madeAt: Instant;
  heldAt: Instant | null;
  met: MetWith | null;
  said: string | null;
  opinions: string | null;
  recordedAt: Instant | null;
  reason: string | null;
  reviewedAt: Instant | null;
  reviewedBy: string | null;
  comment: string | null;
  remark: string | null;
  version: number;
};
export type VisitRecord = VisitRow & { unit: string; building: string };

const columns = sql`v.id, v.unit_id, v.visitor_id, v.at, v.purpose, v.is_interview, v.state, v.made_by, v.made_at, v.held_at, v.met, v.said,
  v.opinions, v.recorded_at, v.reason, v.reviewed_at, v.reviewed_by, v.comment, v.remark, v.version, u.label as unit, b.name as building`;
const tables = sql`household_visits v join units u on u.community_id = v.community_id and u.id = v.unit_id
  join buildings b on b.community_id = u.community_id and b.id = u.building_id`;

/** How far somebody sees: all, those of their area and their own, or their own. */
export type VisitReach = { breadth: 'community' | 'area' | 'own'; accountId: string };

function inReach(reach: VisitReach) {
  if (reach.breadth === 'community') return sql<boolean>`true`;
  const own = sql<boolean>`(v.visitor_id = ${reach.accountId} or v.made_by = ${reach.accountId})`;
  if (reach.breadth === 'own') return own;
  return sql<boolean>`(${own} or exists (select 1 from staff_areas sa where sa.community_id = v.community_id and sa.account_id = ${reach.accountId}
    and (sa.unit_id = u.id or sa.building_id = u.building_id)))`;
}

export type VisitFilter = {
  from?: Instant | undefined;
  until?: Instant | undefined;
  state?: VisitState | undefined;
  visitorId?: string | undefined;
  unitId?: string | undefined;
  building?: string | undefined;
  /** Appointed before this and nothing recorded. */
  lateAt?: Instant | undefined;
};

export async function listVisitRows(
  tx: Tx,
  communityId: string,
  reach: VisitReach,
  filter: VisitFilter,
  page: { after: readonly [Instant, string] | null; limit: number; isDown: boolean },
): Promise<VisitRecord[]> {
  const way = page.isDown ? sql`desc` : sql`asc`;
  const { rows } = await sql<VisitRecord>`
    select ${columns} from ${tables}
    where v.community_id = ${communityId} and ${inReach(reach)}
      ${filter.from === undefined ? sql`` : sql`and v.at >= ${filter.from}`}
      ${filter.until === undefined ? sql`` : sql`and v.at < ${filter.until}`}
      ${filter.state === undefined ? sql`` : sql`and v.state = ${filter.state}`}
      ${filter.visitorId === undefined ? sql`` : sql`and v.visitor_id = ${filter.visitorId}`}
      ${filter.unitId === undefined ? sql`` : sql`and v.unit_id = ${filter.unitId}`}
      ${filter.building === undefined ? sql`` : sql`and b.name = ${filter.building}`}
      ${filter.lateAt === undefined ? sql`` : sql`and v.state = 'appointed' and v.at < ${filter.lateAt}`}
      ${page.after === null ? sql`` : sql`and (v.at, v.id) ${page.isDown ? sql`<` : sql`>`} (${page.after[0]}::timestamptz, ${page.after[1]}::uuid)`}
    order by v.at ${way}, v.id ${way} limit ${page.limit + 1}`.execute(tx);
  return rows;
}

/** One that the asker may see. */
export async function findVisit(
  tx: Tx,
  communityId: string,
  id: string,
  reach: VisitReach,
  lock = false,
): Promise<VisitRecord | undefined> {
  const { rows } = await sql<VisitRecord>`
    select ${columns} from ${tables} where v.community_id = ${communityId} and v.id = ${id} and ${inReach(reach)}
    ${lock ? sql`for update of v` : sql``}`.execute(tx);
  return rows[0];
}

export const insertVisit = (
  tx: Tx,
  communityId: string,
  row: Pick<VisitRow, 'id' | 'unitId' | 'visitorId' | 'at' | 'purpose' | 'isInterview' | 'state' | 'madeBy' | 'madeAt'>,
): Promise<unknown> =>
  tx
    .insertInto('householdVisits')
    .values({ ...row, communityId })
    .execute();

export const updateVisit = (
  tx: Tx,
  communityId: string,
  id: string,
  change: Partial<Omit<VisitRow, 'id' | 'unitId' | 'visitorId' | 'madeBy' | 'madeAt' | 'version'>>,
): Promise<unknown> =>
  tx
    .updateTable('householdVisits')
    .set((eb) => ({ ...change, version: eb('version', '+', 1) }))
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .execute();

/** Two who appoint for one person and household come one after the other. */
export async function findOpen(
  tx: Tx,
  communityId: string,
  visitorId: string,
  unitId: string,
): Promise<{ id: string; at: Instant } | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`visits:${communityId}:${visitorId}:${unitId}`}, 0))`.execute(
    tx,
  );
  const { rows } = await sql<{ id: string; at: Instant }>`
    select id, at from household_visits
    where community_id = ${communityId} and visitor_id = ${visitorId} and unit_id = ${unitId} and state = 'appointed'`.execute(
    tx,
  );
  return rows[0];
}

/** What counts in a month, and what is agreed for the rest of it. */
export async function listMonthFacts(
  tx: Tx,
  communityId: string,
  span: { from: Instant; until: Instant },
): Promise<{ held: HeldFact[]; ahead: AheadFact[] }> {
  const held = await sql<HeldFact>`
    select visitor_id, unit_id, held_at from household_visits
    where community_id = ${communityId} and state in ('recorded', 'reviewed') and held_at >= ${span.from} and held_at < ${span.until}`.execute(
    tx,
  );
  const ahead = await sql<AheadFact>`
    select visitor_id, unit_id, at from household_visits
    where community_id = ${communityId} and state = 'appointed' and at >= ${span.from} and at < ${span.until}`.execute(
    tx,
  );
  return { held: held.rows, ahead: ahead.rows };
}

export async function listCommunityIds(tx: Tx): Promise<string[]> {
  return (await tx.selectFrom('communities').select('id').orderBy('id').execute()).map((row) => row.id);
}

/** Who was told of being short in this month at this step already. */
export async function listWarned(tx: Tx, communityId: string, month: Month, step: number): Promise<Set<string>> {
  const { rows } = await sql<{ recipientId: string }>`
    select distinct recipient_id from outbox where community_id = ${communityId} and kind = 'visits-short'
      and facts->>'month' = ${month} and (facts->>'step')::int = ${step} and recipient_id is not null`.execute(tx);
  return new Set(rows.map((row) => row.recipientId));
}
