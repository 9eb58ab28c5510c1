// Which charges a sum settles 核销: those chosen, or the oldest due first; what is left over is paid ahead.
import type { FieldFault } from '../../kernel/refusal.ts';
import type { Day } from '../../kernel/time.ts';
import type { ChargeRef } from './entry.rules.ts';

export type OpenCharge = ChargeRef & { dueOn: Day; openFen: number };
export type Settled = ChargeRef & { fen: number };

/** The oldest due first; of one day by charge id, which grows with time, so that two clerks get the same. */
export function oldestFirst(charges: readonly OpenCharge[]): OpenCharge[] {
  return charges
    .filter(({ openFen }) => openFen > 0)
    .sort((a, b) => (a.dueOn === b.dueOn ? (a.chargeId < b.chargeId ? -1 : 1) : a.dueOn < b.dueOn ? -1 : 1));
}

export function allocate(amountFen: number, charges: readonly OpenCharge[]): { settles: Settled[]; leftFen: number } {
  let leftFen = amountFen;
  const settles: Settled[] = [];
  for (const { unitId, chargeId, itemId, openFen } of oldestFirst(charges)) {
    if (leftFen === 0) break;
    const fen = Math.min(leftFen, openFen);
    settles.push({ unitId, chargeId, itemId, fen });
    leftFen -= fen;
  }
  return { settles, leftFen };
}

/** Charges that were chosen, each with its sum; every fault at its field. */
export function chosen(
  amountFen: number,
  choices: readonly { chargeId: string; amountFen: number }[],
  charges: readonly OpenCharge[],
): { settles: Settled[]; leftFen: number; faults: FieldFault[] } {
  const faults: FieldFault[] = [];
  const settles: Settled[] = [];
  const seen = new Set<string>();
  let leftFen = amountFen;
  for (const [index, choice] of choices.entries()) {
    const path = `allocations.${index}`;
    const charge = charges.find(({ chargeId }) => chargeId === choice.chargeId);
    const isTwice = seen.has(choice.chargeId);
    seen.add(choice.chargeId);
    if (!charge) faults.push({ path: `${path}.chargeId`, code: 'unknown_charge' });
    else if (isTwice) faults.push({ path: `${path}.chargeId`, code: 'charge_twice' });
    else if (choice.amountFen > charge.openFen)
      faults.push({ path: `${path}.amountFen`, code: 'more_than_open', facts: { openFen: charge.openFen } });
    else {
      leftFen -= choice.amountFen;
      if (leftFen < 0) faults.push({ path: `${path}.amountFen`, code: 'more_than_paid', facts: { amountFen } });
      else {
        const { unitId, chargeId, itemId } = charge;
        settles.push({ unitId, chargeId, itemId, fen: choice.amountFen });
      }
    }
  }
  return { settles, leftFen: Math.max(0, leftFen), faults };
}
