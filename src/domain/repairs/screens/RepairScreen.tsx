// The page of one repair 报修.
import { useParams } from '@tanstack/react-router';
import { RepairCase } from './parts/RepairCase.tsx';

export function RepairScreen() {
  const { repairId } = useParams({ strict: false }) as { repairId?: string };
  return <RepairCase key={repairId} id={repairId ?? ''} />;
}
