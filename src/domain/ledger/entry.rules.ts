// Builds the entries of the ledger 分录: each of the house's money acts as lines that sum to nothing. What an act may not
// take (more than is open, prepaid, held) is refused here, from balances that the caller has locked.
import { fenFault, sumFen } from '../../kernel/money.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Account, Entry, EntryKind, EntryLine, Method } from './ledger.contract.ts';

/** What stands on the ledger now for whatever an act touches. */
export type Standing = {
  openFen: (chargeId: string) => number;
  prepaidFen: (unitId: string) => number;
  heldFen: (depositId: string) => number;
};

export type ChargeRef = { unitId: string; chargeId: string; itemId: string };
type Ids = Partial<Omit<EntryLine, 'account' | 'amountFen'>>;

const line = (account: Account, amountFen: number, ids: Ids = {}): EntryLine => ({
  account,
  amountFen,
  unitId: ids.unitId ?? null,
  chargeId: ids.chargeId ?? null,
  itemId: ids.itemId ?? null,
  depositId: ids.depositId ?? null,
  cashierId: ids.cashierId ?? null,
});
const debit = (account: Account, fen: number, ids?: Ids) => line(account, fen, ids);
const credit = (account: Account, fen: number, ids?: Ids) => line(account, -fen, ids);

/** A fault of ours, never of what somebody typed: fields are checked before an entry is built. */
function positive(fen: number): void {
  const fault = fenFault(fen);
  if (fault !== null) throw new RangeError(`an entry over ${fen} fen: ${fault}`);
}

/** The one door through which every entry goes: it has two lines or more, none of zero, and they sum to nothing. */
export function makeEntry(kind: EntryKind, lines: readonly EntryLine[], reversesId: string | null = null): Entry {
  if (lines.length < 2 || lines.some(({ amountFen }) => amountFen === 0 || !Number.isSafeInteger(amountFen)))
    throw new RangeError(`an entry of kind ${kind} with a line that says nothing`);
  if (sumFen(lines.map(({ amountFen }) => amountFen)) !== 0)
    throw new RangeError(`an entry of kind ${kind} out of balance`);
  return { kind, lines: [...lines], reversesId };
}

/** What is owed from now on: `amountFen` above zero. */
export function chargeEntry(charges: readonly (ChargeRef & { amountFen: number })[]): Entry {
  return makeEntry(
    'charge',
    charges.flatMap(({ amountFen, ...ref }) => {
      positive(amountFen);
      return [
        debit('receivable', amountFen, ref),
        credit('income', amountFen, { unitId: ref.unitId, itemId: ref.itemId }),
      ];
    }),
  );
}

/**
 * What was charged and paid elsewhere, before the change-over: two entries against the opening account, the first of the charges,
 * the second of the payment that settled them. Neither is income nor money of ours.
 */
export function openingEntries(charge: ChargeRef & { amountFen: number }): { charged: Entry; settled: EntryLine[] } {
  const { amountFen, ...ref } = charge;
  positive(amountFen);
  const opening = { unitId: ref.unitId, itemId: ref.itemId };
  return {
    charged: makeEntry('opening', [debit('receivable', amountFen, ref), credit('opening', amountFen, opening)]),
    settled: [debit('opening', amountFen, opening), credit('receivable', amountFen, ref)],
  };
}

/** A charge found wrong (MN7): `byFen` more or, below zero, less; never less than what is still open of it. */
export function changeEntry(ref: ChargeRef, byFen: number, standing: Standing): Entry {
  positive(Math.abs(byFen));
  const openFen = standing.openFen(ref.chargeId);
  if (openFen + byFen < 0) throw new Refusal('ledger.more_than_open', { openFen, askedFen: -byFen });
  return makeEntry('change', [
    line('receivable', byFen, ref),
    line('income', -byFen, { unitId: ref.unitId, itemId: ref.itemId }),
  ]);
}

export type PaymentAct = {
  /** Several methods in one payment; each once. Cash counts before change is given. */
  parts: readonly { method: Method; fen: number }[];
  changeFen: number;
  settles: readonly (ChargeRef & { fen: number })[];
  /** What nothing is owed for yet, by unit. */
  prepays: readonly { unitId: string; fen: number }[];
  cashierId: string;
};

/** Money taken: full, partial, ahead of time, for several units, by several methods, with change given back. */
export function paymentEntry({ parts, changeFen, settles, prepays, cashierId }: PaymentAct, standing: Standing): Entry {
  for (const { chargeId, fen } of settles) {
    const openFen = standing.openFen(chargeId);
    if (fen > openFen) throw new Refusal('ledger.more_than_open', { chargeId, openFen, askedFen: fen });
  }
  for (const { fen } of [...parts, ...settles, ...prepays]) positive(fen);
  return makeEntry('payment', [
    ...parts.map(({ method, fen }) => debit(method, fen, { cashierId })),
    ...(changeFen > 0 ? [credit('cash', changeFen, { cashierId })] : []),
    ...settles.map(({ fen, ...ref }) => credit('receivable', fen, ref)),
    ...prepays.map(({ fen, unitId }) => credit('prepaid', fen, { unitId })),
  ]);
}

/** What was paid ahead settles what has come to be owed. */
export function prepaidUseEntry(
  unitId: string,
  settles: readonly (ChargeRef & { fen: number })[],
  standing: Standing,
): Entry {
  const wholeFen = sumFen(settles.map(({ fen }) => fen));
  const prepaidFen = standing.prepaidFen(unitId);
  if (wholeFen > prepaidFen) throw new Refusal('ledger.more_than_prepaid', { prepaidFen, askedFen: wholeFen });
  for (const { chargeId, fen } of settles) {
    positive(fen);
    const openFen = standing.openFen(chargeId);
    if (fen > openFen) throw new Refusal('ledger.more_than_open', { chargeId, openFen, askedFen: fen });
  }
  return makeEntry('prepaid-use', [
    debit('prepaid', wholeFen, { unitId }),
    ...settles.map(({ fen, ...ref }) => credit('receivable', fen, ref)),
  ]);
}

type Hands = { method: Method; cashierId: string };

/** Given back of what was paid ahead (MN7: with approval, which the caller has seen). */
export function refundEntry(unitId: string, fen: number, { method, cashierId }: Hands, standing: Standing): Entry {
  positive(fen);
  const prepaidFen = standing.prepaidFen(unitId);
  if (fen > prepaidFen) throw new Refusal('ledger.more_than_prepaid', { prepaidFen, askedFen: fen });
  return makeEntry('refund', [debit('prepaid', fen, { unitId }), credit(method, fen, { cashierId })]);
}

/** MN11: a waiver is an entry of its own, seen beside the charge that it takes from. */
export function waiverEntry(ref: ChargeRef, fen: number, standing: Standing): Entry {
  positive(fen);
  const openFen = standing.openFen(ref.chargeId);
  if (fen > openFen) throw new Refusal('ledger.more_than_open', { openFen, askedFen: fen });
  return makeEntry('waiver', [
    debit('waived', fen, { unitId: ref.unitId, itemId: ref.itemId }),
    credit('receivable', fen, ref),
  ]);
}

export type DepositRef = { unitId: string; depositId: string; itemId: string };

export function depositTakeEntry(ref: DepositRef, fen: number, { method, cashierId }: Hands): Entry {
  positive(fen);
  return makeEntry('deposit-take', [debit(method, fen, { cashierId }), credit('deposit', fen, ref)]);
}

/** MN10: kept with a reason, for a charge that is open (a repair, damage) or, without one, as income of its item. */
export function depositDeductEntry(ref: DepositRef, fen: number, settles: ChargeRef | null, standing: Standing): Entry {
  positive(fen);
  const heldFen = standing.heldFen(ref.depositId);
  if (fen > heldFen) throw new Refusal('ledger.more_than_held', { heldFen, askedFen: fen });
  if (settles && fen > standing.openFen(settles.chargeId))
    throw new Refusal('ledger.more_than_open', { openFen: standing.openFen(settles.chargeId), askedFen: fen });
  return makeEntry('deposit-deduct', [
    debit('deposit', fen, ref),
    settles ? credit('receivable', fen, settles) : credit('income', fen, { unitId: ref.unitId, itemId: ref.itemId }),
  ]);
}

export function depositRefundEntry(
  ref: DepositRef,
  fen: number,
  { method, cashierId }: Hands,
  standing: Standing,
): Entry {
  positive(fen);
  const heldFen = standing.heldFen(ref.depositId);
  if (fen > heldFen) throw new Refusal('ledger.more_than_held', { heldFen, askedFen: fen });
  return makeEntry('deposit-refund', [debit('deposit', fen, ref), credit(method, fen, { cashierId })]);
}

/** MN8: what a cashier hands to finance or the bank; each method's sum leaves the drawer. Below zero: paid out more. */
export function handOverEntry(cashierId: string, sums: readonly { method: Method; fen: number }[]): Entry | null {
  const moved = sums.filter(({ fen }) => fen !== 0);
  if (moved.length === 0) return null;
  return makeEntry(
    'hand-over',
    moved.flatMap(({ method, fen }) => [line('handed-over', fen, { cashierId }), line(method, -fen, { cashierId })]),
  );
}

/** MN8: the count against the books; `countedFen − bookFen`, named at the close. Null: they agree. */
export function closeDifferenceEntry(cashierId: string, method: Method, differenceFen: number): Entry | null {
  if (differenceFen === 0) return null;
  return makeEntry('close-difference', [
    line(method, differenceFen, { cashierId }),
    line(differenceFen > 0 ? 'cash-over' : 'cash-short', -differenceFen, { cashierId }),
  ]);
}

/**
 * The opposite of an entry (MN7): nothing is deleted. Refused when it was reversed already, is itself a reversal, or when
 * what it brought has been used since: a charge that was settled, money paid ahead that is gone, a deposit given back.
 */
export function reversalEntry(entry: Entry & { id: string }, isReversed: boolean, standing: Standing): Entry {
  if (entry.kind === 'reversal') throw new Refusal('ledger.reversal_of_reversal');
  if (isReversed) throw new Refusal('ledger.already_reversed');
  const opposite = entry.lines.map((one) => ({ ...one, amountFen: -one.amountFen }));
  const taken = (account: Account, idOf: (one: EntryLine) => string | null) => {
    const sums = new Map<string, number>();
    for (const one of opposite) {
      const id = one.account === account ? idOf(one) : null;
      if (id !== null) sums.set(id, (sums.get(id) ?? 0) + one.amountFen);
    }
    return sums;
  };
  for (const [id, fen] of taken('receivable', (one) => one.chargeId))
    if (standing.openFen(id) + fen < 0) throw new Refusal('ledger.since_used', { chargeId: id });
  for (const [id, fen] of taken('prepaid', (one) => one.unitId))
    if (standing.prepaidFen(id) - fen < 0) throw new Refusal('ledger.since_used', { unitId: id });
  for (const [id, fen] of taken('deposit', (one) => one.depositId))
    if (standing.heldFen(id) - fen < 0) throw new Refusal('ledger.since_used', { depositId: id });
  return makeEntry('reversal', opposite, entry.id);
}
