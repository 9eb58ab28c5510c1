// The page of one repair 报修.
import { useParams } from '@tanstack/react-router';
import { usePageTitle } from '../../../ui/useTitle.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { RepairCase, useRepair } from './parts/RepairCase.tsx';

export function RepairScreen() {
  const { repairId } = useParams({ strict: false }) as { repairId?: string };
  const community = useCommunity();
  const repair = useRepair(repairId ?? '');
  usePageTitle(repair.data?.code, community.name);
  return <RepairCase key={repairId} id={repairId ?? ''} />;
}
