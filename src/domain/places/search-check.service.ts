// What `verify` asks of the search tokens 检索词: a household is found by all that it should be found by, and sealed
// values open with this key.
import { dayOf } from '../../kernel/time.ts';
import { type Breach, type Check, checkPage } from '../../platform/checks.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import { digitsHash, openPersonal } from '../parties/party-seal.service.ts';
import { searchTokens } from './search.rules.ts';
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
