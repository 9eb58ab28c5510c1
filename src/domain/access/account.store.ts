// SQL of organizations, communities, accounts and grants.
import { pinyin } from 'pinyin-pro';
import type { Tx } from '../../platform/database/database.ts';
import type { Role } from './role.contract.ts';

/** Chinese names sort by pinyin, not by code point. */
export const nameSortKey = (name: string): string =>
  pinyin(name, { toneType: 'none', surname: 'head', type: 'array' }).join(' ');

export async function insertOrganization(
  tx: Tx,
  row: { id: string; name: string; createdAt: string; isDemo?: boolean; demoDay?: string },
): Promise<void> {
  await tx.insertInto('organizations').values(row).execute();
}

export async function insertCommunity(
  tx: Tx,
  row: { id: string; organizationId: string; code: string; name: string; preset: string; createdAt: string },
): Promise<void> {
  await tx.insertInto('communities').values(row).execute();
}

export async function insertAccount(
  tx: Tx,
  row: {
    id: string;
    organizationId: string;
    username: string;
    name: string;
    passwordHash: string;
    createdAt: string;
    mustChangePassword?: boolean;
  },
): Promise<void> {
  await tx
    .insertInto('accounts')
    .values({ ...row, namePinyin: nameSortKey(row.name) })
    .execute();
}

export async function insertGrant(
  tx: Tx,
  row: {
    id: string;
    accountId: string;
    role: Role;
    communityId: string | null;
    department: string | null;
    /** Null: at the terminal. */
    grantedBy: string | null;
    createdAt: string;
  },
): Promise<void> {
  await tx.insertInto('roleGrants').values(row).execute();
}
