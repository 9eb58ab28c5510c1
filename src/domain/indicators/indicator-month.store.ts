// SQL of frozen months 已定月份: a figure with its rows, written once and read back as it was.
import type { Day, Instant, Month } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { Comparison, IndicatorName, Measure, PlacedRow } from './indicator.contract.ts';
import type { BaseCounts, Figure } from './indicator.rules.ts';

export type FrozenMonth = Pick<Figure, 'numerator' | 'denominator'> & {
  name: IndicatorName;
  month: Month;
  measure: Measure;
  formulaVersion: number;
  comparison: Comparison;
  target: number | null;
  base: BaseCounts | null;
  finalOn: Day;
  frozenAt: Instant;
};

export async function findFrozen(
  tx: Tx,
  communityId: string,
  names: readonly IndicatorName[],
  months: readonly Month[],
): Promise<FrozenMonth[]> {
  const { rows } = await sql<FrozenMonth>`
    select name, month, measure, formula_version, comparison, numerator, denominator, target::float8 as target, base, final_on, frozen_at
    from indicator_months
    where community_id = ${communityId} and name = any(${[...names]}::text[]) and month = any(${[...months]}::text[])`.execute(
    tx,
  );
  return rows;
}

export async function listFrozenRows(
  tx: Tx,
  communityId: string,
  name: IndicatorName,
  month: Month,
): Promise<PlacedRow[]> {
  const { rows } = await sql<Omit<PlacedRow, 'points'> & { points: number | null }>`
    select r.case_id, r.code, r.kind, coalesce(u.label, r.said) as unit, r.points, r.level, r.category, r.at, r.counts, r.cause, r.department, r.unit_id,
      r.building_id, r.butler_ids
    from indicator_month_rows r
    left join units u on u.community_id = r.community_id and u.id = r.unit_id
    where r.community_id = ${communityId} and r.name = ${name} and r.month = ${month}
    order by r.position`.execute(tx);
  return rows.map(({ points, ...row }) => ({ ...row, ...(points === null ? {} : { points }) }));
}

/** False: somebody else has frozen it meanwhile, and what stands there stays. */
export async function insertFrozen(
  tx: Tx,
  communityId: string,
  frozen: FrozenMonth,
  rows: readonly PlacedRow[],
): Promise<boolean> {
  const { name, month } = frozen;
  const made = await sql`
    insert into indicator_months (community_id, name, month, measure, formula_version, comparison, numerator, denominator, target, base, final_on, frozen_at)
    values (${communityId}, ${name}, ${month}, ${frozen.measure}, ${frozen.formulaVersion}, ${frozen.comparison}, ${frozen.numerator},
      ${frozen.denominator}, ${frozen.target}, ${frozen.base === null ? null : JSON.stringify(frozen.base)}::jsonb, ${frozen.finalOn}, ${frozen.frozenAt})
    on conflict do nothing`.execute(tx);
  if (made.numAffectedRows !== 1n) return false;
  const kept = rows.map((row, position) => ({ position, ...row }));
  await sql`
    insert into indicator_month_rows (community_id, name, month, position, case_id, code, kind, said, points, counts, at, level, category, cause, department,
      unit_id, building_id, butler_ids)
    select ${communityId}::uuid, ${name}, ${month}, r.position, r."caseId", r.code, r.kind, case when r."unitId" is null then r.unit end, r.points, r.counts, r.at, r.level, r.category, r.cause,
      r.department, r."unitId", r."buildingId", coalesce(r."butlerIds", '{}')
    from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) as r(position int, "caseId" uuid, code text, kind text, unit text, points int, counts boolean, at timestamptz,
      level text, category text, cause text, department text, "unitId" uuid, "buildingId" uuid, "butlerIds" uuid[])`.execute(
    tx,
  );
  return true;
}

/** Each community with the month of its first case: nothing can be counted before it. */
export async function listFirstMonths(tx: Tx): Promise<{ communityId: string; firstAt: Instant }[]> {
  const { rows } = await sql<{ communityId: string; firstAt: Instant }>`
    select community_id, min(received_at) as first_at from cases group by community_id order by community_id`.execute(
    tx,
  );
  return rows;
}
