// SQL of the feed: sealed audit rows by number.
import { sql, type Tx } from '../../platform/database/database.ts';

export type FeedRow = {
  communityId: string;
  no: number;
  action: string;
  noun: string;
  nounId: string | null;
  caseId: string | null;
  /** Set on what concerns one person only. */
  recipientId: string | null;
};

/** What follows each community's number, in order, at most `limit` rows a community; one index range each. */
export async function listFeed(
  tx: Tx,
  wanted: readonly { communityId: string; no: number }[],
  caseNouns: readonly string[],
  limit: number,
): Promise<FeedRow[]> {
  const { rows } = await sql<FeedRow>`
    select next.* from unnest(${wanted.map((one) => one.communityId)}::uuid[], ${wanted.map((one) => one.no)}::bigint[]) as want(community_id, no)
    cross join lateral (
      select s.community_id, s.no, l.action, l.noun, l.noun_id,
        case when l.noun = any (${[...caseNouns]}::text[]) then l.noun_id::text else l.changed -> 'caseId' ->> 1 end as case_id,
        l.changed -> 'recipientId' ->> 1 as recipient_id
      from audit_seals s join audit_log l on l.community_id = s.community_id and l.id = s.audit_id
      where s.community_id = want.community_id and s.no > want.no order by s.no limit ${limit}) as next
    order by next.community_id, next.no`.execute(tx);
  return rows;
}

export const findHead = async (tx: Tx, communityId: string): Promise<number> =>
  (await tx.selectFrom('auditHeads').select('no').where('communityId', '=', communityId).executeTakeFirst())?.no ?? 0;
