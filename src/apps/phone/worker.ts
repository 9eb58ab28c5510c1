// Installs the service worker that lets the phone app open without a signal, and takes a new release over when it disturbs
// nobody: while the page is out of sight, or by the button.
import { useSyncExternalStore } from 'react';

let waiting: ServiceWorker | null = null;
const listeners = new Set<() => void>();

function found(worker: ServiceWorker | null): void {
  waiting = worker;
  for (const listener of listeners) listener();
}

/** Whether a new release lies ready. */
export const useNewRelease = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waiting !== null,
  );

export const takeNewRelease = (): void => waiting?.postMessage('take-over');

export function installWorker(): void {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  const hadOne = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    // The first one ever changes nothing for this page; a new release brings its own files.
    if (hadOne) window.location.reload();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') takeNewRelease();
  });
  void watch().catch((error: unknown) => console.error(error));
}

async function watch(): Promise<void> {
  const registration = await navigator.serviceWorker.register('/m/worker.js', { scope: '/m/', updateViaCache: 'none' });
  if (registration.waiting && navigator.serviceWorker.controller) found(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing;
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && navigator.serviceWorker.controller) found(worker);
    });
  });
  // An installed app may stay open for days.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void registration.update().catch(() => undefined);
  });
}
