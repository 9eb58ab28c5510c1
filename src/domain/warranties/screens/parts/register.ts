// What the register's pages ask: firms, terms, the categories of the standard.
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../../ui/call.ts';
import { useCommunity } from '../../../access/screens/parts/session.ts';
import { standardRoutes } from '../../../standards/standard-view.contract.ts';
import { warrantyRoutes } from '../../warranty.contract.ts';

export function useContractors() {
  const { id: communityId } = useCommunity();
  return useQuery({
    queryKey: ['contractor', communityId],
    queryFn: ({ signal }) => call(warrantyRoutes.listContractors, { params: { communityId }, signal }),
  });
}

export function useTerms() {
  const { id: communityId } = useCommunity();
  return useQuery({
    queryKey: ['warranty-term', communityId],
    queryFn: ({ signal }) => call(warrantyRoutes.listTerms, { params: { communityId }, signal }),
  });
}

export function useDeliveries() {
  const { id: communityId } = useCommunity();
  return useQuery({
    queryKey: ['building', communityId, 'deliveries'],
    queryFn: ({ signal }) => call(warrantyRoutes.listDeliveries, { params: { communityId }, signal }),
  });
}

/** Code → name, in the order of the standard. */
export function useCategories(): Record<string, string> {
  const { id: communityId } = useCommunity();
  const standard = useQuery({
    queryKey: ['standard', communityId],
    queryFn: ({ signal }) => call(standardRoutes.getStandard, { params: { communityId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return Object.fromEntries((standard.data?.document.repair.categories ?? []).map((one) => [one.code, one.name]));
}

/** The verdict for a place and a category; null until both are known. */
export function useWarranty(asked: {
  communityId: string;
  unitId: string | null;
  place: string | null;
  category: string | null;
  part?: string | null;
}) {
  const { communityId, unitId, place, category } = asked;
  const part = asked.part ? asked.part : null;
  const isAsked = category !== null && (unitId !== null || (place !== null && place.trim() !== ''));
  return useQuery({
    queryKey: ['warranty', communityId, unitId, place, category, part],
    enabled: isAsked,
    queryFn: ({ signal }) =>
      call(warrantyRoutes.findWarranty, {
        params: { communityId },
        query: {
          category: category ?? '',
          ...(unitId === null ? { place: (place ?? '').trim() } : { unitId }),
          ...(part === null ? {} : { part }),
        },
        signal,
      }),
  });
}
