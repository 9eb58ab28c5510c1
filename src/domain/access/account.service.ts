// Accounts as other slices need them: names by id, and who holds which post where.
import { sql, type Tx } from '../../platform/database/database.ts';
import { type Actor, rolesIn } from './permission.rules.ts';
import type { Role } from './role.contract.ts';

export async function accountNames(tx: Tx, ids: readonly (string | null | undefined)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id): id is string => Boolean(id)))];
  if (wanted.length === 0) return new Map();
  const rows = await tx.selectFrom('accounts').select(['id', 'name']).where('id', 'in', wanted).execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}

export type PostHolder = { accountId: string; name: string; username: string; role: Role; department: string | null };

/** Everybody active who holds a post in this community, those of the whole organization included, by name. */
export async function listPostHolders(tx: Tx, communityId: string, role?: Role): Promise<PostHolder[]> {
  const { rows } = await sql<PostHolder>`
    select distinct a.id as account_id, a.name, a.username, a.name_pinyin, g.role, g.department
    from role_grants g join accounts a on a.id = g.account_id
    where g.ended_at is null and a.disabled_at is null and (g.community_id = ${communityId} or g.community_id is null)
      and a.organization_id = (select organization_id from communities where id = ${communityId})
      and (${role ?? null}::text is null or g.role = ${role ?? null})
    order by a.name_pinyin, a.id`.execute(tx);
  return rows;
}

export type MyCommunity = { id: string; code: string; name: string; preset: string };

/** The communities in which the actor holds any post, by code. */
export async function listMyCommunities(tx: Tx, actor: Actor): Promise<MyCommunity[]> {
  const rows = await tx
    .selectFrom('communities')
    .select(['id', 'code', 'name', 'preset'])
    .where('organizationId', '=', actor.organizationId)
    .orderBy('code')
    .execute();
  return rows.filter((row) => rolesIn(actor, row.id).length > 0);
}
