// One live stream of one community: connects, reads, comes back by itself, goes on after the last event heard.
import { eventReader } from './eventStream.ts';

/** A kind of change and ids, nothing personal: `kind` is the feed's noun (`repair`, `clock`, `notification` …). */
export type LiveChange = { kind: string; id: string | null; caseId: string | null };

/** Null when it is none. By hand, because the worker would carry the whole of zod for three fields. */
export function liveChangeOf(text: string): LiveChange | null {
  try {
    const { noun, nounId, caseId } = JSON.parse(text) as Record<string, unknown>;
    const textOrNull = (one: unknown) => (typeof one === 'string' ? one : null);
    return typeof noun === 'string' ? { kind: noun, id: textOrNull(nounId), caseId: textOrNull(caseId) } : null;
  } catch {
    return null;
  }
}

export type LiveMessage =
  | { type: 'change'; communityId: string; change: LiveChange }
  /** Something may have been missed: whatever is shown should be asked for anew. */
  | { type: 'refresh'; communityId: string }
  | { type: 'state'; communityId: string; isConnected: boolean };

/** The heartbeat comes each 20 s; two missed ones and the line counts as dead. */
const silenceMs = 45_000;
const firstWaitMs = 500;
const longestWaitMs = 30_000;

/** Runs until `signal` is aborted. */
export async function followCommunity(
  communityId: string,
  tell: (message: LiveMessage) => void,
  signal: AbortSignal,
): Promise<void> {
  let lastId: string | null = null;
  let waitMs = firstWaitMs;
  while (!signal.aborted) {
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), silenceMs);
    try {
      const headers = new Headers({ Accept: 'text/event-stream' });
      if (lastId !== null) headers.set('Last-Event-ID', lastId);
      const response = await fetch(`/api/v1/communities/${encodeURIComponent(communityId)}/events`, {
        headers,
        credentials: 'same-origin',
        cache: 'no-store',
        signal: AbortSignal.any([signal, silence.signal]),
      });
      if (!response.ok || response.body === null) throw new Error(String(response.status));
      tell({ type: 'state', communityId, isConnected: true });
      // Between the page's first questions and this connection something may have changed.
      if (lastId === null) tell({ type: 'refresh', communityId });
      waitMs = firstWaitMs;
      const read = eventReader();
      const pieces = response.body.pipeThrough(new TextDecoderStream()).getReader();
      while (true) {
        const { done, value } = await pieces.read();
        if (done) break;
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), silenceMs);
        for (const event of read(value)) {
          if (event.id !== null) lastId = event.id;
          // `reset`: the gap is too wide. `hello` only says where the feed stands.
          if (event.event === 'reset') tell({ type: 'refresh', communityId });
          else if (event.event === 'message' && event.text !== '') {
            const change = liveChangeOf(event.text);
            tell(change === null ? { type: 'refresh', communityId } : { type: 'change', communityId, change });
          }
        }
      }
    } catch {
      // The line is down, the program restarts, or the session ended: wait and come back.
    } finally {
      clearTimeout(timer);
    }
    if (signal.aborted) return;
    tell({ type: 'state', communityId, isConnected: false });
    // Spread, so that a restarted program isn't met by every browser in the same instant.
    await pause(waitMs * (0.75 + Math.random() / 2), signal);
    waitMs = Math.min(longestWaitMs, waitMs * 2);
  }
}

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
