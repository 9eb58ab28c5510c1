// SQL of billing runs and of what they computed.
import type { Instant, Month } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { RunLine } from './billing-lines.rules.ts';
import type { BillingRunState } from './billing-run.contract.ts';
import type { ChargeDetail } from './charge.contract.ts';
import type { LateFeeLine } from './late-fee.contract.ts';

export type RunTotal = { itemId: string; units: number; fen: number; lastFen: number; odd: number };
export type RunRow = {
  id: string;
  month: Month;
  itemIds: string[];
  state: BillingRunState;
  digest: string;
  computedTo: string | null;
  computedUnits: number;
  computedAt: Instant | null;
  units: number;
  charges: number;
  fen: number;
  lastFen: number;
  odd: number;
  notComputed: number;
  alreadyPosted: number;
  postedCharges: number;
  postedUnit: string | null;
  postedItem: string | null;
  totals: RunTotal[];
  createdBy: string | null;
  createdAt: Instant;
  submittedBy: string | null;
  submittedAt: Instant | null;
  approvedBy: string | null;
  approvedAt: Instant | null;
  postBy: string | null;
  postAt: Instant | null;
  postedAt: Instant | null;
  abandonedBy: string | null;
  abandonedAt: Instant | null;
  reason: string;
  version: number;
};

const facts = [
  'id',
  'month',
  'itemIds',
  'state',
  'digest',
  'computedTo',
  'computedUnits',
  'computedAt',
  'units',
  'charges',
  'fen',
  'lastFen',
  'odd',
  'notComputed',
  'alreadyPosted',
  'postedCharges',
  'postedUnit',
  'postedItem',
  'totals',
  'createdBy',
  'createdAt',
  'submittedBy',
  'submittedAt',
  'approvedBy',
  'approvedAt',
  'postBy',
  'postAt',
  'postedAt',
  'abandonedBy',
  'abandonedAt',
  'reason',
  'version',
] as const;

export const insertRun = (
  tx: Tx,
  communityId: string,
  row: Pick<RunRow, 'id' | 'month' | 'itemIds' | 'createdBy' | 'createdAt' | 'units'>,
): Promise<unknown> =>
  tx
    .insertInto('billingRuns')
    .values({ ...row, communityId, state: 'preview' })
    .execute();

export async function findRun(
  tx: Tx,
  communityId: string,
  id: string,
  lock: 'none' | 'wait' | 'skip' = 'none',
): Promise<RunRow | undefined> {
  const query = tx.selectFrom('billingRuns').select(facts).where('communityId', '=', communityId).where('id', '=', id);
  const locked = lock === 'none' ? query : lock === 'wait' ? query.forUpdate() : query.forUpdate().skipLocked();
  return (await locked.executeTakeFirst()) as RunRow | undefined;
}

export async function listRuns(
  tx: Tx,
  communityId: string,
  after: readonly [string, string, string] | null,
  limit: number,
): Promise<RunRow[]> {
  let query = tx
    .selectFrom('billingRuns')
    .select(facts)
    .where('communityId', '=', communityId)
    .orderBy('month', 'desc')
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit);
  if (after !== null)
    query = query.where(
      sql<boolean>`(month, created_at, id) < (${after[0]}, ${after[1]}::timestamptz, ${after[2]}::uuid)`,
    );
  return (await query.execute()) as RunRow[];
}

/** Runs that wait for somebody to go on with them, the oldest first. */
export async function listWork(tx: Tx): Promise<{ communityId: string; id: string }[]> {
  return tx
    .selectFrom('billingRuns')
    .select(['communityId', 'id'])
    .where((eb) =>
      eb.or([eb('state', '=', 'posting'), eb.and([eb('state', '=', 'preview'), eb('computedAt', 'is', null)])]),
    )
    .orderBy('createdAt')
    .execute();
}

export async function updateRun(
  tx: Tx,
  communityId: string,
  id: string,
  change: Partial<Omit<RunRow, 'id' | 'version'>>,
  raisesVersion = true,
): Promise<void> {
  const { totals, ...columns } = change;
  await tx
    .updateTable('billingRuns')
    .set((eb) => ({
      ...columns,
      ...(totals ? { totals: JSON.stringify(totals) } : {}),
      ...(raisesVersion ? { version: eb('version', '+', 1) } : {}),
    }))
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .execute();
}

/** A line is of a charge, or of late fees. */
const lineDetail = sql`case when not l.detail ? 'fees' then l.detail end as detail, l.detail -> 'fees' as late_fees`;

export async function insertLines(tx: Tx, communityId: string, runId: string, rows: readonly RunLine[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into billing_run_lines (community_id, run_id, unit_id, item_id, fen, last_fen, odd, detail, fault)
    select ${communityId}, ${runId}, r."unitId", r."itemId", r.fen, r."lastFen", r.odd,
      case when nullif(r."lateFees", 'null'::jsonb) is null then nullif(r.detail, 'null'::jsonb) else jsonb_build_object('fees', r."lateFees") end,
      nullif(r.fault, 'null'::jsonb)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r ("unitId" uuid, "itemId" uuid, fen bigint, "lastFen" bigint, odd text[],
      detail jsonb, "lateFees" jsonb, fault jsonb)`.execute(tx);
}

export async function totalsOfRun(tx: Tx, communityId: string, runId: string): Promise<RunTotal[]> {
  const { rows } = await sql<RunTotal>`
    select l.item_id, count(*) filter (where l.detail is not null)::int as units, sum(l.fen)::bigint as fen,
      coalesce(sum(l.last_fen), 0)::bigint as last_fen, count(*) filter (where l.odd <> '{}')::int as odd
    from billing_run_lines l join charge_items i on i.community_id = l.community_id and i.id = l.item_id
    where l.community_id = ${communityId} and l.run_id = ${runId} group by l.item_id, i.code order by i.code`.execute(
    tx,
  );
  return rows;
}

/** Who pays how much of a unit and item; or its late fees. */
export type OpenLine = {
  unitId: string;
  itemId: string;
  shares: ChargeDetail['shares'] | null;
  lateFees: LateFeeLine[] | null;
};

/** The next to be posted, in the order of the units. */
export async function listOpenLines(
  tx: Tx,
  communityId: string,
  run: Pick<RunRow, 'id' | 'postedUnit' | 'postedItem'>,
  limit: number,
): Promise<OpenLine[]> {
  const { rows } = await sql<OpenLine>`
    select unit_id, item_id, detail -> 'shares' as shares, detail -> 'fees' as late_fees from billing_run_lines
    where community_id = ${communityId} and run_id = ${run.id} and detail is not null
      ${run.postedUnit === null ? sql`` : sql`and (unit_id, item_id) > (${run.postedUnit}::uuid, ${run.postedItem}::uuid)`}
    order by unit_id, item_id limit ${limit}`.execute(tx);
  return rows;
}

export type ShownLine = RunLine & { unit: string };

export async function listShownLines(
  tx: Tx,
  communityId: string,
  runId: string,
  asked: {
    odd?: string | undefined;
    itemId?: string | undefined;
    q?: string | undefined;
    after: readonly [string, string] | null;
    limit: number;
  },
): Promise<ShownLine[]> {
  const like = asked.q ? `%${asked.q.replaceAll(/[\\%_]/g, '\\$&')}%` : null;
  const { rows } = await sql<ShownLine>`
    select l.unit_id, l.item_id, l.fen, l.last_fen, l.odd, ${lineDetail}, l.fault, u.label as unit
    from billing_run_lines l join units u on u.community_id = l.community_id and u.id = l.unit_id
    where l.community_id = ${communityId} and l.run_id = ${runId}
      ${asked.odd === undefined ? sql`` : asked.odd === 'any' ? sql`and l.odd <> '{}'` : sql`and l.odd <> '{}' and ${asked.odd} = any (l.odd)`}
      ${asked.itemId === undefined ? sql`` : sql`and l.item_id = ${asked.itemId}`}
      ${like === null ? sql`` : sql`and u.label ilike ${like}`}
      ${asked.after === null ? sql`` : sql`and (l.unit_id, l.item_id) > (${asked.after[0]}::uuid, ${asked.after[1]}::uuid)`}
    order by l.unit_id, l.item_id limit ${asked.limit}`.execute(tx);
  return rows;
}

export async function listPartyNames(
  tx: Tx,
  communityId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('parties')
    .select(['id', 'name'])
    .where('communityId', '=', communityId)
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export async function listAccountNames(tx: Tx, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const rows = await tx.selectFrom('accounts').select(['id', 'name']).where('id', 'in', wanted).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** What was charged of these units and items in a month and stands: the sum of all payers. */
export async function sumStanding(
  tx: Tx,
  communityId: string,
  asked: { month: Month; itemIds: readonly string[]; unitIds: readonly string[] },
): Promise<{ unitId: string; itemId: string; fen: number }[]> {
  if (asked.itemIds.length === 0 || asked.unitIds.length === 0) return [];
  const { rows } = await sql<{ unitId: string; itemId: string; fen: number }>`
    select c.unit_id, c.item_id, sum(c.amount_fen)::bigint as fen from charges c
    where c.community_id = ${communityId} and c.month = ${asked.month} and c.unit_id = any (${[...asked.unitIds]}::uuid[])
      and c.item_id = any (${[...asked.itemIds]}::uuid[]) and c.of_charge_id is null
    group by c.unit_id, c.item_id having sum(c.amount_fen) <> 0`.execute(tx);
  return rows;
}

/** Items of which anything was charged in a month: where nothing was, everything is new and nothing odd. */
export async function isChargedIn(tx: Tx, communityId: string, itemId: string, month: Month): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select 1 from charges where community_id = ${communityId} and month = ${month} and item_id = ${itemId}) as found`.execute(
    tx,
  );
  return rows[0]?.found === true;
}

/** The last charge before a month, with its kept inputs: what this one is compared with. */
export async function listDetailsOf(
  tx: Tx,
  communityId: string,
  asked: { month: Month; itemId: string; unitIds: readonly string[] },
): Promise<Map<string, ChargeDetail>> {
  const { rows } = await sql<{ unitId: string; detail: ChargeDetail }>`
    select distinct on (c.unit_id) c.unit_id, c.detail from charges c
    where c.community_id = ${communityId} and c.month = ${asked.month} and c.item_id = ${asked.itemId}
      and c.unit_id = any (${[...asked.unitIds]}::uuid[]) and c.detail is not null and c.reverses_id is null and c.of_charge_id is null
      and not exists (select from charges r where r.community_id = c.community_id and r.reverses_id = c.id)
    order by c.unit_id, c.nth desc, c.id`.execute(tx);
  return new Map(rows.map(({ unitId, detail }) => [unitId, detail]));
}
