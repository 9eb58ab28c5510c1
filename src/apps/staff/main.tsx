// Staff app 员工端: starts with the gate; the app itself follows once somebody is in.
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { SessionGate } from '../../domain/access/screens/parts/SessionGate.tsx';
import { Crash } from '../../ui/Crash.tsx';
import { makeQueryClient } from '../../ui/queryClient.ts';
import { uiWords } from '../../ui/ui.words.ts';
import '../../ui/tokens.css';
import '../../ui/kit.css';

const loadApp = () => import('./StaffApp.tsx');
const StaffApp = lazy(async () => ({ default: (await loadApp()).StaffApp }));
const SetupScreen = lazy(async () => ({
  default: (await import('../../domain/access/screens/SetupScreen.tsx')).SetupScreen,
}));

const client = makeQueryClient();
const isSetup = window.location.pathname === '/setup';
// While the server says who we are, the app is on its way.
if (!isSetup) void loadApp();

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <Crash>
        <QueryClientProvider client={client}>
          <Suspense fallback={<div className="busyline" role="status" aria-label={uiWords.loading} />}>
            {isSetup ? (
              <SetupScreen onSetUp={() => window.location.replace('/')} />
            ) : (
              <SessionGate>
                <StaffApp />
              </SessionGate>
            )}
          </Suspense>
        </QueryClientProvider>
      </Crash>
    </StrictMode>,
  );
