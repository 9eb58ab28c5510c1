// What `verify` asks of the search tokens 检索词: a household is found by all that it should be found by, and sealed
// values open with this key.
import { dayOf, plusDays } from '../../kernel/time.ts';
import { type Breach, type Check, checkPage } from '../../platform/checks.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import { digitsHash, openPersonal } from '../parties/party-seal.service.ts';
import { partyTokens, searchTokens } from './search.rules.ts';
import { daysCaughtUp } from './search-index.service.ts';
import { listResidents, listUnitsByIds, listVehicles } from './unit.store.ts';

export const householdsAreFound: Check = async function* (tx, house) {
  const communities = await tx.selectFrom('communities').select('id').orderBy('id').execute();
  for (const { id: communityId } of communities)
    for (let after = ''; ; ) {
      const { rows } = await sql<{ id: string }>`
        select id from units where community_id = ${communityId} and (${after} = '' or id > nullif(${after}, '')::uuid)
        order by id limit ${checkPage}`.execute(tx);
      const ids = rows.map((row) => row.id);
      if (ids.length > 0) yield* checkUnits(tx, house, communityId, ids);
      if (rows.length < checkPage) break;
      after = ids.at(-1) ?? '';
    }
};

async function* checkUnits(tx: Tx, house: House, communityId: string, ids: readonly string[]): AsyncGenerator<Breach> {
  const units = await listUnitsByIds(tx, communityId, ids);
  const residents = await listResidents(tx, communityId, ids, dayOf(house.time.now()));
  const vehicles = await listVehicles(tx, communityId, ids);
  const tokens = await sql<{ nounId: string; tokens: string[] }>`
    select noun_id, array_agg(token) as tokens from search_tokens
    where community_id = ${communityId} and noun = 'unit' and noun_id = any(${ids}::uuid[]) group by 1`.execute(tx);
  const kept = new Map(tokens.rows.map((row) => [row.nounId, new Set(row.tokens)]));
  const hash = digitsHash(house, communityId);
  for (const unit of units) {
    const parties: { name: string; phones: string[] }[] = [];
    for (const one of residents.filter((resident) => resident.unitId === unit.id))
      try {
        const phones = one.phoneSealed ? [openPersonal(house, communityId, one.partyId, 'phone', one.phoneSealed)] : [];
        parties.push({ name: one.name, phones });
      } catch {
        yield { communityId, what: 'sealed_value_unreadable', facts: { partyId: one.partyId } };
      }
    const plates = vehicles.filter((vehicle) => vehicle.unitId === unit.id).map((vehicle) => vehicle.plate);
    const missing = searchTokens({ unit, parties, plates }, hash).filter((token) => !kept.get(unit.id)?.has(token));
    if (missing.length > 0)
      yield { communityId, what: 'tokens_missing', facts: { unitId: unit.id, missing: missing.length } };
  }
}

/** Who belongs to no household today is found by an own name and phone; until the night's work, at the home left. */
export const peopleAreFound: Check = async function* (tx, house): AsyncGenerator<Breach> {
  const today = dayOf(house.time.now());
  const caughtUpFrom = plusDays(today, -daysCaughtUp);
  const { rows: communities } = await sql<{ id: string }>`select id from communities order by id`.execute(tx);
  for (const { id: communityId } of communities) {
    const hash = digitsHash(house, communityId);
    for (let after = ''; ; ) {
      const { rows } = await sql<{ id: string; name: string; phoneSealed: Buffer | null; tokens: string[] }>`
        select p.id, p.name, p.phone_sealed, array(select s.token from search_tokens s
          where s.community_id = p.community_id and s.noun = 'party' and s.noun_id = p.id
          union all select s.token from unit_parties r join search_tokens s
            on s.community_id = r.community_id and s.noun = 'unit' and s.noun_id = r.unit_id
          where r.community_id = p.community_id and r.party_id = p.id and r.until_on >= ${caughtUpFrom}) as tokens
        from parties p where p.community_id = ${communityId} and (${after} = '' or p.id > nullif(${after}, '')::uuid)
          and exists (select 1 from unit_parties r where r.community_id = p.community_id and r.party_id = p.id)
          and not exists (select 1 from unit_parties r where r.community_id = p.community_id and r.party_id = p.id
            and (r.until_on is null or r.until_on >= ${today}))
        order by p.id limit ${checkPage}`.execute(tx);
      for (const one of rows) {
        let phones: string[];
        try {
          phones = one.phoneSealed ? [openPersonal(house, communityId, one.id, 'phone', one.phoneSealed)] : [];
        } catch {
          yield { communityId, what: 'sealed_value_unreadable', facts: { partyId: one.id } };
          continue;
        }
        const kept = new Set(one.tokens);
        const missing = partyTokens({ name: one.name, phones }, hash).filter((token) => !kept.has(token));
        if (missing.length > 0)
          yield { communityId, what: 'tokens_missing', facts: { partyId: one.id, missing: missing.length } };
      }
      if (rows.length < checkPage) break;
      after = rows.at(-1)?.id ?? '';
    }
  }
};
