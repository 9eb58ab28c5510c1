// The rows of the board, renewed by the live stream, and held still while somebody points at them.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { call } from '../../../ui/call.ts';
import { type BoardRow, listCases } from '../case.contract.ts';
import type { BoardAsk } from './boardAddress.ts';
import { changedRows, nextOrder, waitingChanges } from './steadyRows.ts';

const pageRows = 50;
/** How long a row that changed by itself stays marked. */
const markedMs = 6_000;

export function useBoard(communityId: string, ask: BoardAsk, isHeld: boolean) {
  const query = useInfiniteQuery({
    queryKey: ['case', communityId, 'board', ask],
    queryFn: ({ pageParam, signal }) =>
      call(listCases, {
        params: { communityId },
        query: { ...ask, limit: pageRows, ...(pageParam === null ? { count: 'true' } : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
  const fresh = useMemo(() => {
    // A case may stand on two pages while it moves between them.
    const rows = new Map<string, BoardRow>();
    for (const page of query.data?.pages ?? []) for (const row of page.items) rows.set(row.id, row);
    return rows;
  }, [query.data]);

  const scope = JSON.stringify(ask);
  const [shown, setShown] = useState<{ scope: string; ids: readonly string[] }>({ scope: '', ids: [] });
  const known = useRef(new Map<string, BoardRow>());
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const isSettled = query.data !== undefined && !query.isPlaceholderData;

  useEffect(() => {
    if (!isSettled) return;
    const ids = [...fresh.keys()];
    setShown((before) => ({
      scope,
      ids: before.scope === scope ? nextOrder(before.ids, ids, isHeld) : ids,
    }));
    const changed = changedRows(known.current, [...fresh.values()], (row) => row.id);
    for (const [id, row] of fresh) known.current.set(id, row);
    if (changed.length === 0) return;
    setMarked(new Set(changed));
    const timer = setTimeout(() => setMarked(new Set()), markedMs);
    return () => clearTimeout(timer);
  }, [fresh, isSettled, isHeld, scope]);

  const ids = shown.scope === scope ? shown.ids : [...fresh.keys()];
  const rows = ids.flatMap((id) => {
    const row = fresh.get(id) ?? known.current.get(id);
    return row === undefined ? [] : [row];
  });
  return {
    rows,
    marked,
    /** How many rows would stand elsewhere. */
    waiting: isSettled && shown.scope === scope ? waitingChanges(ids, [...fresh.keys()]) : 0,
    renew: () => setShown({ scope, ids: [...fresh.keys()] }),
    total: query.data?.pages[0]?.total ?? null,
    isLoading: query.isFetching && !query.isFetchingNextPage && (!isSettled || query.data === undefined),
    isEmpty: isSettled && fresh.size === 0,
    error: query.error,
    retry: () => void query.refetch(),
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
  };
}
