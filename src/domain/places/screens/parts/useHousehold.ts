// One household as the server tells it, and how an answer of a change takes its place.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { call } from '../../../../ui/call.ts';
import { type Household, unitRoutes } from '../../unit.contract.ts';

const householdKey = (communityId: string, unitId: string) => ['unit', communityId, unitId, 'household'];

export const useHousehold = (communityId: string, unitId: string) =>
  useQuery({
    queryKey: householdKey(communityId, unitId),
    queryFn: ({ signal }) => call(unitRoutes.readHousehold, { params: { communityId, id: unitId }, signal }),
  });

/** Puts the answer of a change in place; lists ask again. */
export function useHouseholdChanged(communityId: string): (household: Household) => void {
  const client = useQueryClient();
  return useCallback(
    (household) => {
      client.setQueryData(householdKey(communityId, household.id), household);
      void client.invalidateQueries({ queryKey: ['unit', communityId, 'list'] });
    },
    [client, communityId],
  );
}
