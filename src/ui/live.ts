// What other people change appears by itself: one stream per browser, shared among its tabs, tells which
// kept answers are old. Keys of queries begin with the noun: `['repair', communityId, …, id]`.
import type { Query, QueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import type { TabMessage } from './live.worker.ts';
import { followCommunity, type LiveChange, type LiveMessage } from './liveStream.ts';

type Listener = (message: LiveMessage) => void;
const hereEveryMs = 30_000;

/** Follows a community until the returned function is called. */
export function followLive(communityId: string, listener: Listener): () => void {
  if (typeof SharedWorker !== 'undefined') return bySharedWorker(communityId, listener);
  return byElectedTab(communityId, listener);
}

function bySharedWorker(communityId: string, listener: Listener): () => void {
  const worker = new SharedWorker(new URL('./live.worker.ts', import.meta.url), {
    type: 'module',
    name: 'guanjia-live',
  });
  const say = (message: TabMessage) => worker.port.postMessage(message);
  const leave = () => say({ type: 'leave' });
  // A page taken back from the browser's memory has been away: it says again what it follows.
  const back = (event: PageTransitionEvent) => event.persisted && say({ type: 'follow', communityId });
  worker.port.onmessage = ({ data }: MessageEvent<LiveMessage>) => data.communityId === communityId && listener(data);
  worker.port.start();
  say({ type: 'follow', communityId });
  const timer = setInterval(() => say({ type: 'here' }), hereEveryMs);
  window.addEventListener('pagehide', leave);
  window.addEventListener('pageshow', back);
  return () => {
    clearInterval(timer);
    window.removeEventListener('pagehide', leave);
    window.removeEventListener('pageshow', back);
    leave();
    worker.port.close();
  };
}

/**
 * Without shared workers (Android's Chrome): the tab that holds the lock reads the stream and tells the others. Where
 * there are no locks either (plain HTTP) each tab has its own stream.
 */
function byElectedTab(communityId: string, listener: Listener): () => void {
  const stop = new AbortController();
  const name = `guanjia-live:${communityId}`;
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }: MessageEvent<LiveMessage>) => listener(data);
  const lead = () =>
    followCommunity(
      communityId,
      (message) => {
        listener(message);
        if ('locks' in navigator) channel.postMessage(message);
      },
      stop.signal,
    );
  if ('locks' in navigator) navigator.locks.request(name, { signal: stop.signal }, lead).catch(() => undefined);
  else void lead();
  return () => {
    stop.abort();
    channel.close();
  };
}

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: { follows?: readonly string[] };
  }
}

/** `meta` of a query whose answer is made of other nouns than its own: what a household owes follows payments and charges. */
export const follows = (...nouns: readonly string[]) => ({ follows: nouns });

/**
 * Whether a kept answer may be old after this change: it is of this noun or follows it, or names the changed thing or its
 * case.
 */
export function isTouched(
  queryKey: readonly unknown[],
  communityId: string,
  change: LiveChange,
  nouns: readonly string[] = [],
): boolean {
  if (change.id !== null && queryKey.includes(change.id)) return true;
  if (change.caseId && (queryKey.includes(change.caseId) || (queryKey[0] === 'case' && queryKey[1] === communityId)))
    return true;
  const isOf = queryKey[0] === change.kind || nouns.includes(change.kind);
  return isOf && (queryKey[1] === communityId || queryKey.length === 1);
}

/** A burst of changes asks once. */
const gatherMs = 150;

/** A program that restarts is back within this time; only a longer silence is worth a word. */
const worthAWordMs = 5_000;

let isConnected = true;
let silence: ReturnType<typeof setTimeout> | undefined;

function setConnected(next: boolean): void {
  clearTimeout(silence);
  const tell = () => {
    if (isConnected === next) return;
    isConnected = next;
    for (const listener of stateListeners) listener();
  };
  if (next) tell();
  else silence = setTimeout(tell, worthAWordMs);
}

const stateListeners = new Set<() => void>();

/** Whether what others change is arriving; false is worth a word on the page. */
export const useIsLive = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    () => isConnected,
  );

/** Keeps a query client up to date with one community while the component stands; null follows none. */
export function useLive(client: QueryClient, communityId: string | null): void {
  useEffect(() => {
    if (communityId === null) return;
    let changes: LiveChange[] = [];
    let mustRefresh = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const apply = () => {
      timer = undefined;
      const gathered = changes;
      const all = mustRefresh;
      changes = [];
      mustRefresh = false;
      const predicate = ({ queryKey, meta }: Query) =>
        all
          ? queryKey[1] === communityId
          : gathered.some((change) => isTouched(queryKey, communityId, change, meta?.follows));
      void client.invalidateQueries({ predicate });
    };
    const stop = followLive(communityId, (message) => {
      if (message.type === 'state') {
        setConnected(message.isConnected);
        return;
      }
      if (message.type === 'refresh') mustRefresh = true;
      else changes.push(message.change);
      timer ??= setTimeout(apply, gatherMs);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [client, communityId]);
}
