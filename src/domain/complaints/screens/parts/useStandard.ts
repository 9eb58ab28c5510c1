// The service standard 服务标准 that a complaint's page explains its levels and limits by.
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../../ui/call.ts';
import { useMay } from '../../../access/screens/parts/session.ts';
import { standardRoutes } from '../../../standards/standard-view.contract.ts';

export function useStandard(communityId: string) {
  const may = useMay();
  const standard = useQuery({
    queryKey: ['standard', communityId],
    queryFn: ({ signal }) => call(standardRoutes.getStandard, { params: { communityId }, signal }),
    enabled: may('standard.read'),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return standard.data?.document;
}
