// Search as you type 搜索: households, people, cases and pages by whatever somebody remembers (api, eight ways).
import { Refusal } from '../../kernel/refusal.ts';
import { dayOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { machineMs } from '../../platform/time-source.ts';
import { listMyCommunities } from '../access/account.service.ts';
import { type Call, callRoles, type InputOf, reachOf, readIn } from '../access/call.ts';
import { listOwnUnits } from '../parties/own-households.service.ts';
import { digitsHash, openPersonal } from '../parties/party-seal.service.ts';
import { type Sight, seenName, sightOf } from '../parties/party-sight.rules.ts';
import { pages } from './page.words.ts';
import { type Probe, parseQuery, partyTokens, type TokenKind, textTokens } from './search.rules.ts';
import { type Hit, probeTokens, replaceTokens, type SearchNoun } from './search.store.ts';
import type { CaseHit, MatchedBy, PartyItem, ReceiptHit, SearchAnswer, UnitItem, unitRoutes } from './unit.contract.ts';
import {
  listCurrentUnitsOfParties,
  listPartyRows,
  listResidents,
  listUnitsByIds,
  type ResidentRow,
  type UnitRow,
} from './unit.store.ts';

/** Cases by number and words that this caller may see; the cases answer it, handed over in the wiring. */
export type CasesFound = (tx: Tx, call: Call, text: string, limit: number) => Promise<CaseHit[]>;
let casesFound: CasesFound = async () => [];
export const linkCasesFound = (work: CasesFound): void => {
  casesFound = work;
};

/** Receipts by their number; the receipts answer it. */
export type ReceiptsFound = (tx: Tx, call: Call, text: string, limit: number) => Promise<ReceiptHit[]>;
let receiptsFound: ReceiptsFound = async () => [];
export const linkReceiptsFound = (work: ReceiptsFound): void => {
  receiptsFound = work;
};

const matchedBy: Record<TokenKind, MatchedBy> = {
  room: 'room',
  word: 'name',
  pinyin: 'pinyin',
  initials: 'initials',
  phone: 'phone',
  phoneTail: 'phone-tail',
  plate: 'plate',
  code: 'code',
  bigram: 'text',
};
/** These kinds of token belong to cases, which are asked for by their own slice. */
const caseKinds: readonly TokenKind[] = ['code', 'bigram'];

/** Rows taken per probe: more than a screen shows, few enough to stay one short index range. */
const probeCeiling = 60;

/** Tails tried per person within ten minutes†: nobody types as many, a list of all ten thousand takes hours. */
const tailLimit = { count: 300, withinMs: 600_000 };
const tailsTried = new Map<string, { count: number; untilMs: number }>();

function keepTailLimit(call: Call, probes: readonly Probe[]): void {
  if (!probes.some((probe) => probe.kind === 'phoneTail')) return;
  const nowMs = machineMs();
  if (tailsTried.size > 10_000) for (const [key, one] of tailsTried) if (one.untilMs < nowMs) tailsTried.delete(key);
  const known = tailsTried.get(call.actor.accountId);
  const tried = known && known.untilMs > nowMs ? known : { count: 0, untilMs: nowMs + tailLimit.withinMs };
  tried.count++;
  tailsTried.set(call.actor.accountId, tried);
  if (tried.count > tailLimit.count)
    throw new Refusal('too_many_requests', { retryAfterSeconds: Math.ceil((tried.untilMs - nowMs) / 1000) }, 429);
}

type Asked = { noun: SearchNoun; probe: Probe };
type Found = { id: string; kind: TokenKind; probe: Probe };

/** Ids by noun, each once, the likeliest first. */
function foundOf(asked: readonly Asked[], hits: readonly Hit[], noun: SearchNoun): Found[] {
  const found = new Map<string, Found>();
  for (const hit of hits.toSorted((a, b) => a.probe - b.probe)) {
    const probe = asked[hit.probe]?.probe;
    if (hit.noun === noun && probe && !found.has(hit.nounId))
      found.set(hit.nounId, { id: hit.nounId, kind: probe.kind, probe });
  }
  return [...found.values()];
}

/** One question to the tokens of households, and (unless only units are wanted) of those who belong to none any more. */
async function ask(tx: Tx, call: Call, text: string, own: readonly string[] | null, unitsOnly = false) {
  const probes = parseQuery(text, digitsHash(call.house, call.communityId));
  keepTailLimit(call, probes);
  if (own !== null && own.length === 0) return { units: [], parties: [] };
  // Whoever sees only households of their own sees nobody who belongs to none.
  const nouns: SearchNoun[] = own === null && !unitsOnly ? ['unit', 'party'] : ['unit'];
  const asked = probes
    .filter((probe) => !caseKinds.includes(probe.kind))
    .flatMap((probe) => nouns.map((noun): Asked => ({ noun, probe })));
  const hits = await probeTokens(tx, call.communityId, asked, probeCeiling, own);
  return { units: foundOf(asked, hits, 'unit'), parties: foundOf(asked, hits, 'party') };
}

export const shownUnit = (
  call: Pick<Call, 'communityId'>,
  unit: UnitRow,
  people: readonly ResidentRow[],
  sight: Sight,
  kind: TokenKind | null,
): UnitItem => ({
  id: unit.id,
  communityId: call.communityId,
  label: unit.label,
  building: unit.building,
  entrance: unit.entrance,
  room: unit.room,
  areaHundredthsM2: unit.areaHundredthsM2,
  usage: unit.usage,
  state: unit.state,
  people: people
    .filter((one) => one.unitId === unit.id)
    .map((one) => ({ partyId: one.partyId, name: seenName(one.name, sight), relation: one.relation })),
  matchedBy: kind && matchedBy[kind],
});

export async function searchUnits(tx: Tx, call: Call, text: string, limit: number): Promise<UnitItem[]> {
  const own = await listOwnUnits(tx, call, reachOf(call, 'household.read'));
  const { units } = await ask(tx, call, text, own, true);
  return (await unitsFound(tx, call, units, limit)).items;
}

async function unitsFound(tx: Tx, call: Call, found: readonly Found[], limit: number) {
  const rows = await listUnitsByIds(
    tx,
    call.communityId,
    found.map((one) => one.id),
  );
  const kinds = new Map(found.map((one, index) => [one.id, { ...one, rank: rankOf(found, one, index) }]));
  // The likeliest question first, within it the order of the buildings.
  const sorted = rows.toSorted(
    (a, b) => (kinds.get(a.id)?.rank ?? 0) - (kinds.get(b.id)?.rank ?? 0) || (a.sortKey < b.sortKey ? -1 : 1),
  );
  const shown = sorted.slice(0, limit);
  const residents = await listResidents(
    tx,
    call.communityId,
    shown.map((unit) => unit.id),
    dayOf(call.now),
  );
  const sight = sightOf(call.roles);
  const items = shown.map((unit) => shownUnit(call, unit, residents, sight, kinds.get(unit.id)?.kind ?? null));
  return { items, residents };
}

/** The place of its probe among the probes that found something. */
const rankOf = (found: readonly Found[], one: Found, index: number): number => {
  const first = found.findIndex((other) => other.probe === one.probe);
  return first < 0 ? index : first;
};

export async function searchParties(tx: Tx, call: Call, text: string, limit: number): Promise<PartyItem[]> {
  const own = await listOwnUnits(tx, call, reachOf(call, 'household.read'));
  const { units, parties } = await ask(tx, call, text, own);
  const { residents } = await unitsFound(tx, call, units, probeCeiling);
  return partiesFound(tx, call, units, parties, residents, limit);
}

/** Of the people in the units found those whom the question names; then those who belong to no unit any more. */
async function partiesFound(
  tx: Tx,
  call: Call,
  units: readonly Found[],
  parties: readonly Found[],
  residents: readonly ResidentRow[],
  limit: number,
): Promise<PartyItem[]> {
  const hash = digitsHash(call.house, call.communityId);
  const kinds = new Map<string, TokenKind>();
  for (const unit of units) {
    for (const one of residents) {
      if (one.unitId !== unit.id || kinds.has(one.partyId) || kinds.size >= limit) continue;
      if (unit.kind === 'room' || unit.kind === 'plate') kinds.set(one.partyId, unit.kind);
      else {
        const isPhone = unit.kind === 'phone' || unit.kind === 'phoneTail';
        const phones =
          isPhone && one.phoneSealed
            ? [openPersonal(call.house, call.communityId, one.partyId, 'phone', one.phoneSealed)]
            : [];
        const tokens = partyTokens({ name: isPhone ? '' : one.name, phones }, hash);
        const { match, token } = unit.probe;
        if (tokens.some((each) => (match === 'equal' ? each === token : each.startsWith(token))))
          kinds.set(one.partyId, unit.kind);
      }
    }
  }
  for (const one of parties) if (kinds.size < limit && !kinds.has(one.id)) kinds.set(one.id, one.kind);
  const ids = [...kinds.keys()];
  const rows = await listPartyRows(tx, call.communityId, { ids, today: dayOf(call.now) }, null, ids.length);
  const order = new Map(ids.map((id, index) => [id, index]));
  return shownParties(
    tx,
    call,
    rows.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0)),
    (id) => kinds.get(id) ?? null,
  );
}

export async function shownParties(
  tx: Tx,
  call: Call,
  rows: readonly { id: string; kind: 'person' | 'company'; name: string; phoneMasked: string | null }[],
  kindOf: (id: string) => TokenKind | null,
): Promise<PartyItem[]> {
  const units = await listCurrentUnitsOfParties(
    tx,
    call.communityId,
    rows.map((row) => row.id),
    dayOf(call.now),
  );
  const sight = sightOf(call.roles);
  return rows.map((row) => {
    const kind = kindOf(row.id);
    return {
      id: row.id,
      communityId: call.communityId,
      kind: row.kind,
      name: seenName(row.name, sight),
      phone: row.phoneMasked,
      units: units
        .filter((one) => one.partyId === row.id)
        .map(({ unitId, label, relation }) => ({ unitId, label, relation })),
      matchedBy: kind && matchedBy[kind],
    };
  });
}

/** By the spelling of the room alone: a name or a number typed here finds nothing, so nobody learns who lives where. */
export const findRooms = (call: Call, { query }: Pick<InputOf<(typeof unitRoutes)['findRooms']>, 'query'>) =>
  readIn(call, async (tx) => {
    const asked = parseQuery(query.q, digitsHash(call.house, call.communityId))
      .filter((probe) => probe.kind === 'room')
      .map((probe): Asked => ({ noun: 'unit', probe }));
    const found = foundOf(asked, await probeTokens(tx, call.communityId, asked, probeCeiling, null), 'unit');
    const rows = await listUnitsByIds(
      tx,
      call.communityId,
      found.map((one) => one.id),
    );
    const ranks = new Map(found.map((one, index) => [one.id, rankOf(found, one, index)]));
    return {
      items: rows
        .toSorted((a, b) => (ranks.get(a.id) ?? 0) - (ranks.get(b.id) ?? 0) || (a.sortKey < b.sortKey ? -1 : 1))
        .slice(0, query.limit)
        .map(({ id, label }) => ({ id, label })),
    };
  });

type SearchInput = Pick<InputOf<(typeof unitRoutes)['search']>, 'query'>;

export const search = (call: Call, { query }: SearchInput): Promise<SearchAnswer> =>
  readIn(call, async (tx) => ({
    ...(await searchIn(tx, call, query.q, query.limit)),
    pages: pagesOf(query.q),
  }));

async function searchIn(tx: Tx, call: Call, text: string, limit: number): Promise<Omit<SearchAnswer, 'pages'>> {
  const own = await listOwnUnits(tx, call, reachOf(call, 'household.read'));
  const found = await ask(tx, call, text, own);
  const { items, residents } = await unitsFound(tx, call, found.units, limit);
  const persons = await partiesFound(tx, call, found.units, found.parties, residents, limit);
  return {
    households: items,
    persons: persons.filter((one) => one.matchedBy !== 'room'),
    cases: reachOf(call, 'case.read') === null ? [] : await casesFound(tx, call, text, limit),
    receipts: reachOf(call, 'receipt.read') === null ? [] : await receiptsFound(tx, call, text, limit),
  };
}

function pagesOf(text: string): SearchAnswer['pages'] {
  const wanted = text.toLowerCase();
  return pages
    .filter(({ title, spellings }) => [title, ...spellings].some((name) => name.startsWith(wanted)))
    .map(({ page, title }) => ({ page, title }));
}

/** Over all communities in which I may search, one after the other: each has a scope of its own. */
export async function searchEverywhere(call: Call, { query }: SearchInput): Promise<SearchAnswer> {
  const answer: SearchAnswer = { households: [], persons: [], cases: [], receipts: [], pages: pagesOf(query.q) };
  for (const community of await callsByCommunity(call)) {
    const one = await readIn(community, (tx) => searchIn(tx, community, query.q, query.limit));
    answer.households.push(...one.households);
    answer.persons.push(...one.persons);
    answer.cases.push(...one.cases);
    answer.receipts.push(...one.receipts);
  }
  return answer;
}

/** The same call in each community where it may read households. */
async function callsByCommunity(call: Call): Promise<Call[]> {
  const known = await call.house.database.read([call.actor.organizationId], (tx) => listMyCommunities(tx, call.actor));
  return known
    .map((one) => ({ ...call, communityId: one.id, roles: callRoles(call.actor, one.id) }))
    .flatMap((one) => {
      const breadth = reachOf(one, 'household.read');
      return breadth === null ? [] : [{ ...one, breadth }];
    });
}

/** A case is found by pairs of neighbouring characters of its texts; whatever it said before is forgotten. */
export const indexCase = (
  tx: Tx,
  communityId: string,
  caseId: string,
  texts: readonly (string | null)[],
): Promise<void> => replaceTokens(tx, communityId, 'case', caseId, textTokens(texts.filter(Boolean).join('\n')));
