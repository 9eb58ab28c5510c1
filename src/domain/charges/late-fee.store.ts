// SQL of late fees 滞纳金: charges that are late, what was settled of each by which day, its pauses, and what was charged of it.
import type { Day } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { Payer } from './charge.contract.ts';

export type LateCharge = {
  id: string;
  unitId: string;
  itemId: string;
  item: string;
  month: string | null;
  payerRole: Payer['role'];
  payerId: string | null;
  dueOn: Day;
  postedOn: Day;
  amountFen: number;
  settled: { on: Day; fen: number }[];
  pauses: { from: Day; until: Day | null }[];
  chargedBeforeFen: number;
};

/**
 * Charges of these units that were owed on some day after the first one and before the last, or of which a late fee stands.
 * Late fees themselves and deposits are never late; what was undone neither.
 */
export async function listLateCharges(
  tx: Tx,
  communityId: string,
  asked: { unitIds: readonly string[]; since: Day; asOf: Day },
): Promise<LateCharge[]> {
  const { rows } = await sql<LateCharge>`
    select c.id, c.unit_id, c.item_id, i.name as item, c.month, c.payer_role, c.payer_id, c.due_on, e.posted_on, c.amount_fen,
      coalesce((select jsonb_agg(jsonb_build_object('on', s.posted_on, 'fen', s.fen) order by s.posted_on) from (
        select le.posted_on, -sum(l.amount_fen)::bigint as fen
        from ledger_lines l join ledger_entries le on le.community_id = l.community_id and le.id = l.entry_id
        where l.community_id = c.community_id and l.account = 'receivable' and l.charge_id = c.id and l.entry_id <> c.entry_id
          and le.posted_on <= ${asked.asOf}
        group by le.posted_on having sum(l.amount_fen) <> 0) s), '[]') as settled,
      coalesce((select jsonb_agg(jsonb_build_object('from', t.from_on, 'until', t.until_on) order by t.from_on, t.id) from charge_terms t
        where t.community_id = c.community_id and t.unit_id = c.unit_id and t.kind = 'late-fee-pause' and t.removed_at is null
          and (t.item_id is null or t.item_id = c.item_id) and t.from_on <= ${asked.asOf}), '[]') as pauses,
      coalesce((select sum(f.amount_fen) from charges f where f.community_id = c.community_id and f.of_charge_id = c.id), 0)::bigint
        as charged_before_fen
    from charges c
    join ledger_entries e on e.community_id = c.community_id and e.id = c.entry_id
    join charge_items i on i.community_id = c.community_id and i.id = c.item_id
    where c.community_id = ${communityId} and c.unit_id = any (${[...asked.unitIds]}::uuid[]) and c.reverses_id is null
      and c.of_charge_id is null and c.kind not in ('renovation-deposit', 'card-deposit') and c.due_on < ${asked.asOf}
      and greatest(c.due_on, e.posted_on) >= ${asked.since}
      and not exists (select from charges r where r.community_id = c.community_id and r.reverses_id = c.id)
    order by c.unit_id, c.due_on, c.id`.execute(tx);
  return rows;
}

/** How many late fees each of these charges ever had. */
export async function countLateFees(
  tx: Tx,
  communityId: string,
  ofChargeIds: readonly string[],
): Promise<Map<string, number>> {
  if (ofChargeIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; count: number }>`
    select of_charge_id as id, count(*)::int as count from charges
    where community_id = ${communityId} and of_charge_id = any (${[...ofChargeIds]}::uuid[]) and reverses_id is null
    group by of_charge_id`.execute(tx);
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** What of each charge's lateness was charged and stands: the sum, and the late fees themselves. */
export async function sumLateFees(
  tx: Tx,
  communityId: string,
  ofChargeIds: readonly string[],
): Promise<{ ofChargeId: string; fen: number; ids: string[] }[]> {
  if (ofChargeIds.length === 0) return [];
  const { rows } = await sql<{ ofChargeId: string; fen: number; ids: string[] }>`
    select f.of_charge_id, sum(f.amount_fen)::bigint as fen, array_agg(f.id order by f.id) as ids from charges f
    where f.community_id = ${communityId} and f.of_charge_id = any (${[...ofChargeIds]}::uuid[]) and f.reverses_id is null
      and not exists (select from charges r where r.community_id = f.community_id and r.reverses_id = f.id)
    group by f.of_charge_id`.execute(tx);
  return rows;
}

/** Of these charges, those that still stand. */
export async function listStandingIds(tx: Tx, communityId: string, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select c.id from charges c where c.community_id = ${communityId} and c.id = any (${[...ids]}::uuid[]) and c.reverses_id is null
      and not exists (select from charges r where r.community_id = c.community_id and r.reverses_id = c.id)`.execute(
    tx,
  );
  return new Set(rows.map(({ id }) => id));
}
