// Follow-ups as pages ask for them; all queries begin with `follow-up`, so that what others change appears by itself.
import { keepPreviousData, useInfiniteQuery, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../ui/call.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { standardRoutes } from '../../standards/standard-view.contract.ts';
import { type FollowUp, followUpRoutes } from '../follow-up.contract.ts';
import { type FollowUpAsk, followUpTabs, tabAsk } from './followUpAddress.ts';

const pageRows = 50;
/** A week's records are ticked at once: they come in one page. */
const reviewRows = 200;
/** The stream tells of changes; what falls due by itself changes nothing that it could tell. */
const askAgainMs = 60_000;

export function useFollowUpList(communityId: string, ask: FollowUpAsk) {
  const query = useInfiniteQuery({
    queryKey: ['follow-up', communityId, 'list', ask],
    queryFn: ({ pageParam, signal }) =>
      call(followUpRoutes.listFollowUps, {
        params: { communityId },
        query: {
          ...ask,
          limit: ask.state === 'recorded' ? reviewRows : pageRows,
          ...(pageParam === null ? { count: 'true' as const } : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: askAgainMs,
  });
  // One that is moved on while pages are read may stand on two of them.
  const rows = new Map<string, FollowUp>();
  for (const page of query.data?.pages ?? []) for (const row of page.items) rows.set(row.id, row);
  return {
    rows: [...rows.values()],
    total: query.data?.pages[0]?.total ?? null,
    isLoading: query.isPending || query.isPlaceholderData,
    error: query.error,
    retry: () => void query.refetch(),
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
  };
}

/** How many stand behind each tab, whatever else is filtered. */
export function useTabCounts(communityId: string, isReviewer: boolean): Record<string, number | undefined> {
  const tabs = followUpTabs.filter((tab) => tab !== 'all');
  const answers = useQueries({
    queries: tabs.map((tab) => ({
      queryKey: ['follow-up', communityId, 'count', tab, isReviewer],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        call(followUpRoutes.listFollowUps, {
          params: { communityId },
          query: { ...tabAsk(tab, isReviewer), limit: 1, count: 'true' as const },
          signal,
        }),
      refetchInterval: askAgainMs,
    })),
  });
  return Object.fromEntries(tabs.map((tab, index) => [tab, answers[index]?.data?.total]));
}

export function useFollowUp(id: string) {
  const { id: communityId } = useCommunity();
  return useQuery({
    queryKey: ['follow-up', communityId, id],
    queryFn: ({ signal }) => call(followUpRoutes.getFollowUp, { params: { communityId, id }, signal }),
    enabled: id !== '',
  });
}

/** After a move: what it answered is shown at once, lists and the case are asked anew. */
export function useAfterMove(): (answer: FollowUp) => void {
  const client = useQueryClient();
  return (answer) => {
    client.setQueryData(['follow-up', answer.communityId, answer.id], answer);
    void client.invalidateQueries({
      predicate: ({ queryKey }) =>
        (queryKey[0] === 'follow-up' && queryKey[1] === answer.communityId && queryKey[2] !== answer.id) ||
        queryKey.includes(answer.caseId),
    });
    void client.invalidateQueries({ queryKey: ['case', answer.communityId] });
  };
}

/** The standard in force; undefined until it is here, and without a signal. */
export function useStandardDocument() {
  const { id: communityId } = useCommunity();
  const standard = useQuery({
    queryKey: ['standard', communityId],
    queryFn: ({ signal }) => call(standardRoutes.getStandard, { params: { communityId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return standard.data?.document;
}

/** Where the standard has the supervisor review last week's records together (RP18). */
export const useIsWeekly = (): boolean => useStandardDocument()?.followUp.reviewedBy.value === 'weekly-batch';
