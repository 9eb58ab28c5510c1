// The statement of the household in the address, from the day asked for.
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { textCodec } from '../../../ui/addressState.ts';
import { call } from '../../../ui/call.ts';
import { follows } from '../../../ui/live.ts';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { accountNouns } from '../../ledger/ledger.contract.ts';
import { statementRoutes } from '../statement.contract.ts';

const codecs = { from: textCodec() };

export function useStatement() {
  const { unitId = '' } = useParams({ strict: false }) as { unitId?: string };
  const community = useCommunity();
  const [{ from }, setAddress] = useAddressState(codecs);
  const statement = useQuery({
    queryKey: ['statement', community.id, unitId, from],
    meta: follows(...accountNouns),
    queryFn: ({ signal }) =>
      call(statementRoutes.getStatement, {
        params: { communityId: community.id, id: unitId },
        query: from === '' ? {} : { from },
        signal,
      }),
  });
  return { unitId, community, from, setFrom: (day: string | null) => setAddress({ from: day ?? '' }), statement };
}
