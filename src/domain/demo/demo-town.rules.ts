// The demo communities on paper 演示小区: buildings, units, who lives there, what they drive, what is under warranty.
import { type Day, plusDays } from '../../kernel/time.ts';
import type { UnitPlace } from '../places/room.rules.ts';
import { lastDayOf } from '../warranties/warranty.rules.ts';
import { companyNames, doubleSurnames, femaleNames, maleNames, surnames } from './demo-names.words.ts';
import { demoRegister } from './demo-warranties.words.ts';
import type { Random } from './seeded-random.rules.ts';

/** Entrances × floors × doors a floor. */
export type BuildingShape = { entrances: number; floors: number; doors: number; deliveredYearsAgo: number };

export type CommunityPlan = {
  code: 'LYHT' | 'CTJY';
  name: string;
  preset: 'luxury' | 'standard';
  buildings: readonly BuildingShape[];
  /** Living area of the doors of one floor, hundredths of m². */
  areasHundredthsM2: readonly [number, number];
  /** Cars a household. */
  vehicleChance: number;
};

const shape = (entrances: number, floors: number, doors: number, deliveredYearsAgo: number): BuildingShape => ({
  entrances,
  floors,
  doors,
  deliveredYearsAgo,
});

/** 1,248 and 864 households (the interface's own figures). */
export const communityPlans: readonly CommunityPlan[] = [
  {
    code: 'LYHT',
    name: '澜悦华庭',
    preset: 'luxury',
    areasHundredthsM2: [9640, 22_850],
    vehicleChance: 0.82,
    buildings: [
      shape(2, 26, 2, 7),
      shape(2, 26, 2, 7),
      shape(2, 18, 3, 7),
      shape(1, 26, 4, 6),
      shape(2, 25, 2, 6),
      shape(2, 18, 3, 6),
      shape(2, 26, 2, 4),
      shape(1, 26, 4, 4),
      shape(2, 25, 2, 3),
      shape(2, 18, 3, 1),
      shape(2, 26, 2, 1),
      shape(2, 25, 2, 0),
    ],
  },
  {
    code: 'CTJY',
    name: '春台家园',
    preset: 'standard',
    areasHundredthsM2: [5620, 12_480],
    vehicleChance: 0.46,
    buildings: [
      shape(4, 12, 2, 13),
      shape(4, 12, 2, 13),
      shape(4, 12, 2, 13),
      shape(2, 16, 3, 12),
      shape(2, 16, 3, 12),
      shape(2, 16, 3, 11),
      shape(1, 24, 4, 9),
      shape(1, 24, 4, 9),
      shape(1, 24, 4, 1),
    ],
  },
];

export type PlannedParty = {
  kind: 'person' | 'company';
  name: string;
  phone: string | null;
  identity: string | null;
  wantsGreetings: boolean;
};
export type PlannedRelation = {
  /** Index into `parties`. */
  party: number;
  relation: 'owner' | 'lessee' | 'family' | 'carer' | 'contact';
  sharePercent: number | null;
  fromOn: Day;
  untilOn: Day | null;
};
export type PlannedUnit = UnitPlace & {
  building: string;
  areaHundredthsM2: number;
  usage: 'residential' | 'shop';
  state: 'unsold' | 'vacant' | 'occupied' | 'renovating' | 'let';
  deliveredOn: Day | null;
  keyCustody: boolean;
  relations: PlannedRelation[];
  plates: string[];
  /** Repair category → last day. */
  warranties: Map<string, Day>;
};
export type Town = { units: PlannedUnit[]; parties: PlannedParty[] };

/**
 * Mobile numbers in China begin with 13 to 19; 100 to 109 were never given to telephones (10xxx are service numbers of five
 * digits, 106… sends short messages). Eleven digits after 102, 103, 104 and 107 reach nobody, and our own rule of what a
 * mobile number looks like accepts them.
 */
const unusedPrefixes = ['102', '103', '104', '107'] as const;
/** 999999 is no administrative division, so no identity number begins with it. */
const unusedRegion = '999999';

/** `scale` below 1 lowers the buildings, for tests. */
export function planTown(random: Random, plan: CommunityPlan, today: Day, scale = 1): Town {
  const town: Town = { units: [], parties: [] };
  const phones = new Set<string>();
  const plates = new Set<string>();

  const phone = (): string => {
    for (;;) {
      const digits = `${random.pick(unusedPrefixes)}${String(random.between(0, 99_999_999)).padStart(8, '0')}`;
      if (phones.has(digits)) continue;
      phones.add(digits);
      return digits;
    }
  };
  /** I and O are never on a plate, so each of these has one: none belongs to a car. */
  const plate = (): string => {
    const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
    for (;;) {
      const isElectric = random.chance(0.3);
      const serial = [...Array(isElectric ? 5 : 4)].map(() =>
        random.chance(0.75) ? String(random.between(0, 9)) : random.pick([...letters]),
      );
      serial.splice(random.between(1, 2), 0, random.pick(['I', 'O']));
      const text = `${random.weighted([
        ['粤', 8],
        ['湘', 1],
        ['赣', 1],
        ['桂', 1],
      ])}${random.pick([...'ABCEFGH'])}${serial.join('')}`;
      if (plates.has(text)) continue;
      plates.add(text);
      return text;
    }
  };
  const surname = (): string =>
    random.chance(0.012)
      ? random.pick(doubleSurnames)
      : (surnames[Math.min(surnames.length - 1, Math.floor(random.next() ** 1.9 * surnames.length))] as string);
  const person = (family: string, options: { phone?: number; identity?: number; isMale?: boolean } = {}): number => {
    const isMale = options.isMale ?? random.chance(0.52);
    town.parties.push({
      kind: 'person',
      name: `${family}${random.pick(isMale ? maleNames : femaleNames)}`,
      phone: random.chance(options.phone ?? 0.98) ? phone() : null,
      identity: random.chance(options.identity ?? 0)
        ? `${unusedRegion}${random.between(1950, 2004)}${String(random.between(1, 12)).padStart(2, '0')}${String(random.between(1, 28)).padStart(2, '0')}${String(random.between(0, 9999)).padStart(4, '0')}`
        : null,
      wantsGreetings: random.chance(0.3),
    });
    return town.parties.length - 1;
  };

  for (const [index, building] of plan.buildings.entries()) {
    const floors = Math.max(1, Math.round(building.floors * scale));
    const deliveredOn = plusDays(today, -Math.max(120, building.deliveredYearsAgo * 365 + random.between(20, 160)));
    const [low, high] = plan.areasHundredthsM2;
    for (let entrance = 1; entrance <= building.entrances; entrance++) {
      // Doors above one another have one floor plan.
      const plans = [...Array(building.doors)].map(() => Math.round(random.between(low, high) / 5) * 5);
      for (let floor = 1; floor <= floors; floor++)
        for (let door = 1; door <= building.doors; door++) {
          const isFirst = index === 0 && entrance === 1 && floor === 1 && door === 1;
          const isTop = floor === floors && floors > 3;
          const unit: PlannedUnit = {
            building: String(index + 1),
            entrance: building.entrances === 1 ? '' : String(entrance),
            room: `${floor}${String(door).padStart(2, '0')}`,
            areaHundredthsM2: Math.round((plans[door - 1] ?? low) * (isTop && random.chance(0.5) ? 1.42 : 1)),
            usage: !isFirst && floor === 1 && index % 5 === 3 && door > 1 ? 'shop' : 'residential',
            state: isFirst ? 'occupied' : stateOfUnit(random, building.deliveredYearsAgo),
            deliveredOn,
            keyCustody: false,
            relations: [],
            plates: [],
            warranties: new Map(),
          };
          if (unit.state === 'unsold') unit.deliveredOn = null;
          else settle(unit, isFirst);
          if (unit.deliveredOn) unit.warranties = warrantiesOf(unit.deliveredOn, plan.code);
          town.units.push(unit);
        }
    }
  }
  return town;

  /** Owners, lessees and families move in. */
  function settle(unit: PlannedUnit, isFirst: boolean): void {
    const since = unit.deliveredOn ?? today;
    const daysThere = Math.max(1, daysSince(since, today));
    const add = (
      party: number,
      relation: PlannedRelation['relation'],
      fromOn: Day,
      sharePercent: number | null = null,
    ) => unit.relations.push({ party, relation, sharePercent, fromOn, untilOn: null });
    const family = surname();
    if (!isFirst && random.chance(unit.usage === 'shop' ? 0.35 : 0.015)) {
      town.parties.push({
        kind: 'company',
        name: `${random.pick(companyNames)}`,
        phone: phone(),
        identity: null,
        wantsGreetings: false,
      });
      add(town.parties.length - 1, 'owner', since, 100);
    } else {
      const hasBought = random.chance(0.14);
      const from = hasBought ? plusDays(since, random.between(1, daysThere)) : since;
      if (hasBought && from > since) {
        const before = person(surname(), { identity: 0.3 });
        unit.relations.push({
          party: before,
          relation: 'owner',
          sharePercent: 100,
          fromOn: since,
          untilOn: plusDays(from, -1),
        });
      }
      const isJoint = isFirst || random.chance(0.31);
      add(person(family, { identity: 0.4, isMale: random.chance(0.6) }), 'owner', from, isJoint ? 50 : 100);
      if (isJoint) add(person(surname(), { identity: 0.35, isMale: random.chance(0.3) }), 'owner', from, 50);
    }
    if (unit.state === 'let') {
      const from = plusDays(today, -random.between(10, Math.min(daysThere, 900)));
      const lessee = surname();
      add(person(lessee, { phone: 0.97 }), 'lessee', from);
      if (random.chance(0.35)) add(person(surname(), { phone: 0.8 }), 'lessee', from);
    }
    if (unit.state === 'vacant') {
      unit.keyCustody = random.chance(0.35);
      if (random.chance(0.25)) add(person(surname(), { phone: 1 }), 'contact', since);
      return;
    }
    if (unit.state === 'renovating') {
      unit.keyCustody = random.chance(0.6);
      if (random.chance(0.7))
        add(person(surname(), { phone: 1, isMale: true }), 'contact', plusDays(today, -random.between(5, 80)));
      return;
    }
    const relatives = isFirst
      ? 2
      : random.weighted([
          [0, 24],
          [1, 30],
          [2, 28],
          [3, 14],
          [4, 4],
        ]);
    for (let one = 0; one < relatives; one++)
      add(person(random.chance(0.7) ? family : surname(), { phone: 0.55 }), 'family', since);
    if (random.chance(0.025))
      add(person(surname(), { phone: 1, isMale: false }), 'carer', plusDays(today, -random.between(20, 400)));
    if (isFirst || random.chance(plan.vehicleChance)) unit.plates.push(plate());
    if (random.chance(plan.vehicleChance / 4)) unit.plates.push(plate());
  }
}

/** The newer the building, the more is unsold, empty or being fitted out. */
function stateOfUnit(random: Random, deliveredYearsAgo: number): PlannedUnit['state'] {
  if (deliveredYearsAgo === 0)
    return random.weighted([
      ['unsold', 9],
      ['vacant', 30],
      ['renovating', 24],
      ['occupied', 32],
      ['let', 5],
    ]);
  if (deliveredYearsAgo === 1)
    return random.weighted([
      ['unsold', 3],
      ['vacant', 18],
      ['renovating', 9],
      ['occupied', 56],
      ['let', 14],
    ]);
  return random.weighted([
    ['vacant', 7],
    ['renovating', 2],
    ['occupied', 74],
    ['let', 17],
  ]);
}

/** Months from delivery, the longest of each category, as the demo's register has them. */
function warrantiesOf(deliveredOn: Day, code: keyof typeof demoRegister): Map<string, Day> {
  const longest = new Map<string, number>();
  for (const term of demoRegister[code].terms)
    if (term.covers === 'units') longest.set(term.category, Math.max(longest.get(term.category) ?? 0, term.months));
  return new Map([...longest].map(([category, months]) => [category, lastDayOf(deliveredOn, months)]));
}

const daysSince = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
