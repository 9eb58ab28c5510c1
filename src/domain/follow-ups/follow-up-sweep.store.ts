// SQL of what the time alone does to follow-ups: whom a sweep finds, and whether somebody was warned already.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';

export type SweepCandidate = { communityId: string; id: string };

/** Which versions of the standard open cases go by. */
export async function listVersionsInUse(tx: Tx): Promise<{ communityId: string; versionId: string }[]> {
  const { rows } = await sql<{ communityId: string; versionId: string }>`
    select distinct community_id, standard_version_id as version_id from cases where ended_at is null`.execute(tx);
  return rows;
}

/** Follow-ups not done that were made before: whether they go to the door now is the rule's to say (FU3). */
export async function listNotDone(
  tx: Tx,
  versionIds: readonly string[],
  madeBefore: Instant,
  limit: number,
): Promise<SweepCandidate[]> {
  if (versionIds.length === 0) return [];
  const { rows } = await sql<SweepCandidate>`
    select f.community_id, f.id
    from follow_ups f join cases c on c.community_id = f.community_id and c.id = f.case_id
    where f.state = 'due' and f.made_at < ${madeBefore} and c.standard_version_id = any (${[...versionIds]}::uuid[])
    order by f.made_at limit ${limit}`.execute(tx);
  return rows;
}

/** Repairs under work reported before, that nobody was sent to ask about yet. */
export async function listUnfinished(
  tx: Tx,
  versionIds: readonly string[],
  before: Instant,
  limit: number,
): Promise<SweepCandidate[]> {
  if (versionIds.length === 0) return [];
  const { rows } = await sql<SweepCandidate>`
    select c.community_id, c.id
    from cases c join repairs r on r.community_id = c.community_id and r.id = c.id
    where c.kind = 'repair' and c.ended_at is null and c.received_at < ${before} and r.finished_at is null
      and c.state in ('logged', 'dispatched', 'accepted', 'en-route', 'on-site', 'quoted', 'working', 'paused')
      and c.standard_version_id = any (${[...versionIds]}::uuid[])
      and not exists (select 1 from follow_ups f where f.community_id = c.community_id and f.case_id = c.id and f.kind = 'unfinished')
    order by c.received_at limit ${limit}`.execute(tx);
  return rows;
}

/** Repairs finished before there were follow-ups: they owe one, and no row says so. */
export async function listForgotten(tx: Tx, limit: number): Promise<SweepCandidate[]> {
  const { rows } = await sql<SweepCandidate>`
    select r.community_id, r.id from repairs r
    where r.follow_up = 'due'
      and not exists (select 1 from follow_ups f where f.community_id = r.community_id and f.case_id = r.id and f.kind = 'finished' and f.state <> 'void')
    limit ${limit}`.execute(tx);
  return rows;
}

/** Whether those who answer for it were told already that this month is tight, or lost. */
export async function wasWarned(
  tx: Tx,
  communityId: string,
  share: { what: string; month: string; outlook: string },
): Promise<boolean> {
  const { rows } = await sql<{ known: boolean }>`
    select exists (select 1 from outbox where community_id = ${communityId} and kind = 'follow-up-share'
      and facts->>'what' = ${share.what} and facts->>'month' = ${share.month} and facts->>'outlook' = ${share.outlook}) as known`.execute(
    tx,
  );
  return rows[0]?.known ?? false;
}

/** Communities in which somebody still has to be asked. */
export async function listCommunitiesWithOpen(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ communityId: string }>`
    select distinct community_id from follow_ups where state in ('due', 'visit-due', 'recorded')`.execute(tx);
  return rows.map((row) => row.communityId);
}
