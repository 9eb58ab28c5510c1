// Taking money 收款 (MN5, RP11) and giving it back by an opposite entry (MN7): who may take it, what it settles, the change,
// the ledger entry. No receipt book in hand, no money: the caller takes the number in the same transaction.
import { fenFault, sumFen } from '../../kernel/money.ts';
import { allowsBy, allowsFrom, type Moves } from '../../kernel/moves.ts';
import { BadInput, type FieldFault, forbidden, Refusal } from '../../kernel/refusal.ts';
import { allocate, chosen, type OpenCharge, type Settled } from '../ledger/allocation.rules.ts';
import { paymentEntry, reversalEntry, type Standing } from '../ledger/entry.rules.ts';
import type { Entry, Method } from '../ledger/ledger.contract.ts';
import type { CreatePayment, PaymentMove, PaymentState } from './payment.contract.ts';

export const paymentMoveTable: Moves<PaymentMove, PaymentState, 'finance'> = {
  reverse: { from: ['posted'], to: 'reversed', by: ['finance'] },
};

/** Who takes the money, by kind of charge: data of the standard (09: desk, desk clerk going along, finance; never the worker). */
export type CollectorRule = Readonly<Record<string, readonly string[]>>;

export type PaymentFacts = {
  /** Locked: all open charges that the payment could settle, of this unit and of those that were chosen. */
  charges: readonly (OpenCharge & { kind: string })[];
  /** The unit's open charges less what it has paid ahead; above zero: owed. */
  balanceFen: number;
  cashier: { id: string; roles: readonly string[] };
  collectors: CollectorRule;
  /** The day's close that this falls into is sealed or counted already. */
  isDayClosed: boolean;
};

export type PaymentDecision = {
  entry: Entry;
  settles: readonly Settled[];
  prepaidFen: number;
  changeFen: number;
  parts: readonly { method: Method; fen: number }[];
};

/** Whether one of these posts takes the money of this kind (RP11, 09). */
export const mayCollect = (rule: CollectorRule, kind: string, roles: readonly string[]): boolean =>
  (rule[kind] ?? rule.other ?? []).some((role) => roles.includes(role));

/** Amounts first, each at its field; then what is known only now: the balance and the charges. */
function amountFaults(ask: CreatePayment): FieldFault[] {
  const faults: FieldFault[] = [];
  const check = (path: string, fen: number) => {
    const code = fenFault(fen);
    if (code !== null) faults.push({ path, code });
    return code === null;
  };
  const isWhole = check('amountFen', ask.amountFen);
  const others = ask.otherParts ?? [];
  const areOthers = others.map((part, index) => check(`otherParts.${index}.amountFen`, part.amountFen)).every(Boolean);
  (ask.allocations ?? []).forEach((one, index) => {
    check(`allocations.${index}.amountFen`, one.amountFen);
  });
  const methods = [ask.method, ...others.map((part) => part.method)];
  methods.forEach((method, index) => {
    if (methods.indexOf(method) < index) faults.push({ path: `otherParts.${index - 1}.method`, code: 'method_twice' });
  });
  if (isWhole && areOthers && sumFen(others.map((part) => part.amountFen)) >= ask.amountFen && others.length > 0)
    faults.push({ path: 'otherParts', code: 'parts_exceed_amount' });
  if (ask.tenderedFen !== undefined && check('tenderedFen', ask.tenderedFen)) {
    if (!methods.includes('cash')) faults.push({ path: 'tenderedFen', code: 'tendered_only_cash' });
    else if (isWhole && areOthers && ask.tenderedFen < cashFen(ask))
      faults.push({ path: 'tenderedFen', code: 'tendered_too_little', facts: { cashFen: cashFen(ask) } });
  }
  if (ask.allocations === undefined && ask.expectedBalanceFen === undefined)
    faults.push({ path: 'expectedBalanceFen', code: 'balance_or_allocations_required' });
  return faults;
}

function partsOf(ask: CreatePayment): { method: Method; fen: number }[] {
  const others = (ask.otherParts ?? []).map(({ method, amountFen }) => ({ method, fen: amountFen }));
  return [{ method: ask.method, fen: ask.amountFen - sumFen(others.map(({ fen }) => fen)) }, ...others];
}
const cashFen = (ask: CreatePayment): number => partsOf(ask).find(({ method }) => method === 'cash')?.fen ?? 0;

/** Throws BadInput or Refusal; otherwise the entry and what the receipt has to say. */
export function decidePayment(ask: CreatePayment, facts: PaymentFacts): PaymentDecision {
  const faults = amountFaults(ask);
  if (faults.length > 0) throw new BadInput(faults);
  const picked = ask.allocations && chosen(ask.amountFen, ask.allocations, facts.charges);
  if (picked && picked.faults.length > 0) throw new BadInput(picked.faults);
  const { settles, leftFen } =
    picked ??
    allocate(
      ask.amountFen,
      facts.charges.filter(({ unitId }) => unitId === ask.unitId),
    );
  const kinds = new Set(
    settles.map((one) => facts.charges.find(({ chargeId }) => chargeId === one.chargeId)?.kind ?? 'other'),
  );
  if (leftFen > 0) kinds.add('other');
  const refused = [...kinds].filter((kind) => !mayCollect(facts.collectors, kind, facts.cashier.roles));
  if (refused.length > 0) throw new Refusal('payment.not_collector', { kinds: refused }, 403);
  if (facts.isDayClosed) throw new Refusal('payment.day_closed');
  if (ask.expectedBalanceFen !== undefined && ask.expectedBalanceFen !== facts.balanceFen)
    throw new Refusal('payment.balance_changed', { balanceFen: facts.balanceFen });
  const changeFen = ask.tenderedFen === undefined ? 0 : ask.tenderedFen - cashFen(ask);
  const parts = partsOf(ask);
  const standing: Standing = {
    openFen: (id) => facts.charges.find(({ chargeId }) => chargeId === id)?.openFen ?? 0,
    prepaidFen: () => 0,
    heldFen: () => 0,
  };
  const entry = paymentEntry(
    {
      parts: parts.map((part) => (part.method === 'cash' ? { ...part, fen: part.fen + changeFen } : part)),
      changeFen,
      settles,
      prepays: leftFen > 0 ? [{ unitId: ask.unitId, fen: leftFen }] : [],
      cashierId: facts.cashier.id,
    },
    standing,
  );
  return { entry, settles, prepaidFen: leftFen, changeFen, parts };
}

export type ReversalFacts = {
  state: PaymentState;
  entry: Entry & { id: string };
  /** Who approved it, null while nobody has; never the one who asks (MN7). */
  approvedById: string | null;
  isDayClosed: boolean;
};

/** Whether this person may ask for it at all; null: yes. */
export function reversalBlocker(state: PaymentState, roles: readonly string[]): Refusal | null {
  if (!allowsBy(paymentMoveTable.reverse, roles)) return forbidden('payment.reverse');
  if (!allowsFrom(paymentMoveTable.reverse, state))
    return new Refusal('payment.move_not_allowed', { state, move: 'reverse' });
  return null;
}

/** MN7: the opposite entry, posted into the open day, never into the closed one of the payment. */
export function decideReversal(
  facts: ReversalFacts,
  actor: { id: string; roles: readonly string[] },
  standing: Standing,
): Entry {
  const refusal = reversalBlocker(facts.state, actor.roles);
  if (refusal) throw refusal;
  if (facts.approvedById === null) throw new Refusal('payment.approval_missing');
  if (facts.approvedById === actor.id) throw new Refusal('payment.own_request');
  if (facts.isDayClosed) throw new Refusal('payment.day_closed');
  return reversalEntry(facts.entry, false, standing);
}
