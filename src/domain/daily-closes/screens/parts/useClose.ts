// One close as the server has it.
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../../ui/call.ts';
import { follows } from '../../../../ui/live.ts';
import { useCommunity } from '../../../access/screens/parts/session.ts';
import { dailyCloseRoutes } from '../../daily-close-view.contract.ts';

export function useClose(id: string) {
  const { id: communityId } = useCommunity();
  return useQuery({
    queryKey: ['daily-closes', communityId, 'one', id],
    meta: follows('daily-close'),
    queryFn: ({ signal }) => call(dailyCloseRoutes.getClose, { params: { communityId, id }, signal }),
  });
}
