// SQL of accounts as they are kept: lists, grants, areas.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { Account } from './staff.contract.ts';

type Row = Account & { namePinyin: string };

const accountColumns = sql`a.id, a.username, a.name, a.name_pinyin, a.disabled_at, a.totp_confirmed_at is not null as has_second_factor, a.version,
  coalesce((select jsonb_agg(jsonb_build_object('id', g.id, 'role', g.role, 'communityId', g.community_id, 'department', g.department) order by g.created_at, g.id)
    from role_grants g where g.account_id = a.id and g.ended_at is null), '[]') as grants`;

export async function findAccount(tx: Tx, organizationId: string, id: string, lock = false): Promise<Row | undefined> {
  const { rows } = await sql<Row>`select ${accountColumns} from accounts a
    where a.organization_id = ${organizationId} and a.id = ${id} ${lock ? sql`for update of a` : sql``}`.execute(tx);
  return rows[0];
}

/** `inCommunities`: only those with a post in one of these; null: all of the organization. */
export async function listAccounts(
  tx: Tx,
  organizationId: string,
  filter: { q?: string | undefined; inCommunities: readonly string[] | null },
  after: readonly [string, string] | null,
  limit: number,
): Promise<Row[]> {
  const like = filter.q ? `%${filter.q.replace(/[\\%_]/g, '\\$&')}%` : null;
  const { rows } = await sql<Row>`select ${accountColumns} from accounts a
    where a.organization_id = ${organizationId}
      ${like === null ? sql`` : sql`and (a.username ilike ${like} or a.name ilike ${like} or replace(a.name_pinyin, ' ', '') ilike ${like})`}
      ${
        filter.inCommunities === null
          ? sql``
          : sql`and exists (select 1 from role_grants g where g.account_id = a.id and g.ended_at is null and g.community_id = any(${filter.inCommunities}::uuid[]))`
      }
      ${after === null ? sql`` : sql`and (a.name_pinyin, a.id) > (${after[0]}, ${after[1]}::uuid)`}
    order by a.name_pinyin, a.id limit ${limit + 1}`.execute(tx);
  return rows;
}

export async function isUsernameTaken(tx: Tx, username: string): Promise<boolean> {
  const { rows } = await sql`select 1 from accounts where lower(username) = lower(${username})`.execute(tx);
  return rows.length > 0;
}

export async function updateAccount(
  tx: Tx,
  id: string,
  change: { disabledAt?: Instant | null; passwordHash?: string; mustChangePassword?: boolean },
): Promise<void> {
  await tx
    .updateTable('accounts')
    .set((eb) => ({ ...change, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

export async function endGrantRow(tx: Tx, accountId: string, grantId: string, at: Instant): Promise<void> {
  await tx
    .updateTable('roleGrants')
    .set({ endedAt: at })
    .where('accountId', '=', accountId)
    .where('id', '=', grantId)
    .where('endedAt', 'is', null)
    .execute();
}

export async function findAreas(tx: Tx, communityId: string, accountId: string) {
  return tx
    .selectFrom('staffAreas')
    .select(['buildingId', 'unitId'])
    .where('communityId', '=', communityId)
    .where('accountId', '=', accountId)
    .execute();
}

export async function replaceAreas(
  tx: Tx,
  communityId: string,
  accountId: string,
  rows: readonly { id: string; buildingId: string | null; unitId: string | null }[],
): Promise<void> {
  await tx.deleteFrom('staffAreas').where('communityId', '=', communityId).where('accountId', '=', accountId).execute();
  if (rows.length === 0) return;
  await tx
    .insertInto('staffAreas')
    .values(rows.map((row) => ({ ...row, communityId, accountId })))
    .execute();
}

/** Of these ids those that are buildings, and those that are units, of the community. */
export async function countPlaces(
  tx: Tx,
  communityId: string,
  buildingIds: readonly string[],
  unitIds: readonly string[],
): Promise<{ buildings: number; units: number }> {
  const { rows } = await sql<{ buildings: number; units: number }>`
    select (select count(*) from buildings where community_id = ${communityId} and id = any(${buildingIds}::uuid[])) as buildings,
           (select count(*) from units where community_id = ${communityId} and id = any(${unitIds}::uuid[])) as units`.execute(
    tx,
  );
  return rows[0] ?? { buildings: 0, units: 0 };
}
