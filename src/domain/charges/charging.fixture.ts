// A small community for the tests of charging: units with areas, owners, and prices, over HTTP as people enter them.
import type { Community, Person, TestHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';
import type { PriceRule } from './charge.contract.ts';

export type TestUnit = { id: string; partyId: string; label: string };

/** One building, units of 89.50 m², each with an owner since 2020. */
export async function householdsIn(house: TestHouse, community: Community, count: number): Promise<TestUnit[]> {
  const buildingId = newId();
  const units = Array.from({ length: count }, (_, n) => ({
    ...{ id: newId(), partyId: newId(), label: `3-1-${101 + n}`, room: String(101 + n) },
  }));
  const list = (row: (unit: (typeof units)[number], n: number) => string) => units.map(row).join(',');
  await house.asOwner(`
    insert into buildings (community_id, id, name) values ('${community.id}', '${buildingId}', '3');
    insert into units (community_id, id, building_id, entrance, room, label, sort_key, area_hundredths_m2, delivered_on)
      values ${list(({ id, room, label }) => `('${community.id}', '${id}', '${buildingId}', '1', '${room}', '${label}', '${label}', 8950, '2019-06-01')`)};
    insert into parties (community_id, id, kind, name, created_at)
      values ${list(({ partyId }, n) => `('${community.id}', '${partyId}', 'person', '业主${n + 1}', '2026-01-01T00:00:00Z')`)};
    insert into unit_parties (community_id, id, unit_id, party_id, relation, from_on)
      values ${list(({ id, partyId }) => `('${community.id}', '${newId()}', '${id}', '${partyId}', 'owner', '2020-01-01')`)}`);
  return units;
}

export const priceOf = (rule: PriceRule, from = '2026-01-01', more: object = {}) => ({
  from,
  rule,
  rounding: 'fen',
  payer: 'owner',
  unsoldPercent: 100,
  vacantPercent: 70,
  ...more,
});

export const management = (more: object = {}) => ({
  code: 'WY',
  name: '物业管理费',
  kind: 'management',
  dueDay: 25,
  first: priceOf({ kind: 'area', areaOf: 'built', priceTenThousandths: 28_000 }),
  ...more,
});

export async function itemIn(who: Person, community: Community, body: object = management()): Promise<string> {
  const made = await who.post(`${community.path}/charge-items`, body);
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return made.body.id;
}

export const metered = (more: object = {}) => ({
  code: 'SF',
  name: '水费',
  kind: 'water',
  dueDay: 25,
  first: priceOf({
    kind: 'metered',
    tiers: [{ upToThousandths: null, priceTenThousandths: 35_000 }],
    tiersOf: 'month',
    publicShare: { by: 'household', priceTenThousandths: 35_000 },
  }),
  ...more,
});
