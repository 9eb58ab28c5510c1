// The work of billing runs: previews computed and charges posted in pieces, each piece whole in one transaction, so that a
// run goes on where it was cut off and posts nothing twice (MN2).
import { sumFen } from '../../kernel/money.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import { machineMs } from '../../platform/time-source.ts';
import { recordMany } from '../audit/audit.service.ts';
import type { Posting } from '../ledger/ledger.service.ts';
import { sumPrepaid } from '../ledger/ledger.store.ts';
import { type Book, groupBy, openBook, recordsOf } from './billing-book.service.ts';
import { digestOfInputs, listUnitsAfter, type UnitFact } from './billing-facts.store.ts';
import type { OddKind } from './billing-run.contract.ts';
import { chargeKey, previewOf } from './billing-run.rules.ts';
import {
  findRun,
  insertLines,
  type LineRow,
  listOpenLines,
  listWork,
  type RunRow,
  sumStanding,
  totalsOfRun,
  updateRun,
} from './billing-run.store.ts';
import type { ChargeDetail } from './charge.contract.ts';
import { type ItemRow, listItemRows } from './charge-item.store.ts';
import { type NewCharge, postCharges, usePrepaid as settleFromPrepaid } from './charge-posting.service.ts';
import { formulaNames } from './formula.words.ts';
import type { LateFeeLine } from './late-fee.contract.ts';
import { lateFeeFen } from './late-fee.rules.ts';
import { lateFeesOf, stillLate } from './late-fee.service.ts';
import { listStanding } from './posted-charge.store.ts';
import { chargesOfUnit } from './unit-charges.rules.ts';

/** Units computed in one transaction, and charges posted in one. */
const unitsAtOnce = 500;
const chargesAtOnce = 1_000;

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
      charges: run.charges + lines.filter(({ detail, lateFees }) => detail !== null || lateFees !== null).length,
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
  const { standing, elsewhere } = postedOf(await listStanding(tx, communityId, { month, itemIds, unitIds }), month);
  const isOpen = (charge: ChargeDetail) =>
    standing.size === 0 || (!elsewhere.has(placeOf(charge)) && isOpenFor(charge));
  const isOpenFor = (charge: ChargeDetail) =>
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
    ...{ unitId, itemId, fen: 0, detail: null, lateFees: null, fault: null },
    lastFen: before.get(placeOf({ unitId, itemId })) ?? null,
    odd: odd.get(placeOf({ unitId, itemId })) ?? [],
    ...more,
  });
  return {
    lines: [
      ...open.map((detail) => line(detail.unitId, detail.itemId, { fen: detail.totalFen, detail })),
      ...failed.map(({ unitId, itemId, fault }) => line(unitId, itemId, { fault })),
      ...preview.odd.filter(({ kind }) => kind === 'gone').map(({ unitId, itemId }) => line(unitId, itemId, {})),
      ...(await lateLines(tx, communityId, unitIds, book)).map(({ unitId, itemId, ...more }) =>
        line(unitId, itemId, more),
      ),
    ],
    alreadyPosted: computed.length - open.length,
  };
}

/** One line for a unit whose charges are late, with each of them. */
async function lateLines(tx: Tx, communityId: string, unitIds: readonly string[], { lateFees }: Book) {
  if (lateFees === null) return [];
  const found = groupBy(await lateFeesOf(tx, communityId, unitIds, lateFees), ({ unitId }) => unitId);
  return [...found].map(([unitId, own]) => ({
    ...{ unitId, itemId: lateFees.itemId, lateFees: own },
    fen: sumFen(own.map(({ detail }) => lateFeeFen(detail))),
  }));
}

/** What stands of a month, by payer; and what was paid elsewhere before the change-over, which nobody is charged for again. */
function postedOf(rows: Awaited<ReturnType<typeof listStanding>>, month: string) {
  return {
    standing: new Set(
      rows.map((row) =>
        chargeKey({ unitId: row.unitId, itemId: row.itemId, month }, { role: row.payerRole, partyId: row.payerId }),
      ),
    ),
    elsewhere: new Set(rows.filter(({ historyId }) => historyId !== null).map(placeOf)),
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
    await postCharges(tx, posting, charges);
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
  run: RunRow,
  lines: readonly { unitId: string; itemId: string; detail: ChargeDetail | null; lateFees: LateFeeLine[] | null }[],
  items: ReadonlyMap<string, ItemRow>,
): Promise<NewCharge[]> {
  if (lines.length === 0) return [];
  const due = (itemId: string) => ({
    month: run.month,
    dueOn: `${run.month}-${String(items.get(itemId)?.dueDay ?? 28).padStart(2, '0')}`,
    billingRunId: run.id,
  });
  const late = lines.flatMap(({ itemId, lateFees }) => (lateFees ?? []).map((fee) => ({ itemId, fee })));
  const itemOfLate = new Map(late.map(({ itemId, fee }) => [fee.detail.of.chargeId, itemId]));
  const lateCharges = await stillLate(
    tx,
    communityId,
    late.map(({ fee }) => fee),
  );
  const standing = await listStanding(tx, communityId, {
    month: run.month,
    itemIds: [...new Set(lines.map(({ itemId }) => itemId))],
    unitIds: [...new Set(lines.map(({ unitId }) => unitId))],
  });
  const posted = postedOf(standing, run.month);
  const charges = lines.flatMap(({ detail }) =>
    (detail?.shares ?? []).flatMap(({ payer, amountFen }): NewCharge[] => {
      if (detail === null || amountFen === 0 || posted.standing.has(chargeKey(detail, payer))) return [];
      if (posted.elsewhere.has(placeOf(detail))) return [];
      const { unitId, itemId } = detail;
      const kind = items.get(itemId)?.kind ?? 'other';
      return [{ ...{ unitId, itemId, payer, amountFen, detail, kind }, ...due(itemId) }];
    }),
  );
  return [
    ...charges,
    ...lateCharges.map(({ unitId, payer, amountFen, detail: lateFee }): NewCharge => {
      const itemId = itemOfLate.get(lateFee.of.chargeId) as string;
      return { ...{ unitId, itemId, payer, amountFen, lateFee, kind: 'late-fee', detail: null }, ...due(itemId) };
    }),
  ];
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
