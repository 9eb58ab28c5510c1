// The page of one emergency 突发事件.
import { useParams } from '@tanstack/react-router';
import { EmergencyCase } from './parts/EmergencyCase.tsx';

export function EmergencyScreen() {
  const { emergencyId } = useParams({ strict: false }) as { emergencyId?: string };
  return <EmergencyCase key={emergencyId} id={emergencyId ?? ''} />;
}
