// How many wait for my yes, for the list of pages at the left; marked where the first of them is late.
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../ui/call.ts';
import { nowMs } from '../../../ui/now.ts';
import { useMay } from '../../access/screens/parts/session.ts';
import { approvalRoutes } from '../approval.contract.ts';

const askAgainMs = 60_000;

export function useApprovalCount(communityId: string): { approvals?: { text: string; isHot: boolean } } {
  const mayDecide = useMay()('approval.decide');
  const mine = useQuery({
    queryKey: ['approval', communityId, 'count', 'to-decide'],
    queryFn: ({ signal }) =>
      call(approvalRoutes.listApprovals, {
        params: { communityId },
        query: { mine: 'to-decide', limit: 50, count: 'true' },
        signal,
      }),
    enabled: communityId !== '' && mayDecide,
    refetchInterval: askAgainMs,
  });
  const total = mine.data?.total ?? 0;
  const isLate = mine.data?.items.some((one) => one.overdueFrom !== null && Date.parse(one.overdueFrom) < nowMs());
  return total === 0 ? {} : { approvals: { text: String(total), isHot: isLate ?? false } };
}
