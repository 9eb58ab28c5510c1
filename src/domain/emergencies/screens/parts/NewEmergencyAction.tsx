// Recording an emergency from anywhere, F8 (the page's own key in the list of pages).
import { Link } from '@tanstack/react-router';
import { Sign } from '../../../../ui/Sign.tsx';
import { useCommunity, useMay } from '../../../access/screens/parts/session.ts';
import { emergencyNewWords as words } from '../../emergency-page.words.ts';

export function NewEmergencyAction() {
  const community = useCommunity();
  if (!useMay()('emergency.record')) return null;
  return (
    <Link
      to={`/c/${community.code}/emergencies/new`}
      className="btn quiet"
      aria-keyshortcuts="F8"
      aria-label={words.heading}
      title={words.heading}
    >
      <Sign name="warning" />
      <span className="wideonly">{words.action}</span>
    </Link>
  );
}
