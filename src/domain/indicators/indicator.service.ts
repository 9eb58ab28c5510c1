// Indicators 指标 of a month. Each slice that has facts hands over its own: which cases belong to the month, and which of
// them count. The figure, its rows and its target then come from one place for all.
import { decodeCursor, pageOf } from '../../kernel/paging.ts';
import { badField } from '../../kernel/refusal.ts';
import { type Day, type Month, monthOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { listMyCommunities } from '../access/account.service.ts';
import { type Call, callRoles, reachOf, readIn } from '../access/call.ts';
import type { StandardDocument } from '../standards/standard.contract.ts';
import { standardInForce } from '../standards/standard.service.ts';
import { type Indicator, type IndicatorName, type IndicatorRow, indicatorNames } from './indicator.contract.ts';
import { type Comparison, figureOf, isOver } from './indicator.rules.ts';

export type IndicatorSource = {
  name: IndicatorName;
  comparison: Comparison;
  /** A share where left out. */
  measure?: 'points';
  target: (document: StandardDocument) => number | null;
  /** From the day after this one on the month's figure can't change any more. */
  finalOn: (tx: Tx, communityId: string, month: Month, document: StandardDocument) => Day | Promise<Day>;
  /** Every case of the month, in the order of its event. */
  rows: (tx: Tx, communityId: string, month: Month, document: StandardDocument) => Promise<IndicatorRow[]>;
};

const sources = new Map<IndicatorName, IndicatorSource>();
export function linkIndicators(list: readonly IndicatorSource[]): void {
  for (const source of list) sources.set(source.name, source);
}

const monthAsked = (call: Call, month: Month | undefined): Month => {
  const current = monthOf(call.now);
  if (month !== undefined && month > current) throw badField('month', 'in_the_future');
  return month ?? current;
};

export async function readIndicators(call: Call, asked?: Month): Promise<{ month: Month; items: Indicator[] }> {
  const month = monthAsked(call, asked);
  return readIn(call, async (tx) => {
    const { document } = await standardInForce(tx, call.communityId);
    const items: Indicator[] = [];
    for (const name of indicatorNames) {
      const source = sources.get(name);
      if (!source) continue;
      const target = source.target(document);
      const finalOn = await source.finalOn(tx, call.communityId, month, document);
      items.push({
        communityId: call.communityId,
        name,
        month,
        measure: source.measure ?? 'share',
        ...figureOf(await source.rows(tx, call.communityId, month, document), target, source.comparison),
        target,
        comparison: source.comparison,
        finalOn,
        isFinal: isOver(finalOn, call.now),
        rowsUrl: `/api/v1/communities/${call.communityId}/indicators/${name}/rows?month=${month}`,
      });
    }
    return { month, items };
  });
}

export async function readIndicatorsEverywhere(
  call: Call,
  asked?: Month,
): Promise<{ month: Month; items: Indicator[] }> {
  const month = monthAsked(call, asked);
  const communities = await call.house.database.read([], (tx) => listMyCommunities(tx, call.actor));
  const items: Indicator[] = [];
  for (const community of communities) {
    const local: Call = { ...call, communityId: community.id, roles: callRoles(call.actor, community.id) };
    if (reachOf(local, 'indicator.read') !== null) items.push(...(await readIndicators(local, month)).items);
  }
  return { month, items };
}

export type RowsQuery = {
  month?: Month | undefined;
  counts?: 'true' | 'false' | undefined;
  limit: number;
  cursor?: string | undefined;
};

export async function readIndicatorRows(call: Call, name: IndicatorName, query: RowsQuery) {
  const month = monthAsked(call, query.month);
  return readIn(call, async (tx) => {
    const { document } = await standardInForce(tx, call.communityId);
    const all = (await sources.get(name)?.rows(tx, call.communityId, month, document)) ?? [];
    const rows = query.counts === undefined ? all : all.filter((row) => String(row.counts) === query.counts);
    const place = query.cursor === undefined ? [0] : decodeCursor(query.cursor, 1);
    const from = place[0];
    if (typeof from !== 'number' || !Number.isSafeInteger(from) || from < 0) throw badField('cursor', 'not_a_cursor');
    // A month's rows are one answer of the database: its place is its number, and the total costs nothing.
    const page = pageOf(
      rows.slice(from, from + query.limit + 1),
      query.limit,
      () => [from + query.limit],
      (row) => row,
    );
    return { ...page, total: rows.length };
  });
}
