// What the counter is about to take: the ticked charges, the sum as typed, and how it is paid. Pure: the screen shows it, the
// request is made of it.
import { type AmountFault, readYuan, sumFen, yuanOfFen } from '../../../kernel/money.ts';
import type { Method } from '../../ledger/ledger.contract.ts';
import type { CreatePayment, Due } from '../payment.contract.ts';

export type DueCharge = Due['charges'][number];

export type CounterDraft = {
  ticked: ReadonlySet<string>;
  /** As typed; empty: the sum of what is ticked. */
  amount: string;
  method: Method;
  tendered: string;
  second: Method | '';
  secondAmount: string;
  payerName: string;
  note: string;
  isDoorstep: boolean;
};

export const emptyDraft = (due: Due | undefined): CounterDraft => ({
  ticked: new Set(
    (due?.charges ?? []).filter((one) => one.mayTake && one.unitId === due?.unitId).map((one) => one.chargeId),
  ),
  amount: '',
  method: 'cash',
  tendered: '',
  second: '',
  secondAmount: '',
  payerName: '',
  note: '',
  isDoorstep: false,
});

export type Reckoned = {
  chargesFen: number;
  amountFen: number | null;
  amountFault: AmountFault | null;
  cashFen: number;
  tenderedFen: number | null;
  tenderedFault: AmountFault | 'too-little' | null;
  secondFen: number | null;
  secondFault: AmountFault | 'too-much' | null;
  changeFen: number;
  /** Below zero: paid ahead; above: still owed of what is ticked. */
  restFen: number;
  isReady: boolean;
};

export function reckon(draft: CounterDraft, charges: readonly DueCharge[]): Reckoned {
  const chosen = charges.filter((one) => draft.ticked.has(one.chargeId));
  const chargesFen = sumFen(chosen.map((one) => one.openFen));
  const typed = readYuan(draft.amount.trim() === '' ? yuanOfFen(chargesFen) : draft.amount);
  const amountFen = typed.fen;
  const second = draft.second === '' ? null : readYuan(draft.secondAmount);
  const secondFen = second?.fen ?? null;
  const secondFault =
    second === null
      ? null
      : (second.fault ?? (amountFen !== null && (secondFen ?? 0) >= amountFen ? 'too-much' : null));
  const firstFen = (amountFen ?? 0) - (secondFen ?? 0);
  const cashFen = draft.method === 'cash' ? firstFen : draft.second === 'cash' ? (secondFen ?? 0) : 0;
  const given = draft.tendered.trim() === '' || cashFen === 0 ? null : readYuan(draft.tendered);
  const tenderedFen = given?.fen ?? null;
  const tenderedFault = given === null ? null : (given.fault ?? ((tenderedFen ?? 0) < cashFen ? 'too-little' : null));
  return {
    chargesFen,
    amountFen,
    amountFault: typed.fault,
    cashFen,
    tenderedFen,
    tenderedFault,
    secondFen,
    secondFault,
    changeFen: tenderedFen === null || tenderedFault !== null ? 0 : tenderedFen - cashFen,
    restFen: chargesFen - (amountFen ?? 0),
    isReady: typed.fault === null && tenderedFault === null && secondFault === null,
  };
}

/** The oldest due first among what is ticked; what is left over is paid ahead. */
export function bodyOf(draft: CounterDraft, due: Due, reckoned: Reckoned): CreatePayment {
  const amountFen = reckoned.amountFen ?? 0;
  const chosen = due.charges
    .filter((one) => draft.ticked.has(one.chargeId))
    .sort((a, b) => (a.dueOn === b.dueOn ? (a.chargeId < b.chargeId ? -1 : 1) : a.dueOn < b.dueOn ? -1 : 1));
  let leftFen = amountFen;
  const allocations = chosen.flatMap(({ chargeId, openFen }) => {
    const fen = Math.min(leftFen, openFen);
    leftFen -= fen;
    return fen > 0 ? [{ chargeId, amountFen: fen }] : [];
  });
  return {
    unitId: due.unitId,
    method: draft.method,
    amountFen,
    allocations,
    expectedBalanceFen: due.balanceFen,
    takenAt: draft.isDoorstep ? 'doorstep' : 'counter',
    note: draft.note.trim(),
    ...(reckoned.tenderedFen === null ? {} : { tenderedFen: reckoned.tenderedFen }),
    ...(draft.second === '' ? {} : { otherParts: [{ method: draft.second, amountFen: reckoned.secondFen ?? 0 }] }),
    ...(draft.payerName.trim() === '' ? {} : { payerName: draft.payerName.trim() }),
  };
}
