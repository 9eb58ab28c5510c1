// Filters that live in the address bar. Works beside any router: it watches the address itself.
import { useCallback, useRef, useSyncExternalStore } from 'react';
import { type Codecs, readAddress, type ValuesOf, writeAddress } from './addressState.ts';

const changed = 'guanjia:address';
let isWatching = false;

/** The browser tells of "back" but not of pages putting a new address; so we tell. Call before a router is made. */
export function watchAddress(): void {
  if (isWatching) return;
  isWatching = true;
  for (const method of ['pushState', 'replaceState'] as const) {
    const original = history[method].bind(history);
    history[method] = (...args: Parameters<History['pushState']>) => {
      original(...args);
      queueMicrotask(() => window.dispatchEvent(new Event(changed)));
    };
  }
}

function subscribe(listener: () => void): () => void {
  watchAddress();
  window.addEventListener(changed, listener);
  window.addEventListener('popstate', listener);
  return () => {
    window.removeEventListener(changed, listener);
    window.removeEventListener('popstate', listener);
  };
}

const search = () => window.location.search;
const place = () => window.location.pathname;

/** The path of the page, kept up to date. */
export const useAddressPath = (): string => useSyncExternalStore(subscribe, place);

/**
 * `const [filters, setFilters] = useAddressState(codecs)`; keep `codecs` outside the component. A change replaces
 * the address; `{ keep: true }` makes a step that "back" returns to.
 */
export function useAddressState<C extends Codecs>(
  codecs: C,
): [ValuesOf<C>, (changes: Partial<ValuesOf<C>>, options?: { keep?: boolean }) => void] {
  const text = useSyncExternalStore(subscribe, search);
  const last = useRef<{ text: string; values: ValuesOf<C> } | null>(null);
  if (last.current?.text !== text) last.current = { text, values: readAddress(codecs, text) };
  const change = useCallback(
    (changes: Partial<ValuesOf<C>>, options?: { keep?: boolean }) => {
      const address = `${place()}${writeAddress(codecs, search(), changes)}${window.location.hash}`;
      if (options?.keep) history.pushState(history.state, '', address);
      else history.replaceState(history.state, '', address);
    },
    [codecs],
  );
  return [last.current.values, change];
}
