// SQL of fee notices: which units have something to be told of, and whose accounts hear of it.
import type { Month } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';

export type NoticeUnit = { unitId: string; sortKey: string; label: string };

/** Units with a charge of the month, or where asked only those that still owe anything, in the order of the house. */
export async function listNoticeUnits(
  tx: Tx,
  communityId: string,
  asked: {
    month: Month;
    buildingId?: string | undefined;
    unitId?: string | undefined;
    after: readonly [string, string] | null;
    limit: number;
  },
): Promise<NoticeUnit[]> {
  const { rows } = await sql<NoticeUnit>`
    select u.id as unit_id, u.sort_key, u.label from units u
    where u.community_id = ${communityId}
      ${asked.buildingId === undefined ? sql`` : sql`and u.building_id = ${asked.buildingId}`}
      ${asked.unitId === undefined ? sql`` : sql`and u.id = ${asked.unitId}`}
      ${asked.after === null ? sql`` : sql`and (u.sort_key, u.id) > (${asked.after[0]} collate "C", ${asked.after[1]}::uuid)`}
      and (select true from charges c where c.community_id = u.community_id and c.unit_id = u.id and c.month <= ${asked.month} limit 1)
    order by u.sort_key collate "C", u.id limit ${asked.limit}`.execute(tx);
  return rows;
}

/** Accounts of those who pay for these units today. */
export async function listPayerAccounts(
  tx: Tx,
  communityId: string,
  partyIds: readonly string[],
): Promise<Map<string, string[]>> {
  if (partyIds.length === 0) return new Map();
  const { rows } = await sql<{ partyId: string; accountId: string }>`
    select r.party_id, r.account_id from resident_accounts r join accounts a on a.id = r.account_id
    where r.community_id = ${communityId} and r.party_id = any (${[...new Set(partyIds)]}::uuid[]) and a.disabled_at is null`.execute(
    tx,
  );
  const found = new Map<string, string[]>();
  for (const { partyId, accountId } of rows) found.set(partyId, [...(found.get(partyId) ?? []), accountId]);
  return found;
}
