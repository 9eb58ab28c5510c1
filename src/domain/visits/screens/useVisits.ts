// What the pages of visits ask the server.
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Month } from '../../../kernel/time.ts';
import { flagCodec, oneOfCodec, textCodec } from '../../../ui/addressState.ts';
import { call } from '../../../ui/call.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { improvementRoutes } from '../../improvements/improvement.contract.ts';
import { type VisitState, visitRoutes, visitStates } from '../visit.contract.ts';

export const visitTabs = ['list', 'month', 'improvements'] as const;
export const improvementFilters = ['open', 'overdue', 'done', 'mine', 'all'] as const;
export const visitCodecs = {
  tab: oneOfCodec(visitTabs, 'list'),
  month: textCodec(),
  state: textCodec(),
  visitor: textCodec(),
  late: flagCodec(),
  show: oneOfCodec(improvementFilters, 'open'),
};
export const isMonth = (text: string): boolean => /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
export const isVisitState = (text: string): text is VisitState => visitStates.some((state) => state === text);

const pageRows = 50;
export type VisitAsk = { month: string; state: string; visitor: string; late: boolean };

export function useVisitList(ask: VisitAsk) {
  const community = useCommunity();
  return useInfiniteQuery({
    queryKey: ['visit', community.id, 'list', ask],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      call(visitRoutes.listVisits, {
        params: { communityId: community.id },
        query: {
          limit: pageRows,
          ...(isMonth(ask.month) ? { month: ask.month } : {}),
          ...(isVisitState(ask.state) ? { state: ask.state } : {}),
          ...(ask.visitor === '' ? {} : { visitor: ask.visitor }),
          ...(ask.late ? { late: 'true' as const } : {}),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function useVisit(id: string) {
  const community = useCommunity();
  return useQuery({
    queryKey: ['visit', community.id, id],
    queryFn: ({ signal }) => call(visitRoutes.readVisit, { params: { communityId: community.id, id }, signal }),
  });
}

export function useVisitMonth(month: Month) {
  const community = useCommunity();
  return useQuery({
    queryKey: ['visit', community.id, 'month', month],
    queryFn: ({ signal }) => call(visitRoutes.readVisitMonth, { params: { communityId: community.id, month }, signal }),
  });
}

export function useImprovements(show: (typeof improvementFilters)[number]) {
  const community = useCommunity();
  return useInfiniteQuery({
    queryKey: ['improvement', community.id, show],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      call(improvementRoutes.listImprovements, {
        params: { communityId: community.id },
        query: {
          limit: pageRows,
          ...(show === 'open' || show === 'done' ? { state: show } : {}),
          ...(show === 'overdue' ? { overdue: 'true' as const } : {}),
          ...(show === 'mine' ? { owner: 'me' as const } : {}),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    getNextPageParam: (page) => page.nextCursor,
  });
}

/** After a move: the visit, the lists, the month and what it led to are asked anew. */
export function useRefreshVisits() {
  const community = useCommunity();
  const client = useQueryClient();
  return () =>
    Promise.all(['visit', 'improvement'].map((noun) => client.invalidateQueries({ queryKey: [noun, community.id] })));
}
