// A unit, an item and its facts for the tests of charges.
import type { PriceRule, PriceVersion } from './charge.contract.ts';
import { type ChargeFacts, computeCharge, monthPeriod } from './charge.rules.ts';
import { formulaNames } from './formula.words.ts';

/** Ids that read as what they are for: `id('unit', 1)`. */
export function id(noun: 'item' | 'unit' | 'version' | 'party' | 'row', number: number): string {
  const first = { item: 1, unit: 2, version: 3, party: 4, row: 5 }[noun];
  return `0000000${first}-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

export const areaRule = { kind: 'area', areaOf: 'built', priceTenThousandths: 28_000 } satisfies PriceRule;

export const version = (rule: PriceRule, from = '2020-01-01', more: Partial<PriceVersion> = {}): PriceVersion => ({
  id: id('version', Number(from.replaceAll('-', ''))),
  from,
  rule,
  rounding: 'fen',
  payer: 'owner',
  unsoldPercent: 100,
  vacantPercent: 70,
  ...more,
});

export const facts = (rule: PriceRule = areaRule, more: Partial<ChargeFacts> = {}): ChargeFacts => ({
  item: { id: id('item', 1), months: [], versions: [version(rule)] },
  unit: { id: id('unit', 1), areaHundredthsM2: 8950, innerAreaHundredthsM2: 7000 },
  overrides: [],
  free: [],
  soldFrom: '2019-01-01',
  developerId: id('party', 9),
  owners: [{ from: '2019-01-01', until: null, partyId: id('party', 1) }],
  lessees: [],
  vacancies: [],
  vehicles: [],
  usage: null,
  formula: {},
  ...more,
});

export function charge(given: ChargeFacts, month = '2026-11') {
  const { charge: computed, fault } = computeCharge(given, monthPeriod(month), formulaNames);
  if (computed === null) throw new Error(fault ? `${fault.code} ${fault.found}` : 'not charged');
  return computed;
}
