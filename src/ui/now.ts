// The server's time in the browser: people's computers run fast or slow and a test clock may run, so
// every countdown reads the time the server told, plus what has passed since.
import { useSyncExternalStore } from 'react';
import { type Instant, instantOf } from '../kernel/time.ts';

let offsetMs = 0;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let shownSecond = Math.floor(Date.now() / 1000);

/** Called with each answer that carries the server's time. */
export function setServerTime(serverNow: Instant): void {
  const next = Date.parse(serverNow) - Date.now();
  // Half a second of network is no news; a jump is.
  if (Number.isNaN(next) || Math.abs(next - offsetMs) < 1500) return;
  offsetMs = next;
  tick();
}

export const nowMs = (): number => Date.now() + offsetMs;
export const serverNow = (): Instant => instantOf(nowMs());

function tick(): void {
  shownSecond = Math.floor(nowMs() / 1000);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

const noSubscription = () => () => undefined;

/** The server's time to the second, as milliseconds; one timer for the whole page. `isTicking: false` stands still. */
export function useNowMs(isTicking = true): number {
  return useSyncExternalStore(isTicking ? subscribe : noSubscription, () => shownSecond) * 1000;
}
