// SQL of sessions, tokens and the brake. These tables belong to no community; times here are the machine's.
import { sql, type Tx } from '../../platform/database/database.ts';
import type { Grant } from './permission.rules.ts';

export type AccountRow = {
  id: string;
  organizationId: string;
  username: string;
  name: string;
  passwordHash: string;
  totpSealed: Buffer | null;
  totpConfirmedAt: string | null;
  totpLastStep: number;
  recoveryCodeHashes: Buffer[];
  disabledAt: string | null;
  mustChangePassword: boolean;
};

const accountColumns = [
  'id',
  'organizationId',
  'username',
  'name',
  'passwordHash',
  'totpSealed',
  'totpConfirmedAt',
  'totpLastStep',
  'recoveryCodeHashes',
  'disabledAt',
  'mustChangePassword',
] as const;

export const findAccountByUsername = (tx: Tx, username: string): Promise<AccountRow | undefined> =>
  tx
    .selectFrom('accounts')
    .select(accountColumns)
    .where(sql<boolean>`lower(username) = ${username.toLowerCase()}`)
    .executeTakeFirst();

export const findAccount = (tx: Tx, id: string): Promise<AccountRow | undefined> =>
  tx.selectFrom('accounts').select(accountColumns).where('id', '=', id).executeTakeFirst();

export async function listGrants(tx: Tx, accountId: string): Promise<Grant[]> {
  const rows = await tx
    .selectFrom('roleGrants')
    .select(['role', 'communityId', 'department'])
    .where('accountId', '=', accountId)
    .where('endedAt', 'is', null)
    .execute();
  return rows as Grant[];
}

export type SessionRow = {
  accountId: string;
  organizationId: string;
  name: string;
  username: string;
  totpConfirmedAt: string | null;
  mustChangePassword: boolean;
  lastSeenAt: string;
  expiresAt: string;
  grants: Grant[];
};

/** One round trip for what every request needs: session, account and grants; a disabled account has no session. */
export async function findSession(tx: Tx, tokenHash: Buffer): Promise<SessionRow | undefined> {
  const { rows } = await sql<SessionRow>`
    select s.account_id, a.organization_id, a.name, a.username, a.totp_confirmed_at, a.must_change_password, s.last_seen_at, s.expires_at,
           coalesce((select jsonb_agg(jsonb_build_object('role', g.role, 'communityId', g.community_id, 'department', g.department))
                     from role_grants g where g.account_id = a.id and g.ended_at is null), '[]') as grants
    from sessions s join accounts a on a.id = s.account_id
    where s.token_hash = ${tokenHash} and a.disabled_at is null`.execute(tx);
  return rows[0];
}

export type TokenRow = Omit<SessionRow, 'lastSeenAt' | 'totpConfirmedAt' | 'mustChangePassword'> & {
  id: string;
  communityIds: string[];
  permissions: string[];
};

export async function findToken(tx: Tx, tokenHash: Buffer): Promise<TokenRow | undefined> {
  const { rows } = await sql<TokenRow>`
    select t.id, t.account_id, a.organization_id, a.name, a.username, t.expires_at, t.community_ids, t.permissions,
           coalesce((select jsonb_agg(jsonb_build_object('role', g.role, 'communityId', g.community_id, 'department', g.department))
                     from role_grants g where g.account_id = a.id and g.ended_at is null), '[]') as grants
    from api_tokens t join accounts a on a.id = t.account_id
    where t.token_hash = ${tokenHash} and t.revoked_at is null and a.disabled_at is null`.execute(tx);
  return rows[0];
}

export async function insertSession(
  tx: Tx,
  row: { tokenHash: Buffer; accountId: string; createdAt: string; expiresAt: string; fromIp: string; device: string },
): Promise<void> {
  await tx
    .insertInto('sessions')
    .values({ ...row, lastSeenAt: row.createdAt })
    .execute();
}

export async function touchSession(tx: Tx, tokenHash: Buffer, at: string): Promise<void> {
  await tx.updateTable('sessions').set({ lastSeenAt: at }).where('tokenHash', '=', tokenHash).execute();
}

export async function deleteSession(tx: Tx, tokenHash: Buffer): Promise<void> {
  await tx.deleteFrom('sessions').where('tokenHash', '=', tokenHash).execute();
}

export async function deleteSessionsOf(tx: Tx, accountId: string, except?: Buffer): Promise<void> {
  let query = tx.deleteFrom('sessions').where('accountId', '=', accountId);
  if (except) query = query.where('tokenHash', '<>', except);
  await query.execute();
}

export const findFailures = (tx: Tx, key: Buffer) =>
  tx
    .selectFrom('signInFailures')
    .select(['failures', 'lastAt', 'blockedUntil'])
    .where('key', '=', key)
    .executeTakeFirst();

/** Counts one more failure (from 1 again after a quiet hour) and answers the count. */
export async function countFailure(tx: Tx, key: Buffer, at: string, quietSince: string): Promise<number> {
  const { rows } = await sql<{ failures: number }>`
    insert into sign_in_failures (key, failures, last_at) values (${key}, 1, ${at})
    on conflict (key) do update set failures = case when sign_in_failures.last_at < ${quietSince} then 1 else sign_in_failures.failures + 1 end, last_at = ${at}
    returning failures`.execute(tx);
  return rows[0]?.failures ?? 1;
}

export async function blockUntil(tx: Tx, key: Buffer, until: string): Promise<void> {
  await tx.updateTable('signInFailures').set({ blockedUntil: until }).where('key', '=', key).execute();
}

export async function forgetFailures(tx: Tx, key: Buffer): Promise<void> {
  await tx.deleteFrom('signInFailures').where('key', '=', key).execute();
}

export async function updatePassword(tx: Tx, accountId: string, passwordHash: string): Promise<void> {
  await tx
    .updateTable('accounts')
    .set({ passwordHash, mustChangePassword: false })
    .where('id', '=', accountId)
    .execute();
}

export async function updateSecondFactor(
  tx: Tx,
  accountId: string,
  change: {
    totpSealed?: Buffer;
    totpConfirmedAt?: string | null;
    totpLastStep?: number;
    recoveryCodeHashes?: Buffer[];
  },
): Promise<void> {
  await tx.updateTable('accounts').set(change).where('id', '=', accountId).execute();
}

export const findOrganization = (tx: Tx) =>
  tx.selectFrom('organizations').select(['id', 'name', 'isDemo']).orderBy('createdAt').executeTakeFirst();

export const listCommunities = (tx: Tx) =>
  tx.selectFrom('communities').select(['id', 'code', 'name', 'preset', 'organizationId']).orderBy('code').execute();

export async function insertToken(
  tx: Tx,
  row: {
    id: string;
    tokenHash: Buffer;
    name: string;
    accountId: string;
    communityIds: string[];
    permissions: string[];
    createdAt: string;
    expiresAt: string;
  },
): Promise<void> {
  await tx.insertInto('apiTokens').values(row).execute();
}
