// The page of one follow-up 回访.
import { useParams } from '@tanstack/react-router';
import { usePageTitle } from '../../../ui/useTitle.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { FollowUpPanel } from './parts/FollowUpPanel.tsx';
import { useFollowUp } from './useFollowUps.ts';

export function FollowUpScreen() {
  const { followUpId } = useParams({ strict: false }) as { followUpId?: string };
  const community = useCommunity();
  const followUp = useFollowUp(followUpId ?? '');
  usePageTitle(followUp.data?.code, community.name);
  return <FollowUpPanel key={followUpId} id={followUpId ?? ''} isPage />;
}
