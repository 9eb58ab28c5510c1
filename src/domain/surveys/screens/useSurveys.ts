// What the staff's pages of surveys ask the server.
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../ui/call.ts';
import { follows } from '../../../ui/live.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { surveyRoutes } from '../survey.contract.ts';

const pageRows = 50;

export function useSurveys() {
  const community = useCommunity();
  return useQuery({
    queryKey: ['survey', community.id, 'list'],
    queryFn: ({ signal }) => call(surveyRoutes.listSurveys, { params: { communityId: community.id }, signal }),
  });
}

export function useSurvey(id: string) {
  const community = useCommunity();
  return useQuery({
    queryKey: ['survey', community.id, id],
    queryFn: ({ signal }) => call(surveyRoutes.readSurvey, { params: { communityId: community.id, id }, signal }),
  });
}

export function useSurveyResults(id: string) {
  const community = useCommunity();
  return useQuery({
    queryKey: ['survey', community.id, id, 'results'],
    queryFn: ({ signal }) =>
      call(surveyRoutes.readSurveyResults, { params: { communityId: community.id, id }, signal }),
  });
}

const cursorOf = (cursor: string | null) => (cursor === null ? {} : { cursor });

export function useSurveyTexts(id: string) {
  const community = useCommunity();
  return useInfiniteQuery({
    queryKey: ['survey', community.id, id, 'texts'],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      call(surveyRoutes.listSurveyTexts, {
        params: { communityId: community.id, id },
        query: { limit: pageRows, ...cursorOf(pageParam) },
        signal,
      }),
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function useSurveyHouseholds(id: string, q: string, onlyOpen: boolean) {
  const community = useCommunity();
  return useInfiniteQuery({
    queryKey: ['survey', community.id, id, 'households', q, onlyOpen],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      call(surveyRoutes.listSurveyHouseholds, {
        params: { communityId: community.id, id },
        query: {
          limit: pageRows,
          ...(q === '' ? {} : { q }),
          ...(onlyOpen ? { answered: 'false' as const } : {}),
          ...cursorOf(pageParam),
        },
        signal,
      }),
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function useSurveyLinks(id: string) {
  const community = useCommunity();
  return useInfiniteQuery({
    queryKey: ['survey-links', community.id, id],
    meta: follows('survey'),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      call(surveyRoutes.listSurveyLinks, {
        params: { communityId: community.id, id },
        query: { limit: pageRows, ...cursorOf(pageParam) },
        signal,
      }),
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function useRefreshSurveys() {
  const community = useCommunity();
  const client = useQueryClient();
  return () =>
    Promise.all(['survey', 'improvement'].map((noun) => client.invalidateQueries({ queryKey: [noun, community.id] })));
}
