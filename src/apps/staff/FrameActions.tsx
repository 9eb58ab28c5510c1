// The acts beside the search box: a new call or visit, and what cannot wait.
import { NewContactAction } from '../../domain/contacts/screens/NewContactAction.tsx';
import { NewEmergencyAction } from '../../domain/emergencies/screens/parts/NewEmergencyAction.tsx';

export function FrameActions() {
  return (
    <>
      <NewEmergencyAction />
      <NewContactAction />
    </>
  );
}
