// Numbers 编号 that people quote (spec/12): kind, year, running number, unique in the community.
import { dayOf, type Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';

export type YearSeries = 'BX' | 'TS' | 'TF' | 'ZX' | 'JY' | 'FW' | 'HF' | 'SP' | 'SW' | 'HN';
export type DaySeries = 'DJ' | 'RJ' | 'TK';

/** `BX-2026-000123`: the year is the Shanghai day's; wider than six digits where a year needs it. */
export const yearCode = (series: YearSeries, year: string, number: number): string =>
  `${series}-${year}-${String(number).padStart(6, '0')}`;
/** `DJ-20261122-0007`. */
export const dayCode = (series: DaySeries, day: string, number: number): string =>
  `${series}-${day.replaceAll('-', '')}-${String(number).padStart(4, '0')}`;

/**
 * The next number of a series. Its row stays locked until the commit, so this is the last statement of a
 * transaction but for the one row that carries the number.
 */
export async function takeNumber(tx: Tx, communityId: string, series: string, period: string): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    insert into counters (community_id, series, period, last) values (${communityId}, ${series}, ${period}, 1)
    on conflict (community_id, series, period) do update set last = counters.last + 1 returning last`.execute(tx);
  return rows[0]?.last as number;
}

export async function takeYearCode(tx: Tx, communityId: string, series: YearSeries, at: Instant): Promise<string> {
  const year = dayOf(at).slice(0, 4);
  return yearCode(series, year, await takeNumber(tx, communityId, series, year));
}

export async function takeDayCode(tx: Tx, communityId: string, series: DaySeries, at: Instant): Promise<string> {
  const day = dayOf(at);
  return dayCode(series, day, await takeNumber(tx, communityId, series, day));
}
