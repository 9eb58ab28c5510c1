// SQL of the warranty register: contractors and their people, terms, and which firm answers from when.
import type { Day, Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { TermFact } from './warranty.rules.ts';

export type ContractorRow = {
  id: string;
  name: string;
  trades: string[];
  activeFrom: Day;
  activeUntil: Day | null;
  note: string;
  version: number;
};
export type PersonRow = {
  id: string;
  contractorId: string;
  name: string;
  duty: string;
  phoneMasked: string | null;
  accountId: string | null;
  username: string | null;
  isDisabled: boolean | null;
};

/** Two keepers of one register come one after the other, so that each sees what the other wrote. */
export async function lockRegister(tx: Tx, communityId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`warranties:${communityId}`}, 0))`.execute(tx);
}

export async function listContractorRows(tx: Tx, communityId: string, id?: string): Promise<ContractorRow[]> {
  let query = tx
    .selectFrom('contractors')
    .select(['id', 'name', 'trades', 'activeFrom', 'activeUntil', 'note', 'version'])
    .where('communityId', '=', communityId)
    .orderBy('name')
    .orderBy('id');
  if (id !== undefined) query = query.where('id', '=', id);
  return query.execute();
}

export const insertContractor = (
  tx: Tx,
  communityId: string,
  row: Omit<ContractorRow, 'version'> & { createdAt: Instant },
): Promise<unknown> =>
  tx
    .insertInto('contractors')
    .values({ ...row, communityId })
    .execute();

export const updateContractor = (
  tx: Tx,
  communityId: string,
  id: string,
  change: Partial<Omit<ContractorRow, 'id' | 'version'>>,
): Promise<unknown> =>
  tx
    .updateTable('contractors')
    .set((eb) => ({ ...change, version: eb('version', '+', 1) }))
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .execute();

export async function listPeopleRows(tx: Tx, communityId: string, contractorId?: string): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`
    select p.id, p.contractor_id, p.name, p.duty, p.phone_masked, p.account_id, a.username, a.disabled_at is not null as is_disabled
    from contractor_people p left join accounts a on a.id = p.account_id
    where p.community_id = ${communityId} and p.left_at is null and (${contractorId ?? null}::uuid is null or p.contractor_id = ${contractorId ?? null})
    order by p.contractor_id, p.sort, p.id`.execute(tx);
  return rows;
}

export type NewPerson = {
  id: string;
  contractorId: string;
  name: string;
  duty: string;
  phoneSealed: Buffer | null;
  phoneMasked: string | null;
  accountId: string | null;
  sort: number;
};
export const insertPerson = (tx: Tx, communityId: string, row: NewPerson): Promise<unknown> =>
  tx
    .insertInto('contractorPeople')
    .values({ ...row, communityId })
    .execute();

export const updatePerson = (
  tx: Tx,
  communityId: string,
  id: string,
  change: Partial<Omit<NewPerson, 'id' | 'contractorId'>> & { leftAt?: Instant },
): Promise<unknown> =>
  tx.updateTable('contractorPeople').set(change).where('communityId', '=', communityId).where('id', '=', id).execute();

export async function findPersonPhone(
  tx: Tx,
  communityId: string,
  contractorId: string,
  personId: string,
): Promise<{ phoneSealed: Buffer | null } | undefined> {
  return tx
    .selectFrom('contractorPeople')
    .select('phoneSealed')
    .where('communityId', '=', communityId)
    .where('contractorId', '=', contractorId)
    .where('id', '=', personId)
    .where('leftAt', 'is', null)
    .executeTakeFirst();
}

/** Accounts that hold the contractor's post in this community. */
export async function listContractorAccounts(tx: Tx, communityId: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select distinct g.account_id as id from role_grants g
    where g.role = 'contractor' and g.ended_at is null and (g.community_id = ${communityId} or g.community_id is null)
      and g.account_id = any (${[...ids]}::uuid[])`.execute(tx);
  return rows.map((row) => row.id);
}

/** The firm an account stands for; null: none. */
export async function firmOfAccount(tx: Tx, communityId: string, accountId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('contractorPeople')
    .select('contractorId')
    .where('communityId', '=', communityId)
    .where('accountId', '=', accountId)
    .where('leftAt', 'is', null)
    .executeTakeFirst();
  return row?.contractorId ?? null;
}

/** Those of a firm who sign in, in the order of its list; disabled accounts left out. */
export async function accountsOfFirm(tx: Tx, communityId: string, contractorId: string): Promise<string[]> {
  const people = await listPeopleRows(tx, communityId, contractorId);
  return people.flatMap((one) => (one.accountId !== null && one.isDisabled === false ? [one.accountId] : []));
}

export type TermRow = TermFact & { version: number; building: string | null; unit: string | null };

export async function listTermRows(
  tx: Tx,
  communityId: string,
  filter: { id?: string; category?: string } = {},
): Promise<TermRow[]> {
  const { rows } = await sql<TermRow>`
    select t.id, t.covers, t.building_id, t.unit_id, t.category, t.part, t.months, t.until_on, t.starts_on, t.version,
           b.name as building, u.label as unit,
           (select json_agg(json_build_object('contractorId', k.contractor_id, 'fromOn', k.from_on) order by k.from_on desc nulls last)
              from warranty_keepers k where k.community_id = t.community_id and k.term_id = t.id) as keepers
    from warranty_terms t
    left join buildings b on b.community_id = t.community_id and b.id = t.building_id
    left join units u on u.community_id = t.community_id and u.id = t.unit_id
    where t.community_id = ${communityId} and t.removed_at is null
      and (${filter.id ?? null}::uuid is null or t.id = ${filter.id ?? null})
      and (${filter.category ?? null}::text is null or t.category = ${filter.category ?? null})
    order by t.covers desc, t.category, t.part nulls first, t.id`.execute(tx);
  return rows;
}

/** Terms that can matter in one place: everybody's, its building's, its own. A register may hold a date a unit. */
export async function listTermsFor(
  tx: Tx,
  communityId: string,
  where: { unitId: string | null; buildingId: string | null },
  category?: string,
): Promise<TermRow[]> {
  const { rows } = await sql<TermRow>`
    select t.id, t.covers, t.building_id, t.unit_id, t.category, t.part, t.months, t.until_on, t.starts_on, t.version,
           null as building, null as unit,
           (select json_agg(json_build_object('contractorId', k.contractor_id, 'fromOn', k.from_on))
              from warranty_keepers k where k.community_id = t.community_id and k.term_id = t.id) as keepers
    from warranty_terms t
    where t.community_id = ${communityId} and t.removed_at is null
      and (t.unit_id is null or t.unit_id = ${where.unitId}::uuid) and (t.building_id is null or t.building_id = ${where.buildingId}::uuid)
      and (${category ?? null}::text is null or t.category = ${category ?? null})`.execute(tx);
  return rows;
}

export const insertTerm = (
  tx: Tx,
  communityId: string,
  row: Omit<TermFact, 'keepers'> & { createdAt: Instant },
): Promise<unknown> =>
  tx
    .insertInto('warrantyTerms')
    .values({ ...row, communityId })
    .execute();

export const updateTerm = (tx: Tx, communityId: string, id: string, change: { removedAt?: Instant }) =>
  tx
    .updateTable('warrantyTerms')
    .set((eb) => ({ ...change, version: eb('version', '+', 1) }))
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .execute();

export const insertKeeper = (
  tx: Tx,
  communityId: string,
  row: {
    id: string;
    termId: string;
    contractorId: string;
    fromOn: Day | null;
    enteredBy: string | null;
    enteredAt: Instant;
  },
): Promise<unknown> =>
  tx
    .insertInto('warrantyKeepers')
    .values({ ...row, communityId })
    .execute();

export const findUnitWhere = (tx: Tx, communityId: string, unitId: string) =>
  tx
    .selectFrom('units')
    .select(['id as unitId', 'buildingId', 'deliveredOn', 'label'])
    .where('communityId', '=', communityId)
    .where('id', '=', unitId)
    .executeTakeFirst();

export const listBuildingRows = (tx: Tx, communityId: string) =>
  tx
    .selectFrom('buildings')
    .select(['id', 'name', 'deliveredOn'])
    .where('communityId', '=', communityId)
    .orderBy('sortKey')
    .orderBy('id')
    .execute();

export async function listDeliveryRows(
  tx: Tx,
  communityId: string,
): Promise<{ id: string; name: string; deliveredOn: Day | null; units: number; unitsWithoutDay: number }[]> {
  const { rows } = await sql<{
    id: string;
    name: string;
    deliveredOn: Day | null;
    units: number;
    unitsWithoutDay: number;
  }>`
    select b.id, b.name, b.delivered_on, count(u.id)::int as units,
           (count(u.id) filter (where u.delivered_on is null))::int as units_without_day
    from buildings b left join units u on u.community_id = b.community_id and u.building_id = b.id
    where b.community_id = ${communityId} group by b.id, b.name, b.delivered_on, b.sort_key order by b.sort_key, b.id`.execute(
    tx,
  );
  return rows;
}

export const updateDelivery = async (tx: Tx, communityId: string, id: string, deliveredOn: Day | null) => {
  const { numUpdatedRows } = await tx
    .updateTable('buildings')
    .set({ deliveredOn })
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
};

export const insertReveal = (
  tx: Tx,
  row: {
    communityId: string;
    id: string;
    personId: string;
    purpose: string;
    accountId: string;
    at: Instant;
    untilAt: Instant;
  },
): Promise<unknown> => tx.insertInto('contractorReveals').values(row).execute();
