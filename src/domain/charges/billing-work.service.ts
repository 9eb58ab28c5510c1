// The work of billing runs: previews computed and charges posted in pieces, each piece whole in one transaction, so that a
// run goes on where it was cut off and posts nothing twice (MN2).
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
import type { OddKind } from './billing-run.contract.ts';
import { chargeKey, previewOf } from './billing-run.rules.ts';
import {
  findRun,
  insertLines,
  isChargedIn,
  type LineRow,
  listOpenLines,
  listWork,
  type OpenLine,
  type RunRow,
  sumStanding,
  totalsOfRun,
  updateRun,
} from './billing-run.store.ts';
import type { ChargeDetail } from './charge.contract.ts';
import { type ChargePeriod, monthPeriod } from './charge.rules.ts';
import { type ItemRow, listItemRows, listVersionRows, readSettings } from './charge-item.store.ts';
import { type NewCharge, postCharges, usePrepaid as settleFromPrepaid } from './charge-posting.service.ts';
import type { FormulaVariable } from './formula.contract.ts';
import { formulaNames } from './formula.words.ts';
import { publicUseIn } from './meter.service.ts';
import { listUnitUse } from './meter.store.ts';
import { listStanding } from './posted-charge.store.ts';
import { chargesOfUnit, type ItemFact, lastMonthOf, type UnitRecord } from './unit-charges.rules.ts';

/** Units computed in one transaction, and charges posted in one. */
const unitsAtOnce = 500;
const chargesAtOnce = 1_000;

/** What holds for all pieces of a preview. */
type Book = {
  items: (ItemFact & { row: ItemRow; lastMonth: Month; isNews: boolean })[];
  developerId: string | null;
  farPercent: number;
  share: Map<string, Map<string, number>>;
  sharedUsage: Map<string, number>;
  formula: ((unit: UnitFact) => Partial<Record<FormulaVariable, string>>) | null;
  period: ChargePeriod;
};

async function openBook(tx: Tx, communityId: string, run: RunRow): Promise<Book> {
  const period = monthPeriod(run.month);
  const versions = await listVersionRows(tx, communityId);
  const rows = (await listItemRows(tx, communityId)).filter(
    (row) =>
      (run.itemIds.length === 0 || run.itemIds.includes(row.id)) &&
      (row.months.length === 0 || row.months.includes(Number(run.month.slice(5)))),
  );
  const items: Book['items'] = [];
  for (const row of rows) {
    const lastMonth = lastMonthOf(row.months, run.month);
    items.push({
      ...row,
      row,
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
  return {
    items,
    developerId: (await readSettings(tx, communityId)).developerId,
    farPercent: (await standardInForce(tx, communityId)).document.money.billingFarPercent.value,
    share,
    sharedUsage,
    formula: asksMore ? await formulaFacts(tx, communityId, sharedUsage) : null,
    period,
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
    const { lines, alreadyPosted } = await linesOf(tx, communityId, units, book);
    await insertLines(tx, communityId, runId, lines);
    const isLast = units.length < unitsAtOnce;
    const change = {
      digest,
      computedTo: units.at(-1)?.id ?? run.computedTo,
      computedUnits: run.computedUnits + units.length,
      charges: run.charges + lines.filter(({ detail }) => detail !== null).length,
      fen: run.fen + lines.reduce((sum, one) => sum + one.fen, 0),
      lastFen: run.lastFen + lines.reduce((sum, one) => sum + (one.lastFen ?? 0), 0),
      odd: run.odd + lines.filter(({ odd }) => odd.length > 0).length,
      notComputed: run.notComputed + lines.filter(({ fault }) => fault !== null).length,
      alreadyPosted: run.alreadyPosted + alreadyPosted,
    };
    await updateRun(
      tx,
      communityId,
      runId,
      isLast
        ? {
            ...change,
            units: change.computedUnits,
            computedAt: house.time.now(),
            totals: await totalsOfRun(tx, communityId, runId),
          }
        : change,
      isLast,
    );
    return !isLast;
  });
}

async function linesOf(
  tx: Tx,
  communityId: string,
  units: readonly UnitFact[],
  book: Book,
): Promise<{ lines: LineRow[]; alreadyPosted: number }> {
  if (units.length === 0) return { lines: [], alreadyPosted: 0 };
  const unitIds = units.map(({ id }) => id);
  const computed: ChargeDetail[] = [];
  const failed: { unitId: string; itemId: string; fault: LineRow['fault'] }[] = [];
  for (const record of await recordsOf(tx, communityId, units, book)) {
    const found = chargesOfUnit(book.items, record, book.developerId, book.period, formulaNames);
    computed.push(...found.computed);
    for (const { itemId, fault } of found.failed) failed.push({ unitId: record.id, itemId, fault });
  }
  const { month } = book.period;
  const itemIds = book.items.map(({ id }) => id);
  const standing = new Set(
    (await listStanding(tx, communityId, { month, itemIds, unitIds })).map((row) =>
      chargeKey({ unitId: row.unitId, itemId: row.itemId, month }, { role: row.payerRole, partyId: row.payerId }),
    ),
  );
  const isOpen = (charge: ChargeDetail) =>
    standing.size === 0 ||
    charge.shares.every(({ amountFen }) => amountFen === 0) ||
    charge.shares.some(({ payer, amountFen }) => amountFen > 0 && !standing.has(chargeKey(charge, payer)));
  const open = computed.filter(isOpen);
  const last: { unitId: string; itemId: string; fen: number }[] = [];
  for (const [lastMonth, items] of groupBy(book.items, (item) => item.lastMonth))
    last.push(
      ...(await sumStanding(tx, communityId, { month: lastMonth, unitIds, itemIds: items.map(({ id }) => id) })),
    );
  const posted = new Set(computed.filter((charge) => !isOpen(charge)).map(placeOf));
  const before = new Map(last.map((one) => [placeOf(one), one.fen]));
  const preview = previewOf(
    open,
    failed,
    last.filter((one) => !posted.has(placeOf(one))),
    { farPercent: book.farPercent },
  );
  const news = new Set(book.items.filter(({ isNews }) => isNews).map(({ id }) => id));
  const odd = new Map<string, OddKind[]>();
  for (const one of preview.odd)
    if (one.kind !== 'new' || news.has(one.itemId)) odd.set(placeOf(one), [...(odd.get(placeOf(one)) ?? []), one.kind]);
  const line = (unitId: string, itemId: string, more: Partial<LineRow>): LineRow => ({
    ...{ unitId, itemId, fen: 0, detail: null, fault: null },
    lastFen: before.get(placeOf({ unitId, itemId })) ?? null,
    odd: odd.get(placeOf({ unitId, itemId })) ?? [],
    ...more,
  });
  return {
    lines: [
      ...open.map((detail) => line(detail.unitId, detail.itemId, { fen: detail.totalFen, detail })),
      ...failed.map(({ unitId, itemId, fault }) => line(unitId, itemId, { fault })),
      ...preview.odd.filter(({ kind }) => kind === 'gone').map(({ unitId, itemId }) => line(unitId, itemId, {})),
    ],
    alreadyPosted: computed.length - open.length,
  };
}
const placeOf = ({ unitId, itemId }: { unitId: string; itemId: string }): string => `${unitId} ${itemId}`;

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
    const unitIds = [...new Set(charges.map(({ unitId }) => unitId))];
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
  const standing = await listStanding(tx, communityId, {
    month,
    itemIds: [...new Set(lines.map(({ itemId }) => itemId))],
    unitIds: [...new Set(lines.map(({ unitId }) => unitId))],
  });
  const posted = new Set(
    standing.map(({ unitId, itemId, payerRole, payerId }) =>
      chargeKey({ unitId, itemId, month }, { role: payerRole, partyId: payerId }),
    ),
  );
  return lines.flatMap(({ unitId, itemId, shares }) =>
    shares
      .filter(({ payer, amountFen }) => amountFen > 0 && !posted.has(chargeKey({ unitId, itemId, month }, payer)))
      .map(({ payer, amountFen }): NewCharge => {
        const item = items.get(itemId);
        return {
          ...{ unitId, itemId, payer, amountFen, month, detail: null },
          kind: item?.kind ?? 'other',
          dueOn: `${month}-${String(item?.dueDay ?? 28).padStart(2, '0')}`,
        };
      }),
  );
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
