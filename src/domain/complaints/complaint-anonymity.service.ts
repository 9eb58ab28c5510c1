// Anonymity 匿名 wherever an anonymous complaint shows (CP12): which of some cases hide taker and minute from a reader, and
// ids that tell nothing for those that would say when they were made.
import { sql, type Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';
import type { ComplaintFacts } from './complaint-facts.rules.ts';
import { type AnonymityFacts, type AnonymitySight, anonymitySight, type Viewer } from './complaint-sight.rules.ts';

export const sightOf = (call: Call, facts: ComplaintFacts): AnonymitySight =>
  anonymitySight({ id: call.actor.accountId, roles: call.roles }, facts);

/** The same for one reader each time, so that lists hold together; nobody without the key gets back to the first. */
export const opaqueFor =
  (call: Pick<Call, 'house' | 'actor'>) =>
  (id: string): string => {
    const hex = call.house.secrets.lookupHash(id, `opaque:${call.actor.accountId}`).toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  };

/** Those of these cases whose taker and minute are hidden from this reader. */
export async function hiddenFrom(
  tx: Tx,
  communityId: string,
  viewer: Viewer,
  caseIds: readonly string[],
): Promise<Set<string>> {
  if (caseIds.length === 0) return new Set();
  const { rows } = await sql<AnonymityFacts & { id: string }>`
    select p.id, p.anonymous, p.against, p.against_staff_id, p.department, c.first_contact_id
    from complaints p join cases c on c.community_id = p.community_id and c.id = p.id
    where p.community_id = ${communityId} and p.anonymous and p.id = any(${[...new Set(caseIds)]}::uuid[])`.execute(tx);
  return new Set(rows.filter((row) => !anonymitySight(viewer, row).minute).map((row) => row.id));
}

/**
 * A photo's own id and its file's name say when it was taken or sent: both are given anew once it hangs on an anonymous
 * complaint.
 */
export async function forgetWhenFilesCame(tx: Tx, communityId: string, nounIds: readonly string[]): Promise<void> {
  await sql`update attachments set id = gen_random_uuid(),
      file_name = 'attachment' || coalesce(substring(file_name from '\\.[A-Za-z0-9]{1,5}$'), '')
    where community_id = ${communityId} and noun_id = any(${[...nounIds]}::uuid[])`.execute(tx);
}
