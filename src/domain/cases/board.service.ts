// The board 事项看板: what the caller may see of every kind, by what is due next.
import type { Page } from '../../kernel/paging.ts';
import { badField } from '../../kernel/refusal.ts';
import { dayOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { listMyCommunities } from '../access/account.service.ts';
import { type Call, callRoles, readIn } from '../access/call.ts';
import { maskPhonesInText } from '../parties/phone.rules.ts';
import { roomReadings, spellingOf } from '../places/room.rules.ts';
import { parseCode, textTokens, tokenKinds } from '../places/search.rules.ts';
import {
  type BoardFilter,
  type BoardRecord,
  countBoard,
  countStates,
  countStatesInReach,
  listBoard,
  listOriginNames,
} from './board.store.ts';
import type { BoardQuery, BoardRow, CaseCounts, CaseSource } from './case.contract.ts';
import { caseReach } from './case.service.ts';
import { cursorAfter, hiddenOf, openCursor } from './case-anonymity.service.ts';
import { contractorClocks, isContractorOnly, toTheHour } from './case-sight.rules.ts';
import { planWords } from './case-words.store.ts';

const series = ['BX', 'TS', 'TF', 'ZX', 'JY', 'FW'] as const;

async function filterOf(tx: Tx, call: Call, query: BoardQuery): Promise<BoardFilter> {
  const states = query.state?.filter((state) => state !== 'open');
  const responsibleId =
    query.responsible === 'me' ? call.actor.accountId : query.responsible === 'none' ? null : query.responsible;
  return {
    kind: query.kind,
    states: states && states.length > 0 ? states : undefined,
    openOnly: query.state?.includes('open') ?? false,
    overdueAt: query.overdue ? call.now : undefined,
    responsibleId,
    unitId: query.unit,
    origin: query.origin,
    found: query.q ? await foundBy(tx, call, query.q) : undefined,
  };
}

/** A number without prefix, year or zeros means this year's and last year's of every kind (spec/12). */
async function foundBy(tx: Tx, call: Call, text: string): Promise<NonNullable<BoardFilter['found']>> {
  const code = parseCode(text);
  const year = dayOf(call.now).slice(0, 4);
  const years = code?.year ? [code.year] : [year, String(Number(year) - 1)];
  const kinds = code?.series ? [code.series] : series;
  const number = code ? code.number.padStart(6, '0') : '';
  return {
    codes: code ? kinds.flatMap((kind) => years.map((one) => `${kind}-${one}-${number}`)) : [],
    rooms: roomReadings(text)
      .slice(0, 3)
      .map((reading) => tokenKinds.room + spellingOf(reading)),
    words: await planWords(tx, call.communityId, textTokens(text, 8)),
  };
}

/**
 * A contractor sees when its own promises run out, not when the desk's do; of a hidden case everybody is shown the hour.
 * Asked for what is overdue, a hidden one is there once its whole hour is over: the moment it appears tells nothing.
 */
async function shownRows(tx: Tx, call: Call, query: Pick<BoardQuery, 'overdue'>, rows: readonly BoardRecord[]) {
  const hidden = await hiddenOf(
    tx,
    call,
    rows.map(({ id, flags }) => ({ caseId: id, flags })),
  );
  const items = rows.flatMap((row): BoardRow[] => {
    const shown = rowOf(row);
    const isTheirs = shown.nextClockKind !== null && contractorClocks.includes(shown.nextClockKind);
    if (isContractorOnly(call.roles) && !isTheirs) return [{ ...shown, nextDueAt: null, nextClockKind: null }];
    if (!hidden.has(row.id)) return [shown];
    const dueHour = shown.nextDueAt === null ? null : toTheHour(shown.nextDueAt);
    if (query.overdue && (dueHour === null || dueHour >= toTheHour(call.now))) return [];
    return [{ ...shown, receivedAt: toTheHour(shown.receivedAt), nextDueAt: dueHour }];
  });
  return { items, hidden };
}

const rowOf = (row: BoardRecord): BoardRow => ({
  id: row.id,
  communityId: row.communityId,
  code: row.code,
  kind: row.kind as BoardRow['kind'],
  state: row.state,
  unitId: row.unitId,
  unit: row.unit,
  place: row.place,
  summary: maskPhonesInText(row.body ?? ''),
  category: row.category,
  level: row.level,
  responsible: row.responsibleId ? { id: row.responsibleId, name: row.responsibleName ?? '' } : null,
  nextDueAt: row.nextDueAt,
  nextClockKind: row.nextClockKind as BoardRow['nextClockKind'],
  receivedAt: row.receivedAt,
  flags: row.flags,
});

async function boardIn(tx: Tx, call: Call, query: BoardQuery): Promise<Page<BoardRow>> {
  const reach = caseReach(call);
  if (!reach) return { items: [], nextCursor: null, ...(query.count ? { total: 0 } : {}) };
  const filter = await filterOf(tx, call, query);
  const cursor = query.cursor === undefined ? null : openCursor(call.house, query.cursor);
  const after = cursor ? { key: cursor[0], id: cursor[1] } : null;
  const rows = await listBoard(tx, call.communityId, filter, reach, {
    sort: query.sort,
    limit: query.limit + 1,
    after,
  });
  const { items, hidden } = await shownRows(tx, call, query, rows.slice(0, query.limit));
  const last = rows.length > query.limit ? rows[query.limit - 1] : undefined;
  const key = (row: BoardRecord) => [query.sort === 'due' ? row.dueKey : row.receivedAt, row.id];
  const page: Page<BoardRow> = {
    items,
    nextCursor: last ? cursorAfter(call.house, key(last), hidden.has(last.id)) : null,
  };
  if (!query.count) return page;
  const isPlain =
    reach.breadth === 'community' &&
    !filter.openOnly &&
    !filter.overdueAt &&
    filter.responsibleId === undefined &&
    !filter.unitId &&
    !filter.origin &&
    !filter.found;
  if (!isPlain) return { ...page, total: await countBoard(tx, call.communityId, filter, reach) };
  const counts = await countStates(tx, call.communityId, filter.kind);
  return {
    ...page,
    total: counts.filter((one) => filter.states?.includes(one.state) ?? true).reduce((sum, one) => sum + one.cases, 0),
  };
}

export const readBoard = (call: Call, query: BoardQuery): Promise<Page<BoardRow>> =>
  readIn(call, (tx) => boardIn(tx, call, query));

/** The first rows by what is due next, for pages that show a few. */
export async function boardRows(call: Call, filter: BoardFilter, limit: number): Promise<BoardRow[]> {
  return readIn(call, async (tx) => {
    const reach = caseReach(call);
    if (!reach) return [];
    const rows = await listBoard(tx, call.communityId, filter, reach, { sort: 'due', limit, after: null });
    return (await shownRows(tx, call, { overdue: filter.overdueAt !== undefined }, rows)).items;
  });
}

export { countStates };

export async function readCounts(call: Call, kind?: string): Promise<CaseCounts> {
  return readIn(call, async (tx) => {
    const reach = caseReach(call);
    if (!reach) return { items: [] };
    const rows =
      reach.breadth === 'community'
        ? await countStates(tx, call.communityId, kind)
        : await countStatesInReach(tx, call.communityId, reach, kind);
    return { items: rows as CaseCounts['items'] };
  });
}

/** For who sees the whole community: of others' old cases not even the names are theirs. */
export async function readOrigins(call: Call): Promise<{ items: { source: CaseSource; kind: string | null }[] }> {
  return readIn(call, async (tx) => {
    if (caseReach(call)?.breadth !== 'community') return { items: [] };
    const names = await listOriginNames(tx, call.communityId);
    return {
      items: names.map(({ source, kind }) => ({ source: source as CaseSource, kind: kind === '' ? null : kind })),
    };
  });
}

/** Over all communities the caller may see: each is asked for its own page (never one query over several). */
export async function readBoardEverywhere(call: Call, query: BoardQuery): Promise<Page<BoardRow>> {
  if (query.cursor !== undefined) throw badField('cursor', 'not_across_communities');
  const communities = await call.house.database.read([], (tx) => listMyCommunities(tx, call.actor));
  const pages: Page<BoardRow>[] = [];
  for (const community of communities) {
    const local: Call = { ...call, communityId: community.id, roles: callRoles(call.actor, community.id) };
    pages.push(await readBoard(local, query));
  }
  const far = '9999';
  const key = (row: BoardRow) => (query.sort === 'due' ? (row.nextDueAt ?? far) : row.receivedAt);
  const direction = query.sort === 'newest' ? -1 : 1;
  const items = pages
    .flatMap((page) => page.items)
    .sort((a, b) => direction * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.id < b.id ? -1 : 1));
  return {
    items: items.slice(0, query.limit),
    nextCursor: null,
    ...(query.count ? { total: pages.reduce((sum, page) => sum + (page.total ?? 0), 0) } : {}),
  };
}
