// The service standard on a phone: as it is now, or without a signal as it was last read here.
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../../ui/call.ts';
import { askOrKept } from '../../../../ui/offline.ts';
import { standardRoutes } from '../../standard-view.contract.ts';

export const useKeptStandard = (communityId: string) =>
  useQuery({
    queryKey: ['standard', communityId],
    queryFn: ({ signal }) =>
      askOrKept(`standard:${communityId}`, () => call(standardRoutes.getStandard, { params: { communityId }, signal })),
  });
