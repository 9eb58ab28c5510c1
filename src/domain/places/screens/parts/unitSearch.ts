// Units found while one types 边输入边查: asked a moment after the last key, the answer before kept until the next.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call } from '../../../../ui/call.ts';
import { unitRoutes } from '../../unit.contract.ts';

const restMs = 120;

/** The text once the hand rests. */
export function useRested(text: string, ms = restMs): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), ms);
    return () => clearTimeout(timer);
  }, [text, ms]);
  return rested;
}

export function useUnitSearch(communityId: string, text: string, limit = 8) {
  const query = useRested(text.trim());
  const found = useQuery({
    queryKey: ['unit', communityId, 'search', query, limit],
    queryFn: ({ signal }) =>
      call(unitRoutes.listUnits, { params: { communityId }, query: { q: query, limit }, signal }),
    enabled: query !== '',
    placeholderData: keepPreviousData,
  });
  return { ...found, isFor: query };
}

/** One household with its people, open cases and warranties; null until one is chosen. */
export function useHousehold(communityId: string, unitId: string | null) {
  return useQuery({
    queryKey: ['unit', communityId, unitId],
    queryFn: ({ signal }) => call(unitRoutes.readHousehold, { params: { communityId, id: unitId ?? '' }, signal }),
    enabled: unitId !== null,
  });
}
