// How many follow-ups wait for me, for the list of pages at the left; marked where the first of them is late.
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../ui/call.ts';
import { useMay } from '../../access/screens/parts/session.ts';
import { followUpRoutes } from '../follow-up.contract.ts';

const askAgainMs = 60_000;

export function useFollowUpCount(communityId: string): { followUps?: { text: string; isHot: boolean } } {
  const mayCall = useMay()('follow-up.call');
  const mine = useQuery({
    queryKey: ['follow-up', communityId, 'count', 'mine'],
    queryFn: ({ signal }) =>
      call(followUpRoutes.listFollowUps, {
        params: { communityId },
        query: { state: 'open', caller: 'me', sort: 'due', limit: 1, count: 'true' },
        signal,
      }),
    enabled: communityId !== '' && mayCall,
    refetchInterval: askAgainMs,
  });
  const total = mine.data?.total ?? 0;
  return total === 0 ? {} : { followUps: { text: String(total), isHot: mine.data?.items[0]?.overdue === true } };
}
