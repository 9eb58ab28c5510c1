// The page of one complaint 投诉.
import { useParams } from '@tanstack/react-router';
import { usePageTitle } from '../../../ui/useTitle.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { ComplaintCase, useComplaint } from './parts/ComplaintCase.tsx';

export function ComplaintScreen() {
  const { complaintId } = useParams({ strict: false }) as { complaintId?: string };
  const community = useCommunity();
  const complaint = useComplaint(complaintId ?? '');
  usePageTitle(complaint.data?.code, community.name);
  return <ComplaintCase key={complaintId} id={complaintId ?? ''} />;
}
