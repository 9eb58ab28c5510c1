// A billing run 出账 (MN2): its moves, the preview with totals and odd ones, and what is posted: each charge once, however
// often it is run.
import { sumFen } from '../../kernel/money.ts';
import { allowsBy, allowsFrom, type Moves } from '../../kernel/moves.ts';
import { forbidden, Refusal } from '../../kernel/refusal.ts';
import type { BillingRunMove, BillingRunState, OddKind } from './billing-run.contract.ts';
import type { ChargeDetail, Payer } from './charge.contract.ts';

export const billingRunMoveTable: Moves<BillingRunMove, BillingRunState, 'finance' | 'manager' | 'system'> = {
  submit: { from: ['preview'], to: 'submitted', by: ['finance'] },
  approve: { from: ['submitted'], to: 'approved', by: ['manager'] },
  post: { from: ['approved'], to: 'posting', by: ['finance'] },
  finish: { from: ['posting'], to: 'posted', by: ['system'] },
  abandon: { from: ['preview', 'submitted', 'approved'], to: 'abandoned', by: ['finance', 'manager'] },
};

export type BillingRunFacts = {
  state: BillingRunState;
  submittedById: string | null;
  /** Digest of all that the preview computed, and of the same computed now: prices or units may have changed since. */
  previewDigest: string;
  currentDigest: string;
  notComputed: number;
};
export type BillingRunActor = { id: string; roles: readonly string[] };

export function billingRunBlocker(
  name: BillingRunMove,
  run: BillingRunFacts,
  { id, roles }: BillingRunActor,
): Refusal | null {
  if (!allowsBy(billingRunMoveTable[name], roles)) return forbidden(`billing-run.${name}`);
  if (!allowsFrom(billingRunMoveTable[name], run.state))
    return new Refusal('billing-run.move_not_allowed', { state: run.state, move: name });
  if (name === 'approve' && run.submittedById === id) return new Refusal('billing-run.own_request');
  if (name === 'submit' && run.notComputed > 0)
    return new Refusal('billing-run.not_computed', { count: run.notComputed });
  // What was approved is what is posted: else a new preview is made.
  if ((name === 'approve' || name === 'post') && run.previewDigest !== run.currentDigest)
    return new Refusal('billing-run.preview_outdated');
  return null;
}

export function decideBillingRunMove(
  name: BillingRunMove,
  run: BillingRunFacts,
  actor: BillingRunActor,
): BillingRunState {
  const refusal = billingRunBlocker(name, run, actor);
  if (refusal) throw refusal;
  return billingRunMoveTable[name].to as BillingRunState;
}

/** What makes a charge itself: the same unit, item, month and payer are charged once. Unique in the table too. */
export const chargeKey = (charge: Pick<ChargeDetail, 'unitId' | 'itemId' | 'month'>, payer: Payer): string =>
  `${charge.unitId} ${charge.itemId} ${charge.month} ${payer.role} ${payer.partyId ?? '-'}`;

/** What was paid for elsewhere before the change-over is nobody's charge any more, whoever would pay. */
export const elsewhereKey = (charge: Pick<ChargeDetail, 'unitId' | 'itemId' | 'month'>): string =>
  `${charge.unitId} ${charge.itemId} ${charge.month} elsewhere`;

export type ToPost = { key: string; unitId: string; itemId: string; month: string; payer: Payer; amountFen: number };

/** What has still to be posted of what was computed; nothing of zero, nothing that stands already. */
export function chargesToPost(
  computed: readonly Pick<ChargeDetail, 'unitId' | 'itemId' | 'month' | 'shares'>[],
  posted: ReadonlySet<string>,
): ToPost[] {
  return computed.flatMap((charge) =>
    charge.shares
      .filter(({ amountFen }) => amountFen > 0 && !posted.has(elsewhereKey(charge)))
      .map(({ payer, amountFen }) => ({
        key: chargeKey(charge, payer),
        ...{ unitId: charge.unitId, itemId: charge.itemId, month: charge.month, payer, amountFen },
      }))
      .filter(({ key }) => !posted.has(key)),
  );
}

/** From the standard: from so many hundredths of difference to last month a charge is shown as odd. */
export type OddRule = { farPercent: number };
export type Odd = { unitId: string; itemId: string; kind: OddKind; fen: number; lastFen: number | null };
export type Preview = {
  totals: readonly { itemId: string; units: number; fen: number; lastFen: number; differenceFen: number }[];
  fen: number;
  differenceFen: number;
  odd: readonly Odd[];
};

type Amount = { unitId: string; itemId: string; fen: number };
const placeOf = ({ unitId, itemId }: { unitId: string; itemId: string }) => `${unitId} ${itemId}`;

/** Totals by item against last month's, and every charge that somebody should look at first. */
export function previewOf(
  computed: readonly ChargeDetail[],
  failed: readonly { unitId: string; itemId: string }[],
  last: readonly Amount[],
  rule: OddRule,
): Preview {
  const before = new Map(last.map((one) => [placeOf(one), one]));
  const seen = new Set<string>([...computed, ...failed].map(placeOf));
  const odd: Odd[] = failed.map(({ unitId, itemId }) => ({
    ...{ unitId, itemId, kind: 'not-computed' as const, fen: 0 },
    lastFen: before.get(placeOf({ unitId, itemId }))?.fen ?? null,
  }));
  for (const charge of computed) {
    const lastFen = before.get(placeOf(charge))?.fen ?? null;
    const tell = (kind: OddKind) =>
      odd.push({ unitId: charge.unitId, itemId: charge.itemId, kind, fen: charge.totalFen, lastFen });
    if (charge.shares.some(({ payer, amountFen }) => payer.partyId === null && amountFen > 0)) tell('no-payer');
    if (charge.totalFen === 0) tell('zero');
    if (lastFen === null) tell('new');
    else if (Math.abs(charge.totalFen - lastFen) * 100 >= lastFen * rule.farPercent && charge.totalFen !== lastFen)
      tell('far-from-last');
  }
  for (const one of last)
    if (!seen.has(placeOf(one)))
      odd.push({ unitId: one.unitId, itemId: one.itemId, kind: 'gone', fen: 0, lastFen: one.fen });

  const items = [...new Set([...computed, ...last].map(({ itemId }) => itemId))].sort();
  const totals = items.map((itemId) => {
    const ofItem = computed.filter((charge) => charge.itemId === itemId);
    const fen = sumFen(ofItem.map(({ totalFen }) => totalFen));
    const lastFen = sumFen(last.filter((one) => one.itemId === itemId).map((one) => one.fen));
    return { itemId, units: ofItem.length, fen, lastFen, differenceFen: fen - lastFen };
  });
  const sum = (of: (total: (typeof totals)[number]) => number) => sumFen(totals.map(of));
  return { totals, fen: sum(({ fen }) => fen), differenceFen: sum(({ differenceFen }) => differenceFen), odd };
}
