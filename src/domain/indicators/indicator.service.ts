// Indicators 指标 as they are asked for: a month's figures, their rows, the same by groups, and how they went over a year.
import { decodeCursor, pageOf } from '../../kernel/paging.ts';
import { badField } from '../../kernel/refusal.ts';
import { type Month, monthOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { accountNames, listMyCommunities } from '../access/account.service.ts';
import { type Call, callRoles, reachOf, readIn } from '../access/call.ts';
import { standardInForce } from '../standards/standard.service.ts';
import {
  type Grouping,
  type Indicator,
  type IndicatorGroups,
  type IndicatorName,
  type IndicatorRowShown,
  type IndicatorTrend,
  noGroup,
  type PlacedRow,
  trendMonths,
} from './indicator.contract.ts';
import { type Group, groupKeyOf, groupsOf, monthsUpTo } from './indicator.rules.ts';
import {
  type CountedMonth,
  linkedSources,
  type MonthHead,
  readHeads,
  readMonth,
  sourceOf,
} from './indicator-month.service.ts';
import { buildingNames } from './indicator-place.store.ts';

export const monthAsked = (call: Call, month: Month | undefined): Month => {
  const current = monthOf(call.now);
  if (month !== undefined && month > current) throw badField('month', 'in_the_future');
  return month ?? current;
};

export const askedBy = async (tx: Tx, call: Call) => ({
  communityId: call.communityId,
  now: call.now,
  document: (await standardInForce(tx, call.communityId)).document,
});

const rowsUrlOf = (communityId: string, name: IndicatorName, query: Record<string, string>): string =>
  `/api/v1/communities/${communityId}/indicators/${name}/rows?${new URLSearchParams(query)}`;

const shownHead = (communityId: string, head: MonthHead): Indicator => {
  const { name, month, measure, figure, target, comparison, base, formulaVersion, finalOn, isFinal, frozenAt } = head;
  return {
    communityId,
    name,
    month,
    measure,
    ...figure,
    target,
    comparison,
    per: base === null ? 'rows' : 'households',
    formulaVersion,
    finalOn,
    isFinal,
    frozenAt,
    rowsUrl: rowsUrlOf(communityId, name, { month }),
  };
};

export async function readIndicators(call: Call, asked?: Month): Promise<{ month: Month; items: Indicator[] }> {
  const month = monthAsked(call, asked);
  return readIn(call, async (tx) => {
    const heads = await readHeads(tx, await askedBy(tx, call), linkedSources(), [month]);
    return { month, items: heads.map((head) => shownHead(call.communityId, head)) };
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

const countedMonth = async (tx: Tx, call: Call, name: IndicatorName, month: Month): Promise<CountedMonth | null> => {
  const source = sourceOf(name);
  return source ? readMonth(tx, await askedBy(tx, call), source, month) : null;
};

export type RowsQuery = {
  month?: Month | undefined;
  counts?: 'true' | 'false' | undefined;
  by?: Grouping | undefined;
  key?: string | undefined;
  limit: number;
  cursor?: string | undefined;
};

export async function readIndicatorRows(call: Call, name: IndicatorName, query: RowsQuery) {
  const month = monthAsked(call, query.month);
  const { by, key, counts } = query;
  if ((by === undefined) !== (key === undefined)) throw badField(by === undefined ? 'by' : 'key', 'required');
  return readIn(call, async (tx) => {
    const all = (await countedMonth(tx, call, name, month))?.rows ?? [];
    const rows = all.filter(
      (row) =>
        (counts === undefined || String(row.counts) === counts) && (by === undefined || groupKeyOf(row, by) === key),
    );
    const place = query.cursor === undefined ? [0] : decodeCursor(query.cursor, 1);
    const from = place[0];
    if (typeof from !== 'number' || !Number.isSafeInteger(from) || from < 0) throw badField('cursor', 'not_a_cursor');
    const shown = await shownRows(tx, call.communityId, rows.slice(from, from + query.limit + 1));
    // A month's rows are one answer of the database: its place is its number, and the total costs nothing.
    const page = pageOf(
      shown,
      query.limit,
      () => [from + query.limit],
      (row) => row,
    );
    return { ...page, total: rows.length };
  });
}

export async function shownRows(tx: Tx, communityId: string, rows: readonly PlacedRow[]): Promise<IndicatorRowShown[]> {
  const buildings = await buildingNames(tx, communityId);
  const names = await accountNames(
    tx,
    rows.flatMap((row) => row.butlerIds),
  );
  return rows.map(({ unitId: _unitId, buildingId, butlerIds, ...row }) => ({
    ...row,
    building: buildingId === null ? null : (buildings.get(buildingId) ?? null),
    butlers: butlerIds.map((id) => names.get(id) ?? ''),
  }));
}

export async function readIndicatorGroups(
  call: Call,
  name: IndicatorName,
  query: { month?: Month | undefined; by: Grouping },
): Promise<IndicatorGroups> {
  const month = monthAsked(call, query.month);
  const { by } = query;
  return readIn(call, async (tx) => {
    const counted = await countedMonth(tx, call, name, month);
    if (!counted) return { name, month, by, items: [] };
    const groups = groupsOf(counted.rows, by, counted.target, counted.comparison, counted.base);
    const labelOf = await labelsOf(tx, call.communityId, by, groups);
    const items = groups.map((group) => ({
      ...group,
      label: labelOf(group.key),
      rowsUrl: rowsUrlOf(call.communityId, name, { month, by, key: group.key }),
    }));
    return { name, month, by, items };
  });
}

export async function labelsOf(
  tx: Tx,
  communityId: string,
  by: Grouping,
  groups: readonly Group[],
): Promise<(key: string) => string | null> {
  if (by === 'building') {
    const names = await buildingNames(tx, communityId);
    return (key) => names.get(key) ?? null;
  }
  if (by !== 'butler') return () => null;
  const ids = groups.flatMap(({ key }) => (key === noGroup ? [] : key.split(',')));
  const names = await accountNames(tx, ids);
  return (key) =>
    key === noGroup
      ? null
      : key
          .split(',')
          .map((id) => names.get(id) ?? '')
          .join(' / ');
}

export async function readIndicatorTrend(call: Call, name: IndicatorName, asked?: Month): Promise<IndicatorTrend> {
  const months = monthsUpTo(monthAsked(call, asked), trendMonths);
  return readIn(call, async (tx) => {
    const source = sourceOf(name);
    const heads = source ? await readHeads(tx, await askedBy(tx, call), [source], months) : [];
    return {
      name,
      items: heads.map((head) => {
        const {
          communityId: _id,
          name: _name,
          per: _per,
          formulaVersion: _f,
          finalOn: _day,
          ...item
        } = shownHead(call.communityId, head);
        return item;
      }),
    };
  });
}
