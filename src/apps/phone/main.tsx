// Phone app 手机端: technician, butler, resident. Plain React, no antd: it loads over a poor signal.
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { SessionGate } from '../../domain/access/screens/parts/SessionGate.tsx';
import { Crash } from '../../ui/Crash.tsx';
import { setCallSource } from '../../ui/call.ts';
import { makeQueryClient } from '../../ui/queryClient.ts';
import { watchAddress } from '../../ui/useAddressState.ts';
import { PhoneFrame } from './PhoneFrame.tsx';
import { remembered } from './remembered.ts';
import { installWorker } from './worker.ts';
import '../../ui/tokens.css';
import '../../ui/kit.css';

watchAddress();
setCallSource('phone');
installWorker();
const client = makeQueryClient();

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <Crash>
        <QueryClientProvider client={client}>
          <SessionGate remembered={remembered}>
            <PhoneFrame />
          </SessionGate>
        </QueryClientProvider>
      </Crash>
    </StrictMode>,
  );
