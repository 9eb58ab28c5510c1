// The act beside the search box: a new call or visit, F2 from anywhere (the page's own key in the list of pages).
import { Link } from '@tanstack/react-router';
import { Sign } from '../../../ui/Sign.tsx';
import { useCommunity, useMay } from '../../access/screens/parts/session.ts';
import { newContactWords as words } from '../new-contact.words.ts';
import { RingingCalls } from './parts/RingingCalls.tsx';

export function NewContactAction() {
  const community = useCommunity();
  if (!useMay()('contact.write')) return null;
  return (
    <>
      <RingingCalls />
      <Link to={`/c/${community.code}/contacts/new`} className="btn primary" aria-keyshortcuts="F2">
        <Sign name="phone" />
        <span className="wideonly">{words.action}</span>
        <kbd>F2</kbd>
      </Link>
    </>
  );
}
