// SQL of follow-ups 回访: their rows, tries and samples, and what their rules ask of the case.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { Role } from '../access/role.contract.ts';
import type { CaseKind } from '../cases/case.contract.ts';
import { type CaseReach, inReach } from '../cases/case.store.ts';
import { followUpSourceOf, followUpSources } from '../cases/case-follow-up.service.ts';
import { type HandMove, handsIn } from '../cases/case-hands.rules.ts';
import type { FollowUpSubject } from '../standards/standard.contract.ts';
import type {
  AttemptOutcome,
  FollowUpChannel,
  FollowUpKind,
  FollowUpState,
  followUpSorts,
  Verdict,
} from './follow-up.contract.ts';
import type { Draw } from './follow-up-sample.rules.ts';

export type FollowUpRow = {
  communityId: string;
  id: string;
  code: string;
  caseId: string;
  what: FollowUpSubject;
  kind: FollowUpKind;
  state: FollowUpState;
  month: string;
  finishedAt: Instant | null;
  startedAt: Instant;
  madeAt: Instant;
  lastStepAt: Instant;
  withdrawnAt: Instant | null;
  sampleSeed: string | null;
  sampleGroup: number | null;
  samplePosition: number | null;
  samplePlace: number | null;
  sampleOwed: number | null;
  sampleOf: number | null;
  sampleShare: string | null;
  callerId: string | null;
  plannedBy: string | null;
  plannedAt: Instant | null;
  recordedAt: Instant | null;
  heardAt: Instant | null;
  recordedBy: string | null;
  recordedRole: Role | null;
  verdict: Verdict | null;
  quality: number | null;
  effect: number | null;
  satisfaction: number | null;
  channel: FollowUpChannel | null;
  isSigned: boolean;
  lackingTextId: string | null;
  suggestionsTextId: string | null;
  reasonTextId: string | null;
  recordEventId: string | null;
  complaintId: string | null;
  reviewedAt: Instant | null;
  reviewedBy: string | null;
  commentTextId: string | null;
  improvementTextId: string | null;
  improvementOwnerId: string | null;
  improvementOn: string | null;
  returnedAt: Instant | null;
  returnedBy: string | null;
  remarkTextId: string | null;
  version: number;
};

/** With what a list shows of its case, and when its promises are due. */
export type FollowUpRecord = FollowUpRow & {
  caseCode: string;
  caseKind: CaseKind;
  unitId: string | null;
  unit: string | null;
  place: string | null;
  category: string | null;
  contactName: string | null;
  contactPhoneMasked: string | null;
  summaryTextId: string | null;
  standardVersionId: string;
  complaintCode: string | null;
  dueAt: Instant | null;
  wishedAt: Instant | null;
  visitDueAt: Instant | null;
  reviewDueAt: Instant | null;
  nextKey: string;
  routeKey: string;
};

/** The next place of the month's sample; the row stays locked until the commit, so that nobody takes it twice. */
export async function takePlace(
  tx: Tx,
  communityId: string,
  what: FollowUpSubject,
  month: string,
  freshSeed: string,
): Promise<{ seed: string; index: number }> {
  const { rows } = await sql<{ seed: string; drawn: number }>`
    insert into follow_up_samples (community_id, what, month, seed, drawn) values (${communityId}, ${what}, ${month}, ${freshSeed}, 1)
    on conflict (community_id, what, month) do update set drawn = follow_up_samples.drawn + 1 returning seed, drawn`.execute(
    tx,
  );
  const row = rows[0] as { seed: string; drawn: number };
  return { seed: row.seed, index: row.drawn - 1 };
}

export type NewFollowUp = Pick<
  FollowUpRow,
  | 'communityId'
  | 'id'
  | 'code'
  | 'caseId'
  | 'what'
  | 'kind'
  | 'state'
  | 'month'
  | 'finishedAt'
  | 'startedAt'
  | 'madeAt'
  | 'lastStepAt'
>;

export async function insertFollowUp(tx: Tx, row: NewFollowUp, draw: Draw | null): Promise<void> {
  await tx
    .insertInto('followUps')
    .values({
      ...row,
      sampleSeed: draw?.seed ?? null,
      sampleGroup: draw?.group ?? null,
      samplePosition: draw?.position ?? null,
      samplePlace: draw?.place ?? null,
      sampleOwed: draw?.owed ?? null,
      sampleOf: draw?.of ?? null,
      sampleShare: draw?.share === undefined || draw.share === null ? null : String(draw.share),
    })
    .execute();
}

export async function findFollowUp(tx: Tx, communityId: string, id: string): Promise<FollowUpRow | undefined> {
  return (await tx
    .selectFrom('followUps')
    .selectAll()
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .executeTakeFirst()) as FollowUpRow | undefined;
}

/** Its case is locked before it, always: a move of the case and one of its follow-up wait for each other in one order. */
export async function lockFollowUp(tx: Tx, communityId: string, id: string): Promise<FollowUpRow> {
  return (await tx
    .selectFrom('followUps')
    .selectAll()
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()) as unknown as FollowUpRow;
}

export async function updateFollowUp(
  tx: Tx,
  communityId: string,
  id: string,
  change: Partial<Omit<FollowUpRow, 'communityId' | 'id' | 'code' | 'caseId'>>,
): Promise<void> {
  await tx.updateTable('followUps').set(change).where('communityId', '=', communityId).where('id', '=', id).execute();
}

export async function listOfCase(tx: Tx, communityId: string, caseId: string): Promise<FollowUpRow[]> {
  return (await tx
    .selectFrom('followUps')
    .selectAll()
    .where('communityId', '=', communityId)
    .where('caseId', '=', caseId)
    .orderBy('madeAt')
    .orderBy('id')
    .execute()) as unknown as FollowUpRow[];
}

// ── tries ───────────────────────────────────────────────────────────────────────────────────────────

export type AttemptRow = {
  id: string;
  followUpId: string;
  at: Instant;
  recordedAt: Instant;
  byId: string;
  outcome: AttemptOutcome;
  atDoor: boolean;
  nextAt: Instant | null;
  textId: string | null;
};

export async function insertAttempt(tx: Tx, communityId: string, row: AttemptRow): Promise<void> {
  await tx
    .insertInto('followUpAttempts')
    .values({ ...row, communityId })
    .execute();
}

export async function listAttempts(
  tx: Tx,
  communityId: string,
  followUpIds: readonly string[],
): Promise<Map<string, AttemptRow[]>> {
  const found = new Map<string, AttemptRow[]>();
  if (followUpIds.length === 0) return found;
  const rows = (await tx
    .selectFrom('followUpAttempts')
    .selectAll()
    .where('communityId', '=', communityId)
    .where('followUpId', 'in', [...followUpIds])
    .orderBy('at')
    .orderBy('id')
    .execute()) as unknown as AttemptRow[];
  for (const row of rows) found.set(row.followUpId, [...(found.get(row.followUpId) ?? []), row]);
  return found;
}

// ── the case behind it ──────────────────────────────────────────────────────────────────────────────

/** Who had a hand in these cases 经手人: what each kind counts as handling, and who holds the work now. */
export async function handlersOfCases(
  tx: Tx,
  communityId: string,
  caseIds: readonly string[],
): Promise<Map<string, string[]>> {
  const ids = [...new Set(caseIds)];
  if (ids.length === 0) return new Map();
  const { rows } = await sql<HandMove & { caseId: string; kind: CaseKind }>`
    select c.id as case_id, c.kind, e.move, e.by_id, e.for_id
    from cases c join case_events e on e.community_id = c.community_id and e.case_id = c.id and e.kind = 'move' and e.move is not null
    where c.community_id = ${communityId} and c.id = any (${ids}::uuid[])
    order by c.id, e.seq`.execute(tx);
  const holders = new Map<string, (string | null)[]>();
  for (const source of followUpSources())
    for (const { caseId, holderId } of (await source.holdersOf?.(tx, communityId, ids)) ?? [])
      holders.set(caseId, [...(holders.get(caseId) ?? []), holderId]);
  const moves = new Map<string, typeof rows>();
  for (const row of rows) moves.set(row.caseId, [...(moves.get(row.caseId) ?? []), row]);
  return new Map(
    ids.map((id) => {
      const own = moves.get(id) ?? [];
      const rule = own[0] && followUpSourceOf(own[0].kind)?.hands;
      return [id, rule ? handsIn(rule, own, holders.get(id)) : []];
    }),
  );
}

/** When the repair behind it was finished, and its voucher handed back. */
export const endOfRepair = (
  tx: Tx,
  communityId: string,
  caseId: string,
): Promise<{ finishedAt: Instant | null; returnedAt: Instant | null } | undefined> =>
  tx
    .selectFrom('repairs')
    .select(['finishedAt', 'returnedAt'])
    .where('communityId', '=', communityId)
    .where('id', '=', caseId)
    .executeTakeFirst();

export async function textsOf(
  tx: Tx,
  communityId: string,
  ids: readonly (string | null)[],
): Promise<Map<string, string>> {
  const wanted = ids.filter((id): id is string => id !== null);
  if (wanted.length === 0) return new Map();
  const rows = await tx
    .selectFrom('caseTexts')
    .select(['id', 'body'])
    .where('communityId', '=', communityId)
    .where('id', 'in', wanted)
    .execute();
  return new Map(rows.map((row) => [row.id, row.body]));
}

// ── lists ───────────────────────────────────────────────────────────────────────────────────────────

export type FollowUpFilter = {
  ids?: readonly string[] | undefined;
  states?: readonly FollowUpState[] | undefined;
  dueBefore?: Instant | undefined;
  /** null: nobody is named. */
  callerId?: string | null | undefined;
  /** Whose record waits for this person, who reviews up to this level. */
  toReview?: { accountId: string; level: number } | undefined;
  caseId?: string | undefined;
  kind?: FollowUpKind | undefined;
  verdict?: Verdict | undefined;
  month?: string | undefined;
};
export type FollowUpSort = (typeof followUpSorts)[number];

const nextDue = sql`case f.state when 'due' then k.due_at when 'visit-due' then coalesce(k.visit_due_at, k.due_at) when 'recorded' then k.review_due_at end`;
/** Building by building, entrance by entrance, as the units stand; what has no unit comes last. */
const routeKey = sql`coalesce(u.sort_key, '~' || coalesce(c.place, '')) collate "C"`;

function conditions(communityId: string, filter: FollowUpFilter, reach: CaseReach) {
  const parts = [sql`f.community_id = ${communityId}`];
  if (filter.ids) parts.push(sql`f.id = any (${[...filter.ids]}::uuid[])`);
  if (filter.states) parts.push(sql`f.state = any (${[...filter.states]}::text[])`);
  if (filter.dueBefore) parts.push(sql`${nextDue} < ${filter.dueBefore}`);
  if (filter.callerId === null) parts.push(sql`f.caller_id is null`);
  else if (filter.callerId) parts.push(sql`f.caller_id = ${filter.callerId}`);
  if (filter.toReview)
    parts.push(sql`f.state = 'recorded' and f.recorded_by <> ${filter.toReview.accountId} and ${filter.toReview.level} >= case
      when f.verdict = 'not-acceptable' then 3 when f.recorded_role = 'cs_supervisor' then 2
      when f.recorded_role in ('manager', 'general_manager') then 3 else 1 end`);
  if (filter.caseId) parts.push(sql`f.case_id = ${filter.caseId}`);
  if (filter.kind) parts.push(sql`f.kind = ${filter.kind}`);
  if (filter.verdict) parts.push(sql`f.verdict = ${filter.verdict}`);
  if (filter.month) parts.push(sql`f.month = ${filter.month}`);
  // Whoever is named calls also outside their area.
  if (reach.breadth !== 'community') parts.push(sql`(${inReach(reach)} or f.caller_id = ${reach.accountId})`);
  return sql.join(parts, sql` and `);
}

/** Which states ask for something: only their promises order a list. */
const toDo = sql`('due', 'visit-due', 'recorded')`;
const duesOf = (condition: ReturnType<typeof sql>) => sql`left join lateral (
    select max(due_at) filter (where kind = 'follow-up') as due_at, max(wished_at) filter (where kind = 'follow-up') as wished_at,
           max(due_at) filter (where kind = 'visit') as visit_due_at, max(due_at) filter (where kind = 'review') as review_due_at
    from clocks where community_id = f.community_id and case_id = f.case_id and key = f.id::text ${condition}
  ) k on true`;
const tables = sql`follow_ups f
  join cases c on c.community_id = f.community_id and c.id = f.case_id
  left join units u on u.community_id = c.community_id and u.id = c.unit_id`;
/** Two years of reviewed ones lie behind the few that are to do: their clocks are not asked for. */
const orderedTables = sql`${tables} ${duesOf(sql`and f.state in ${toDo}`)}`;

export async function listFollowUpRecords(
  tx: Tx,
  communityId: string,
  filter: FollowUpFilter,
  reach: CaseReach,
  page: { sort: FollowUpSort; limit: number; after: { key: string; id: string } | null },
): Promise<FollowUpRecord[]> {
  const { sort, limit, after } = page;
  const nextKey = sql`coalesce(${nextDue}, 'infinity'::timestamptz)`;
  const order =
    sort === 'due' ? sql`${nextKey}, f.id` : sort === 'route' ? sql`${routeKey}, f.id` : sql`f.made_at desc, f.id desc`;
  const place =
    after === null
      ? sql``
      : sort === 'due'
        ? sql`and (${nextKey}, f.id) > (${after.key}::timestamptz, ${after.id}::uuid)`
        : sort === 'route'
          ? sql`and (${routeKey}, f.id) > (${after.key} collate "C", ${after.id}::uuid)`
          : sql`and (f.made_at, f.id) < (${after.key}::timestamptz, ${after.id}::uuid)`;
  // The page is cut first; what else is shown is looked up for its rows only.
  const { rows } = await sql<FollowUpRecord>`
    select f.*, c.code as case_code, c.kind as case_kind, c.unit_id, u.label as unit, c.place, c.category, c.contact_name,
           c.contact_phone_masked, c.summary_text_id, c.standard_version_id, x.code as complaint_code,
           k.due_at, k.wished_at, k.visit_due_at, k.review_due_at, p.next_key, p.route_key
    from (
      select f.id, ${nextKey}::text as next_key, ${routeKey} as route_key, row_number() over (order by ${order}) as nth
      from ${orderedTables} where ${conditions(communityId, filter, reach)} ${place} order by ${order} limit ${limit}
    ) p
    join follow_ups f on f.community_id = ${communityId} and f.id = p.id
    join cases c on c.community_id = f.community_id and c.id = f.case_id
    left join units u on u.community_id = c.community_id and u.id = c.unit_id
    left join cases x on x.community_id = f.community_id and x.id = f.complaint_id
    ${duesOf(sql``)} order by p.nth`.execute(tx);
  return rows;
}

export async function countFollowUps(
  tx: Tx,
  communityId: string,
  filter: FollowUpFilter,
  reach: CaseReach,
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from ${filter.dueBefore ? orderedTables : tables} where ${conditions(communityId, filter, reach)}`.execute(
    tx,
  );
  return rows[0]?.n ?? 0;
}
