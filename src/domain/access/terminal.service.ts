// Tokens 令牌 for machines and accounts made at the terminal: for the first people of a house and for scripts, by whoever
// may use the machine. Shown once, kept hashed.
import { randomBytes } from 'node:crypto';
import { newId } from '../../kernel/id.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import { insertAccount, insertGrant } from './account.store.ts';
import type { Permission } from './permission.rules.ts';
import type { Department, Role } from './role.contract.ts';
import { hashPassword, hashToken } from './session.service.ts';
import { findAccountByUsername, findOrganization, insertToken, listCommunities } from './session.store.ts';

/** Writes the audit of what is done here; handed over, because the audit stands above access. */
export type Note = (
  tx: Tx,
  organizationId: string,
  entry: { action: string; noun: string; nounId: string; changed: Record<string, [unknown, unknown]> },
) => Promise<void>;

async function getOrganization(tx: Tx) {
  const organization = await findOrganization(tx);
  // Everything belongs to the organization; the first start makes it.
  if (!organization) throw new Refusal('house.not_set_up');
  return organization;
}

async function communityIds(tx: Tx, codes: readonly string[]): Promise<string[]> {
  const known = await listCommunities(tx);
  return codes.map((code) => {
    const community = known.find((one) => one.code === code.toUpperCase());
    if (!community) throw new Refusal('community.unknown', { code, known: known.map((one) => one.code) }, 404);
    return community.id;
  });
}

export type NewAccount = {
  username: string;
  name: string;
  role: Role;
  /** Null: the whole organization. */
  communityCode: string | null;
  department: Department | null;
  /** Null: one is made, which its owner must change. */
  password: string | null;
};

/** Answers the password that was made, null when one was given. Refusals: `account.username_taken`, `community.unknown`. */
export async function addAccount(house: House, account: NewAccount, note: Note): Promise<string | null> {
  const made = account.password === null ? randomBytes(12).toString('base64url') : null;
  const passwordHash = await hashPassword(account.password ?? made ?? '');
  await house.database.everywhere(async (tx) => {
    const organization = await getOrganization(tx);
    if (await findAccountByUsername(tx, account.username))
      throw new Refusal('account.username_taken', { username: account.username });
    const [communityId = null] = await communityIds(tx, account.communityCode === null ? [] : [account.communityCode]);
    const [id, grantId, createdAt] = [newId(), newId(), house.time.now()];
    const { username, name, role, department } = account;
    await insertAccount(tx, {
      id,
      organizationId: organization.id,
      username,
      name,
      passwordHash,
      createdAt,
      mustChangePassword: made !== null,
    });
    await insertGrant(tx, { id: grantId, accountId: id, role, communityId, department, grantedBy: null, createdAt });
    await note(tx, organization.id, { action: 'account.create', noun: 'account', nounId: id, changed: {} });
    await note(tx, organization.id, {
      action: 'role.grant',
      noun: 'account',
      nounId: id,
      changed: { role: [null, role], communityId: [null, communityId] },
    });
  });
  return made;
}

export type NewToken = {
  name: string;
  username: string;
  communityCodes: readonly string[];
  permissions: readonly Permission[];
  until: Instant;
};

/** Answers the token, which is kept nowhere. Refusals: `account.unknown`, `community.unknown`. */
export async function addToken(house: House, token: NewToken, note: Note): Promise<string> {
  // The prefix lets tools that look for leaked secrets recognise it.
  const secret = `guanjia_${randomBytes(32).toString('base64url')}`;
  await house.database.everywhere(async (tx) => {
    const organization = await getOrganization(tx);
    const account = await findAccountByUsername(tx, token.username);
    if (!account || account.disabledAt) throw new Refusal('account.unknown', { username: token.username }, 404);
    const [id, createdAt] = [newId(), house.time.now()];
    const communities = await communityIds(tx, token.communityCodes);
    await insertToken(tx, {
      id,
      tokenHash: hashToken(secret),
      name: token.name,
      accountId: account.id,
      communityIds: communities,
      permissions: [...token.permissions],
      createdAt,
      expiresAt: token.until,
    });
    await note(tx, organization.id, {
      action: 'token.create',
      noun: 'token',
      nounId: id,
      changed: {
        permissions: [null, token.permissions],
        communityIds: [null, communities],
        until: [null, token.until],
      },
    });
  });
  return secret;
}

/** Who acts at the terminal, and where: an account in use and a community, by the names that people know. */
export const findWhoAndWhere = (
  house: House,
  username: string,
  communityCode: string,
): Promise<{ account: { id: string; organizationId: string }; communityId: string }> =>
  house.database.everywhere(async (tx) => {
    const account = await findAccountByUsername(tx, username);
    if (!account) throw new Refusal('account.unknown', { username }, 404);
    const organization = await getOrganization(tx);
    const [communityId = ''] = await communityIds(tx, [communityCode]);
    return { account: { id: account.id, organizationId: organization.id }, communityId };
  });
