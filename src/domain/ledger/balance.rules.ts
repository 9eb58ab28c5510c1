// What stands on the ledger 余额: sums of lines by what they carry, and the books' own check.
import { sumFen } from '../../kernel/money.ts';
import type { Standing } from './entry.rules.ts';
import type { Account, Entry, EntryLine } from './ledger.contract.ts';

/** Sums of lines, kept by account and by the id that gives the account its meaning. */
export type Balances = {
  byAccount: Map<Account, number>;
  open: Map<string, number>;
  prepaid: Map<string, number>;
  held: Map<string, number>;
  /** `cashierId method`: what a cashier holds in hand. */
  drawers: Map<string, number>;
};

export const emptyBalances = (): Balances => ({
  byAccount: new Map(),
  open: new Map(),
  prepaid: new Map(),
  held: new Map(),
  drawers: new Map(),
});

const add = <Key>(sums: Map<Key, number>, key: Key, fen: number): void => {
  sums.set(key, sumFen([sums.get(key) ?? 0, fen]));
};
/** Debts to the house are debits; what the house owes (paid ahead, deposits) is a credit and shown above zero. */
const owedByHouse: ReadonlySet<Account> = new Set(['prepaid', 'deposit']);

/** Adds an entry's lines; the same entries in any order give the same balances. */
export function post(balances: Balances, entry: Pick<Entry, 'lines'>): void {
  for (const one of entry.lines) {
    add(balances.byAccount, one.account, one.amountFen);
    if (one.account === 'receivable' && one.chargeId) add(balances.open, one.chargeId, one.amountFen);
    else if (one.account === 'prepaid' && one.unitId) add(balances.prepaid, one.unitId, -one.amountFen);
    else if (one.account === 'deposit' && one.depositId) add(balances.held, one.depositId, -one.amountFen);
    else if (one.cashierId && isInHand(one.account))
      add(balances.drawers, `${one.cashierId} ${one.account}`, one.amountFen);
  }
}

const inHand: ReadonlySet<Account> = new Set(['cash', 'card', 'transfer', 'cheque', 'bank-collection', 'online']);
export const isInHand = (account: Account): boolean => inHand.has(account);

export const standingOf = (balances: Balances): Standing => ({
  openFen: (chargeId) => balances.open.get(chargeId) ?? 0,
  prepaidFen: (unitId) => balances.prepaid.get(unitId) ?? 0,
  heldFen: (depositId) => balances.held.get(depositId) ?? 0,
});

/** What a unit owes: open charges less what is paid ahead. Above zero: owed (the interface's `balanceFen`). */
export function unitBalanceFen(lines: readonly EntryLine[]): number {
  return sumFen(
    lines.filter(({ account }) => account === 'receivable' || account === 'prepaid').map(({ amountFen }) => amountFen),
  );
}

export type Breach = {
  code:
    | 'out_of_balance'
    | 'open_below_nothing'
    | 'prepaid_below_nothing'
    | 'held_below_nothing'
    | 'reversed_twice'
    | 'books_out_of_balance';
  id: string;
};

/** Every breach of the books: asked by `verify` over all entries of a community. */
export function breachesOf(entries: readonly (Entry & { id: string })[]): Breach[] {
  const balances = emptyBalances();
  const breaches: Breach[] = [];
  const reversed = new Set<string>();
  for (const entry of entries) {
    if (sumFen(entry.lines.map(({ amountFen }) => amountFen)) !== 0)
      breaches.push({ code: 'out_of_balance', id: entry.id });
    if (entry.reversesId !== null) {
      if (reversed.has(entry.reversesId)) breaches.push({ code: 'reversed_twice', id: entry.id });
      reversed.add(entry.reversesId);
    }
    post(balances, entry);
  }
  const below = (sums: Map<string, number>, code: Breach['code']) => {
    for (const [id, fen] of sums) if (fen < 0) breaches.push({ code, id });
  };
  below(balances.open, 'open_below_nothing');
  below(balances.prepaid, 'prepaid_below_nothing');
  below(balances.held, 'held_below_nothing');
  if (sumFen([...balances.byAccount.values()]) !== 0) breaches.push({ code: 'books_out_of_balance', id: '' });
  return breaches;
}

/** A balance as people read it: what the house owes is shown above zero. */
export const shownFen = (account: Account, fen: number): number => (owedByHouse.has(account) ? -fen : fen);
