// How many wait behind the pages in the list at the left; the same answer as the desk's, so it costs no question more.
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../ui/call.ts';
import { useMay } from '../../access/screens/parts/session.ts';
import { workbenchRoutes } from '../workbench.contract.ts';
import { deskWords } from '../workbench.words.ts';

const askAgainMs = 60_000;

export function useFrameCounts(communityId: string): { board?: { text: string; isHot: boolean } } {
  const may = useMay();
  const desk = useQuery({
    queryKey: ['case', communityId, 'desk'],
    queryFn: ({ signal }) => call(workbenchRoutes.getDesk, { params: { communityId }, signal }),
    enabled: communityId !== '' && may('case.read'),
    refetchInterval: askAgainMs,
  });
  const counts = desk.data?.counts;
  if (counts === undefined || counts.open === 0) return {};
  return {
    board:
      counts.overdue > 0
        ? { text: deskWords.overdueCount(counts.overdue), isHot: true }
        : { text: String(counts.open), isHot: false },
  };
}
