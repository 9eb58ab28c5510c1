// Late fees 滞纳金 counted for units in a billing run (MN1, MN2): each charge that is late, by the standard in force on the day
// from which it was owed, for the days that no late fee counted yet.
import { newId } from '../../kernel/id.ts';
import type { Day } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { lockHouseholds } from '../ledger/ledger.service.ts';
import { standardsOn } from '../standards/standard.service.ts';
import { chargeKindWords } from './charge.words.ts';
import { insertItem, listItemRows } from './charge-item.store.ts';
import type { LateFeeLine } from './late-fee.contract.ts';
import { lateFeeFen, nextLateFee, owedFrom } from './late-fee.rules.ts';
import { listLateCharges, listStandingIds, sumLateFees } from './late-fee.store.ts';

/** Whether late fees are charged, and from which day on a charge can be late. */
export type LateFeeTurn = { itemId: string; since: Day; asOf: Day };

export async function lateFeesOf(
  tx: Tx,
  communityId: string,
  unitIds: readonly string[],
  { since, asOf }: LateFeeTurn,
): Promise<LateFeeLine[]> {
  const late = (await listLateCharges(tx, communityId, { unitIds, since, asOf })).map((charge) => ({
    ...charge,
    owedFrom: owedFrom(charge.dueOn, charge.postedOn),
  }));
  const standards = await standardsOn(
    tx,
    communityId,
    late.map((charge) => charge.owedFrom),
  );
  return late.flatMap((charge) => {
    const rule = standards.get(charge.owedFrom)?.document.money.lateFee.value;
    if (rule === undefined) return [];
    const { id, item, month, amountFen, settled, pauses, chargedBeforeFen } = charge;
    const facts = { of: { chargeId: id, item, month }, amountFen, dueOn: charge.owedFrom, settled, pauses };
    const detail = nextLateFee({ ...facts, chargedBeforeFen }, rule, asOf);
    if (detail === null) return [];
    return [{ unitId: charge.unitId, payer: { role: charge.payerRole, partyId: charge.payerId }, detail }];
  });
}

/** Of what was approved, what may still be posted: its charge stands, and nobody counted the same days meanwhile. */
export async function stillLate(
  tx: Tx,
  communityId: string,
  lines: readonly LateFeeLine[],
): Promise<(LateFeeLine & { amountFen: number })[]> {
  if (lines.length === 0) return [];
  await lockHouseholds(
    tx,
    communityId,
    lines.map(({ unitId }) => unitId),
  );
  const ids = lines.map(({ detail }) => detail.of.chargeId);
  const standing = await listStandingIds(tx, communityId, ids);
  const before = new Map((await sumLateFees(tx, communityId, ids)).map(({ ofChargeId, fen }) => [ofChargeId, fen]));
  return lines
    .filter(
      ({ detail: { of, beforeFen } }) => standing.has(of.chargeId) && (before.get(of.chargeId) ?? 0) === beforeFen,
    )
    .map((line) => ({ ...line, amountFen: lateFeeFen(line.detail) }));
}

/** The item under which late fees stand in the books; made when they are first switched on. Prices are locked by the caller. */
export async function lateFeeItem(tx: Tx, communityId: string, now: string): Promise<string> {
  const known = (await listItemRows(tx, communityId)).find(
    (item) => item.kind === 'late-fee' && item.retiredOn === null,
  );
  if (known !== undefined) return known.id;
  const id = newId();
  await insertItem(tx, communityId, {
    ...{ id, code: 'late-fee', name: chargeKindWords['late-fee'], kind: 'late-fee', months: [], usages: [] },
    // For no unit by itself: it follows from charges that are late.
    ...{ appliesTo: 'listed', dueDay: 28, retiredOn: null, createdAt: now },
  });
  return id;
}
