// Charges posted 入账 (MN2): each with its entry and its kept inputs, once; undone by an opposite row; what is open of a
// unit; and what was paid ahead settles what has come to be owed.
import { newId } from '../../kernel/id.ts';
import { notFound, Refusal } from '../../kernel/refusal.ts';
import type { Day, Month } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { allocate, type OpenCharge } from '../ledger/allocation.rules.ts';
import { chargeEntry, prepaidUseEntry } from '../ledger/entry.rules.ts';
import {
  lockHouseholds,
  oppositeOf,
  type Posting,
  postEntriesWith,
  postEntry,
  standingFor,
} from '../ledger/ledger.service.ts';
import { listOpen } from '../ledger/ledger.store.ts';
import type { ChargeDetail, ChargeKind, Payer } from './charge.contract.ts';
import type { LateFeeDetail } from './late-fee.contract.ts';
import { countLateFees, sumLateFees } from './late-fee.store.ts';
import { type ChargeRow, countUndone, findCharges, insertCharges, type StandingCharge } from './posted-charge.store.ts';

export type NewCharge = {
  unitId: string;
  itemId: string;
  kind: ChargeKind;
  payer: Payer;
  /** Null: charged once, not for a month. */
  month: Month | null;
  dueOn: Day;
  amountFen: number;
  /** What it came from; null for what was charged once, and for a billing run's, whose inputs stand in the run already. */
  detail: ChargeDetail | null;
  /** A late fee: of which charge, and how it came about. */
  lateFee?: LateFeeDetail;
  caseId?: string;
};

/**
 * Posts charges, each with an entry of its own. Units are locked; one that stands already (unit, item, month, payer) is
 * refused by the table, so the caller leaves those out first. `billingRunId`: all are of this run, `inRun` those whose inputs
 * stand in it. Answers the charges' ids in their order.
 */
export async function postCharges(
  tx: Tx,
  posting: Posting,
  charges: readonly NewCharge[],
  billingRunId: string | null = null,
  inRun = billingRunId,
): Promise<string[]> {
  if (charges.length === 0) return [];
  const { communityId, now } = posting;
  await lockHouseholds(
    tx,
    communityId,
    charges.map(({ unitId }) => unitId),
  );
  const nths = await nthsOf(tx, communityId, charges);
  const rows = charges.map((charge, place): Omit<ChargeRow, 'entryId'> => {
    const { payer, lateFee = null, caseId = null, ...rest } = charge;
    return {
      ...rest,
      ...{ lateFee, ofChargeId: lateFee?.of.chargeId ?? null, caseId, billingRunId, historyId: null },
      ...{ reversesId: null, postedAt: now },
      id: newId(),
      payerRole: payer.role,
      payerId: payer.partyId,
      nth: nths[place] as number,
    };
  });
  const entries = rows.map(({ id, unitId, itemId, amountFen }) =>
    chargeEntry([{ unitId, chargeId: id, itemId, amountFen }]),
  );
  await postEntriesWith(tx, posting, entries, (entryIds) =>
    insertCharges(
      tx,
      communityId,
      rows.map((row, place) => ({ ...row, entryId: entryIds[place] as string })),
      inRun,
    ),
  );
  return rows.map(({ id }) => id);
}

/** 1 for the first; one more for each that was undone before it, of late fees for each there was. Those that stand are the caller's to leave out. */
async function nthsOf(tx: Tx, communityId: string, charges: readonly NewCharge[]): Promise<number[]> {
  const counts = await undoneBefore(tx, communityId, charges);
  const late = await countLateFees(
    tx,
    communityId,
    charges.flatMap(({ lateFee }) => lateFee?.of.chargeId ?? []),
  );
  return charges.map(({ lateFee }, place) =>
    lateFee ? (late.get(lateFee.of.chargeId) ?? 0) + 1 : (counts[place] as number) + 1,
  );
}

/** How many of the same unit, item, month and payer were undone before. */
export const undoneBefore = (
  tx: Tx,
  communityId: string,
  charges: readonly Pick<NewCharge, 'unitId' | 'itemId' | 'month' | 'payer'>[],
): Promise<number[]> =>
  countUndone(
    tx,
    communityId,
    charges.map(({ unitId, itemId, month, payer }) => ({
      ...{ unitId, itemId, month },
      payerRole: payer.role,
      payerId: payer.partyId,
    })),
  );

/**
 * MN7: the opposite of a charge, as an entry and as a row, once; refused once something was paid of it. What was charged for
 * its lateness goes with it.
 */
export async function reverseCharge(tx: Tx, posting: Posting, chargeId: string): Promise<string> {
  const { communityId, now } = posting;
  const [charge] = await findCharges(tx, communityId, [chargeId]);
  if (!charge || charge.reversesId !== null) throw notFound('charge');
  if (charge.isReversed) throw new Refusal('ledger.already_reversed');
  await lockHouseholds(tx, communityId, [charge.unitId]);
  for (const { ids } of await sumLateFees(tx, communityId, [chargeId]))
    for (const id of ids) await reverseCharge(tx, posting, id);
  const entryId = await postEntry(tx, posting, await oppositeOf(tx, communityId, charge.entryId));
  const { openFen: _open, isReversed: _reversed, history: _history, ...row } = charge;
  const id = newId();
  await insertCharges(tx, communityId, [
    {
      ...row,
      id,
      entryId,
      amountFen: -row.amountFen,
      detail: null,
      lateFee: null,
      reversesId: chargeId,
      postedAt: now,
    },
  ]);
  return id;
}

/** What is open of these units, with what a payment asks of each. */
export async function openChargesOf(
  tx: Tx,
  communityId: string,
  unitIds: readonly string[],
): Promise<(OpenCharge & StandingCharge)[]> {
  const open = await listOpen(tx, communityId, unitIds);
  const charges = await findCharges(
    tx,
    communityId,
    open.map(({ chargeId }) => chargeId),
  );
  return charges.map((charge) => ({ ...charge, chargeId: charge.id }));
}

/** What a unit has paid ahead settles its oldest open charges. Answers the entry, null where nothing was to settle. */
export async function usePrepaid(tx: Tx, posting: Posting, unitId: string): Promise<string | null> {
  const { communityId } = posting;
  await lockHouseholds(tx, communityId, [unitId]);
  const standing = await standingFor(tx, communityId, { unitIds: [unitId] });
  const prepaidFen = standing.prepaidFen(unitId);
  if (prepaidFen <= 0) return null;
  const open = await openChargesOf(tx, communityId, [unitId]);
  const { settles } = allocate(prepaidFen, open);
  if (settles.length === 0) return null;
  const openFen = (id: string) => open.find(({ chargeId }) => chargeId === id)?.openFen ?? 0;
  return postEntry(tx, posting, prepaidUseEntry(unitId, settles, { ...standing, openFen }));
}
