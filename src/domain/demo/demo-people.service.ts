// Fills places and people 房户 of a demo community: accounts, buildings, units, households, areas.
import { newId } from '../../kernel/id.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import { insertAccount, insertGrant, nameSortKey } from '../access/account.store.ts';
import type { Actor } from '../access/permission.rules.ts';
import { sealPersonal } from '../parties/party-seal.service.ts';
import { insertBuildings, insertParties } from '../places/import.store.ts';
import { indexParty, indexUnits } from '../places/search-index.service.ts';
import { buildingSortKey, insertRelations, insertUnits, insertVehicles } from '../places/unit.store.ts';
import { insertAreas, keepWishesForGreetings } from './demo.store.ts';
import type { DemoAccount } from './demo-staff.words.ts';
import type { Town } from './demo-town.rules.ts';

export type Hired = {
  house: House;
  organizationId: string;
  passwordHash: string;
  /** Who gave the posts. */
  founderId: string;
  /** When they began: before the first case. */
  at: Instant;
};

/** Makes accounts with their posts; answers who they are, by user name. */
export async function hire(
  tx: Tx,
  hired: Hired,
  communityId: string | null,
  people: readonly DemoAccount[],
): Promise<Map<string, Actor>> {
  const actors = new Map<string, Actor>();
  for (const { username, name, roles, department = null } of people) {
    // The founder's id was needed before there was an account to give posts with.
    const id = username === 'admin' ? hired.founderId : newId();
    const { organizationId, passwordHash, at } = hired;
    await insertAccount(tx, { id, organizationId, username, name, passwordHash, createdAt: at });
    for (const role of roles)
      await insertGrant(tx, {
        id: newId(),
        accountId: id,
        role,
        communityId,
        department,
        grantedBy: hired.founderId,
        createdAt: at,
      });
    actors.set(username, {
      accountId: id,
      organizationId,
      name,
      username,
      grants: roles.map((role) => ({ role, communityId, department })),
      cut: null,
    });
  }
  return actors;
}

export type Settled = { unitIds: string[]; partyIds: string[]; buildingIds: Map<string, string> };

export async function settleTown(
  tx: Tx,
  house: House,
  communityId: string,
  town: Town,
  at: Instant,
  now: Instant,
): Promise<Settled> {
  const names = [...new Set(town.units.map((unit) => unit.building))];
  const buildingIds = new Map(names.map((name) => [name, newId()]));
  await insertBuildings(
    tx,
    communityId,
    [...buildingIds].map(([name, id]) => ({ id, name, sortKey: buildingSortKey(name) })),
  );
  const unitIds = town.units.map(() => newId());
  await insertUnits(
    tx,
    communityId,
    town.units.map((unit, index) => ({
      ...unit,
      id: unitIds[index] as string,
      buildingId: buildingIds.get(unit.building) as string,
    })),
  );
  const partyIds = town.parties.map(() => newId());
  await insertParties(
    tx,
    communityId,
    town.parties.map(({ kind, name, phone, identity }, index) => {
      const id = partyIds[index] as string;
      const values = { ...(phone ? { phone } : {}), ...(identity ? { identity } : {}) };
      return { id, kind, name, namePinyin: nameSortKey(name), ...sealPersonal(house, communityId, id, values) };
    }),
    at,
  );
  await keepWishesForGreetings(
    tx,
    communityId,
    partyIds.filter((_, index) => town.parties[index]?.wantsGreetings),
  );
  const each = <Row>(make: (unit: Town['units'][number], unitId: string) => Row[]): Row[] =>
    town.units.flatMap((unit, index) => make(unit, unitIds[index] as string));
  await insertRelations(
    tx,
    communityId,
    each((unit, unitId) =>
      unit.relations.map((one) => ({ ...one, id: newId(), unitId, partyId: partyIds[one.party] as string })),
    ),
  );
  await insertVehicles(
    tx,
    communityId,
    each((unit, unitId) => {
      const driver = unit.relations.find((one) => one.untilOn === null);
      return unit.plates.map((plate) => ({
        id: newId(),
        unitId,
        plate,
        partyId: driver ? (partyIds[driver.party] as string) : null,
      }));
    }),
  );
  const indexing = { house, communityId, now };
  await indexUnits(tx, indexing, unitIds, true);
  // Who moved out belongs to no household any more and is found by himself.
  const atHome = new Set(
    town.units.flatMap((unit) => unit.relations.filter((one) => one.untilOn === null).map((one) => one.party)),
  );
  for (const [index, partyId] of partyIds.entries()) if (!atHome.has(index)) await indexParty(tx, indexing, partyId);
  return { unitIds, partyIds, buildingIds };
}

export async function assignAreas(
  tx: Tx,
  communityId: string,
  people: readonly DemoAccount[],
  actors: ReadonlyMap<string, Actor>,
  buildingIds: ReadonlyMap<string, string>,
): Promise<void> {
  await insertAreas(
    tx,
    communityId,
    people.flatMap(({ username, buildings = [] }) =>
      buildings.flatMap((number) => {
        const buildingId = buildingIds.get(String(number));
        const accountId = actors.get(username)?.accountId;
        return buildingId && accountId ? [{ id: newId(), accountId, buildingId }] : [];
      }),
    ),
  );
}
