// The first start 首次启动: a secret printed once in the terminal lets its reader make the organization, the first
// community with its preset of the standard, and the administrator.
import { createHash, randomBytes } from 'node:crypto';
import { newId } from '../../kernel/id.ts';
import { notFound, Refusal } from '../../kernel/refusal.ts';
import { instantOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import { machineMs } from '../../platform/time-source.ts';
import { insertAccount, insertCommunity, insertGrant, insertOrganization } from './account.store.ts';
import type { Role } from './role.contract.ts';
import { checkNewPassword, hashPassword } from './session.service.ts';

const hashOf = (secret: string) => createHash('sha256').update(secret).digest();

/** A secret while there is no organization yet; null where there is one. Each start replaces the one before. */
export async function offerSetup(house: House): Promise<string | null> {
  return house.database.write([], async (tx) => {
    const known = await tx.selectFrom('organizations').select('id').limit(1).executeTakeFirst();
    await tx.deleteFrom('setupSecrets').execute();
    if (known) return null;
    const secret = randomBytes(18).toString('base64url');
    await tx
      .insertInto('setupSecrets')
      .values({ secretHash: hashOf(secret), createdAt: instantOf(machineMs()) })
      .execute();
    return secret;
  });
}

/** What a slice above does when a community is made (its standard comes from the preset); handed over in the wiring. */
export type CommunityMade = (
  tx: Tx,
  community: { id: string; preset: 'standard' | 'luxury'; accountId: string; createdAt: string },
) => Promise<void>;
const made: CommunityMade[] = [];
export const onCommunityMade = (work: CommunityMade): void => {
  made.push(work);
};

export type NewCommunity = { code: string; name: string; preset: 'standard' | 'luxury' };

export async function makeCommunity(
  tx: Tx,
  organizationId: string,
  community: NewCommunity,
  accountId: string,
  createdAt: string,
  id = newId(),
): Promise<string> {
  await insertCommunity(tx, { id, organizationId, ...community, createdAt });
  for (const work of made) await work(tx, { id, preset: community.preset, accountId, createdAt });
  return id;
}

export async function setUp(
  house: House,
  input: {
    secret: string;
    organizationName: string;
    communityName: string;
    communityCode: string;
    preset: 'standard' | 'luxury';
    adminUsername: string;
    adminName: string;
    adminPassword: string;
  },
): Promise<{ id: string; name: string; username: string }> {
  checkNewPassword(input.adminPassword, { username: input.adminUsername, name: input.adminName }, 'adminPassword');
  const passwordHash = await hashPassword(input.adminPassword);
  const [organizationId, communityId, accountId] = [newId(), newId(), newId()];
  return house.database.write([communityId, organizationId], async (tx) => {
    const offered = await tx.selectFrom('setupSecrets').select('secretHash').forUpdate().executeTakeFirst();
    // Once used it is as if the route had never been there.
    if (!offered) throw notFound('setup');
    // Or where somebody was faster past it: demo data filled by a command beside the running program.
    const known = await tx.selectFrom('organizations').select('id').limit(1).executeTakeFirst();
    if (known) throw notFound('setup');
    if (!offered.secretHash.equals(hashOf(input.secret))) throw new Refusal('setup.wrong_secret', {}, 403);
    const createdAt = instantOf(machineMs());
    await insertOrganization(tx, { id: organizationId, name: input.organizationName, createdAt });
    await insertAccount(tx, {
      id: accountId,
      organizationId,
      username: input.adminUsername,
      name: input.adminName,
      passwordHash,
      createdAt,
    });
    await makeCommunity(
      tx,
      organizationId,
      { code: input.communityCode, name: input.communityName, preset: input.preset },
      accountId,
      createdAt,
      communityId,
    );
    // The one who sets up can both keep accounts and start the work: manager of this community until others are named.
    for (const role of ['admin', 'manager'] satisfies Role[])
      await insertGrant(tx, {
        id: newId(),
        accountId,
        role,
        communityId: role === 'admin' ? null : communityId,
        department: null,
        grantedBy: accountId,
        createdAt,
      });
    await tx.deleteFrom('setupSecrets').execute();
    return { id: accountId, name: input.adminName, username: input.adminUsername };
  });
}
