// What `verify` asks of charges 应收 (MN2): each follows again from its kept inputs, and stands in the ledger as it says; a late
// fee from what the ledger says was settled by its day.
import { type Check, checkPage } from '../../platform/checks.ts';
import { sql } from '../../platform/database/database.ts';
import type { ChargeDetail, Payer } from './charge.contract.ts';
import { isDerivable } from './charge.rules.ts';
import { formulaNames } from './formula.words.ts';
import type { LateFeeDetail } from './late-fee.contract.ts';
import { isLateFeeDerivable, lateFeeFen } from './late-fee.rules.ts';

type Kept = {
  communityId: string;
  id: string;
  unitId: string;
  itemId: string;
  month: string | null;
  payerRole: Payer['role'];
  payerId: string | null;
  amountFen: number;
  detail: ChargeDetail | null;
  /** A late fee: of which charge, how it came about, and what the ledger says of that charge up to its day. */
  ofChargeId: string | null;
  lateFee: LateFeeDetail | null;
  settledByLedger: { on: string; fen: number }[] | null;
  /** What its own entry says of it. */
  postedFen: number;
};

/** `null`: it holds. */
export function chargeBreach(charge: Kept): 'charge_not_posted' | 'charge_not_derivable' | 'charge_differs' | null {
  if (charge.postedFen !== charge.amountFen) return 'charge_not_posted';
  const { detail, lateFee } = charge;
  if (lateFee !== null) return lateFeeBreach(charge, lateFee);
  if (detail === null) return null;
  if (!isDerivable(detail, formulaNames)) return 'charge_not_derivable';
  const share = detail.shares.find(({ payer }) => payer.role === charge.payerRole && payer.partyId === charge.payerId);
  const isSame =
    detail.unitId === charge.unitId &&
    detail.itemId === charge.itemId &&
    detail.month === charge.month &&
    share?.amountFen === charge.amountFen;
  return isSame ? null : 'charge_differs';
}

function lateFeeBreach(charge: Kept, lateFee: LateFeeDetail): 'charge_not_derivable' | 'charge_differs' | null {
  if (!isLateFeeDerivable(lateFee)) return 'charge_not_derivable';
  const text = (settled: readonly { on: string; fen: number }[]) =>
    settled.map(({ on, fen }) => `${on} ${fen}`).join(' ');
  const isSame =
    lateFee.of.chargeId === charge.ofChargeId &&
    lateFeeFen(lateFee) === charge.amountFen &&
    text(lateFee.settled) === text(charge.settledByLedger ?? []);
  return isSame ? null : 'charge_differs';
}

export const chargesDeriveAnew: Check = async function* (tx) {
  let after: Pick<Kept, 'communityId' | 'id'> | null = null;
  for (;;) {
    const { rows }: { rows: Kept[] } = await sql<Kept>`
      select c.community_id, c.id, c.unit_id, c.item_id, c.month, c.payer_role, c.payer_id, c.amount_fen, c.of_charge_id,
        case when c.of_charge_id is null then c.detail end as detail, case when c.of_charge_id is not null then c.detail end as late_fee,
        case when c.of_charge_id is not null and c.detail is not null then (
          select jsonb_agg(jsonb_build_object('on', s.posted_on, 'fen', s.fen) order by s.posted_on) from (
            select e.posted_on, -sum(l.amount_fen)::bigint as fen
            from ledger_lines l
            join ledger_entries e on e.community_id = l.community_id and e.id = l.entry_id
            join charges o on o.community_id = l.community_id and o.id = l.charge_id
            where l.community_id = c.community_id and l.account = 'receivable' and l.charge_id = c.of_charge_id
              and l.entry_id <> o.entry_id and e.posted_on <= (c.detail ->> 'asOf')::date
            group by e.posted_on having sum(l.amount_fen) <> 0) s) end as settled_by_ledger,
        coalesce((select sum(l.amount_fen) from ledger_lines l where l.community_id = c.community_id and l.entry_id = c.entry_id
          and l.account = 'receivable' and l.unit_id = c.unit_id and l.item_id = c.item_id
          and l.charge_id = coalesce(c.reverses_id, c.id)), 0)::bigint as posted_fen
      from charges c ${after === null ? sql`` : sql`where (c.community_id, c.id) > (${after.communityId}, ${after.id})`}
      order by c.community_id, c.id limit ${checkPage}`.execute(tx);
    for (const charge of rows) {
      const what = chargeBreach(charge);
      if (what !== null) yield { communityId: charge.communityId, what, facts: { id: charge.id } };
    }
    after = rows.at(-1) ?? null;
    if (rows.length < checkPage) return;
  }
};
