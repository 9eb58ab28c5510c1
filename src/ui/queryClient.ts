// How answers are kept: fresh until the live stream says otherwise; asked again only where that may help.
import { QueryClient } from '@tanstack/react-query';
import { mayRetry, ProblemError } from './problem.ts';

const staleAfterMs = 30_000;
const retries = 2;

export const makeQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: staleAfterMs,
        retry: (count, error) => count < retries && (!(error instanceof ProblemError) || mayRetry(error)),
        // Asked even where the browser believes to be offline: the server is often in the same house.
        networkMode: 'always',
      },
      // A write is sent again by a person only, with the same key.
      mutations: { retry: false, networkMode: 'always' },
    },
  });
