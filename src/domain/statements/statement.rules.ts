// The statement 对账单 out of the ledger's lines (MN12): each entry's effect on what a household owes, and the balance after it.
import { sumFen } from '../../kernel/money.ts';
import type { Day, Instant, Month } from '../../kernel/time.ts';
import type { Account, EntryKind, Method } from '../ledger/ledger.contract.ts';
import type { ChargeState } from './statement.contract.ts';

/** One line of the ledger that concerns the household, with its entry. */
export type HouseholdLine = {
  entryId: string;
  kind: EntryKind;
  at: Instant;
  on: Day;
  reversesId: string | null;
  isReversed: boolean;
  methods: readonly Method[];
  moneyFen: number;
  account: Account;
  amountFen: number;
  chargeId: string | null;
  depositId: string | null;
};
export type EntryEffect = {
  id: string;
  kind: EntryKind;
  at: Instant;
  on: Day;
  reversesId: string | null;
  isReversed: boolean;
  methods: readonly Method[];
  moneyFen: number;
  amountFen: number;
  prepaidFen: number;
  depositFen: number;
  charges: { chargeId: string; amountFen: number }[];
  balanceFen: number;
};

/** Entries in their order with the balance after each. `lines` in the order they were posted. */
export function effectsOf(openingFen: number, lines: readonly HouseholdLine[]): EntryEffect[] {
  const byEntry = new Map<string, HouseholdLine[]>();
  for (const line of lines) byEntry.set(line.entryId, [...(byEntry.get(line.entryId) ?? []), line]);
  let balanceFen = openingFen;
  return [...byEntry.values()].map((own) => {
    const first = own[0] as HouseholdLine;
    const sum = (...accounts: Account[]) =>
      sumFen(own.filter(({ account }) => accounts.includes(account)).map(({ amountFen }) => amountFen));
    const amountFen = sum('receivable', 'prepaid');
    balanceFen += amountFen;
    const { entryId: id, kind, at, on, reversesId, isReversed, methods, moneyFen } = first;
    return {
      ...{ id, kind, at, on, reversesId, isReversed, methods, moneyFen, amountFen, balanceFen },
      prepaidFen: 0 - sum('prepaid'),
      depositFen: 0 - sum('deposit'),
      charges: own.flatMap(({ account, chargeId, amountFen: fen }) =>
        account === 'receivable' && chargeId !== null ? [{ chargeId, amountFen: fen }] : [],
      ),
    };
  });
}

export function chargeStateOf(charge: { amountFen: number; openFen: number; isReversed: boolean }): ChargeState {
  if (charge.isReversed) return 'undone';
  if (charge.openFen <= 0) return 'settled';
  return charge.openFen < charge.amountFen ? 'part' : 'open';
}

/** `2026-01` → `2025-12`. */
export function monthBefore(month: Month): Month {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`;
}
