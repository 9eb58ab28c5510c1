// The work of billing runs: previews computed and charges posted in pieces, each piece whole in one transaction, so that a
// run goes on where it was cut off and posts nothing twice (MN2).

import { sumFen } from '../../kernel/money.ts';
import type { Month } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import { machineMs } from '../../platform/time-source.ts';
import { recordMany } from '../audit/audit.service.ts';
import type { Posting } from '../ledger/ledger.service.ts';
import { sumPrepaid } from '../ledger/ledger.store.ts';
import { standardInForce } from '../standards/standard.service.ts';
import {
  countPeople,
  digestOfInputs,
  listBuildingFacts,
  listHolders,
  listTermsOfUnits,
  listUnitsAfter,
  type UnitFact,
} from './billing-facts.store.ts';
import { type LineBook, linesOfUnits, type RunLine } from './billing-lines.rules.ts';
import { chargeKey, chargesToPost, elsewhereKey } from './billing-run.rules.ts';
import {
  findRun,
  insertLines,
  isChargedIn,
  listOpenLines,
  listWork,
  type OpenLine,
  type RunRow,
  sumStanding,
  totalsOfRun,
  updateRun,
} from './billing-run.store.ts';
import { monthPeriod, rememberPrices } from './charge.rules.ts';
import { type ItemRow, listItemRows, listVersionRows, readSettings } from './charge-item.store.ts';
import { type NewCharge, postCharges, usePrepaid as settleFromPrepaid } from './charge-posting.service.ts';
import type { FormulaVariable } from './formula.contract.ts';
import { formulaNames } from './formula.words.ts';
import { lateFeeDay, lateFeeFen } from './late-fee.rules.ts';
import { type LateFeeTurn, lateFeesOf, stillLate } from './late-fee.service.ts';
import { publicUseIn } from './meter.service.ts';
import { listUnitUse } from './meter.store.ts';
import { type ChargePlace, listStanding } from './posted-charge.store.ts';
import { lastMonthOf, type UnitRecord } from './unit-charges.rules.ts';

/**
 * Units computed in one transaction and written in one statement; charges posted in one transaction. Larger ones are hardly
 * faster, and what is held while they are written outlives the quick collection of garbage.
 */
const unitsAtOnce = 500;
const unitsInLot = 50;
const chargesAtOnce = 500;

/** What holds for all pieces of a preview. */
type Book = LineBook & {
  /** Null: this community charges none, or this run is not for them. */
  lateFees: LateFeeTurn | null;
  share: Map<string, Map<string, number>>;
  formula: ((unit: UnitFact) => Partial<Record<FormulaVariable, string>>) | null;
};

async function openBook(tx: Tx, communityId: string, run: RunRow): Promise<Book> {
  const period = monthPeriod(run.month);
  const versions = await listVersionRows(tx, communityId);
  const rows = (await listItemRows(tx, communityId)).filter(
    (row) =>
      (run.itemIds.length === 0 || run.itemIds.includes(row.id)) &&
      (row.months.length === 0 || row.months.includes(Number(run.month.slice(5)))),
  );
  const items: LineBook['items'][number][] = [];
  for (const row of rows) {
    const lastMonth = lastMonthOf(row.months, run.month);
    items.push({
      ...row,
      versions: versions.filter((one) => one.itemId === row.id),
      lastMonth,
      isNews: await isChargedIn(tx, communityId, row.id, lastMonth),
    });
  }
  const shared = await publicUseIn(
    tx,
    communityId,
    run.month,
    items.map(({ id }) => id),
  );
  const share = new Map<string, Map<string, number>>();
  const sharedUsage = new Map<string, number>();
  for (const one of shared) {
    if (one.shared !== null) sharedUsage.set(one.itemId, (sharedUsage.get(one.itemId) ?? 0) + one.shared);
    for (const { unitId, shareThousandths } of one.shares) {
      const own = share.get(unitId) ?? new Map<string, number>();
      own.set(one.itemId, (own.get(one.itemId) ?? 0) + shareThousandths);
      share.set(unitId, own);
    }
  }
  const asksMore = items.some(({ versions: own }) => own.some(({ rule }) => rule.kind === 'formula'));
  const settings = await readSettings(tx, communityId);
  const lateFeeItem = rows.find(({ kind, retiredOn }) => kind === 'late-fee' && retiredOn === null);
  return {
    items,
    developerId: settings.developerId,
    lateFees:
      settings.lateFeesFrom !== null && lateFeeItem !== undefined
        ? { itemId: lateFeeItem.id, since: settings.lateFeesFrom, asOf: lateFeeDay(run.month, run.createdAt) }
        : null,
    farPercent: (await standardInForce(tx, communityId)).document.money.billingFarPercent.value,
    share,
    formula: asksMore ? await formulaFacts(tx, communityId, sharedUsage) : null,
    period,
    names: formulaNames,
    price: rememberPrices(),
  };
}

/** What a formula may ask of building, entrance and community. */
async function formulaFacts(tx: Tx, communityId: string, sharedUsage: ReadonlyMap<string, number>) {
  const facts = await listBuildingFacts(tx, communityId);
  const decimal = (hundredths: number) => (hundredths / 100).toFixed(2);
  const areaOf = (rows: typeof facts) => decimal(rows.reduce((sum, one) => sum + one.areaHundredthsM2, 0));
  const whole = areaOf(facts);
  const byBuilding = new Map<string, typeof facts>();
  for (const one of facts) byBuilding.set(one.buildingId, [...(byBuilding.get(one.buildingId) ?? []), one]);
  const [shared] = sharedUsage.size === 1 ? [...sharedUsage.values()] : [];
  return (unit: UnitFact): Partial<Record<FormulaVariable, string>> => {
    const building = byBuilding.get(unit.buildingId) ?? [];
    const entrance = building.filter((one) => one.entrance === unit.entrance);
    return {
      entranceArea: areaOf(entrance),
      buildingArea: areaOf(building),
      communityArea: whole,
      households: String(building.reduce((sum, one) => sum + one.units, 0)),
      entrances: String(building.length),
      ...(shared === undefined ? {} : { sharedUsage: (shared / 1000).toFixed(3) }),
    };
  };
}

const groupBy = <Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> => {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
};

async function recordsOf(tx: Tx, communityId: string, units: readonly UnitFact[], book: Book): Promise<UnitRecord[]> {
  const ids = units.map(({ id }) => id);
  const holders = groupBy(await listHolders(tx, communityId, ids), (row) => row.unitId);
  const terms = groupBy(await listTermsOfUnits(tx, communityId, ids, book.period), (row) => row.unitId);
  const metered = book.items.filter(({ versions }) =>
    versions.some(({ rule }) => rule.kind === 'metered' || rule.kind === 'formula'),
  );
  const itemIds = metered.map(({ id }) => id);
  const use = groupBy(
    await listUnitUse(tx, communityId, { month: book.period.month, itemIds, unitIds: ids }),
    (row) => row.unitId,
  );
  const people = book.formula ? await countPeople(tx, communityId, ids, book.period.until) : null;
  return units.map((unit): UnitRecord => {
    const own = terms.get(unit.id) ?? [];
    return {
      ...unit,
      holders: holders.get(unit.id) ?? [],
      terms: own,
      use: new Map((use.get(unit.id) ?? []).map((one) => [one.itemId, one])),
      share: book.share.get(unit.id) ?? new Map(),
      formula: book.formula
        ? {
            ...book.formula(unit),
            people: String(people?.get(unit.id) ?? 0),
            vehicles: String(own.filter(({ kind }) => kind === 'vehicle').length),
          }
        : {},
    };
  });
}

/** Opened once for all pieces of a turn: what changes meanwhile, the digest tells. */
type Books = { open: Book | null };

/** Computes the next units of a preview; answers false when it is done or somebody else works on it. */
async function computePiece(house: House, communityId: string, runId: string, books: Books): Promise<boolean> {
  return house.database.write([communityId], async (tx) => {
    const run = await findRun(tx, communityId, runId, 'skip');
    if (!run || run.state !== 'preview' || run.computedAt !== null) return false;
    const digest = run.digest === '' ? await digestOfInputs(tx, communityId, run.month) : run.digest;
    books.open ??= await openBook(tx, communityId, run);
    const book = books.open;
    const units = await listUnitsAfter(tx, communityId, run.computedTo, unitsAtOnce);
    const { charges, fen, lastFen, odd, notComputed, alreadyPosted } = run;
    const sums = { charges, fen, lastFen, odd, notComputed, alreadyPosted };
    await writeLines(tx, communityId, runId, book, units, (lines, left) => {
      sums.alreadyPosted += left;
      for (const line of lines) {
        sums.fen += line.fen;
        sums.lastFen += line.lastFen ?? 0;
        if (line.detail !== null || line.lateFees !== null) sums.charges++;
        if (line.odd.length > 0) sums.odd++;
        if (line.fault !== null) sums.notComputed++;
      }
    });
    const isLast = units.length < unitsAtOnce;
    const computedUnits = run.computedUnits + units.length;
    const change = { ...sums, digest, computedUnits, computedTo: units.at(-1)?.id ?? run.computedTo };
    const totals = isLast ? await totalsOfRun(tx, communityId, runId) : [];
    const end = isLast ? { units: computedUnits, computedAt: house.time.now(), totals } : {};
    await updateRun(tx, communityId, runId, { ...change, ...end }, isLast);
    return !isLast;
  });
}

/** Computes and writes by lots: while the database takes one in, the next is worked out. */
async function writeLines(
  tx: Tx,
  communityId: string,
  runId: string,
  book: Book,
  units: readonly UnitFact[],
  count: (lines: readonly RunLine[], alreadyPosted: number) => void,
): Promise<void> {
  if (units.length === 0) return;
  const records = await recordsOf(tx, communityId, units, book);
  const standing = await standingOf(tx, communityId, units, book);
  const last = groupBy(await lastOf(tx, communityId, units, book), ({ unitId }) => unitId);
  let before = Promise.resolve();
  for (let at = 0; at < records.length; at += unitsInLot) {
    const lot = records.slice(at, at + unitsInLot);
    const known = { standing, last: lot.flatMap(({ id }) => last.get(id) ?? []) };
    const { lines, alreadyPosted } = linesOfUnits(lot, book, known);
    count(lines, alreadyPosted);
    const sent = insertLines(tx, communityId, runId, lines);
    // Heard below, when its turn comes; should the one before fail, this one fails with it.
    sent.catch(() => {});
    await before;
    before = sent;
  }
  await before;
  const late = await lateLines(tx, communityId, idsOf(units), book);
  count(late, 0);
  await insertLines(tx, communityId, runId, late);
}

/** One line for a unit whose charges are late, with each of them. */
async function lateLines(tx: Tx, communityId: string, unitIds: readonly string[], { lateFees }: Book) {
  if (lateFees === null) return [];
  const found = groupBy(await lateFeesOf(tx, communityId, unitIds, lateFees), ({ unitId }) => unitId);
  return [...found].map(([unitId, own]): RunLine => {
    const fen = sumFen(own.map(({ detail }) => lateFeeFen(detail)));
    return { unitId, itemId: lateFees.itemId, fen, lastFen: null, odd: [], detail: null, lateFees: own, fault: null };
  });
}

const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

async function standingOf(tx: Tx, communityId: string, units: readonly UnitFact[], { items, period }: Book) {
  const { month } = period;
  const rows = await listStanding(tx, communityId, { month, itemIds: idsOf(items), unitIds: idsOf(units) });
  return standingKeys(rows, month);
}
const standingKeys = (rows: readonly ChargePlace[], month: Month): Set<string> =>
  new Set(
    rows.flatMap((row) => [
      standingKey(row, month),
      ...(row.historyId === null ? [] : [elsewhereKey({ ...row, month })]),
    ]),
  );
const standingKey = ({ unitId, itemId, payerRole, payerId }: ChargePlace, month: Month): string =>
  chargeKey({ unitId, itemId, month }, { role: payerRole, partyId: payerId });

async function lastOf(tx: Tx, communityId: string, units: readonly UnitFact[], { items }: Book) {
  const unitIds = idsOf(units);
  const found: Awaited<ReturnType<typeof sumStanding>> = [];
  for (const [month, own] of groupBy(items, ({ lastMonth }) => lastMonth))
    found.push(...(await sumStanding(tx, communityId, { month, unitIds, itemIds: idsOf(own) })));
  return found;
}

/** Posts the next charges of a run; answers false when all are posted or somebody else works on it. */
async function postPiece(house: House, communityId: string, runId: string): Promise<boolean> {
  return house.database.write([communityId], async (tx) => {
    const run = await findRun(tx, communityId, runId, 'skip');
    if (!run || run.state !== 'posting' || run.postBy === null) return false;
    const now = house.time.now();
    const lines = await listOpenLines(tx, communityId, run, chargesAtOnce);
    const posting: Posting = { communityId, now, actor: { accountId: run.postBy } };
    const items = new Map((await listItemRows(tx, communityId)).map((row) => [row.id, row]));
    const charges = await stillToPost(tx, communityId, run, lines, items);
    await postCharges(tx, posting, charges, run.id);
    const late = await stillLateCharges(tx, communityId, run, lines, items);
    await postCharges(tx, posting, late, run.id, null);
    const unitIds = [...new Set([...charges, ...late].map(({ unitId }) => unitId))];
    for (const [unitId, fen] of await sumPrepaid(tx, communityId, unitIds))
      if (fen > 0) await settleFromPrepaid(tx, posting, unitId);
    const last = lines.at(-1);
    const isLast = lines.length < chargesAtOnce;
    await updateRun(
      tx,
      communityId,
      runId,
      {
        postedCharges: run.postedCharges + lines.length,
        ...(last ? { postedUnit: last.unitId, postedItem: last.itemId } : {}),
        ...(isLast ? { state: 'posted' as const, postedAt: now } : {}),
      },
      isLast,
    );
    if (isLast)
      await recordMany(tx, now, [
        {
          communityId,
          action: 'billing-run.finish',
          noun: 'billing-run',
          nounId: runId,
          changed: { state: ['posting', 'posted'] },
        },
      ]);
    return !isLast;
  });
}

async function stillToPost(
  tx: Tx,
  communityId: string,
  { month }: RunRow,
  lines: readonly OpenLine[],
  items: ReadonlyMap<string, ItemRow>,
): Promise<NewCharge[]> {
  if (lines.length === 0) return [];
  const itemIds = [...new Set(lines.map(({ itemId }) => itemId))];
  const unitIds = [...new Set(lines.map(({ unitId }) => unitId))];
  const standing = await listStanding(tx, communityId, { month, itemIds, unitIds });
  const posted = standingKeys(standing, month);
  return chargesToPost(
    lines.flatMap(({ unitId, itemId, shares }) => (shares === null ? [] : [{ unitId, itemId, shares, month }])),
    posted,
  ).map(({ key: _, ...charge }): NewCharge => {
    const item = items.get(charge.itemId);
    return {
      ...charge,
      detail: null,
      kind: item?.kind ?? 'other',
      dueOn: `${month}-${String(item?.dueDay ?? 28).padStart(2, '0')}`,
    };
  });
}

async function stillLateCharges(
  tx: Tx,
  communityId: string,
  { month }: RunRow,
  lines: readonly OpenLine[],
  items: ReadonlyMap<string, ItemRow>,
): Promise<NewCharge[]> {
  const fees = lines.flatMap(({ itemId, lateFees }) => (lateFees ?? []).map((fee) => ({ itemId, fee })));
  const itemOf = new Map(fees.map(({ itemId, fee }) => [fee.detail.of.chargeId, itemId]));
  const still = await stillLate(
    tx,
    communityId,
    fees.map(({ fee }) => fee),
  );
  return still.map(({ unitId, payer, amountFen, detail: lateFee }): NewCharge => {
    const itemId = itemOf.get(lateFee.of.chargeId) as string;
    const dueOn = `${month}-${String(items.get(itemId)?.dueDay ?? 28).padStart(2, '0')}`;
    return { unitId, itemId, payer, amountFen, lateFee, kind: 'late-fee', detail: null, month, dueOn };
  });
}

/** Goes on with one run for so long; answers whether there is more to do. */
export async function workOnRun(house: House, communityId: string, runId: string, budgetMs: number): Promise<boolean> {
  const until = machineMs() + budgetMs;
  const books: Books = { open: null };
  for (const piece of [computePiece, postPiece])
    while (await piece(house, communityId, runId, books)) {
      house.committed();
      if (machineMs() > until) return true;
    }
  house.committed();
  return false;
}

const turnMs = 2_000;
/** Every run that waits, a turn each: after the end of the process too. Answers how many are not done yet. */
export async function workBillingRuns(house: House): Promise<number> {
  const waiting = await house.database.everywhere(listWork);
  let left = 0;
  for (const { communityId, id } of waiting) if (await workOnRun(house, communityId, id, turnMs)) left++;
  return left;
}

export const isSameDigest = async (tx: Tx, communityId: string, run: RunRow): Promise<boolean> =>
  (await digestOfInputs(tx, communityId, run.month)) === run.digest;
