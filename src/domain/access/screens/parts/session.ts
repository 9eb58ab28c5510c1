// Who is signed in and where they work, for every screen of either app.
import { createContext, useContext } from 'react';
import type { Me, MemberCommunity } from '../../session.contract.ts';

export type Session = {
  me: Me;
  /** The community one works in; null only where somebody belongs to none. */
  community: MemberCommunity | null;
  chooseCommunity: (id: string) => void;
  /** Asks the server again who I am. */
  refresh: () => Promise<void>;
  signOut: () => Promise<void>;
};

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession stands outside SessionGate');
  return session;
}

/** The community one works in, where a screen can't be without. */
export function useCommunity(): MemberCommunity {
  const { community } = useSession();
  if (community === null) throw new Error('useCommunity where there is none');
  return community;
}

/** Whether to show something; the server decides whatever this says. */
export function useMay(): (permission: string | null) => boolean {
  const { community } = useSession();
  return (permission) => permission === null || (community?.permissions.includes(permission) ?? false);
}
