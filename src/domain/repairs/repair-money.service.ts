// What a repair's price asks of the money above it (RP11): a charge of the household when the work is finished. Handed over
// in the wiring, carried out in the transaction of the move.
import type { Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';

/** Makes what is owed for this order so much, whatever it was before. */
export type ChargeRepair = (
  tx: Tx,
  call: Call,
  repair: { caseId: string; unitId: string; chargedFen: number },
) => Promise<void>;

let charge: ChargeRepair | null = null;
export const linkRepairCharge = (made: ChargeRepair): void => {
  charge = made;
};

export async function chargeRepair(
  tx: Tx,
  call: Call,
  repair: { id: string; unitId: string | null; chargedFen: number },
): Promise<void> {
  if (!charge) throw new Error('the charges of repairs are not linked');
  const { id, unitId, chargedFen } = repair;
  // A price for a public place is nobody's household's.
  if (unitId !== null) await charge(tx, call, { caseId: id, unitId, chargedFen });
}
