// Keeps the search tokens 检索词 true, in the transaction that changes what they say. A unit carries the tokens of the
// people who belong to it today; a party carries its own only once it belongs to none, so that nobody is lost and
// nothing is written twice.
import { type Day, dayOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import type { Call } from '../access/call.ts';
import { findParty } from '../parties/party.store.ts';
import { digitsHash, openPersonal } from '../parties/party-seal.service.ts';
import { partyTokens, searchTokens } from './search.rules.ts';
import { deleteTokens, insertTokens } from './search.store.ts';
import { listEnded, listResidents, listUnitsByIds, listUnitsOfParty, listVehicles } from './unit.store.ts';

export type Indexing = Pick<Call, 'house' | 'communityId' | 'now'>;

/** `areNew`: there can be no tokens of them yet. */
export async function indexUnits(tx: Tx, call: Indexing, unitIds: readonly string[], areNew = false): Promise<void> {
  if (unitIds.length === 0) return;
  const { house, communityId } = call;
  const units = await listUnitsByIds(tx, communityId, unitIds);
  const residents = groupBy(await listResidents(tx, communityId, unitIds, dayOf(call.now)), (row) => row.unitId);
  const vehicles = groupBy(await listVehicles(tx, communityId, unitIds), (row) => row.unitId);
  const hash = digitsHash(house, communityId);
  const rows = units.flatMap((unit) =>
    searchTokens(
      {
        unit,
        parties: (residents.get(unit.id) ?? []).map((one) => ({
          name: one.name,
          phones: phonesOf(house, communityId, one.partyId, one.phoneSealed),
        })),
        plates: (vehicles.get(unit.id) ?? []).map((one) => one.plate),
      },
      hash,
    ).map((token) => ({ id: unit.id, token })),
  );
  if (!areNew) await deleteTokens(tx, communityId, 'unit', unitIds);
  await insertTokens(tx, communityId, 'unit', rows);
}

const phonesOf = (house: House, communityId: string, partyId: string, sealed: Buffer | null): string[] =>
  sealed === null ? [] : [openPersonal(house, communityId, partyId, 'phone', sealed)];

function groupBy<Row>(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}

/** After a change of a party: its units, or itself when it belongs to none. */
export async function indexParty(tx: Tx, call: Indexing, partyId: string): Promise<void> {
  const { house, communityId } = call;
  const unitIds = await listUnitsOfParty(tx, communityId, partyId, dayOf(call.now));
  await deleteTokens(tx, communityId, 'party', [partyId]);
  if (unitIds.length > 0) return indexUnits(tx, call, unitIds);
  const party = await findParty(tx, communityId, partyId);
  if (!party) return;
  const facts = { name: party.name, phones: phonesOf(house, communityId, partyId, party.phoneSealed) };
  const tokens = partyTokens(facts, digitsHash(house, communityId));
  await insertTokens(
    tx,
    communityId,
    'party',
    tokens.map((token) => ({ id: partyId, token })),
  );
}

/** Units and parties dealt with in one go by housekeeping. */
const dueBatch = 500;

/**
 * A relation ends at midnight and nobody writes anything: units whose relation ended on one of these days lose the
 * tokens of who left, and who belongs nowhere now gets own ones. Answers how many units.
 */
export async function indexEnded(tx: Tx, house: House, fromDay: Day, today: Day): Promise<number> {
  const communities = await tx.selectFrom('communities').select('id').orderBy('id').execute();
  let done = 0;
  for (const { id: communityId } of communities) {
    const call = { house, communityId, now: house.time.now() };
    const ended = await listEnded(tx, communityId, fromDay, today);
    const units = [...new Set(ended.map((one) => one.unitId))];
    for (let from = 0; from < units.length; from += dueBatch)
      await indexUnits(tx, call, units.slice(from, from + dueBatch));
    for (const partyId of new Set(ended.map((one) => one.partyId))) await indexParty(tx, call, partyId);
    done += units.length;
  }
  return done;
}
