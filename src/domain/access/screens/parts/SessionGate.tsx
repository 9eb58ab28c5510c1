// Lets people in: asks who I am, shows the sign-in page when nobody is, and keeps the page standing behind it
// when a session ends in the middle of work.
import { useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { call, onSignedOut, setCsrfToken } from '../../../../ui/call.ts';
import { deviceStore, setDevicePerson } from '../../../../ui/device.ts';
import { setServerTime } from '../../../../ui/now.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { ProblemError } from '../../../../ui/problem.ts';
import { uiWords } from '../../../../ui/ui.words.ts';
import { type Me, sessionRoutes } from '../../session.contract.ts';
import { SessionContext } from './session.ts';

// Whoever is in already needs neither.
const SignInScreen = lazy(async () => ({ default: (await import('../SignInScreen.tsx')).SignInScreen }));
const SecondFactorScreen = lazy(async () => ({
  default: (await import('../SecondFactorScreen.tsx')).SecondFactorScreen,
}));

const NewPasswordScreen = lazy(async () => ({ default: (await import('../NewPasswordScreen.tsx')).NewPasswordScreen }));

const communityPlace = 'guanjia:community';

type State = { step: 'asking' } | { step: 'out' } | { step: 'failed'; error: unknown } | { step: 'in'; me: Me };

/** For an app that opens without a signal: who was signed in here last, and the end of it. */
export type Remembered = {
  read: () => Promise<Me | undefined>;
  write: (me: Me) => Promise<void>;
  forget: () => Promise<void>;
};

export function SessionGate({ children, remembered }: { children: ReactNode; remembered?: Remembered }) {
  const client = useQueryClient();
  const [state, setState] = useState<State>({ step: 'asking' });
  /** The session ended while somebody worked: the page stays below, the sign-in lies over it. */
  const [isExpired, setExpired] = useState(false);
  const [communityId, setCommunityId] = useState(() => deviceStore.getItem(communityPlace));

  const refresh = useCallback(async () => {
    try {
      const me = await call(sessionRoutes.me);
      setCsrfToken(me.csrfToken);
      setDevicePerson(me.user.id);
      setServerTime(me.now);
      setState((before) => {
        // Somebody else signed in over the page of the one before: nothing of it may remain.
        if (before.step === 'in' && before.me.user.id !== me.user.id) window.location.reload();
        return { step: 'in', me };
      });
      setExpired(false);
      void remembered?.write(me);
    } catch (error) {
      if (error instanceof ProblemError && error.status === 401)
        setState((before) => (before.step === 'in' ? before : { step: 'out' }));
      else if (error instanceof ProblemError && error.status === 0) {
        const last = await remembered?.read();
        if (last) setDevicePerson(last.user.id);
        setState((before) =>
          before.step === 'in' ? before : last ? { step: 'in', me: last } : { step: 'failed', error },
        );
      } else setState((before) => (before.step === 'in' ? before : { step: 'failed', error }));
    }
  }, [remembered]);

  useEffect(() => {
    void refresh();
    return onSignedOut(() => setExpired(true));
  }, [refresh]);

  const signOut = useCallback(async () => {
    try {
      await call(sessionRoutes.signOut);
    } catch (error) {
      // A session that is gone already is what was wanted; anything else the caller shows.
      if (!(error instanceof ProblemError && error.status === 401)) throw error;
    }
    setCsrfToken(null);
    await remembered?.forget();
    client.clear();
    setExpired(false);
    setState({ step: 'out' });
  }, [client, remembered]);

  const chooseCommunity = useCallback((id: string) => {
    deviceStore.setItem(communityPlace, id);
    setCommunityId(id);
  }, []);

  const me = state.step === 'in' ? state.me : null;
  const session = useMemo(() => {
    if (me === null) return null;
    const community = me.communities.find((one) => one.id === communityId) ?? me.communities[0] ?? null;
    return { me, community, chooseCommunity, refresh, signOut };
  }, [me, communityId, chooseCommunity, refresh, signOut]);

  const enter = async () => {
    await refresh();
    void client.invalidateQueries();
  };

  if (state.step === 'failed')
    return (
      <main className="gate">
        <Problem error={state.error} retry={() => void refresh()} />
      </main>
    );
  if (state.step === 'asking')
    return <div className="busyline" role="status" aria-live="polite" aria-label={uiWords.loading} />;
  if (session === null) return <SignInScreen onSignedIn={enter} />;
  if (session.me.mustChangePassword)
    return (
      <NewPasswordScreen
        username={session.me.user.username}
        onDone={() => void enter()}
        onCancel={() => void signOut()}
      />
    );
  if (session.me.secondFactor === 'must-set-up')
    return <SecondFactorScreen onDone={() => void enter()} onCancel={() => void signOut()} />;
  return (
    <SessionContext value={session}>
      <div inert={isExpired}>{children}</div>
      {isExpired ? (
        <div className="overpage">
          <Suspense>
            <SignInScreen onSignedIn={enter} expiredUsername={session.me.user.username} />
          </Suspense>
        </div>
      ) : null}
    </SessionContext>
  );
}
