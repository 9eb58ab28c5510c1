// SQL of parties and of looks at their sealed fields.
import type { Day, Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { Relation, RevealField } from './party.contract.ts';

export type PartyRow = {
  id: string;
  kind: 'person' | 'company';
  name: string;
  phoneSealed: Buffer | null;
  phoneMasked: string | null;
  identitySealed: Buffer | null;
  identityMasked: string | null;
  emailSealed: Buffer | null;
  emailMasked: string | null;
  wantsGreetings: boolean;
  version: number;
};

const columns = [
  'id',
  'kind',
  'name',
  'phoneSealed',
  'phoneMasked',
  'identitySealed',
  'identityMasked',
  'emailSealed',
  'emailMasked',
  'wantsGreetings',
  'version',
] as const;

export async function findParty(tx: Tx, communityId: string, id: string, lock = false): Promise<PartyRow | undefined> {
  const query = tx.selectFrom('parties').select(columns).where('communityId', '=', communityId).where('id', '=', id);
  return (await (lock ? query.forUpdate() : query).executeTakeFirst()) as PartyRow | undefined;
}

export type NewParty = {
  communityId: string;
  id: string;
  kind: string;
  name: string;
  namePinyin: string;
  wantsGreetings?: boolean;
  createdAt: Instant;
  phoneSealed?: Buffer | null;
  phoneHash?: Buffer | null;
  phoneMasked?: string | null;
  identitySealed?: Buffer | null;
  identityMasked?: string | null;
  emailSealed?: Buffer | null;
  emailMasked?: string | null;
};

export async function insertParty(tx: Tx, row: NewParty): Promise<void> {
  await tx.insertInto('parties').values(row).execute();
}

/** Raises the version; the caller holds the row. */
export async function updateParty(
  tx: Tx,
  communityId: string,
  id: string,
  change: Partial<Omit<NewParty, 'communityId' | 'id' | 'createdAt'>>,
): Promise<void> {
  await tx
    .updateTable('parties')
    .set((eb) => ({ ...change, version: eb('version', '+', 1) }))
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .execute();
}

export type RelationOfParty = {
  partyId: string;
  id: string;
  unitId: string;
  unit: string;
  relation: Relation;
  sharePercent: number | null;
  fromOn: Day;
  untilOn: Day | null;
};

/** Every relation a party ever had, the running ones first. */
export async function listRelationsOfParty(tx: Tx, communityId: string, partyId: string): Promise<RelationOfParty[]> {
  const { rows } = await sql<RelationOfParty>`
    select r.party_id, r.id, r.unit_id, u.label as unit, r.relation, r.share_percent::float8 as share_percent, r.from_on, r.until_on
    from unit_parties r join units u on u.community_id = r.community_id and u.id = r.unit_id
    where r.community_id = ${communityId} and r.party_id = ${partyId}
    order by r.until_on desc nulls first, u.sort_key, r.id limit 200`.execute(tx);
  return rows;
}

export const listVehiclesOfParty = (tx: Tx, communityId: string, partyId: string) =>
  tx
    .selectFrom('vehicles')
    .select(['id', 'plate', 'unitId'])
    .where('communityId', '=', communityId)
    .where('partyId', '=', partyId)
    .orderBy('plate')
    .execute();

/** The units that a resident's account stands in now. */
export async function listUnitsOfResident(
  tx: Tx,
  communityId: string,
  accountId: string,
  today: Day,
): Promise<string[]> {
  const { rows } = await sql<{ unitId: string }>`
    select r.unit_id from resident_accounts a
    join unit_parties r on r.community_id = a.community_id and r.party_id = a.party_id
    where a.community_id = ${communityId} and a.account_id = ${accountId} and (r.until_on is null or r.until_on >= ${today})`.execute(
    tx,
  );
  return rows.map((row) => row.unitId);
}

/** One person's looks one after another, so that the limit can't be passed side by side. */
export async function lockLooks(tx: Tx, accountId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`reveal:${accountId}`}, 0))`.execute(tx);
}

/** Looks since an instant, and when the oldest of them was. */
export async function countLooks(
  tx: Tx,
  communityId: string,
  accountId: string,
  since: Instant,
): Promise<{ looks: number; oldestAt: Instant | null }> {
  const { rows } = await sql<{ looks: number; oldestAt: Instant | null }>`
    select count(*) as looks, min(at) as oldest_at from reveals
    where community_id = ${communityId} and account_id = ${accountId} and at > ${since}`.execute(tx);
  return rows[0] ?? { looks: 0, oldestAt: null };
}

export async function insertLook(
  tx: Tx,
  row: {
    communityId: string;
    id: string;
    partyId: string;
    field: RevealField;
    purpose: string;
    accountId: string;
    at: Instant;
    untilAt: Instant;
  },
): Promise<void> {
  await tx.insertInto('reveals').values(row).execute();
}
