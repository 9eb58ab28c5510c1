// Who holds which post now, and who of them is away by the roster 排班: what ladders and notices to a post ask.
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { listPostHolders } from '../access/account.service.ts';
import type { Department } from '../access/role.contract.ts';
import { findAway } from '../rosters/roster.service.ts';
import type { Posting } from './ladder.rules.ts';

export async function staffingOf(tx: Tx, communityId: string, at: Instant): Promise<Posting[]> {
  const away = await findAway(tx, communityId, at);
  return (await listPostHolders(tx, communityId)).map(
    ({ accountId, role, department }): Posting => ({
      staffId: accountId,
      role,
      ...(department ? { department: department as Department } : {}),
      absent: away.has(accountId),
      standInId: away.get(accountId)?.standInId ?? null,
    }),
  );
}
