// What `verify` asks of charges 应收 (MN2): each follows again from its kept inputs, and stands in the ledger as it says.
import { type Check, checkPage } from '../../platform/checks.ts';
import { sql } from '../../platform/database/database.ts';
import type { ChargeDetail, Payer } from './charge.contract.ts';
import { isDerivable } from './charge.rules.ts';
import { formulaNames } from './formula.words.ts';

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
  /** What its own entry says of it. */
  postedFen: number;
};

/** `null`: it holds. */
export function chargeBreach(charge: Kept): 'charge_not_posted' | 'charge_not_derivable' | 'charge_differs' | null {
  if (charge.postedFen !== charge.amountFen) return 'charge_not_posted';
  const { detail } = charge;
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

export const chargesDeriveAnew: Check = async function* (tx) {
  let after: Pick<Kept, 'communityId' | 'id'> | null = null;
  for (;;) {
    const { rows }: { rows: Kept[] } = await sql<Kept>`
      select c.community_id, c.id, c.unit_id, c.item_id, c.month, c.payer_role, c.payer_id, c.amount_fen, c.detail,
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
