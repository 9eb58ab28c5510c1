// Keeps the search tokens 检索词 true, in the transaction that changes what they say. A unit carries the tokens of the
// people who belong to it today; a party carries its own only once it belongs to none, so that nobody is lost and
// nothing is written twice.
import { type Day, dayOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import type { Call } from '../access/call.ts';
import { digitsHash, openPersonal } from '../parties/party-seal.service.ts';
import { partyTokens, searchTokens } from './search.rules.ts';
import { deleteTokens, insertTokens } from './search.store.ts';
import {
  listEnded,
  listLooseParties,
  listResidents,
  listUnfound,
  listUnitsByIds,
  listUnitsOfParty,
  listVehicles,
} from './unit.store.ts';

export type Indexing = Pick<Call, 'house' | 'communityId' | 'now'>;

/** Parties read and written in one go. */
const peopleBatch = 1_000;

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
  const { communityId } = call;
  await indexUnits(tx, call, await listUnitsOfParty(tx, communityId, partyId, dayOf(call.now)));
  await indexPeople(tx, call, [partyId]);
}

/** Whose relations changed: of these, who belongs to no unit today gets own tokens, and the others lose theirs. */
export async function indexPeople(tx: Tx, call: Indexing, partyIds: readonly string[]): Promise<void> {
  const { house, communityId } = call;
  const hash = digitsHash(house, communityId);
  for (let from = 0; from < partyIds.length; from += peopleBatch) {
    const ids = partyIds.slice(from, from + peopleBatch);
    const loose = await listLooseParties(tx, communityId, ids, dayOf(call.now));
    await deleteTokens(tx, communityId, 'party', ids);
    await insertTokens(
      tx,
      communityId,
      'party',
      loose.flatMap(({ id, name, phoneSealed }) =>
        partyTokens({ name, phones: phonesOf(house, communityId, id, phoneSealed) }, hash).map((token) => ({
          id,
          token,
        })),
      ),
    );
  }
}

/** Units dealt with in one go by housekeeping. */
const dueBatch = 500;

/** A program that slept through some midnights catches up on a month of them. */
export const daysCaughtUp = 31;

/**
 * A relation ends at midnight and nobody writes anything: units whose relation ended on one of these days lose the
 * tokens of who left, and who belongs nowhere now gets own ones. So does who was left without: the program slept for
 * longer, or an earlier version of it never gave any. Answers how many units.
 */
export async function indexEnded(tx: Tx, house: House, fromDay: Day, today: Day): Promise<number> {
  const communities = await tx.selectFrom('communities').select('id').orderBy('id').execute();
  let done = 0;
  for (const { id: communityId } of communities) {
    const call = { house, communityId, now: house.time.now() };
    const ended = await listEnded(tx, communityId, fromDay, today);
    ended.push(...(await listUnfound(tx, communityId, today)));
    const units = [...new Set(ended.map((one) => one.unitId))];
    for (let from = 0; from < units.length; from += dueBatch)
      await indexUnits(tx, call, units.slice(from, from + dueBatch));
    await indexPeople(tx, call, [...new Set(ended.map((one) => one.partyId))]);
    done += units.length;
  }
  return done;
}
